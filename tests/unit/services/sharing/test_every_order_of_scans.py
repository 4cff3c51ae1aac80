"""One badge at several desks: every order in which they write, hand in, read and give up waiting.

A desk writes its check-in, hands it in, reads all that the hub has, and answers; at any moment it
may stop waiting and let in by itself. All states that can be reached are looked at, with the real
rules of giving way and of the fold, and with clocks in every order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum, auto
from functools import cache
from itertools import permutations

import pytest

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.check_ins import check_in_of
from checkin_app.domain.fold import fold_attendee
from checkin_app.domain.ledger import Entry, EntryKind, entry_id
from checkin_app.services.sharing.exchanging.scan_sharing import came_before

PERSON, LIST = "ab" * 16, "registration"
NOON = datetime(2024, 5, 6, 12, tzinfo=UTC)


class Step(Enum):
    """How far a desk is with the badge."""

    BEFORE = auto()
    WAITING = auto()
    READ_IN_TIME = auto()
    LET_IN = auto()
    LET_IN_ALONE = auto()
    ALREADY_IN = auto()


ANSWERED = {Step.LET_IN, Step.LET_IN_ALONE, Step.ALREADY_IN}


@dataclass(frozen=True)
class Fact:
    clock: int
    desk: int
    undoes: str = ""


@dataclass(frozen=True)
class Desk:
    """What one desk wrote, how much of it is handed in, and how far it read."""

    clock: int
    step: Step = Step.BEFORE
    wrote: tuple[Fact, ...] = ()
    handed_in: int = 0
    read: int = 0


@dataclass(frozen=True)
class State:
    """The desks and the hub, whose numbers are places in its row."""

    desks: tuple[Desk, ...]
    hub: tuple[Fact, ...] = ()

    def known(self, number: int) -> tuple[Fact, ...]:
        desk = self.desks[number]
        return tuple(dict.fromkeys((*desk.wrote, *self.hub[: desk.read])))

    def with_desk(self, number: int, desk: Desk) -> State:
        return replace(self, desks=(*self.desks[:number], desk, *self.desks[number + 1 :]))


@cache
def entry(fact: Fact) -> Entry:
    id_ = entry_id(fact.clock, fact.desk)
    if fact.undoes:
        payload = {"undoes": fact.undoes}
        return Entry(id_, EntryKind.UNDONE, NOON, f"{fact.desk}", PERSON, LIST, payload)
    return Entry(id_, EntryKind.CHECKED_IN, NOON, f"{fact.desk}", PERSON, LIST)


@cache
def fold(facts: frozenset[Fact]) -> AttendeeRecord:
    registered = Entry(
        "0" * 32, EntryKind.REGISTERED, NOON, "", PERSON, payload={"attendee": {"code": "A"}}
    )
    record = fold_attendee([registered, *map(entry, facts)])
    assert record is not None
    return record


def write(state: State, number: int, undoes: str = "") -> State:
    desk = state.desks[number]
    clock = max((desk.clock, *(fact.clock + 1 for fact in state.known(number))))
    fact = Fact(clock, number, undoes)
    return state.with_desk(number, replace(desk, wrote=(*desk.wrote, fact)))


def go_to(state: State, number: int, step: Step) -> State:
    return state.with_desk(number, replace(state.desks[number], step=step))


def answer(state: State, number: int) -> State:
    """As the desk does that has read the hub in time."""
    own = entry(state.desks[number].wrote[0])
    numbers = {entry(fact).id: place for place, fact in enumerate(state.hub)}
    record = fold(frozenset(state.known(number)))
    earlier = came_before(record, check_in_of(own), numbers[own.id], numbers.get)
    if earlier is None:
        return go_to(state, number, Step.LET_IN)
    return go_to(write(state, number, own.id), number, Step.ALREADY_IN)


def scan(state: State, number: int) -> State:
    if LIST in fold(frozenset(state.known(number))).check_ins:
        return go_to(state, number, Step.ALREADY_IN)
    return go_to(write(state, number), number, Step.WAITING)


def following(state: State) -> Iterator[State]:
    """Every state that one step of one desk leads to."""
    for number, desk in enumerate(state.desks):
        if desk.handed_in < len(desk.wrote):
            handed_in = replace(desk, handed_in=desk.handed_in + 1)
            hub = (*state.hub, desk.wrote[desk.handed_in])
            yield replace(state.with_desk(number, handed_in), hub=hub)
        elif desk.read < len(state.hub):
            step = Step.READ_IN_TIME if desk.step is Step.WAITING else desk.step
            yield state.with_desk(number, replace(desk, read=len(state.hub), step=step))
        match desk.step:
            case Step.BEFORE:
                yield scan(state, number)
            case Step.WAITING:
                yield go_to(state, number, Step.LET_IN_ALONE)
            case Step.READ_IN_TIME:
                yield answer(state, number)
            case _:
                continue


def ends(first: State) -> Iterator[State]:
    """Every state in which all desks answered and handed in all they wrote."""
    seen, waiting = {first}, [first]
    while waiting:
        state = waiting.pop()
        if all(d.step in ANSWERED and d.handed_in == len(d.wrote) for d in state.desks):
            yield state
        for following_state in following(state):
            if following_state not in seen:
                seen.add(following_state)
                waiting.append(following_state)


@pytest.mark.parametrize("count", [2, 3])
def test_somebody_is_always_let_in_and_every_further_one_waits_in_the_inbox(count: int) -> None:
    looked_at = 0
    for clocks in permutations(range(100, 100 * count + 1, 100)):
        for state in ends(State(tuple(map(Desk, clocks)))):
            looked_at += 1
            steps = [desk.step for desk in state.desks]
            shown_green = steps.count(Step.LET_IN) + steps.count(Step.LET_IN_ALONE)
            record = fold(frozenset(state.hub))
            # Never do all give way to one another.
            assert LIST in record.check_ins
            # Whoever was shown green stands, or is a conflict: nobody twice, nobody unseen.
            assert shown_green == 1 + len(record.open_conflicts)
            # Of those who were answered in time one at most is let in.
            assert steps.count(Step.LET_IN) <= 1
            if Step.LET_IN_ALONE not in steps:
                assert shown_green == 1
    assert looked_at > 10 * count
