"""Turns typing into people: asks the search lane, keeps only the newest answer, judges Enter."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from checkin_app.domain.attendee import Attendee
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.desk.results import Result
from checkin_app.gui.workplace import Workplace
from checkin_app.storage.event_file import EventFile


class Finder(QObject):
    """Searches while somebody types.

    Attributes:
        text: what is wanted now.

    Signals:
        found: the results (tuple of ``Result``) and the text they answer.
        single_found: the ``Attendee`` clearly meant by a text whose Enter came first.
        nobody_found: the text whose Enter was pressed and which finds nobody: perhaps a code.
    """

    found = Signal(object, str)
    single_found = Signal(object)
    nobody_found = Signal(str)

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.text = ""
        self._answered_text = ""
        self._enter_is_waiting = False

    def type(self, text: str) -> None:
        """The field changed."""
        self.text = text.strip()
        self._enter_is_waiting = False
        if not self.text:
            self._answered_text = ""
            self.found.emit((), "")
            return
        self._workplace.tasks.run_newest(
            Lane.SEARCH,
            partial(_search, self._workplace.event_file, self.text),
            self._take,
            self._workplace.show_error,
        )

    def refresh(self) -> None:
        """Ask again, for somebody may have arrived meanwhile."""
        if self.text:
            waiting = self._enter_is_waiting
            self.type(self.text)
            self._enter_is_waiting = waiting

    @property
    def is_answered(self) -> bool:
        """Whether the results shown belong to the text typed."""
        return self._answered_text == self.text

    def enter_when_answered(self) -> None:
        """Enter came before the results: act on them when it is clear who is meant."""
        self._enter_is_waiting = True

    def _take(self, answer: tuple[str, tuple[Result, ...]]) -> None:
        text, results = answer
        if not self.text:
            return
        self._answered_text = text
        self.found.emit(results, text)
        if self._enter_is_waiting and self.is_answered:
            self._enter_is_waiting = False
            if meant := _clearly_meant(text, results):
                self.single_found.emit(meant)
            elif not results:
                self.nobody_found.emit(text)


def _clearly_meant(text: str, results: tuple[Result, ...]) -> Attendee | None:
    """Whose code was typed; else the only one found, unless a figure says that it was a code."""
    if not results:
        return None
    first = results[0].attendee
    if first.code.lower() == text.lower():
        return first
    is_name = len(results) == 1 and not any(character.isdigit() for character in text)
    return first if is_name else None


def _search(event_file: EventFile, text: str) -> tuple[str, tuple[Result, ...]]:
    found = event_file.search(text)
    return text, tuple(Result(listed.attendee, listed.checked_in_at) for listed in found)
