"""The rows of a list while it is found out whom they mean, and who was taken by which."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import chain, islice

from checkin_app.domain.attendee import Attendee
from checkin_app.lists.people.rows import ListRow
from checkin_app.lists.progress import ROWS_PER_STEP, CancelledCheck, stop_if
from checkin_app.services.list_merge.decisions import MergeDecisions, RowChoice, RowDecision
from checkin_app.services.list_merge.known_people import KnownPeople
from checkin_app.services.list_merge.names import Likeness, name_key
from checkin_app.services.list_merge.namesakes import Namesakes
from checkin_app.services.list_merge.plan import Doubt
from checkin_app.services.list_merge.row_likeness import (
    is_as_told,
    is_spelled,
    known_beside,
    likeness_of_spellings,
    may_share_order,
    name_of,
)

CANDIDATES_SHOWN = 5
"""Of the people whom a row may mean."""

_MANY = 20
"""Namesakes, of whom not each is compared with each row."""


class Fate(IntEnum):
    """What the rules say of a row."""

    OPEN = 0
    PERSON = 1
    REPEAT = 2
    DOUBTFUL = 3


@dataclass(frozen=True, slots=True)
class Doubted:
    """Why a row is in doubt, whom it may mean, and what is proposed."""

    doubt: Doubt
    candidates: tuple[Attendee, ...]
    proposal: RowDecision


@dataclass(slots=True)
class Matches:
    """For each row, by its place in the list, what the rules found.

    Attributes:
        fates: of every row; OPEN is somebody new.
        people: the persons of the rows that mean somebody of the event.
        doubts: of the rows in doubt; those whose proposal or decision is IS_PERSON are in
            ``people`` as well.
        namesakes: of new people, somebody of the name whom another row means.
    """

    fates: array[int]
    people: dict[int, Attendee] = field(default_factory=dict)
    namesakes: dict[int, Attendee] = field(default_factory=dict)
    doubts: dict[int, Doubted] = field(default_factory=dict)


class RowMatches:
    """The rows of a list and who of the event was taken by which of them.

    A row is named by its place in the list, from 0.

    Attributes:
        owners: of rows whose code is somebody's with another name, that person.
        twice: of rows that give a new code again, the row that gives it first.
        contested: by the id of a person, the further rows that mean them.
    """

    def __init__(
        self,
        rows: Sequence[ListRow],
        known: KnownPeople,
        decisions: MergeDecisions,
        cancelled: CancelledCheck,
    ) -> None:
        self.found = Matches(array("b", bytes(len(rows))))
        self.rows = rows
        self.known = known
        self.owners: dict[int, Attendee] = {}
        self.twice: dict[int, ListRow] = {}
        self.contested: dict[str, list[int]] = {}
        self._cancelled = cancelled
        self._decisions = decisions
        self._keys: dict[int, str] = {}
        self._taken: dict[str, int] = {}
        self._decided: dict[int, Attendee] = {}
        self._namesakes: dict[tuple[int, bool], Namesakes] = {}
        self._reserve()

    def settle(self) -> None:
        """Carry out what was decided about rows, whatever was found of them."""
        for place, person in self._decided.items():
            self.found.people[place] = person
            if self.found.fates[place] != Fate.DOUBTFUL:
                self.found.fates[place] = Fate.PERSON

    def row_of(self, person: Attendee) -> ListRow | None:
        """The row that took a person."""
        place = self._taken.get(person.id)
        return None if place is None else self.rows[place]

    def undecided_taker(self, person: Attendee) -> int | None:
        """The row that took a person, unless somebody decided that it does."""
        place = self._taken[person.id]
        is_found = self.found.people.get(place) is person and place not in self._decided
        return place if is_found else None

    def open_rows(self) -> Iterator[tuple[int, ListRow]]:
        """The rows of which nothing is known yet, while that is so."""
        if Fate.OPEN not in self.found.fates:
            return iter(())
        return self.rows_of(Fate.OPEN)

    def rows_of(self, *wanted: Fate) -> Iterator[tuple[int, ListRow]]:
        """The rows of some fates. Raises Cancelled."""
        fates = self.found.fates
        for place, row in enumerate(self.rows):
            if not place % ROWS_PER_STEP:
                stop_if(self._cancelled)
            if fates[place] in wanted:
                yield place, row

    def take(self, place: int, person: Attendee) -> None:
        """Take a row for a person, unless somebody decided that it is another one."""
        if self._choice(place) in (None, RowChoice.LEAVE_OUT):
            self._taken[person.id] = place
        self.found.fates[place] = Fate.PERSON
        self.found.people[place] = person

    def contest(self, place: int, person: Attendee) -> None:
        """A second row of one person; see ``contests``."""
        self.repeat(place)
        self.contested.setdefault(person.id, []).append(place)

    def repeat(self, place: int) -> None:
        """Leave a row out that says the same person again."""
        self.found.fates[place] = Fate.REPEAT

    def doubt(
        self,
        place: int,
        doubt: Doubt,
        people: Sequence[Attendee],
        choice: RowChoice,
        wanted: Attendee | None = None,
    ) -> None:
        """Put a row in doubt; whoever is proposed is taken, and nobody else's any more.

        Args:
            wanted: whom the row is proposed to be, if not the first of the people.
        """
        if choice is RowChoice.IS_PERSON:
            wanted = wanted or people[0]
        proposal = RowDecision(choice, wanted.id if wanted else "")
        candidates = tuple(people[:CANDIDATES_SHOWN])
        self.found.doubts[place] = Doubted(doubt, candidates, proposal)
        self.found.fates[place] = Fate.DOUBTFUL
        if wanted is not None and self._choice(place) is None:
            self._taken[wanted.id] = place
            self.found.people[place] = wanted

    def _choice(self, place: int) -> RowChoice | None:
        """What somebody decided about a row."""
        if not self._decisions.rows:
            return None
        decision = self._decisions.rows.get(self.rows[place].number)
        return decision.choice if decision else None

    def is_free(self, person: Attendee, place: int) -> bool:
        """Whether no other row is this person."""
        return self._taken.get(person.id, place) == place

    def is_open(self, place: int) -> bool:
        """Whether nothing is known yet of a row."""
        return self.found.fates[place] == Fate.OPEN

    def key(self, place: int) -> str:
        """The ``name_key`` of a row."""
        key = self._keys.get(place)
        if key is None:
            key = self._keys[place] = name_key(*name_of(self.rows[place].values))
        return key

    def colleagues(self, place: int, *, without_email: bool = False) -> list[Attendee]:
        """Those of a row's name and organisation whom no other row took, likeliest first.

        Of many only some, among them all about whom the row says nothing new.
        """
        organisation = self.rows[place].values.get("organisation", "")
        people = self.known.of_employer(self.key(place), organisation)
        return self.likeliest(people, place, without_email=without_email)

    def likeliest(
        self, people: Sequence[Attendee], place: int, *, without_email: bool = False
    ) -> list[Attendee]:
        """Those whom no other row took; first the one about whom the row says nothing new.

        Args:
            without_email: only those without an e-mail address.
        """
        if len(people) > _MANY:
            free = self._some_of_many(people, place, without_email)
        else:
            free = [
                one
                for one in people
                if self._may_mean(one, place) and not (without_email and one.email)
            ]
        if len(free) > 1:
            row = self.rows[place]
            free.sort(
                key=lambda one: (
                    not self.says_nothing_new(one, row),
                    not is_as_told(one, row),
                    known_beside(one, row),
                    not is_spelled(one, row),
                )
            )
        return free

    def _some_of_many(
        self, people: Sequence[Attendee], place: int, without_email: bool
    ) -> list[Attendee]:
        namesakes = self._namesakes.get((id(people), without_email))
        if namesakes is None:
            meant = [one for one in people if not (without_email and one.email)]
            changing = [one for one in meant if one.id in self.known.corrections]
            namesakes = Namesakes(meant, changing)
            self._namesakes[id(people), without_email] = namesakes
        row = self.rows[place]
        telling = (
            one
            for one in namesakes.like(row)
            if self._may_mean(one, place) and self.says_nothing_new(one, row)
        )
        others = (one for one in namesakes.free(self._is_taken) if self._may_mean(one, place))
        some = chain(islice(telling, _MANY), islice(others, CANDIDATES_SHOWN + 1))
        return list({one.id: one for one in some}.values())

    def _may_mean(self, person: Attendee, place: int) -> bool:
        return self.is_free(person, place) and may_share_order(person, self.rows[place])

    def _is_taken(self, person: Attendee) -> bool:
        """Whether a person is no other row's any more; who was chosen for a row is that one's."""
        place = self._taken.get(person.id)
        return place is not None and place not in self._decided

    def says_nothing_new(self, person: Attendee, row: ListRow) -> bool:
        """Whether a row changes nothing about a person: what a desk corrected stays as it is."""
        known = self.known
        kept = known.desk_fields(person)
        return all(
            not value
            or getattr(person, name) == value
            or name in kept
            or (name == "code" and known.had_code(person, value))
            for name, value in row.values.items()
        ) and all(person.extra.get(name) == value for name, value in row.extra.items())

    def is_known(self, people: Sequence[Attendee], row: ListRow) -> bool:
        """Whether a row says nothing new about the first of some people, but for the code."""
        codeless = replace(row, values={**row.values, "code": ""})
        return bool(people) and self.says_nothing_new(people[0], codeless)

    def likeness(self, person: Attendee, row: ListRow) -> Likeness:
        """How far a person and a row that something ties together may be one."""
        return likeness_of_spellings(self.known.spellings(person), row)

    def _reserve(self) -> None:
        """Keep the people whom somebody chose for a row from all other rows."""
        if not self._decisions.rows:
            return
        for place, row in enumerate(self.rows):
            decision = self._decisions.rows.get(row.number)
            if decision is None or decision.choice is not RowChoice.IS_PERSON:
                continue
            person = self.known.of_id(decision.attendee_id)
            if person is not None and person.id not in self._taken:
                self._decided[place] = person
                self._taken[person.id] = place
