"""The line above the attendees table: what people may be filtered by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from checkin_app.domain.attendee import AttendeeStatus
from checkin_app.gui.attendees.table.columns import status_word
from checkin_app.gui.form.offered_lines import offer_below_first
from checkin_app.storage.people.attendee_filter import AttendeeFilter

_BADGE_FILTERS = {
    "": AttendeeFilter(),
    "printed": AttendeeFilter(printed=True),
    "not printed": AttendeeFilter(printed=False),
    "changed": AttendeeFilter(changed=True),
    "spoilt": AttendeeFilter(spoilt=True),
}
_LIST_PX = 240
_TEXT_LEAST_PX = 160


class FilterBar(QWidget):
    """Asks for a filter.

    Attributes:
        everybody: clears the filter; for whoever shows how many people fit it.

    Signals:
        changed: the person chose or typed something; ``wanted()`` is the new filter.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QLineEdit(clearButtonEnabled=True)
        self.text.setPlaceholderText(self.tr("Filter by name, organisation, e-mail or code"))
        self.text.setAccessibleName(self.tr("Filter"))
        self.text.setMinimumWidth(_TEXT_LEAST_PX)
        self.status = self._choice(self.tr("Status"))
        self.category = self._choice(self.tr("Category"))
        self.arrived = self._choice(self.tr("Arrival"))
        self.printed = self._choice(self.tr("Badge"))
        self.everybody = QPushButton(self.tr("Show everybody"), self)
        self._fill_fixed_choices()
        self._lay_out()
        self.text.textChanged.connect(self._announce)
        for choice in self._choices():
            choice.currentIndexChanged.connect(self._announce)
        self.everybody.clicked.connect(self.clear)
        self._announce()

    def wanted(self) -> AttendeeFilter:
        """The filter as it is set."""
        category, status = self.category.currentData(), self.status.currentData()
        return replace(
            _BADGE_FILTERS[self.printed.currentData()],
            text=self.text.text(),
            # What a drop-down keeps of an enum of strings is the string.
            statuses=(AttendeeStatus(status),) if status else (),
            categories=() if category is None else (category,),
            arrived=self.arrived.currentData(),
        )

    def clear(self) -> None:
        """Want everybody again."""
        for choice in self._choices():
            choice.setCurrentIndex(0)
        self.text.clear()
        self.text.setFocus()

    def offer_categories(self, categories: Sequence[str]) -> None:
        """The categories that can be chosen; the chosen one stays while it exists."""
        nameless = self.tr("Without category")
        if offer_below_first(self.category, [(one or nameless, one) for one in categories]):
            self._announce()

    def _fill_fixed_choices(self) -> None:
        self.status.addItem(self.tr("Any status"), None)
        for status in AttendeeStatus:
            self.status.addItem(status_word(status).capitalize(), status)
        self.category.addItem(self.tr("All categories"), None)
        for label, value in (
            (self.tr("Here or not"), None),
            (self.tr("Arrived"), True),
            (self.tr("Not arrived"), False),
        ):
            self.arrived.addItem(label, value)
        for label, badge in (
            (self.tr("Badge or not"), ""),
            (self.tr("Badge printed"), "printed"),
            (self.tr("Not printed"), "not printed"),
            (self.tr("Out of date"), "changed"),
            (self.tr("Spoilt"), "spoilt"),
        ):
            self.printed.addItem(label, badge)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.text, 1)
        for choice in self._choices():
            layout.addWidget(choice)

    def _choices(self) -> tuple[QComboBox, ...]:
        return self.status, self.category, self.arrived, self.printed

    def _choice(self, name: str) -> QComboBox:
        choice = QComboBox()
        choice.setAccessibleName(name)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(10)
        choice.view().setMinimumWidth(_LIST_PX)
        return choice

    def _announce(self) -> None:
        self.everybody.setVisible(self.wanted() != AttendeeFilter())
        self.changed.emit()
