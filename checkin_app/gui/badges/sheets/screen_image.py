"""A picture drawn in a lane → an image for the screen. On the main thread."""

from __future__ import annotations

from PySide6.QtGui import QImage

from checkin_app.gui.badges.sheets.page_picture import Picture


def image_of(picture: Picture) -> QImage:
    """The image, with its pixels for its own."""
    return QImage(
        picture.pixels,
        picture.width_px,
        picture.height_px,
        picture.stride,
        QImage.Format.Format_RGB32,
    ).copy()
