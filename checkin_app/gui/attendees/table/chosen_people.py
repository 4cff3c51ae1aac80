"""What can be done with the chosen lines of the table: print their badges, copy them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from checkin_app.gui.attendees.table.attendees_table import AttendeeTable
from checkin_app.gui.attendees.table.columns import Column
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.workplace import Workplace
from checkin_app.storage.event_file import EventFile


class ChosenPeople(QObject):
    """Serves the chosen lines; whoever they are is looked up away from the screen."""

    def __init__(
        self, workplace: Workplace, table: AttendeeTable, columns: Sequence[Column]
    ) -> None:
        super().__init__(table)
        self._workplace = workplace
        self._table = table
        self._columns = columns

    def print_badges(self) -> None:
        """Ask for the badges of the chosen people."""
        numbers = self._table.chosen_numbers()
        if len(numbers):
            self._workplace.tasks.run(
                Lane.SEARCH,
                partial(_ids_of, self._workplace.event_file, numbers),
                self._workplace.badges_wanted.emit,
                self._workplace.show_error,
            )

    def copy(self) -> None:
        """Put the chosen lines on the clipboard, for a spreadsheet program."""
        self._workplace.tasks.run(
            Lane.SEARCH,
            partial(
                _as_text, self._workplace.event_file, self._table.chosen_numbers(), self._columns
            ),
            self._take_text,
            self._workplace.show_error,
        )

    def _take_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)


def _ids_of(event_file: EventFile, numbers: Sequence[int]) -> tuple[str, ...]:
    return tuple(listed.attendee.id for listed in event_file.listed_attendees(numbers))


def _as_text(event_file: EventFile, numbers: Sequence[int], columns: Sequence[Column]) -> str:
    lines = [[column.title for column in columns]]
    lines += [
        [" ".join(column.text(listed).split()) for column in columns]
        for listed in event_file.listed_attendees(numbers)
    ]
    return "\n".join("\t".join(line) for line in lines)
