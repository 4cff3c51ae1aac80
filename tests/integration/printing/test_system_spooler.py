"""Badges for the printers of the system, through Qt: here a real cupsd, as Qt's plugin finds it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from paper import Received, badge_sheet, until
from print_system import LabelPrinter, PrintSystem, why_not
from PySide6.QtWidgets import QApplication
from spooler_contract import SpoolerContract, new_token

from checkin_app.domain.printers import (
    BadgeSheet,
    FoundPrinter,
    PrinterAbilities,
    PrinterState,
)
from checkin_app.gui.devices.system_spooler import SystemSpooler
from checkin_app.printing.spooler import SpooledJob

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())


class InLane:
    """The spooler as the window has it: every call in one thread, and not in the main one.

    That thread is new, so that CUPS reads there anew which server it is to ask.
    """

    kind = SystemSpooler.kind
    remembers = SystemSpooler.remembers

    def __init__(self, lane: ThreadPoolExecutor) -> None:
        self._lane = lane
        self._spooler = lane.submit(SystemSpooler).result()

    def printers(self) -> tuple[FoundPrinter, ...]:
        return self._lane.submit(self._spooler.printers).result()

    def abilities(self, address: str) -> PrinterAbilities:
        return self._lane.submit(self._spooler.abilities, address).result()

    def state(self, address: str) -> PrinterState:
        return self._lane.submit(self._spooler.state, address).result()

    def submit(self, address: str, sheet: BadgeSheet, token: str) -> SpooledJob:
        return self._lane.submit(self._spooler.submit, address, sheet, token).result()

    def job(self, address: str, job_id: str) -> SpooledJob:
        return self._lane.submit(self._spooler.job, address, job_id).result()

    def find(self, address: str, token: str) -> SpooledJob | None:
        return self._lane.submit(self._spooler.find, address, token).result()

    def cancel(self, address: str, job_id: str) -> bool:
        return self._lane.submit(self._spooler.cancel, address, job_id).result()


class SystemBench:
    """A label printer of the print system."""

    lists_printers = True
    sees_absence = False
    unknown_address = "Nobody"

    def __init__(self, system: PrintSystem, lane: ThreadPoolExecutor) -> None:
        self._lane = lane
        self.printer = LabelPrinter(system)
        self.address = self.printer.queue
        self.spooler = InLane(lane)

    def restarted(self) -> InLane:
        return InLane(self._lane)

    def received(self) -> list[Received]:
        return self.printer.received()

    def public_names(self) -> list[str]:
        return self.printer.names()

    def hold_back(self) -> None:
        self.printer.stop_with("media-empty")

    def go_on(self) -> None:
        self.printer.go_on()

    def take_away(self) -> None:
        self.printer.turn_off()

    def bring_back(self) -> None:
        self.printer.turn_on()


@pytest.fixture
def bench(
    qapp: QApplication, print_system: PrintSystem, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SystemBench]:
    monkeypatch.setenv("CUPS_SERVER", print_system.server)
    with ThreadPoolExecutor(1) as lane:
        bench = SystemBench(print_system, lane)
        yield bench
        bench.printer.remove()


class TestSystem(SpoolerContract):
    """The printers of the system keep the contract of all spoolers."""

    def test_a_badge_for_a_printer_that_is_away_is_refused_or_comes_out_when_it_is_back(
        self, bench: SystemBench
    ) -> None:
        """Qt does not hear that the printer is away; the print system keeps the badge for it."""
        bench.take_away()
        bench.spooler.submit(bench.address, badge_sheet("LATER"), new_token())
        bench.bring_back()
        until(bench.received)
        assert [page.codes for page in bench.received()] == [["LATER"]]


def test_front_and_back_are_two_pages(bench: SystemBench) -> None:
    bench.spooler.submit(bench.address, badge_sheet(pages=2), new_token())
    until(lambda: len(bench.received()) == 2)
