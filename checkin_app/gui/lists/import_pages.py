"""The pages of the import, one for each step."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from checkin_app.gui.lists.changes.changes_page import ChangesPage
from checkin_app.gui.lists.checking.check_page import CheckPage
from checkin_app.gui.lists.choosing.file_page import FilePage
from checkin_app.gui.lists.done.done_page import DonePage
from checkin_app.gui.lists.understanding.understood_page import UnderstoodPage
from checkin_app.gui.workplace import Workplace


class ImportPages(QStackedWidget):
    """Holds them in the order of ``Step``.

    Attributes:
        file, understood, check, changes, done: the pages.
    """

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Each page is made inside the stack: moving it there later would have the style work it
        # all out again.
        self.file = FilePage(workplace, self)
        self.understood = UnderstoodPage(workplace, self)
        self.check = CheckPage(workplace, self)
        self.changes = ChangesPage(workplace, self)
        self.done = DonePage(workplace, self)
        for page in (self.file, self.understood, self.check, self.changes, self.done):
            self.addWidget(page)
