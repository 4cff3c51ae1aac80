"""The whole main job on the sample event, in a folder that anybody can look at.

Nothing is taken on trust: the codes that check people in are read from the rendered ticket
pages, and the codes of the badges are read back from the finished PDF.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.layouts.built_in import built_in_layout
from checkin_app.badges.text.font_files import own_fonts_folder
from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.badges.stock import CARD_ON_A4
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.errors import CheckinError, EventFileExists
from checkin_app.scanning.pictures import codes_in_file
from checkin_app.services.bulk_badges.badge_choice import choose_attendees
from checkin_app.services.bulk_badges.badge_printing import BadgeJob, BadgeReport, run_badge_job
from checkin_app.services.bulk_badges.badge_records import record_job
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.documents.attendance_documents import write_attendance_list
from checkin_app.services.documents.exports import Export, export
from checkin_app.services.event_files import EVENT_SUFFIX, ORGANISER, create_sample_event
from checkin_app.services.mail.tickets import Ticket, write_tickets
from checkin_app.storage.event_file import EventFile

_MARK = ".checkin-app-demo"
"""Lies in a folder whose event file a demonstration made, and may therefore replace."""
_SECONDS_PER_ARRIVAL = 11
_ABSENT_EACH = 12
"""Every twelfth person stays away, so that the lists show both."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What was done, and where it lies.

    Attributes:
        outcomes: how often each answer was given.
        ok: every code was read back, and the event file verifies.
    """

    folder: Path
    event_file: Path
    tickets: int
    tickets_read: int
    outcomes: dict[str, int]
    badges: BadgeReport
    ok: bool


def demonstrate(folder: Path, say: Callable[[str], None]) -> Demonstration:
    """Do the whole job in a folder; what an earlier demonstration left there is replaced.

    Raises:
        EventFileExists: the folder holds an event file that no demonstration made.
        CheckinError: the folder cannot be written to.
    """
    event_path = folder / f"eccp-meeting{EVENT_SUFFIX}"
    event_file = _fresh_sample(event_path)
    say(f"Event file: {event_path} ({len(event_file.records())} attendees)")

    tickets = write_tickets(event_file, folder / "tickets")
    say(f"Tickets: {len(tickets)} PDFs and QR pictures in {folder / 'tickets'}")

    read = [(ticket, _code_on(ticket)) for ticket in tickets]
    right = sum(code == ticket.attendee.code for ticket, code in read)
    say(f"Read back: {right} of {len(tickets)} codes from the rendered ticket pages")

    outcomes = _arrivals(event_file, [code for _, code in read])
    for answer, count in outcomes.items():
        say(f"  {answer}: {count}")

    badges = _badges(event_file, folder / "badges.pdf")
    say(f"Badges: {badges.badges} on {badges.sheets} sheets in {badges.file}")
    say(f"Read back: {badges.proof_read} of {badges.badges} codes from the badge pages")

    _lists(event_file, folder)
    say(f"Attendance list: {folder / 'attendance.pdf'} and {folder / 'attendance.xlsx'}")

    verification = event_file.verify()
    differences = len(verification.differences)
    say(f"Verified: {verification.entries} ledger entries, {differences} differences")
    event_file.close()
    return Demonstration(
        folder=folder,
        event_file=event_path,
        tickets=len(tickets),
        tickets_read=right,
        outcomes=outcomes,
        badges=badges,
        ok=right == len(tickets) and not badges.misread and verification.ok,
    )


def _fresh_sample(path: Path) -> EventFile:
    """The sample event anew; only what a demonstration made may give way to it."""
    mark = path.with_name(_MARK)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not mark.exists():
            raise EventFileExists(
                f"{path} was not made by a demonstration and stays as it is. Choose another"
                " folder.",
                path,
            )
        for old in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            old.unlink(missing_ok=True)
        mark.touch()
    except (OSError, ValueError) as error:
        raise CheckinError(f"{path.parent} cannot be written to. Choose another folder.") from error
    return create_sample_event(path)


def _code_on(ticket: Ticket) -> str:
    """The code on the rendered page of a ticket, or nothing."""
    codes = codes_in_file(ticket.pdf)
    return codes[0].text if len(codes) == 1 else ""


def _arrivals(event_file: EventFile, codes: list[str]) -> dict[str, int]:
    """People arrive on the day of the event, one every few seconds; one of them comes twice."""
    event = event_file.event()
    moment = event.utc(event.starts_on, 12, 30)
    present = [code for number, code in enumerate(codes) if code and number % _ABSENT_EACH]
    check_in_list = event_file.check_in_lists()[0]
    outcomes: dict[str, int] = {}
    for code in (*present, present[0], "0" * 20):
        desk = CheckInDesk(event_file, "Desk 1", check_in_list, _clock_at(moment))
        kind: OutcomeKind = desk.handle(Scan(code, ScanSource.PICTURE)).kind
        outcomes[kind.value] = outcomes.get(kind.value, 0) + 1
        moment += timedelta(seconds=_SECONDS_PER_ARRIVAL)
    return outcomes


def _clock_at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def _badges(event_file: EventFile, path: Path) -> BadgeReport:
    people = choose_attendees(event_file)
    plan = BadgePlan(
        built_in_layout(),
        CARD_ON_A4,
        event_file.event(),
        categories=event_file.categories(),
        fonts=own_fonts_folder(),
    )
    job = BadgeJob(path, people, plan)
    report = run_badge_job(job)
    event = event_file.event()
    printed_at = event.utc(event.starts_on, 9)
    record_job(event_file, ORGANISER, printed_at, job)
    return report


def _lists(event_file: EventFile, folder: Path) -> None:
    desk = event_file.check_in_lists()[0]
    export(event_file, folder / "attendance.xlsx", Export.ATTENDANCE, desk)
    write_attendance_list(event_file, folder / "attendance.pdf", desk)
