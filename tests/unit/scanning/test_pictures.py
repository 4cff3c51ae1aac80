"""Codes are found in screenshots, PDFs and badge sheets; broken files get a sentence."""

from __future__ import annotations

import contextlib
import io
import struct
import threading
import zlib
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from checkin_app.domain.tickets.codes import code_from_bits
from checkin_app.errors import PictureError
from checkin_app.scanning.pictures import (
    MOST_PAGES,
    codes_in_file,
    codes_in_image,
    iter_pdf_codes,
)

CODE = "7XK3M9QRT2VWZ5ABCDEF"
POINTS_PER_MM = 72 / 25.4


def symbol(text: str = CODE, kind: str = "QRCode", scale: int = 4) -> Image.Image:
    barcode = zxingcpp.create_barcode(text, zxingcpp.barcode_format_from_str(kind))
    return Image.fromarray(barcode.to_image(scale=scale, add_quiet_zones=True)).convert("L")


def screenshot(*codes: tuple[str, str]) -> Image.Image:
    page = Image.new("RGB", (500 * len(codes), 500), "white")
    for place, (text, kind) in enumerate(codes):
        page.paste(symbol(text, kind), (500 * place + 50, 60))
    return page


def draw_symbol(canvas: Canvas, text: str, x_mm: float, y_mm: float, size_mm: float) -> None:
    """A symbol as vectors, its lower left corner at the point."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    modules = Image.fromarray(barcode.to_image(scale=1, add_quiet_zones=False)).convert("L")
    module = size_mm / modules.width * POINTS_PER_MM
    symbol_path = canvas.beginPath()
    for row in range(modules.height):
        for column in range(modules.width):
            if modules.getpixel((column, row)) == 0:
                x = x_mm * POINTS_PER_MM + column * module
                y = (y_mm + size_mm) * POINTS_PER_MM - (row + 1) * module
                symbol_path.rect(x, y, module, module)
    canvas.drawPath(symbol_path, stroke=0, fill=1)


def sheet(path: Path, pages: list[list[str]], size_mm: float = 20, angle: int = 0) -> Path:
    """A PDF of A4 pages with ten symbols at most, two in a row."""
    portrait = (210 * POINTS_PER_MM, 297 * POINTS_PER_MM)
    # ReportLab writes the media box of a page turned by a quarter the other way round.
    canvas = Canvas(str(path), pagesize=portrait[::-1] if angle == 90 else portrait)
    for codes in pages:
        canvas.setPageRotation(angle)
        for slot, code in enumerate(codes):
            draw_symbol(canvas, code, 60 + 85 * (slot % 2), 240 - 54 * (slot // 2), size_mm)
        canvas.showPage()
    canvas.save()
    return path


def some_codes(count: int) -> list[str]:
    return [
        code_from_bits(0x9E3779B97F4A7C15F39CC0605 * (n + 1) % (1 << 100)) for n in range(count)
    ]


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "gif", "bmp"])
def test_a_screenshot_gives_its_code(tmp_path, suffix):
    path = tmp_path / f"ticket.{suffix}"
    screenshot((CODE, "QRCode")).save(path)
    (found,) = codes_in_file(path)
    assert (found.text, found.format, found.page) == (CODE, "QRCode", 1)
    assert found.x == pytest.approx(50 + symbol().width / 2, abs=3)
    assert found.y == pytest.approx(60 + symbol().height / 2, abs=3)


@pytest.mark.parametrize("kind", ["QRCode", "Aztec", "DataMatrix", "PDF417", "Code128"])
def test_the_kinds_of_codes_that_tickets_carry_are_read(kind):
    (found,) = codes_in_image(symbol(CODE, kind))
    assert (found.text, found.format) == (CODE, kind)


def test_several_codes_come_in_reading_order():
    found = codes_in_image(screenshot(("FIRST001", "QRCode"), ("SECOND02", "QRCode")))
    assert [code.text for code in found] == ["FIRST001", "SECOND02"]


def test_a_picture_without_code_has_none():
    assert codes_in_image(Image.new("RGB", (300, 200), "white")) == ()


def test_what_is_transparent_counts_as_paper(tmp_path):
    ink = symbol().point(lambda grey: 255 - grey)
    picture = Image.new("RGBA", ink.size, (0, 0, 0, 0))
    picture.putalpha(ink)
    picture.save(tmp_path / "ticket.png")
    assert [code.text for code in codes_in_file(tmp_path / "ticket.png")] == [CODE]


def test_inverted_and_rotated_codes_are_read():
    inverted = symbol().point(lambda grey: 255 - grey)
    assert [code.text for code in codes_in_image(inverted)] == [CODE]
    tilted = screenshot((CODE, "QRCode")).rotate(33, fillcolor="white")
    assert [code.text for code in codes_in_image(tilted)] == [CODE]


def test_a_pdf_ticket_gives_its_codes_page_by_page(tmp_path):
    path = sheet(tmp_path / "tickets.pdf", [["FIRST001"], [], ["THIRD003"]])
    assert [(code.text, code.page) for code in codes_in_file(path)] == [
        ("FIRST001", 1),
        ("THIRD003", 3),
    ]


def test_a_pdf_is_known_by_its_content_not_by_its_name(tmp_path):
    path = sheet(tmp_path / "download", [[CODE]])
    assert [code.text for code in codes_in_file(path)] == [CODE]


@pytest.mark.parametrize("size_mm", [8, 12, 20, 30])
@pytest.mark.parametrize("angle", [0, 90, 180])
def test_proof_reading_finds_every_badge_at_its_place(tmp_path, size_mm, angle):
    codes = some_codes(30)
    pages = [codes[start : start + 10] for start in (0, 10, 20)]
    path = sheet(tmp_path / "badges.pdf", pages, size_mm, angle)
    read = list(iter_pdf_codes(path))
    assert [{code.text for code in page} for page in read] == [set(page) for page in pages]
    if angle == 0:
        assert [[code.text for code in page] for page in read] == pages
        first = read[0][0]
        assert first.x == pytest.approx(60 + size_mm / 2, abs=0.5)
        assert first.y == pytest.approx(297 - 240 - size_mm / 2, abs=0.5)


def test_several_threads_may_proof_read_at_once(tmp_path):
    paths = [sheet(tmp_path / f"{n}.pdf", [some_codes(10)] * 5) for n in range(3)]
    counts: list[int] = []
    threads = [
        threading.Thread(target=lambda path=path: counts.append(len(codes_in_file(path))))
        for path in paths
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [50, 50, 50]


def png_header_of(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + checksum

    size = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + size + pixels + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Dear guest, your ticket is attached.",
        b"\x89PNG\r\n\x1a\n",
        png_header_of(9_000, 9_000),
        png_header_of(10_000, 10_000),
        png_header_of(60_000, 60_000),
        b"%PDF-1.7\n%nothing follows",
        b"\xff\xd8\xff\xe0broken",
    ],
)
def test_what_cannot_be_opened_is_refused_with_a_sentence(tmp_path, content):
    path = tmp_path / "ticket.png"
    path.write_bytes(content)
    with pytest.raises(PictureError, match=r"ticket\.png .*\."):
        codes_in_file(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(PictureError, match="not there"):
        codes_in_file(tmp_path / "gone.pdf")
    with pytest.raises(PictureError, match="cannot be read"):
        codes_in_file(tmp_path)
    with pytest.raises(PictureError, match="not there"):
        list(iter_pdf_codes(tmp_path / "gone.pdf"))


def test_pages_larger_than_any_paper_and_endless_pdfs_are_refused(tmp_path):
    poster = Canvas(str(tmp_path / "poster.pdf"), pagesize=(14_000, 14_000))
    poster.showPage()
    poster.save()
    with pytest.raises(PictureError, match="too large"):
        codes_in_file(tmp_path / "poster.pdf")
    with pytest.raises(PictureError, match="pages"):
        codes_in_file(sheet(tmp_path / "endless.pdf", [[]] * (MOST_PAGES + 1)))


def encoded(kind: str) -> bytes:
    file = io.BytesIO()
    symbol(scale=2).save(file, kind)
    return file.getvalue()


PICTURES = [encoded(kind) for kind in ("PNG", "JPEG", "GIF", "WEBP", "BMP")]


@settings(max_examples=200)
@given(st.sampled_from(PICTURES), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4))))
def test_damaged_pictures_give_codes_or_a_sentence(tmp_path, content, damage):
    damaged = bytearray(content)
    for place, replacement in damage:
        start = int(place * len(damaged))
        damaged[start : start + len(replacement)] = replacement
    path = tmp_path / "damaged"
    path.write_bytes(damaged)
    with contextlib.suppress(PictureError):
        assert all(code.text for code in codes_in_file(path))
