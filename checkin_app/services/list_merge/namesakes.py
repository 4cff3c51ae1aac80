"""Many people of one name, of whom a row may mean any: found by what else the row says.

To compare each row with each of a thousand namesakes would take half a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from checkin_app.domain.attendee import Attendee
from checkin_app.lists.people.rows import ListRow

_TOLD_APART_BY = ("title", "organisation", "role", "country", "email", "category", "attention")

_MOST_TAKEN = 64
"""In front of the free ones, before those who are taken are left out."""


class Namesakes:
    """People of one name, by each field in which they differ.

    Args:
        changing: of them, those about whom a row may say something else than the event has and yet
            nothing new, since a desk corrected them.
    """

    def __init__(self, people: Sequence[Attendee], changing: Sequence[Attendee]) -> None:
        self._free = list(people)
        self._changing = changing
        self._by_value: dict[tuple[str, str], list[Attendee]] = {}
        for person in people:
            for name in _TOLD_APART_BY:
                self._by_value.setdefault((name, getattr(person, name)), []).append(person)
            for name, value in person.extra.items():
                self._by_value.setdefault((f"extra:{name}", value), []).append(person)

    def like(self, row: ListRow) -> Iterator[Attendee]:
        """All about whom a row may say nothing new, and others."""
        told = [(name, row.values.get(name, "")) for name in _TOLD_APART_BY]
        told += [(f"extra:{name}", value) for name, value in row.extra.items()]
        groups = [self._by_value.get(pair, []) for pair in told if pair[1]]
        fewest = min(groups, key=len) if groups else self._free
        return chain(fewest, self._changing)

    def free(self, is_taken: Callable[[Attendee], bool]) -> Iterator[Attendee]:
        """Those whom no row took for good, in order; whoever is taken is soon not asked about."""
        taken = 0
        for person in self._free:
            if not is_taken(person):
                break
            taken += 1
        if taken > _MOST_TAKEN:
            self._free = [person for person in self._free if not is_taken(person)]
        return iter(self._free)
