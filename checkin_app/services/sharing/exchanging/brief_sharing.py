"""Shares an event file for as long as a command takes, which waits a moment for the hub at most.

A window has met the hub long before somebody comes to the desk. A command meets it after the first
scan is durable: it waits for that once, and then as a window does.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from checkin_app.domain.sharing import SharingKind
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.sharing.exchanging.offers import Settled
from checkin_app.services.sharing.exchanging.shared_clock import SharedClock, elapsed_s
from checkin_app.services.sharing.exchanging.sharing_thread import SharingThread
from checkin_app.services.sharing.hubs.membership import Membership, keep_clock_error
from checkin_app.storage.event_file import EventFile

MEET_WITHIN_S = 1.0
"""So long a command waits for a hub to answer for the first time, with the news it has by then."""
HAND_IN_WITHIN_S = 0.5
END_WITHIN_S = 0.3


class BriefSharing(SharingThread):
    """Shares one event file with the hub it belongs to while a command works on it."""

    def __init__(
        self,
        event_file: EventFile,
        membership: Membership,
        memberships: Memberships,
        desk_name: str,
        clock: Callable[[], datetime],
    ) -> None:
        """Begin to share.

        Args:
            desk_name: under which this laptop shares the event.
            clock: the laptop's own (UTC).
        """
        super().__init__(
            event_file,
            membership,
            desk_name,
            SharedClock(membership.clock_error, clock),
            state_changed=lambda _state: None,
            came=lambda _shared: None,
            clock_set=partial(keep_clock_error, memberships, membership),
        )
        self._meet_until_s = elapsed_s() + MEET_WITHIN_S
        self.start()

    def offer(self, entry_id: str, timeout_s: float) -> Settled | None:
        """As a window does, once it is known whether the hub answers."""
        self._told.wait_for_first(max(0.0, self._meet_until_s - elapsed_s()))
        return super().offer(entry_id, timeout_s)

    def finish(self) -> None:
        """Hand in what waits, if the hub answers and takes it within a moment, and end."""
        self._told.wait_for_first(max(0.0, self._meet_until_s - elapsed_s()))
        if self.state.kind is SharingKind.SHARED:
            self._told.tell_late()
            self.wake()
            self._told.wait_until_settled(HAND_IN_WITHIN_S)
        self.stop()
        self.join(END_WITHIN_S)
