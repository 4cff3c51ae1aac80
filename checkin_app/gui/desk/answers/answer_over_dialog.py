"""The answer to a scan that came while a dialog covers the desk.

The queue goes on while somebody chooses a file. The check-in is done at once, as always, and its
answer is laid over the dialog, which keeps the focus and what was typed in it. When the dialog is
closed the desk below shows the same answer.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QVBoxLayout, QWidget

from checkin_app.gui.desk.answers.answer_panel import AnswerPanel
from checkin_app.gui.desk.answers.answers import Answer

_WIDEST_PX = 760
_HEIGHT_PX = 206
_MARGIN_PX = 24
_RIM_PX = 8


class AnswerOverDialog(QObject):
    """Shows an answer above whichever dialog is open, until the last one is closed.

    Attributes:
        window: holds the answer; None before it was first needed.
        panel: the answer in it.

    Args:
        desk: a widget of the window that the dialogs cover.
    """

    def __init__(self, desk: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._watched: QWidget | None = None
        self.window: QFrame | None = None
        self.panel: AnswerPanel | None = None

    def show_answer(self, answer: Answer) -> None:
        """Show it if a dialog is open."""
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            return
        if self.window is None or self.panel is None:
            self.window = self._made_window()
            self.panel = self._made_panel(answer, self.window)
        self.panel.show_answer(answer)
        self._place(self.window)
        self.window.show()
        self.window.raise_()
        self._watch(dialog)

    def _watch(self, dialog: QWidget) -> None:
        if isinstance(dialog, QDialog) and dialog is not self._watched:
            self._watched = dialog
            dialog.finished.connect(self._look_again)

    def _look_again(self) -> None:
        self._watched = None
        QTimer.singleShot(0, self, self._follow)

    def _follow(self) -> None:
        """Another dialog may lie below the one that was closed."""
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            self._watch(dialog)
        elif self.window is not None:
            self.window.hide()

    def _made_window(self) -> QFrame:
        # A dialog blocks the windows below it and lies above them; tool tips it does neither to.
        kind = (
            Qt.WindowType.ToolTip
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
        )
        window = QFrame(self._desk, kind)
        window.setObjectName("card")
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        return window

    @staticmethod
    def _made_panel(answer: Answer, window: QFrame) -> AnswerPanel:
        panel = AnswerPanel(answer, window)
        panel.setMinimumHeight(0)
        column = QVBoxLayout(window)
        column.setContentsMargins(_RIM_PX, _RIM_PX, _RIM_PX, _RIM_PX)
        column.addWidget(panel)
        return panel

    def _place(self, window: QFrame) -> None:
        """At the top of the desk's window."""
        covered = self._desk.window()
        width = min(_WIDEST_PX, covered.width() - 2 * _MARGIN_PX)
        window.resize(width, _HEIGHT_PX)
        top_left = QPoint((covered.width() - width) // 2, _MARGIN_PX)
        window.move(covered.mapToGlobal(top_left))
