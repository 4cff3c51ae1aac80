"""Rows of a form: the name at the left, what is asked at the right, all high enough to touch."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QLabel, QSizePolicy, QWidget

from checkin_app.gui.attendees.presence_card import plain_label
from checkin_app.gui.theme import TOUCH_PX, size_px

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
