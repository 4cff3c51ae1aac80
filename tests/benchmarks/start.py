"""Start of the whole process → a window that takes keys, against a bare PySide6 window."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.figures import Figure, against_floor, median

_BARE = """
import sys
from PySide6.QtCore import QAbstractTableModel, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QTableView, QVBoxLayout, QWidget
class Model(QAbstractTableModel):
    def rowCount(self, parent=None): return 1000
    def columnCount(self, parent=None): return 6
    def data(self, index, role=Qt.DisplayRole):
        return f"{index.row()} {index.column()}" if role == Qt.DisplayRole else None
class View(QTableView):
    def paintEvent(self, event):
        super().paintEvent(event); QTimer.singleShot(0, app.quit)
app = QApplication(sys.argv)
window, middle = QMainWindow(), QWidget()
column = QVBoxLayout(middle)
column.addWidget(QLineEdit())
view = View(); view.setModel(Model()); column.addWidget(view)
window.setCentralWidget(middle); window.resize(1280, 800); window.show()
app.exec()
"""

_OURS = """
import sys
from pathlib import Path
from checkin_app import bootstrap
from checkin_app.settings import Settings
usual_window = bootstrap._window
def window_that_leaves(*given):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLineEdit
    window = usual_window(*given)
    def leave_once_usable():
        field = QApplication.focusWidget()
        if window.isVisible() and isinstance(field, QLineEdit):
            window.close()
            QApplication.quit()
    window.watch = QTimer(interval=1, timeout=leave_once_usable)
    window.watch.start()
    return window
bootstrap._window = window_that_leaves
bootstrap.open_window(Path(sys.argv[1]), Settings())
"""


def measure(folder: Path, rounds: int) -> list[Figure]:
    """Start both, in turn, each as a process of its own that ends when its window is usable."""
    from checkin_app.services.event_files import create_sample_event

    event = folder / "sample.checkin"
    create_sample_event(event).close()
    home = folder / "home"
    home.mkdir()
    bare, ours = [], []
    for turn in range(rounds + 1):
        bare_s, ours_s = _seconds(["-c", _BARE], home), _seconds(["-c", _OURS, str(event)], home)
        if turn:  # the first fills the disk cache
            bare.append(bare_s)
            ours.append(ours_s)
    return [
        against_floor(
            "start to first usable window, sample event", median(ours), median(bare), "s", 2
        )
    ]


def _seconds(arguments: list[str], home: Path) -> float:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
    }
    begin = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments], env=environment, check=True, timeout=60, capture_output=True
    )
    return time.perf_counter() - begin
