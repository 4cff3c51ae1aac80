"""Keys that act only where they mean something."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
"""Of the letters and of the number pad."""


def add_key(
    keys: QKeySequence | QKeySequence.StandardKey | str, place: QWidget, act: Callable[[], object]
) -> None:
    """Let a key act while the focus is in a widget or in one of its children."""
    shortcut = QShortcut(QKeySequence(keys), place)
    # Not in the call above: PySide6 forgets a context that comes with a function.
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(act)
