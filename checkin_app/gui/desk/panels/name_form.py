"""The fields of a name, shared by walk-in and correction."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from checkin_app.domain.attendee import Attendee
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import shown

_LONGEST_FIELD = 300


class NameForm(QWidget):
    """First name, last name, organisation, category; Enter in any of them means done.

    Signals:
        changed: something was typed.
        entered: Enter was pressed.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first_name = self._line(self.tr("First name"))
        self.last_name = self._line(self.tr("Last name"))
        self.organisation = self._line(self.tr("Organisation"))
        self.category = QComboBox(self)
        self.category.setEditable(True)
        self.category.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.category.setAccessibleName(self.tr("Category"))
        line = self.category.lineEdit()
        assert line is not None
        line.setMaxLength(_LONGEST_FIELD)
        line.returnPressed.connect(self.entered)
        self.category.editTextChanged.connect(self.changed)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for i, widget in enumerate(
            (self.first_name, self.last_name, self.organisation, self.category)
        ):
            name = plain_label(widget.accessibleName(), self)
            name.setBuddy(widget)
            row, column = divmod(i, 2)
            grid.addWidget(name, row * 2, column)
            grid.addWidget(widget, row * 2 + 1, column)

    def offer_categories(self, categories: Iterable[str]) -> None:
        """Fill the list of the category field, keeping what was typed."""
        typed = self.category.currentText()
        self.category.blockSignals(True)
        self.category.clear()
        self.category.addItems([shown(category) for category in categories])
        self._write_category(typed)
        self.category.blockSignals(False)

    def fields(self) -> dict[str, str]:
        """What is typed, by field name of an attendee."""
        return {
            "first_name": self.first_name.text().strip(),
            "last_name": self.last_name.text().strip(),
            "organisation": self.organisation.text().strip(),
            "category": self.category.currentText().strip(),
        }

    def show_attendee(self, attendee: Attendee) -> None:
        """Fill in a person; of long texts the beginning is seen."""
        for line, text in (
            (self.first_name, attendee.first_name),
            (self.last_name, attendee.last_name),
            (self.organisation, attendee.organisation),
        ):
            line.setText(text)
            line.setCursorPosition(0)
        self._write_category(attendee.category)

    def begin_with(self, name: str) -> None:
        """Fill in a name as it is spoken: the last word is the last name."""
        first, _, last = name.strip().rpartition(" ")
        self.show_attendee(Attendee("", first_name=first.strip(), last_name=last))

    def clear(self) -> None:
        """Empty all fields."""
        self.show_attendee(Attendee(""))

    def _write_category(self, category: str) -> None:
        self.category.setEditText(category)
        line = self.category.lineEdit()
        assert line is not None
        line.setCursorPosition(0)

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setMaxLength(_LONGEST_FIELD)
        line.setAccessibleName(name)
        line.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        line.textEdited.connect(self.changed)
        line.returnPressed.connect(self.entered)
        return line
