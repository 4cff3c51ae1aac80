"""Reads the pages of a PDF as a person would."""

from __future__ import annotations

from pathlib import Path

import pypdfium2


def pages_of(path: Path) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(path)
    try:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    # PDFium gives a hyphen at the end of a line as a sign of its own.
    return [text.replace("\x02", "-") for text in texts]
