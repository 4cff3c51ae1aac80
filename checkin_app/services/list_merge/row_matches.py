"""The rows of a list while it is found out whom they mean, and who was taken by which."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum

from checkin_app.domain.attendee import Attendee
from checkin_app.lists.guests import guest_of
from checkin_app.lists.progress import ROWS_PER_STEP, CancelledCheck, stop_if
from checkin_app.lists.rows import ListRow
from checkin_app.services.list_merge.decisions import MergeDecisions, RowChoice, RowDecision
from checkin_app.services.list_merge.known_people import KnownPeople, is_office_name
from checkin_app.services.list_merge.names import Likeness, name_key, persons_likeness
from checkin_app.services.list_merge.plan import Doubt

CANDIDATES_SHOWN = 5
"""Of the people whom a row may mean."""


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

    def colleagues(self, place: int) -> list[Attendee]:
        """Those of a row's name and organisation whom no other row took, likeliest first."""
        organisation = self.rows[place].values.get("organisation", "")
        return self.likeliest(self.known.of_employer(self.key(place), organisation), place)

    def likeliest(self, people: Sequence[Attendee], place: int) -> list[Attendee]:
        """Those whom no other row took; first the one about whom the row says nothing new."""
        row = self.rows[place]
        free = [
            person
            for person in people
            if self.is_free(person, place) and may_share_order(person, row)
        ]
        if len(free) > 1:
            free.sort(
                key=lambda one: (
                    not self.says_nothing_new(one, row),
                    not _is_as_told(one, row),
                    known_beside(one, row),
                    not _is_spelled(one, row),
                )
            )
        return free

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


def _is_as_told(person: Attendee, row: ListRow) -> bool:
    """Whether the event has all that a row says of a person."""
    return all(
        not value or getattr(person, name) == value for name, value in row.values.items()
    ) and all(person.extra.get(name) == value for name, value in row.extra.items())


def known_beside(person: Attendee, row: ListRow) -> int:
    """How many things the event knows of a person where a row says nothing."""
    fields = sum(not value and bool(getattr(person, name)) for name, value in row.values.items())
    return fields + sum(name not in row.extra for name in person.extra)


def may_share_code(code: str, row: ListRow) -> bool:
    """Whether a row's code does not speak against a person: two codes are mostly two people."""
    other = row.values.get("code", "")
    return not code or not other or code == other


def may_share_order(person: Attendee, row: ListRow) -> bool:
    """Whether the order of a guest without a name does not speak against a person."""
    column, name = row.order
    return not row.guest_of or person.extra.get(column, name) == name


def _is_spelled(person: Attendee, row: ListRow) -> bool:
    """Whether first and last name stand in the row as they do in the event."""
    return (person.first_name, person.last_name) == name_of(row.values)


def likeness_of_spellings(spellings: Sequence[Attendee], row: ListRow) -> Likeness:
    """How far somebody, as the event and as lists have them, and a row may be one."""
    now = spellings[0]
    if _is_spelled(now, row):
        return Likeness.SAME
    if row.guest_of or guest_of(now.first_name, now.last_name):
        return Likeness.SAME
    return max(likeness_of((one.first_name, one.last_name), one.email, row) for one in spellings)


def likeness_of(name: tuple[str, str], email: str, row: ListRow) -> Likeness:
    """How far somebody of a name and an e-mail address and a row may be one."""
    values = row.values
    other = values.get("email", "").lower()
    is_same_email = bool(other) and other == email.lower() and not is_office_name(other)
    return persons_likeness(name, name_of(values), is_same_email=is_same_email)


def name_of(values: Mapping[str, str]) -> tuple[str, str]:
    """First and last name in the values of a row."""
    return values.get("first_name", ""), values.get("last_name", "")
