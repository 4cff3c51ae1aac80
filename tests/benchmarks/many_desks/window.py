"""``python -m tests.benchmarks.many_desks.window FILE ACCESS REPORT``: a desk with its window.

It says ``ready``, writes down each moment at which its numbers changed, and ends with its input.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from checkin_app.gui.appearance.look import set_up_look
from checkin_app.gui.desk.side.numbers_panel import NumbersPanel
from checkin_app.gui.opening import open_for_desk
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.hub.access import HubAccess
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.sharing.hubs.membership import Membership, keep_membership
from checkin_app.settings import Settings

_LOOK_EVERY_MS = 1


def _main() -> None:
    path, document, report = sys.argv[1:]
    with tempfile.TemporaryDirectory() as home:
        # The user's own settings and memberships are left alone.
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = str(Path(home) / name.lower())
        from checkin_app.services.sharing.hubs.hub_places import usual_places

        access = HubAccess.from_document(json.loads(document))
        memberships: Memberships = usual_places().memberships
        keep_membership(memberships, Membership(access))
        _watch(Path(path), Path(report), Path(home))


def _watch(path: Path, report: Path, home: Path) -> None:
    application = QApplication([])
    settings = Settings()
    set_up_look(application, settings.theme)
    window = MainWindow(settings, log_to=home)
    window.show_event(open_for_desk(path, "Window"))
    window.show()
    workplace = window.workplace
    assert workplace is not None
    counts: list[tuple[float, int]] = []
    is_ready = False

    def look() -> None:
        nonlocal is_ready
        panel = window.findChild(NumbersPanel)
        if panel is None or panel.numbers is None:
            return
        if not counts or counts[-1][1] != panel.numbers.arrived:
            counts.append((time.monotonic(), panel.numbers.arrived))
        if not is_ready and workplace.sharing.state.is_all_shared:
            is_ready = True
            sys.stdout.write("ready\n")
            sys.stdout.flush()

    timer = QTimer(interval=_LOOK_EVERY_MS)
    timer.timeout.connect(look)
    timer.start()
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    ending = QTimer(interval=100)
    ending.timeout.connect(lambda: application.quit() if ended.is_set() else None)
    ending.start()
    application.exec()
    timer.stop()
    window.close()
    report.write_text(json.dumps(counts))


if __name__ == "__main__":
    _main()
