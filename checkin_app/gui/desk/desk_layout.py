"""Where things lie on the desk screen: one row of tools, the answer, actions, and below it
the results or a panel beside the counters."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import TOUCH_PX, size_px
from checkin_app.gui.desk.action_bar import ActionBar
from checkin_app.gui.desk.answers.answer_panel import AnswerPanel
from checkin_app.gui.desk.answers.answers import ready_answer
from checkin_app.gui.desk.key_button import KeyButton
from checkin_app.gui.desk.panels.place_panel import PlacePanel
from checkin_app.gui.desk.results import ResultsList
from checkin_app.gui.desk.search_field import SearchField
from checkin_app.gui.desk.side.arrivals_panel import ArrivalsPanel
from checkin_app.gui.desk.side.numbers_panel import NumbersPanel
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.inbox.inbox_line import InboxLine
from checkin_app.gui.workplace import Workplace

_MARGIN_PX = 14
_GAP_PX = 12


class DeskLayout:
    """Makes the parts of the desk screen and lays them out in it.

    Attributes:
        below: shows arrivals, results, the word that nobody was found, or a panel.
        beside_answer, above_numbers: empty places for the live picture, large or small.
        under_actions: an empty place for the line of the print queue.
    """

    def __init__(self, screen: QWidget, workplace: Workplace) -> None:
        event = workplace.desk.event
        self.field = SearchField(screen)
        self.walk_in = KeyButton(screen.tr("Walk-in"), "walk-in", "Ctrl+N", screen)
        self.lists = KeyButton("", "list", "Ctrl+L", screen)
        self.lists.setMaximumWidth(320)
        self.keys = _icon_button("keys", screen.tr("Keys (F1)"), screen)
        self.place = PlacePanel(event, workplace.desk.desk_name, workplace.clock, screen)
        self.answer = AnswerPanel(ready_answer(event), screen)
        self.actions = ActionBar(screen)
        self.inbox = InboxLine(workplace, screen)
        self.arrivals = ArrivalsPanel(event, screen)
        self.results = ResultsList(event, screen)
        self.nobody = plain_label(
            screen.tr(
                "Nobody is found by this. Press Enter if it is a code, or Ctrl+N for a walk-in."
            ),
            screen,
        )
        self.nobody.setObjectName("card")
        self.nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nobody.setWordWrap(True)
        self.numbers = NumbersPanel(screen)
        self.numbers.setFixedWidth(20 * size_px(self.numbers.font()))
        # The answer keeps its height when the live picture comes to lie above the numbers.
        self.numbers.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self.numbers.setMinimumHeight(5 * size_px(self.numbers.font()))
        self.below = QStackedWidget(screen)
        for widget in (self.arrivals, self.results, self.nobody):
            self.below.addWidget(widget)
        self.beside_answer, self.above_numbers = QVBoxLayout(), QVBoxLayout()
        self.under_actions = QVBoxLayout()
        for button in (self.walk_in, self.lists, self.keys):
            button.setFixedHeight(self.field.height())
        self._arrange(screen)

    def _arrange(self, screen: QWidget) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.field, 1)
        for button in (self.walk_in, self.lists, self.keys):
            top.addWidget(button)
        top.addSpacing(8)
        top.addWidget(self.place)
        bottom = QHBoxLayout()
        bottom.setSpacing(_GAP_PX)
        bottom.addWidget(self.below, 1)
        right = QVBoxLayout()
        right.setSpacing(_GAP_PX)
        right.addLayout(self.above_numbers)
        right.addWidget(self.numbers, 1)
        bottom.addLayout(right)
        column = QVBoxLayout(screen)
        column.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        column.setSpacing(_GAP_PX)
        column.addLayout(top)
        middle = QHBoxLayout()
        middle.setSpacing(_GAP_PX)
        middle.addWidget(self.answer, 1)
        middle.addLayout(self.beside_answer)
        column.addLayout(middle, 11)
        column.addWidget(self.actions)
        column.addWidget(self.inbox)
        column.addLayout(self.under_actions)
        column.addLayout(bottom, 9)


def _icon_button(icon_name: str, words: str, parent: QWidget) -> QPushButton:
    button = QPushButton(icon(icon_name), "", parent)
    button.setIconSize(QSize(22, 22))
    button.setFixedWidth(TOUCH_PX + 4)
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
