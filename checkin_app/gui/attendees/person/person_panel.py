"""The panel beside the table: one attendee, to be corrected, checked in, looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.admission import Outcome
from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.programme import Event
from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import TOUCH_PX, sized
from checkin_app.gui.attendees.person.code_row import CodeRow
from checkin_app.gui.attendees.person.correction_form import CorrectionForm
from checkin_app.gui.attendees.person.data_button import DataButton
from checkin_app.gui.attendees.person.presence_card import PresenceCard
from checkin_app.gui.attendees.person.shown_person import Person
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.keys import add_key
from checkin_app.gui.plain_text import shown
from checkin_app.services.registrations import HistoryLine
from checkin_app.services.wording import entry_sentence, shown_time

_HISTORY_PX = 200


class PersonPanel(QFrame):
    """Shows one attendee and says what the volunteer wants done with it.

    Attributes:
        code: the person's code, and the way to a new one.
        data: everything about the person shown, saved, erased.

    Signals:
        save_wanted: attendee id, and the new values by field name.
        check_in_wanted: attendee id.
        admit_wanted: attendee id, reason.
        undo_wanted: attendee id, entry id of the check-in.
        closed: the person has seen enough.
    """

    save_wanted = Signal(str, dict)
    check_in_wanted = Signal(str)
    admit_wanted = Signal(str, str)
    undo_wanted = Signal(str, str)
    closed = Signal()

    def __init__(self, event: Event, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self._event = event
        self._person: Person | None = None
        self.name = plain_label()
        self.name.setFont(sized(self.font(), 1.3, bold=True))
        self.name.setWordWrap(True)
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("close"))
        self.close_button.setFixedSize(TOUCH_PX, TOUCH_PX)
        self.close_button.setToolTip(self.tr("Close (Esc)"))
        self.close_button.setAccessibleName(self.tr("Close"))
        self.card = PresenceCard(event)
        self.form = CorrectionForm()
        self.code = CodeRow()
        self.history = QListWidget()
        self.history.setAccessibleName(self.tr("History"))
        self.history.setWordWrap(True)
        self.history.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.history.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.history.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.history.setMinimumHeight(_HISTORY_PX)
        self.save = QPushButton(self.tr("Save"))
        self.save.setProperty("primary", True)
        self.discard = QPushButton(self.tr("Discard"))
        self.data = DataButton()
        self._lay_out()
        self._connect()

    @property
    def attendee_id(self) -> str:
        """Whose panel this is; empty before the first."""
        return self._person.record.attendee.id if self._person else ""

    def show_person(self, person: Person, check_in_list: CheckInList) -> None:
        """Show this attendee. What is being typed about the same one is kept."""
        attendee = person.record.attendee
        typing = attendee.id == self.attendee_id and self.form.changes()
        self._person = person
        name = " ".join(filter(None, (attendee.title, attendee.full_name)))
        is_erased = person.record.is_erased
        self.name.setText(self.tr("Erased") if is_erased else shown(name))
        self.form.setVisible(not is_erased)
        self.data.erase.setEnabled(not is_erased)
        self.card.show_record(person.record, check_in_list)
        self.code.show_record(person.record)
        if not typing:
            self.form.show_attendee(attendee)
        self._show_history(person.history, person.list_names)

    def show_answer(self, outcome: Outcome) -> None:
        """Show the desk's answer to a check-in of this attendee."""
        if outcome.attendee and outcome.attendee.id == self.attendee_id:
            self.card.show_answer(outcome)

    def offer_categories(self, categories: Sequence[str]) -> None:
        """The categories in use."""
        self.form.offer_categories(categories)

    def save_typed(self) -> None:
        """Ask for what was typed to be stored, if anything was."""
        if self._person and (changes := self.form.changes()):
            self.save_wanted.emit(self.attendee_id, changes)

    def show_stored(self, record: AttendeeRecord, stored: Mapping[str, str]) -> None:
        """What was typed is stored now."""
        if self._person and record.attendee.id == self.attendee_id:
            self._person = replace(self._person, record=record)
            self.form.settle(record.attendee, stored)

    def forget(self) -> None:
        """Show nobody; what was typed is gone."""
        self._person = None

    def take_focus(self) -> None:
        """Give the keyboard to what is likeliest to be pressed; never to Undo."""
        card = self.card
        (card.check_in if card.check_in.isVisibleTo(card) else self.close_button).setFocus()

    def _discard(self) -> None:
        if self._person:
            self.form.show_attendee(self._person.record.attendee)

    def _step_back(self) -> None:
        """Escape: first what was typed, then the panel."""
        if self.form.changes():
            self._discard()
        else:
            self.closed.emit()

    def _judge_changes(self) -> None:
        changed = bool(self._person and self.form.changes())
        self.save.setEnabled(changed)
        self.discard.setEnabled(changed)

    def _show_history(self, lines: Sequence[HistoryLine], list_names: dict[str, str]) -> None:
        self.history.clear()
        for line in lines:
            what = entry_sentence(line.entry, list_names, self.tr)
            if line.undone:
                what = self.tr("{what} (taken back)").format(what=what)
            when = shown_time(line.entry.at, self._event)
            self.history.addItem(shown(f"{when}  {what} · {line.entry.desk}"))

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.closed)
        self.save.clicked.connect(self.save_typed)
        self.discard.clicked.connect(self._discard)
        self.form.edited.connect(self._judge_changes)
        self.card.check_in_wanted.connect(self._want_check_in)
        self.card.undo_wanted.connect(self._want_undo)
        self.card.admit_wanted.connect(self._want_admission)
        add_key("Esc", self, self._step_back)
        add_key(QKeySequence.StandardKey.Save, self, self.save_typed)

    def _want_check_in(self) -> None:
        self.check_in_wanted.emit(self.attendee_id)

    def _want_undo(self, entry_id: str) -> None:
        self.undo_wanted.emit(self.attendee_id, entry_id)

    def _want_admission(self, reason: str) -> None:
        self.admit_wanted.emit(self.attendee_id, reason)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 12, 12)
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        layout.addWidget(self.card)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addWidget(self.code)
        title = plain_label(self.tr("History"))
        title.setFont(sized(self.font(), 1.0, bold=True))
        column.addWidget(title)
        column.addWidget(self.history, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        for ground in (scroll.viewport(), inside):
            ground.setAutoFillBackground(False)
        layout.addWidget(scroll, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.data)
        buttons.addWidget(self.discard)
        buttons.addWidget(self.save, 1)
        layout.addLayout(buttons)
