"""The ``qtbot`` of every test: it waits as long as a slow or stalled machine may need."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.exceptions import TimeoutError as WaitedInVain
from pytestqt.qtbot import QtBot

# A wait that succeeds ends at once, so patience costs time only where a test fails.
PATIENCE_MS = 60_000
_TURN_MS = 10


class PatientQtBot(QtBot):
    """pytest-qt's own, whose 5 s are too short where threads and processes have to start first."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        """Let the event loop turn until something holds; None means that it does not.

        Its turns are counted and not the seconds, which pass on a machine that stands still, and
        leap when its clock is set.
        """
        __tracebackhide__ = True
        for _ in range(timeout // _TURN_MS):
            if callback():
                return
            self.wait(_TURN_MS)
        raise WaitedInVain(f"It does not hold after {timeout} ms.")

    def waitSignal(self, signal, *, timeout: int = PATIENCE_MS, **how):
        return super().waitSignal(signal, timeout=timeout, **how)

    def waitSignals(self, signals, *, timeout: int = PATIENCE_MS, **how):
        return super().waitSignals(signals, timeout=timeout, **how)

    def waitExposed(self, widget, *, timeout: int = PATIENCE_MS):
        return super().waitExposed(widget, timeout=timeout)
