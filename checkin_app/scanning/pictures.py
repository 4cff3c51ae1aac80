"""Reads the codes in picture files, PDFs and images: screenshots, mailed tickets, badge sheets.

zxing-cpp finds the codes, Pillow opens pictures, pypdfium2 draws the pages of a PDF. A PDF is
drawn page by page in grey straight into the buffer that zxing reads, so memory stays that of
one page however long the file is.

PDFium must not be used by two threads of a process at once, not even on different documents
(https://pypdfium2.readthedocs.io/en/stable/python_api.html#thread-safety). Everything here that
touches it holds ``PDFIUM_LOCK``; whoever else draws PDFs in the same process must hold it too.
"""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import zxingcpp

from checkin_app.errors import PictureError

if TYPE_CHECKING:
    import pypdfium2
    from PIL.Image import Image

PDFIUM_LOCK = threading.RLock()

TICKET_DPI = 200
"""Finds codes from 8 mm on in any PDF somebody may drop on the window."""

PROOF_DPI = 150
"""Over 2 pixels a module for a version 1 symbol of 8 mm, drawn as vectors: all of them are read.
At 100 dpi 12 mm are needed and it is hardly faster."""

MOST_PIXELS = 64_000_000
"""Of a picture; larger is a mistake or an attack. Telephones take 50 million."""

PICTURE_KINDS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")

MOST_PAGE_PIXELS = 40_000_000
MOST_PAGES = 500
MOST_FRAMES = 20
_MM_PER_INCH = 25.4
_POINTS_PER_INCH = 72

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


@dataclass(frozen=True, slots=True)
class _Search:
    """What to look for, and whether also rotated, inverted and blurred."""

    formats: str
    is_thorough: bool


_THOROUGH = _Search(
    "QRCode|MicroQRCode|RMQRCode|Aztec|DataMatrix|PDF417|Code128|Code39|EAN13|EAN8|ITF", True
)
"""What tickets carry; leaving out the rest is faster and misreads less."""

_PROOF = _Search("QRCode", False)


@dataclass(frozen=True, slots=True)
class PictureCode:
    """One code found.

    Attributes:
        text: what it says.
        format: its kind, for example "QRCode".
        page: page of a PDF, frame of a picture, from 1.
        x: centre, from the left: in millimetres on a PDF page, in pixels in a picture.
        y: centre, from the top, likewise.
    """

    text: str
    format: str
    page: int
    x: float
    y: float


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
    return _found(_on_white(image), _THOROUGH, page=1, unit=1)


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
    path: Path, dpi: int, search: _Search, most_pages: int | None = None
) -> Iterator[tuple[PictureCode, ...]]:
    with _opened_pdf(path) as document:
        with PDFIUM_LOCK:
            pages = len(document)
        if most_pages is not None and pages > most_pages:
            raise PictureError(f"{path.name} has {pages} pages: only {most_pages} are searched.")
        for index in range(pages):
            # A view does not keep its pixels alive: the bitmap must outlast the search.
            bitmap = _drawn_page(document, index, dpi, path)
            yield _found(_view(bitmap), search, index + 1, _MM_PER_INCH / dpi)


def _drawn_page(
    document: pypdfium2.PdfDocument, index: int, dpi: int, path: Path
) -> pypdfium2.PdfBitmap:
    """The page in grey; PDFium has let go of it, only the pixels are left."""
    import pypdfium2

    scale = dpi / _POINTS_PER_INCH
    with PDFIUM_LOCK:
        try:
            page = document[index]
            if page.get_width() * page.get_height() * scale**2 > MOST_PAGE_PIXELS:
                raise PictureError(f"Page {index + 1} of {path.name} is too large to search.")
            bitmap = page.render(scale=scale, grayscale=True, no_smoothtext=True)
        except pypdfium2.PdfiumError as error:
            raise PictureError(
                f"Page {index + 1} of {path.name} is damaged. Ask for the file again."
            ) from error
        bitmap.close()
        page.close()
    return bitmap


def _view(bitmap: pypdfium2.PdfBitmap) -> zxingcpp.ImageView:
    return zxingcpp.ImageView(
        memoryview(bitmap.buffer).cast("B"),
        bitmap.width,
        bitmap.height,
        zxingcpp.ImageFormat.Lum,
        bitmap.stride,
    )


def _codes_in_picture(path: Path) -> tuple[PictureCode, ...]:
    from PIL import Image

    codes: list[PictureCode] = []
    try:
        with Image.open(path, formats=PICTURE_KINDS) as picture:
            for frame in range(min(getattr(picture, "n_frames", 1), MOST_FRAMES)):
                picture.seek(frame)
                if picture.width * picture.height > MOST_PIXELS:
                    raise PictureError(f"{path.name} is too large to search for codes.")
                codes += _found(_on_white(picture), _THOROUGH, frame + 1, unit=1)
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


def _found(image: Any, search: _Search, page: int, unit: float) -> tuple[PictureCode, ...]:
    barcodes = zxingcpp.read_barcodes(
        image,
        formats=zxingcpp.barcode_formats_from_str(search.formats),
        try_rotate=search.is_thorough,
        try_invert=search.is_thorough,
        try_downscale=search.is_thorough,
    )
    return tuple(
        PictureCode(barcode.text, barcode.format.name, page, *_centre(barcode.position, unit))
        for barcode in _in_reading_order(barcodes)
    )


def _in_reading_order(barcodes: list[zxingcpp.Barcode]) -> list[zxingcpp.Barcode]:
    """Row by row from the left; what begins within half a symbol's height is one row."""
    row_top, half_height = float("-inf"), 0.0
    rows: list[list[zxingcpp.Barcode]] = []
    for barcode in sorted(barcodes, key=lambda barcode: _centre(barcode.position)[1]):
        y = _centre(barcode.position)[1]
        if y - row_top > half_height:
            row_top, half_height = y, abs(barcode.position.bottom_right.y - y)
            rows.append([])
        rows[-1].append(barcode)
    return [b for row in rows for b in sorted(row, key=lambda b: _centre(b.position)[0])]


def _centre(position: zxingcpp.Position, unit: float = 1) -> tuple[float, float]:
    corner, opposite = position.top_left, position.bottom_right
    return (corner.x + opposite.x) / 2 * unit, (corner.y + opposite.y) / 2 * unit


@contextmanager
def _opened_pdf(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    import pypdfium2

    with PDFIUM_LOCK:
        try:
            document = pypdfium2.PdfDocument(path)
        except FileNotFoundError as error:
            raise PictureError(f"{path.name} is not there. Choose the PDF again.") from error
        except (OSError, pypdfium2.PdfiumError) as error:
            raise PictureError(
                f"{path.name} is damaged or locked with a password. Ask for the file again."
            ) from error
    try:
        yield document
    finally:
        with PDFIUM_LOCK:
            document.close()


def _is_pdf(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return b"%PDF-" in file.read(1024)
    except FileNotFoundError as error:
        raise PictureError(f"{path.name} is not there. Choose the file again.") from error
    except OSError as error:
        raise PictureError(f"{path.name} cannot be read. Choose the file again.") from error
