"""Reads the pictures that driverless printers are sent, as paper: PWG raster and Apple's URF."""

from __future__ import annotations

import struct
from typing import NamedTuple

from paper import MM_PER_INCH, Received
from PIL import Image

_PWG, _URF = b"RaS2", b"UNIRAST\0"
_PWG_HEADER_BYTES, _URF_HEADER_BYTES = 1796, 32
_URF_FILE_HEADER_BYTES = len(_URF) + 4


class _Page(NamedTuple):
    width_px: int
    height_px: int
    dpi: int
    bits_a_pixel: int
    bytes_a_line: int


def pages_of_raster(content: bytes) -> list[Received]:
    """The pages of a raster, in black, grey or colour."""
    if content.startswith(_PWG):
        at, header_bytes, read_header = len(_PWG), _PWG_HEADER_BYTES, _pwg_header
    else:
        assert content.startswith(_URF), content[:16]
        at, header_bytes, read_header = _URF_FILE_HEADER_BYTES, _URF_HEADER_BYTES, _urf_header
    pages = []
    while at < len(content):
        page = read_header(content, at)
        pixels, at = _unpacked(content, at + header_bytes, page)
        pages.append(_received(page, pixels))
    return pages


def _pwg_header(content: bytes, at: int) -> _Page:
    """PWG 5102.4, 4.3: a header of fixed offsets in network order."""
    dpi = struct.unpack_from(">I", content, at + 276)[0]
    width_px, height_px = struct.unpack_from(">II", content, at + 372)
    _, bits_a_pixel, bytes_a_line = struct.unpack_from(">III", content, at + 384)
    return _Page(width_px, height_px, dpi, bits_a_pixel, bytes_a_line)


def _urf_header(content: bytes, at: int) -> _Page:
    """As cups-filters writes it."""
    bits_a_pixel = content[at]
    width_px, height_px, dpi = struct.unpack_from(">III", content, at + 12)
    return _Page(width_px, height_px, dpi, bits_a_pixel, (width_px * bits_a_pixel + 7) // 8)


def _unpacked(content: bytes, at: int, page: _Page) -> tuple[bytes, int]:
    """The pixels, and where the page ends (PWG 5102.4, 4.4: repeated lines of repeated pixels)."""
    unit = max(1, page.bits_a_pixel // 8)
    lines: list[bytes] = []
    while len(lines) < page.height_px:
        repeats = content[at] + 1
        at += 1
        line = bytearray()
        while len(line) < page.bytes_a_line:
            count = content[at]
            at += 1
            if count < 128:
                line += content[at : at + unit] * (count + 1)
                at += unit
            elif count == 128:  # URF only: white to the end
                line += b"\xff" * (page.bytes_a_line - len(line))
            else:
                length = (257 - count) * unit
                line += content[at : at + length]
                at += length
        lines.extend([bytes(line)] * repeats)
    return b"".join(lines), at


def _received(page: _Page, pixels: bytes) -> Received:
    size = (page.width_px, page.height_px)
    if page.bits_a_pixel == 1:
        set_is_white = Image.frombytes("1", size, pixels).convert("L")
        picture = Image.eval(set_is_white, lambda level: 255 - level)  # but a set bit is black
    else:
        mode = "L" if page.bits_a_pixel == 8 else "RGB"
        picture = Image.frombytes(mode, size, pixels).convert("L")
    width_mm, height_mm = (pixels / page.dpi * MM_PER_INCH for pixels in size)
    return Received(width_mm, height_mm, picture, page.dpi)
