"""The dots of a badge → a label in ZPL II, the language of Zebra printers.

The whole label is one picture: names need fonts and alphabets that printers do not have. The
library ``zebrafy`` packs the picture into a ``^GF`` field; commands around it are those of Zebra's
ZPL II Programming Guide.
"""

from __future__ import annotations

from checkin_app.printing.label_raster import LabelRaster

END = b"^XZ"
"""Ends a label. Nothing is printed before the printer has read it."""

LEAST_DENSITY, GREATEST_DENSITY = 0, 30


def darkness(density: int) -> bytes:
    """How dark the head burns from now on; the printer keeps it."""
    return b"~SD%02d" % min(max(density, LEAST_DENSITY), GREATEST_DENSITY)


def label_without_end(raster: LabelRaster) -> bytes:
    """A label up to, but without, its ``END``.

    Width and length of the label are the picture's (``^PW``, ``^LL``), so neither a gap that was
    not found nor the label before shifts or cuts it. What earlier labels may have left in the
    printer is set back: home, orientation, mirroring, white on black.
    """
    return (
        b"^XA^PON^PMN^LRN^LH0,0"
        + b"^PW%d^LL%d" % (raster.width_dots, raster.height_dots)
        + b"^FO0,0"
        + _picture(raster)
        + b"^PQ1"
    )


def _picture(raster: LabelRaster) -> bytes:
    from PIL import Image
    from zebrafy.graphic_field import GraphicField

    size = (raster.width_dots, raster.height_dots)
    picture = Image.frombytes("1", size, raster.rows, "raw", "1;I")
    # Hexadecimal with repeat counts: every ZPL printer since the nineties reads it, and a ^ or ~
    # in the middle of a picture that broke off is understood as the next command.
    field = GraphicField(picture, format="ASCII_COMPRESSED").get_graphic_field()
    return field.encode("ascii")
