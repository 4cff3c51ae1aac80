"""Finds for every row of a list the person it means: by code, by e-mail and name, by employer.

Each rule is asked for all rows before the next one, and a person is taken by one row only, so
that it does not matter in which order the rows stand. What a rule cannot be sure of is a doubt,
with what is proposed: to take a row for somebody, to add it, or to leave it out.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from checkin_app.domain.attendee import Attendee
from checkin_app.lists.guests import guest_of
from checkin_app.lists.progress import ROWS_PER_STEP, CancelledCheck, stop_if
from checkin_app.lists.rows import ListRow
from checkin_app.services.list_merge.decisions import MergeDecisions, RowChoice, RowDecision
from checkin_app.services.list_merge.known_people import KnownPeople
from checkin_app.services.list_merge.names import Likeness, name_key, persons_likeness
from checkin_app.services.list_merge.plan import Doubt

_CANDIDATES_SHOWN = 5


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


def match(
    rows: Sequence[ListRow],
    known: KnownPeople,
    decisions: MergeDecisions,
    cancelled: CancelledCheck,
) -> Matches:
    """Whom the rows of a list mean.

    Raises:
        Cancelled: ``cancelled`` said so.
    """
    matching = _Matching(rows, known, decisions, cancelled)
    matching.decide()
    for rule in matching.rules():
        rule()
    return matching.found


class _Matching:
    """The rows of a list and who of the event was taken by which of them."""

    def __init__(
        self,
        rows: Sequence[ListRow],
        known: KnownPeople,
        decisions: MergeDecisions,
        cancelled: CancelledCheck,
    ) -> None:
        self.found = Matches(array("b", bytes(len(rows))))
        self._rows = rows
        self._known = known
        self._cancelled = cancelled
        self._decisions = decisions
        self._keys: dict[int, str] = {}
        self._taken: dict[str, int] = {}
        self._decided: dict[int, Attendee] = {}
        self._owners: dict[int, Attendee] = {}

    def rules(self) -> Iterator[Callable[[], None]]:
        """What is asked of all rows, one after the other."""
        yield self._by_code
        if self._known:
            yield self._by_email
        yield self._repeats
        if self._known:
            yield self._by_employer
            yield self._codes_of_others
            yield self._other_email
            yield self._guests
            yield self._other_name
            yield self._same_name
        yield self._settle

    def decide(self) -> None:
        """Keep the people whom somebody chose for a row from all other rows."""
        if not self._decisions.rows:
            return
        for place, row in enumerate(self._rows):
            decision = self._decisions.rows.get(row.number)
            if decision is None or decision.choice is not RowChoice.IS_PERSON:
                continue
            person = self._known.of_id(decision.attendee_id)
            if person is not None and person.id not in self._taken:
                self._decided[place] = person
                self._taken[person.id] = place

    # The rules

    def _by_code(self) -> None:
        """The person of the code, if the names agree; the first row of a code that is new."""
        first_rows: dict[str, int] = {}
        for place, row in self._open():
            code = row.values.get("code", "")
            if not code:
                continue
            owner = self._known.of_code(code)
            if owner is None:
                first = first_rows.setdefault(code, place)
                if first != place:
                    self._repeat_or_doubt(place, self._rows[first])
            elif self._likeness(owner, row) is not Likeness.SAME:
                self._owners[place] = owner
                self.found.fates[place] = Fate.DOUBTFUL
            elif self._is_free(owner, place):
                self._take(place, owner)
            else:
                self._repeat(place)

    def _by_email(self) -> None:
        """The person of this e-mail address and name."""
        for place, row in self._open():
            email = row.values.get("email", "").lower()
            if not email:
                continue
            people = [
                person
                for person in self._known.of_email(email)
                if self._has_key(person, self._key(place))
            ]
            free = self._likeliest(people, place)
            if free:
                self._take(place, free[0])
            elif any(self._may_share_code(person.code, row) for person in people):
                self._repeat(place)

    def _repeats(self) -> None:
        """Rows that say an e-mail address and name again, and no other code."""
        first_rows: dict[str, list[int]] = {}
        for place, row in self._of_fate(Fate.OPEN, Fate.PERSON):
            email = row.values.get("email", "").lower()
            if not email:
                continue
            earlier = first_rows.setdefault(f"{email} {self._key(place)}", [])
            if self.found.fates[place] == Fate.OPEN and any(
                self._may_share_code(self._rows[other].values.get("code", ""), row)
                for other in earlier
            ):
                self._repeat(place)
            else:
                earlier.append(place)

    def _by_employer(self) -> None:
        """Somebody of this name and organisation who has no other e-mail address."""
        for only_same in (True, False):
            for place, row in self._open():
                has_email = bool(row.values.get("email"))
                free = [
                    person for person in self._colleagues(place) if not (has_email and person.email)
                ]
                if free and (not only_same or says_nothing_new(free[0], row)):
                    self._take(place, free[0])

    # The doubts

    def _other_email(self) -> None:
        """Somebody of this name and organisation with another e-mail address."""
        for place, row in self._open():
            free = self._colleagues(place)
            if not free:
                continue
            if len(free) > 1:
                self._doubt(place, Doubt.SEVERAL_PEOPLE, free, RowChoice.ADD)
            elif row.values.get("organisation") and self._may_share_code(free[0].code, row):
                self._doubt(place, Doubt.OTHER_EMAIL, free, RowChoice.IS_PERSON)
            else:
                self._doubt(place, Doubt.OTHER_EMAIL, free, RowChoice.ADD)

    def _other_name(self) -> None:
        """Somebody with this person's own e-mail address and half of the name."""
        for place, row in self._open():
            email = row.values.get("email", "").lower()
            if not email or self._known.is_office(email) or row.guest_of:
                continue
            free = [
                person
                for person in self._known.of_email(email)
                if self._is_free(person, place)
                and self._likeness(person, row) is not Likeness.DIFFERENT
            ]
            if free:
                is_one = self._may_share_code(free[0].code, row)
                choice = RowChoice.IS_PERSON if is_one else RowChoice.ADD
                self._doubt(place, Doubt.OTHER_NAME, free, choice)

    def _guests(self) -> None:
        """Somebody who may be the guest of an order that had no name for them."""
        if not self._known.guests():
            return
        for place, row in self._open():
            values = row.values
            if row.guest_of:
                continue
            email = values.get("email", "").lower()
            organisation = values.get("organisation", "")
            free = [guest for guest in self._known.guests() if self._is_free(guest, place)]
            ordered = [one for one in free if email and one.email.lower() == email]
            hosted = [one for one in free if organisation and one.organisation == organisation]
            if ordered:
                self._doubt(place, Doubt.MAY_BE_GUEST, ordered, RowChoice.IS_PERSON)
            elif hosted:
                self._doubt(place, Doubt.MAY_BE_GUEST, hosted, RowChoice.ADD)

    def _same_name(self) -> None:
        """Somebody of this name elsewhere: another person, as far as anybody can tell."""
        for place, _row in self._open():
            namesakes = self._known.of_name(self._key(place))
            free = [person for person in namesakes if self._is_free(person, place)]
            if free:
                self._doubt(place, Doubt.SAME_NAME, free, RowChoice.ADD)
            elif namesakes:
                self.found.namesakes[place] = namesakes[0]

    def _codes_of_others(self) -> None:
        """Codes whose owners have other names.

        When the owner stands in another row, and this one names somebody else of the event, it
        is that person: whoever kept the list gave the code to two.
        """
        for place, owner in self._owners.items():
            self._doubt_code(place, owner)

    def _doubt_code(self, place: int, owner: Attendee) -> None:
        likeness = self._likeness(owner, self._rows[place])
        others = self._colleagues(place)
        if likeness is Likeness.DOUBTFUL and self._is_free(owner, place):
            self._doubt(place, Doubt.CODE_SPELLED_OTHERWISE, [owner], RowChoice.IS_PERSON)
        elif others and self._is_named_by_own_code(owner):
            people = [owner, *others]
            self._doubt(place, Doubt.CODE_OF_ANOTHER, people, RowChoice.IS_PERSON, others[0])
        else:
            self._doubt(place, Doubt.CODE_OF_ANOTHER, [owner, *others], RowChoice.LEAVE_OUT)

    def _is_named_by_own_code(self, owner: Attendee) -> bool:
        place = self._taken.get(owner.id)
        return place is not None and self._rows[place].values.get("code") == owner.code

    def _settle(self) -> None:
        """Carry out what was decided about rows that no rule took for that person."""
        for place, person in self._decided.items():
            self.found.people[place] = person
            if self.found.fates[place] != Fate.DOUBTFUL:
                self.found.fates[place] = Fate.PERSON

    # What rules are made of

    def _open(self) -> Iterator[tuple[int, ListRow]]:
        return self._of_fate(Fate.OPEN)

    def _of_fate(self, *wanted: Fate) -> Iterator[tuple[int, ListRow]]:
        fates = self.found.fates
        for place, row in enumerate(self._rows):
            if not place % ROWS_PER_STEP:
                stop_if(self._cancelled)
            if fates[place] in wanted:
                yield place, row

    def _take(self, place: int, person: Attendee) -> None:
        """Take a row for a person, unless somebody decided that it is another one."""
        if self._choice(place) in (None, RowChoice.LEAVE_OUT):
            self._taken[person.id] = place
        self.found.fates[place] = Fate.PERSON
        self.found.people[place] = person

    def _repeat(self, place: int) -> None:
        self.found.fates[place] = Fate.REPEAT

    def _repeat_or_doubt(self, place: int, first: ListRow) -> None:
        """A new code for the second time: the same person again, or another one."""
        row = self._rows[place]
        if _likeness(_name_of(first.values), first.values.get("email", ""), row) is Likeness.SAME:
            self._repeat(place)
        else:
            self._doubt(place, Doubt.CODE_TWICE, self._colleagues(place), RowChoice.LEAVE_OUT)

    def _doubt(
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
        candidates = tuple(people[:_CANDIDATES_SHOWN])
        self.found.doubts[place] = Doubted(doubt, candidates, proposal)
        self.found.fates[place] = Fate.DOUBTFUL
        if wanted is not None and self._choice(place) is None:
            self._taken[wanted.id] = place
            self.found.people[place] = wanted

    def _choice(self, place: int) -> RowChoice | None:
        """What somebody decided about a row."""
        if not self._decisions.rows:
            return None
        decision = self._decisions.rows.get(self._rows[place].number)
        return decision.choice if decision else None

    def _is_free(self, person: Attendee, place: int) -> bool:
        return self._taken.get(person.id, place) == place

    def _key(self, place: int) -> str:
        key = self._keys.get(place)
        if key is None:
            key = self._keys[place] = name_key(*_name_of(self._rows[place].values))
        return key

    def _has_key(self, person: Attendee, key: str) -> bool:
        return any(
            name_key(one.first_name, one.last_name) == key for one in self._known.spellings(person)
        )

    def _colleagues(self, place: int) -> list[Attendee]:
        organisation = self._rows[place].values.get("organisation", "")
        return self._likeliest(self._known.of_employer(self._key(place), organisation), place)

    def _likeliest(self, people: Sequence[Attendee], place: int) -> list[Attendee]:
        """Those whom no other row took; first the one about whom the row says nothing new."""
        free = [person for person in people if self._is_free(person, place)]
        if len(free) > 1:
            row = self._rows[place]
            free.sort(key=lambda one: (not says_nothing_new(one, row), not _is_spelled(one, row)))
        return free

    def _likeness(self, person: Attendee, row: ListRow) -> Likeness:
        if row.guest_of or guest_of(person.first_name, person.last_name):
            return Likeness.SAME
        return max(
            _likeness((one.first_name, one.last_name), one.email, row)
            for one in self._known.spellings(person)
        )

    def _may_share_code(self, code: str, row: ListRow) -> bool:
        """Two different codes are two people, however alike their names."""
        other = row.values.get("code", "")
        return not code or not other or code == other


def says_nothing_new(person: Attendee, row: ListRow) -> bool:
    """Whether the event knows all that a row says of a person."""
    return all(
        not value or getattr(person, name) == value for name, value in row.values.items()
    ) and all(person.extra.get(name) == value for name, value in row.extra.items())


def _is_spelled(person: Attendee, row: ListRow) -> bool:
    """Whether first and last name stand in the row as they do in the event."""
    return (person.first_name, person.last_name) == _name_of(row.values)


def _likeness(name: tuple[str, str], email: str, row: ListRow) -> Likeness:
    values = row.values
    other = values.get("email", "").lower()
    is_same_email = bool(other) and other == email.lower()
    return persons_likeness(name, _name_of(values), is_same_email=is_same_email)


def _name_of(values: Mapping[str, str]) -> tuple[str, str]:
    return values.get("first_name", ""), values.get("last_name", "")
