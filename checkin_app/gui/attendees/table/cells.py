"""The dots and inks of the attendees' table: who is in, and who is not simply to be let in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor

from checkin_app.domain.attendee import AttendeeStatus
from checkin_app.gui.appearance.theme import Colours
from checkin_app.gui.attendees.table.table_model import AttendeeTableModel
from checkin_app.gui.tables.table_cells import QuietDelegate
from checkin_app.gui.tables.table_models import AnyIndex
from checkin_app.storage.people.register import ListedAttendee, SortColumn


class AttendeeDelegate(QuietDelegate):
    """Adds what can be seen at a glance: who is in, who is not to be let in.

    Args:
        sorts: which column is which.
    """

    def __init__(self, sorts: Sequence[SortColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sorts = sorts

    def mark(self, index: AnyIndex, colours: Colours) -> QColor | None:
        """Green: in. Amber and red: not simply to be let in."""
        listed = index.data(AttendeeTableModel.ATTENDEE_ROLE)
        if not isinstance(listed, ListedAttendee):
            return None
        match self._sorts[index.column()]:
            case SortColumn.STATUS:
                return _status_colour(listed.attendee.status, colours)
            case SortColumn.ARRIVED if listed.checked_in_at is not None:
                return colours.inside.fill
        return None

    def ink(self, index: AnyIndex, colours: Colours) -> QColor:
        """Who cancelled stands back; so does all that is not the name."""
        listed = index.data(AttendeeTableModel.ATTENDEE_ROLE)
        is_out = (
            isinstance(listed, ListedAttendee)
            and listed.attendee.status is AttendeeStatus.CANCELLED
        )
        return colours.muted if is_out or index.column() else colours.text


def _status_colour(status: AttendeeStatus, colours: Colours) -> QColor:
    match status:
        case AttendeeStatus.CONFIRMED:
            return colours.border
        case AttendeeStatus.CANCELLED:
            return colours.refused.fill
        case _:
            return colours.attention.fill
