"""Badges for a Brother QL printer: a real TCP server, and a pseudo-terminal as its USB device."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from brother_printer import BrotherPrinter, BrotherUsbPrinter
from free_ports import free_port
from paper import CODE_MM, Received, badge_sheet, until
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from spooler_contract import (
    HASTY,
    PATIENT,
    TOLERANCE_MM,
    PrinterBench,
    SpoolerContract,
    final_state,
    new_token,
    submit_despite_stalls,
)

from checkin_app.domain.printers import BadgeSheet, PrinterTrouble
from checkin_app.errors import PrinterError, PrinterUncertain
from checkin_app.printing.brother.brother_spooler import BrotherSpooler
from checkin_app.printing.spooler import SpooledState


class NetworkBench:
    """A QL-820NWB in the network.

    Attributes:
        hasty: another spooler, for when the printer takes no more.
    """

    lists_printers = False
    sees_absence = True

    def __init__(self) -> None:
        self.printer = BrotherPrinter()
        self.spooler = BrotherSpooler(PATIENT)
        self.hasty = BrotherSpooler(HASTY)
        self.address = self.printer.address
        self.unknown_address = f"127.0.0.1:{free_port()}"

    def restarted(self) -> BrotherSpooler:
        return BrotherSpooler(PATIENT)

    def received(self) -> list[Received]:
        with self.printer.lock:
            return [page.received() for page in self.printer.printed]

    def public_names(self) -> list[str]:
        return []

    def hold_back(self) -> None:
        self.printer.is_held = True

    def go_on(self) -> None:
        self.printer.go_on()

    def take_away(self) -> None:
        self.printer.unplug()

    def bring_back(self) -> None:
        self.printer.plug_in()

    def close(self) -> None:
        self.printer.unplug()


class UsbBench:
    """A QL-700 at a device file.

    Attributes:
        hasty: another spooler, for when the printer takes no more.
    """

    lists_printers = False
    sees_absence = True

    def __init__(self, folder: Path) -> None:
        self.printer = BrotherUsbPrinter(folder / "lp0")
        self.spooler = BrotherSpooler(PATIENT)
        self.hasty = BrotherSpooler(HASTY)
        self.address = str(self.printer.path)
        self.unknown_address = str(folder / "lp1")

    def restarted(self) -> BrotherSpooler:
        return BrotherSpooler(PATIENT)

    def received(self) -> list[Received]:
        with self.printer.lock:
            return [page.received() for page in self.printer.printed]

    def public_names(self) -> list[str]:
        return []

    def hold_back(self) -> None:
        """It prints at once, whatever it is given."""

    def go_on(self) -> None:
        """Nothing was held back."""

    def take_away(self) -> None:
        self.printer.unplug()

    def bring_back(self) -> None:
        self.printer.plug_in()

    def close(self) -> None:
        if self.printer.path.is_symlink():
            self.printer.unplug()


@pytest.fixture
def network() -> Iterator[NetworkBench]:
    bench = NetworkBench()
    yield bench
    bench.close()


@pytest.fixture
def usb(tmp_path: Path) -> Iterator[UsbBench]:
    if sys.platform != "linux":
        pytest.skip("device files of USB printers are Linux's own")
    bench = UsbBench(tmp_path)
    yield bench
    bench.close()


class BrotherContract(SpoolerContract):
    """The contract of all spoolers, with the labels that Brother has."""

    @pytest.mark.parametrize(
        ("width_mm", "height_mm"), [(54.0, 86.0), (86.0, 54.0), (62.0, 100.0), (90.0, 29.0)]
    )
    def test_a_label_comes_out_in_its_own_size(
        self, bench: PrinterBench, width_mm: float, height_mm: float
    ) -> None:
        load(bench, width_mm, height_mm)
        super().test_a_label_comes_out_in_its_own_size(bench, width_mm, height_mm)


def load(bench: PrinterBench, *size_mm: float) -> None:
    """Puts the roll for a badge of this size into a printer that looks at its roll."""
    if isinstance(bench, UsbBench):
        rolls = {54.0: (0x0A, 54, 0), 62.0: (0x0B, 62, 100), 29.0: (0x0B, 29, 90)}
        bench.printer.media = rolls[min(size_mm)]


class TestBrotherByNetwork(BrotherContract):
    """Brother printers in the network keep the contract of all spoolers."""

    @pytest.fixture
    def bench(self, network: NetworkBench) -> NetworkBench:
        return network


class TestBrotherByUsb(BrotherContract):
    """Brother printers at a device file keep the contract of all spoolers."""

    @pytest.fixture
    def bench(self, usb: UsbBench) -> UsbBench:
        return usb


def test_a_printer_in_the_network_is_done_when_it_took_the_label(network: NetworkBench) -> None:
    network.hold_back()
    job = network.spooler.submit(network.address, badge_sheet(), new_token())
    assert job.state is SpooledState.DONE
    assert "does not report back" in job.detail


def test_a_badge_narrower_than_the_roll_stands_in_its_middle(network: NetworkBench) -> None:
    network.spooler.submit(f"{network.address},62", badge_sheet("SMALL", 50, 40), new_token())
    page = network.received()[0]
    assert (page.width_mm, page.height_mm) == pytest.approx((62, 40), abs=TOLERANCE_MM)
    assert page.codes == ["SMALL"]
    assert page.code_sides_mm == pytest.approx((CODE_MM, CODE_MM), abs=2 * TOLERANCE_MM)
    ink = page.picture.point(lambda value: 255 - value).getbbox()
    assert ink is not None
    # 720 dots of head, of which the 62 mm roll lies under 12 to 708 from the right.
    assert abs((ink[0] + ink[2]) / 2 - (720 - 12 - 696 / 2)) <= 2


@pytest.mark.parametrize(
    ("width_mm", "height_mm", "corner"), [(62, 100, "top left"), (100, 62, "top right")]
)
def test_nothing_is_mirrored_and_a_turned_badge_lies_on_its_right_side(
    network: NetworkBench, width_mm: float, height_mm: float, corner: str
) -> None:
    pdf = BytesIO()
    canvas = Canvas(pdf, pagesize=(width_mm * mm, height_mm * mm))
    canvas.rect(0, (height_mm - 20) * mm, 20 * mm, 20 * mm, stroke=0, fill=1)
    canvas.save()
    sheet = BadgeSheet(pdf.getvalue(), width_mm, height_mm)
    network.spooler.submit(network.address, sheet, new_token())
    page = network.received()[0].picture
    left, top, right, bottom = page.point(lambda value: 255 - value).getbbox() or (0, 0, 0, 0)
    assert top == 0
    assert bottom < page.height / 2
    if corner == "top left":
        assert right < page.width / 2
    else:
        assert left > page.width / 2


def test_a_wide_printer_gets_wide_lines(network: NetworkBench) -> None:
    address = f"{network.address},QL-1110NWB,62"
    network.spooler.submit(address, badge_sheet("WIDE", 62, 80), new_token())
    network.spooler.submit(network.address, badge_sheet("BADGE", 102, 152), new_token())
    assert [len(page.lines[0]) for page in network.printer.printed] == [162, 162]
    assert [page.codes for page in network.received()] == [["WIDE"], ["BADGE"]]


def test_a_roll_that_turns_red_gets_lines_for_red(network: NetworkBench) -> None:
    network.spooler.submit(f"{network.address},62red", badge_sheet("B", 62, 80), new_token())
    page = network.printer.printed[0]
    assert page.flags == 0x09
    assert len(page.red_lines) == len(page.lines)
    assert not any(b"".join(page.red_lines))
    assert network.received()[0].codes == ["B"]


def test_front_and_back_are_two_pages_of_one_job(network: NetworkBench) -> None:
    network.spooler.submit(network.address, badge_sheet(pages=2), new_token())
    assert [page.is_first for page in network.printer.printed] == [True, False]


def test_a_badge_that_no_roll_holds_is_not_sent(network: NetworkBench) -> None:
    with pytest.raises(PrinterError, match="no roll for badges of 130 x 200 mm"):
        network.spooler.submit(network.address, badge_sheet("A", 130, 200), new_token())
    with pytest.raises(PrinterError, match="does not fit on the roll"):
        network.spooler.submit(f"{network.address},29", badge_sheet(), new_token())


def test_a_hint_that_names_nothing_is_refused(network: NetworkBench) -> None:
    with pytest.raises(PrinterError, match="QL-9999"):
        network.spooler.submit(f"{network.address},QL-9999", badge_sheet(), new_token())


@pytest.mark.parametrize("bytes_read", [0, 300, 2000, 40_000])
def test_a_printer_that_hangs_up_in_a_label_prints_nothing_or_leaves_a_doubt(
    network: NetworkBench, bytes_read: int
) -> None:
    network.printer.hangs_up_after = bytes_read
    with pytest.raises(PrinterError):
        network.spooler.submit(network.address, badge_sheet(), new_token())
    assert network.printer.printed == []


@pytest.mark.parametrize("bytes_read", [300, 40_000])
def test_a_printer_that_stops_reading_leaves_a_doubt_at_most(
    network: NetworkBench, bytes_read: int
) -> None:
    network.printer.stops_reading_after = bytes_read
    with pytest.raises(PrinterError):
        network.hasty.submit(network.address, badge_sheet(), new_token())
    assert network.printer.printed == []


def test_a_printer_that_reads_slowly_but_steadily_gets_its_label(network: NetworkBench) -> None:
    network.printer.pause_s = 0.005
    hasty_on_its_way = BrotherSpooler(replace(PATIENT, taking=0.5))
    submit_despite_stalls(hasty_on_its_way, network.address, badge_sheet("SLOW"))
    assert {tuple(page.codes) for page in network.received()} == {("SLOW",)}


def test_a_printer_that_does_not_hang_up_leaves_a_doubt(network: NetworkBench) -> None:
    # All of the label, but not the news that it was all.
    network.spooler.submit(network.address, badge_sheet(), new_token())
    sent = sum(len(command) for command in _stream_of(network))
    network.printer.stops_reading_after = sent
    hasty_at_the_end = BrotherSpooler(replace(PATIENT, ending=0.3))
    with pytest.raises(PrinterUncertain, match="Look whether the badge came out"):
        hasty_at_the_end.submit(network.address, badge_sheet(), new_token())


def _stream_of(network: NetworkBench) -> list[bytes]:
    """As many bytes as a badge has, told by what came of it."""
    page = network.printer.printed[0]
    controls = 400 + 2 + 4 + 13 + 4 + 4 + 4 + 5 + 1
    return [bytes(controls), *(b"g\0Z" + line for line in page.lines)]


def test_a_usb_printer_says_when_a_label_is_out(usb: UsbBench) -> None:
    job = usb.spooler.submit(usb.address, badge_sheet(), new_token())
    assert job.state is SpooledState.PRINTING
    assert final_state(usb, job) is SpooledState.DONE
    assert usb.spooler.job(usb.address, job.id).state is SpooledState.DONE


@pytest.mark.parametrize(
    ("errors", "trouble"),
    [
        (0x0001, PrinterTrouble.OUT_OF_PAPER),
        (0x0002, PrinterTrouble.OUT_OF_PAPER),
        (0x0004, PrinterTrouble.JAM),
        (0x0010, PrinterTrouble.REFUSES),
        (0x0100, PrinterTrouble.WRONG_PAPER),
        (0x1000, PrinterTrouble.COVER_OPEN),
        (0x8000, PrinterTrouble.OTHER),
        (0x1002, PrinterTrouble.COVER_OPEN),
    ],
)
def test_what_stops_a_usb_printer_is_said_and_nothing_is_sent(
    usb: UsbBench, errors: int, trouble: PrinterTrouble
) -> None:
    usb.printer.errors = errors
    assert usb.spooler.state(usb.address).stopped_by is trouble
    with pytest.raises(PrinterError):
        usb.spooler.submit(usb.address, badge_sheet(), new_token())
    assert usb.printer.printed == []


def test_a_usb_printer_with_another_roll_gets_no_label(usb: UsbBench) -> None:
    usb.printer.media = (0x0B, 29, 90)
    with pytest.raises(PrinterError, match=r"86 x 54 mm.*29x90 mm.*Change the roll"):
        usb.spooler.submit(usb.address, badge_sheet(), new_token())


def test_an_empty_usb_printer_is_out_of_labels(usb: UsbBench) -> None:
    usb.printer.media = (0, 0, 0)
    assert usb.spooler.state(usb.address).stopped_by is PrinterTrouble.OUT_OF_PAPER


def test_trouble_while_printing_is_heard_and_the_job_goes_on_when_it_is_over(
    usb: UsbBench,
) -> None:
    usb.printer.says_when_printed = False
    job = usb.spooler.submit(usb.address, badge_sheet(), new_token())
    until(usb.received)
    usb.printer.errors = 0x0002
    usb.printer.say(usb.printer.status(kind=2))
    until(lambda: usb.spooler.state(usb.address).stopped_by is PrinterTrouble.OUT_OF_PAPER)
    assert usb.spooler.job(usb.address, job.id).state is SpooledState.PRINTING
    usb.printer.errors = 0
    usb.printer.say(usb.printer.status(kind=1))
    assert final_state(usb, job) is SpooledState.DONE
    assert usb.spooler.state(usb.address).troubles == ()


def test_a_usb_printer_that_is_busy_gets_no_further_label(usb: UsbBench) -> None:
    usb.printer.says_when_printed = False
    submit_despite_stalls(usb.hasty, usb.address, badge_sheet())
    with pytest.raises(PrinterError, match="still has the badge before"):
        usb.hasty.submit(usb.address, badge_sheet(), new_token())


def test_a_usb_printer_that_we_may_not_open_refuses(usb: UsbBench) -> None:
    sheet = badge_sheet()
    Path(os.ttyname(usb.printer.computer_end)).chmod(0)
    with without_roots_rights():
        assert usb.spooler.state(usb.address).stopped_by is PrinterTrouble.REFUSES
        with pytest.raises(PrinterError, match="may not use"):
            usb.spooler.submit(usb.address, sheet, new_token())


@contextmanager
def without_roots_rights() -> Iterator[None]:
    """Who may open every file is somebody else for a moment."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_a_usb_printer_pulled_out_while_printing_leaves_a_doubt(usb: UsbBench) -> None:
    usb.printer.says_when_printed = False
    job = usb.spooler.submit(usb.address, badge_sheet(), new_token())
    usb.take_away()
    until(lambda: usb.spooler.job(usb.address, job.id).state is SpooledState.UNKNOWN)


def test_a_usb_printer_that_stops_reading_prints_nothing(usb: UsbBench) -> None:
    usb.printer.media = (0x0A, 54, 0)
    submit_despite_stalls(usb.hasty, usb.address, badge_sheet("FIRST"))
    until(usb.received)
    usb.printer.is_deaf = True
    with pytest.raises(PrinterError) as failure:
        usb.hasty.submit(usb.address, badge_sheet("SECOND"), new_token())
    assert not isinstance(failure.value, PrinterUncertain)
    usb.printer.is_deaf = False
    submit_despite_stalls(usb.hasty, usb.address, badge_sheet("THIRD"))
    until(lambda: len(usb.received()) == 2)
    assert [page.codes for page in usb.received()] == [["FIRST"], ["THIRD"]]
