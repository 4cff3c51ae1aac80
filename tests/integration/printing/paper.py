"""Badges as the tests of printing send them, and what a printer made of them."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import pypdfium2
import zxingcpp
from PIL import Image
from qrcode import QRCode
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from checkin_app.domain.printers import BadgeSheet

CODE_MM = 18.0
"""Side of the square code on a test badge, without its quiet zone."""

PERSON = "Jana Zawadzka"
"""Who the test badges name; nobody may read it outside the badge."""

MM_PER_INCH = 25.4
DEADLINE_S = 120.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Received:
    """One page as it reached a printer.

    Attributes:
        width_mm, height_mm: of the paper it was meant for.
        picture: the page, black on white.
        dpi: pixels an inch of the picture.
    """

    width_mm: float
    height_mm: float
    picture: Image.Image
    dpi: float

    @property
    def codes(self) -> list[str]:
        """What its codes hold."""
        return [found.text for found in self._found()]

    @property
    def code_sides_mm(self) -> tuple[float, float]:
        """Width and height of its first code, as printed."""
        corners = self._found()[0].position
        across = _distance(corners.top_left, corners.top_right)
        down = _distance(corners.top_left, corners.bottom_left)
        return across / self.dpi * MM_PER_INCH, down / self.dpi * MM_PER_INCH

    def _found(self) -> list[zxingcpp.Barcode]:
        return list(zxingcpp.read_barcodes(self.picture, formats=zxingcpp.BarcodeFormat.QRCode))


def badge_sheet(
    code: str = "7Q4GJ5T0W3VX2M8KCZ1N",
    width_mm: float = 86.0,
    height_mm: float = 54.0,
    pages: int = 1,
    density: int | None = None,
) -> BadgeSheet:
    """A badge with a name, a code in the middle, and a line along every edge."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(width_mm * mm, height_mm * mm))
    for _ in range(pages):
        canvas.rect(0.5 * mm, 0.5 * mm, (width_mm - 1) * mm, (height_mm - 1) * mm)
        canvas.setFont("Helvetica", 6)
        canvas.drawString(1.5 * mm, 1.5 * mm, PERSON)
        _draw_code(canvas, code, (width_mm - CODE_MM) / 2, (height_mm - CODE_MM) / 2)
        canvas.showPage()
    canvas.save()
    return BadgeSheet(
        buffer.getvalue(), width_mm, height_mm, is_two_sided=pages == 2, density=density
    )


def pages_of_pdf(pdf: bytes, dpi: float = 300.0) -> list[Received]:
    """The pages of a PDF, as a printer of that resolution would put them on paper."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_received(page, dpi) for page in document]
    finally:
        document.close()


def until(wanted: Callable[[], T], deadline_s: float = DEADLINE_S) -> T:
    """What ``wanted`` gives as soon as that is true.

    Raises:
        AssertionError: it was not so before the deadline; the message has what it gave last.
    """
    last = time.monotonic() + deadline_s
    pause = threading.Event()
    while not (answer := wanted()):
        assert time.monotonic() < last, f"still {answer!r} after {deadline_s:.0f} s"
        pause.wait(0.01)
    return answer


def _draw_code(canvas: Canvas, code: str, left_mm: float, bottom_mm: float) -> None:
    symbol = QRCode(border=0)
    symbol.add_data(code)
    symbol.make()
    side_mm = CODE_MM / len(symbol.modules)
    for row, line in enumerate(reversed(symbol.modules)):
        for column, is_dark in enumerate(line):
            if is_dark:
                x_mm, y_mm = left_mm + column * side_mm, bottom_mm + row * side_mm
                canvas.rect(x_mm * mm, y_mm * mm, side_mm * mm, side_mm * mm, stroke=0, fill=1)


def _received(page: pypdfium2.PdfPage, dpi: float) -> Received:
    width_pt, height_pt = page.get_size()
    picture = page.render(scale=dpi / 72).to_pil().convert("L")
    return Received(width_pt / mm, height_pt / mm, picture, dpi)


def _distance(one: zxingcpp.Point, other: zxingcpp.Point) -> float:
    return float(((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5)
