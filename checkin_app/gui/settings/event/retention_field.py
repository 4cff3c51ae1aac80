"""Asks until when personal data are kept: so long after the last day, until a day, or undecided."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checkin_app.domain.language.spoken_dates import day_text
from checkin_app.gui.form.calm_combo_box import CalmComboBox
from checkin_app.gui.settings.event.calm_date_edit import CalmDateEdit
from checkin_app.services.event_settings import RETENTIONS

_UNDECIDED, _OTHER = 0, len(RETENTIONS) + 1
"""The first and the last line; between them the usual times."""


class RetentionField(QWidget):
    """A drop-down of usual times, and a day of one's own.

    Signals:
        changed: something else was chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ends_on = date.min
        self.choices = CalmComboBox()
        self.other = CalmDateEdit()
        self._usual = (
            self.tr("30 days after the event"),
            self.tr("3 months after the event"),
            self.tr("6 months after the event"),
            self.tr("1 year after the event"),
        )
        self.choices.addItem(self.tr("Not decided"))
        self.choices.addItems(self._usual)
        self.choices.addItem(self.tr("On another day"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.choices, 1)
        row.addWidget(self.other)
        self.setFocusProxy(self.choices)
        self.choices.currentIndexChanged.connect(self._choose)
        self.other.dateChanged.connect(self.changed)

    def setAccessibleName(self, name: str) -> None:
        """The fields are what has the name."""
        super().setAccessibleName(name)
        self.choices.setAccessibleName(name)
        self.other.setAccessibleName(name)

    def show_days(self, ends_on: date, erase_on: date | None) -> None:
        """Show what holds, as one of the usual times where it is one."""
        self.follow(ends_on)
        self.other.set_day(erase_on or RETENTIONS[0].after(ends_on))
        days: list[date | None] = [None, *(usual.after(ends_on) for usual in RETENTIONS)]
        self.choices.setCurrentIndex(days.index(erase_on) if erase_on in days else _OTHER)
        self._show_other()

    def follow(self, ends_on: date) -> None:
        """The last day of the event is another; so many days after it are, too."""
        self._ends_on = ends_on
        for place, (words, usual) in enumerate(zip(self._usual, RETENTIONS, strict=True), 1):
            self.choices.setItemText(place, f"{words} · {day_text(usual.after(ends_on))}")

    def day(self) -> date | None:
        """The day chosen; None: not decided."""
        place = self.choices.currentIndex()
        if place == _UNDECIDED:
            return None
        return self.other.day() if place == _OTHER else RETENTIONS[place - 1].after(self._ends_on)

    def _choose(self) -> None:
        self._show_other()
        self.changed.emit()

    def _show_other(self) -> None:
        self.other.setVisible(self.choices.currentIndex() == _OTHER)
