"""What Zebra printers say of themselves, as their programming guide describes it."""

from __future__ import annotations

import pytest

from checkin_app.domain.printers import (
    PrinterActivity,
    PrinterId,
    PrinterTrouble,
    SpoolerKind,
)
from checkin_app.printing.zebra.zebra_status import (
    head_dpi_from,
    status_from,
    status_from_errors,
)

READY = (
    b"\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n"
    b"\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n"
    b"\x021234,0\x03\r\n"
)


def test_a_ready_printer_is_idle() -> None:
    status = status_from(READY)
    assert status is not None
    state = status.as_state(PrinterId(SpoolerKind.ZEBRA, "10.0.0.7"))
    assert (state.activity, state.troubles, state.detail) == (PrinterActivity.IDLE, (), "")


def test_labels_in_the_buffer_and_of_the_batch_are_still_to_come() -> None:
    busy = READY.replace(b"1245,000", b"1245,002").replace(b"00000000", b"00000003")
    status = status_from(busy)
    assert status is not None
    assert (status.pending, status.is_stopped) == (5, False)


def test_what_comes_before_an_answer_is_passed_over() -> None:
    assert status_from(b"\r\nnoise" + READY) == status_from(READY)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"ready",
        READY[:40],
        READY.replace(b"00000000", b"unknown!"),
        b"\x02\x03\x02\x03\x02\x03",
    ],
)
def test_something_else_is_no_status(answer: bytes) -> None:
    assert status_from(answer) is None


@pytest.mark.parametrize(
    ("errors", "warnings", "troubles"),
    [
        ("00000005", "00000000", (PrinterTrouble.COVER_OPEN, PrinterTrouble.OUT_OF_PAPER)),
        ("00000008", "00000000", (PrinterTrouble.JAM,)),
        ("00000000", "00000008", (PrinterTrouble.PAPER_LOW,)),
        ("00000000", "00000000", ()),
    ],
)
def test_errors_and_warnings_are_read_from_their_bits(
    errors: str, warnings: str, troubles: tuple[PrinterTrouble, ...]
) -> None:
    answer = (
        "\x02\r\n  PRINTER STATUS\r\n"
        f"   ERRORS:         1 00000000 {errors}\r\n"
        f"   WARNINGS:       1 00000000 {warnings}\r\n\x03"
    )
    status = status_from_errors(answer.encode())
    assert status is not None
    assert status.troubles == troubles
    assert status_from_errors(b"\x02V84.20\x03") is None


@pytest.mark.parametrize(
    ("answer", "dpi"),
    [
        (b"\x02ZD421-203dpi ZPL,V84.20.18Z,8,8176KB,XXX\x03\r\n", 203.2),
        (b"\x02ZT411-300dpi,V92.21.16Z,12,65536KB\x03\r\n", 300),
        (b"\x02110Xi4-600,V1,24,1KB\x03", 600),
        (b"\x02unknown\x03", None),
        (b"", None),
    ],
)
def test_the_fineness_of_the_head_is_read_from_its_identification(
    answer: bytes, dpi: float | None
) -> None:
    assert head_dpi_from(answer) == dpi
