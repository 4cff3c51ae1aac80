"""The answer to a scan that came while a dialog covers the desk.

The queue goes on while somebody chooses a file. The check-in is done at once, as always, and its
answer is laid over the dialog, which keeps the focus and what was typed in it. When the dialog is
closed the desk below shows the same answer.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from checkin_app.gui.desk.answer_panel import AnswerPanel
from checkin_app.gui.desk.answers import Answer

_WIDEST_PX = 760
_HEIGHT_PX = 190
_MARGIN_PX = 24


class AnswerOverDialog(QObject):
    """Shows an answer above whichever dialog is open, until the last one is closed.

    Attributes:
        panel: the answer in a window of its own; None before it was first needed.

    Args:
        desk: a widget of the window that the dialogs cover.
    """

    def __init__(self, desk: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._watched: QWidget | None = None
        self.panel: AnswerPanel | None = None

    def show_answer(self, answer: Answer) -> None:
        """Show it if a dialog is open."""
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            return
        if self.panel is None:
            self.panel = self._made(answer)
        self.panel.show_answer(answer)
        self._place(self.panel)
        self.panel.show()
        self.panel.raise_()
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
        elif self.panel is not None:
            self.panel.hide()

    def _made(self, answer: Answer) -> AnswerPanel:
        panel = AnswerPanel(answer, self._desk)
        # A dialog blocks the windows below it and lies above them; tool tips it does neither to.
        panel.setWindowFlags(
            Qt.WindowType.ToolTip
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
        )
        panel.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        panel.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        panel.setMinimumHeight(0)
        return panel

    def _place(self, panel: AnswerPanel) -> None:
        window = self._desk.window()
        width = min(_WIDEST_PX, window.width() - 2 * _MARGIN_PX)
        panel.resize(width, _HEIGHT_PX)
        top_left = QPoint((window.width() - width) // 2, _MARGIN_PX)
        panel.move(window.mapToGlobal(top_left))
