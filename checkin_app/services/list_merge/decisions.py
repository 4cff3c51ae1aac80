"""What a person decides about the rows of a registration list before it is imported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self


class Missing(StrEnum):
    """What becomes of people who came by a list and whom the new one does not name."""

    MARK = "mark"
    KEEP = "keep"


class RowChoice(StrEnum):
    """What becomes of an unclear row."""

    ADD = "add"
    IS_PERSON = "is person"
    LEAVE_OUT = "leave out"


@dataclass(frozen=True, slots=True)
class RowDecision:
    """What becomes of one row: proposed by the program, or decided by a person.

    Attributes:
        attendee_id: who the row is, for ``IS_PERSON``.
    """

    choice: RowChoice
    attendee_id: str = ""


@dataclass(frozen=True, slots=True)
class MergeDecisions:
    """All that a person decided about a list. Empty: do as proposed.

    Attributes:
        rows: row number → what becomes of that row, unclear or not.
        unwanted: (row number, field) of single changes that are not to be made; the field as
            ``FieldChange.field`` names it.
        cells: (row number, column of the list) → what the cell should have held.
        kept: ids of people who are not to be marked as gone.
        missing: what becomes of those whom the list does not name; None: see ``assumed_missing``.
    """

    rows: Mapping[int, RowDecision] = field(default_factory=dict)
    unwanted: frozenset[tuple[int, str]] = frozenset()
    cells: Mapping[tuple[int, str], str] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    missing: Missing | None = None

    def with_row(self, row: int, decision: RowDecision | None) -> Self:
        """These decisions with one row decided; None goes back to the proposal."""
        others = {number: known for number, known in self.rows.items() if number != row}
        return replace(self, rows=others if decision is None else {**others, row: decision})

    def with_changes(self, changes: Iterable[tuple[int, str]], *, wanted: bool) -> Self:
        """These decisions with some changes made or not made."""
        some = frozenset(changes)
        return replace(self, unwanted=self.unwanted - some if wanted else self.unwanted | some)

    def with_cell(self, row: int, column: str, text: str | None) -> Self:
        """These decisions with one cell corrected; None goes back to what the list says."""
        others = {place: known for place, known in self.cells.items() if place != (row, column)}
        return replace(self, cells=others if text is None else {**others, (row, column): text})

    def with_people(self, attendee_ids: Iterable[str], *, gone: bool) -> Self:
        """These decisions with some missing people marked as gone, or not."""
        some = frozenset(attendee_ids)
        return replace(self, kept=self.kept - some if gone else self.kept | some)


UNDECIDED = MergeDecisions()
