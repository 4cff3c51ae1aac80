"""Mails that came back → whose they were: delivery status notifications (RFC 3464), or a text.

Only what failed for good counts; a notification of a delay, or of a delivery, is no bounce.
"""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message
from pathlib import Path

from checkin_app.errors import MailTextProblem
from checkin_app.mailing.addresses import addresses_in, same_address, without_addresses

_LARGEST_BYTES = 200_000_000
# A notification stands before the mail that it quotes; a mail parsed takes many times its size.
_READ_OF_A_MAIL_BYTES = 2_000_000
_LONGEST_REASON = 200
_TOKEN = re.compile(r"<([0-9a-f]{32})@")
_MBOX_START = b"From "
_STATUS = "message/delivery-status"
_MAIL_ENDINGS = (".eml", ".mbox", ".mbx")


@dataclass(frozen=True, slots=True)
class ReturnedMail:
    """One mail that came back.

    Attributes:
        address: whom it did not reach, in the form of ``same_address``.
        reason: what the server said, without addresses; may be empty.
        token: that of the mail, when the notification quotes it; else empty.
    """

    address: str
    reason: str = ""
    token: str = ""


def returned_in_text(text: str) -> tuple[ReturnedMail, ...]:
    """Every address in a text that somebody pasted."""
    return tuple(ReturnedMail(address) for address in addresses_in(text))


def returned_in_file(path: Path) -> tuple[ReturnedMail, ...]:
    """What a file says: a mail (.eml), a mailbox (.mbox), or a text with addresses.

    Raises:
        MailTextProblem: it cannot be read, or is too large.
    """
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise MailTextProblem(f"{path.name} is larger than 200 MB. Choose a smaller file.")
        with path.open("rb") as file:
            start = file.read(len(_MBOX_START))
        if start == _MBOX_START or path.suffix.lower() in (".mbox", ".mbx"):
            return _each_once(_of_mailbox(path))
        if path.suffix.lower() in _MAIL_ENDINGS:
            return _each_once(_of_mail_file(path))
        return returned_in_text(path.read_text(encoding="utf-8-sig", errors="replace"))
    except (OSError, MessageError) as error:
        raise MailTextProblem(
            f"{path.name} cannot be read. Save the mail once more, or paste the addresses."
        ) from error


def returned_in_mail(mail: Message) -> Iterator[ReturnedMail]:
    """Whom a delivery status notification names as not reached; nobody for any other mail.

    Exim, and others that do not keep to RFC 3464, name them in the header X-Failed-Recipients.
    """
    token = _token(mail)
    if not any(part.get_content_type() == _STATUS for part in mail.walk()):
        for address in addresses_in(str(mail.get("X-Failed-Recipients", ""))):
            yield ReturnedMail(address, "", token)
    for part in mail.walk():
        if part.get_content_type() != _STATUS:
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else ():
            found = _returned(block, token) if isinstance(block, Message) else None
            if found is not None:
                yield found


def _returned(block: Message, token: str) -> ReturnedMail | None:
    """What one block about one recipient says (RFC 3464, 2.3)."""
    if str(block.get("Action", "")).strip().lower() != "failed":
        return None
    address = next(
        (
            found
            for name in ("Original-Recipient", "Final-Recipient")
            if (found := same_address(str(block.get(name, "")).partition(";")[2]))
        ),
        "",
    )
    if not address:
        return None
    said = str(block.get("Diagnostic-Code", "")).partition(";")[2] or str(block.get("Status", ""))
    return ReturnedMail(address, without_addresses(" ".join(said.split()))[:_LONGEST_REASON], token)


def _token(mail: Message) -> str:
    """The token of the mail of ours that a notification quotes."""
    for part in mail.walk():
        kind = part.get_content_type()
        quoted = ""
        if kind == "text/rfc822-headers":
            quoted = str(part.get_payload())
        elif kind == "message/rfc822":
            inner = part.get_payload(0)
            quoted = str(inner.get("Message-ID", "")) if isinstance(inner, Message) else ""
        if found := _TOKEN.search(quoted):
            return found.group(1)
    return ""


def _of_mail_file(path: Path) -> Iterator[ReturnedMail]:
    with path.open("rb") as file:
        yield from _returned_in_bytes(file.read(_READ_OF_A_MAIL_BYTES))


def _of_mailbox(path: Path) -> Iterator[ReturnedMail]:
    box = mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            with box.get_file(key) as mail:
                yield from _returned_in_bytes(mail.read(_READ_OF_A_MAIL_BYTES))
    finally:
        box.close()


def _returned_in_bytes(content: bytes) -> tuple[ReturnedMail, ...]:
    """What the beginning of a mail says; nobody when no mail program would nest its parts so."""
    try:
        return tuple(returned_in_mail(message_from_bytes(content, policy=policy.compat32)))
    except RecursionError:
        return ()


def _each_once(found: Iterable[ReturnedMail]) -> tuple[ReturnedMail, ...]:
    return tuple({(one.address, one.token): one for one in found}.values())
