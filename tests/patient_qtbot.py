"""The ``qtbot`` of every test: it waits as long as a slow or stalled machine may need."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

# A wait that succeeds ends at once, so patience costs time only where a test fails.
PATIENCE_MS = 60_000


class PatientQtBot(QtBot):
    """pytest-qt's own, whose 5 s are too short where threads and processes have to start first."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        # pytest-qt takes None for a success; "numbers and numbers.arrived == 1" means the opposite.
        super().waitUntil(lambda: bool(callback()), timeout=timeout)

    def waitSignal(self, signal, *, timeout: int = PATIENCE_MS, **how):
        return super().waitSignal(signal, timeout=timeout, **how)

    def waitSignals(self, signals, *, timeout: int = PATIENCE_MS, **how):
        return super().waitSignals(signals, timeout=timeout, **how)

    def waitExposed(self, widget, *, timeout: int = PATIENCE_MS):
        return super().waitExposed(widget, timeout=timeout)
