"""The settings screen: a list of pages at the left, the chosen page beside it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import TOUCH_PX, size_px, sized
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.settings.pages import CONTEXT, PAGES
from checkin_app.gui.workplace import Workplace

_LIST_EM = 12.5
_PAGE_EM = 62
_MARGIN_PX = 14
_ICON_PX = 22


class SettingsScreen(QWidget):
    """Shows one page of the settings; a page is made when it is first chosen."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._made: dict[int, QWidget] = {}
        self.titles = QListWidget(self)
        self.titles.setFrameShape(QFrame.Shape.NoFrame)
        self.titles.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.titles.setFixedWidth(round(_LIST_EM * size_px(self.font())))
        self.titles.setAccessibleName(self.tr("Pages of the settings"))
        for plan in PAGES:
            title = QCoreApplication.translate(CONTEXT, plan.title)
            item = QListWidgetItem(icon(plan.icon_name), title, self.titles)
            item.setSizeHint(QSize(0, TOUCH_PX + 4))
        self._stack = QStackedWidget(self)
        self._lay_out()
        self.titles.currentRowChanged.connect(self._show_page)
        self.titles.setCurrentRow(0)
        self.setFocusProxy(self.titles)

    @property
    def page(self) -> QWidget:
        """The page in front."""
        return self._made[self.titles.currentRow()]

    def choose(self, key: str) -> None:
        """Bring a page to the front, by its key in ``pages.PAGES``."""
        rows = [row for row, plan in enumerate(PAGES) if plan.key == key]
        if rows:
            self.titles.setCurrentRow(rows[0])

    def _show_page(self, row: int) -> None:
        if row not in self._made:
            self._made[row] = PAGES[row].make(self._workplace)
            self._stack.insertWidget(row, self._framed(row, self._made[row]))
        frame = self._made[row].parentWidget()
        while frame is not None and frame.parentWidget() is not self._stack:
            frame = frame.parentWidget()
        if frame is not None:
            self._stack.setCurrentWidget(frame)

    def _framed(self, row: int, page: QWidget) -> QScrollArea:
        """The page under its title, as wide as it is comfortable to read, and scrolled if high."""
        title = plain_label(QCoreApplication.translate(CONTEXT, PAGES[row].title))
        title.setFont(sized(self.font(), 1.5, bold=True))
        content = QWidget()
        content.setMaximumWidth(round(_PAGE_EM * size_px(self.font())))
        column = QVBoxLayout(content)
        column.setContentsMargins(_MARGIN_PX, 0, _MARGIN_PX, _MARGIN_PX)
        column.setSpacing(_MARGIN_PX)
        column.addWidget(title)
        column.addWidget(page, 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        return area

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        row.setSpacing(_MARGIN_PX)
        row.addWidget(self.titles)
        row.addWidget(self._stack, 1)
