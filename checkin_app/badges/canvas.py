"""The canvas that badges and tickets are drawn on."""

from __future__ import annotations

from pathlib import Path

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from checkin_app.badges.fonts import typeface
from checkin_app.domain.badge_elements import Weight
from checkin_app.domain.lengths import points

# ReportLab's documented switch: without it all streams grow by a quarter, for mail systems of
# the nineties that could not carry binary files.
rl_config.useA85 = 0


def new_canvas(file: Path, width_mm: float, height_mm: float, title: str) -> Canvas:
    """A canvas of one paper size. The same operators give the same bytes, whenever it is made."""
    canvas = Canvas(
        str(file),
        pagesize=(points(width_mm), points(height_mm)),
        pageCompression=1,
        invariant=1,
        # Otherwise every page refers to Helvetica, which is then in the file but not embedded.
        initialFontName=typeface(Weight.REGULAR).font.fontName,
    )
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("checkin-app")
    return canvas
