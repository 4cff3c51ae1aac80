"""Printing at the desk: the badge of the person in hand, the line and the table of the queue.

Without a label printer a wanted badge opens the screen of bulk prints instead.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from checkin_app.domain.attendee import Attendee, AttendeeRecord
from checkin_app.domain.print_jobs import PrintCause
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.desk.desk_layout import DeskLayout
from checkin_app.gui.desk.panels.desk_panels import DeskPanels
from checkin_app.gui.desk.panels.inline_panel import InlinePanel
from checkin_app.gui.plain_text import shown
from checkin_app.gui.printing.line_words import line_words
from checkin_app.gui.printing.print_line import PrintLine
from checkin_app.gui.workplace import Workplace
from checkin_app.services.desk_printing.badge_requests import BadgeRequest, badge_request

if TYPE_CHECKING:
    from checkin_app.gui.printing.queue_panel import QueuePanel
    from checkin_app.gui.printing.queue_runner import QueueRunner
    from checkin_app.gui.printing.reprint_panel import ReprintPanel

_QUEUED_AFTER_MS = 10_000
"""Until then a badge that was asked for is not asked for again by a second press."""


class DeskPrinting(QObject):
    """Turns what the desk wants printed into jobs of the queue, and shows how they are doing.

    Attributes:
        line: the slim line; hidden where no printer is chosen and nothing waits.
    """

    def __init__(
        self,
        workplace: Workplace,
        parts: DeskLayout,
        panels: DeskPanels,
        person_in_hand: Callable[[], Attendee | None],
        screen: QWidget,
    ) -> None:
        super().__init__(screen)
        self._workplace = workplace
        self._parts = parts
        self._panels = panels
        self._person_in_hand = person_in_hand
        self._runner: QueueRunner | None = None
        self._added: set[str] = set()
        self._correcting = ""
        self._printed_when_corrected: set[str] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._trust_queue)
        self.line = PrintLine(screen)
        self.line.hide()
        parts.under_actions.addWidget(self.line)
        self._connect()
        self._find_queue()

    # Asked by keys and buttons

    def want_badge(self) -> None:
        """Print the badge of the person in hand; for another of a good one there is a reason."""
        person = self._person_in_hand()
        if person is None:
            return
        if not self._has_printer():
            self.want_bulk_print()
            return
        workplace = self._workplace
        workplace.tasks.run(
            Lane.NUMBERS,
            partial(badge_request, workplace.event_file, workplace.settings.desk_id, person.id),
            self._take_request,
            workplace.show_error,
        )

    def want_bulk_print(self) -> None:
        """Go to the screen of bulk prints with the person in hand."""
        if person := self._person_in_hand():
            self._workplace.badges_wanted.emit((person.id,))

    def open_queue(self) -> None:
        """Show the queue as a table, or take it away."""
        panel = self._queue_panel()
        if self._panels.current is panel:
            self._panels.close()
        else:
            panel.open()
            self._panels.open(panel)

    # What is printed

    def _take_request(self, request: BadgeRequest | None) -> None:
        messages = self._workplace.messages
        if request is None:
            messages.show_message(self.tr("This person is no longer on the list."))
            return
        person = request.record.attendee
        if request.is_waiting or person.id in self._added:
            sentence = self.tr("The badge of {name} is on its way to the printer already.")
            messages.show_message(
                sentence.format(name=shown(person.full_name)),
                action_text=self.tr("Print queue"),
                action=self.open_queue,
            )
        elif request.cause is not None:
            self._print((person.id,), request.cause)
        else:
            self._ask_why((person.id,), person.full_name)

    def _ask_why(self, attendee_ids: tuple[str, ...], name: str) -> None:
        panel = self._reprint_panel()
        panel.ask(attendee_ids, name)
        self._panels.open(panel)

    def _print_again(self, attendee_ids: tuple[str, ...], cause: PrintCause) -> None:
        self._panels.close()
        self._print(attendee_ids, cause)

    def _print(self, attendee_ids: tuple[str, ...], cause: PrintCause) -> None:
        self._added.update(attendee_ids)
        self._soon.start(_QUEUED_AFTER_MS)
        self._workplace.print_queue.enqueue(attendee_ids, cause)

    def _trust_queue(self) -> None:
        """What was added is in the queue by now, or will never be."""
        self._added.clear()

    # Wrong data: first the correction, then the badge

    def _correct_first(self, attendee_id: str) -> None:
        workplace = self._workplace
        workplace.tasks.run(
            Lane.NUMBERS,
            partial(workplace.event_file.record, attendee_id),
            self._open_correction,
            workplace.show_error,
        )

    def _open_correction(self, record: AttendeeRecord | None) -> None:
        if record is None:
            return
        panel = self._panels.correction()
        panel.show_attendee(record.attendee)
        name = shown(record.attendee.full_name)
        panel.set_title(self.tr("Correct, then print: {name}").format(name=name))
        self._panels.open(panel)
        self._correcting = record.attendee.id

    def _take_stored(self, attendee_id: str) -> None:
        """The correction is on its way to the file; the badge is printed once it is there."""
        if attendee_id == self._correcting:
            self._printed_when_corrected.add(attendee_id)

    def print_corrected(self, record: AttendeeRecord) -> None:
        """A correction is stored: print the badge if it is for that."""
        if record.attendee.id in self._printed_when_corrected:
            self._printed_when_corrected.remove(record.attendee.id)
            self._print((record.attendee.id,), PrintCause.WRONG_DATA)

    def _forget_correction(self, _panel: InlinePanel | None = None) -> None:
        self._correcting = ""

    # The line

    def _find_queue(self) -> None:
        """Follow the queue once there is one: with a printer, or with badges that wait."""
        has_printer = self._has_printer()
        self._parts.actions.badge.set_words(
            self.tr("Print badge") if has_printer else self.tr("Badge")
        )
        if self._runner is None and self._workplace.has_print_queue:
            self._runner = self._workplace.print_queue
            self._runner.changed.connect(self._show_line)
            self._runner.jobs_changed.connect(self._show_line)
            self._runner.jobs_changed.connect(self._trust_queue)
        self._show_line()

    def _show_line(self) -> None:
        if self._runner is None:
            self.line.setVisible(self._has_printer())
            return
        summary = self._runner.summary
        self.line.show_words(line_words(summary, self._runner.jobs))
        self.line.setVisible(self._has_printer() or not summary.is_quiet)

    def _move_over(self) -> None:
        """Print on the other printer what waits for one that is stopped."""
        shown_words = self.line.words
        if self._runner is None or shown_words.moves_to is None:
            return
        for job in reversed(self._runner.jobs):
            if not job.state.is_over and job.printer == shown_words.moves_from:
                self._runner.move(job.id, shown_words.moves_to)

    def _release(self) -> None:
        if self._runner is not None:
            self._runner.release_all()

    def _has_printer(self) -> bool:
        return bool(self._workplace.settings.devices.printing.printer)

    # Inside

    def _queue_panel(self) -> QueuePanel:
        return self._panels.panel("print queue", self._make_queue_panel)

    def _make_queue_panel(self) -> QueuePanel:
        from checkin_app.gui.printing.queue_panel import QueuePanel

        panel = QueuePanel(self._workplace, self._parts.below)
        panel.reprint_wanted.connect(self._ask_why)
        return panel

    def _reprint_panel(self) -> ReprintPanel:
        return self._panels.panel("reprint", self._make_reprint_panel)

    def _make_reprint_panel(self) -> ReprintPanel:
        from checkin_app.gui.printing.reprint_panel import ReprintPanel

        panel = ReprintPanel(self._parts.below)
        panel.given.connect(self._print_again)
        panel.correction_wanted.connect(self._correct_first)
        return panel

    def _connect(self) -> None:
        self._parts.actions.badge_wanted.connect(self.want_badge)
        self.line.queue_wanted.connect(self.open_queue)
        self.line.move_wanted.connect(self._move_over)
        self.line.release_wanted.connect(self._release)
        self._panels.opened.connect(self._forget_correction)
        self._panels.closed.connect(self._forget_correction)
        self._panels.correction_wanted.connect(self._take_stored)
        self._workplace.devices.reports_changed.connect(self._find_queue)
