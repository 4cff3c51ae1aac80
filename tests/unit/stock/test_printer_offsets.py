"""What printers do wrong is remembered for each printer and stock."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from checkin_app.domain.badges.imposition import PrinterOffset
from checkin_app.errors import UsageError
from checkin_app.stock.printer_offsets import (
    ANY_PRINTER,
    keep_printer_offset,
    load_printer_offsets,
    printer_offset,
)

OFFICE = PrinterOffset(right_mm=-1.5, down_mm=0.5, scale_x=1.002)


def test_each_printer_has_its_own_offset_on_each_stock(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "offsets.json"
    assert printer_offset("Office", "A6 on A4", path) == PrinterOffset()
    keep_printer_offset("Office", "A6 on A4", OFFICE, path)
    keep_printer_offset(ANY_PRINTER, "A6 on A4", PrinterOffset(1.0), path)
    assert printer_offset("Office", "A6 on A4", path) == OFFICE
    assert printer_offset(ANY_PRINTER, "A6 on A4", path) == PrinterOffset(1.0)
    assert printer_offset("Office", "85x54 on A4", path) == PrinterOffset()


def test_a_new_measure_replaces_the_old_and_none_forgets_it(tmp_path: Path) -> None:
    path = tmp_path / "offsets.json"
    keep_printer_offset("Büro 2", "A6 on A4", OFFICE, path)
    keep_printer_offset("Büro 2", "A6 on A4", PrinterOffset(2.0), path)
    assert load_printer_offsets(path) == {("Büro 2", "A6 on A4"): PrinterOffset(2.0)}
    keep_printer_offset("Büro 2", "A6 on A4", PrinterOffset(), path)
    assert load_printer_offsets(path) == {}


@pytest.mark.parametrize(
    ("offset", "words"),
    [
        (PrinterOffset(right_mm=30), "30 mm right"),
        (PrinterOffset(down_mm=-150), "-150 mm down"),
        (PrinterOffset(down_mm=math.nan), "nan mm down"),
        (PrinterOffset(scale_x=0.94), "0.940 across.*actual size"),
        (PrinterOffset(scale_y=math.inf), "inf down"),
    ],
)
def test_what_no_printer_does_is_taken_for_a_slip(
    tmp_path: Path, offset: PrinterOffset, words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        keep_printer_offset("Office", "A6 on A4", offset, tmp_path / "offsets.json")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"offsets": 3}',
        '{"offsets": [3, {"printer": "P"}, {"stock": 4}]}',
        '{"offsets": [{"stock": "S", "right_mm": 1e999}]}',
        '{"offsets": [{"stock": "S", "scale_x": 0}]}',
        "[" * 100_000,
    ],
)
def test_a_damaged_file_keeps_nobody_from_printing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "offsets.json"
    path.write_text(text)
    assert load_printer_offsets(path) == {}


def test_what_can_be_read_of_a_damaged_file_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "offsets.json"
    path.write_text('{"offsets": [{"stock": "S", "right_mm": 1, "down_mm": "x"}, 5]}')
    assert printer_offset(ANY_PRINTER, "S", path) == PrinterOffset(right_mm=1)
