"""The floor under badges: a bare ReportLab canvas with operators appended to its pages.

The same people, texts, band, logo and codes on the same sheets, with what a fast program keeps:
codes of letters, widths of words, a form for the logo. Nothing is looked at before printing; text
is broken without evening and shrunk in half points; codes are image masks of one bit.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from checkin_app.badges.codes.qr import MASK
from checkin_app.badges.codes.qr_payload import payload
from checkin_app.badges.codes.qr_tables import SymbolTables
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_elements import ErrorCorrection
from checkin_app.domain.badges.stock import CARD_ON_A4
from checkin_app.domain.language.lengths import points
from checkin_app.resource_files import resource_path

Symbol = Callable[[str], tuple[int, str]]
"""Code → modules a side, and its rows from the top as hexadecimal digits, dark is 1."""

_OUR_CODES_BITS = 124
_BANDS = {"speaker": "0.75 0.2 0.15 rg", "press": "0.35 0.25 0.6 rg", "staff": "0.1 0.5 0.3 rg"}
_BAND = "0.1 0.3 0.6 rg"


def bare_badges(file: Path, attendees: Sequence[Attendee], symbol: Symbol) -> None:
    """Writes the badges with nothing but ReportLab."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for name in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(name, str(resource_path("fonts", f"Inter-{name}.ttf"))))
    canvas = Canvas(str(file), pagesize=A4, pageCompression=1, initialFontName="Regular")
    canvas.beginForm("logo")
    canvas.drawImage(ImageReader(io.BytesIO(logo_png())), 0, 0, points(21), points(7))
    canvas.endForm()
    name_writer, writer = _Writer("Bold", canvas), _Writer("Regular", canvas)
    side, inner, column = points(24), points(79), points(54)
    for number, person in enumerate(attendees):
        slot = number % CARD_ON_A4.slots
        if number and not slot:
            canvas.showPage()
        left, top = slot_corner_pt(slot, A4[1])
        if not slot:
            canvas.doForm("logo")
            canvas._code.pop()
        text_left = left + points(3)
        out = [
            f"q 1 0 0 1 {text_left:.2f} {top - points(10):.2f} cm /FormXob.logo Do Q",
            f"{_BANDS.get(person.category, _BAND)} {left:.2f} {top - points(54):.2f}"
            f" {points(85):.2f} {points(1.5):.2f} re f 0 g",
        ]
        out += name_writer.block(person.full_name, text_left, top - points(12), inner, 16, 2)
        out += writer.block(person.organisation, text_left, top - points(28), column, 9, 3)
        out += writer.block(person.role, text_left, top - points(41), column, 8, 1)
        out += writer.block(person.country, text_left, top - points(46), column, 8, 1)
        modules, rows = symbol(person.code)
        area = side * modules / (modules + 8)
        out.append(
            f"q {area:.3f} 0 0 {area:.3f} {left + points(57):.2f} {top - points(50):.2f} cm BI"
            f" /W {modules} /H {modules} /IM true /D [1 0] /F /AHx ID {rows}> EI Q"
        )
        canvas._code.append("\n".join(out))
    canvas.save()


def symbol_by_zxing(code: str) -> tuple[int, str]:
    """Takes any code, as a program has to."""
    import zxingcpp

    barcode = zxingcpp.create_barcode(code, zxingcpp.QRCode, ec_level="M")
    image = memoryview(barcode.to_image(add_quiet_zones=False))
    side = image.shape[0]
    flat = bytes(image).translate(bytes([49, *[48] * 255]))
    rows = (int(flat[at : at + side], 2) << -side % 8 for at in range(0, side * side, side))
    return side, "".join([f"{row:0{(side + 7) // 8 * 2}x}" for row in rows])


def symbols_by_tables() -> Symbol:
    """The bound: tables for codes of one fixed form, whose bits lie as the page wants them."""
    tables = SymbolTables(1, ErrorCorrection.M, MASK)
    side = tables.side
    blank = _as_rows(tables.symbol(0, _OUR_CODES_BITS), side)
    ones = [
        _as_rows(tables.symbol(1 << bit, _OUR_CODES_BITS), side) ^ blank
        for bit in range(_OUR_CODES_BITS)
    ]
    bytewise = [_combinations(ones[at : at + 8]) for at in range(0, _OUR_CODES_BITS, 8)]
    digits = (side + 7) // 8 * 2 * side

    def symbol(code: str) -> tuple[int, str]:
        value, length = payload(code).segment(1)
        data = (value << _OUR_CODES_BITS - length).to_bytes(len(bytewise), "little")
        bits = blank
        for table, byte in zip(bytewise, data, strict=True):
            bits ^= table[byte]
        return side, f"{bits:0{digits}x}"

    return symbol


def slot_corner_pt(slot: int, paper_height_pt: float) -> tuple[float, float]:
    """The upper left corner of a slot, from below."""
    column, row = slot % CARD_ON_A4.columns, slot // CARD_ON_A4.columns
    left_mm = CARD_ON_A4.left_mm + column * CARD_ON_A4.pitch_x_mm
    top_mm = CARD_ON_A4.top_mm + row * CARD_ON_A4.pitch_y_mm
    return points(left_mm), paper_height_pt - points(top_mm)


def logo_png() -> bytes:
    """A made-up logo of 360 by 120 dots."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (360, 120), "white")
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((4, 4, 356, 116), 18, fill=(0, 60, 150))
    for dot in range(12):
        pen.ellipse((30 + dot * 27, 48, 50 + dot * 27, 68), fill=(255, 205, 0))
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


class _Writer:
    """Text in one font: codes of letters and widths of words are asked for once."""

    def __init__(self, font: str, canvas: Any) -> None:
        from reportlab.pdfbase import pdfmetrics

        self._font = pdfmetrics.getFont(font)
        self._canvas = canvas
        self._words: dict[str, float] = {}
        self._shown: dict[str, list[tuple[str, str]]] = {}
        self._space = self._font.stringWidth(" ", 1)

    def block(
        self, text: str, left: float, top: float, width: float, size: float, lines: int
    ) -> list[str]:
        out = []
        size, broken = self._fit(text, width, size, lines)
        for line in broken:
            top -= size * 1.12
            runs = " ".join(
                [f"{name} {size:g} Tf ({inside}) Tj" for name, inside in self._runs(line)]
            )
            out.append(f"BT {left:.2f} {top:.2f} Td {runs} ET")
        return out

    def _fit(self, text: str, width: float, size: float, lines: int) -> tuple[float, list[str]]:
        words = text.split()
        widths = [self._width(word) for word in words]
        if (sum(widths) + self._space * (len(words) - 1)) * size <= width:
            return size, [text]
        while True:
            room, broken, line, used = width / size, [], list[str](), 0.0
            for word, wide in zip(words, widths, strict=True):
                if line and used + self._space + wide > room:
                    broken.append(" ".join(line))
                    line, used = [word], wide
                else:
                    used += wide + (self._space if line else 0.0)
                    line.append(word)
            broken.append(" ".join(line))
            if size <= 5 or (len(broken) <= lines and max(widths) <= room):
                return size, broken
            size -= 0.5

    def _width(self, word: str) -> float:
        known = self._words.get(word)
        if known is None:
            known = self._words[word] = self._font.stringWidth(word, 1)
        return known

    def _runs(self, line: str) -> list[tuple[str, str]]:
        known = self._shown.get(line)
        if known is None:
            document = self._canvas._doc
            known = self._shown[line] = [
                (self._font.getSubsetInternalName(subset, document), self._canvas._escape(codes))
                for subset, codes in self._font.splitString(line, document)
            ]
        return known


def _as_rows(bits: int, side: int) -> int:
    """Module bits, the first lowest, as rows of whole bytes with the first module highest."""
    width = (side + 7) // 8 * 8
    rows = 0
    for row in range(side):
        modules = bits >> row * side & (1 << side) - 1
        text = f"{modules:0{side}b}"[::-1]
        rows = rows << width | int(text, 2) << width - side
    return rows


def _combinations(ones: list[int]) -> list[int]:
    table = [0] * 256
    for value in range(1, 1 << len(ones)):
        lowest = value & -value
        table[value] = table[value ^ lowest] ^ ones[lowest.bit_length() - 1]
    return table
