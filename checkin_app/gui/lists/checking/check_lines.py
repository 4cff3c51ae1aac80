"""What is worth a look before a list is imported, row by row."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from checkin_app.domain.attendee import Attendee
from checkin_app.gui.lists.packed_lines import PackedLines
from checkin_app.lists.problems import Problem, Severity
from checkin_app.lists.table import Table
from checkin_app.services.list_import.corrected_cells import with_cells
from checkin_app.services.list_merge.decisions import RowChoice, RowDecision
from checkin_app.services.list_merge.plan import ImportPlan, PlannedRow, RowKind, UnclearRow
from checkin_app.services.list_merge.planned_rows import planned_rows

_NAME_FIELDS = ("first_name", "last_name", "full_name")
_TELLING_FIELDS = ("email", "organisation", "code")
"""By which somebody without a name may be known."""


class CheckKind(IntEnum):
    """Why a row is worth a look; the gravest first."""

    NOT_TAKEN = 0
    UNCLEAR = 1
    DOUBTFUL = 2
    REPEATED = 3
    """Says the same person again, and is left out."""
    SETTLED = 4
    """Decided or corrected by a person, and right now."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One remark about one row.

    Attributes:
        row: as a spreadsheet program counts it.
        name: who it is, as far as the row says.
        column, value: the cell it is about; the column is empty when it is about the whole row.
        reason: a sentence.
        cells: the row as the list has it; empty when the remark is not about a row of people.
        candidates: of an unclear row, who it may be, likeliest first.
        proposal: of an unclear row, what becomes of it if nobody decides.
        decision: what a person decided about the row.
    """

    row: int
    kind: CheckKind
    name: str
    column: str
    value: str
    reason: str
    cells: tuple[str, ...] = ()
    candidates: tuple[Attendee, ...] = ()
    proposal: RowDecision | None = None
    decision: RowDecision | None = None


CheckLines = Mapping[CheckKind, PackedLines[CheckLine]]


def lines_to_check(plan: ImportPlan, table: Table, columns: Mapping[str, str]) -> CheckLines:
    """The lines of each kind, in the order of the list.

    Args:
        columns: field → column.
    """
    found: dict[CheckKind, list[CheckLine]] = {kind: [] for kind in CheckKind}
    rows = _Rows(with_cells(table, plan.decisions.cells), columns)
    for line in _all_lines(plan, rows):
        found[line.kind].append(line)
    return {kind: PackedLines(sorted(lines, key=_place)) for kind, lines in found.items()}


def lines_of_problems(
    problems: Iterable[Problem], table: Table, columns: Mapping[str, str]
) -> CheckLines:
    """Of a list that cannot be compared with the event: what reading could not make sense of."""
    rows = _Rows(table, columns)
    found: dict[CheckKind, list[CheckLine]] = {kind: [] for kind in CheckKind}
    for problem in problems:
        line = _of_problem(problem, rows)
        found[line.kind].append(line)
    return {kind: PackedLines(sorted(lines, key=_place)) for kind, lines in found.items()}


class _Rows:
    """Finds the cells of a row by its number."""

    def __init__(self, table: Table, columns: Mapping[str, str]) -> None:
        self._table = table
        places = {name: place for place, name in enumerate(table.columns)}
        self._names = [places[columns[field]] for field in _NAME_FIELDS if field in columns]
        self._others = [places[columns[field]] for field in _TELLING_FIELDS if field in columns]

    def cells(self, number: int) -> tuple[str, ...]:
        numbers = self._table.numbers
        place = bisect_left(numbers, number)
        if place < len(numbers) and numbers[place] == number:
            return self._table.rows[place]
        return ()

    def name(self, cells: Sequence[str]) -> str:
        """The name in a row, else what else is known of the person."""
        if not cells:
            return ""
        named = " ".join(cells[place] for place in self._names if cells[place])
        return named or next((cells[place] for place in self._others if cells[place]), "")


def _all_lines(plan: ImportPlan, rows: _Rows) -> Iterator[CheckLine]:
    decisions = plan.decisions
    left_out = {
        row
        for row, decision in decisions.rows.items()
        if decision.choice is RowChoice.LEAVE_OUT and row not in plan.unclear
    }
    named: set[int] = set()
    repeated = set(plan.repeated_rows)
    for planned in planned_rows(plan, RowKind.UNCLEAR):
        named.add(planned.row)
        yield _of_unclear(planned, rows)
    for problem in plan.problems:
        if problem.row not in left_out and not _is_told(problem, plan.unclear.get(problem.row)):
            named.add(problem.row)
            line = _of_problem(problem, rows)
            yield replace(line, kind=CheckKind.REPEATED) if problem.row in repeated else line
    yield from _settled(
        left_out, {row for row, _ in decisions.cells} - named - left_out, plan, rows
    )


def _is_told(problem: Problem, doubt: UnclearRow | None) -> bool:
    """Whether the line of an unclear row says it already, or makes it matter no more."""
    if doubt is None:
        return False
    decided = doubt.decision.choice if doubt.decision else None
    return not problem.column or problem.reason == doubt.reason or decided is RowChoice.LEAVE_OUT


def _settled(
    left_out: Iterable[int], corrected: Iterable[int], plan: ImportPlan, rows: _Rows
) -> Iterator[CheckLine]:
    for number in left_out:
        cells = rows.cells(number)
        decision = plan.decisions.rows[number]
        yield CheckLine(
            number, CheckKind.SETTLED, rows.name(cells), "", "", "", cells, decision=decision
        )
    cells_corrected = dict(plan.decisions.cells)
    for number in corrected:
        cells = rows.cells(number)
        column = next(column for row, column in cells_corrected if row == number)
        value = cells_corrected[number, column]
        yield CheckLine(number, CheckKind.SETTLED, rows.name(cells), column, value, "", cells)


def _of_unclear(planned: PlannedRow, rows: _Rows) -> CheckLine:
    is_settled = planned.decision is not None
    return CheckLine(
        row=planned.row,
        kind=CheckKind.SETTLED if is_settled else CheckKind.UNCLEAR,
        name=planned.attendee.full_name,
        column="",
        value="",
        reason=planned.reason,
        cells=rows.cells(planned.row),
        candidates=planned.candidates,
        proposal=planned.proposal,
        decision=planned.decision,
    )


def _of_problem(problem: Problem, rows: _Rows) -> CheckLine:
    is_rejected = problem.severity is Severity.REJECTED
    cells = rows.cells(problem.row)
    return CheckLine(
        row=problem.row,
        kind=CheckKind.NOT_TAKEN if is_rejected else CheckKind.DOUBTFUL,
        name=rows.name(cells),
        column=problem.column,
        value=problem.value,
        reason=problem.reason,
        cells=cells,
    )


def _place(line: CheckLine) -> tuple[int, str]:
    return line.row, line.column
