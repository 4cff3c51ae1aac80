"""The columns of the attendees table: title, what they sort by, and what stands in a cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from checkin_app.domain.attendee import AttendeeStatus
from checkin_app.domain.programme import Event
from checkin_app.services.wording import shown_time
from checkin_app.storage.people.register import ListedAttendee, SortColumn


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        title: as it stands in the header.
        sort: what a click on the header sorts by.
        width_em: its first width, in widths of an average letter.
        text: what stands in a cell.
    """

    title: str
    sort: SortColumn
    width_em: int
    text: Callable[[ListedAttendee], str]


def table_columns(event: Event) -> tuple[Column, ...]:
    """The columns, left to right; times are shown as on the wall of the venue."""

    def arrived(listed: ListedAttendee) -> str:
        return shown_time(listed.checked_in_at, event) if listed.checked_in_at else ""

    return (
        Column(_tr("Name"), SortColumn.NAME, 28, name_as_sorted),
        Column(_tr("Organisation"), SortColumn.ORGANISATION, 23, lambda a: a.attendee.organisation),
        Column(_tr("Role"), SortColumn.ROLE, 14, lambda a: a.attendee.role),
        Column(_tr("Country"), SortColumn.COUNTRY, 10, lambda a: a.attendee.country),
        Column(_tr("Category"), SortColumn.CATEGORY, 16, lambda a: a.attendee.category),
        Column(_tr("Status"), SortColumn.STATUS, 11, lambda a: status_word(a.attendee.status)),
        Column(_tr("Arrived"), SortColumn.ARRIVED, 14, arrived),
        Column(_tr("Printed"), SortColumn.PRINTED, 8, _prints),
        Column(_tr("E-mail"), SortColumn.EMAIL, 22, lambda a: a.attendee.email),
    )


def name_as_sorted(listed: ListedAttendee) -> str:
    """Last name first, as the table is sorted; everybody has a code but who was erased."""
    person = listed.attendee
    if not (person.full_name or person.code):
        return _tr("(erased)")
    return ", ".join(part for part in (person.last_name, person.first_name) if part)


def status_word(status: AttendeeStatus) -> str:
    """The status as people read it."""
    match status:
        case AttendeeStatus.CONFIRMED:
            return _tr("confirmed")
        case AttendeeStatus.PENDING:
            return _tr("pending")
        case AttendeeStatus.WAITING:
            return _tr("waiting list")
        case AttendeeStatus.CANCELLED:
            return _tr("cancelled")


def _prints(listed: ListedAttendee) -> str:
    if listed.badge_spoilt:
        return _tr("spoilt")
    if listed.changed_since_print:
        return _tr("changed")
    match listed.badge_prints:
        case 0:
            return ""
        case 1:
            return _tr("yes")
        case count:
            return f"{count} ×"


def _tr(text: str) -> str:
    return QCoreApplication.translate("AttendeesScreen", text)
