"""What the user told of each printer, and the labels left in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checkin_app.domain.printers import PrinterId, SpoolerKind
from checkin_app.errors import CheckinError
from checkin_app.printing.printer_setups import USUAL_WARNING_AT, PrinterSetup, PrinterSetups

ZEBRA = PrinterId(SpoolerKind.ZEBRA, "10.0.0.7:9100")
LABELS = PrinterId(SpoolerKind.CUPS, "Labels")
SETUP = PrinterSetup(ZEBRA, "Zebra at the door", "62x100", 12, True, 500, 480, 30)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "printer_setups.json"


def test_a_printer_that_nobody_set_up_is_as_usual(path: Path) -> None:
    setup = PrinterSetups(path).of(LABELS)
    assert setup == PrinterSetup(LABELS)
    assert setup.name == "Labels"
    assert not setup.is_low


def test_a_setup_is_kept_and_forgotten(path: Path) -> None:
    setups = PrinterSetups(path)
    setups.keep(SETUP)
    setups.keep(PrinterSetup(LABELS, title="By the window"))
    assert PrinterSetups(path).of(ZEBRA) == SETUP
    assert [setup.name for setup in setups.all()] == ["By the window", "Zebra at the door"]
    setups.forget(ZEBRA)
    assert PrinterSetups(path).all() == (PrinterSetup(LABELS, title="By the window"),)


def test_labels_are_counted_from_a_new_roll_on(path: Path) -> None:
    setups = PrinterSetups(path)
    setups.count(ZEBRA)
    assert setups.of(ZEBRA).labels_left is None
    setups.put_in_roll(ZEBRA, USUAL_WARNING_AT + 1)
    assert not setups.of(ZEBRA).is_low
    setups.count(ZEBRA)
    assert setups.of(ZEBRA).is_low
    setups.count(ZEBRA, -3)
    assert setups.of(ZEBRA).labels_left == USUAL_WARNING_AT + 3
    setups.count(ZEBRA, 1000)
    assert setups.of(ZEBRA).labels_left == 0
    setups.put_in_roll(ZEBRA, None)
    assert setups.of(ZEBRA).labels_left is None
    assert setups.of(ZEBRA).roll == USUAL_WARNING_AT + 1


def test_what_another_window_keeps_is_noticed(path: Path) -> None:
    here, there = PrinterSetups(path), PrinterSetups(path)
    here.keep(SETUP)
    there.count(ZEBRA)
    assert here.of(ZEBRA).labels_left == 479


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"[]",
        b"\xff",
        b'{"printers": 3}',
        b'{"printers": [3, {}, {"printer": "fax:1"}, {"printer": 5}]}',
    ],
)
def test_a_damaged_file_is_as_good_as_none(path: Path, damaged: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(damaged)
    assert PrinterSetups(path).all() == ()


def test_of_a_damaged_setup_is_taken_what_can_be_read(path: Path) -> None:
    path.parent.mkdir()
    entry = {
        "printer": str(ZEBRA),
        "title": 7,
        "stock": "62x100",
        "density": True,
        "roll": -1,
        "labels_left": 10**30,
        "warn_at": "five",
    }
    path.write_text(json.dumps({"printers": [entry]}))
    assert PrinterSetups(path).of(ZEBRA) == PrinterSetup(ZEBRA, stock="62x100")


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file")
    with pytest.raises(CheckinError, match="folder"):
        PrinterSetups(tmp_path / "config" / "printer_setups.json").keep(SETUP)
