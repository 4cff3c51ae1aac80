"""Other desks: share this event, join one, see who is there, stop, take over, merge by a stick.

One dialog with a page for each part that a laptop can have. It asks and shows; what it is told to
do is done in a lane of its own, however long the network takes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkin_app.errors import CheckinError
from checkin_app.gui.attendees.presence_card import plain_label
from checkin_app.gui.hub import hub_words
from checkin_app.gui.hub.desk_page import DeskPage
from checkin_app.gui.hub.first_page import FirstPage
from checkin_app.gui.hub.organiser_page import OrganiserPage
from checkin_app.gui.plain_text import shown
from checkin_app.gui.tasks import Job, Lane
from checkin_app.gui.workplace import Workplace
from checkin_app.services.sharing.hub_view import HubPart, HubView

if TYPE_CHECKING:
    from checkin_app.services.sharing.joining_wherever import JoinedAt

_LOOK_EVERY_MS = 3000
_WIDTH_EM, _HEIGHT_EM = 52, 34


class HubDialog(QDialog):
    """How the open event is shared.

    Signals:
        joined: a ``JoinedAt``: this laptop is a desk of an event now, perhaps of another one.

    Attributes:
        first, organiser, desk: the pages.
        state: what is being done, or what went wrong.
        merge: the button for a file on a stick.
    """

    joined = Signal(object)

    def __init__(
        self, workplace: Workplace, parent: QWidget | None = None, *, pairing: str = ""
    ) -> None:
        """Show how the event is shared.

        Args:
            pairing: what was scanned, if that led here.
        """
        from checkin_app.gui.hub.hub_work import HubWork

        super().__init__(parent)
        self.setWindowTitle(self.tr("Other desks"))
        self._workplace = workplace
        self._work = HubWork(workplace)
        self._scanned = pairing
        self._job: Job | None = None
        self._view: HubView | None = None
        self.first, self.organiser, self.desk = FirstPage(), OrganiserPage(), DeskPage()
        self._pages = QStackedWidget()
        self._waiting = QWidget()
        for page in (self._waiting, self.first, self.organiser, self.desk):
            self._pages.addWidget(page)
        self.state = plain_label()
        self.state.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.merge = QPushButton(self.tr("Merge with a file…"))
        self.merge.setToolTip(self.tr("Without a network: both files get what the other has."))
        self.close_button = QPushButton(self.tr("Close"))
        self._lay_out()
        self._connect()
        self._look_again = QTimer(self)
        self._look_again.setInterval(_LOOK_EVERY_MS)
        self._look_again.timeout.connect(self._look)
        self._look_again.start()
        self._look()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nobody waits for the answer any more."""
        self._end()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """As closing."""
        self._end()
        super().done(result)

    # What is asked

    def _start(self) -> None:
        self._do(
            self.tr("Starting the hub on this laptop. The first time takes some seconds."),
            self._work.start,
            self._take_started,
        )

    def _pair(self) -> None:
        self._do(self.tr("Making a code…"), self._work.pair, self._take_changed)

    def _withdraw_pairing(self) -> None:
        self._do(self.tr("Withdrawing the code…"), self._work.withdraw_pairing, self._take_changed)

    def _withdraw_desk(self, desk_id: str) -> None:
        name = next((one.name for one in self.organiser.desks.lines if one.id == desk_id), "")
        if self._is_sure(
            self.tr("Withdraw “{name}”?").format(name=shown(name, 60)),
            self.tr(
                "That laptop can hand in and fetch nothing any more. What it has already handed in"
                " stays. It can come back only with a new code."
            ),
            self.tr("Withdraw"),
        ):
            self._do(
                self.tr("Withdrawing the desk…"),
                partial(self._work.withdraw_desk, desk_id),
                self._take_changed,
            )

    def _stop(self) -> None:
        if self._is_sure(
            self.tr("Stop the hub?"),
            self.tr(
                "Every desk goes on by itself and keeps what it records. When the hub runs again,"
                " they hand it in."
            ),
            self.tr("Stop the hub"),
        ):
            self._do(self.tr("Stopping the hub…"), self._work.stop, self._take_changed)

    def _take_over(self) -> None:
        if self._is_sure(
            self.tr("Make this laptop the hub?"),
            self.tr(
                "Do this when the hub's laptop is broken or gone. The other desks then have to join"
                " this one, by the code it will show."
            ),
            self.tr("Make it the hub"),
        ):
            self._do(
                self.tr("Making this laptop the hub…"), self._work.take_over, self._take_started
            )

    def _join(self, text: str) -> None:
        self._do(self.tr("Joining…"), partial(self._work.join, text), self._take_joined)

    def _search(self) -> None:
        self._do(self.tr("Looking for hubs in this network…"), self._work.search, self._take_nearby)

    def _merge(self) -> None:
        from checkin_app.gui.file_dialogs import ask_to_open

        path = ask_to_open(
            self._workplace, self, self.tr("Event file to merge with"), hub_words.event_files()
        )
        if path is not None:
            self._do(self.tr("Merging…"), partial(self._work.merge, Path(path)), self._take_merged)

    # What came of it

    def _look(self) -> None:
        self._workplace.tasks.run_newest(
            Lane.HUB, self._work.look, self._show_view, self._show_failure
        )

    def _show_view(self, view: HubView) -> None:
        self._view = view
        match view.part:
            case HubPart.NONE:
                self._pages.setCurrentWidget(self.first)
            case HubPart.ORGANISER:
                self._show_organiser(view)
            case HubPart.DESK:
                self._show_desk(view)
        self._take_scanned(view)

    def _show_organiser(self, view: HubView) -> None:
        status = view.status
        assert status is not None
        event = self._workplace.desk.event
        self._pages.setCurrentWidget(self.organiser)
        self.organiser.desks.show_desks(hub_words.desk_lines(view, event, may_withdraw=True))
        self.organiser.show_hub(
            hub_words.hub_state(status, event),
            status.trouble,
            is_here=status.is_here,
            is_running=status.is_running,
        )
        shown_pairing = self._work.pairing_that_holds(status.pairings)
        if shown_pairing is None:
            self.organiser.pairing.show_none()
        elif shown_pairing.pairing.link() != self.organiser.pairing.link:
            until = event.local(shown_pairing.valid_until)
            self.organiser.pairing.show_pairing(shown_pairing.pairing, until)

    def _show_desk(self, view: HubView) -> None:
        event = self._workplace.desk.event
        self._pages.setCurrentWidget(self.desk)
        self.desk.desks.show_desks(hub_words.desk_lines(view, event, may_withdraw=False))
        line, about = hub_words.desk_state(self._workplace.sharing.state, view, event)
        self.desk.show_state(line, about)

    def _take_scanned(self, view: HubView) -> None:
        text, self._scanned = self._scanned, ""
        if text and view.part is HubPart.DESK:
            self.desk.show_link(text)
        elif text and view.part is HubPart.NONE:
            self.first.show_link(text)
        elif text:
            self.state.setText(
                self.tr("This laptop organises the hub of this event itself. Stop it to join one.")
            )

    def _take_started(self, _started: Any) -> None:
        self._take_changed()
        self._pair()

    def _take_changed(self, _what: Any = None) -> None:
        self._show_busy("")
        self._workplace.sharing.start()
        self._workplace.changed.emit()
        self._look()

    def _take_joined(self, joined: JoinedAt) -> None:
        self._show_busy("")
        self.joined.emit(joined)
        self.accept()

    def _take_nearby(self, laptops: tuple[str, ...]) -> None:
        self._show_busy("")
        self.first.show_nearby(laptops)

    def _take_merged(self, sentence: str) -> None:
        self._show_busy("")
        self.state.setText(shown(sentence, 400))
        self._workplace.changed.emit()

    def _show_failure(self, error: BaseException) -> None:
        self._show_busy("")
        if isinstance(error, CheckinError):
            self.state.setText(shown(str(error), 600))
        else:
            self._workplace.show_error(error)

    # Inside

    def _do(self, words: str, work: Callable[..., Any], done: Callable[[Any], None]) -> None:
        self._show_busy(words)
        self._job = self._workplace.tasks.run_job(
            work, done, self._show_failure, self._show_progress, lane=Lane.HUB
        )

    def _show_busy(self, words: str) -> None:
        self.state.setText(words)
        self.progress.setRange(0, 0)
        self.progress.setVisible(bool(words))
        self._pages.setEnabled(not words)
        self.merge.setEnabled(not words)
        if not words:
            self._job = None

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _is_sure(self, question: str, consequence: str, yes: str) -> bool:
        box = QMessageBox(QMessageBox.Icon.Question, self.windowTitle(), question, parent=self)
        box.setInformativeText(consequence)
        accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is accept

    def _end(self) -> None:
        self._look_again.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _connect(self) -> None:
        self.first.start_wanted.connect(self._start)
        self.first.join_wanted.connect(self._join)
        self.first.search_wanted.connect(self._search)
        self.organiser.start_wanted.connect(self._start)
        self.organiser.stop_wanted.connect(self._stop)
        self.organiser.pairing.new_wanted.connect(self._pair)
        self.organiser.pairing.withdraw_wanted.connect(self._withdraw_pairing)
        self.organiser.desks.withdraw_wanted.connect(self._withdraw_desk)
        self.desk.join_wanted.connect(self._join)
        self.desk.take_over_wanted.connect(self._take_over)
        self.merge.clicked.connect(self._merge)
        self.close_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.merge)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._pages, 1)
        column.addWidget(self.state)
        column.addWidget(self.progress)
        column.addLayout(foot)
        line = self.fontMetrics().height()
        self.resize(_WIDTH_EM * line, _HEIGHT_EM * line)
