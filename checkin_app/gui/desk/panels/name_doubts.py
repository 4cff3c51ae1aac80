"""Tells the desk that a guest says the name is wrong: one line, and a key that opens the form.

The badge is held as long as the line is there, if it is still waiting for its printer.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.print_jobs import PrintJob, PrintJobState
from checkin_app.gui.appearance.theme import colours_of
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.desk.desk_layout import DeskLayout
from checkin_app.gui.desk.key_button import KeyButton
from checkin_app.gui.desk.panels.desk_panels import DeskPanels
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.keys import add_key
from checkin_app.gui.plain_text import shown
from checkin_app.gui.workplace import Workplace

_KEY = "F9"
_RADIUS_PX = 10


class DoubtLine(QWidget):
    """The line, with what can be done.

    Signals:
        correction_wanted: open the form.
        settled: the name is right after all.
    """

    correction_wanted = Signal()
    settled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = plain_label(parent=self)
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.correct = KeyButton(self.tr("Correct"), "edit", _KEY, self)
        self.right = QPushButton(self.tr("The name is right"), self)
        self.right.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        for widget in (self.words, self.correct, self.right):
            row.addWidget(widget)
        self.correct.clicked.connect(self.correction_wanted)
        self.right.clicked.connect(self.settled)
        self.hide()

    def show_doubt(self, name: str) -> None:
        """Somebody says that the name is wrong."""
        says = self.tr("{name} says on the guest screen that the name is wrong.")
        self.words.setText(says.format(name=shown(name)))
        self.setAccessibleName(self.words.text())
        palette = self.words.palette()
        palette.setColor(self.words.foregroundRole(), colours_of(self.palette()).warning.ink)
        self.words.setPalette(palette)
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of things that ask for care."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours_of(self.palette()).warning.fill)
        painter.drawRoundedRect(self.rect(), _RADIUS_PX, _RADIUS_PX)
        painter.end()


class NameDoubts(QObject):
    """Keeps whose name is doubted until it is corrected, found right, or not let in after all;
    the newest is shown.

    Attributes:
        line: what the desk sees of it.
    """

    def __init__(
        self, workplace: Workplace, parts: DeskLayout, panels: DeskPanels, screen: QWidget
    ) -> None:
        super().__init__(screen)
        self._workplace = workplace
        self._panels = panels
        self._doubted: dict[str, AttendeeRecord] = {}
        self._held: dict[str, str] = {}
        self.line = DoubtLine(screen)
        parts.under_actions.addWidget(self.line)
        add_key(_KEY, screen, self.open_correction)
        self.line.correction_wanted.connect(self.open_correction)
        self.line.settled.connect(self._settle_newest)
        workplace.devices.guest.correction_asked.connect(self._look_up)
        workplace.devices.guest.confirmed.connect(self._settle)

    def open_correction(self) -> None:
        """Open the form on whom the line names."""
        if self._doubted:
            panel = self._panels.correction()
            panel.show_attendee(list(self._doubted.values())[-1].attendee)
            self._panels.open(panel)

    def settle_of(self, record: AttendeeRecord) -> None:
        """Somebody was corrected, or is not let in after all."""
        self._settle(record.attendee.id)

    def _look_up(self, attendee_id: str) -> None:
        self._hold(attendee_id)
        look = partial(self._workplace.event_file.record, attendee_id)
        self._workplace.tasks.run(Lane.NUMBERS, look, self._take, self._workplace.show_error)

    def _take(self, record: AttendeeRecord | None) -> None:
        if record is not None:
            self._doubted.pop(record.attendee.id, None)
            self._doubted[record.attendee.id] = record
            self._show_newest()

    def _settle_newest(self) -> None:
        if self._doubted:
            self._settle(list(self._doubted)[-1])

    def _settle(self, attendee_id: str) -> None:
        self._doubted.pop(attendee_id, None)
        self._release(attendee_id)
        self._show_newest()

    def _show_newest(self) -> None:
        if self._doubted:
            self.line.show_doubt(list(self._doubted.values())[-1].attendee.full_name)
        else:
            self.line.hide()

    # The badge

    @property
    def _prints(self) -> bool:
        return bool(self._workplace.settings.devices.printing.printer)

    def _hold(self, attendee_id: str) -> None:
        """Keep the badge back, unless it is coming out of its printer."""
        if not self._prints:
            return
        queue = self._workplace.print_queue
        for job in queue.jobs:
            if job.attendee_id == attendee_id and _can_be_held(job):
                self._held[job.id] = attendee_id
                queue.hold(job.id)

    def _release(self, attendee_id: str) -> None:
        for job_id in [job for job, owner in self._held.items() if owner == attendee_id]:
            del self._held[job_id]
            self._workplace.print_queue.release(job_id)


def _can_be_held(job: PrintJob) -> bool:
    """It waits in the queue, or before a printer that has stopped."""
    is_stuck = job.state is PrintJobState.PRINTING and job.trouble is not None
    return job.state is PrintJobState.WAITING or is_stuck
