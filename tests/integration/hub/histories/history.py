"""Histories: some laptops, a hub, a network that fails, and whatever people do, chosen by a seed.

Every laptop is the real thing: an event file, the desk, the exchange, a connection to a real
PostgreSQL through a network of its own. Only who does what when is played, step by step, so that a
history that fails can be played again: see ``playing.py``.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bad_network import Weather
from happenings import Cast, Happenings
from history_laptop import HistoryLaptop, Line, PlayedTime
from history_order import check_order

from checkin_app.errors import EventClosed, HubError, UsageError
from checkin_app.hub.owner import HubOwner
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.sharing.files.file_merging import merge_event_files

Happening = Callable[[HistoryLaptop], str]
_LARGEST_CLOCK_ERROR_S = 600
_ROUNDS_TO_HEAL = 40
_LONGEST_PAUSE_S = 20.0
_WEATHERS = (Weather.FAIR, Weather.CUT, Weather.DEAF, Weather.SLOW, Weather.LATE)
"""Half-open connections are left to ``desk_runs.py``: a desk waits seconds before it gives up."""


@dataclass(frozen=True)
class PlayedHub:
    """One hub of a history.

    Attributes:
        lines: the way of each laptop to it.
        owner: the organiser's own way.
        holds: gives the ids of the parcels that lie there.
        restore: puts a backup in its place that lacks so many of the last parcels.
    """

    lines: Sequence[Line]
    owner: HubOwner
    holds: Callable[[], set[str]]
    restore: Callable[[int], None]


class History:
    """What happens to some laptops, chosen by a seed.

    Attributes:
        laptops: those that take part so far.
        told: ids of all entries that ever were in a file, each with the step that brought it
            there; but for those that were lost with the only file.
        steps: what happened so far, for whoever reads of a failure.
        cast: whom it is about.
        hub: the number of the hub that is the latest.
        has_gone_back: some file was put back to an older copy.
        lost_parcels: ids of those that a hub alone had from then on, or nobody.
    """

    def __init__(self, seed: int, hubs: Sequence[PlayedHub], folder: Path) -> None:
        self.seed = seed
        self.hubs = hubs
        self.laptops: list[HistoryLaptop] = []
        self.told: dict[str, str] = {}
        self.steps: list[str] = []
        self.cast = Cast()
        self.hub = 0
        self.has_gone_back = False
        self.lost_parcels: set[bytes] = set()
        self._folder = folder
        self._organiser = 0
        self._only_on_hub: set[str] = set()
        self._time = PlayedTime.from_now()
        self._chance = random.Random(seed)
        happenings = Happenings(self._chance, self.cast, self._time)
        sometimes = [
            *happenings.now_and_then(),
            (3.0, self._merge_by_stick),
            (1.0, self._copy_file),
            (2.0, self._restore_copy),
            (1.0, self._join_late),
            (1.0, self._take_over),
            (2.0, self._join_again),
            (1.0, self._restore_hub),
        ]
        # Each history has some of them, and of some more than its share (Groce et al., "Swarm
        # Testing", 2012): what all have hides what only a few together bring about.
        self._does: list[tuple[float, Happening]] = [
            *((often * self._chance.choice((1, 1, 6)), do) for often, do in happenings.at_desk()),
            (self._chance.choice((5, 15, 30)), self._exchange),
            (self._chance.choice((0, 8, 8)), self._change_weather),
            (self._chance.choice((0, 2, 8)), self._let_late_arrive),
            *((how_often * self._chance.choice((0, 0, 1, 4)), do) for how_often, do in sometimes),
        ]

    def add(self) -> HistoryLaptop:
        """One more laptop, which has not begun; its file lies at ``path`` or is to come."""
        number = len(self.laptops)
        laptop = HistoryLaptop(
            f"Desk {number + 1}",
            self._folder / f"{number}.checkin",
            self.hubs[self.hub].lines[number],
            self._time,
            timedelta(seconds=self._chance.uniform(-_LARGEST_CLOCK_ERROR_S, 0) * 2 + 600),
        )
        laptop.hub = self.hub
        self.laptops.append(laptop)
        return laptop

    def begin(self) -> None:
        """All laptops that were added have their files now."""
        for laptop in self.laptops:
            laptop.begin()
        for record in self.laptops[0].file.records():
            self.cast.people.append(record.attendee.id)
            self.cast.codes.append(record.attendee.code)
        self.cast.codes.append("NOBODYS-CODE")

    def play(self, steps: int) -> None:
        """Let as many things happen."""
        for _ in range(steps):
            self._time.pass_by(timedelta(seconds=self._chance.uniform(0.01, _LONGEST_PAUSE_S)))
            laptop = self._chance.choice(self.laptops)
            ((_, do),) = self._chance.choices(self._does, [often for often, _ in self._does])
            self._step(laptop, do)

    def heal(self) -> None:
        """The network is well, and everybody exchanges until nobody has news."""
        for laptop in self.laptops:
            laptop.line.network.be(Weather.FAIR)
            laptop.line.network.let_late_arrive()
            if laptop.hub != self.hub:
                self._step(laptop, self._join_again)
        for _ in range(_ROUNDS_TO_HEAL):
            self._time.pass_by(timedelta(seconds=1))
            news = [laptop.exchange(self._owner_for(laptop)) for laptop in self.laptops]
            if not any(news) and all(laptop.is_reached for laptop in self.laptops):
                return
        raise AssertionError("the laptops do not come to rest")

    def _step(self, laptop: HistoryLaptop, do: Happening) -> None:
        self.steps.append(f"{laptop.name}: {do.__name__.strip('_')}")
        try:
            what = do(laptop)
        except (UsageError, EventClosed) as refusal:
            what = f"{do.__name__.strip('_')} -> {refusal}"
        self.steps[-1] = f"{laptop.name}: {what}"
        last = laptop.last_known
        new = self._tell(laptop)
        if isinstance(getattr(do, "__self__", None), Happenings) and min(new, default="~") < last:
            check_order(laptop.file, last, new, self._time.now)
        assert laptop.is_in_time(), f"{laptop.name} goes by its own clock: {laptop.clock()}"

    def _tell(self, laptop: HistoryLaptop) -> list[str]:
        new = laptop.new_entry_ids()
        for id_ in new:
            self.told.setdefault(id_, self.steps[-1])
        return new

    # What happens between laptops

    def _exchange(self, laptop: HistoryLaptop) -> str:
        has_news = laptop.exchange(self._owner_for(laptop))
        return "exchange" + (", with news" if has_news else "" if laptop.is_reached else ", cut")

    def _change_weather(self, laptop: HistoryLaptop) -> str:
        weather = self._chance.choice(_WEATHERS)
        laptop.line.network.be(weather, slowest_s=0.002)
        return f"the network is {weather.name}"

    def _let_late_arrive(self, laptop: HistoryLaptop) -> str:
        return f"{laptop.line.network.let_late_arrive()} late connections are heard"

    def _merge_by_stick(self, laptop: HistoryLaptop) -> str:
        other = self._chance.choice(self.laptops)
        if other is laptop:
            return "a stick comes back unused"
        merged = merge_event_files(laptop.path, other.path, laptop.name, laptop.clock())
        self._tell(other)
        assert laptop.file.sharing.fold_digest() == other.file.sharing.fold_digest(), (
            f"{laptop.name} and {other.name} differ after a stick"
        )
        return f"merge with {other.name}: {merged.came} came, {merged.went} went"

    def _copy_file(self, laptop: HistoryLaptop) -> str:
        laptop.copy_file()
        return "the file is copied"

    def _restore_copy(self, laptop: HistoryLaptop) -> str:
        if not laptop.has_copy:
            return "there is no copy to restore"
        self.has_gone_back = True
        self.exclude_lost_by_restoring(laptop)
        return "the copy takes the place of the file"

    def exclude_lost_by_restoring(self, laptop: HistoryLaptop) -> None:
        """What neither a hub nor another laptop has is gone with the file; nobody can help that."""
        had, had_parcels = laptop.entry_ids(), laptop.file.sharing.contents().parcels
        on_hub = laptop.entries_in(self.hubs[self.hub].holds())
        laptop.restore_copy()
        lost = had.difference(*(one.entry_ids() for one in self.laptops))
        for id_ in lost - on_hub:
            self.told.pop(id_, None)
        self._only_on_hub |= lost & on_hub
        self.lost_parcels |= had_parcels.difference(
            *(one.file.sharing.contents().parcels for one in self.laptops)
        )

    def _join_late(self, laptop: HistoryLaptop) -> str:
        if len(self.laptops) == len(self.hubs[self.hub].lines):
            return "nobody else joins"
        newcomer = self.add()
        newcomer.line.network.be(Weather.FAIR)
        try:
            newcomer.join_late(Memberships(self._folder / newcomer.name))
        except HubError as error:
            self.laptops.remove(newcomer)
            return f"{newcomer.name} cannot join yet: {error}"
        self._tell(newcomer)
        return f"{newcomer.name} joins late"

    def _take_over(self, laptop: HistoryLaptop) -> str:
        if self.hub + 1 == len(self.hubs):
            return "the hub stays"
        self.hub += 1
        self._organiser = self.laptops.index(laptop)
        self._forget_what_only_hub_had()
        self._join_again(laptop)
        return "takes the hub over"

    def _restore_hub(self, laptop: HistoryLaptop) -> str:
        lacking = self._chance.randrange(1, 5)
        self._forget_what_only_hub_had()
        for one in self.laptops:
            one.line.hang_up()
            one.line.network.lose_late()
        self.hubs[self.hub].restore(lacking)
        return f"sees the hub come back without its last {lacking} parcels"

    def _forget_what_only_hub_had(self) -> None:
        for id_ in self._only_on_hub.difference(*(one.entry_ids() for one in self.laptops)):
            self.told.pop(id_, None)

    def _join_again(self, laptop: HistoryLaptop) -> str:
        if laptop.hub == self.hub:
            return "belongs to the hub already"
        number = self.laptops.index(laptop)
        laptop.join_again(self.hubs[self.hub].lines[number], self.hub)
        return f"joins hub {self.hub + 1}"

    def _owner_for(self, laptop: HistoryLaptop) -> HubOwner | None:
        is_organiser = laptop is self.laptops[self._organiser] and laptop.hub == self.hub
        return self.hubs[self.hub].owner if is_organiser else None
