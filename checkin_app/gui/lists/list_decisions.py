"""What a person decides about the rows of a list, step after step, until it is imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from checkin_app.gui.lists.changes.changes_page import ChangesPage
from checkin_app.gui.lists.checking.check_page import CheckPage
from checkin_app.services.list_merge.decisions import (
    UNDECIDED,
    MergeDecisions,
    Missing,
    RowChoice,
    RowDecision,
)


class ListDecisions(QObject):
    """Collects decisions; what they come to is worked out elsewhere.

    Signals:
        changed: something was decided. True when the lines of changes are others now; false when
            only ticks of theirs changed.

    Attributes:
        current: all of them.
    """

    changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current: MergeDecisions = UNDECIDED

    @property
    def are_any(self) -> bool:
        """Whether anything was decided."""
        return self.current != UNDECIDED

    def listen_to(self, check: CheckPage, changes: ChangesPage) -> None:
        """Take what is decided on these pages."""
        check.corrected.connect(self.correct)
        check.decided.connect(self.decide)
        changes.new_ticked.connect(self.tick_new)
        changes.changes_ticked.connect(self.tick_changes)
        changes.gone_ticked.connect(self.tick_gone)
        changes.missing_decided.connect(self.decide_missing)

    def forget(self) -> None:
        """The list is read otherwise: rows and cells are others."""
        self.current = UNDECIDED

    def correct(self, row: int, column: str, text: str) -> None:
        """Let a cell hold something else than the list says."""
        self._take(self.current.with_cell(row, column, text))

    def decide(self, row: int, decision: RowDecision | None) -> None:
        """Say what becomes of a row; None leaves it to the program."""
        self._take(self.current.with_row(row, decision))

    def decide_missing(self, missing: Missing) -> None:
        """Say what becomes of those whom the list does not name."""
        self._take(replace(self.current, missing=missing))

    def tick_new(self, rows: Sequence[int], is_ticked: bool) -> None:
        """Add the new people of some rows, or leave them out."""
        meant = set(rows)
        known = {row: one for row, one in self.current.rows.items() if row not in meant}
        if not is_ticked:
            known.update(dict.fromkeys(rows, RowDecision(RowChoice.LEAVE_OUT)))
        self._take(replace(self.current, rows=known), anew=False)

    def tick_changes(self, changes: Sequence[tuple[int, str]], is_ticked: bool) -> None:
        """Make single changes, or do not."""
        self._take(self.current.with_changes(changes, wanted=is_ticked), anew=False)

    def tick_gone(self, people: Sequence[str], is_ticked: bool) -> None:
        """Mark missing people as gone, or do not."""
        self._take(self.current.with_people(people, gone=is_ticked), anew=False)

    def _take(self, decisions: MergeDecisions, *, anew: bool = True) -> None:
        self.current = decisions
        self.changed.emit(anew)
