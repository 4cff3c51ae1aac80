"""Attendee + what a mailing says → the mail that its server is given."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from checkin_app.badges.codes.qr import qr_png
from checkin_app.badges.tickets import TicketPress
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.mailings import MailDraft
from checkin_app.errors import MailError
from checkin_app.mailing.addresses import Mailbox, usable_address
from checkin_app.mailing.invitation import invitation
from checkin_app.mailing.mail_text import FilledText, as_html, check_text, fill, plain, values_of
from checkin_app.mailing.message import Enclosures, Envelope, OutgoingMail, outgoing_mail
from checkin_app.settings.mail_settings import MailSettings
from checkin_app.storage.event_file import EventFile

_TOKEN_BYTES = 16
_TEST = "[Test] "


@dataclass(frozen=True, slots=True)
class MailPreview:
    """A mail as a person would see it.

    Attributes:
        recipient: whom it goes to, as a mail program shows it.
        html: with ``QR_ADDRESS`` as the address of the code's picture.
        qr: that picture (PNG).
        ticket: the ticket attached (PDF); empty for none.
    """

    recipient: str
    subject: str
    plain: str
    html: str
    qr: bytes
    ticket: bytes


QR_ADDRESS = "code.png"


class MailMaker:
    """Makes the mails of one mailing.

    Args:
        made_at: what the invitation gives as the time it was made (UTC).
        fonts: the folder of the fonts that the organiser has added.

    Raises:
        MailTextProblem: the text cannot be filled in.
        MailError: the account has no usable sender.
    """

    def __init__(
        self,
        event_file: EventFile,
        draft: MailDraft,
        account: MailSettings,
        made_at: datetime,
        fonts: Path | None = None,
    ) -> None:
        check_text(draft.text)
        self._draft = draft
        self._account = account
        self._event = event_file.event()
        self._identity = event_file.mail_jobs.identity()
        self._made_at = made_at
        self._press = TicketPress(self._event, fonts, draft.ticket) if draft.ticket else None

    def mail(self, attendee: Attendee, token: str, now: datetime) -> OutgoingMail:
        """The mail to an attendee, whose address is usable."""
        recipient = Mailbox(attendee.full_name, usable_address(attendee.email))
        return self._mail(attendee, self._text(attendee), recipient, token, now)

    def test_mail(self, attendee: Attendee, address: str, now: datetime) -> OutgoingMail:
        """The mail that an attendee would get, to another address and marked as a test."""
        text = self._text(attendee)
        marked = replace(text, subject=_TEST + text.subject)
        return self._mail(attendee, marked, Mailbox("", address), new_token(), now)

    def preview(self, attendee: Attendee) -> MailPreview:
        """The mail to an attendee, to be looked at."""
        text = self._text(attendee)
        address = usable_address(attendee.email)
        return MailPreview(
            recipient=f"{attendee.full_name} <{address}>" if address else attendee.full_name,
            subject=text.subject,
            plain=plain(text, attendee.code),
            html=as_html(text, attendee.code, QR_ADDRESS),
            qr=qr_png(attendee.code),
            ticket=self._press.pdf(attendee) if self._press else b"",
        )

    def _text(self, attendee: Attendee) -> FilledText:
        sender = self._account.sender_name or self._event.name
        return fill(self._draft.text, values_of(attendee, self._event, sender))

    def _mail(
        self, attendee: Attendee, text: FilledText, recipient: Mailbox, token: str, now: datetime
    ) -> OutgoingMail:
        sender = Mailbox(self._account.sender_name, usable_address(self._account.sender_address))
        if not sender.address:
            raise MailError("The sender's address cannot be used. Look at the account.")
        reply_to = usable_address(self._account.reply_to)
        if self._account.reply_to.strip() and not reply_to:
            raise MailError("The address for answers cannot be used. Look at the account.")
        enclosures = Enclosures(
            qr=qr_png(attendee.code),
            ticket=self._press.pdf(attendee) if self._press else b"",
            invitation=self._invitation(sender),
        )
        envelope = Envelope(sender, recipient, token, now, reply_to)
        return outgoing_mail(envelope, text, attendee.code, enclosures)

    def _invitation(self, organiser: Mailbox) -> str:
        draft = self._draft
        if not draft.has_invitation:
            return ""
        return invitation(
            self._event,
            self._identity,
            self._made_at,
            organiser,
            with_sessions=draft.has_sessions,
        )


def new_token() -> str:
    """What tells one mail from every other."""
    return secrets.token_hex(_TOKEN_BYTES)
