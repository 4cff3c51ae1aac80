"""A laptop on its own, as most are, pays nothing for the hub: none of it is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import ROOT, environment

from checkin_app.storage.event_file import EventFile

_HUB = "psycopg cryptography zeroconf ifaddr checkin_app.hub.connection checkin_app.hub.access"

_A_SCAN = """
from checkin_app.__main__ import main
sys.argv.insert(1, "scan")
main()
"""

_A_SCAN_IN_THE_WINDOW = """
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from checkin_app.bootstrap import open_window
from checkin_app.domain.scan import Scan
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.gui.window.screens import DESK
from checkin_app.settings import Settings

def scan():
    (window,) = (shown for shown in application.topLevelWidgets() if isinstance(shown, MainWindow))
    desk = window.screen_at(DESK)
    desk.checking_in.answered.connect(lambda _outcome: QTimer.singleShot(0, window.close))
    desk.take_scan(Scan(sys.argv[2]))

application = QApplication([])
QTimer.singleShot(0, scan)
open_window(Path(sys.argv[1]), Settings())
"""


@pytest.mark.parametrize("program", [_A_SCAN, _A_SCAN_IN_THE_WINDOW], ids=["command", "window"])
def test_a_scan_on_a_laptop_of_its_own_loads_nothing_of_the_hub(
    sample_event_file: EventFile, tmp_path: Path, program: str
) -> None:
    record = next(record for record in sample_event_file.records() if record.is_expected)
    loaded = f"import sys\n{program}\nprint([n for n in {_HUB.split()!r} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", loaded, os.fspath(sample_event_file.path), record.attendee.code],
        cwd=ROOT,
        env=environment(
            QT_QPA_PLATFORM="offscreen",
            XDG_CONFIG_HOME=str(tmp_path),
            XDG_DATA_HOME=str(tmp_path),
            XDG_STATE_HOME=str(tmp_path),
        ),
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"
    after = sample_event_file.record(record.attendee.id)
    assert after is not None
    assert after.check_ins
