"""The connection to the print system breaks while it is given a badge."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from paper import badge_sheet, until
from print_system import LabelPrinter, PrintSystem
from spooler_contract import new_token
from torn_wire import Tear, TornWire

from checkin_app.errors import PrinterError, PrinterUncertain
from checkin_app.printing.cups.cups_spooler import CupsSpooler


@pytest.fixture
def wire(print_system: PrintSystem) -> Iterator[TornWire]:
    wire = TornWire(print_system.server)
    yield wire
    wire.close()


def test_a_badge_that_was_accepted_before_the_wire_was_torn_is_not_sent_again(
    wire: TornWire, label_printer: LabelPrinter
) -> None:
    cups, token = CupsSpooler(wire.server), new_token()
    wire.tear = Tear.BEFORE_THE_ANSWER
    accepted = cups.submit(label_printer.queue, badge_sheet(), token)
    found = cups.find(label_printer.queue, token)
    assert found is not None
    assert found.id == accepted.id
    until(label_printer.received)
    assert len(label_printer.received()) == 1


def test_a_badge_of_which_only_a_part_arrived_was_not_accepted(
    wire: TornWire, label_printer: LabelPrinter
) -> None:
    cups, token = CupsSpooler(wire.server), new_token()
    wire.tear = Tear.IN_THE_BADGE
    with pytest.raises(PrinterError) as refusal:
        cups.submit(label_printer.queue, badge_sheet(), token)
    assert not isinstance(refusal.value, PrinterUncertain)
    assert cups.find(label_printer.queue, token) is None
    cups.submit(label_printer.queue, badge_sheet(), token)
    until(label_printer.received)
    assert len(label_printer.received()) == 1


def test_when_nobody_can_be_asked_any_more_it_stays_uncertain(
    wire: TornWire, label_printer: LabelPrinter
) -> None:
    wire.tear = Tear.FOR_GOOD
    with pytest.raises(PrinterUncertain, match="Look at the printer"):
        CupsSpooler(wire.server).submit(label_printer.queue, badge_sheet(), new_token())


def test_a_server_that_wants_a_password_is_told_of_and_nobody_is_asked_for_one(
    wire: TornWire, print_system: PrintSystem, label_printer: LabelPrinter
) -> None:
    print_system.command("lpadmin", "-p", label_printer.queue, "-o", "printer-op-policy=members")
    # Over the server's own socket it knows who we are; through the wire it does not.
    with pytest.raises(PrinterError, match="password") as refusal:
        CupsSpooler(wire.server).submit(label_printer.queue, badge_sheet(), new_token())
    assert not isinstance(refusal.value, PrinterUncertain)
    CupsSpooler(print_system.server).submit(label_printer.queue, badge_sheet(), new_token())
    until(label_printer.received)
    assert len(label_printer.received()) == 1
