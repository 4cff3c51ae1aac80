"""Asks for the name, day and time zone of a new event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import available_timezones

from PySide6.QtCore import QDate, QTimeZone
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QWidget,
)


@dataclass(frozen=True, slots=True)
class WantedEvent:
    """What was typed; the time zone is an IANA name."""

    name: str
    day: date
    timezone: str


def ask_for_event(parent: QWidget) -> WantedEvent | None:
    """Show the form; None when it was left."""
    form = _NewEvent(parent)
    return form.wanted() if form.exec() == QDialog.DialogCode.Accepted else None


class _NewEvent(QDialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New event"))
        self.setMinimumWidth(460)
        self._name = QLineEdit(self)
        self._day = QDateEdit(QDate.currentDate(), self)
        self._day.setCalendarPopup(True)
        self._day.setDisplayFormat("d MMMM yyyy")
        self._timezone = QComboBox(self)
        self._timezone.setEditable(True)
        self._timezone.addItems(sorted(available_timezones()))
        self._timezone.setCurrentText(bytes(QTimeZone.systemTimeZoneId().data()).decode())
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._create = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._create.setText(self.tr("Create"))
        self._create.setProperty("primary", True)
        self._create.setEnabled(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._name.textChanged.connect(self._judge)
        form = QFormLayout(self)
        form.setContentsMargins(24, 24, 24, 20)
        form.setVerticalSpacing(14)
        form.addRow(self.tr("&Name"), self._name)
        form.addRow(self.tr("&Day"), self._day)
        form.addRow(self.tr("&Time zone"), self._timezone)
        form.addRow(buttons)

    def wanted(self) -> WantedEvent:
        """What the form holds now."""
        day = self._day.date()
        return WantedEvent(
            self._name.text().strip(),
            date(day.year(), day.month(), day.day()),
            self._timezone.currentText().strip(),
        )

    def _judge(self, name: str) -> None:
        self._create.setEnabled(bool(name.strip()))
