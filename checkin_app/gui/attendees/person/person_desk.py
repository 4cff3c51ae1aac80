"""The panel of one person, at work: loads, stores and checks in through the desk's lane."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checkin_app.domain.admission import Outcome
from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.gui.attendees.person.code_work import CodeWork
from checkin_app.gui.attendees.person.data_work import DataWork
from checkin_app.gui.attendees.person.person_panel import PersonPanel
from checkin_app.gui.attendees.person.shown_person import Person, load_person
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.workplace import Workplace
from checkin_app.services.registrations import correct


class PersonDesk(QWidget):
    """Serves the panel: every wish of it becomes one call of a service.

    Signals:
        closed: the person has seen enough.
    """

    closed = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._wanted = ""
        self._answer: Outcome | None = None
        self._wants_focus = False
        self._categories: Sequence[str] = ()
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        workplace.changed.connect(self._reload)
        workplace.list_chosen.connect(self._reload)

    @cached_property
    def panel(self) -> PersonPanel:
        """The panel; made for the first person, so that the table is there sooner."""
        panel = PersonPanel(self._workplace.desk.event, self)
        panel.save_wanted.connect(self._store)
        panel.check_in_wanted.connect(self.check_in)
        panel.admit_wanted.connect(self._admit)
        panel.undo_wanted.connect(self._undo)
        panel.closed.connect(self.close_person)
        panel.code.new_wanted.connect(self._ask_new_code)
        panel.data.show_wanted.connect(self._show_data)
        panel.data.save_wanted.connect(self._save_data)
        panel.data.erase_wanted.connect(self._erase_data)
        self._place.addWidget(panel)
        return panel

    @property
    def attendee_id(self) -> str:
        """Whose panel is wanted; empty when nobody's."""
        return self._wanted

    def open_person(self, attendee_id: str) -> None:
        """Show another person; what was typed about the one before is stored."""
        if attendee_id != self._wanted:
            self.panel.save_typed()
            self.panel.offer_categories(self._categories)
            self._wanted, self._answer = attendee_id, None
        self._load()

    def offer_categories(self, categories: Sequence[str]) -> None:
        """The categories in use."""
        self._categories = categories
        if self._wanted:
            self.panel.offer_categories(categories)

    def take_focus(self) -> None:
        """Give the keyboard to what is likeliest to be pressed."""
        self._wants_focus = True
        self._load()

    def check_in(self, attendee_id: str) -> None:
        """Check a person in, by the rules of a scan."""
        self._at_desk(partial(self._workplace.desk.check_in, attendee_id))

    def _admit(self, attendee_id: str, reason: str) -> None:
        self._at_desk(partial(self._workplace.desk.admit_anyway, attendee_id, reason))

    def _at_desk(self, work: partial[Outcome]) -> None:
        self._workplace.tasks.run(Lane.DESK, work, self._show_answer, self._workplace.show_error)

    def _undo(self, attendee_id: str, entry_id: str) -> None:
        self._workplace.tasks.run(
            Lane.DESK,
            partial(self._workplace.desk.undo, attendee_id, entry_id),
            self._show_undone,
            self._workplace.show_error,
        )

    def _store(self, attendee_id: str, changes: dict[str, str]) -> None:
        self._workplace.tasks.run(
            Lane.DESK,
            partial(
                correct,
                self._workplace.event_file,
                self._workplace.desk.desk_name,
                self._workplace.clock(),
                attendee_id,
                changes,
            ),
            partial(self._show_stored, changes),
            self._workplace.show_error,
        )

    @cached_property
    def data_work(self) -> DataWork:
        """What is done with a person's data; made when first wanted."""
        return DataWork(self._workplace, self)

    @cached_property
    def code_work(self) -> CodeWork:
        """What is done with a person's code; made when first wanted."""
        return CodeWork(self._workplace, self)

    def _ask_new_code(self) -> None:
        self.panel.save_typed()
        self.code_work.ask(self._wanted, self.panel.name.text())

    def _show_data(self) -> None:
        self.data_work.show_all(self._wanted)

    def _save_data(self) -> None:
        self.data_work.save_all(self._wanted)

    def _erase_data(self) -> None:
        self.data_work.ask_to_erase(self._wanted)

    def _show_answer(self, outcome: Outcome) -> None:
        self._answer = outcome
        self._workplace.changed.emit()

    def _show_undone(self, _record: AttendeeRecord) -> None:
        self._answer = None
        self._workplace.changed.emit()

    def _show_stored(self, changes: dict[str, str], record: AttendeeRecord) -> None:
        self.panel.show_stored(record, changes)
        self._workplace.changed.emit()

    def _reload(self) -> None:
        if self._wanted and self.isVisible():
            self._load()

    def _load(self) -> None:
        self._workplace.tasks.run(
            Lane.SEARCH,
            partial(load_person, self._workplace.event_file, self._wanted),
            partial(self._show, self._wanted),
            self._workplace.show_error,
        )

    def _show(self, wanted: str, person: Person | None) -> None:
        if wanted != self._wanted:
            return
        if person is None:
            self._let_go()
            return
        self.panel.show_person(person, self._workplace.desk.check_in_list)
        if self._answer is not None and self._answer.record == person.record:
            self.panel.show_answer(self._answer)
        if self._wants_focus:
            self._wants_focus = False
            self.panel.take_focus()

    def close_person(self) -> None:
        """Store what was typed, and be done with this person."""
        if not self._wanted:
            return
        self.panel.save_typed()
        self._let_go()

    def _let_go(self) -> None:
        """Show nobody: also when the import that brought the person was undone meanwhile."""
        self._wanted, self._answer = "", None
        self.panel.forget()
        self.closed.emit()
