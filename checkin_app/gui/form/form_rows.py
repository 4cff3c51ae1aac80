"""Rows of a form: the name at the left, what is asked at the right, all high enough to touch."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from checkin_app.gui.appearance.theme import TOUCH_PX, size_px
from checkin_app.gui.form.plain_label import plain_label

_NAMES_EM = 6.4


def add_row(rows: QFormLayout, name: str, editor: QWidget) -> QLabel:
    """Add one question; names are equally wide in all forms that stand one below the other."""
    if not rows.rowCount():
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setVerticalSpacing(6)
        rows.setHorizontalSpacing(12)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    label = plain_label(name)
    label.setBuddy(editor)
    label.setMinimumHeight(TOUCH_PX)
    label.setMinimumWidth(round(_NAMES_EM * size_px(label.font())))
    editor.setAccessibleName(name)
    editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    rows.addRow(label, editor)
    return label


def beside(*widgets: QWidget) -> QWidget:
    """Widgets in one row; all but labels share its width."""
    together = QWidget()
    row = QHBoxLayout(together)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 0 if isinstance(widget, QLabel) else 1)
    return together


def quiet_label(text: str = "") -> QLabel:
    """A line that explains and is not the point."""
    quiet = plain_label(text)
    quiet.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    quiet.setWordWrap(True)
    quiet.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return quiet
