"""Which column of a table is which field of an attendee: a guess, and corrections to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from checkin_app.domain.attendee import FIELDS
from checkin_app.errors import ListFileError, UsageError
from checkin_app.lists.mapping.companions import companion_columns
from checkin_app.lists.mapping.presets import ListPreset
from checkin_app.lists.mapping.vocabulary import (
    ANY_NAME,
    FULL_NAME,
    QUANTITY,
    Recognition,
    folded_words,
    is_order_column,
    recognise_column,
)
from checkin_app.lists.table import Table

MAPPABLE_FIELDS = (*FIELDS, FULL_NAME, QUANTITY)
"""What a column can be mapped to."""

MOST_PEOPLE_IN_A_ROW = 100
"""A larger number is no number of people."""

NAME_FIELDS = ("first_name", "last_name", FULL_NAME)
"""A list must have one of these."""

_ROWS_LOOKED_AT = 200
_UNFIT = 5000
_MOSTLY = 0.6
_LEAST_CODES = 3
_CODE = re.compile(r"(?=\S*\d)[\w-]{5,}")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column fills which field. Columns of no field are kept as extra fields.

    Attributes:
        columns: field (of MAPPABLE_FIELDS) → name of the column, in the order of the fields.
        preset: the preset the list follows, or None.
        left_out: columns that are not kept, unless they fill a field.
        order_column: the column that names the order a row belongs to, or empty.
        companions: columns that name further people of the same row, in order.
        substitutes: field → columns that fill it, the best first, where its own is empty.
    """

    columns: Mapping[str, str]
    preset: ListPreset | None = None
    left_out: frozenset[str] = frozenset()
    order_column: str = ""
    companions: tuple[str, ...] = ()
    substitutes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

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
        return replace(
            self,
            columns=_ordered(kept),
            companions=tuple(name for name in self.companions if name != column),
            substitutes={
                filled: others
                for filled, names in self.substitutes.items()
                if filled in kept
                and filled != field
                and (others := tuple(name for name in names if name != column))
            },
        )

    def corrected(self, choices: Mapping[str, str], columns: Sequence[str]) -> ColumnMapping:
        """This mapping with fields filled as a person chose; an empty choice frees the field.

        Args:
            choices: field → column, whose case, accents and punctuation do not matter.
            columns: the columns of the table.

        Raises:
            UsageError: there is no such field or column.
        """
        mapping = self
        for name, choice in choices.items():
            mapping = mapping.with_field(name, _column_like(choice, columns) if choice else None)
        return mapping

    def extra_columns(self, columns: Sequence[str]) -> tuple[str, ...]:
        """The columns of a table that fill no field and are kept."""
        used = self.left_out.union(self.columns.values(), self.companions)
        return tuple(name for name in columns if name not in used)


def guess_mapping(table: Table, preset: ListPreset | None = None) -> ColumnMapping:
    """What the columns hold: as the preset says, else by their names and values.

    What a preset does not know, the questions of the organiser, is guessed in any case.
    """
    if preset is None:
        columns = _ordered(_guessed(table, table.columns))
        order = _order_column(table.columns) if QUANTITY in columns else ""
        mapping = ColumnMapping(columns, order_column=order)
        return _with_companions(table, mapping, table.columns)
    known = preset.columns_in(table.columns)
    of_preset = set(known.values())
    questions = [name for name in table.columns if name not in of_preset]
    told, empty = _told(preset, known, table)
    best = {field: names[0] for field, names in told.items()}
    asked = {} if preset.is_complete else _guessed(table, questions)
    sources = (empty, best, asked) if preset.asks_first else (empty, asked, best)
    columns = {field: name for source in sources for field, name in source.items()}
    mapping = ColumnMapping(
        _ordered(columns),
        preset,
        frozenset(known[key] for key in preset.left_out & known.keys()),
        known.get(preset.order, ""),
        substitutes={
            field: names[1:]
            for field, names in told.items()
            if names[1:] and columns[field] == names[0]
        },
    )
    return mapping if preset.is_complete else _with_companions(table, mapping, questions)


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


def _with_companions(table: Table, mapping: ColumnMapping, names: Sequence[str]) -> ColumnMapping:
    """The mapping with columns of further people, where rows may stand for several."""
    columns = mapping.columns
    has_names = any(field in columns for field in NAME_FIELDS)
    if has_names and QUANTITY not in columns and not mapping.order_column:
        return mapping
    used = set(columns.values())
    companions = companion_columns(table, [name for name in names if name not in used])
    if companions and not has_names:
        columns = _ordered({**columns, FULL_NAME: companions[0]})
        companions = companions[1:]
    return replace(mapping, columns=columns, companions=companions)


def _order_column(names: Sequence[str]) -> str:
    return next(filter(is_order_column, names), "")


def _told(
    preset: ListPreset, known: Mapping[str, str], table: Table
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Which columns fill which fields by the preset: those that hold what they should, the rest."""
    places = {name: place for place, name in enumerate(table.columns)}
    told: dict[str, tuple[str, ...]] = {}
    empty: dict[str, str] = {}
    for wanted, keys in preset.fields.items():
        there = [known[key] for key in keys if key in known]
        fits = _FITS.get(wanted, any)
        good = [name for name in there if fits(map(itemgetter(places[name]), table.rows))]
        if good:
            told[wanted] = tuple(good)
        elif there:
            empty[wanted] = there[0]
    return told, empty


def _guessed(table: Table, names: Sequence[str]) -> dict[str, str]:
    """What some columns hold, by their names; an e-mail column without one by its values."""
    places = {name: place for place, name in enumerate(table.columns)}
    best: dict[str, tuple[int, str]] = {}
    for name in names:
        if found := recognise_column(name):
            score = _score(found, [row[places[name]] for row in table.rows[:_ROWS_LOOKED_AT]])
            if found.field not in best or score > best[found.field][0]:
                best[found.field] = (score, name)
    if best.get(QUANTITY, (0, ""))[0] < 0:
        del best[QUANTITY]
    if best.get("category", (0, ""))[0] < 0:
        # "Ticket" may be the kind of the ticket, or what is printed on it.
        best.setdefault("code", best.pop("category"))
    columns = _with_names_placed({field: name for field, (_, name) in best.items()})
    if "email" not in columns:
        unused = {name: places[name] for name in names if name not in columns.values()}
        columns.update(_email_by_values(table, unused))
    return columns


def _score(found: Recognition, values: Sequence[str]) -> int:
    """The certainty by name, far lower when the values speak against it."""
    fits = _FITS.get(found.field, any)
    return found.score if fits(values) else found.score - _UNFIT


def _any_email(values: Iterable[str]) -> bool:
    return any("@" in value for value in values)


def _only_counts(values: Iterable[str]) -> bool:
    """Whether the values are numbers of people."""
    found = {value for value in values if value}
    return bool(found) and all(
        value.isdecimal() and len(value) < 4 and int(value) <= MOST_PEOPLE_IN_A_ROW
        for value in found
    )


def _no_codes(values: Iterable[str]) -> bool:
    """Whether the values are anything but codes, of which no two are alike."""
    found = [value for value in values if value]
    coded = sum(bool(_CODE.fullmatch(value)) for value in found)
    return len(found) < _LEAST_CODES or len(set(found)) < len(found) or coded < len(found)


_FITS: Mapping[str, Callable[[Iterable[str]], bool]] = {
    "email": _any_email,
    QUANTITY: _only_counts,
    "category": _no_codes,
}


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


def _email_by_values(table: Table, unused: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """The first unused column most of whose values hold an @.

    Args:
        unused: column → its place.
    """
    for name, place in unused.items():
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


def _ordered(columns: Mapping[str, str]) -> dict[str, str]:
    return {field: columns[field] for field in MAPPABLE_FIELDS if field in columns}
