"""Several lines of the inbox at once: one answer for all of them, as after one broken network."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from checkin_app.domain.programme import Event
from checkin_app.domain.sharing import ResolvedAs
from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.inbox.answer_choice import AnswerChoice
from checkin_app.gui.inbox.conflict_page import answer_choices
from checkin_app.gui.inbox.inbox_items import InboxItem, translated
from checkin_app.gui.plain_text import shown
from checkin_app.services.sharing.inbox.conflicts import LONGEST_NOTE, InboxConflict
from checkin_app.services.sharing.inbox.doubles import Double
from checkin_app.services.sharing.inbox.inbox import InboxCount
from checkin_app.services.sharing.inbox.inbox_wording import spread_sentence, waiting_sentence


class SeveralPage(QWidget):
    """Shows how many are chosen, where and when it was, and the answers.

    Signals:
        said: a tuple of ``InboxConflict``, what they were (``ResolvedAs``) and the note.
        merging_wanted: a tuple of ``Double``.

    Attributes:
        choices: what second check-ins may have been.
        merge: for people who were registered twice.
        note: for the other desks, about all of them.
    """

    said = Signal(object, object, str)
    merging_wanted = Signal(object)

    def __init__(self, event: Event, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._programme = event
        self._conflicts: tuple[InboxConflict, ...] = ()
        self._doubles: tuple[Double, ...] = ()
        self.title, self.double_title = _title(self), _title(self)
        self.spread = quiet_label()
        self.note = QLineEdit(placeholderText=self.tr("Note for the other desks"))
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setMaxLength(LONGEST_NOTE)
        self.choices = answer_choices()
        for found, choice in self.choices.items():
            choice.clicked.connect(partial(self._say, found))
        self.merge = AnswerChoice(
            self.tr("Merge"),
            self.tr("Each pair is one person. Both codes and check-ins go on."),
            "Alt+M",
        )
        self.merge.clicked.connect(self._merge)
        self.nothing = quiet_label(self.tr("All of these have their answer."))
        self._lay_out()

    def show_items(self, items: tuple[InboxItem, ...]) -> None:
        """Show these; those that have their answer are left alone."""
        waiting = [item for item in items if item.is_open]
        conflicts = tuple(item.conflict for item in waiting if item.conflict is not None)
        if {one.conflict.later for one in conflicts} != {
            one.conflict.later for one in self._conflicts
        }:
            self.note.clear()
        self._conflicts = conflicts
        self._doubles = tuple(item.double for item in waiting if item.double is not None)
        self.title.setText(_how_many(conflicts=len(conflicts)))
        self.double_title.setText(_how_many(doubles=len(self._doubles)))
        if conflicts:
            self.spread.setText(shown(spread_sentence(conflicts, self._programme, translated)))
        self._about_conflicts.setVisible(bool(conflicts))
        self._about_doubles.setVisible(bool(self._doubles))
        self.nothing.setVisible(not waiting)

    def _say(self, found: ResolvedAs) -> None:
        if self._conflicts:
            self.said.emit(self._conflicts, found, self.note.text())

    def _merge(self) -> None:
        if self._doubles:
            self.merging_wanted.emit(self._doubles)

    def _lay_out(self) -> None:
        answers = QHBoxLayout()
        answers.setSpacing(12)
        for choice in self.choices.values():
            answers.addWidget(choice, 1)
        hint = quiet_label(
            self.tr(
                "One answer for all that are marked. Whoever needs another one: hold Ctrl and click"
                " that line, and answer it by itself afterwards."
            )
        )
        self._about_conflicts = QWidget()
        above = _column(self._about_conflicts)
        for widget in (self.title, self.spread, hint, self.note):
            above.addWidget(widget)
        above.addLayout(answers)
        self._about_doubles = QWidget()
        below = _column(self._about_doubles)
        below.addWidget(self.double_title)
        below.addWidget(self.merge)
        column = _column(self)
        column.setSpacing(24)
        column.addWidget(self._about_conflicts)
        column.addWidget(self._about_doubles)
        column.addWidget(self.nothing)
        column.addStretch(1)


def _how_many(*, conflicts: int = 0, doubles: int = 0) -> str:
    return shown(waiting_sentence(InboxCount(conflicts, doubles), translated))


def _title(page: QWidget) -> QLabel:
    title = plain_label()
    title.setFont(sized(page.font(), 1.7, bold=True))
    title.setWordWrap(True)
    return title


def _column(place: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(14)
    return column
