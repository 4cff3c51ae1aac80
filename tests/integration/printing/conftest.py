"""One print system for all tests of a run; every test gets a printer and a queue of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from print_system import LabelPrinter, OfficePrinter, PrintSystem, running_print_system, why_not


@pytest.fixture(scope="session")
def print_system() -> Iterator[PrintSystem]:
    """A real cupsd. Skips where none can be started."""
    reason = why_not()
    if reason:
        pytest.skip(reason)
    with running_print_system() as system:
        yield system


@pytest.fixture
def label_printer(print_system: PrintSystem) -> Iterator[LabelPrinter]:
    """A driverless label printer, with a queue of its own."""
    printer = LabelPrinter(print_system)
    yield printer
    printer.remove()


@pytest.fixture
def office_printer(print_system: PrintSystem) -> Iterator[OfficePrinter]:
    """A driverless office printer, with a queue of its own."""
    printer = OfficePrinter(print_system)
    yield printer
    printer.remove()
