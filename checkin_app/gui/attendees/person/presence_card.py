"""Whether a person is in, and the way to change that: check in, undo, let in anyway."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.admission import Outcome, OutcomeKind, twice_notes
from checkin_app.domain.attendee import AttendeeRecord, CheckIn
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.programme import Event
from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.services.wording import (
    badge_sentence,
    check_in_sentence,
    headline,
    next_step,
    note_sentence,
)


class PresenceCard(QFrame):
    """Shows the standing check-in of one person on one check-in list.

    Signals:
        check_in_wanted: check this person in.
        undo_wanted: take the check-in with this entry id back.
        admit_wanted: let in against the rules, for this reason.
    """

    check_in_wanted = Signal()
    undo_wanted = Signal(str)
    admit_wanted = Signal(str)

    def __init__(self, event: Event, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._event = event
        self._standing: CheckIn | None = None
        self.state = plain_label()
        self.state.setFont(sized(self.font(), 1.15, bold=True))
        self.detail = plain_label()
        self.detail.setWordWrap(True)
        self.check_in = QPushButton(self.tr("Check in"))
        self.check_in.setProperty("primary", True)
        self.undo = QPushButton(self.tr("Undo check-in"))
        self.reason = QLineEdit(placeholderText=self.tr("Reason"))
        self.reason.setAccessibleName(self.tr("Reason for letting in anyway"))
        self.admit = QPushButton(self.tr("Let in anyway"))
        self._lay_out()
        self.check_in.clicked.connect(self.check_in_wanted)
        self.undo.clicked.connect(self._ask_for_undo)
        self.reason.textChanged.connect(self._judge_reason)
        self.reason.returnPressed.connect(self._ask_for_admission)
        self.admit.clicked.connect(self._ask_for_admission)
        self._offer(check_in=False, undo=False, admit=False)

    def show_record(self, record: AttendeeRecord, check_in_list: CheckInList) -> None:
        """Show how things stand."""
        self._standing = record.check_ins.get(check_in_list.id)
        if self._standing:
            self.state.setText(self.tr("In"))
            where = (
                f"{check_in_list.name}, {check_in_sentence(self._standing, self._event, self.tr)}"
            )
        else:
            self.state.setText(self.tr("Not here yet"))
            where = check_in_list.name
        notes = [note_sentence(note, self._event, self.tr) for note in twice_notes(record)]
        self.detail.setText("\n".join((where, *notes, badge_sentence(record, self.tr))))
        self._offer(check_in=not self._standing, undo=bool(self._standing), admit=False)

    def show_answer(self, outcome: Outcome) -> None:
        """Show the desk's answer to a check-in."""
        notes = [note_sentence(note, self._event, self.tr) for note in outcome.notes]
        if outcome.kind is OutcomeKind.ADMITTED:
            assert outcome.check_in is not None
            self._standing = outcome.check_in
            where = (
                f"{outcome.list_name}, {check_in_sentence(outcome.check_in, self._event, self.tr)}"
            )
            self.state.setText(self.tr("In"))
            step = next_step(outcome, self._event, self.tr)
            self.detail.setText("\n".join([where, step, *notes]))
            self._offer(check_in=False, undo=True, admit=False)
        else:
            self.state.setText(headline(outcome, self.tr))
            self.detail.setText("\n".join([next_step(outcome, self._event, self.tr), *notes]))
            self._offer(check_in=False, undo=False, admit=outcome.can_admit_anyway)
            self.reason.setFocus()

    def _offer(self, *, check_in: bool, undo: bool, admit: bool) -> None:
        if self.check_in.hasFocus() and not check_in:
            # Hidden, it would hand the focus to Undo, and a second Enter would undo.
            self.setFocus()
        self.check_in.setVisible(check_in)
        self.undo.setVisible(undo)
        self.reason.setVisible(admit)
        self.admit.setVisible(admit)
        self.reason.clear()
        self._judge_reason()

    def _judge_reason(self) -> None:
        self.admit.setEnabled(bool(self.reason.text().strip()))

    def _ask_for_undo(self) -> None:
        if self._standing:
            self.undo_wanted.emit(self._standing.entry_id)

    def _ask_for_admission(self) -> None:
        if self.admit.isEnabled():
            self.admit_wanted.emit(self.reason.text().strip())

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.addWidget(self.state)
        layout.addWidget(self.detail)
        layout.addWidget(self.check_in)
        layout.addWidget(self.undo)
        anyway = QHBoxLayout()
        anyway.addWidget(self.reason, 1)
        anyway.addWidget(self.admit)
        layout.addLayout(anyway)
