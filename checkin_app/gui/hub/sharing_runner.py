"""Shares the open event with the other desks, and tells the window how that goes.

The desk never waits for it: an event that nobody shares has no thread, and a hub that is out of
reach costs a scan nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, SignalInstance

from checkin_app.domain.sharing import SharingKind, SharingState
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.event_at_hand import EventAtHand
from checkin_app.services.sharing.hubs.hub_places import HubPlaces

if TYPE_CHECKING:
    from checkin_app.hub.access import HubAccess
    from checkin_app.hub.owner import HubOwner
    from checkin_app.services.sharing.exchanging.shared import Shared
    from checkin_app.services.sharing.exchanging.sharing_thread import SharingThread
    from checkin_app.services.sharing.hubs.membership import Membership
    from checkin_app.storage.event_file import EventFile


class SharingRunner(QObject):
    """Keeps an open event shared, for the main thread.

    Signals:
        changed: ``state`` is another.
        came: a ``Shared``: what other desks did is in the file now.

    Attributes:
        state: what the state line says.
        places: where this laptop keeps what it needs of hubs.
    """

    changed = Signal()
    came = Signal(object)
    _told = Signal(object)

    def __init__(self, at_hand: EventAtHand, places: HubPlaces) -> None:
        """It rests until ``start``.

        Args:
            places: where this laptop keeps what it needs of hubs.
        """
        super().__init__(at_hand)
        self.state = SharingState()
        self.places = places
        self._at_hand = at_hand
        self._thread: SharingThread | None = None
        self._ending: list[SharingThread] = []
        self._is_over = False
        self._is_telling_news = False
        self._place: _AtHub | None = None
        self._told.connect(self._take_state, Qt.ConnectionType.QueuedConnection)
        self.came.connect(self._take_news, Qt.ConnectionType.QueuedConnection)
        at_hand.changed.connect(self._wake)

    def start(self) -> None:
        """Share from now on, if this laptop ever joined; again after it joined or left."""
        self._is_over = False
        self._at_hand.tasks.run(
            Lane.HUB,
            partial(
                _start_hub_again,
                self.places,
                self._at_hand.event_file,
                self._at_hand.desk.desk_name,
                self._at_hand.laptop_clock,
            ),
            failed=self._at_hand.show_error,
        )
        self._look()

    def _look(self) -> None:
        self._at_hand.tasks.run(
            Lane.NUMBERS,
            partial(_at_hub, self.places, self._at_hand.event_file),
            self._take_place,
            self._at_hand.show_error,
        )

    def stop(self) -> None:
        """The event is about to be closed."""
        self._is_over = True
        self._end()
        self._set_state(SharingState())

    def _end(self) -> None:
        thread, self._thread = self._thread, None
        self._at_hand.share_by(None)
        if thread is not None:
            thread.stop()
            self._ending.append(thread)

    @property
    def closing(self) -> Callable[[], None]:
        """Waits until nothing is shared any more. To be called from any thread, after ``stop``."""
        return partial(_join, self._ending)

    def _take_place(self, place: _AtHub | None) -> None:
        if self._is_over or (place == self._place and self.state.kind is SharingKind.SHARED):
            return
        if place is None and self._thread is None:
            return
        self._end()
        self._place = place
        if place is None:
            self._set_state(SharingState())
            return
        # Loads the way to the hub, which a laptop on its own never needs.
        from checkin_app.services.sharing.exchanging.shared_clock import SharedClock
        from checkin_app.services.sharing.exchanging.sharing_thread import SharingThread
        from checkin_app.services.sharing.hubs.finding import find_again
        from checkin_app.services.sharing.hubs.membership import keep_clock_error

        at_hand, memberships = self._at_hand, self.places.memberships
        self._thread = SharingThread(
            at_hand.event_file,
            place.membership,
            at_hand.desk.desk_name,
            SharedClock(place.membership.clock_error, at_hand.laptop_clock),
            state_changed=partial(self._tell, self._told),
            came=partial(self._tell, self.came),
            clock_set=partial(keep_clock_error, memberships, place.membership),
            owner=place.owner,
            find_again=partial(find_again, memberships=memberships),
        )
        at_hand.share_by(self._thread)
        self._set_state(self._thread.state)
        self._thread.start()

    def _tell(self, signal: SignalInstance, news: SharingState | Shared) -> None:
        """Called in the thread, whose last exchange may end when the event has been left."""
        if shiboken6.isValid(self):
            signal.emit(news)

    def _wake(self) -> None:
        # News of others are nothing to hand in: woken by them, the thread would never rest.
        if self._is_over or self._is_telling_news:
            return
        if self._thread is not None:
            self._thread.wake()
        elif not self.places.memberships.is_empty:
            # The command line may have shared or joined this event since it was opened.
            self._look()

    def _take_state(self, _state: SharingState) -> None:
        """It may have been said by a thread that was stopped since: the present one is asked."""
        if self._thread is not None:
            self._set_state(self._thread.state)

    def _take_news(self, _shared: Shared) -> None:
        self._is_telling_news = True
        self._at_hand.changed.emit()
        self._is_telling_news = False

    def _set_state(self, state: SharingState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit()


@dataclass(frozen=True, slots=True)
class _AtHub:
    """This laptop's place at the hub of the open event; ``owner`` where it is the organiser's."""

    access: HubAccess
    membership: Membership = field(compare=False)
    owner: Callable[[], HubOwner] | None = field(compare=False)


def _at_hub(places: HubPlaces, event_file: EventFile) -> _AtHub | None:
    if places.memberships.is_empty:
        return None
    from checkin_app.services.sharing.hubs.membership import membership_of
    from checkin_app.services.sharing.hubs.organiser import organiser_login

    event_id = event_file.sharing.event_id()
    membership = membership_of(places.memberships, event_id)
    if membership is None:
        return None
    return _AtHub(membership.access, membership, organiser_login(places, event_id))


def _start_hub_again(
    places: HubPlaces,
    event_file: EventFile,
    desk_name: str,
    clock: Callable[[], datetime],
) -> None:
    if places.memberships.is_empty:
        return
    from checkin_app.services.sharing.hubs.organiser import start_hub_again

    start_hub_again(event_file, desk_name, places, clock)


def _join(threads: Iterable[SharingThread]) -> None:
    for thread in threads:
        thread.join()
