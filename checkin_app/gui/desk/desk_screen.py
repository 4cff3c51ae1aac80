"""The desk screen: a scan or a name in, the answer large, the next one.

This module joins the parts: the field and the devices ask ``CheckingIn``, its answers go to the
panel, the sounds, the actions and the counters.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from checkin_app.domain.admission import Outcome
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.desk.answers.shown_answer import ShownAnswer
from checkin_app.gui.desk.cheat_sheet import CheatSheet
from checkin_app.gui.desk.checking_in import CheckingIn
from checkin_app.gui.desk.desk_layout import DeskLayout
from checkin_app.gui.desk.finder import Finder
from checkin_app.gui.desk.panels.desk_panels import DeskPanels
from checkin_app.gui.desk.panels.inline_panel import InlinePanel
from checkin_app.gui.desk.panels.sharing_line import SharingLine
from checkin_app.gui.desk.results import Result
from checkin_app.gui.desk.side.device_views import DeviceViews
from checkin_app.gui.desk.side.live_numbers import DeskSnapshot, LiveNumbers
from checkin_app.gui.workplace import Workplace

_NO_MODIFIER = Qt.KeyboardModifier.NoModifier
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class DeskScreen(QWidget):
    """The screen of the registration desk.

    Attributes:
        parts: the widgets.
        panels: what opens below the answer.
        checking_in: asks the desk.
        shown: the answer on the panel, and whom it is about.
        finder: searches while somebody types.
        device_views: the live picture, the line of the print queue.
    """

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("deskScreen")
        self._workplace = workplace
        self.parts = DeskLayout(self, workplace)
        self.panels = DeskPanels(workplace, self.parts.below, self)
        self.checking_in = CheckingIn(workplace, self)
        self.shown = ShownAnswer(workplace, self.parts, self.checking_in, self)
        self.finder = Finder(workplace, self)
        self._numbers = LiveNumbers(workplace, self)
        self.cheat_sheet = CheatSheet(self)
        self.device_views = DeviceViews(
            workplace, self.parts, self.panels, self.checking_in, self.person_in_hand, self
        )
        SharingLine(workplace, self.parts.place, self)
        self._connect()
        self.setFocusProxy(self.parts.field)
        self._show_list_name()
        self._numbers.count()

    # Asked from outside and by keys

    def take_scan(self, scan: Scan) -> None:
        """A reading of a device, whatever has the focus."""
        self.cheat_sheet.hide()
        if menu := QApplication.activePopupWidget():
            menu.close()
        self.parts.field.clear()
        self.panels.close_what_a_scan_outdates()
        self.checking_in.scan(scan)

    def show_person(self, attendee_id: str) -> None:
        """Look somebody up without checking in."""
        workplace = self._workplace
        look = partial(workplace.event_file.record, attendee_id)
        workplace.tasks.run_newest(
            Lane.NUMBERS, look, self.shown.take_looked_up, workplace.show_error
        )

    def clear(self) -> None:
        """Esc: the topmost thing goes first; the answer itself stays until the next scan."""
        if self.cheat_sheet.isVisible():
            self.cheat_sheet.hide()
        elif self.panels.current is not None:
            self.panels.close()
        else:
            self.parts.field.clear()

    def ask_anyway(self) -> None:
        """Ask why the person shown is to be let in; whom a search found is tried by the rules."""
        person = self.shown.person
        if self._shows_results():
            self._enter(self.parts.field.text())
        elif person and self.shown.can_admit_anyway:
            panel = self.panels.reason()
            panel.ask(person.id, person.full_name)
            self.panels.open(panel)

    def open_walk_in(self) -> None:
        """Register somebody who is not on the list."""
        panel = self.panels.walk_in()
        panel.ask_categories()
        nobody_fits = self.parts.below.currentWidget() is self.parts.nobody
        if nobody_fits and panel.begin_with(self.parts.field.text()):
            self.parts.field.clear()
        self.panels.open(panel)

    def open_correction(self) -> None:
        """Correct the person in hand."""
        if person := self.person_in_hand():
            panel = self.panels.correction()
            panel.show_attendee(person)
            self.panels.open(panel)

    def open_history(self) -> None:
        """Show what happened to the person in hand."""
        if person := self.person_in_hand():
            panel = self.panels.history()
            panel.show_attendee(person)
            self.panels.open(panel)

    def open_lists(self) -> None:
        """Choose where scans count."""
        panel = self.panels.lists()
        panel.mark_current()
        self.panels.open(panel)

    def switch_cheat_sheet(self) -> None:
        """Show or hide the keys."""
        if self.cheat_sheet.isVisible():
            self.cheat_sheet.hide()
        else:
            self.cheat_sheet.open()

    # The field

    def _enter(self, text: str) -> None:
        """Check in the selected person; else what was typed may be a code."""
        if person := self.parts.results.current if self._shows_results() else None:
            if text.strip() and not self.finder.is_answered:
                self.finder.enter_when_answered()
            else:
                self._check_in(person)
        elif not text.strip():
            if self.shown.is_looked_up and self.shown.person:
                self._check_in(self.shown.person)
        elif self.finder.is_answered:
            self._take_typed_code(text)
        else:
            self.finder.enter_when_answered()

    def _take_typed_code(self, text: str) -> None:
        self.take_scan(Scan(text.strip(), ScanSource.SEARCH))

    def _check_in(self, attendee: Attendee) -> None:
        self.panels.close_what_a_scan_outdates()
        self.parts.field.clear()
        self._show_results((), "")
        self.checking_in.check_in(attendee.id, attendee.full_name)

    def _show_results(self, results: tuple[Result, ...], text: str) -> None:
        self.parts.results.show_results(results, text)
        self._show_below()

    def _show_below(self) -> None:
        """A panel if one is open; else results while somebody searches; else arrivals."""
        parts = self.parts
        if self.panels.current is not None:
            parts.below.setCurrentWidget(self.panels.current)
        elif parts.results.results:
            parts.below.setCurrentWidget(parts.results)
        else:
            parts.below.setCurrentWidget(parts.nobody if self.finder.text else parts.arrivals)

    def _shows_results(self) -> bool:
        return self.parts.below.currentWidget() is self.parts.results

    # Answers

    def _after_outcome(self, outcome: Outcome) -> None:
        """People whom an ambiguous code may mean are offered as results."""
        if outcome.candidates:
            self._show_results(tuple(Result(p, None) for p in outcome.candidates), "")
        elif not self.finder.text:
            self._show_results((), "")

    def _after_correction(self) -> None:
        self.panels.close()
        self.finder.refresh()

    def _show_numbers(self, snapshot: DeskSnapshot) -> None:
        self.parts.numbers.show_numbers(snapshot.numbers)
        expected = snapshot.numbers.expected > 0
        self.parts.arrivals.show_arrivals(snapshot.arrivals, anybody_expected=expected)

    # Panels

    def _admit_anyway(self, attendee_id: str, name: str, reason: str) -> None:
        self.panels.close()
        self.checking_in.admit_anyway(attendee_id, name, reason)

    def _choose_list(self, check_in_list: CheckInList) -> None:
        self.panels.close()
        self._workplace.choose_list(check_in_list)

    def _take_new_list(self) -> None:
        self._show_list_name()
        self.shown.be_ready()

    def _take_walk_in(self) -> None:
        self.panels.walk_in().be_ready_for_next()
        self.panels.close()

    def _keep_walk_in(self) -> None:
        self.panels.walk_in().try_again()

    def _after_panel(self) -> None:
        self._show_below()
        self.parts.field.setFocus()
        self.setFocusProxy(self.parts.field)

    def _before_panel(self, panel: InlinePanel) -> None:
        self.setFocusProxy(panel.first_field)

    def _show_list_name(self) -> None:
        name = self._workplace.desk.check_in_list.name
        self.parts.lists.set_words(name)
        self.parts.lists.setToolTip(self.tr("Scans count at this list"))

    def person_in_hand(self) -> Attendee | None:
        """Whom a key is about: the selected line of a search, else the person of the answer."""
        if self._shows_results() and self.parts.results.current:
            return self.parts.results.current
        return self.shown.person

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Typing that no widget took goes to the field."""
        # AltGr, which writes letters, arrives as Ctrl+Alt on Windows.
        command = event.modifiers() & (_CTRL | _ALT | Qt.KeyboardModifier.MetaModifier)
        is_typing = event.text().isprintable() and command in (_NO_MODIFIER, _CTRL | _ALT)
        if event.text() and is_typing and self.panels.current is None:
            self.parts.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.parts.field.insert(event.text())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sheet covers all of the screen."""
        self.cheat_sheet.setGeometry(self.rect())
        super().resizeEvent(event)

    def _connect(self) -> None:
        parts, asked = self.parts, self.checking_in
        parts.field.textChanged.connect(self.finder.type)
        parts.field.textChanged.connect(parts.results.select_first)
        parts.field.moved.connect(parts.results.move_selection)
        parts.field.entered.connect(self._enter)
        parts.results.chosen.connect(self._check_in)
        parts.walk_in.clicked.connect(self.open_walk_in)
        parts.lists.clicked.connect(self.open_lists)
        parts.keys.clicked.connect(self.switch_cheat_sheet)
        parts.actions.anyway_wanted.connect(self.ask_anyway)
        parts.actions.correction_wanted.connect(self.open_correction)
        parts.actions.history_wanted.connect(self.open_history)
        parts.actions.retry_wanted.connect(asked.retry)
        parts.actions.undo_wanted.connect(asked.undo)
        self.finder.found.connect(self._show_results)
        self.finder.single_found.connect(self._check_in)
        self.finder.nobody_found.connect(self._take_typed_code)
        asked.answered.connect(self.shown.take_outcome)
        asked.answered.connect(self._after_outcome)
        asked.undone.connect(self.shown.take_undone)
        asked.not_stored.connect(self.shown.take_not_stored)
        asked.registered.connect(self._take_walk_in)
        asked.walk_in_failed.connect(self._keep_walk_in)
        asked.corrected.connect(self.shown.take_corrected)
        asked.corrected.connect(self._after_correction)
        asked.undo_changed.connect(parts.actions.show_undo)
        self.panels.walk_in_wanted.connect(asked.walk_in)
        self.panels.person_chosen.connect(self._check_in)
        self.panels.scan_chosen.connect(self.take_scan)
        self.panels.correction_wanted.connect(asked.correct)
        self.panels.reason_given.connect(self._admit_anyway)
        self.panels.list_chosen.connect(self._choose_list)
        self.panels.opened.connect(self._before_panel)
        self.panels.closed.connect(self._after_panel)
        self._numbers.counted.connect(self._show_numbers)
        self._workplace.list_chosen.connect(self._take_new_list)
        self._workplace.changed.connect(self.finder.refresh)
