"""Histories: some desks, one hub, a network that fails, and whatever people do, chosen by a seed.

Every desk is the real thing: an event file, the check-in desk, the exchange, a connection to a real
PostgreSQL through a network of its own. Only who does what when is played, step by step, so that a
history that fails can be played again: see ``playing.py``.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bad_network import BadNetwork, Weather

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.errors import HubUnreachable, UsageError
from checkin_app.hub.access import HubAccess
from checkin_app.hub.connection import HubConnection
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.registrations import correct, walk_in
from checkin_app.services.sharing.exchange import Exchange
from checkin_app.services.sharing.shared_clock import SharedClock
from checkin_app.storage.event_file import EventFile

_LARGEST_CLOCK_ERROR_S = 600
_ROUNDS_TO_HEAL = 30


@dataclass
class Told:
    """What desks acknowledged to the people before them.

    Attributes:
        entries: ids of entries, each with who did what.
    """

    entries: dict[str, str] = field(default_factory=dict)


class HistoryDesk:
    """One laptop of a history.

    Attributes:
        name: of the desk.
        file: its event file.
        network: its way to the hub.
    """

    def __init__(
        self, name: str, path: Path, access: HubAccess, network: BadNetwork, error: timedelta
    ) -> None:
        self.name = name
        self.file = EventFile(path)
        self.network = network
        self.clock = SharedClock(laptop=lambda: _now() + error)
        self._access = access
        self._exchange = Exchange(self.file, access, name, self.clock)
        self._hub: HubConnection | None = None
        self.lists = self.file.check_in_lists()
        self._desks = [CheckInDesk(self.file, name, one, self.clock) for one in self.lists]

    def desk(self, place: int) -> CheckInDesk:
        """The desk at one of the check-in lists."""
        return self._desks[place % len(self._desks)]

    def exchange(self) -> bool:
        """Share and take in, if the hub can be reached. Returns whether anything was new."""
        try:
            if self._hub is None:
                self._hub = HubConnection.open(self._access, timeout_s=1.0)
                self.clock.set_by(self._hub.clock_error(self.clock.laptop))
                self._exchange.declare_name()
            sent = self._exchange.share(self._hub)
            taken = self._exchange.take_in(self._hub)
        except HubUnreachable:
            self.hang_up()
            return False
        assert taken.refused == 0
        return bool(sent or taken.came)

    def hang_up(self) -> None:
        """The connection is gone."""
        if self._hub is not None:
            self._hub.close()
            self._hub = None

    def close(self) -> None:
        """The laptop is put away."""
        self.hang_up()
        self.file.close()


class History:
    """What happens to some desks, chosen by a seed.

    Attributes:
        told: what was acknowledged.
        steps: what happened so far, for whoever reads of a failure.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.desks: list[HistoryDesk] = []
        self.told = Told()
        self.steps: list[str] = []
        self._random = random.Random(seed)
        self._people: list[str] = []
        self._codes: list[str] = []
        self._does: list[tuple[int, Callable[[HistoryDesk], str]]] = [
            (30, self._scan),
            (4, self._admit_anyway),
            (6, self._undo),
            (6, self._correct),
            (3, self._walk_in),
            (4, self._print),
            (2, self._keep_layout),
            (2, self._describe),
            (25, self._exchange),
            (8, self._change_weather),
        ]

    def clock_error(self) -> timedelta:
        """By how much a laptop is wrong: up to ten minutes, either way."""
        return timedelta(
            seconds=self._random.uniform(-_LARGEST_CLOCK_ERROR_S, _LARGEST_CLOCK_ERROR_S)
        )

    def add(self, desk: HistoryDesk) -> None:
        """One more laptop, with a copy of the event."""
        if not self.desks:
            for record in desk.file.records():
                self._people.append(record.attendee.id)
                self._codes.append(record.attendee.code)
        self.desks.append(desk)

    def play(self, steps: int) -> None:
        """Let as many things happen."""
        weights = [weight for weight, _ in self._does]
        for _ in range(steps):
            desk = self._random.choice(self.desks)
            ((_, do),) = self._random.choices(self._does, weights)
            known = _own_entries(desk)
            what = f"{desk.name}: {do(desk)}"
            self.steps.append(what)
            for id_ in _own_entries(desk) - known:
                self.told.entries[id_] = what

    def heal(self) -> None:
        """The network is well, and everybody exchanges until nobody has news."""
        for desk in self.desks:
            desk.network.be(Weather.FAIR)
            desk.hang_up()
        for _ in range(_ROUNDS_TO_HEAL):
            news = [desk.exchange() for desk in self.desks]
            if not any(news):
                return
        raise AssertionError(f"seed {self.seed}: the desks do not come to rest")

    # What people do

    def _scan(self, desk: HistoryDesk) -> str:
        code = self._random.choice(self._codes)
        outcome = desk.desk(self._random.randrange(2)).handle(Scan(code, ScanSource.KEYBOARD))
        return f"scan {code} -> {outcome.kind}"

    def _admit_anyway(self, desk: HistoryDesk) -> str:
        person = self._random.choice(self._people)
        # A walk-in of another desk may not be known here yet.
        with suppress(UsageError):
            desk.desk(self._random.randrange(2)).admit_anyway(person, "the boss said so")
        return f"admit {person} anyway"

    def _undo(self, desk: HistoryDesk) -> str:
        person = self._random.choice(self._people)
        record = desk.file.record(person)
        if record is None or not record.check_ins:
            return "nothing to undo"
        check_in = self._random.choice([*record.check_ins.values(), *record.later_check_ins])
        place = [one.id for one in desk.lists].index(check_in.list_id)
        desk.desk(place).undo(person, check_in.entry_id)
        return f"undo {check_in.entry_id} of {person}"

    def _correct(self, desk: HistoryDesk) -> str:
        person = self._random.choice(self._people)
        field_, text = self._random.choice(_CORRECTIONS)
        with suppress(UsageError):
            correct(desk.file, desk.name, desk.clock(), person, {field_: text})
        return f"correct {field_} of {person}"

    def _walk_in(self, desk: HistoryDesk) -> str:
        name = self._random.choice(_WALK_INS)
        attendee = walk_in(desk.file, desk.name, desk.clock(), {"last_name": name})
        self._people.append(attendee.id)
        self._codes.append(attendee.code)
        return f"walk-in {name}"

    def _print(self, desk: HistoryDesk) -> str:
        person = self._random.choice(self._people)
        with desk.file.transaction(desk.name, desk.clock()) as transaction:
            if transaction.record(person) is None:
                return "nobody to print"
            transaction.append(EntryKind.BADGE_PRINTED, person, payload={"copies": 1})
        return f"print {person}"

    def _keep_layout(self, desk: HistoryDesk) -> str:
        version = self._random.randrange(100)
        with desk.file.transaction(desk.name, desk.clock()) as transaction:
            transaction.keep_layout("ours", {"version": version})
        return f"layout version {version}"

    def _describe(self, desk: HistoryDesk) -> str:
        from dataclasses import replace

        venue = f"Hall {self._random.randrange(100)}"
        event = desk.file.event()
        with desk.file.transaction(desk.name, desk.clock()) as transaction:
            transaction.describe_event(replace(event, venue=venue))
        return f"the event moves to {venue}"

    # What happens to the network

    def _exchange(self, desk: HistoryDesk) -> str:
        return "exchange, with news" if desk.exchange() else "exchange"

    def _change_weather(self, desk: HistoryDesk) -> str:
        weather = self._random.choice(
            (Weather.FAIR, Weather.FAIR, Weather.CUT, Weather.DEAF, Weather.SLOW)
        )
        desk.network.be(weather, slowest_s=0.004)
        return f"the network is {weather.name}"

    def _merge_by_stick(self, desk: HistoryDesk) -> str:
        other = self._random.choice([one for one in self.desks if one is not desk])
        pass
        return f"merge with {other.name}"


def check(history: History) -> None:
    """Whether the desks, after they healed, are what they must be.

    Raises:
        AssertionError: they are not; the message has the seed and what happened.
    """
    story = f"seed {history.seed}\n" + "\n".join(history.steps)
    ledgers = [{entry.id for entry in desk.file.ledger()} for desk in history.desks]
    for desk, ledger in zip(history.desks, ledgers, strict=True):
        lost = {what for id_, what in history.told.entries.items() if id_ not in ledger}
        assert not lost, f"{desk.name} lost {lost}\n{story}"
        assert desk.file.verify().ok, f"{desk.name} does not verify\n{story}"
        assert not desk.file.sharing.missing(), f"{desk.name} misses parcels\n{story}"
    assert all(ledger == ledgers[0] for ledger in ledgers), f"the ledgers differ\n{story}"
    folds = [fold_of(desk.file) for desk in history.desks]
    assert len(set(folds)) == 1, f"the folds differ\n{story}"
    for record in history.desks[0].file.records():
        _check_admissions(record, story)


def _check_admissions(record: AttendeeRecord, story: str) -> None:
    """One admission stands on each list, the earliest, and every other one is known as later."""
    for later in record.later_check_ins:
        standing = record.check_ins.get(later.list_id)
        assert standing is not None, f"a later check-in stands alone\n{story}"
        assert standing.entry_id < later.entry_id, f"the later check-in stands\n{story}"


def fold_of(event_file: EventFile) -> str:
    """All that the desk shows, as text: equal on two desks that show the same."""
    parts = [repr(event_file.event()), repr(event_file.check_in_lists())]
    parts += [repr(event_file.kept_layouts())]
    parts += sorted(map(repr, event_file.records()))
    return "\n".join(parts)


def _own_entries(desk: HistoryDesk) -> set[str]:
    return {entry.id for entry in desk.file.ledger() if entry.desk == desk.name}


def _now() -> datetime:
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


_CORRECTIONS = (
    ("last_name", "Παπαδοπούλου"),
    ("last_name", "Wiśniewska"),
    ("organisation", "Klaster Południe"),
    ("organisation", "ACME"),
    ("role", "Chair"),
)
_WALK_INS = ("Kowalska-Brzęczyszczykiewicz", "Αγγελόπουλος")
