"""Who is registered, and who came when: the attendance list, to read or to sign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from checkin_app.domain.language.collation import person_sort_key
from checkin_app.domain.language.spoken_dates import day_text, time_text
from checkin_app.domain.programme import Event
from checkin_app.reports.table import Column, Line, Table, Totals

_MOST_CATEGORIES = 30
_SIGNATURE_ROW_MM = 11.0
_NOT_COME = "–"

_TIMES = (
    Column("Name", 50),
    Column("Organisation", 62),
    Column("Category", 35),
    Column("Arrived", 18, is_right_aligned=True),
)
_TO_SIGN = (
    Column("No.", 9, is_right_aligned=True),
    Column("Name", 47),
    Column("Organisation", 52),
    Column("Signature", 57, is_signature=True),
)
_TO_SIGN_AFTERWARDS = (
    Column("No.", 9, is_right_aligned=True),
    Column("Name", 43),
    Column("Organisation", 45),
    Column("Arrived", 18, is_right_aligned=True),
    Column("Signature", 47, is_signature=True),
)


class Form(StrEnum):
    """What the list is for."""

    TIMES = "times"
    """Everybody, with the times of those who came."""
    TO_SIGN = "to sign"
    """Everybody, with room for a signature: printed before the event."""
    TO_SIGN_AFTERWARDS = "to sign afterwards"
    """Only those who came, with their times and room for a signature."""


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """One person of the list. ``arrived_at`` is UTC, or None for somebody who has not come."""

    last_name: str
    first_name: str = ""
    organisation: str = ""
    category: str = ""
    arrived_at: datetime | None = None

    @property
    def name(self) -> str:
        """The name as a sorted list shows it."""
        return ", ".join(filter(None, (self.last_name, self.first_name)))


@dataclass(frozen=True, slots=True)
class AttendanceList:
    """What the document shows.

    Attributes:
        list_name: the check-in list whose arrivals are shown.
        lines: in any order; the document is sorted by name, in the alphabet of the event.
        as_of: when the figures were taken (UTC).
        day: the day at the venue that is meant; None: all days.
    """

    event: Event
    list_name: str
    lines: Sequence[AttendanceLine]
    as_of: datetime
    form: Form = Form.TIMES
    day: date | None = None

    @property
    def arrived(self) -> int:
        """How many have come."""
        return sum(line.arrived_at is not None for line in self.lines)


def attendance_table(attendance: AttendanceList) -> Table:
    """The list as it is drawn."""
    event, form = attendance.event, attendance.form
    lines = sorted(
        attendance.lines,
        key=lambda line: person_sort_key(line.last_name, line.first_name, event.language),
    )
    if form is Form.TO_SIGN_AFTERWARDS:
        lines = [line for line in lines if line.arrived_at is not None]
    what = "Attendance" if form is Form.TIMES else "Signatures"
    heading = f"{what}: {attendance.list_name}"
    return Table(
        event=event,
        heading=f"{heading}, {day_text(attendance.day)}" if attendance.day else heading,
        figures=_figures(attendance),
        columns=_COLUMNS[form],
        lines=[_line(attendance, number, line) for number, line in enumerate(lines, 1)],
        as_of=attendance.as_of,
        nobody="Nobody has come." if form is Form.TO_SIGN_AFTERWARDS else "Nobody is registered.",
        totals=_totals(lines) if form is Form.TIMES else None,
        row_mm=0.0 if form is Form.TIMES else _SIGNATURE_ROW_MM,
        is_signed=form is not Form.TIMES,
    )


_COLUMNS = {
    Form.TIMES: _TIMES,
    Form.TO_SIGN: _TO_SIGN,
    Form.TO_SIGN_AFTERWARDS: _TO_SIGN_AFTERWARDS,
}


def _figures(attendance: AttendanceList) -> str:
    people = len(attendance.lines)
    if attendance.form is Form.TO_SIGN:
        return f"{people:,} {'person' if people == 1 else 'people'}"
    return f"{attendance.arrived:,} of {people:,} arrived"


def _line(attendance: AttendanceList, number: int, line: AttendanceLine) -> Line:
    arrival = _arrival(attendance, line)
    match attendance.form:
        case Form.TIMES:
            cells = (line.name, line.organisation, line.category, arrival)
        case Form.TO_SIGN:
            cells = (f"{number:,}", line.name, line.organisation, "")
        case Form.TO_SIGN_AFTERWARDS:
            return Line((f"{number:,}", line.name, line.organisation, arrival, ""))
    is_missing = attendance.form is Form.TIMES and line.arrived_at is None
    return Line(cells, is_faint=is_missing)


def _arrival(attendance: AttendanceList, line: AttendanceLine) -> str:
    """The time on the wall of the venue, with the day where it does not go without saying."""
    if line.arrived_at is None:
        return _NOT_COME
    event, local = attendance.event, attendance.event.local(line.arrived_at)
    only_day = attendance.day or (event.starts_on if event.starts_on == event.ends_on else None)
    return time_text(local, with_day=local.date() != only_day)


def _totals(lines: Sequence[AttendanceLine]) -> Totals:
    """The largest category first; the many small ones of a list with odd ones together."""
    registered = Counter(line.category or "Without category" for line in lines)
    arrived = Counter(line.category or "Without category" for line in lines if line.arrived_at)
    counts = [(name, count, arrived[name]) for name, count in registered.most_common()]
    shown, others = counts[:_MOST_CATEGORIES], counts[_MOST_CATEGORIES:]
    if others:
        rest = (sum(one[1] for one in others), sum(one[2] for one in others))
        shown.append((f"{len(others):,} other categories", *rest))
    shown.append(("All", len(lines), arrived.total()))
    rows = [(name, (all_, came, all_ - came)) for name, all_, came in shown]
    return Totals("By category", ("Registered", "Arrived", "Missing"), rows)
