"""Chooses the real parts and joins them: settings → event file → services → window."""

from __future__ import annotations

import gc
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from checkin_app.display import require_display
from checkin_app.errors import CheckinError
from checkin_app.settings import Settings, save_settings, settings_path, with_desk_id

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from checkin_app.gui.opening import OpenedEvent
    from checkin_app.gui.window.main_window import MainWindow


def open_window(event_path: Path | None, settings: Settings) -> int:
    """Show the window on an event and stay until it is closed.

    Args:
        event_path: the event file; None opens the last one, and before the first the sample.
        settings: what this laptop remembers; choices made in the window are stored.

    Returns:
        The exit status of the program: 0.

    Raises:
        EventFileError: the event file named cannot be opened.
        UsageError: there is no display.
    """
    require_display()
    remembered, settings = settings, with_desk_id(settings)
    # Nothing to collect yet; later the main thread does it.
    gc.disable()
    # First all that needs no Qt: once PySide6 is loaded, it reads the source of every module
    # that is imported (shibokensupport/feature.py), which doubles the time.
    opened, trouble = _opened(event_path, settings)
    application = _application()
    window = _window(application, opened, settings)
    if settings != remembered:
        _store(window, window.settings)
    if trouble is not None:
        say_that_it_is_the_sample(window, settings, trouble)
    window.show()
    _tidy(window)
    _collect_on_main_thread(application)
    return application.exec()


def _application() -> QApplication:
    from PySide6.QtWidgets import QApplication

    # Qt's multimedia names every library that it could do without.
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia*=false")
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("checkin-app")
    return application


def _tidy(window: MainWindow) -> None:
    """Remove what a program that was killed had half-made: it may name people."""
    from checkin_app.gui.background.tasks import Lane
    from checkin_app.scratch_folder import remove_abandoned

    window.tasks.run(Lane.NUMBERS, remove_abandoned)


def _collect_on_main_thread(application: QApplication) -> None:
    from checkin_app.gui.background.main_thread_collector import MainThreadCollector

    MainThreadCollector(application).start()


def _window(application: QApplication, opened: OpenedEvent, settings: Settings) -> MainWindow:
    from checkin_app.gui.appearance.look import set_up_look
    from checkin_app.gui.window.main_window import MainWindow

    set_up_look(application, settings.theme)
    window = MainWindow(settings)
    window.settings_changed.connect(partial(_store, window))
    window.show_event(opened)
    return window


def _opened(event_path: Path | None, settings: Settings) -> tuple[OpenedEvent, CheckinError | None]:
    """The event to begin with, and why it is the sample when another one was to be opened."""
    from checkin_app.gui.opening import open_for_desk, open_sample

    trouble: CheckinError | None = None
    if event_path is not None:
        return open_for_desk(event_path, settings.desk_name), None
    if settings.last_event is not None:
        try:
            return open_for_desk(settings.last_event, settings.desk_name), None
        except CheckinError as error:
            # A stick that is not plugged in must not keep the desk from opening.
            trouble = error
    return open_sample(_data_folder(), settings.desk_name), trouble


def say_that_it_is_the_sample(
    window: MainWindow, settings: Settings, trouble: CheckinError
) -> None:
    """Nobody shall check people in to the sample for want of a stick; the event stays the last."""
    from checkin_app.gui.background.tasks import Lane
    from checkin_app.gui.messages.message_bar import MessageKind
    from checkin_app.gui.opening import open_for_desk

    assert settings.last_event is not None
    window.change_settings(last_event=settings.last_event)
    window.messages.show_message(
        window.tr("{trouble} What you see is the sample event.").format(trouble=trouble),
        MessageKind.WARNING,
        action_text=window.tr("Try again"),
        action=partial(
            window.tasks.run,
            Lane.FILES,
            partial(open_for_desk, settings.last_event, settings.desk_name),
            window.show_event,
            window.faults.show_error,
        ),
    )


def _data_folder() -> Path:
    import platformdirs

    return platformdirs.user_data_path("checkin-app", appauthor=False)


def _store(window: MainWindow, settings: Settings) -> None:
    """Keep the settings; a failure is shown and the window goes on."""
    from checkin_app.gui.background.tasks import Lane

    window.tasks.run(Lane.FILES, partial(_save, settings), failed=window.faults.show_error)


def _save(settings: Settings) -> None:
    save_settings(settings, settings_path())
