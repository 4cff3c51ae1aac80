"""Shows the layouts as pictures, those that suit the stock first."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.badges.badge_layout import BadgeLayout
from checkin_app.domain.badges.stock import Stock
from checkin_app.gui.appearance.theme import colours_of, size_px, sized
from checkin_app.gui.badges.choice.picture_button import paint_fitted
from checkin_app.gui.badges.stock.stock_words import size_mm
from checkin_app.gui.form.opening_list import OpeningList
from checkin_app.gui.form.page_head import PageHead
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import shown
from checkin_app.gui.tables.table_models import AnyIndex

_ROW_EM = 7.6
_PADDING_PX = 8
_PICTURE_EM = 8.0


class _Role(IntEnum):
    LAYOUT = Qt.ItemDataRole.UserRole
    IMAGE = Qt.ItemDataRole.UserRole + 1
    SUITS = Qt.ItemDataRole.UserRole + 2


class LayoutPage(QWidget):
    """The layouts to choose from.

    Signals:
        chosen: the ``BadgeLayout`` to print with.
        file_wanted: a layout file is to be opened.
        closed: the layout stays as it is.
    """

    chosen = Signal(object)
    file_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = PageHead(self.tr("Layout"))
        self.model = QStandardItemModel(self)
        self.list = OpeningList()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_LayoutDelegate(self.list))
        self.list.setAccessibleName(self.tr("Layouts"))
        self.problem = plain_label()
        self.problem.setWordWrap(True)
        self.problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.problem.hide()
        self.open_file = QPushButton(self.tr("Open a layout file…"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self.list, 1)
        column.addWidget(self.problem)
        column.addWidget(self.open_file)
        self.list.clicked.connect(self._choose)
        self.list.opened.connect(self._choose)
        self.open_file.clicked.connect(self.file_wanted)
        self.head.closed.connect(self.closed)
        self.setFocusProxy(self.list)

    def show_layouts(
        self, layouts: Sequence[BadgeLayout], stock: Stock, chosen: BadgeLayout | None
    ) -> None:
        """Offer these; those that suit the stock come first."""
        self.problem.hide()
        face = stock.face_width_mm, stock.face_height_mm
        self.model.clear()
        for layout in sorted(layouts, key=lambda one: not one.suits(*face)):
            item = QStandardItem(shown(layout.title))
            item.setData(layout, _Role.LAYOUT)
            item.setData(layout.suits(*face), _Role.SUITS)
            item.setData(
                f"{layout.title}. {layout.description}", Qt.ItemDataRole.AccessibleTextRole
            )
            item.setToolTip(shown(layout.description))
            self.model.appendRow(item)
            if layout == chosen:
                self.list.setCurrentIndex(item.index())

    def show_image(self, layout: BadgeLayout, image: QImage) -> None:
        """The picture of a layout has been drawn."""
        for row in range(self.model.rowCount()):
            item = self.model.item(row)
            if item.data(_Role.LAYOUT) == layout:
                item.setData(image, _Role.IMAGE)

    def show_problem(self, sentence: str) -> None:
        """A layout file cannot be used, and why."""
        self.problem.setText(sentence)
        self.problem.show()

    def picture_width_px(self) -> int:
        """How wide the picture of a layout is drawn."""
        return round(_PICTURE_EM * size_px(self.font()) * self.devicePixelRatioF())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(_Role.LAYOUT))


class _LayoutDelegate(QStyledItemDelegate):
    """The picture, the title, and what the layout is good for."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """One height for all."""
        return QSize(100, round(_ROW_EM * size_px(option.font)))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> None:
        """Picture, then title and description."""
        colours = colours_of(option.palette)
        state = QStyle.StateFlag
        if option.state & state.State_Selected:
            painter.fillRect(option.rect, colours.chosen)
        elif option.state & state.State_MouseOver:
            painter.fillRect(option.rect, colours.raised)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = option.rect.adjusted(_PADDING_PX, _PADDING_PX, -_PADDING_PX, -_PADDING_PX)
        picture = QRect(area)
        picture.setWidth(round(_PICTURE_EM * size_px(option.font)))
        image = index.data(_Role.IMAGE)
        if isinstance(image, QImage):
            painter.setPen(colours.border)
            painter.drawRect(paint_fitted(painter, picture, image))
        area.setLeft(picture.right() + _PADDING_PX + 4)
        layout, suits = index.data(_Role.LAYOUT), index.data(_Role.SUITS)
        painter.setFont(sized(option.font, 1.0, bold=True))
        painter.setPen(colours.text if suits else colours.muted)
        height = painter.fontMetrics().height()
        title = painter.fontMetrics().elidedText(
            shown(layout.title), Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignTop, title)
        painter.setFont(sized(option.font, 0.87))
        painter.setPen(colours.muted)
        first = layout.designs[0]
        text = layout.description if suits else size_mm(first.width_mm, first.height_mm)
        painter.drawText(
            area.adjusted(0, height + 2, 0, 0),
            Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap,
            shown(text),
        )
