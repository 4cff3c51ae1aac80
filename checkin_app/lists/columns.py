"""Which column of a table is which field of an attendee: a guess, and corrections to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from checkin_app.domain.attendee import FIELDS
from checkin_app.errors import ListFileError, UsageError
from checkin_app.lists.table import Table
from checkin_app.lists.vocabulary import (
    ANY_NAME,
    FULL_NAME,
    Recognition,
    folded_words,
    recognise_column,
)

MAPPABLE_FIELDS = (*FIELDS, FULL_NAME)
"""What a column can be mapped to."""

NAME_FIELDS = ("first_name", "last_name", FULL_NAME)
"""A list must have one of these."""

_ROWS_LOOKED_AT = 200
_UNFIT = 5000
_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column fills which field. Columns of no field are kept as extra fields.

    Attributes:
        columns: field (of MAPPABLE_FIELDS) → name of the column, in the order of the fields.
    """

    columns: Mapping[str, str]

    def with_field(self, field: str, column: str | None) -> ColumnMapping:
        """This mapping with one field filled from another column, or from none.

        A field that was filled from that column before loses it.

        Raises:
            UsageError: there is no such field.
        """
        if field not in MAPPABLE_FIELDS:
            raise UsageError(f"There is no field {field!r}. Fields: {', '.join(MAPPABLE_FIELDS)}.")
        kept = {
            known: name for known, name in self.columns.items() if known != field and name != column
        }
        if column is not None:
            kept[field] = column
        return _ordered(kept)

    def corrected(self, choices: Mapping[str, str], columns: Sequence[str]) -> ColumnMapping:
        """This mapping with fields filled as a person chose; an empty choice frees the field.

        Args:
            choices: field → column, whose case, accents and punctuation do not matter.
            columns: the columns of the table.

        Raises:
            UsageError: there is no such field or column.
        """
        mapping = self
        for field, choice in choices.items():
            mapping = mapping.with_field(field, _column_like(choice, columns) if choice else None)
        return mapping

    def extra_columns(self, columns: Sequence[str]) -> tuple[str, ...]:
        """The columns of a table that fill no field."""
        used = set(self.columns.values())
        return tuple(name for name in columns if name not in used)


def guess_mapping(table: Table) -> ColumnMapping:
    """What the columns hold, by their names; an e-mail column without one by its values."""
    places = {name: place for place, name in enumerate(table.columns)}
    best: dict[str, tuple[int, str]] = {}
    for name, place in places.items():
        if found := recognise_column(name):
            score = _score(found, [row[place] for row in table.rows[:_ROWS_LOOKED_AT]])
            if found.field not in best or score > best[found.field][0]:
                best[found.field] = (score, name)
    columns = _with_names_placed({field: name for field, (_, name) in best.items()})
    if "email" not in columns:
        columns.update(_email_by_values(table, set(columns.values())))
    return _ordered(columns)


def require_names(table: Table, mapping: ColumnMapping) -> None:
    """Makes sure that people can be named.

    Raises:
        UsageError: the mapping names a column that the table lacks.
        ListFileError: no column of names.
    """
    for column in mapping.columns.values():
        if column not in table.columns:
            raise UsageError(f"The list has no column {column!r}.")
    if not any(field in mapping.columns for field in NAME_FIELDS):
        shown = ", ".join(table.columns[:12])
        raise ListFileError(
            f"No column of {table.path.name} holds names. Its columns are: {shown}. Say which one "
            "holds the names, or choose another file.",
            table.path,
        )


def _score(found: Recognition, values: Sequence[str]) -> int:
    """The certainty by name, far lower when the values speak against it."""
    fits = _FITS.get(found.field, _any_value)
    return found.score if fits(values) else found.score - _UNFIT


def _any_value(values: Sequence[str]) -> bool:
    return any(values)


def _any_email(values: Sequence[str]) -> bool:
    return any("@" in value for value in values)


_FITS: Mapping[str, Callable[[Sequence[str]], bool]] = {"email": _any_email}


def _with_names_placed(columns: dict[str, str]) -> dict[str, str]:
    """Gives a column called just "name" the part of the name that no other column holds."""
    if any_name := columns.pop(ANY_NAME, None):
        if "first_name" in columns and "last_name" not in columns:
            columns["last_name"] = any_name
        elif "last_name" in columns and "first_name" not in columns:
            columns["first_name"] = any_name
        else:
            columns.setdefault(FULL_NAME, any_name)
    return columns


def _email_by_values(table: Table, used: Set[str]) -> Iterator[tuple[str, str]]:
    """The first unused column most of whose values hold an @."""
    for place, name in enumerate(table.columns):
        if name in used:
            continue
        values = [row[place] for row in table.rows[:_ROWS_LOOKED_AT] if row[place]]
        if values and sum("@" in value for value in values) >= _MOSTLY * len(values):
            yield "email", name
            return


def _column_like(wanted: str, columns: Sequence[str]) -> str:
    if wanted in columns:
        return wanted
    alike = [name for name in columns if folded_words(name) == folded_words(wanted)]
    if len(alike) != 1:
        raise UsageError(f"The list has no column {wanted!r}. Columns: {', '.join(columns)}.")
    return alike[0]


def _ordered(columns: Mapping[str, str]) -> ColumnMapping:
    return ColumnMapping({field: columns[field] for field in MAPPABLE_FIELDS if field in columns})
