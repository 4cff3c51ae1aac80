"""A font file → the HarfBuzz face and the bytes that a PDF can hold.

A variable font holds all weights between two extremes, and a PDF would show its outermost one,
often the thinnest: the weight wanted is cut out of it first.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import uharfbuzz

from checkin_app.badges.text.font_files import WEIGHT_AXIS, FontFile


@dataclass(frozen=True, slots=True)
class FontSource:
    """What a font is parsed from.

    Attributes:
        face: HarfBuzz's.
        file: for ReportLab: a path, or the bytes of what was cut out of it.
        index: of the font within the file.
    """

    face: Any
    file: Path | BytesIO
    index: int


def font_source(file: FontFile) -> FontSource:
    """The font of a file, at its weight if that can be chosen."""
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file.path)), file.index)
    if not file.is_variable:
        return FontSource(face, file.path, file.index)
    wanted = uharfbuzz.SubsetInput()
    wanted.keep_everything()
    wanted.pin_all_axes_to_default(face)
    wanted.pin_axis_location(face, WEIGHT_AXIS, float(file.weight))
    instance = uharfbuzz.subset(face, wanted)
    return FontSource(instance, BytesIO(bytes(instance.blob.data)), 0)
