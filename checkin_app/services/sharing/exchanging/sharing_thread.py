"""Shares an event file as long as it is open: a thread of its own that nobody ever waits for.

It sleeps until this desk wrote something, the hub has news, or some seconds have passed. When the
hub is out of reach it tries again, less and less often; nothing else notices.
"""

from __future__ import annotations

import logging
import random
import select
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta

from checkin_app.domain.sharing import SharingKind, SharingState
from checkin_app.errors import (
    CheckinError,
    EventFileError,
    HubError,
    HubFull,
    HubRefused,
    HubUnreachable,
)
from checkin_app.fault_log import describe_fault
from checkin_app.hub.connection import HubConnection
from checkin_app.hub.owner import HubOwner
from checkin_app.services.sharing.exchanging.bell import Bell
from checkin_app.services.sharing.exchanging.borrowed_count import BorrowedCount
from checkin_app.services.sharing.exchanging.exchange import Exchange
from checkin_app.services.sharing.exchanging.offers import ANSWER_WITHIN_S, Offers, Settled
from checkin_app.services.sharing.exchanging.one_exchange import state_of
from checkin_app.services.sharing.exchanging.resting import Resting
from checkin_app.services.sharing.exchanging.shared import Shared
from checkin_app.services.sharing.exchanging.shared_clock import SharedClock, elapsed_s
from checkin_app.services.sharing.exchanging.told_state import ToldState
from checkin_app.services.sharing.files.meeting_lists import MeetingLists
from checkin_app.services.sharing.hubs.membership import Membership
from checkin_app.services.sharing.sharing_wording import STUMBLED
from checkin_app.storage.event_file import EventFile

POLL_S = 4.0
"""So often the hub is asked when no notice came: some networks and databases lose them."""
_CLOCK_EVERY_S = 60.0
_SHORTEST_WAIT_S = 0.5
_LONGEST_WAIT_S = 10.0
_WITHDRAWN_WAIT_S = 60.0
_SEARCH_AFTER = 4
_COUNTED_EVERY_S = 3.0
"""So often the desks, and what is missing, are counted anew while all goes well."""
_BLANK_AGAIN_S = 60.0
_CLOCK_STEP = timedelta(seconds=1)

_log = logging.getLogger(__name__)


class SharingThread:
    """Shares one event file with the hub it belongs to.

    Attributes:
        clock: the time as the hub has it.
    """

    def __init__(
        self,
        event_file: EventFile,
        membership: Membership,
        desk_name: str,
        clock: SharedClock,
        *,
        state_changed: Callable[[SharingState], None],
        came: Callable[[Shared], None],
        clock_set: Callable[[timedelta], None] = lambda _error: None,
        owner: Callable[[], HubOwner] | None = None,
        find_again: Callable[[Membership], Membership | None] = lambda _membership: None,
    ) -> None:
        """Prepare; ``start`` begins.

        Args:
            state_changed: called on the thread when the state line reads differently.
            came: called on the thread after something of others was taken in.
            clock_set: called on the thread when the laptop's clock was found to be off by another
                second or more.
            owner: logs in as the organiser, where this laptop is the organiser's.
            find_again: looks for a hub that has moved; called on the thread.
        """
        self._file = event_file
        self._membership = membership
        self.clock = clock
        self._came = came
        self._clock_set = clock_set
        self._owner = owner
        self._find_again = find_again
        self._failures = 0
        self._exchange = Exchange(event_file, membership.access, desk_name, clock)
        first = SharingState(SharingKind.ON_OUR_OWN, since=clock())
        self._told = ToldState(first, state_changed)
        self._offers = Offers()
        self._resting = Resting()
        self._is_stopping = threading.Event()
        self._bell = Bell()
        self._thread = threading.Thread(target=self._run, name="sharing", daemon=True)
        self._desk_name = desk_name
        self._wait_s, self._refused = _SHORTEST_WAIT_S, 0
        self._is_uncounted = False
        self._borrowed = BorrowedCount(event_file.sharing)
        self._blank_trouble = ""
        self._blank_failed_s = float("-inf")
        self._lists = MeetingLists(event_file, membership.access.desk_key.id, clock)
        self._last_clock_s = self._last_heard_s = self._last_counted_s = float("-inf")

    @property
    def state(self) -> SharingState:
        """What the state line says now."""
        return self._told.now

    def start(self) -> None:
        """Share from now on."""
        self._thread.start()

    def stop(self) -> None:
        """End soon. What was not handed in yet is handed in the next time."""
        self._is_stopping.set()
        self.wake()

    def join(self, timeout_s: float = 2.0) -> None:
        """Wait until it has ended; one that hangs in a dead network ends with the program."""
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        else:
            self._bell.close()

    def wake(self) -> None:
        """This desk wrote something: hand it in."""
        self._bell.ring()

    def offer(self, entry_id: str, timeout_s: float) -> Settled | None:
        """Hand in an entry that is durable here, and wait for what the hub says, but not longer.

        Returns:
            What it said, when all that others handed in before is in the file; None when it did
            not answer in time, or is out of reach, which is known at once.
        """
        if self.state.kind is not SharingKind.SHARED:
            return None
        settled = self._offers.wait_for(entry_id, timeout_s, self.wake)
        if settled is None:
            self._told.tell_late()
        return settled

    def number_of(self, entry_id: str) -> int | None:
        """The number on the hub of an entry that came lately; None of any other."""
        return self._offers.number_of(entry_id)

    def _run(self) -> None:
        # Here, for whoever waits for the end may have given up.
        with closing(self._bell):
            self._share_until_stopped()

    def _share_until_stopped(self) -> None:
        while not self._is_stopping.is_set():
            try:
                self._try_to_share()
            except CheckinError as error:
                self._tell_apart(SharingKind.ON_OUR_OWN, str(error))
            except Exception as error:  # noqa: BLE001 - a thread that dies would tell nobody
                _log.error(describe_fault(error))
                self._tell_apart(SharingKind.ON_OUR_OWN, STUMBLED)
            self._is_stopping.wait(self._wait_s * random.uniform(0.7, 1.3))
            self._wait_s = min(self._wait_s * 1.7, _LONGEST_WAIT_S)

    def _try_to_share(self) -> None:
        try:
            self._session()
        except HubRefused as error:
            self._tell_apart(SharingKind.WITHDRAWN, str(error))
            self._wait_s = _WITHDRAWN_WAIT_S
        except HubFull as error:
            self._tell_apart(SharingKind.ON_OUR_OWN, str(error))
        except HubUnreachable as error:
            _log.info("The hub is out of reach: %s", type(error.__cause__).__name__)
            self._tell_apart(SharingKind.ON_OUR_OWN, "")
            self._look_for_hub()

    def _look_for_hub(self) -> None:
        """A hub that does not answer several times may have got another address."""
        self._failures += 1
        if self._failures % _SEARCH_AFTER == 0 and not self._is_stopping.is_set():
            self._membership = self._find_again(self._membership) or self._membership

    def _session(self) -> None:
        """Share until the connection ends."""
        hub = HubConnection.open(self._membership.access)
        try:
            self._set_clock(hub)
            self._exchange.recognise(hub)
            self._exchange.declare_name()
            while not self._is_stopping.is_set():
                began_s = elapsed_s()
                came = self._round(hub)
                self._wait_s, self._failures = _SHORTEST_WAIT_S, 0
                self._rest(self._resting.after_round(began_s, elapsed_s(), came.parcels))
                self._sleep(hub)
        finally:
            hub.close()
            self._offers.give_up()

    def _round(self, hub: HubConnection) -> Shared:
        if elapsed_s() - self._last_clock_s > _CLOCK_EVERY_S:
            self._set_clock(hub)
        if elapsed_s() - self._last_heard_s > POLL_S:
            # Says that this desk is there, and finds out whether the hub is.
            hub.heard()
            self._last_heard_s = elapsed_s()
        began_s = elapsed_s()
        sent = self._exchange.share(hub)
        shared = Shared(sent).and_then(self._exchange.take_in(hub))
        is_quick = elapsed_s() - began_s < ANSWER_WITHIN_S
        self._offers.settle(shared.sent, shared.came, is_quick=is_quick)
        if shared.came:
            self._came(shared)
        self._refused += shared.refused
        self._exchange.remove_erased()
        self._blank(hub)
        self._tell_shared(hub, are_news=bool(shared.came))
        if made_one := self._lists.merge(are_news=bool(shared.came)):
            self._came(Shared(attendees=frozenset(made_one)))
            self.wake()
        return shared

    def _rest(self, longest_s: float) -> None:
        """Let news of others come together; ends when this desk wrote something."""
        select.select([self._bell], [], [], longest_s)

    def _sleep(self, hub: HubConnection) -> None:
        """Until there is something to do; what was heard is forgotten, the round finds it."""
        if not hub.has_news():
            longest_s = _COUNTED_EVERY_S if self._is_uncounted else POLL_S
            select.select([hub.fileno(), self._bell.fileno()], [], [], longest_s)
        self._bell.silence()

    def _set_clock(self, hub: HubConnection) -> None:
        error = hub.clock_error(self.clock.laptop)
        before = self.clock.error
        self.clock.set_by(error)
        self._last_clock_s = elapsed_s()
        if before is None or abs(error - before) > _CLOCK_STEP:
            self._clock_set(error)

    def _blank(self, hub: HubConnection) -> None:
        """Let the hub forget what was erased, as its organiser, whose login is another than this
        desk's: while that one fails, the desk shares all the same.
        """
        if self._owner is None or elapsed_s() - self._blank_failed_s < _BLANK_AGAIN_S:
            return
        self._blank_trouble = ""
        if not self._file.sharing.altered():
            return
        try:
            with self._owner() as owner:
                self._exchange.blank(hub.hub_id, owner)
        except HubError as error:
            self._blank_failed_s, self._blank_trouble = elapsed_s(), str(error)

    def _tell_shared(self, hub: HubConnection, *, are_news: bool) -> None:
        before = self.state
        is_as_before = (
            before.kind is SharingKind.SHARED
            and not before.waiting
            and before.refused == self._refused
        )
        if is_as_before and elapsed_s() - self._last_counted_s < _COUNTED_EVERY_S:
            self._is_uncounted = self._is_uncounted or are_news
            return
        self._last_counted_s, self._is_uncounted = elapsed_s(), False
        access, at_hub = self._membership.access, hub.desks()
        state = state_of(self._file, access, at_hub, self._desk_name, self.clock)
        trouble = state.trouble or self._blank_trouble
        borrowed = self._borrowed.now()
        self._told.tell(replace(state, refused=self._refused, borrowed=borrowed, trouble=trouble))

    def _tell_apart(self, kind: SharingKind, trouble: str) -> None:
        before = self.state
        since = before.since or self.clock()
        waiting = before.waiting
        # A file that cannot be read now is told of already.
        with suppress(EventFileError):
            waiting = self._file.sharing.waiting(self._membership.access.hub_id)
        self._told.tell(replace(before, kind=kind, since=since, trouble=trouble, waiting=waiting))
