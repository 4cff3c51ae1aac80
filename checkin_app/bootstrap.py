"""Chooses the real parts and joins them: settings → event file → services → window."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from checkin_app.errors import CheckinError
from checkin_app.settings import Settings, save_settings, settings_path

if TYPE_CHECKING:
    from checkin_app.gui.main_window import MainWindow
    from checkin_app.gui.opening import OpenedEvent


def open_window(event_path: Path | None, settings: Settings) -> int:
    """Show the window on an event and stay until it is closed.

    Args:
        event_path: the event file; None opens the last one, and before the first the sample.
        settings: what this laptop remembers; choices made in the window are stored.

    Returns:
        The exit status of the program: 0.

    Raises:
        EventFileError: the event file named cannot be opened.
    """
    with _no_garbage_collection():
        opened = _opened(event_path, settings)
        application = QApplication.instance() or QApplication(sys.argv[:1])
        assert isinstance(application, QApplication)
        window = _window(application, opened, settings)
        window.show()
    return application.exec()


def _window(application: QApplication, opened: OpenedEvent, settings: Settings) -> MainWindow:
    from checkin_app.gui.main_window import MainWindow
    from checkin_app.gui.theme import set_up_look

    application.setApplicationName("checkin-app")
    set_up_look(application, settings.theme)
    window = MainWindow(settings)
    window.settings_changed.connect(_SettingsStore(window).save)
    window.show_event(opened)
    return window


def _opened(event_path: Path | None, settings: Settings) -> OpenedEvent:
    from checkin_app.gui.opening import open_for_desk, open_sample

    if event_path is not None:
        return open_for_desk(event_path, settings.desk_name)
    if settings.last_event is not None:
        try:
            return open_for_desk(settings.last_event, settings.desk_name)
        except CheckinError:
            # A stick that is not plugged in must not keep the desk from opening.
            return open_sample(_data_folder(), settings.desk_name)
    return open_sample(_data_folder(), settings.desk_name)


def _data_folder() -> Path:
    import platformdirs

    return platformdirs.user_data_path("checkin-app", appauthor=False)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Nothing that the start makes is garbage, yet the collector would walk it many times.

    What is there afterwards stays for good, so later collections pass it by as well.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


class _SettingsStore(QObject):
    """Stores settings as they change; a failure is shown and the window goes on."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def save(self, settings: Settings) -> None:
        """Write them to the user's own folder."""
        try:
            save_settings(settings, settings_path())
        except CheckinError as error:
            self._window.faults.show_error(error)
