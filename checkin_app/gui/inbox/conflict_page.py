"""One second check-in: both admissions side by side, and what it may have been."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.programme import Event
from checkin_app.domain.sharing import ResolvedAs
from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.inbox.admission_card import AdmissionCard
from checkin_app.gui.inbox.answer_choice import AnswerChoice
from checkin_app.gui.inbox.inbox_items import translated
from checkin_app.gui.inbox.person_head import PersonHead
from checkin_app.gui.plain_text import shown
from checkin_app.services.sharing.inbox.conflicts import LONGEST_NOTE, InboxConflict
from checkin_app.services.sharing.inbox.inbox_wording import (
    found_words,
    settled_sentence,
    what_it_means,
)
from checkin_app.services.wording import entry_sentence, shown_time

_MOST_OTHERS = 4
_KEYS = dict(zip(ResolvedAs, ("Alt+1", "Alt+2", "Alt+3"), strict=True))
"""With Alt: a scanner types figures, too."""


class ConflictPage(QWidget):
    """Shows one and says what was chosen.

    Signals:
        said: the ``InboxConflict``, what it was (``ResolvedAs``) and the note.
        taking_back_wanted: the ``InboxConflict`` whose answer is to be taken back.
    """

    said = Signal(object, object, str)
    taking_back_wanted = Signal(object)

    def __init__(
        self, event: Event, list_names: dict[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._programme = event
        self._list_names = list_names
        self._shown: InboxConflict | None = None
        self.head = PersonHead()
        self.first = AdmissionCard(self.tr("This one counts"), event)
        self.second = AdmissionCard(self.tr("And this one?"), event)
        self.others = quiet_label()
        self.settled = quiet_label()
        self.note = QLineEdit(placeholderText=self.tr("Note for the other desks"))
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setMaxLength(LONGEST_NOTE)
        self.choices = answer_choices()
        for found, choice in self.choices.items():
            choice.clicked.connect(partial(self._say, found))
        self.take_back = QPushButton(icon("undo"), self.tr("Take the answer back"))
        self.take_back.clicked.connect(self._want_back)
        self._lay_out()

    def show_conflict(self, one: InboxConflict) -> None:
        """Show this one. A note that is being typed about it is kept."""
        if self._shown is None or self._shown.conflict.later != one.conflict.later:
            self.note.setText(one.conflict.note)
        self._shown = one
        attendee = one.record.attendee
        self.head.show_attendee(attendee, one.list_name, attendee.attention)
        self.first.show_entry(one.stands)
        self.second.show_entry(one.later)
        self.others.setText(self._other_lines(one))
        self.others.setVisible(bool(self.others.text()))
        self.settled.setText(shown(settled_sentence(one, self._programme, translated), 700))
        self.settled.setVisible(not one.conflict.is_open)
        self.take_back.setVisible(not one.conflict.is_open)
        for found, choice in self.choices.items():
            choice.setEnabled(found is not one.conflict.resolved_as)

    def _say(self, found: ResolvedAs) -> None:
        if self._shown is not None:
            self.said.emit(self._shown, found, self.note.text())

    def _want_back(self) -> None:
        if self._shown is not None:
            self.taking_back_wanted.emit(self._shown)

    def _other_lines(self, one: InboxConflict) -> str:
        """What else happened since the first check-in: a badge printed, a code replaced."""
        told = [
            entry for entry in one.other_entries if entry.kind is not EntryKind.CONFLICT_RESOLVED
        ]
        return "\n".join(
            shown(
                f"{shown_time(entry.at, self._programme)}  "
                f"{entry_sentence(entry, self._list_names, translated)} · {entry.desk}"
            )
            for entry in told[:_MOST_OTHERS]
        )

    def _lay_out(self) -> None:
        cards = QHBoxLayout()
        cards.setSpacing(12)
        for card in (self.first, self.second):
            cards.addWidget(card, 1)
        answers = QHBoxLayout()
        answers.setSpacing(12)
        for choice in self.choices.values():
            answers.addWidget(choice, 1)
        settled = QHBoxLayout()
        settled.addWidget(self.settled, 1)
        settled.addWidget(self.take_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.head)
        column.addLayout(cards)
        column.addWidget(self.others)
        column.addLayout(settled)
        column.addWidget(self.note)
        column.addLayout(answers)
        column.addStretch(1)


def answer_choices() -> dict[ResolvedAs, AnswerChoice]:
    """One large button for each thing that a second check-in may have been."""
    return {
        found: AnswerChoice(found_words(found, translated), what_it_means(found, translated), key)
        for found, key in _KEYS.items()
    }
