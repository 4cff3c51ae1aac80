"""The print queue as a table below the answer: hold, cancel, print again, on another printer.

A panel of the desk screen, so that scans go on and are seen while it is open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QWidget

from checkin_app.domain.print_jobs import AT_SPOOLER, PrintJob, PrintJobState
from checkin_app.domain.printers import PrinterId
from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.desk.key_button import KeyButton
from checkin_app.gui.desk.panels.inline_panel import InlinePanel
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.keys import add_key
from checkin_app.gui.plain_text import label, tool_tip
from checkin_app.gui.printing.printer_reports import words
from checkin_app.gui.printing.queue_model import KnownPrinters, QueueModel
from checkin_app.gui.printing.queue_runner import QueueRunner
from checkin_app.gui.printing.queue_table import QueueTable
from checkin_app.gui.workplace import Workplace
from checkin_app.printing.printer_setups import PrinterSetup, PrinterSetups
from checkin_app.services.device_wording import trouble_step
from checkin_app.storage.event_file import EventFile

_ON_THE_WAY = (PrintJobState.WAITING, *AT_SPOOLER)


class QueuePanel(InlinePanel):
    """Shows the jobs of this desk, and does to the chosen ones what is wanted.

    Signals:
        reprint_wanted: attendee ids (a tuple) whose badge was printed already, and the name of
            the first.
    """

    reprint_wanted = Signal(object, str)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Print queue"), parent)
        self._workplace = workplace
        self._runner: QueueRunner = workplace.print_queue
        self._setups: tuple[PrinterSetup, ...] = ()
        self.model = QueueModel(workplace.desk.event, workplace.clock, self)
        self.table = QueueTable(self.model)
        self.empty = plain_label(
            self.tr("Nothing was printed at this desk yet. Badges on their way appear here.")
        )
        self.step = plain_label("")
        self.hold = KeyButton(self.tr("Hold"), "clock", "F7")
        self.again = KeyButton(self.tr("Print again"), "retry", "F8")
        self.move_over = KeyButton(self.tr("Other printer"), "print", "F6")
        self.cancel = KeyButton(self.tr("Cancel"), "close", "Del")
        self.cancel_waiting = KeyButton(self.tr("Cancel all waiting"), "close", "Shift+Del")
        self._lay_out()
        self._connect()
        self._judge()

    @property
    def survives_scans(self) -> bool:
        """The queue can be watched while people come in."""
        return True

    @property
    def first_field(self) -> QWidget:
        """The table."""
        return self.table

    def open(self) -> None:
        """Show the queue as it is now."""
        self._read_setups()
        self._read_jobs()

    def sizeHint(self) -> QSize:
        """Nothing while it is closed: a stack leaves room for the largest of its pages."""
        return super().sizeHint() if self.isVisible() else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """Nothing either while it is closed."""
        return super().minimumSizeHint() if self.isVisible() else QSize(0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the room it needs."""
        super().showEvent(event)
        self.updateGeometry()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the room to whatever is shown instead."""
        super().hideEvent(event)
        self.updateGeometry()

    # What is shown

    def _read_jobs(self) -> None:
        workplace = self._workplace
        workplace.tasks.run_newest(
            Lane.NUMBERS,
            partial(
                _latest_jobs, workplace.event_file, workplace.settings.desk_id, self.model.limit
            ),
            self._take_jobs,
            workplace.show_error,
        )

    def _read_setups(self) -> None:
        self._workplace.tasks.run_newest(
            Lane.NUMBERS,
            PrinterSetups(self._runner.setups_path).all,
            self._take_setups,
            self._workplace.show_error,
        )

    def _take_setups(self, setups: tuple[PrinterSetup, ...]) -> None:
        self._setups = setups
        self._follow()

    def _take_jobs(self, jobs: tuple[PrintJob, ...]) -> None:
        was_empty = not self.model.jobs
        self.table.show_jobs(jobs, self._printers())
        self._stack.setCurrentIndex(0 if jobs else 1)
        if was_empty:
            self.table.choose_first()

    def _follow(self) -> None:
        """The printers are in another state."""
        self.model.show_printers(self._printers())
        self._judge()

    def _refresh(self) -> None:
        if self.isVisible():
            self._read_jobs()

    def _printers(self) -> KnownPrinters:
        titles = {setup.printer: setup.name for setup in self._setups}
        return KnownPrinters(titles, self._runner.summary)

    def _judge(self) -> None:
        """Offer what makes sense for the chosen jobs."""
        jobs = self.table.chosen()
        are_held = any(job.state is PrintJobState.HELD for job in jobs)
        may_wait = any(job.state in _ON_THE_WAY for job in jobs)
        self.hold.set_words(self.tr("Hold") if may_wait or not are_held else self.tr("Print now"))
        self.hold.setEnabled(may_wait or are_held)
        self.again.setEnabled(any(job.state.is_over for job in jobs))
        self.move_over.setEnabled(bool(_movable(jobs) and self._others(jobs)))
        self.cancel.setEnabled(any(map(_can_be_cancelled, jobs)))
        summary = self._runner.summary
        self.cancel_waiting.setEnabled(bool(summary.waiting or summary.held))
        trouble = jobs[0].trouble if len(jobs) == 1 else None
        text = trouble_step(trouble, words, jobs[0].printer) if trouble is not None else ""
        self.step.setText(text)
        self.step.setToolTip(tool_tip(text))

    def _others(self, jobs: Sequence[PrintJob]) -> dict[PrinterId, str]:
        """The printers that none of these jobs is for, with what people call them."""
        known = {one.id: one.title for one in self._runner.summary.printers}
        known.update({setup.printer: setup.name for setup in self._setups})
        here = {job.printer for job in jobs}
        return {printer: title for printer, title in known.items() if {printer} != here}

    # What is wanted

    def _hold(self) -> None:
        """Hold what waits; if all of it is on hold, let it be printed."""
        jobs = self.table.chosen()
        waiting = [job for job in jobs if job.state in _ON_THE_WAY]
        for job in waiting:
            self._runner.hold(job.id)
        if not waiting:
            for job in jobs:
                self._runner.release(job.id)

    def _cancel(self) -> None:
        for job in filter(_can_be_cancelled, self.table.chosen()):
            self._runner.cancel(job.id)

    def _cancel_waiting(self) -> None:
        workplace = self._workplace
        workplace.tasks.run(
            # Between its rounds: in one, a badge that is tried again does not seem to wait.
            Lane.PRINT,
            partial(_waiting_jobs, workplace.event_file, workplace.settings.desk_id),
            self._cancel_these,
            workplace.show_error,
        )

    def _cancel_these(self, jobs: tuple[PrintJob, ...]) -> None:
        for job in jobs:
            self._runner.cancel(job.id)
        self._workplace.messages.show_message(
            self.tr("{number} badges cancelled.").format(number=len(jobs)),
            action_text=self.tr("Print them after all"),
            action=partial(self._print_anew, jobs),
        )

    def _print_again(self) -> None:
        """What was not printed is tried again; for another of a printed badge there is a reason."""
        over = [job for job in self.table.chosen() if job.state.is_over]
        printed = {job.attendee_id: job.name for job in over if job.state is PrintJobState.DONE}
        # Somebody may have a row of both kinds, and wants one badge.
        self._print_anew([job for job in over if job.attendee_id not in printed])
        if printed:
            self.reprint_wanted.emit(tuple(printed), next(iter(printed.values())))

    def _print_anew(self, jobs: Sequence[PrintJob]) -> None:
        for job in reversed(jobs):
            self._runner.print_again(job.id, job.cause)

    def _move(self) -> None:
        jobs = _movable(self.table.chosen())
        others = self._others(jobs) if jobs else {}
        if len(others) == 1:
            self._move_to(next(iter(others)))
        elif others:
            self._ask_where(others)

    def _ask_where(self, others: dict[PrinterId, str]) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for printer, title in others.items():
            menu.addAction(label(title)).setData(printer)
        menu.triggered.connect(self._move_by_menu)
        menu.popup(self.move_over.mapToGlobal(self.move_over.rect().bottomLeft()))

    def _move_by_menu(self, action: object) -> None:
        self._move_to(action.data())  # type: ignore[attr-defined]

    def _move_to(self, printer: PrinterId) -> None:
        for job in _movable(self.table.chosen()):
            self._runner.move(job.id, printer)

    # Inside

    def _connect(self) -> None:
        self._runner.changed.connect(self._follow)
        self._runner.jobs_changed.connect(self._refresh)
        self.model.more_wanted.connect(self._read_jobs)
        self.table.chosen_changed.connect(self._judge)
        for button, keys, act in self._actions():
            button.clicked.connect(act)
            for key in keys:
                add_key(key, self, act)

    def _actions(self) -> tuple[tuple[KeyButton, tuple[str, ...], Callable[[], None]], ...]:
        return (
            (self.hold, ("F7",), self._hold),
            (self.again, ("F8",), self._print_again),
            (self.move_over, ("F6",), self._move),
            (self.cancel, ("Del",), self._cancel),
            (self.cancel_waiting, ("Shift+Del",), self._cancel_waiting),
        )

    def _lay_out(self) -> None:
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.step.setFont(sized(self.font(), 1.0, bold=True))
        self.step.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self._stack.setCurrentIndex(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button, _keys, _act in self._actions():
            if button is self.cancel_waiting:
                buttons.addStretch(1)
            buttons.addWidget(button)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.step)
        self.body.addLayout(buttons)


def _latest_jobs(event_file: EventFile, desk_id: str, limit: int) -> tuple[PrintJob, ...]:
    return event_file.print_jobs.of_desk(desk_id).latest(limit)


def _waiting_jobs(event_file: EventFile, desk_id: str) -> tuple[PrintJob, ...]:
    """Newest first, as the table has them."""
    jobs = event_file.print_jobs.of_desk(desk_id).open(PrintJobState.WAITING, PrintJobState.HELD)
    return tuple(queued.job for queued in reversed(jobs))


def _can_be_cancelled(job: PrintJob) -> bool:
    return not job.state.is_over or job.state is PrintJobState.FAILED


def _movable(jobs: Sequence[PrintJob]) -> list[PrintJob]:
    return [job for job in jobs if _can_be_cancelled(job)]
