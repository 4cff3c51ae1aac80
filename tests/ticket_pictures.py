"""What people hold into a camera: tickets, badges and telephones, as this program makes them.

Pictures in grey, drawn by PDFium from the program's own PDFs, with the place of the code.
"""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image, ImageDraw, ImageOps

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.codes.qr import qr_png
from checkin_app.badges.layouts.built_in import built_in_layout
from checkin_app.badges.tickets import TicketPress
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.stock import CARD_ON_A4
from checkin_app.domain.programme import Event
from checkin_app.pdfium_lock import PDFIUM_LOCK
from checkin_app.services.bulk_badges.badge_printing import BadgeJob, run_badge_job

CODE = "7XK3M9QRT2VWZ5ABCDEF"
EVENT = Event("Assembly of many", "Europe/Brussels", date(2026, 9, 14), date(2026, 9, 14))
_GUEST = Attendee(
    id="0" * 32,
    code=CODE,
    first_name="Lucia",
    last_name="Esposito",
    organisation="Patients' Rights Italy",
    role="Researcher",
    country="Italy",
    category="participant",
)

_MM_PER_INCH = 25.4
_TICKET_DPI = 150
_BADGE_DPI = 300
_CARD_MM = (85.0, 54.0)

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Held:
    """Something with a code on it, seen straight on.

    Attributes:
        picture: in grey; its edge is the edge of the thing.
        text, format: what the code says, and its kind by zxing's name.
        code: left, top, right and bottom of the symbol in the picture, without its quiet zone.
        modules: how many modules wide the symbol is.
    """

    picture: Image.Image
    text: str
    format: str
    code: Box
    modules: int

    @property
    def module_px(self) -> float:
        """How many pixels of the picture a module is wide."""
        return (self.code[2] - self.code[0]) / self.modules


@cache
def ticket(code: str = CODE) -> Held:
    """The page that the program sends, without its foot."""
    page = _page(TicketPress(EVENT), code)
    return _held(page.crop((0, 0, page.width, page.height * 9 // 10)), code)


@cache
def badge(code: str = CODE) -> Held:
    """A badge of the layout that organisers find first, cut out."""
    plan = BadgePlan(built_in_layout(), CARD_ON_A4, EVENT)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "badge.pdf"
        run_badge_job(BadgeJob(file, (replace(_GUEST, code=code),), plan, proof=False))
        sheet = _drawn(file, _BADGE_DPI)
    left, top = CARD_ON_A4.left_mm, CARD_ON_A4.top_mm
    card = (left, top, left + _CARD_MM[0], top + _CARD_MM[1])
    box = [round(mm * _BADGE_DPI / _MM_PER_INCH) for mm in card]
    return _held(sheet.crop((box[0], box[1], box[2], box[3])), code)


@cache
def phone(code: str = CODE, *, dark: bool = False, white: int = 235, black: int = 12) -> Held:
    """The ticket's QR picture on a telephone.

    Args:
        dark: the telephone shows light on dark.
        white, black: how bright its screen is there, from 0 to 255: a dim one has little between.
    """
    width, height = 720, 1480
    screen = Image.new("L", (width - 40, height - 120), 255)
    symbol = Image.open(io.BytesIO(qr_png(code, 20))).convert("L")
    symbol = symbol.resize((560, 560), Image.Resampling.BOX)
    screen.paste(symbol, (60, 380))
    draw = ImageDraw.Draw(screen)
    for line, length in enumerate((420, 300, 500, 480)):
        top = 130 + 50 * line if line < 2 else 900 + 50 * line
        draw.rectangle((60, top, 60 + length, top + 22), fill=60)
    whole = _held(screen, code)
    shown = ImageOps.invert(screen) if dark else screen
    shown = shown.point(lambda grey: round(black + (white - black) * grey / 255))
    body = Image.new("L", (width, height), 8)
    body.paste(shown, (20, 60))
    left, top, right, bottom = whole.code
    return replace(whole, picture=body, code=(left + 20, top + 60, right + 20, bottom + 60))


@cache
def foreign_ticket(format_name: str, code: str = CODE) -> Held:
    """The program's ticket with a code of another kind in the place of its own."""
    own = ticket(CODE)
    barcode = zxingcpp.create_barcode(code, zxingcpp.barcode_format_from_str(format_name))
    modules = Image.fromarray(barcode.to_image(scale=1, add_quiet_zones=False)).convert("L")
    left, top, right, bottom = own.code
    scale = max(3, round(1.2 * (right - left) / modules.width))
    # One row stands for the whole height of linear codes.
    rows = 60 if format_name == "Code128" else modules.height
    symbol = modules.resize((modules.width * scale, rows * scale), Image.Resampling.NEAREST)
    page = own.picture.copy()
    quiet = 12 * scale
    x = (left + right - symbol.width) // 2
    y = (top + bottom - symbol.height) // 2
    page.paste(255, (x - quiet, min(y, top) - 20, x + symbol.width + quiet, page.height))
    page.paste(symbol, (x, y))
    box = (x, y, x + symbol.width, y + symbol.height)
    return Held(page, code, format_name, box, modules.width)


def _page(press: TicketPress, code: str) -> Image.Image:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ticket.pdf"
        press.write(file, replace(_GUEST, code=code))
        return _drawn(file, _TICKET_DPI)


def _drawn(file: Path, dpi: int) -> Image.Image:
    with PDFIUM_LOCK, pypdfium2.PdfDocument(file) as document:
        page: Image.Image = document[0].render(scale=dpi / 72, grayscale=True).to_pil()
        return page.copy()


def _held(picture: Image.Image, code: str) -> Held:
    """The picture with its QR code found; the codes here are all of version 1."""
    (found,) = zxingcpp.read_barcodes(picture, zxingcpp.BarcodeFormat.QRCode)
    assert found.text == code
    corner, opposite = found.position.top_left, found.position.bottom_right
    return Held(picture, code, "QRCode", (corner.x, corner.y, opposite.x, opposite.y), 21)
