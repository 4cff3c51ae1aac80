"""Lists of orders: rows that stand for several people, and people whose name nobody gave.

Whoever has no name is called by what is known: "guest 2 of ACME", after the organisation, else
the person who ordered, else the e-mail address or the order. The second is the second person of
the order; when an earlier order gave that name already, the next free number is taken. So the same
list gives the same names whenever it is read, and each belongs to one person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from checkin_app.lists.mapping.columns import MOST_PEOPLE_IN_A_ROW, NAME_FIELDS, ColumnMapping
from checkin_app.lists.mapping.vocabulary import QUANTITY
from checkin_app.lists.people.names import split_name
from checkin_app.lists.problems import Problem, Severity
from checkin_app.lists.table import Table, TableRow

_GUEST = re.compile(r"guest ([1-9]\d*) of (.+)")
_OF_THE_FIRST_ALONE = ("code", "title", "first_name", "last_name", "role", "attention")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class OrderedPerson:
    """One person of a row.

    Attributes:
        values: the fields, as in the row; of all but the first without those of one person.
        guest_of: whose guest it is, when nobody gave a name; else empty.
    """

    values: dict[str, str]
    guest_of: str = ""


def guest_of(first_name: str, last_name: str) -> str:
    """Whose guest a person without a name is ("guest 2 of ACME"); empty for all others."""
    found = _GUEST.fullmatch(last_name) if not first_name else None
    return found[2] if found else ""


def guest_number(last_name: str) -> int:
    """Which guest somebody is ("guest 2 of ACME": 2); 0 for a name that somebody gave."""
    found = _GUEST.fullmatch(last_name)
    return int(found[1]) if found else 0


def guest_name(number: int, owner: str) -> str:
    """What somebody without a name is called."""
    return f"guest {number} of {owner}"


class Orders:
    """The people of a list of orders, row by row, each row once and in order."""

    def __init__(self, table: Table, mapping: ColumnMapping) -> None:
        places = {column: place for place, column in enumerate(table.columns)}
        columns = mapping.columns
        self._names = [places[columns[field]] for field in NAME_FIELDS if field in columns]
        self._telling = [*self._names, *([places[columns["code"]]] if "code" in columns else [])]
        self._column = columns.get(QUANTITY) or mapping.order_column
        self._quantity = places.get(columns.get(QUANTITY, ""))
        self._order = places.get(mapping.order_column)
        self._companions = [places[column] for column in mapping.companions]
        self._people_in: dict[str, int] = {}
        self._buyers: dict[str, str] = {}
        self._given: dict[str, set[int]] = {}

    def are_plain(self, rows: Sequence[TableRow]) -> bool:
        """Whether every row names one person and no other, so that there is nothing to do."""
        if self._quantity is not None:
            counts = set(map(itemgetter(self._quantity), rows))
            if not counts <= {"", "0", "1"}:
                return False
        if any(any(map(itemgetter(place), rows)) for place in self._companions):
            return False
        names = [map(itemgetter(place), rows) for place in self._names]
        return all(map(any, zip(*names, strict=True)))

    def tells_who(self, row: TableRow) -> bool:
        """Whether a row gives a name or a code, so that its exact repeat is the same person."""
        return any(row[place] for place in self._telling)

    def people(
        self, number: int, row: TableRow, values: dict[str, str]
    ) -> tuple[Sequence[OrderedPerson], Problem | None]:
        """The people a row stands for; none when there is nothing to call them by.

        Args:
            number: of the row.
            values: its fields, the full name split.

        Returns:
            them, and what is to be said about them.
        """
        order = row[self._order] if self._order is not None else ""
        group = order or f"row {number}"
        name = f"{values.get('first_name', '')} {values.get('last_name', '')}".strip()
        if name:
            self._buyers.setdefault(group, name)
        if not name and not self._is_order_line(row):
            return (), None
        companions = [row[place] for place in self._companions if row[place]]
        count = max(self._count(row), 1 + len(companions))
        buyer = self._buyers.get(group, "")
        owner = values.get("organisation") or buyer or values.get("email") or order
        if not owner:
            return (), None
        before = self._people_in.get(group, 0)
        self._people_in[group] = before + count
        people = [OrderedPerson(values)] if name else []
        people += [_companion(values, companion) for companion in companions]
        while len(people) < count:
            people.append(self._guest(values, owner, before + len(people) + 1, not people))
        return people, self._said(number, row, people)

    def _is_order_line(self, row: TableRow) -> bool:
        return any(place is not None and row[place] for place in (self._order, self._quantity))

    def _count(self, row: TableRow) -> int:
        cell = row[self._quantity] if self._quantity is not None else ""
        count = int(cell) if cell.isdecimal() and len(cell) < 4 else 1
        return count if 1 <= count <= MOST_PEOPLE_IN_A_ROW else 1

    def _guest(
        self, values: Mapping[str, str], owner: str, number: int, is_first: bool
    ) -> OrderedPerson:
        given = self._given.setdefault(owner, set())
        while number in given:
            number += 1
        given.add(number)
        name = {"last_name": guest_name(number, owner)}
        own = values if is_first else _shared(values)
        return OrderedPerson({**own, **name}, owner)

    def _said(self, number: int, row: TableRow, people: Sequence[OrderedPerson]) -> Problem | None:
        guests = [person.values["last_name"] for person in people if person.guest_of]
        if len(people) == 1 and not guests:
            return None
        cell = row[self._quantity] if self._quantity is not None else ""
        return Problem(number, self._column, cell, _words(len(people), guests), Severity.WARNING)


def _companion(values: Mapping[str, str], name: str) -> OrderedPerson:
    parts = split_name(name)
    return OrderedPerson(
        {
            **_shared(values),
            "title": parts.title,
            "first_name": parts.first_name,
            "last_name": parts.last_name,
        }
    )


def _shared(values: Mapping[str, str]) -> dict[str, str]:
    """What holds for everybody of a row."""
    return {field: "" if field in _OF_THE_FIRST_ALONE else value for field, value in values.items()}


def _words(count: int, guests: Sequence[str]) -> str:
    shown = ", ".join(guests[:_SHOWN]) + (" and so on" if len(guests) > _SHOWN else "")
    if count == 1:
        return f"There is no name in this row; the person is called {shown}."
    if not guests:
        return f"This row stands for {count} people; each is registered."
    return f"This row stands for {count} people; those without a name are called {shown}."
