"""A desk that sends tickets to people who have addresses, for tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from mail_server import PASSWORD, PostOffice, Received, trusted
from settable_clock import SettableClock

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.mailings import MailDraft, Mailing, MailText
from checkin_app.domain.programme import Event
from checkin_app.mailing.smtp_session import SmtpSession
from checkin_app.scanning.pictures import codes_in_file
from checkin_app.services.mail.mail_choice import MailChoice, plan_mailing
from checkin_app.services.mail.mail_desk import MailDesk
from checkin_app.services.mail.mail_making import MailMaker
from checkin_app.services.mail.mail_progress import MailProgress
from checkin_app.services.mail.mail_run import MailRun
from checkin_app.services.mail.mailings import Mailings
from checkin_app.storage.event_file import EventFile

DESK = MailDesk("0123456789abcdef", "Office")
DRAFT = MailDraft(MailText("Ticket for {event}", "Dear {first_name},\n\n{qr}"))
EVENT = Event(
    name="Assembly",
    timezone="Europe/Brussels",
    starts_on=date(2024, 5, 6),
    ends_on=date(2024, 5, 6),
    venue="The Square",
    city="Brussels",
)


def event_with(path: Path, people: list[Attendee]) -> EventFile:
    """An event file of these people."""
    lists = [CheckInList("registration", "Registration desk")]
    return EventFile.create(path, EVENT, lists, people, desk="Office", now=SettableClock().now)


def guests(count: int) -> list[Attendee]:
    """People with an address each."""
    return [
        Attendee("", first_name=f"Guest {n}", last_name="Nowák", email=f"guest{n}@example.org")
        for n in range(count)
    ]


class MailingDesk:
    """Sends by a post office; its time passes as it likes.

    Attributes:
        naps: how long it waited, in seconds.
        elapsed_s: all of it.
    """

    def __init__(
        self, event_file: EventFile, office: PostOffice, folder: Path, desk: MailDesk = DESK
    ) -> None:
        self.clock = SettableClock()
        self.naps: list[float] = []
        self.elapsed_s = 0.0
        self.event_file = event_file
        self.office = office
        self.mailings = Mailings(event_file, desk, self.clock)
        self._desk = desk
        self._folder = folder

    def start(self, choice: MailChoice | None = None, draft: MailDraft = DRAFT) -> Mailing:
        """A mailing to those who are chosen; nothing is sent yet."""
        return self.mailings.start(draft, plan_mailing(self.event_file, choice or MailChoice()))

    def run(
        self,
        mailing: Mailing,
        cancelled: Callable[[], bool] = lambda: False,
        progress: Callable[[MailProgress], None] = lambda progress: None,
        password: str = PASSWORD,
        **account: Any,
    ) -> MailProgress:
        """Send what waits."""
        settings = self.office.account(**account)
        session = SmtpSession(settings, password, trusted(), timeout_s=60)
        run = MailRun(
            self.event_file,
            self._desk,
            session,
            settings.per_minute,
            self.clock,
            lambda: self.elapsed_s,
            self._nap,
            lock_folder=self._folder,
        )
        maker = MailMaker(self.event_file, mailing.draft, settings, self.clock())
        return run.work(mailing, maker, progress, cancelled)

    def _nap(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.elapsed_s += seconds
        self.clock.forward(seconds)


@contextmanager
def mailing_desk(folder: Path, office: PostOffice, people: list[Attendee]) -> Iterator[MailingDesk]:
    """A desk with an event of these people."""
    with event_with(folder / "assembly.checkin", people) as event_file:
        yield MailingDesk(event_file, office, folder)


def recipients(office: PostOffice) -> Counter[str]:
    return Counter(mail.recipient for mail in office.received)


def sent(desk: MailingDesk) -> list[bool]:
    return [record.ticket_sent_at is not None for record in desk.event_file.records()]


def codes_of(mail: Received, folder: Path) -> list[str]:
    """What is read from the picture in a mail and from its ticket."""
    codes = []
    for ending, kind in ((".png", "image/png"), (".pdf", "application/pdf")):
        parts = [part for part in mail.parsed().walk() if part.get_content_type() == kind]
        for part in parts:
            file = folder / f"part{ending}"
            file.write_bytes(part.get_content())
            codes += [code.text for code in codes_in_file(file)]
    return codes


def ids(desk: MailingDesk) -> tuple[str, ...]:
    return tuple(record.attendee.id for record in desk.event_file.records())
