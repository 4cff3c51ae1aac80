"""The rail at the left: one button per screen, and the event menu at its foot."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QMenu, QToolButton, QVBoxLayout, QWidget

from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import size_px, sized
from checkin_app.gui.plain_text import label
from checkin_app.gui.window.rail_button import RailButton

_FONT_FACTOR = 0.87
_WIDTH, _HEIGHT, _ICON = 5.4, 4.8, 1.7
"""In multiples of the size of ordinary text."""


class NavigationRail(QWidget):
    """Says which screen is wanted.

    Signals:
        chosen: the number of the button that was pressed, or whose key was, from 0.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        unit = size_px(self.font())
        self._button_size = QSize(round(unit * _WIDTH), round(unit * _HEIGHT))
        self._icon_size = QSize(round(unit * _ICON), round(unit * _ICON))
        self.setFixedWidth(self._button_size.width() + 12)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(6, 8, 6, 8)
        self._layout.setSpacing(4)
        self._layout.addStretch(1)
        self._menu_button = self._button(self.tr("Event"), "menu")
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu_button.setToolTip(self.tr("Event menu (F10)"))
        self._layout.addWidget(self._menu_button)

    def add(self, text: str, icon_name: str, key: QKeySequence | None = None) -> None:
        """One more screen."""
        button = self._button(text, icon_name)
        button.setCheckable(True)
        number = len(self._group.buttons())
        if key is not None:
            shown_key = key.toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{text} ({shown_key})")
            QShortcut(key, self).activated.connect(partial(self.chosen.emit, number))
        self._group.addButton(button, number)
        self._layout.insertWidget(number, button)

    def offer(self, number: int, is_offered: bool) -> None:
        """Show a screen's button, or hide it."""
        self._group.button(number).setVisible(is_offered)

    def show_count(self, number: int, count: int) -> None:
        """Show on a screen's button how much waits there."""
        button = self._group.button(number)
        assert isinstance(button, RailButton)
        button.show_count(count)

    def show_chosen(self, number: int) -> None:
        """Mark a screen's button."""
        self._group.button(number).setChecked(True)

    def set_menu(self, menu: QMenu) -> None:
        """The menu behind the button at the foot."""
        self._menu_button.setMenu(menu)

    def open_menu(self) -> None:
        """Show the menu, as its key does."""
        self._menu_button.showMenu()

    def _button(self, text: str, icon_name: str) -> RailButton:
        button = RailButton(self)
        button.setFont(sized(self.font(), _FONT_FACTOR))
        button.setText(label(text))
        button.setIcon(icon(icon_name))
        button.setIconSize(self._icon_size)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setFixedSize(self._button_size)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button
