"""A ticket's PDF → its picture. No Qt."""

from __future__ import annotations

from checkin_app.gui.badges.sheets.page_picture import Picture

_HEIGHT_PX = 1600


def picture_of_ticket(content: bytes) -> Picture:
    """The only page, as large as any screen of this program shows it."""
    import pypdfium2

    from checkin_app.pdfium_lock import PDFIUM_LOCK

    with PDFIUM_LOCK:
        document = pypdfium2.PdfDocument(content)
        try:
            _width_pt, height_pt = document[0].get_size()
            scale = _HEIGHT_PX / height_pt
            bitmap = document[0].render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
            pixels = bytes(bitmap.buffer)
        finally:
            document.close()
    return Picture(bitmap.width, bitmap.height, bitmap.stride, pixels)
