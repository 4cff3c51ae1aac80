"""Badges through a real CUPS to a real IPP printer, in all its moods."""

from __future__ import annotations

import pytest
from paper import Received
from print_system import LabelPrinter, PrintSystem
from spooler_contract import SpoolerContract

from checkin_app.printing.cups.cups_spooler import CupsSpooler


class CupsBench:
    """A queue of a running CUPS and its printer."""

    lists_printers = True
    sees_absence = False
    unknown_address = "no_such_queue"

    def __init__(self, system: PrintSystem, printer: LabelPrinter) -> None:
        self._system = system
        self._printer = printer
        self.spooler = CupsSpooler(system.server)
        self.address = printer.queue

    def restarted(self) -> CupsSpooler:
        return CupsSpooler(self._system.server)

    def received(self) -> list[Received]:
        return self._printer.received()

    def public_names(self) -> list[str]:
        jobs = self._system.command("lpstat", "-W", "all", "-o", self.address)
        return [jobs, *self._printer.names()]

    def hold_back(self) -> None:
        self._printer.stop_with()

    def go_on(self) -> None:
        self._printer.go_on()

    def take_away(self) -> None:
        self._printer.turn_off()

    def bring_back(self) -> None:
        self._printer.turn_on()


@pytest.fixture
def bench(print_system: PrintSystem, label_printer: LabelPrinter) -> CupsBench:
    return CupsBench(print_system, label_printer)


class TestCups(SpoolerContract):
    """CUPS keeps the contract of all spoolers."""
