"""What every table model of the window needs to say where a cell is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
"""The parent of every row of a table."""
