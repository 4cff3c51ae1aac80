"""Finds a stock by what is typed: its number, its size, what it is."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QLineEdit,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.badges.stock import Stock
from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import colours_of, size_px, sized
from checkin_app.gui.badges.sheets.sheet_painting import paint_sheet
from checkin_app.gui.badges.stock.stock_words import doubt_line, short_doubt, stock_line
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.opening_list import OpeningList
from checkin_app.gui.form.page_head import PageHead
from checkin_app.gui.plain_text import shown
from checkin_app.gui.tables.table_models import AnyIndex

_LINE_EM = 4.2
_PADDING_PX = 8


class _Role(IntEnum):
    STOCK = Qt.ItemDataRole.UserRole


class StockPage(QWidget):
    """A search field above what it finds.

    Signals:
        searched: the text to look for; the answer goes to ``show_found``.
        chosen: the ``Stock`` to print on.
        own_wanted: own stock is to be defined, changed or brought in.
        closed: the stock stays as it is.
    """

    searched = Signal(str)
    chosen = Signal(object)
    own_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = PageHead(self.tr("Stock"))
        self.text = QLineEdit(clearButtonEnabled=True)
        self.text.setPlaceholderText(self.tr("Number or size: L4785, 90x54"))
        self.text.setAccessibleName(self.tr("Search for stock"))
        self.text.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.model = QStandardItemModel(self)
        self.list = OpeningList()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_StockDelegate(self.list))
        self.list.setAccessibleName(self.tr("Stock found"))
        self.note = quiet_label()
        self.own = QPushButton(self.tr("Own stock…"))
        self._lay_out()
        self.text.textChanged.connect(self.searched)
        self.text.installEventFilter(self)
        self.list.clicked.connect(self._choose)
        self.list.opened.connect(self._choose)
        self.list.selectionModel().currentChanged.connect(self._describe)
        self.own.clicked.connect(self.own_wanted)
        self.head.closed.connect(self.closed)
        self.setFocusProxy(self.text)

    def open(self) -> None:
        """Begin a new search."""
        self.text.clear()
        self.searched.emit("")
        self.text.setFocus()

    def show_found(self, text: str, stocks: Sequence[Stock]) -> None:
        """The answer to a search; one to an older search is not listened to."""
        if text != self.text.text():
            return
        self.model.clear()
        for stock in stocks:
            item = QStandardItem(shown(stock.name))
            item.setData(stock, _Role.STOCK)
            spoken = [stock.name, stock_line(stock), doubt_line(stock)]
            item.setData(". ".join(filter(None, spoken)), Qt.ItemDataRole.AccessibleTextRole)
            self.model.appendRow(item)
        self.note.setText(
            ""
            if stocks
            else self.tr("Nothing found. Try the size, as 90x54, or define it as own stock.")
        )
        self.list.scrollToTop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the field, Down goes into the list, and Enter takes its first line."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Kept here: the window would press the button that gets the focus next.
            self._choose_first()
            return True
        if event.key() != Qt.Key.Key_Down or not self.model.rowCount():
            return False
        self.list.setFocus()
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0, 0))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _choose_first(self) -> None:
        if self.model.rowCount():
            self._choose(self.model.index(0, 0))

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(_Role.STOCK))

    def _describe(self, index: QModelIndex) -> None:
        stock = index.data(_Role.STOCK) if index.isValid() else None
        if isinstance(stock, Stock):
            parts = [stock.doubt, stock.description, ", ".join(stock.part_numbers)]
            self.note.setText(shown(" · ".join(filter(None, dict.fromkeys(parts)))))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self.text)
        column.addWidget(self.list, 1)
        column.addWidget(self.note)
        column.addWidget(self.own)


class _StockDelegate(QStyledItemDelegate):
    """The drawing of the sheet; name, measures, and a warning where there is a doubt."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """One height for all."""
        return QSize(100, round(_LINE_EM * size_px(option.font)))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> None:
        """Picture, then two lines."""
        stock = index.data(_Role.STOCK)
        colours = colours_of(option.palette)
        state = QStyle.StateFlag
        if option.state & state.State_Selected:
            painter.fillRect(option.rect, colours.chosen)
        elif option.state & state.State_MouseOver:
            painter.fillRect(option.rect, colours.raised)
        area = option.rect.adjusted(_PADDING_PX, _PADDING_PX, -_PADDING_PX, -_PADDING_PX)
        picture = QRect(area.left(), area.top(), area.height(), area.height())
        paint_sheet(painter, picture, stock, colours)
        area.setLeft(picture.right() + _PADDING_PX)
        upper, lower = QRect(area), QRect(area)
        upper.setBottom(area.center().y())
        lower.setTop(area.center().y() + 1)
        doubt = short_doubt(stock)
        quiet = colours.warning.ink if doubt else colours.muted
        for place, text, ink, factor, bold in (
            (upper, shown(stock.name), colours.text, 1.0, True),
            (lower, "  ·  ".join(filter(None, (stock_line(stock), doubt))), quiet, 0.87, False),
        ):
            painter.setFont(sized(option.font, factor, bold=bold))
            painter.setPen(ink)
            elided = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, place.width()
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, elided)
