"""The raster language of Brother QL printers, held against what Brother's references print."""

from __future__ import annotations

import hashlib
from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from checkin_app.domain.printers import BadgeSheet
from checkin_app.errors import PrinterError
from checkin_app.printing.brother.brother_media import (
    LABELS,
    MODELS,
    LabelChoice,
    choice_for,
    label_named,
    loaded_label,
    model_named,
    model_with_code,
)
from checkin_app.printing.brother.brother_raster import job_without_end, page_without_end
from checkin_app.printing.label_raster import LabelRaster, dots


def _sheet(width_mm: float, height_mm: float) -> BadgeSheet:
    pdf = BytesIO()
    canvas = Canvas(pdf, pagesize=(width_mm * mm, height_mm * mm))
    canvas.rect(0, 0, width_mm * mm, height_mm * mm, stroke=0, fill=1)
    canvas.save()
    return BadgeSheet(pdf.getvalue(), width_mm, height_mm)


def _controls(width_mm: float, height_mm: float, roll: str, model: str) -> str:
    """What precedes the first line, without the zeros, in hexadecimal."""
    named_model, label = model_named(model), label_named(roll)
    assert named_model is not None
    sheet = _sheet(width_mm, height_mm)
    job = job_without_end(sheet, choice_for(sheet, label, named_model), named_model)
    return job.lstrip(b"\0").split(b"g\0", 1)[0].hex(" ").upper()


def test_a_die_cut_label_is_announced_as_the_reference_of_the_ql_1110nwb_shows() -> None:
    """Section 2.1: 103 mm x 164 mm is 1B 69 7A 8E 0B 68 A4 1E 07 00 00 00 00, here with priority
    to quality (40) besides."""
    controls = _controls(104, 164, "104x164", "QL-1110NWB")
    assert "1B 69 7A CE 0B 68 A4 1E 07 00 00 00 00" in controls


def test_commands_come_in_the_order_of_the_reference() -> None:
    """Section 2.1 of all references; 62 mm tape, 100 mm long: 1111 lines and 3 mm of feed."""
    assert _controls(62, 100, "62", "QL-820NWB") == (
        "1B 40 "
        "1B 69 61 01 "
        "1B 69 7A C6 0A 3E 00 57 04 00 00 00 00 "
        "1B 69 4D 40 "
        "1B 69 41 01 "
        "1B 69 4B 08 "
        "1B 69 64 23 00"
    )


def test_a_printer_without_modes_and_cutter_is_not_told_of_them() -> None:
    assert _controls(62, 100, "62x100", "QL-500") == (
        "1B 40 1B 69 7A CE 0B 3E 64 55 04 00 00 00 00 1B 69 64 00 00"
    )


def test_a_job_begins_with_enough_nothing_to_end_any_other() -> None:
    sheet = _sheet(62, 100)
    model = model_named("QL-820NWB")
    assert model is not None
    job = job_without_end(sheet, choice_for(sheet, None, None), model)
    assert job.startswith(bytes(400) + b"\x1b@")
    assert not job.endswith((b"\x1a", b"\x0c"))


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.name)
def test_every_roll_lies_under_the_head_of_the_printers_that_take_it(label) -> None:
    for model in MODELS:
        if model.is_wide or not label.is_wide:
            assert model.first_dot + label.offset_dots + label.width_dots <= model.row_bytes * 8


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.name)
def test_every_roll_is_found_by_its_name_and_its_size_suits_it(label) -> None:
    assert label_named(label.name) is label
    loaded = loaded_label(label.width_mm, label.length_mm)
    assert loaded is not None
    assert (loaded.width_mm, loaded.length_mm) == (label.width_mm, label.length_mm)
    sheet = BadgeSheet(b"", label.width_mm, label.length_mm or 80)
    assert choice_for(sheet, label, None).label is label


@pytest.mark.parametrize(
    ("size", "roll", "is_turned"),
    [
        ((62, 100), "62x100", False),
        ((100, 62), "62x100", True),
        ((90, 29), "29x90", True),
        ((62, 29), "62x29", False),
        ((86, 54), "54", True),
        ((90, 60), "62", True),
        ((62, 120), "62", False),
        ((102, 152), "102x153", False),
        ((105, 74), "104", False),
    ],
)
def test_a_badge_finds_the_roll_of_its_size(size, roll: str, is_turned: bool) -> None:
    choice = choice_for(BadgeSheet(b"", *size), None, None)
    assert (choice.label.name, choice.is_turned) == (roll, is_turned)


def test_a_narrow_printer_is_never_given_a_wide_label() -> None:
    narrow = model_named("ql 700")
    with pytest.raises(PrinterError, match="no roll"):
        choice_for(BadgeSheet(b"", 102, 152), None, narrow)


def test_the_roll_in_the_printer_decides() -> None:
    tape = label_named("62 mm")
    assert choice_for(BadgeSheet(b"", 86, 54), tape, None) == LabelChoice(tape, True)


def test_a_model_is_known_by_its_status() -> None:
    assert model_with_code((0x34, 0x41)).name == "QL-820NWB"
    assert model_with_code((0x34, 0x44)).is_wide
    assert model_with_code((0x39, 0x39)).row_bytes == 90


@pytest.mark.parametrize(
    ("size", "roll", "model", "digest"),
    [
        ((62, 100), "62x100", "QL-820NWB", "e1ede0ce6b33736f2683381b1fd768f2"),
        ((62, 80), "62", "QL-1110NWB", "4c4e048eed88cbb3bbd2f4ff6ecb6d4b"),
        ((90, 29), "29x90", "QL-700", "5d1bb461077e2c6bf726caf1a1c23666"),
    ],
)
def test_lines_are_those_that_another_program_makes(size, roll: str, model: str, digest) -> None:
    """The digests are of what brother_ql-inventree 1.3 makes of the same dots. It is no dependency
    of the tests: something it needs cannot be installed without compiling."""
    named_model = model_named(model)
    assert named_model is not None
    sheet = BadgeSheet(b"", *size)
    choice = choice_for(sheet, label_named(roll), named_model)
    width, height = (dots(length_mm, 300) for length_mm in size)
    raster = _noise(height, width) if choice.is_turned else _noise(width, height)
    page = page_without_end(raster, sheet, choice, named_model, 0)
    lines = page[page.index(b"g\0") :]
    assert hashlib.sha256(lines).hexdigest()[:32] == digest


def _noise(width: int, height: int) -> LabelRaster:
    row_bytes = (width + 7) // 8
    noise = bytes(
        (x * x * 7 + y * 13 + x * y) % 251 for y in range(height) for x in range(row_bytes)
    )
    picture = Image.frombytes("1", (row_bytes * 8, height), noise).crop((0, 0, width, height))
    return LabelRaster(width, height, picture.tobytes())
