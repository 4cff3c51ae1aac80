"""Bundled SVG icons that take the colour of the text around them.

The files in ``resources/icons`` draw with ``currentColor``; each icon is drawn afresh for the
palette it is shown in, so a change of theme needs nothing from the widgets.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from checkin_app.gui.appearance.theme import colours_of
from checkin_app.resource_files import resource_path


def icon(name: str) -> QIcon:
    """The icon of ``resources/icons/<name>.svg``.

    Raises:
        ResourceMissing: there is no such file.
    """
    return QIcon(_PaletteIcon(name))


def paint_icon(painter: QPainter, name: str, area: QRect | QRectF, colour: QColor) -> None:
    """Draw an icon in one colour."""
    _renderer(name, colour.name()).render(painter, QRectF(area))


class _PaletteIcon(QIconEngine):
    """Draws an SVG in the colour that its state calls for."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        _source(name)

    def clone(self) -> QIconEngine:
        return _PaletteIcon(self._name)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint_icon(painter, self._name, rect, _colour(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap


def _colour(mode: QIcon.Mode, state: QIcon.State) -> QColor:
    palette = QApplication.palette()
    colours = colours_of(palette)
    if mode is QIcon.Mode.Disabled:
        return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
    return colours.accent if state is QIcon.State.On else colours.text


@lru_cache(maxsize=256)
def _renderer(name: str, colour_name: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", colour_name.encode())))


@lru_cache(maxsize=128)
def _source(name: str) -> bytes:
    return resource_path("icons", f"{name}.svg").read_bytes()
