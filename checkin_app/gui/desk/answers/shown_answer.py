"""The answer on the panel, and whom the actions below it are about."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from checkin_app.domain.admission import Outcome
from checkin_app.domain.attendee import Attendee, AttendeeRecord
from checkin_app.gui.desk.answers.answer_over_dialog import AnswerOverDialog
from checkin_app.gui.desk.answers.answers import (
    Answer,
    answer_of,
    not_stored_answer,
    person_answer,
    ready_answer,
    taken_back_answer,
)
from checkin_app.gui.desk.answers.told_answers import ToldAnswers
from checkin_app.gui.desk.checking_in import CheckingIn, NotStored
from checkin_app.gui.desk.desk_layout import DeskLayout
from checkin_app.gui.workplace import Workplace


class ShownAnswer(QObject):
    """Keeps what is shown until the next answer.

    Attributes:
        outcome: the answer, if it is one to a scan or check-in.
        person: whom it is about, if it is about one person.
        is_looked_up: the person was only looked up: Enter checks in.
        over_dialog: shows the answer as well where a dialog covers the desk.
    """

    def __init__(
        self, workplace: Workplace, parts: DeskLayout, checking_in: CheckingIn, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._parts = parts
        self._checking_in = checking_in
        self.outcome: Outcome | None = None
        self.person: Attendee | None = None
        self.is_looked_up = False
        self._told = ToldAnswers(workplace, self)
        self.over_dialog = AnswerOverDialog(parts.answer, self)
        workplace.sharing.changed.connect(self._take_sharing)

    @property
    def can_admit_anyway(self) -> bool:
        """Whether the desk may overrule what is shown."""
        return self.outcome is not None and self.outcome.can_admit_anyway

    def take_outcome(self, outcome: Outcome) -> None:
        """The answer to a scan or check-in."""
        if outcome.is_shared is False and self._workplace.sharing.state.is_all_shared:
            # The hub's word came while the answer was on its way here.
            outcome = replace(outcome, is_shared=True)
        answer = answer_of(outcome, self._workplace.desk.event)
        self._show(answer, outcome.attendee, outcome)
        self._told.tell(outcome)

    def take_undone(self, record: AttendeeRecord) -> None:
        """A check-in was taken back."""
        self._show(taken_back_answer(record), record.attendee)
        self._told.tell_undone()

    def take_not_stored(self, failure: NotStored) -> None:
        """The event file could not take it."""
        self._show(not_stored_answer(failure.what, failure.waiting), None)
        self._told.tell_not_stored()

    def take_corrected(self, record: AttendeeRecord) -> None:
        """Somebody was corrected: say the new name, if it is the person shown."""
        self._told.tell_corrected(record)
        if self.person is None or self.person.id != record.attendee.id:
            return
        if self.outcome is None:
            self.take_looked_up(record)
        else:
            outcome = replace(self.outcome, record=record)
            answer = answer_of(outcome, self._workplace.desk.event)
            self._show(answer, record.attendee, outcome)

    def take_looked_up(self, record: AttendeeRecord | None) -> None:
        """Somebody was looked up; nobody when the person is gone."""
        if record is not None:
            answer = person_answer(record, self._workplace.desk.event)
            self._show(answer, record.attendee)
            self.is_looked_up = True

    def _take_sharing(self) -> None:
        """What waited has been handed in: the mark on the answer no longer holds."""
        outcome = self.outcome
        if outcome is None or outcome.is_shared is not False:
            return
        if self._workplace.sharing.state.is_all_shared:
            outcome = replace(outcome, is_shared=True)
            answer = answer_of(outcome, self._workplace.desk.event)
            self._show(answer, outcome.attendee, outcome)

    def be_ready(self) -> None:
        """As before the first scan."""
        self._show(ready_answer(self._workplace.desk.event), None)

    def _show(
        self, answer: Answer, person: Attendee | None, outcome: Outcome | None = None
    ) -> None:
        self.outcome, self.person, self.is_looked_up = outcome, person, False
        self._parts.answer.show_answer(answer)
        self.over_dialog.show_answer(answer)
        self._parts.actions.show_waiting(self._checking_in.waiting)
        self._parts.actions.show_possible(
            has_person=person is not None, can_admit_anyway=self.can_admit_anyway
        )
