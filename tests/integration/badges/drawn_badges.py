"""Layouts, people and pages for the tests of drawing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
from PIL import Image

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.document import BadgeDocument, write_badges
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_elements import Element, QrCode
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.badge_layout import BadgeDesign, BadgeLayout, Part
from checkin_app.domain.badges.badge_text import Paragraph, TextBlock
from checkin_app.domain.badges.imposition import Imposition, Tray
from checkin_app.domain.badges.stock import Stock
from checkin_app.domain.programme import Event
from checkin_app.domain.tickets.codes import code_from_bits

MEETING = Event("European Meeting", "Europe/Brussels", date(2024, 5, 6), date(2024, 5, 6))
MM_PER_INCH = 25.4


def people(count: int, **fields: str) -> list[Attendee]:
    """Attendees with codes of their own."""
    return [
        Attendee(
            f"{number:032x}",
            code_from_bits((number + 1) * 0x9E3779B97F4A7C15F39CC06 % 2**100),
            first_name="Anna",
            last_name=f"Berg {number}",
            organisation="EESC",
            extra=dict(fields),
        )
        for number in range(count)
    ]


def text(box: Box, template: str, size_pt: float = 12.0) -> TextBlock:
    """One line of text."""
    return TextBlock(box, (Paragraph((template,), size_pt, 5.0, colour="#000000"),))


def layout(
    *front: Element,
    back: tuple[Element, ...] = (),
    size: tuple[float, float] = (85, 54),
    bleed_mm: float = 0.0,
    pictures: dict[str, bytes] | None = None,
) -> BadgeLayout:
    """A layout of one design."""
    design = BadgeDesign(*size, tuple(map(Part, front)), tuple(map(Part, back)), bleed_mm=bleed_mm)
    colours = {"ink": "#000000", "no_category": "#444444"}
    return BadgeLayout("drawn", "Drawn", (design,), colours, pictures=pictures or {})


PLAIN = layout(QrCode(Box(55, 14, 26, 26)), text(Box(4, 20, 45, 10), "{first_name} {last_name}"))


def written(
    path: Path,
    attendees: list[Attendee],
    drawn: BadgeLayout,
    stock: Stock,
    imposition: Imposition | None = None,
    trays: tuple[Tray, ...] = (),
    photos: Path | None = None,
) -> BadgeDocument:
    """The badges as a file; pages of trays where there are trays."""
    plan = BadgePlan(
        drawn,
        stock,
        MEETING,
        imposition or Imposition(),
        trays=trays,
        photos=photos,
        tray_pages=bool(trays),
    )
    return write_badges(path / "badges.pdf", attendees, plan)


def page_picture(document: BadgeDocument, page: int = 0, dpi: int = 150) -> Image.Image:
    """A page as a printer of that resolution sees it."""
    with pypdfium2.PdfDocument(document.file) as pdf:
        return pdf[page].render(scale=dpi / 72).to_pil().convert("RGB")


def colour_at(
    picture: Image.Image, x_mm: float, y_mm: float, dpi: int = 150
) -> tuple[int, int, int]:
    """The colour of a place on a page."""
    dot = round(x_mm / MM_PER_INCH * dpi), round(y_mm / MM_PER_INCH * dpi)
    found = picture.getpixel(dot)
    assert isinstance(found, tuple)
    red, green, blue = found
    return red, green, blue
