"""Asks whose badges, in which order, on which stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QSizePolicy, QWidget

from checkin_app.domain.stock import EVERYDAY, Stock
from checkin_app.gui.attendees.presence_card import plain_label
from checkin_app.gui.badges.choice import BadgeChoice, Sort
from checkin_app.gui.lists.figures import grouped
from checkin_app.gui.plain_text import shown
from checkin_app.gui.theme import TOUCH_PX
from checkin_app.services.badge_choice import Wanted

_SELECTION = "selection"


class ChoiceForm(QWidget):
    """The questions of a bulk print.

    Signals:
        changed: something was chosen otherwise; ``choice()`` says what.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = BadgeChoice()
        self.whom = QComboBox()
        self.category = QComboBox()
        self.sort = QComboBox()
        self.layout_name = QComboBox()
        self.stock = QComboBox()
        self.first_slot = QComboBox()
        self.crop_marks = QCheckBox(self.tr("Crop marks"))
        self.record = QCheckBox(self.tr("Note who was printed"))
        self.record.setChecked(True)
        self._fill()
        self._lay_out()
        self._judge_stock()
        for box in self._questions():
            box.currentIndexChanged.connect(self._take)
        self.crop_marks.toggled.connect(self._take)

    def choice(self) -> BadgeChoice:
        """What is asked for."""
        return self._choice

    def choose_selection(self, attendee_ids: Sequence[str]) -> None:
        """Ask for the badges of these people, whoever was asked for before."""
        self._choice = replace(self._choice, selection=tuple(attendee_ids))
        self.blockSignals(True)
        row = self.whom.findData(_SELECTION)
        text = self.tr("Selected: {count}").format(count=grouped(len(attendee_ids)))
        if row < 0:
            self.whom.addItem(text, _SELECTION)
            row = self.whom.count() - 1
        self.whom.setItemText(row, text)
        self.whom.setCurrentIndex(row)
        self.category.setCurrentIndex(0)
        self.blockSignals(False)
        self._take()

    def offer_categories(self, categories: Sequence[str]) -> None:
        """The categories that can be chosen; the chosen one stays while it exists."""
        offered = [self.category.itemData(row) for row in range(1, self.category.count())]
        if offered == list(categories):
            return
        chosen = self.category.currentData()
        self.category.blockSignals(True)
        while self.category.count() > 1:
            self.category.removeItem(1)
        for category in categories:
            self.category.addItem(shown(category), category)
        self.category.setCurrentIndex(max(self.category.findData(chosen), 0) if chosen else 0)
        self.category.blockSignals(False)
        if self.category.currentData() != chosen:
            self._take()

    def offer_layouts(self, layouts: Mapping[str, str]) -> None:
        """The layouts to choose from, name → title; nothing is asked when there is only one."""
        if self.layout_name.count() != len(layouts):
            self.layout_name.blockSignals(True)
            self.layout_name.clear()
            for name, title in layouts.items():
                self.layout_name.addItem(shown(title), name)
            self.layout_name.setCurrentIndex(self.layout_name.findData(self._choice.layout))
            self.layout_name.blockSignals(False)
            self._rows.setRowVisible(self.layout_name, len(layouts) > 1)

    def _take(self) -> None:
        self._judge_stock()
        whom = self.whom.currentData()
        self._choice = replace(
            self._choice,
            wanted=None if whom == _SELECTION else Wanted(whom),
            category=self.category.currentData(),
            sort=self.sort.currentData(),
            layout=self.layout_name.currentData() or self._choice.layout,
            stock=self._stock(),
            first_slot=self.first_slot.currentIndex() + 1,
            crop_marks=self.crop_marks.isChecked() and self._stock().slots > 1,
        )
        self.changed.emit()

    def _questions(self) -> tuple[QComboBox, ...]:
        return (
            self.whom,
            self.category,
            self.sort,
            self.layout_name,
            self.stock,
            self.first_slot,
        )

    def _stock(self) -> Stock:
        stock: Stock = EVERYDAY[self.stock.currentIndex()]
        return stock

    def _judge_stock(self) -> None:
        """A single badge has neither a first slot nor anything to be cut."""
        slots = self._stock().slots
        self.first_slot.blockSignals(True)
        chosen = self.first_slot.currentIndex()
        self.first_slot.clear()
        for slot in range(1, slots + 1):
            self.first_slot.addItem(self.tr("{slot} of {slots}").format(slot=slot, slots=slots))
        self.first_slot.setCurrentIndex(max(0, min(chosen, slots - 1)))
        self.first_slot.blockSignals(False)
        self.first_slot.setEnabled(slots > 1)
        self.crop_marks.setEnabled(slots > 1)

    def _fill(self) -> None:
        for text, wanted in (
            (self.tr("Everybody expected"), Wanted.EXPECTED),
            (self.tr("Not yet printed"), Wanted.UNPRINTED),
            (self.tr("Arrived"), Wanted.ARRIVED),
            (self.tr("All but cancelled"), Wanted.ALL),
        ):
            self.whom.addItem(text, wanted)
        self.category.addItem(self.tr("All categories"), None)
        for text, sort in (
            (self.tr("Last name"), Sort.LAST_NAME),
            (self.tr("First name"), Sort.FIRST_NAME),
            (self.tr("Organisation"), Sort.ORGANISATION),
            (self.tr("Category"), Sort.CATEGORY),
        ):
            self.sort.addItem(text, sort)
        for stock in EVERYDAY:
            self.stock.addItem(_stock_name(stock))

    def _lay_out(self) -> None:
        layout = self._rows = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(6)
        layout.setHorizontalSpacing(12)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Whose"), self.whom),
            (self.tr("Category"), self.category),
            (self.tr("In order of"), self.sort),
            (self.tr("Layout"), self.layout_name),
            (self.tr("Stock"), self.stock),
            (self.tr("First slot"), self.first_slot),
        )
        for name, editor in rows:
            label = plain_label(name)
            label.setBuddy(editor)
            label.setMinimumHeight(TOUCH_PX)
            editor.setAccessibleName(name)
            editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            layout.addRow(label, editor)
        layout.setRowVisible(self.layout_name, False)
        for box in (self.crop_marks, self.record):
            layout.addRow("", box)


def _stock_name(stock: Stock) -> str:
    size = f"{stock.badge_width_mm:g} × {stock.badge_height_mm:g} mm"
    if stock.slots == 1:
        return QCoreApplication.translate("ChoiceForm", "{size}, single").format(size=size)
    return QCoreApplication.translate("ChoiceForm", "{size}, {count} on A4").format(
        size=size, count=stock.slots
    )
