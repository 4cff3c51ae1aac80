"""Asks until when personal data are kept: so long after the last day, until a day, or undecided."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checkin_app.domain.spoken_dates import day_text
from checkin_app.gui.attendees.calm_combo_box import CalmComboBox
from checkin_app.gui.settings.event.calm_date_edit import CalmDateEdit
from checkin_app.services.event_settings import RETENTION_DAYS, proposed_erasure

_UNDECIDED, _OTHER = -1, 0


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
        self.choices.addItem(self.tr("Not decided"), _UNDECIDED)
        for days in RETENTION_DAYS:
            self.choices.addItem("", days)
        self.choices.addItem(self.tr("On another day"), _OTHER)
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
        after = -1 if erase_on is None else (erase_on - ends_on).days
        place = self.choices.findData(_UNDECIDED if erase_on is None else after)
        usual = erase_on is None or after in RETENTION_DAYS
        self.other.set_day(erase_on or proposed_erasure(ends_on, RETENTION_DAYS[0]))
        self.choices.setCurrentIndex(place if usual else self.choices.findData(_OTHER))
        self.other.setVisible(not usual)

    def follow(self, ends_on: date) -> None:
        """The last day of the event is another; so many days after it are, too."""
        self._ends_on = ends_on
        for place, days in enumerate(RETENTION_DAYS, 1):
            self.choices.setItemText(place, self._words(days))

    def day(self) -> date | None:
        """The day chosen; None: not decided."""
        days = int(self.choices.currentData())
        if days == _UNDECIDED:
            return None
        return self.other.day() if days == _OTHER else proposed_erasure(self._ends_on, days)

    def _words(self, days: int) -> str:
        after = {
            30: self.tr("30 days after the event"),
            90: self.tr("3 months after the event"),
            182: self.tr("6 months after the event"),
            365: self.tr("1 year after the event"),
        }[days]
        day = day_text(proposed_erasure(self._ends_on, days)) if self._ends_on > date.min else ""
        return f"{after} · {day}"

    def _choose(self) -> None:
        self.other.setVisible(int(self.choices.currentData()) == _OTHER)
        self.changed.emit()
