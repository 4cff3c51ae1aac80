"""What is around the pages of the hub's dialog: what is said, progress, and the buttons below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.said_line import SaidLine

_WIDTH_EM = 48
_SHARE_OF_SCREEN = 0.92
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DialogFrame(QDialog):
    """A dialog of several pages that says how its work goes.

    Attributes:
        state: what is being done, or what went wrong.
        progress: of what is being done.
        copy, merge: the buttons for a file on a stick.
        close_button: at the right of it.
    """

    def __init__(self, pages: QStackedWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Other desks"))
        self._pages = pages
        self.state = SaidLine()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.merge = QPushButton(self.tr("Merge with a file…"))
        self.merge.setToolTip(self.tr("Both files get what the other has."))
        self.copy = QPushButton(self.tr("Copy to a stick…"))
        self.copy.setToolTip(self.tr("All that is here, as a file for another laptop."))
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        foot = QHBoxLayout()
        words = quiet_label(self.tr("Without a network:"))
        foot.addWidget(words, alignment=Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.copy)
        foot.addWidget(self.merge)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(pages, 1)
        column.addWidget(self.state)
        column.addWidget(self.progress)
        column.addLayout(foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, and no other."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif isinstance(button := self.focusWidget(), QAbstractButton):
            button.click()

    def show_progress(self, done: int, total: int) -> None:
        """How far the work is; a total of 0 is not known."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def be_enabled(self, can_be_told: bool) -> None:
        """Whether anything can be asked for now; else it works."""
        self.progress.setVisible(not can_be_told)
        self._pages.setEnabled(can_be_told)
        for button in (self.copy, self.merge):
            button.setEnabled(can_be_told)
        if not can_be_told:
            self.close_button.setFocus()

    def fit(self, height_em: int) -> None:
        """Be so many lines high, as far as the screen has room."""
        room = self.screen().availableSize() * _SHARE_OF_SCREEN
        line = self.fontMetrics().height()
        self.resize(min(_WIDTH_EM * line, room.width()), min(height_em * line, room.height()))
        if self.isVisible():
            self._stay_on_screen()

    def _stay_on_screen(self) -> None:
        """It grows downwards, where there may be no room."""
        screen, place = self.screen().availableGeometry(), self.frameGeometry()
        place.moveBottom(min(place.bottom(), screen.bottom()))
        place.moveTop(max(place.top(), screen.top()))
        self.move(place.topLeft())
