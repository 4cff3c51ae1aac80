"""The list itself beside the meaning of its columns: its first rows, and its problems."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QTabWidget, QWidget

from checkin_app.gui.lists.problems_view import ProblemsView
from checkin_app.gui.lists.rows_model import TextTableModel
from checkin_app.gui.lists.text_table import TextTable
from checkin_app.gui.plain_text import grouped
from checkin_app.gui.workplace import Workplace
from checkin_app.lists.problems import Problem

_PROBLEMS = 1
_LOOK = """
QTabBar::tab { border: none; padding: 10px 14px; }
QTabBar::tab:selected { border-bottom: 2px solid palette(highlight); font-weight: bold; }
"""


class ListTabs(QTabWidget):
    """Two tables behind tabs."""

    def __init__(self, workplace: Workplace, list_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = TextTableModel(self)
        self.problems = ProblemsView(workplace, list_name, self)
        self.addTab(TextTable(self.rows, self), self.tr("First rows"))
        self.addTab(self.problems, self.tr("Problems"))
        self.setDocumentMode(True)
        self.setStyleSheet(_LOOK)

    def show_problems(self, problems: Sequence[Problem], count: int) -> None:
        """Show the gravest problems, and how many there are."""
        self.problems.show_problems(problems)
        title = self.tr("Problems ({count})").format(count=grouped(count))
        self.setTabText(_PROBLEMS, title)
        self.setTabEnabled(_PROBLEMS, bool(problems))
