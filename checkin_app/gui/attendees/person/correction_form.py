"""The fields of one attendee, to be corrected at the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from checkin_app.domain.attendee import TEXT_FIELDS, Attendee, AttendeeStatus
from checkin_app.gui.appearance.theme import TOUCH_PX
from checkin_app.gui.attendees.field_names import field_name
from checkin_app.gui.attendees.table.columns import status_word
from checkin_app.gui.form.calm_combo_box import CalmComboBox

_LONGEST_TEXT = 1000


class CorrectionForm(QWidget):
    """Shows an attendee's fields and knows which of them were changed.

    Signals:
        edited: the person typed or chose something; ``changes()`` may be empty again.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: dict[str, str] = {}
        self.category = CalmComboBox(editable=True)
        self.category.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.status = CalmComboBox()
        for box in (self.category, self.status):
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for status in AttendeeStatus:
            self.status.addItem(status_word(status), status)
        self.fields = {name: QLineEdit() for name in TEXT_FIELDS if name != "category"}
        self._lay_out()
        for field in self.fields.values():
            field.setMaxLength(_LONGEST_TEXT)
            field.textEdited.connect(self.edited)
        self.category.editTextChanged.connect(self.edited)
        self.status.currentIndexChanged.connect(self.edited)

    def show_attendee(self, attendee: Attendee) -> None:
        """Show this attendee's fields, whatever was typed before."""
        self.blockSignals(True)
        self._shown = {name: getattr(attendee, name) for name in (*TEXT_FIELDS, "status")}
        for name, value in self._shown.items():
            self._write(name, value)
        self.blockSignals(False)
        self.edited.emit()

    def settle(self, attendee: Attendee, stored: Mapping[str, str]) -> None:
        """Show what was stored; what was typed meanwhile stays typed."""
        newer = {name: value for name, value in self.changes().items() if stored.get(name) != value}
        self.show_attendee(attendee)
        for name, value in newer.items():
            self._write(name, value)
        self.edited.emit()

    def changes(self) -> dict[str, str]:
        """The new values of the fields that were changed, by field name."""
        values = {name: field.text() for name, field in self.fields.items()}
        values["category"] = self.category.currentText()
        values["status"] = str(self.status.currentData())
        return {name: value for name, value in values.items() if value != self._shown.get(name)}

    def _write(self, name: str, value: str) -> None:
        match name:
            case "category":
                self._write_category(value)
            case "status":
                self.status.setCurrentIndex(self.status.findData(AttendeeStatus(value)))
            case _:
                self.fields[name].setText(value)
                self.fields[name].setCursorPosition(0)

    def offer_categories(self, categories: Sequence[str]) -> None:
        """The categories to choose from; any other can be typed."""
        typed = self.category.currentText()
        self.category.blockSignals(True)
        self.category.clear()
        self.category.addItems([category for category in categories if category])
        self._write_category(typed)
        self.category.blockSignals(False)

    def _write_category(self, category: str) -> None:
        self.category.setEditText(category)
        line = self.category.lineEdit()
        assert line is not None
        line.setCursorPosition(0)

    def _lay_out(self) -> None:
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(6)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        editors: dict[str, QWidget] = {
            name: self.fields.get(name, self.category) for name in TEXT_FIELDS
        }
        editors["status"] = self.status
        for name, editor in editors.items():
            label = QLabel(field_name(name))
            label.setBuddy(editor)
            label.setMinimumHeight(TOUCH_PX)
            editor.setAccessibleName(field_name(name))
            layout.addRow(label, editor)
