"""How large the window is at first, and how small it may become."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMainWindow

from checkin_app.gui.appearance.theme import size_px

_LEAST = QSize(1024, 680)
_FIRST = QSize(1280, 800)
_AT_SIZE_PX = 15
"""The size of ordinary text that these are meant for; with larger text they grow."""


def set_first_size(window: QMainWindow) -> None:
    """Give a window room for its text, but never more than the screen has."""
    growth = max(1.0, size_px(window.font()) / _AT_SIZE_PX)
    available = window.screen().availableGeometry().size()
    window.setMinimumSize((_LEAST * growth).boundedTo(available).expandedTo(_LEAST))
    window.resize((_FIRST * growth).boundedTo(available).expandedTo(_LEAST))
