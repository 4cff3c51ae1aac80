"""Reads the codes in picture files, PDFs and images: screenshots, mailed tickets, badge sheets.

Pillow opens pictures, ``pdf_pages`` draws the pages of a PDF, ``code_search`` finds the codes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from checkin_app.errors import PictureError
from checkin_app.scanning.code_search import CodeSearch, PictureCode, find_codes
from checkin_app.scanning.pdf_pages import PdfPages

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ("PictureCode", "codes_in_file", "codes_in_image", "iter_pdf_codes")

TICKET_DPI = 200
"""Finds codes from 8 mm on in any PDF somebody may drop on the window."""

PROOF_DPI = 150
"""Over 2 pixels a module for a version 1 symbol of 8 mm, drawn as vectors: all of them are read.
At 100 dpi 12 mm are needed and it is hardly faster."""

MOST_PIXELS = 64_000_000
"""Of a picture; larger is a mistake or an attack. Telephones take 50 million."""

PICTURE_KINDS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")

_SUFFIXES = frozenset(
    f".{kind}"
    for kind in (
        *("pdf", "png", "jpg", "jpeg", "jfif", "webp", "gif", "bmp"),
        *("heic", "heif", "avif", "tif", "tiff"),
    )
)
_BEGINNINGS = (b"%PDF-", b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")

MOST_PAGES = 500
MOST_FRAMES = 20

# What Pillow's readers let through on damaged files.
_DAMAGED = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    IndexError,
    TypeError,
    OverflowError,
    MemoryError,
    struct.error,
    zlib.error,
)


_THOROUGH = CodeSearch.thorough(
    "QRCode|MicroQRCode|RMQRCode|Aztec|DataMatrix|PDF417|Code128|Code39|EAN13|EAN8|ITF"
)
"""What tickets carry; leaving out the rest is faster and misreads less."""

_PROOF = CodeSearch("QRCode")


def is_picture_file(path: Path) -> bool:
    """Whether a file is a picture or PDF, by its name or by how it begins.

    Also true for kinds that cannot be opened: saying so is better than taking them for a list.
    """
    if path.suffix.lower() in _SUFFIXES:
        return True
    try:
        with path.open("rb") as file:
            begin = file.read(16)
    except OSError:
        return False
    return begin.startswith(_BEGINNINGS) or (begin[:4] == b"RIFF" and begin[8:12] == b"WEBP")


def codes_in_file(path: Path) -> tuple[PictureCode, ...]:
    """All codes in a picture or PDF, page by page, in reading order.

    Raises:
        PictureError: the file is missing, damaged, of an unknown kind, or far too large.
    """
    if _is_pdf(path):
        pages = _iter_pages(path, TICKET_DPI, _THOROUGH, MOST_PAGES)
        return tuple(code for page in pages for code in page)
    return _codes_in_picture(path)


def codes_in_image(image: Image) -> tuple[PictureCode, ...]:
    """All codes in an image, in reading order; positions in pixels."""
    return find_codes(_on_white(image), _THOROUGH, page=1)


def iter_pdf_codes(path: Path, dpi: int = PROOF_DPI) -> Iterator[tuple[PictureCode, ...]]:
    """The QR codes of each page of a PDF, in reading order, with positions in millimetres.

    Made for proof-reading badge sheets: fast on dark symbols drawn as vectors. Pages come one
    at a time; PDFium is free for others between them.

    Raises:
        PictureError: the file is missing, damaged or locked with a password, or a page is
            larger than any paper.
    """
    return _iter_pages(path, dpi, _PROOF)


def _iter_pages(
    path: Path, dpi: int, search: CodeSearch, most_pages: int | None = None
) -> Iterator[tuple[PictureCode, ...]]:
    with PdfPages(path) as pages:
        count = len(pages)
        if most_pages is not None and count > most_pages:
            raise PictureError(f"{path.name} has {count} pages: only {most_pages} are searched.")
        for index in range(count):
            yield pages.codes(index, search, dpi)


def _codes_in_picture(path: Path) -> tuple[PictureCode, ...]:
    from PIL import Image

    codes: list[PictureCode] = []
    try:
        with Image.open(path, formats=PICTURE_KINDS) as picture:
            for frame in range(min(getattr(picture, "n_frames", 1), MOST_FRAMES)):
                picture.seek(frame)
                if picture.width * picture.height > MOST_PIXELS:
                    raise PictureError(
                        f"{path.name} is too large to search for codes. Make it smaller, or hold"
                        " the ticket into the camera's picture."
                    )
                codes += find_codes(_on_white(picture), _THOROUGH, frame + 1)
    except FileNotFoundError as error:
        raise PictureError(f"{path.name} is not there. Choose the picture again.") from error
    except (*_DAMAGED, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(
            f"{path.name} is not a picture that can be opened. Try a PNG, JPEG or PDF."
        ) from error
    return tuple(codes)


def _on_white(picture: Image) -> Image:
    """The picture in grey; what is transparent counts as paper."""
    from PIL import Image

    if not picture.has_transparency_data:
        return picture.convert("L")
    layers = picture.convert("RGBA")
    paper = Image.new("L", picture.size, 255)
    paper.paste(layers.convert("L"), mask=layers.getchannel("A"))
    return paper


def _is_pdf(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return b"%PDF-" in file.read(1024)
    except FileNotFoundError as error:
        raise PictureError(f"{path.name} is not there. Choose the file again.") from error
    except OSError as error:
        raise PictureError(f"{path.name} cannot be read. Choose the file again.") from error
