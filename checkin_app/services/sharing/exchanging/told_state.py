"""How a desk stands to the others, as it was told last."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from checkin_app.domain.sharing import SharingKind, SharingState


class ToldState:
    """Keeps it, and tells when it reads differently. For any thread."""

    def __init__(self, state: SharingState, changed: Callable[[SharingState], None]) -> None:
        self._lock = threading.Lock()
        self._state = state
        self._changed = changed

    @property
    def now(self) -> SharingState:
        """What the state line says now."""
        with self._lock:
            return self._state

    def tell(self, state: SharingState) -> None:
        """Say how it is."""
        with self._lock:
            before, self._state = self._state, state
        if state != before:
            self._changed(state)

    def tell_late(self) -> None:
        """The hub has not answered in time: what was just recorded waits. Whoever shows that it is
        not shared yet hears when it is, for then nothing waits any more.
        """
        with self._lock:
            before = self._state
            if before.kind is not SharingKind.SHARED or before.waiting:
                return
            self._state = state = replace(before, waiting=1)
        self._changed(state)
