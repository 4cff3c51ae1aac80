"""Catches what escapes: one calm line for the person, type and place for the log, and on.

Errors that the program names (``CheckinError``) are shown in their own words. Anything else is
our mistake: the line says that the desk goes on, and offers the details to copy.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

from checkin_app.errors import Cancelled, CheckinError
from checkin_app.fault_log import describe_fault
from checkin_app.gui.messages.message_bar import MessageBar, MessageKind


class Faults(QObject):
    """Shows and logs errors; hooks into the interpreter while the window is open."""

    _happened = Signal(object)

    def __init__(
        self, bar: MessageBar, make_logger: Callable[[], logging.Logger], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bar = bar
        self._make_logger = make_logger
        self._logger: logging.Logger | None = None
        self._hooks = (sys.excepthook, threading.excepthook)
        self._happened.connect(self.show_error, Qt.ConnectionType.QueuedConnection)

    def catch_everything(self) -> None:
        """Take exceptions that escape from slots and threads."""
        sys.excepthook = self._from_interpreter
        threading.excepthook = self._from_thread

    def stop(self) -> None:
        """Give the hooks back and close the log."""
        sys.excepthook, threading.excepthook = self._hooks
        if self._logger is not None:
            for handler in self._logger.handlers:
                handler.close()

    def show_error(self, error: BaseException) -> None:
        """One line for any error; the log gets what is not meant for people."""
        if isinstance(error, Cancelled):
            self._bar.show_message(str(error), MessageKind.DONE)
            return
        details = describe_fault(error)
        self._log(details)
        if isinstance(error, CheckinError):
            self._bar.show_message(str(error), MessageKind.WARNING, details=details)
        else:
            self._bar.show_message(
                self.tr(
                    "Something went wrong in the program. The desk goes on; what was stored is"
                    " safe. If it happens again, send the details to whoever set this up."
                ),
                MessageKind.WARNING,
                details=details,
            )

    def _log(self, details: str) -> None:
        """The log is opened with its first line: most desks never write one."""
        if self._logger is None:
            self._logger = self._make_logger()
        self._logger.error(details)

    def _from_interpreter(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._hooks[0](kind, error, trace)
        else:
            self._happened.emit(error)

    def _from_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._happened.emit(arguments.exc_value)
