"""Rows of a table → candidates for the registration list, and what is wrong with them.

Nothing is compared with the event here: whether a person is new or changed is the services'
business. Every row of the table gives a ListRow, or a problem that says why not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import itemgetter

from checkin_app.lists.mapping.columns import ColumnMapping, require_names
from checkin_app.lists.mapping.presets import OWN_EXPORT
from checkin_app.lists.mapping.vocabulary import FULL_NAME, QUANTITY
from checkin_app.lists.people.guests import Orders
from checkin_app.lists.people.row_checks import row_checks
from checkin_app.lists.problems import Problem, Severity
from checkin_app.lists.progress import (
    ROWS_PER_STEP,
    CancelledCheck,
    Progress,
    never_cancelled,
    no_progress,
    stop_if,
)
from checkin_app.lists.table import Table, TableRow
from checkin_app.lists.writing.own_export import GONE_COLUMN, extra_name

NO_ORDER = ("", "")
"""The order of a row in a list that tells of none; see ``ListRow``."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One registration as the list has it.

    Attributes:
        number: of the row, as a spreadsheet program counts it.
        values: the mapped fields, empty ones included; ``status`` as AttendeeStatus writes it,
            or empty when the list says nothing that is understood.
        extra: the other columns that hold something, by column name.
        guest_of: whose guest it is, when the list gives no name and the person is called by that
            ("guest 2 of ACME"); else empty.
        order: the column that names orders, and the order; the column is empty when the list has
            none, or does not keep it.
        is_gone: our own export says that the person was not on the newest list any more.
    """

    number: int
    values: dict[str, str]
    extra: dict[str, str]
    guest_of: str = ""
    order: tuple[str, str] = NO_ORDER
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class NamelessRow(Problem):
    """A row without any name is rejected; what else it says may tell of somebody known.

    Attributes:
        values: the mapped fields.
    """

    values: dict[str, str]


def import_rows(
    table: Table,
    mapping: ColumnMapping,
    *,
    progress: Progress = no_progress,
    cancelled: CancelledCheck = never_cancelled,
) -> Iterator[ListRow | Problem]:
    """The registrations of a table, row by row; a row's problems come before the row.

    Rows without any name are rejected, each a NamelessRow; exact repeats of an earlier row are
    dropped with a warning. Problems met while the file was read come first. In a list of orders a
    row may stand for several people, each a ListRow of the same number, and people without a name
    get one (see ``guests``).

    Raises:
        ListFileError: the mapping has no column of names (at once, not when iterated).
        UsageError: the mapping names a column that the table lacks (at once).
        Cancelled: ``cancelled`` said so.
    """
    require_names(table, mapping)
    return _candidates(table, mapping, progress, cancelled)


def _candidates(
    table: Table, mapping: ColumnMapping, progress: Progress, cancelled: CancelledCheck
) -> Iterator[ListRow | Problem]:
    yield from table.problems
    cells = _Cells(table, mapping)
    gone = _gone(table) if _is_own_export(mapping) else frozenset()
    checks = row_checks(table, mapping)
    orders = _orders(table, mapping)
    seen: dict[TableRow, int] = {}
    total = len(table.rows)
    for done, (number, row) in enumerate(zip(table.numbers, table.rows, strict=True)):
        if not done % ROWS_PER_STEP:
            stop_if(cancelled)
            progress(done, total)
        first = seen.setdefault(row, number)
        if first != number and (orders is None or orders.tells_who(row)):
            yield _repeat(number, first)
            continue
        values, extra = cells.of(row)
        for check in checks:
            if problem := check(number, values):
                yield problem
        if orders is not None:
            yield from _people(orders, number, row, values, extra, mapping, cells.order_column)
        elif values.get("last_name") or values.get("first_name"):
            yield ListRow(number, values, extra, is_gone=number in gone)
        else:
            yield _nameless(number, values, mapping)
    progress(total, total)


class _Cells:
    """Takes rows apart: what fills a field of an attendee, and what is kept beside the fields.

    Attributes:
        order_column: the column that tells orders apart, where it is kept; else empty.
    """

    def __init__(self, table: Table, mapping: ColumnMapping) -> None:
        self._fields = tuple(field for field in mapping.columns if field != QUANTITY)
        extra_columns = mapping.extra_columns(table.columns)
        places = {column: place for place, column in enumerate(table.columns)}
        self._of_fields = _picker([places[mapping.columns[field]] for field in self._fields])
        self._of_extra = _picker([places[column] for column in extra_columns])
        self._substitutes = [
            (field, column, places[column])
            for field, columns in mapping.substitutes.items()
            for column in columns
        ]
        self.order_column = mapping.order_column if mapping.order_column in extra_columns else ""
        self._extra_names = (
            tuple(map(extra_name, extra_columns)) if _is_own_export(mapping) else extra_columns
        )

    def of(self, row: TableRow) -> tuple[dict[str, str], dict[str, str]]:
        """The values of the fields, and the filled cells of further columns by their name."""
        values = dict(zip(self._fields, self._of_fields(row), strict=False))
        extra = {
            column: cell
            for column, cell in zip(self._extra_names, self._of_extra(row), strict=False)
            if cell
        }
        for field, column, place in self._substitutes:
            values[field] = values[field] or row[place]
            # What stands in the field is not kept beside it as well.
            if extra.get(column) == values[field]:
                del extra[column]
        return values, extra


def _is_own_export(mapping: ColumnMapping) -> bool:
    return mapping.preset is not None and mapping.preset.id == OWN_EXPORT


def _gone(table: Table) -> frozenset[int]:
    """The numbers of the rows of our own export whose people were gone from the newest list."""
    if GONE_COLUMN not in table.columns:
        return frozenset()
    gone_at = map(itemgetter(table.columns.index(GONE_COLUMN)), table.rows)
    return frozenset(compress(table.numbers, gone_at))


def _orders(table: Table, mapping: ColumnMapping) -> Orders | None:
    """Who counts the people of a list of orders; None for lists of one named person a row."""
    if QUANTITY not in mapping.columns and not mapping.order_column and not mapping.companions:
        return None
    orders = Orders(table, mapping)
    return None if orders.are_plain(table.rows) else orders


def _people(
    orders: Orders,
    number: int,
    row: TableRow,
    values: dict[str, str],
    extra: dict[str, str],
    mapping: ColumnMapping,
    order_column: str,
) -> Iterator[ListRow | Problem]:
    people, problem = orders.people(number, row, values)
    if problem:
        yield problem
    for person in people:
        order = (order_column, extra.get(order_column, ""))
        yield ListRow(number, person.values, extra, person.guest_of, order)
    if not people:
        yield _nameless(number, values, mapping)


def _picker(places: Sequence[int]) -> Callable[[TableRow], Sequence[str]]:
    """Takes the cells at these places out of a row."""
    if len(places) == 1:
        return itemgetter(slice(places[0], places[0] + 1))
    return itemgetter(*places) if places else itemgetter(slice(0))


def _repeat(number: int, first: int) -> Problem:
    reason = f"This row is exactly the same as row {first}; it was left out."
    return Problem(number, "", "", reason, Severity.WARNING)


def _nameless(number: int, values: dict[str, str], mapping: ColumnMapping) -> NamelessRow:
    column = mapping.columns.get("last_name") or next(
        mapping.columns[field] for field in (FULL_NAME, "first_name") if field in mapping.columns
    )
    reason = "There is no name in this row."
    return NamelessRow(number, column, "", reason, Severity.REJECTED, values)
