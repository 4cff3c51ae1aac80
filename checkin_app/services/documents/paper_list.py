"""The desk on paper: the list to tick, and what was ticked, entered afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from checkin_app.domain.attendee import Attendee, AttendeeRecord, CheckIn
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.hub_time import as_told
from checkin_app.domain.language.search_text import fold
from checkin_app.domain.language.text import clean_line
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.programme import Event
from checkin_app.domain.tickets.short_codes import (
    looks_like_short_code,
    read_short_code,
    short_codes,
)
from checkin_app.errors import UsageError
from checkin_app.reports.pages_file import WHOLE, Writing
from checkin_app.services.attendance import is_listed
from checkin_app.services.clock import utc_now
from checkin_app.storage.event_file import EventFile

_NAMES_SHOWN = 6
_MORNING = 9
"""O'clock, where nobody said when the desk opens."""


def write_paper_list(
    event_file: EventFile,
    path: Path,
    check_in_list: CheckInList | None = None,
    *,
    writing: Writing = WHOLE,
) -> int:
    """Write everybody who is expected, with a box to tick, as PDF.

    Args:
        check_in_list: where; None: at the registration desk.

    Returns:
        how many people it names.

    Raises:
        CheckinError: the file cannot be written.
        Cancelled: ``writing`` said so; there is no file then.
    """
    from checkin_app.reports.paper_lines import PaperLine, PaperList
    from checkin_app.reports.paper_list import write_paper_pages

    shown = check_in_list or event_file.check_in_lists()[0]
    codes = short_codes(event_file.people.ids_by_registration())
    lines = [
        PaperLine(
            last_name=record.attendee.last_name,
            first_name=record.attendee.first_name,
            organisation=record.attendee.organisation,
            short_code=codes[record.attendee.id],
            tray=_tray(record),
            attention=record.attendee.attention,
            arrived_at=check_in.at if (check_in := record.check_ins.get(shown.id)) else None,
        )
        for record in event_file.people.records()
        if is_listed(record, shown)
    ]
    write_paper_pages(path, PaperList(event_file.event(), shown.name, lines, utc_now()), writing)
    return len(lines)


class TickKind(StrEnum):
    """What became of a tick that was typed in."""

    TAKEN = "taken"
    ALREADY_IN = "already_in"
    SLIP = "slip"
    """It has the form of a code and is none: something was mistyped."""
    UNKNOWN = "unknown"
    """It is a code, but of nobody here; or a name that nobody has."""
    NAMES = "names"
    """It is a name; whom it means has to be chosen."""


@dataclass(frozen=True, slots=True)
class Tick:
    """The answer to one thing that was typed in.

    Attributes:
        typed: what it was.
        record: the person, when the code means one.
        check_in: the check-in that was made, or the one that stood already.
        people: those whom a typed name may mean, best first; and the person whose code it is,
            should a name look like one.
    """

    typed: str
    kind: TickKind
    record: AttendeeRecord | None = None
    check_in: CheckIn | None = None
    people: tuple[Attendee, ...] = ()

    @property
    def attendee(self) -> Attendee | None:
        """The person, when the code means one."""
        return self.record.attendee if self.record else None


def likely_arrival(event: Event, check_in_list: CheckInList, now: datetime) -> datetime:
    """The time that is proposed for ticks (UTC): the present, or, on a day without the event, when
    the check-in list opened.
    """
    if event.is_event_day(now):
        return now
    opened = check_in_list.opens_at or event.utc(event.starts_on, _MORNING)
    return min(opened, now)


class PaperTicks:
    """Ticks of a paper list being entered, for one check-in list at one desk.

    A tick records what has happened, so nobody is refused; only who is in already stays so.
    """

    def __init__(
        self,
        event_file: EventFile,
        desk_name: str,
        check_in_list: CheckInList,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._file = event_file
        self._desk_name = clean_line(desk_name)
        self._list = check_in_list
        self._clock = clock
        self._people: Mapping[str, str] = {}
        self._mark: tuple[int, bytes] | None = None

    def understand(self, typed: str) -> Tick:
        """What is meant by a code or a name, without entering anything."""
        code = read_short_code(typed)
        attendee_id = self._people_by_code().get(code, "") if code else ""
        record = self._file.record(attendee_id) if attendee_id else None
        if record is not None and not record.is_erased:
            if named := self._called(typed, record.attendee):
                return Tick(typed, TickKind.NAMES, people=(*named, record.attendee))
            check_in = record.check_ins.get(self._list.id)
            kind = TickKind.ALREADY_IN if check_in else TickKind.TAKEN
            return Tick(typed, kind, record, check_in)
        is_code = looks_like_short_code(typed)
        # The search forgives a slip, and looks into the codes of tickets too.
        if people := () if is_code and not typed.strip().isalpha() else self._found(typed):
            return Tick(typed, TickKind.NAMES, people=people)
        return Tick(typed, TickKind.SLIP if is_code and code is None else TickKind.UNKNOWN)

    def enter(self, typed: str, arrived_at: datetime | None = None) -> Tick:
        """Check in the person whose short code was typed.

        Args:
            arrived_at: when the person came (UTC); None: now.

        Raises:
            UsageError: the time lies ahead.
        """
        understood = self.understand(typed)
        if understood.kind is not TickKind.TAKEN or understood.attendee is None:
            return understood
        return self.enter_person(understood.attendee.id, arrived_at, typed=typed)

    def enter_person(
        self, attendee_id: str, arrived_at: datetime | None = None, *, typed: str = ""
    ) -> Tick:
        """Check in a person who was chosen by name.

        Raises:
            UsageError: the time lies ahead, or the person is no longer on the list.
        """
        now = self._clock()
        if arrived_at is not None and arrived_at > now:
            raise UsageError("The time of arrival lies ahead. Enter when the person came.")
        moment = now if arrived_at is None else as_told(arrived_at)
        with self._file.transaction(self._desk_name, moment) as transaction:
            attendee_id = transaction.who_stays(attendee_id)
            record = transaction.record(attendee_id)
            if record is None:
                raise UsageError("This person is no longer on the list. Search for the name.")
            if stands := record.check_ins.get(self._list.id):
                return Tick(typed, TickKind.ALREADY_IN, record, stands)
            transaction.append(
                EntryKind.CHECKED_IN, attendee_id, self._list.id, {"source": "paper", "paper": True}
            )
            record = transaction.record(attendee_id)
            assert record is not None
            return Tick(typed, TickKind.TAKEN, record, record.check_ins[self._list.id])

    def take_back(self, tick: Tick) -> None:
        """Take back a tick that was entered. The ledger keeps both.

        Raises:
            UsageError: it entered nothing, or does not stand any more.
        """
        if tick.kind is not TickKind.TAKEN or tick.attendee is None or tick.check_in is None:
            raise UsageError("This tick entered nobody.")
        with self._file.transaction(self._desk_name, self._clock()) as transaction:
            record = transaction.record(tick.attendee.id)
            stands = record.check_ins.get(self._list.id) if record else None
            if stands is None or stands.entry_id != tick.check_in.entry_id:
                raise UsageError("This check-in was taken back already.")
            transaction.append(
                EntryKind.UNDONE,
                transaction.whose(stands.entry_id),
                self._list.id,
                {"undoes": stands.entry_id},
            )

    def _found(self, typed: str) -> tuple[Attendee, ...]:
        if not typed.strip():
            return ()
        return tuple(listed.attendee for listed in self._file.search(typed, _NAMES_SHOWN))

    def _called(self, typed: str, owner: Attendee) -> tuple[Attendee, ...]:
        """Others who have for a name what is a code of its owner: once in some thousand names."""
        name = fold(typed).strip()
        if not name.isalpha():
            return ()
        return tuple(
            person
            for person in self._found(typed)
            if person.id != owner.id and name in fold(person.full_name).split()
        )

    def _people_by_code(self) -> Mapping[str, str]:
        """Short code → id, made anew when people were added."""
        mark = self._file.people_mark()
        if mark != self._mark:
            codes = short_codes(self._file.people.ids_by_registration())
            self._people = {code: id_ for id_, code in codes.items()}
            self._mark = mark
        return self._people


def _tray(record: AttendeeRecord) -> str:
    return f"{record.tray}, {record.tray_place}" if record.tray_place else record.tray
