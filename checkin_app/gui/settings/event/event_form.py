"""The form of an event: name, days, place, language, what guests are told."""

from __future__ import annotations

from zoneinfo import available_timezones

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QFormLayout,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from checkin_app.gui.appearance.theme import TOUCH_PX, size_px
from checkin_app.gui.badges.choice.alphabet_button import LANGUAGES, language_name
from checkin_app.gui.form.calm_combo_box import CalmComboBox
from checkin_app.gui.form.form_rows import add_row, beside
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.settings.event.calm_date_edit import CalmDateEdit
from checkin_app.gui.settings.event.retention_field import RetentionField
from checkin_app.services.event_settings import EventSettings

_LINES_EM = 5.2
_LONGEST = 200
_LONGEST_TEXT = 4_000


class EventForm(QWidget):
    """Everything an organiser may say of an event.

    Signals:
        edited: something was typed or chosen.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_filling = False
        self.name, self.venue, self.city = _line(), _line(), _line()
        self.starts_on, self.ends_on = CalmDateEdit(), CalmDateEdit()
        self.timezone = _searchable(sorted(available_timezones()))
        self.language = CalmComboBox()
        self.language.addItem(self.tr("Any language"), "")
        for title, tag in sorted((language_name(tag), tag) for tag in LANGUAGES.split()):
            self.language.addItem(title, tag)
        self.language.setToolTip(self.tr("Decides where letters such as Ö, Č or Ł are sorted"))
        self.bring, self.description = self._text(), self._text()
        self.erase_on = RetentionField()
        self._lay_out()
        self._connect()

    def show_settings(self, settings: EventSettings) -> None:
        """Show what holds."""
        self._is_filling = True
        self.name.setText(settings.name)
        self.starts_on.set_day(settings.starts_on)
        self.ends_on.set_day(settings.ends_on)
        self.venue.setText(settings.venue)
        self.city.setText(settings.city)
        self.timezone.setCurrentText(settings.timezone)
        self._show_language(settings.language)
        self.bring.setPlainText(settings.bring)
        self.description.setPlainText(settings.description)
        self.erase_on.show_days(settings.ends_on, settings.erase_on)
        self._is_filling = False

    def settings(self) -> EventSettings:
        """What the form says now; it is not checked yet."""
        return EventSettings(
            name=self.name.text(),
            starts_on=self.starts_on.day(),
            ends_on=self.ends_on.day(),
            timezone=self.timezone.currentText(),
            venue=self.venue.text(),
            city=self.city.text(),
            language=str(self.language.currentData()),
            bring=self.bring.toPlainText(),
            description=self.description.toPlainText(),
            erase_on=self.erase_on.day(),
        )

    def _show_language(self, tag: str) -> None:
        place = self.language.findData(tag)
        if place < 0:
            self.language.addItem(language_name(tag), tag)
            place = self.language.count() - 1
        self.language.setCurrentIndex(place)

    def _follow_days(self) -> None:
        """A last day before the first is moved with it; the retention counts from the last."""
        if self.ends_on.day() < self.starts_on.day():
            self.ends_on.set_day(self.starts_on.day())
        self.erase_on.follow(self.ends_on.day())

    def _tell(self) -> None:
        if not self._is_filling:
            self.edited.emit()

    def _text(self) -> QPlainTextEdit:
        editor = QPlainTextEdit()
        editor.setTabChangesFocus(True)
        editor.setFixedHeight(round(_LINES_EM * size_px(editor.font())))
        return editor

    def _connect(self) -> None:
        self.starts_on.dateChanged.connect(self._follow_days)
        self.ends_on.dateChanged.connect(self._follow_days)
        for line in (self.name, self.venue, self.city):
            line.textChanged.connect(self._tell)
        for text in (self.bring, self.description):
            text.textChanged.connect(self._cut)
        for day in (self.starts_on, self.ends_on):
            day.dateChanged.connect(self._tell)
        self.timezone.currentTextChanged.connect(self._tell)
        self.language.currentIndexChanged.connect(self._tell)
        self.erase_on.changed.connect(self._tell)

    def _cut(self) -> None:
        """A whole document pasted by mistake is not what a ticket can show."""
        for text in (self.bring, self.description):
            if len(text.toPlainText()) > _LONGEST_TEXT:
                text.setPlainText(text.toPlainText()[:_LONGEST_TEXT])
        self._tell()

    def _lay_out(self) -> None:
        rows = QFormLayout()
        add_row(rows, self.tr("Name"), self.name)
        days = beside(self.starts_on, plain_label("–"), self.ends_on)
        add_row(rows, self.tr("Days"), days)
        self.starts_on.setAccessibleName(self.tr("First day"))
        self.ends_on.setAccessibleName(self.tr("Last day"))
        self.ends_on.setToolTip(self.tr("Last day"))
        add_row(rows, self.tr("Venue"), self.venue)
        add_row(rows, self.tr("City"), self.city)
        add_row(rows, self.tr("Time zone"), self.timezone)
        add_row(rows, self.tr("Alphabet"), self.language)
        for title, editor in (
            (self.tr("What to bring"), self.bring),
            (self.tr("Description"), self.description),
        ):
            label = add_row(rows, title, editor)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.bring.setPlaceholderText(self.tr("On the ticket: “a photo ID and this ticket”"))
        add_row(rows, self.tr("Erase by"), self.erase_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(rows)


def _line() -> QLineEdit:
    line = QLineEdit()
    line.setMaxLength(_LONGEST)
    return line


def _searchable(names: list[str]) -> CalmComboBox:
    """A list of hundreds, found by any part of a name."""
    box = CalmComboBox()
    box.setEditable(True)
    box.setInsertPolicy(CalmComboBox.InsertPolicy.NoInsert)
    box.addItems(names)
    completer = QCompleter(names, box)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    lines = QListView()
    lines.setStyleSheet(f"QListView::item {{ min-height: {TOUCH_PX}px; padding-left: 8px; }}")
    completer.setPopup(lines)
    box.setCompleter(completer)
    return box
