"""The words of IPP printers become the troubles of a desk."""

from __future__ import annotations

import pytest

from checkin_app.domain.printers import PrinterTrouble
from checkin_app.printing.cups.ipp_reasons import trouble_of_message, troubles_of_reasons


@pytest.mark.parametrize(
    ("reason", "trouble"),
    [
        ("media-empty", PrinterTrouble.OUT_OF_PAPER),
        ("media-empty-error", PrinterTrouble.OUT_OF_PAPER),
        ("media-needed-warning", PrinterTrouble.OUT_OF_PAPER),
        ("media-jam", PrinterTrouble.JAM),
        ("cover-open", PrinterTrouble.COVER_OPEN),
        ("door-open-error", PrinterTrouble.COVER_OPEN),
        ("interlock-open", PrinterTrouble.COVER_OPEN),
        ("toner-low", PrinterTrouble.INK_LOW),
        ("marker-supply-low-warning", PrinterTrouble.INK_LOW),
        ("marker-supply-empty", PrinterTrouble.INK_EMPTY),
        ("connecting-to-device", None),
        ("timed-out", PrinterTrouble.OFFLINE),
        ("offline-report", None),
        ("paused", PrinterTrouble.PAUSED),
        ("moving-to-paused", PrinterTrouble.PAUSED),
        ("media-low", PrinterTrouble.PAPER_LOW),
        ("cups-missing-filter-warning", PrinterTrouble.OTHER),
        ("Media-Empty", PrinterTrouble.OUT_OF_PAPER),
        ("none", None),
        ("com.example.led-is-blue", None),
        ("cups-remote-processing", None),
    ],
)
def test_a_reason_is_told_in_our_words(reason: str, trouble: PrinterTrouble | None) -> None:
    assert troubles_of_reasons([reason], is_waiting=True) == ((trouble,) if trouble else ())


def test_the_most_urgent_trouble_comes_first_and_each_only_once() -> None:
    reasons = ["toner-low", "media-needed", "media-empty", "media-jam-error"]
    assert troubles_of_reasons(reasons, is_waiting=True) == (
        PrinterTrouble.JAM,
        PrinterTrouble.OUT_OF_PAPER,
        PrinterTrouble.INK_LOW,
    )


def test_one_of_several_trays_being_empty_does_not_stop_an_idle_printer() -> None:
    troubles = troubles_of_reasons(["media-empty-warning"], is_waiting=False)
    assert troubles == (PrinterTrouble.PAPER_LOW,)
    assert not any(trouble.stops_printing for trouble in troubles)


def test_an_error_stops_an_idle_printer_too() -> None:
    assert troubles_of_reasons(["media-empty-error"], is_waiting=False) == (
        PrinterTrouble.OUT_OF_PAPER,
    )


@pytest.mark.parametrize(
    ("message", "trouble"),
    [
        (
            "The printer may not exist or is unavailable at this time.",
            PrinterTrouble.OFFLINE,
        ),
        ("The printer is not responding.", PrinterTrouble.OFFLINE),
        ("Waiting for printer to become available.", PrinterTrouble.OFFLINE),
        ("Unable to locate printer “label.local”.", PrinterTrouble.OFFLINE),
        ("Connected to printer.", None),
        ("Rendering completed", None),
        ("", None),
    ],
)
def test_a_message_tells_of_a_printer_that_is_away(
    message: str, trouble: PrinterTrouble | None
) -> None:
    assert trouble_of_message(message) is trouble
