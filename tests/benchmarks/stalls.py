"""How late the window's thread gets round to things while long work runs beside it.

A timer of 5 ms in the real window says so: whatever keeps it waiting would keep a key waiting.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.badges import attendees_to_print
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.people import CHECK_IN_LIST, EVENT, NOW, write_xlsx

if TYPE_CHECKING:
    from checkin_app.gui.window.main_window import MainWindow

_TICK_MS = 5
_LIMIT_MS = 50
_PATIENCE_S = 180


def measure(folder: Path, attendees: int, badge_count: int) -> list[Figure]:
    """Import a list and print badges in a shown window, and watch its thread."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia*=false")
    path = folder / "list.xlsx"
    write_xlsx(path, attendees)
    window = _window(folder)
    try:
        _lateness("start", _rest(3.0))
        figures = _lateness("at rest", _rest(2.0))
        figures += _lateness(f"import of {attendees:,} rows, XLSX", _import(window, path))
        figures += _lateness(
            f"print of {badge_count:,} badges", _print(window, folder, badge_count)
        )
    finally:
        window.close()
    return figures


def _window(folder: Path) -> MainWindow:
    from PySide6.QtWidgets import QApplication

    from checkin_app.gui.appearance.look import set_up_look
    from checkin_app.gui.opening import at_desk
    from checkin_app.gui.window.main_window import MainWindow
    from checkin_app.settings import Settings
    from checkin_app.storage.event_file import EventFile

    event_file = EventFile.create(
        folder / "stalls.checkin", EVENT, [CHECK_IN_LIST], [], desk="A", now=NOW
    )
    application = QApplication([])
    settings = Settings()
    set_up_look(application, settings.theme)
    window = MainWindow(settings, log_to=folder)
    window.show_event(at_desk(event_file, settings.desk_name))
    window.show()
    return window


def _lateness(what: str, is_done: Callable[[], bool]) -> list[Figure]:
    """Run the event loop until the work is done; how much later than 5 ms each tick came."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    loop, late, last = QEventLoop(), [], time.perf_counter()
    begin = last

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        late.append((now - last) * 1000 - _TICK_MS)
        last = now
        if is_done() or now - begin > _PATIENCE_S:
            loop.quit()

    timer = QTimer(interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start()
    loop.exec()
    timer.stop()
    return [
        Figure(f"window's thread late, {what}: p99", max(percentile(late, 99), 0), "ms"),
        Figure(
            f"window's thread late, {what}: most",
            max(late),
            "ms",
            None,
            f"{_LIMIT_MS} ms",
            max(late) < _LIMIT_MS,
        ),
    ]


def _rest(seconds: float) -> Callable[[], bool]:
    until = time.perf_counter() + seconds
    return lambda: time.perf_counter() > until


def _import(window: MainWindow, path: Path) -> Callable[[], bool]:
    """Drop the list on the window, press the button whenever it may be pressed."""
    from checkin_app.gui.lists.import_screen import ImportScreen
    from checkin_app.gui.lists.steps_line import Step

    assert window.workplace is not None
    event_file = window.workplace.event_file
    window.imports.show_path(path)
    screen = window.findChild(ImportScreen)
    assert screen is not None

    def is_done() -> bool:
        if screen.step is Step.DONE:
            return bool(event_file.listed_attendees([1]))
        if screen.foot.go.isEnabled():
            screen.foot.go.click()
        return False

    return is_done


def _print(window: MainWindow, folder: Path, count: int) -> Callable[[], bool]:
    """Send the bulk print where the badges screen sends it."""
    from checkin_app.badges.badge_plan import BadgePlan
    from checkin_app.badges.layouts.built_in import built_in_layout
    from checkin_app.domain.badges.stock import CARD_ON_A4
    from checkin_app.services.bulk_badges.badge_printing import BadgeJob, run_badge_job

    assert window.workplace is not None
    job = BadgeJob(
        folder / "stalls.pdf",
        attendees_to_print(count),
        BadgePlan(built_in_layout(), CARD_ON_A4, EVENT),
    )
    ended: list[object] = []
    window.workplace.tasks.run_in_process(
        run_badge_job, (job,), ended.append, ended.append, lambda done, total: None
    )
    return lambda: bool(ended)
