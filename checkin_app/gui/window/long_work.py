"""Long work whose screen is gone, or whose window is about to close: nobody shall wonder."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from checkin_app.errors import Cancelled, CheckinError
from checkin_app.fault_log import describe_fault
from checkin_app.gui.background.tasks import Tasks
from checkin_app.gui.messages.faults import Faults
from checkin_app.gui.messages.message_bar import MessageBar, MessageKind


class LongWork(QObject):
    """Says what goes on when another event is opened, how it ended, and what closing would stop."""

    def __init__(self, tasks: Tasks, messages: MessageBar, faults: Faults, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._messages = messages
        self._faults = faults
        self._accepted: tuple[str, ...] = ()
        self._question = ""
        tasks.title_ended.connect(self._drop_question)
        tasks.ended_unheard.connect(self._tell_end)

    def tell_what_goes_on(self) -> None:
        """The screens of it are gone now."""
        if titles := self._tasks.titles_under_way:
            words = self.tr("{titles}: still under way. How it ends is told here.")
            self._messages.show_message(words.format(titles=" · ".join(titles)))

    def may_be_stopped(self, close: Callable[[], object]) -> bool:
        """Whether the window may be closed; whoever has not been asked about this work yet is.

        Args:
            close: what the button of the question does, besides the answer.
        """
        titles = self._tasks.titles_under_way
        if set(titles) <= set(self._accepted):
            return True
        self._accepted = titles
        words = self.tr("{titles}: still under way. Closing stops it, and nothing of it is kept.")
        self._messages.show_message(
            words.format(titles=" · ".join(titles)),
            MessageKind.WARNING,
            action_text=self.tr("Close all the same"),
            action=close,
        )
        self._question = self._messages.text
        return False

    def _drop_question(self) -> None:
        """Nothing is under way any more that closing would stop."""
        if not self._tasks.titles_under_way:
            self._accepted = ()
            if self._messages.text == self._question:
                self._messages.clear()

    def _tell_end(self, title: str, error: BaseException | None) -> None:
        kind, details = MessageKind.WARNING, ""
        match error:
            case None:
                words, kind = self.tr("done."), MessageKind.DONE
            case Cancelled():
                words, kind = self.tr("stopped. Nothing of it is kept."), MessageKind.DONE
            case CheckinError():
                words = str(error)
            case _:
                words = self.tr("it failed. Nothing of it is kept; try again.")
                details = describe_fault(error)
                self._faults.show_error(error)
        self._messages.show_message(f"{title}: {words}", kind, details=details)
