"""A mail's text, code, ticket and invitation → the bytes that a mail server is given.

Nothing of a list reaches a header unless it is one clean line; the ``email`` package encodes what
is not ASCII and refuses line ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import getaddresses

from checkin_app.domain.language.text import clean_line
from checkin_app.mailing.addresses import Mailbox
from checkin_app.mailing.mail_text import FilledText, as_html, plain

QR_FILE = "code.png"
INVITATION_FILE = "invitation.ics"
_LONGEST_LINE = 900
_LONGEST_WORD = 200
"""RFC 5322 allows 998 bytes a line."""


@dataclass(frozen=True, slots=True)
class Enclosures:
    """What goes along with the text.

    Attributes:
        qr: picture of the code (PNG).
        ticket: the ticket as PDF; empty for none.
        ticket_file: what it is called.
        invitation: the calendar file; empty for none.
    """

    qr: bytes
    ticket: bytes = b""
    ticket_file: str = "ticket.pdf"
    invitation: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom, to whom.

    Attributes:
        reply_to: an address; empty: answers go to the sender.
        token: tells this mail from every other, in its Message-ID.
        sent_at: with a time zone.
    """

    sender: Mailbox
    recipient: Mailbox
    token: str
    sent_at: datetime
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """A mail as its server is given it.

    Attributes:
        needs_utf8: an address has letters that only a server with SMTPUTF8 takes (RFC 6531).
    """

    sender: str
    recipient: str
    content: bytes
    needs_utf8: bool = False


def outgoing_mail(
    envelope: Envelope, text: FilledText, code: str, enclosures: Enclosures
) -> OutgoingMail:
    """The whole mail: plain text and HTML, the code as a picture in it, ticket and invitation."""
    text = replace(text, subject=_subject(text.subject))
    addresses = (envelope.sender.address, envelope.recipient.address)
    needs_utf8 = not all(map(str.isascii, (*addresses, envelope.reply_to)))
    message = EmailMessage(policy=SMTPUTF8 if needs_utf8 else SMTP)
    domain = envelope.sender.address.rpartition("@")[2]
    message["Message-ID"] = message_id(envelope.token, domain)
    message["Date"] = envelope.sent_at
    message["From"] = _address(envelope.sender)
    message["To"] = _address(envelope.recipient)
    if envelope.reply_to:
        message["Reply-To"] = _address(Mailbox("", envelope.reply_to))
    message["Subject"] = text.subject
    # Tells holiday notices that nobody waits for their answer (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    _add_text(message, text, code, enclosures.qr, envelope.token, domain)
    _add_enclosures(message, enclosures)
    return OutgoingMail(*addresses, message.as_bytes(), needs_utf8)


def message_id(token: str, domain: str) -> str:
    """The Message-ID of the mail with this token."""
    return f"<{token}@{domain}>"


def _address(mailbox: Mailbox) -> Address:
    """An address with its name, or alone where no header can carry that name.

    The ``email`` package loses the quotes of a name that it folds, or ends the head with an empty
    line between two words of 80 letters.
    """
    # Given in one piece, an address may have no letters but ASCII before its @.
    username, _at, domain = mailbox.address.rpartition("@")
    named = Address(clean_line(mailbox.name), username, domain)
    return named if _arrives(named) else Address("", username, domain)


def _arrives(address: Address) -> bool:
    _name, header = SMTPUTF8.header_store_parse("To", address)
    lines = SMTP.fold("To", header).removesuffix("\r\n").split("\r\n")
    is_whole = all(0 < len(line) < _LONGEST_LINE for line in lines)
    found = getaddresses(["".join(lines).partition(":")[2]])
    return is_whole and [addr_spec for _display, addr_spec in found] == [address.addr_spec]


def _subject(text: str) -> str:
    """A subject whose words all fit on a line of a head."""
    return re.sub(rf"(\S{{{_LONGEST_WORD}}})(?=\S)", r"\1 ", clean_line(text))


def _add_text(
    message: EmailMessage, text: FilledText, code: str, qr: bytes, token: str, domain: str
) -> None:
    picture = f"qr-{token}@{domain}"
    message.set_content(plain(text, code), cte="quoted-printable")
    page = as_html(text, code, f"cid:{picture}")
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    if None in text.paragraphs:
        html_part = message.get_payload()[1]  # type: ignore[index]
        html_part.add_related(  # type: ignore[union-attr]
            qr, "image", "png", cid=f"<{picture}>", filename=QR_FILE, disposition="inline"
        )


def _add_enclosures(message: EmailMessage, enclosures: Enclosures) -> None:
    if enclosures.ticket:
        message.add_attachment(
            enclosures.ticket, "application", "pdf", filename=enclosures.ticket_file
        )
    if enclosures.invitation:
        message.add_attachment(
            enclosures.invitation.replace("\r\n", "\n"),
            subtype="calendar",
            cte="base64",
            filename=INVITATION_FILE,
            params={"method": "PUBLISH"},
        )
