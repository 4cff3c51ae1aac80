"""How a desk stands to the others, as it was told last."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from checkin_app.domain.sharing import SharingKind, SharingState


class ToldState:
    """Keeps it, and tells when it reads differently. For any thread."""

    def __init__(self, state: SharingState, changed: Callable[[SharingState], None]) -> None:
        self._told = threading.Condition()
        self._state = state
        self._is_first = True
        self._changed = changed

    @property
    def now(self) -> SharingState:
        """What the state line says now."""
        with self._told:
            return self._state

    def tell(self, state: SharingState) -> None:
        """Say how it is."""
        with self._told:
            before, self._state = self._state, state
            self._is_first = False
            self._told.notify_all()
        if state != before:
            self._changed(state)

    def tell_late(self) -> None:
        """The hub has not answered in time: what was just recorded waits. Whoever shows that it is
        not shared yet hears when it is, for then nothing waits any more.
        """
        with self._told:
            before = self._state
            if before.kind is not SharingKind.SHARED or before.waiting:
                return
            self._state = state = replace(before, waiting=1)
        self._changed(state)

    def wait_for_first(self, timeout_s: float) -> None:
        """Wait until it was said for the first time whether the hub answers, but not longer."""
        with self._told:
            self._told.wait_for(lambda: not self._is_first, timeout_s)

    def wait_until_settled(self, timeout_s: float) -> None:
        """Wait until nothing waits any more or the hub is out of reach, but not longer."""
        with self._told:
            self._told.wait_for(lambda: not _is_under_way(self._state), timeout_s)


def _is_under_way(state: SharingState) -> bool:
    return state.kind is SharingKind.SHARED and state.waiting > 0
