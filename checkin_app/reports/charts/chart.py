"""Any content → its chart: a ReportLab drawing that a PDF takes as it is, and its pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from checkin_app.pdfium_lock import PDFIUM_LOCK
from checkin_app.reports.charts.bars import draw_bars
from checkin_app.reports.charts.contents import (
    Bars,
    Content,
    Figures,
    Headline,
    Table,
    Timeline,
)
from checkin_app.reports.charts.headline import draw_headline
from checkin_app.reports.charts.rows import draw_figures, draw_table
from checkin_app.reports.charts.surface import Look, Spot, Surface
from checkin_app.reports.charts.timeline import draw_timeline
from checkin_app.reports.page import Typeface


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart.

    Attributes:
        drawing: a ReportLab ``Drawing``, in points.
        spots: what can be pointed at, in points from the top left corner.
    """

    drawing: Any
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart in pixels: rows of blue, green, red and a spare byte; ``stride`` bytes each."""

    width_px: int
    height_px: int
    stride: int
    pixels: bytes


def draw_chart(
    content: Content, width_pt: float, height_pt: float, look: Look, *, ground: str = ""
) -> Chart:
    """Draws a chart in its room.

    Args:
        ground: the colour behind it; empty leaves it open.
    """
    surface = Surface(width_pt, height_pt, look)
    if ground:
        surface.box(0, 0, width_pt, height_pt, ground)
    match content:
        case Headline():
            draw_headline(content, surface)
        case Timeline():
            draw_timeline(content, surface)
        case Bars():
            draw_bars(content, surface)
        case Table():
            draw_table(content, surface)
        case Figures():
            draw_figures(content, surface)
    return Chart(surface.drawing, tuple(surface.spots))


def pictures_of(
    drawings: Sequence[Any], typeface: Typeface, pixels_per_point: float
) -> Iterator[Picture]:
    """Each drawing as the picture that its PDF makes.

    All are pages of one PDF, so that the fonts are packed once. PDFium is free for others between
    two of them.
    """
    import pypdfium2

    with PDFIUM_LOCK:
        document = pypdfium2.PdfDocument(pdf_of(drawings, typeface))
    try:
        for number in range(len(drawings)):
            with PDFIUM_LOCK:
                bitmap = document[number].render(
                    scale=pixels_per_point, rev_byteorder=False, prefer_bgrx=True
                )
                picture = Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            yield picture
    finally:
        with PDFIUM_LOCK:
            document.close()


def pdf_of(drawings: Sequence[Any], typeface: Typeface) -> bytes:
    """A PDF with each drawing on a page of its own size.

    Args:
        typeface: with which they were drawn.
    """
    from reportlab.graphics import renderPDF
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pageCompression=0, initialFontName=typeface.name())
    for drawing in drawings:
        canvas.setPageSize((drawing.width, drawing.height))
        renderPDF.draw(drawing, canvas, 0, 0)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
