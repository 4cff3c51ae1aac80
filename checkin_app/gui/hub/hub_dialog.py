"""Other desks: share this event, join one, see who is there, stop, take over, merge by a stick.

One dialog with a page for each part that a laptop can have. It asks and shows; what it is told to
do is done in a lane of its own, however long the network takes. Closing it stops nothing: what is
under way ends, and is seen when it is opened again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QInputDialog, QWidget

from checkin_app.errors import CheckinError
from checkin_app.gui.background.tasks import Job, Lane
from checkin_app.gui.hub import hub_questions, hub_words
from checkin_app.gui.hub.dialog_frame import DialogFrame
from checkin_app.gui.hub.hub_pages import HubPages
from checkin_app.gui.hub.hub_work import HubWork, is_of
from checkin_app.gui.workplace import Workplace
from checkin_app.services.event_files import EVENT_SUFFIX
from checkin_app.services.sharing.hubs.hub_view import HubPart, HubView

if TYPE_CHECKING:
    from checkin_app.services.sharing.hubs.joining_wherever import JoinedAt

_LOOK_EVERY_MS = 3000
_HEIGHT_EM, _FIRST_HEIGHT_EM = 35, 19


class HubDialog(DialogFrame):
    """How the open event is shared.

    Signals:
        joined: a ``JoinedAt``: this laptop is a desk of an event now, perhaps of another one.

    Attributes:
        pages, first, organiser, desk: of which one is in front.
    """

    joined = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        pages = HubPages(workplace.desk.event)
        super().__init__(pages, parent)
        self.pages = pages
        self._workplace = workplace
        self._work = HubWork(workplace)
        self._scanned = ""
        self._asking: QInputDialog | None = None
        self._job: Job | None = None
        self._view: HubView | None = None
        self._is_trouble_of_look = False
        self.first, self.organiser, self.desk = pages.first, pages.organiser, pages.desk
        self.fit(_FIRST_HEIGHT_EM)
        self._connect()
        self._look_again = QTimer(self)
        self._look_again.setInterval(_LOOK_EVERY_MS)
        self._look_again.timeout.connect(self._look)

    @property
    def is_busy(self) -> bool:
        """Whether it does what it was told to."""
        return self._job is not None

    def show_now(self, pairing: str = "") -> None:
        """Show how the event is shared now.

        Args:
            pairing: what was scanned, if that led here.
        """
        if not self.isVisible() and not self.is_busy:
            self._say("")
        self._scanned = pairing or self._scanned
        if pairing and self._asking is not None:
            # It was asked for, and is the answer.
            self._asking.reject()
        self.open()
        self._look_again.start()
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        self._look_again.stop()
        super().hideEvent(event)

    # What is asked

    def _start(self) -> None:
        words = self.tr("Starting to share. The first time takes some seconds.")
        self._do(words, self._work.start, self._take_changed, self.tr("Starting to share"))

    def _pair(self) -> None:
        self._do(self.tr("Making a code…"), self._work.pair, self._take_changed)

    def _withdraw_pairing(self) -> None:
        self._do(self.tr("Withdrawing the code…"), self._work.withdraw_pairing, self._take_changed)

    def _withdraw_desk(self, desk_id: str) -> None:
        name = next((one.name for one in self.organiser.desks.lines if one.id == desk_id), "")
        if hub_questions.is_sure_to_withdraw(self, name):
            withdraw = partial(self._work.withdraw_desk, desk_id)
            self._do(self.tr("Withdrawing the desk…"), withdraw, self._take_changed)

    def _stop(self) -> None:
        if hub_questions.is_sure_to_stop(self):
            self._do(self.tr("Stopping…"), self._work.stop, self._take_changed)

    def _take_over(self) -> None:
        if hub_questions.is_sure_to_take_over(self):
            words = self.tr("Making this laptop the hub. This takes some seconds.")
            title = self.tr("Making this laptop the hub")
            self._do(words, self._work.take_over, self._take_changed, title)

    def _join(self, text: str) -> None:
        words, title = self.tr("Joining…"), self.tr("Joining the other desks")
        self._do(words, partial(self._work.join, text), self._take_joined, title)

    def _ask_for_other_hub(self) -> None:
        self._asking = QInputDialog(self)
        self._asking.setWindowTitle(self.tr("Join another laptop"))
        self._asking.setLabelText(
            self.tr("Scan the code on the other laptop, paste its link, or type its 16 characters")
        )
        is_wanted = self._asking.exec()
        text = self._asking.textValue().strip()
        self._asking.deleteLater()
        self._asking = None
        if is_wanted and text:
            self._join_other_hub(text)

    def _join_other_hub(self, text: str) -> None:
        if hub_questions.is_sure_to_join_another(self):
            self._join(text)

    def _search(self) -> None:
        words = self.tr("Looking for laptops that share an event…")
        self._do(words, self._work.search, self._take_nearby)

    def _merge(self) -> None:
        from checkin_app.gui.file_dialogs import ask_to_open

        path = ask_to_open(
            self._workplace, self, self.tr("Event file to merge with"), hub_words.event_files()
        )
        if path is not None:
            self.merge_with(path)

    def _copy(self) -> None:
        from checkin_app.gui.file_dialogs import as_file_name, ask_to_save

        desk = self._workplace.desk
        name = as_file_name(f"{desk.event.name} {desk.desk_name}")
        kinds = dict.fromkeys(hub_words.event_files(), EVENT_SUFFIX)
        title = self.tr("Copy of the event for another laptop")
        path = ask_to_save(self._workplace, self, title, name, kinds)
        if path is not None:
            self.copy_to(path)

    def copy_to(self, path: Path) -> None:
        """Copy the open event, for a laptop that no network reaches."""
        words, title = self.tr("Copying…"), self.tr("Copying the event")
        self._do(words, partial(self._work.copy, path), self._tell, title)

    def merge_with(self, path: Path) -> None:
        """Merge the open event with another file of it."""
        words, title = self.tr("Merging…"), self.tr("Merging with a file")
        self._do(words, partial(self._work.merge, path), self._take_merged, title)

    # What came of it

    def _look(self) -> None:
        if not self.is_busy:
            self._workplace.tasks.run_newest(
                Lane.HUB, self._work.look, self.show_view, self._show_trouble_of_look
            )

    def show_view(self, view: HubView) -> None:
        """Show how the event is shared, as it was looked up."""
        is_first = self._view is None or self._view.part is not view.part
        self._view = view
        if self._is_trouble_of_look:
            self._say("")
        self.pages.show_view(view, self._workplace.sharing.state)
        if is_first:
            self._begin_page()
        self._take_scanned(view)

    def _begin_page(self) -> None:
        self.pages.focus_page()
        is_small = self.pages.currentWidget() is self.first
        self.fit(_FIRST_HEIGHT_EM if is_small else _HEIGHT_EM)

    def _take_scanned(self, view: HubView) -> None:
        if self.is_busy:
            return
        text, self._scanned = self._scanned, ""
        if text and view.part in (HubPart.NONE, HubPart.DESK):
            (self.first if view.part is HubPart.NONE else self.desk).show_link(text)
            self._say(self.tr("The code of another laptop was read. Enter joins it."))
        elif text and view.status is not None and is_of(text, view.status.pairings):
            self._say(self.tr("This is the code of this laptop. Scan it on the other one."))
        elif text:
            self._join_other_hub(text)

    def _take_changed(self, _what: Any = None) -> None:
        self._rest()
        self._workplace.sharing.start()
        self._workplace.changed.emit()
        self._look()

    def _take_joined(self, joined: JoinedAt) -> None:
        self._rest()
        self.accept()
        self.joined.emit(joined)

    def _take_nearby(self, laptops: tuple[str, ...]) -> None:
        self._rest()
        self.first.show_nearby(laptops)

    def _take_merged(self, sentence: str) -> None:
        self._workplace.changed.emit()
        self._tell(sentence)

    def _tell(self, sentence: str) -> None:
        self._rest()
        if self.isVisible():
            self._say(sentence)
        else:
            self._workplace.messages.show_message(sentence)

    def _show_failure(self, error: BaseException) -> None:
        self._rest()
        if isinstance(error, CheckinError) and self.isVisible():
            self._say(str(error), is_worrying=True)
        else:
            self._workplace.show_error(error)
        self._look()

    def _show_trouble_of_look(self, error: BaseException) -> None:
        """Told again and again while it lasts, so not in place of what somebody waits for."""
        if not isinstance(error, CheckinError):
            self._workplace.show_error(error)
        elif self._is_trouble_of_look or not (self.is_busy or self.state.text()):
            self._say(str(error), is_worrying=True)
            self._is_trouble_of_look = True

    # Inside

    def _do(
        self, words: str, work: Callable[..., Any], done: Callable[[Any], None], title: str = ""
    ) -> None:
        self._say(words)
        self._job = self._workplace.tasks.run_job(
            work, done, self._show_failure, self.show_progress, lane=Lane.HUB, title=title
        )
        self.progress.setRange(0, 0)
        self.be_enabled(False)

    def _rest(self) -> None:
        self._job = None
        self._say("")
        self.be_enabled(True)
        if self.pages.currentWidget() is not self.organiser:
            self.pages.focus_page()

    def _say(self, words: str, *, is_worrying: bool = False) -> None:
        self.state.say(words, is_worrying=is_worrying)
        self._is_trouble_of_look = False

    def _connect(self) -> None:
        self.first.start_wanted.connect(self._start)
        self.first.join_wanted.connect(self._join)
        self.first.search_wanted.connect(self._search)
        self.organiser.start_wanted.connect(self._start)
        self.organiser.stop_wanted.connect(self._stop)
        self.organiser.other_hub_wanted.connect(self._ask_for_other_hub)
        self.organiser.pairing.new_wanted.connect(self._pair)
        self.organiser.pairing.withdraw_wanted.connect(self._withdraw_pairing)
        self.organiser.desks.withdraw_wanted.connect(self._withdraw_desk)
        self.desk.join_wanted.connect(self._join)
        self.desk.take_over_wanted.connect(self._take_over)
        self.copy.clicked.connect(self._copy)
        self.merge.clicked.connect(self._merge)
