"""Asks whose badges, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QDateTime, QTime, Signal
from PySide6.QtWidgets import QDateTimeEdit, QFormLayout, QWidget

from checkin_app.domain.programme import Event
from checkin_app.gui.badges.choice.alphabet_button import AlphabetButton
from checkin_app.gui.badges.choice.choices import PeopleChoice, Sort
from checkin_app.gui.form.calm_combo_box import CalmComboBox
from checkin_app.gui.form.form_rows import add_row
from checkin_app.gui.form.offered_lines import offer_below_first
from checkin_app.gui.plain_text import grouped
from checkin_app.services.bulk_badges.badge_choice import Wanted

_SELECTION = "selection"
_SINCE = "since"


class PeopleForm(QWidget):
    """The questions about people.

    Signals:
        changed: something was chosen otherwise; ``choice()`` says what.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = PeopleChoice()
        self._zone = ZoneInfo("UTC")
        self.whom = CalmComboBox()
        self.since = QDateTimeEdit()
        self.since.setCalendarPopup(True)
        self.since.setDisplayFormat("d MMM yyyy  HH:mm")
        self.category = CalmComboBox()
        self.sort = CalmComboBox()
        self.alphabet = AlphabetButton()
        self._fill()
        self._rows = QFormLayout(self)
        self._lay_out()
        for box in (self.whom, self.category, self.sort):
            box.currentIndexChanged.connect(self._take)
        self.since.dateTimeChanged.connect(self._take)

    def choice(self) -> PeopleChoice:
        """Who is asked for."""
        return self._choice

    def choose_selection(self, attendee_ids: Sequence[str]) -> None:
        """Ask for the badges of these people, whoever was asked for before."""
        self._choice = replace(self._choice, selection=tuple(attendee_ids))
        row = self.whom.findData(_SELECTION)
        text = self.tr("Selected: {count}").format(count=grouped(len(attendee_ids)))
        self.blockSignals(True)
        if row < 0:
            self.whom.addItem(text, _SELECTION)
            row = self.whom.count() - 1
        self.whom.setItemText(row, text)
        self.whom.setCurrentIndex(row)
        self.category.setCurrentIndex(0)
        self.blockSignals(False)
        self._take()

    def choose_wanted(self, wanted: Wanted) -> None:
        """Ask for the people of one of the standing choices."""
        self.whom.setCurrentIndex(self.whom.findData(wanted))

    def offer_categories(self, categories: Sequence[str]) -> None:
        """The categories that can be chosen; the chosen one stays while it exists."""
        if offer_below_first(self.category, [(one, one) for one in categories]):
            self._take()

    def show_event(self, event: Event, last_run_at: datetime | None = None) -> None:
        """Times are those of the event's place, and its language sorts.

        Args:
            last_run_at: of the last bulk print (UTC): from then on nobody has a badge yet.
        """
        self._zone = ZoneInfo(event.timezone)
        moment = (last_run_at or datetime.now(UTC)).astimezone(self._zone)
        self.since.blockSignals(True)
        day, time = QDate(moment.year, moment.month, moment.day), QTime(moment.hour, moment.minute)
        self.since.setDateTime(QDateTime(day, time))
        self.since.blockSignals(False)
        self.alphabet.show_language(event.language)

    def _take(self) -> None:
        whom = self.whom.currentData()
        is_since = whom == _SINCE
        self._rows.setRowVisible(self.since, is_since)
        self._choice = replace(
            self._choice,
            wanted=_wanted(whom),
            since=self._moment() if is_since else None,
            category=self.category.currentData(),
            sort=self.sort.currentData(),
        )
        self.changed.emit()

    def _moment(self) -> datetime:
        local = self.since.dateTime()
        day, time = local.date(), local.time()
        moment = datetime(
            day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=self._zone
        )
        return moment.astimezone(UTC)

    def _fill(self) -> None:
        for text, wanted in (
            (self.tr("Everybody expected"), Wanted.EXPECTED),
            (self.tr("Not yet printed"), Wanted.UNPRINTED),
            (self.tr("Changed since printed"), Wanted.CHANGED),
            (self.tr("Registered since …"), _SINCE),
            (self.tr("Spoilt"), Wanted.SPOILT),
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
            (self.tr("Category, organisation"), Sort.CATEGORY_ORGANISATION),
            (self.tr("Country"), Sort.COUNTRY),
        ):
            self.sort.addItem(text, sort)

    def _lay_out(self) -> None:
        for name, editor in (
            (self.tr("Whose"), self.whom),
            (self.tr("Since"), self.since),
            (self.tr("Category"), self.category),
            (self.tr("In order of"), self.sort),
        ):
            add_row(self._rows, name, editor)
        self._rows.addRow("", self.alphabet)
        self._rows.setRowVisible(self.since, False)


def _wanted(whom: str) -> Wanted | None:
    if whom == _SELECTION:
        return None
    return Wanted.EXPECTED if whom == _SINCE else Wanted(whom)
