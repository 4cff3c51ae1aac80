"""What Windows says of printers and jobs. Its calls need Windows; what they bring is read here."""

from __future__ import annotations

import ctypes
import sys

import pytest

from checkin_app.domain.printers import PrinterActivity, PrinterId, PrinterTrouble, SpoolerKind
from checkin_app.printing.spooler import SpooledState
from checkin_app.printing.windows_spooler_state import (
    JobInfo1,
    PrinterInfo2,
    WindowsJob,
    WindowsPrinters,
    jobs_from,
    printer_state,
    spooled_job,
)

PRINTER = PrinterId(SpoolerKind.SYSTEM, "Badges")


def test_structures_are_as_long_as_windows_makes_them() -> None:
    pointer = ctypes.sizeof(ctypes.c_void_p)
    if pointer == 8:
        assert ctypes.sizeof(PrinterInfo2) == 13 * 8 + 8 * 4
        assert ctypes.sizeof(JobInfo1) == 8 + 6 * 8 + 5 * 4 + 16 + 4
        assert PrinterInfo2.status.offset == 13 * 8 + 5 * 4
        assert JobInfo1.status.offset == 7 * 8


def test_jobs_are_read_from_the_array_that_windows_fills() -> None:
    infos = (JobInfo1 * 3)()
    infos[0].job_id, infos[0].document, infos[0].status = 7, "token-of-a-badge", 0x10
    infos[1].job_id = 8
    assert jobs_from(infos, 2) == (WindowsJob(7, "token-of-a-badge", 0x10), WindowsJob(8, "", 0))


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (0x0000, SpooledState.WAITING),
        (0x0008, SpooledState.WAITING),
        (0x0001, SpooledState.WAITING),
        (0x0010, SpooledState.PRINTING),
        (0x0050, SpooledState.PRINTING),
        (0x0080, SpooledState.DONE),
        (0x1000, SpooledState.DONE),
        (0x0004, SpooledState.CANCELLED),
    ],
)
def test_a_job_is_told_by_its_bits(status: int, state: SpooledState) -> None:
    assert spooled_job(WindowsJob(7, "token", status)).state is state


@pytest.mark.parametrize(
    ("status", "attributes", "troubles"),
    [
        (0x00, 0x000, ()),
        (0x80, 0x000, (PrinterTrouble.OFFLINE,)),
        (0x00, 0x400, (PrinterTrouble.OFFLINE,)),
        (0x18, 0x000, (PrinterTrouble.JAM, PrinterTrouble.OUT_OF_PAPER)),
        (0x400000, 0x000, (PrinterTrouble.COVER_OPEN,)),
        (0x20000, 0x000, (PrinterTrouble.INK_LOW,)),
        (0x01, 0x000, (PrinterTrouble.PAUSED,)),
    ],
)
def test_a_printer_is_told_by_its_bits(
    status: int, attributes: int, troubles: tuple[PrinterTrouble, ...]
) -> None:
    assert printer_state(PRINTER, status, attributes, ()).troubles == troubles


def test_what_a_driver_says_at_the_job_only_is_heard_as_well() -> None:
    state = printer_state(PRINTER, 0, 0, (WindowsJob(7, "token", 0x50),))
    assert state.stopped_by is PrinterTrouble.OUT_OF_PAPER
    assert state.activity is PrinterActivity.STOPPED


def test_a_printer_with_a_job_prints() -> None:
    assert printer_state(PRINTER, 0, 0, (WindowsJob(7, "t", 0),)).activity is (
        PrinterActivity.PRINTING
    )
    assert printer_state(PRINTER, 0, 0, ()).activity is PrinterActivity.IDLE


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has the print system of Windows")
def test_elsewhere_there_is_no_print_system_of_windows() -> None:
    with pytest.raises(OSError, match="not Windows"):
        WindowsPrinters()
