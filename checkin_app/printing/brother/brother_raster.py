"""The dots of a badge → the raster language of Brother QL printers.

By Brother's "Raster Command Reference" of the QL-800 and QL-1100 series, sections 2.1 (order of the
commands) and 4 (each of them); older models know a part of them. Lines are sent as they are: not
every model can unpack, and a label has some 100 KB.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

from checkin_app.domain.printers import BadgeSheet
from checkin_app.printing.brother.brother_media import (
    DPI,
    TAPE_END_DOTS,
    BrotherLabel,
    BrotherModel,
    LabelChoice,
    tape_dots,
)
from checkin_app.printing.label_raster import LabelRaster, rasters_of

if TYPE_CHECKING:
    from PIL.Image import Image

END = b"\x1a"
"""Prints the last page, and cuts. Nothing of it is printed before."""
_NEXT_PAGE = b"\x0c"

_ESC = b"\x1b"
_INVALIDATE = bytes(400)
"""Ends whatever a connection that broke has left; newer models want 400, to others it is no more
than their 200."""
RESET = _INVALIDATE + _ESC + b"@"
ASK_STATUS = _ESC + b"iS"

_MEDIA_IS_TOLD = 0x02 | 0x04
_LENGTH_IS_TOLD = 0x08
_QUALITY_FIRST = 0x40
_RECOVERS = 0x80
"""A label that met an open cover or an empty roll is printed once that is seen to."""
_CONTINUOUS_TAPE, _DIE_CUT = 0x0A, 0x0B
_AUTO_CUT = 0x40
_CUT_AT_END, _TWO_COLOURS = 0x08, 0x01


def job_without_end(sheet: BadgeSheet, choice: LabelChoice, model: BrotherModel) -> bytes:
    """A badge up to, but without, its ``END``; front and back are two labels.

    Raises:
        PrinterError: the PDF cannot be read.
    """
    rasters = rasters_of(sheet, DPI, choice.is_turned)
    pages = (
        page_without_end(raster, sheet, choice, model, number)
        for number, raster in enumerate(rasters)
    )
    return RESET + _NEXT_PAGE.join(pages)


def page_without_end(
    raster: LabelRaster, sheet: BadgeSheet, choice: LabelChoice, model: BrotherModel, number: int
) -> bytes:
    """One side of a badge: what is printed on, then all lines of dots.

    Args:
        raster: the side as ``choice`` turns it.
        number: from 0.
    """
    label = choice.label
    length = label.length_dots or tape_dots(sheet, choice)
    return _controls(label, model, length, number) + b"".join(
        _lines(_under_head(raster, label, model, length), label.has_red)
    )


def _controls(label: BrotherLabel, model: BrotherModel, length: int, number: int) -> bytes:
    told = _RECOVERS | _QUALITY_FIRST | _MEDIA_IS_TOLD | (_LENGTH_IS_TOLD if label.length_mm else 0)
    kind = _DIE_CUT if label.length_mm else _CONTINUOUS_TAPE
    media = struct.pack(
        "<BBBBIBB", told, kind, label.width_mm, label.length_mm, length, min(number, 1), 0
    )
    commands = [_ESC + b"ia\x01"] if model.knows_modes else []
    commands.append(_ESC + b"iz" + media)
    if model.cuts:
        flags = _CUT_AT_END | (_TWO_COLOURS if label.has_red else 0)
        commands += [_ESC + b"iM" + bytes([_AUTO_CUT]), _ESC + b"iA\x01"]
        commands.append(_ESC + b"iK" + bytes([flags]))
    margin = 0 if label.length_mm else TAPE_END_DOTS
    commands.append(_ESC + b"id" + struct.pack("<H", margin))
    return b"".join(commands)


def _under_head(
    raster: LabelRaster, label: BrotherLabel, model: BrotherModel, length: int
) -> Image:
    """The dots of all lines as the head has them: mirrored, the badge in the middle of the label.

    What would lie beyond the printable part of the label is left out.
    """
    from PIL import Image

    badge = Image.frombytes("1", (raster.width_dots, raster.height_dots), raster.rows)
    printable = Image.new("1", (label.width_dots, length))
    printable.paste(badge, ((label.width_dots - badge.width) // 2, (length - badge.height) // 2))
    head = Image.new("1", (model.row_bytes * 8, length))
    head.paste(
        printable.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        (model.first_dot + label.offset_dots, 0),
    )
    return head


def _lines(head: Image, has_red: bool) -> Iterator[bytes]:
    row_bytes = head.width // 8
    rows = head.tobytes()
    no_red = b"w\x02" + bytes([row_bytes]) + bytes(row_bytes) if has_red else b""
    start = (b"w\x01" if has_red else b"g\x00") + bytes([row_bytes])
    for first in range(0, len(rows), row_bytes):
        yield start + rows[first : first + row_bytes] + no_red
