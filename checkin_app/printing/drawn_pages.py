"""The pages of a badge, drawn with the dots of a printer: PDF → pixels, nothing smoothed.

What is black or white in the badge is black or white in the picture, so codes stay crisp.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checkin_app.errors import PrinterError
from checkin_app.pdfium_lock import PDFIUM_LOCK

if TYPE_CHECKING:
    import pypdfium2


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """One page.

    Attributes:
        pixels: from the top left; one byte of grey each, or four of blue, green, red and nothing.
        stride: bytes from one row to the next.
    """

    width: int
    height: int
    stride: int
    pixels: bytes


def drawn_pages(
    pdf: bytes, size: tuple[int, int], *, in_grey: bool, is_turned: bool = False
) -> tuple[DrawnPage, ...]:
    """All pages, each filling exactly so many pixels.

    Args:
        size: width and height of the picture, after turning.
        is_turned: by a quarter clockwise.

    Raises:
        PrinterError: the PDF cannot be read.
    """
    import pypdfium2

    with PDFIUM_LOCK:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise PrinterError(
                "The badge could not be drawn for the printer. Print it again."
            ) from error
        try:
            return tuple(_drawn(page, size, in_grey, is_turned) for page in document)
        finally:
            document.close()


def _drawn(
    page: pypdfium2.PdfPage, size: tuple[int, int], in_grey: bool, is_turned: bool
) -> DrawnPage:
    import pypdfium2
    import pypdfium2.raw as pdfium

    kind = pdfium.FPDFBitmap_Gray if in_grey else pdfium.FPDFBitmap_BGRx
    bitmap = pypdfium2.PdfBitmap.new_native(*size, kind)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, *size)
    flags = (
        pdfium.FPDF_RENDER_NO_SMOOTHTEXT
        | pdfium.FPDF_RENDER_NO_SMOOTHPATH
        | pdfium.FPDF_RENDER_NO_SMOOTHIMAGE
        | (pdfium.FPDF_GRAYSCALE if in_grey else 0)
    )
    # Not PdfPage.render: it rounds the size up, and the page must fill the paper exactly.
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, *size, int(is_turned), flags)
    return DrawnPage(*size, bitmap.stride, bytes(bitmap.buffer))
