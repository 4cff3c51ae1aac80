"""The pages of a PDF → the codes on them, page by page. pypdfium2 draws the pages.

A page is drawn in grey straight into the buffer that zxing reads, so memory stays that of one
page however long the file is.

Everything here that touches PDFium holds ``PDFIUM_LOCK``.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import zxingcpp

from checkin_app.errors import PictureError
from checkin_app.pdfium_lock import PDFIUM_LOCK
from checkin_app.scanning.code_search import CodeSearch, PictureCode, find_codes

if TYPE_CHECKING:
    import pypdfium2

MOST_PAGE_PIXELS = 40_000_000
_PAGES_PER_OPENING = 250
_FEWEST_PIXELS = 4
"""Each margin is rounded to a whole pixel, and something must be left."""

_MM_PER_INCH = 25.4
_POINTS_PER_INCH = 72
_POINTS_PER_MM = _POINTS_PER_INCH / _MM_PER_INCH

Area = tuple[float, float, float, float]
"""Left, top, right and bottom in millimetres from the top left corner of a page."""


class PdfPages:
    """An open PDF. Use it in a ``with`` block; PDFium is free for others between two pages.

    Raises:
        PictureError: the file is missing, damaged or locked with a password.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._drawn_pages = 0
        self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with PDFIUM_LOCK:
            self._document.close()

    def __len__(self) -> int:
        with PDFIUM_LOCK:
            return len(self._document)

    def codes(
        self, index: int, search: CodeSearch, dpi: float, area: Area | None = None
    ) -> tuple[PictureCode, ...]:
        """The codes of a page (from 0), in reading order, with positions in millimetres.

        Args:
            dpi: how finely the page is drawn.
            area: only this part of the page.

        Raises:
            PictureError: the page is damaged, or larger than any paper.
        """
        bitmap = self._drawn(index, dpi, area)
        if bitmap is None:
            return ()
        left, top = (area[0], area[1]) if area else (0.0, 0.0)
        # A view does not keep its pixels alive: the bitmap must outlast the search.
        view = zxingcpp.ImageView(
            memoryview(bitmap.buffer).cast("B"),
            bitmap.width,
            bitmap.height,
            zxingcpp.ImageFormat.Lum,
            bitmap.stride,
        )
        return find_codes(view, search, index + 1, _MM_PER_INCH / dpi, left, top)

    def _open(self) -> None:
        import pypdfium2

        name = self._path.name
        with PDFIUM_LOCK:
            try:
                self._document = pypdfium2.PdfDocument(self._path)
            except FileNotFoundError as error:
                raise PictureError(f"{name} is not there. Choose the PDF again.") from error
            except (OSError, pypdfium2.PdfiumError) as error:
                raise PictureError(
                    f"{name} is damaged or locked with a password. Ask for the file again."
                ) from error

    def _begin_page(self) -> None:
        """Opens the file anew now and then: PDFium keeps what it has parsed of every page."""
        if self._drawn_pages == _PAGES_PER_OPENING:
            self._document.close()
            self._open()
            self._drawn_pages = 0
        self._drawn_pages += 1

    def _drawn(self, index: int, dpi: float, area: Area | None) -> pypdfium2.PdfBitmap | None:
        """The page in grey; PDFium has let go of it, only the pixels are left.

        None for an area of which no pixel is on the page.
        """
        import pypdfium2

        scale = dpi / _POINTS_PER_INCH
        with PDFIUM_LOCK:
            self._begin_page()
            try:
                page = self._document[index]
                crop = _margins_pt(area, page.get_width(), page.get_height())
                width_pt = page.get_width() - crop[0] - crop[2]
                height_pt = page.get_height() - crop[1] - crop[3]
                if min(width_pt, height_pt) * scale < _FEWEST_PIXELS:
                    return None
                if width_pt * height_pt * scale**2 > MOST_PAGE_PIXELS:
                    raise PictureError(
                        f"Page {index + 1} of {self._path.name} is too large to search. Print it to"
                        " a PDF of A4 pages, and take that."
                    )
                bitmap = page.render(scale=scale, grayscale=True, no_smoothtext=True, crop=crop)
            except pypdfium2.PdfiumError as error:
                raise PictureError(
                    f"Page {index + 1} of {self._path.name} is damaged. Ask for the file again."
                ) from error
            bitmap.close()
            page.close()
        return bitmap


def _margins_pt(
    area: Area | None, width_pt: float, height_pt: float
) -> tuple[float, float, float, float]:
    """What lies outside an area of a page, in points: left, bottom, right, top."""
    if area is None:
        return 0, 0, 0, 0
    left, top, right, bottom = (edge * _POINTS_PER_MM for edge in area)
    return max(0, left), max(0, height_pt - bottom), max(0, width_pt - right), max(0, top)
