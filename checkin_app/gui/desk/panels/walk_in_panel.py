"""Registers somebody who is not on the list, and shows who might be meant instead."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.desk.key_button import KeyButton
from checkin_app.gui.desk.panels.inline_panel import InlinePanel
from checkin_app.gui.desk.panels.name_form import NameForm
from checkin_app.gui.desk.results import Result, ResultsList
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.workplace import Workplace
from checkin_app.storage.people.register import ListedAttendee

_PAUSE_MS = 120


class WalkInPanel(InlinePanel):
    """A name form with possible doubles beside it. What is typed survives scans and closing.

    Signals:
        wanted: the fields of the person to register.
        known_chosen: the ``Attendee`` on the list who was meant.
    """

    wanted = Signal(object)
    known_chosen = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Walk-in"), parent)
        self._workplace = workplace
        self._is_waiting = False
        self.form = NameForm(self)
        self.form.changed.connect(self._type)
        self.form.entered.connect(self._enter)
        self._register = KeyButton(self.tr("Register and check in"), "walk-in", "Return", self)
        self._register.setProperty("primary", True)
        self._register.clicked.connect(self._enter)
        self._known_title = plain_label("", self)
        self._known_title.setWordWrap(True)
        self._known = ResultsList(workplace.desk.event, self)
        self._known.shows_categories = False
        self._known.setAccessibleName(self.tr("Possible doubles"))
        self._known.chosen.connect(self.known_chosen)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        left = QVBoxLayout()
        left.addWidget(self.form)
        left.addStretch(1)
        left.addWidget(self._register)
        right = QVBoxLayout()
        right.addWidget(self._known_title)
        right.addWidget(self._known, 1)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(left, 5)
        row.addLayout(right, 4)
        self.body.addLayout(row, 1)
        self._show_known(())
        self._judge()

    @property
    def survives_scans(self) -> bool:
        """What is half-typed does not depend on who is scanned."""
        return True

    @property
    def first_field(self) -> QWidget:
        """The first name."""
        return self.form.first_name

    @property
    def possible_doubles(self) -> tuple[Result, ...]:
        """The people shown as perhaps the same."""
        return self._known.results

    def ask_categories(self) -> None:
        """Offer the categories in use now."""
        workplace = self._workplace
        workplace.tasks.run(
            Lane.NUMBERS, workplace.event_file.categories, self.form.offer_categories
        )

    def begin_with(self, searched: str) -> bool:
        """Take over a name that was searched in vain; False when it is none, or one is typed."""
        typed = self.form.fields()
        is_code = any(c.isdigit() or c in "@/:" for c in searched)
        if is_code or not searched.strip() or typed["first_name"] or typed["last_name"]:
            return False
        self.form.begin_with(searched)
        self._type()
        return True

    def be_ready_for_next(self) -> None:
        """The person is stored: be ready for the next."""
        self._is_waiting = False
        self.form.clear()
        self._show_known(())
        self._judge()

    def try_again(self) -> None:
        """Nothing was stored; all that was typed is still here."""
        self._is_waiting = False
        self._judge()

    def _type(self) -> None:
        self._judge()
        self._pause.start()

    def _judge(self) -> None:
        fields = self.form.fields()
        has_name = bool(fields["first_name"] or fields["last_name"])
        self._register.setEnabled(has_name and not self._is_waiting)

    def _enter(self) -> None:
        if self._register.isEnabled():
            self._is_waiting = True
            self._judge()
            self.wanted.emit(self.form.fields())

    def _look(self) -> None:
        from checkin_app.services.registrations import possible_doubles

        fields = self.form.fields()
        look = partial(
            possible_doubles,
            self._workplace.event_file,
            fields["first_name"],
            fields["last_name"],
            fields["organisation"],
        )
        self._workplace.tasks.run_newest(
            Lane.SEARCH, look, self._show_known, self._workplace.show_error
        )

    def _show_known(self, found: tuple[ListedAttendee, ...]) -> None:
        fields = self.form.fields()
        results = tuple(Result(listed.attendee, listed.checked_in_at) for listed in found)
        self._known.show_results(results, f"{fields['first_name']} {fields['last_name']}")
        self._known.clearSelection()
        self._known_title.setText(
            self.tr("Already on the list? Press the line to check in.")
            if results
            else self.tr("People on the list who look alike appear here.")
        )
