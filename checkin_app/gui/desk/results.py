"""The people that a search found: model, painting, and the list itself.

Texts are laid out as plain text; matched beginnings of words are marked with a ground colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from checkin_app.domain.attendee import Attendee, AttendeeStatus
from checkin_app.domain.language.search_text import match_spans, query_words
from checkin_app.domain.programme import Event
from checkin_app.gui.appearance.icons import paint_icon
from checkin_app.gui.appearance.theme import Colours, colours_of, size_px, sized
from checkin_app.gui.desk.answers.answers import about
from checkin_app.gui.plain_text import shown, tool_tip
from checkin_app.gui.tables.table_models import NOWHERE, AnyIndex
from checkin_app.services.wording import shown_time

Words = tuple[tuple[str, ...], ...]
_ROW = 3.75
"""Height of a line, in multiples of the size of ordinary text."""
_RESULT_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Result:
    """One line: a person, and when that person arrived (UTC)."""

    attendee: Attendee
    arrived_at: datetime | None


class ResultsModel(QAbstractListModel):
    """The lines of one search."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.results: tuple[Result, ...] = ()
        self.words: Words = ()

    def show_results(self, results: tuple[Result, ...], typed: str) -> None:
        """Replace all lines; what was typed is marked in them."""
        self.beginResetModel()
        self.results = results
        self.words = query_words(typed)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """How many lines."""
        return 0 if parent.isValid() else len(self.results)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts for accessibility and tool tips; the result itself for painting."""
        if not index.isValid():
            return None
        result = self.results[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{shown(result.attendee.full_name)}, {about(result.attendee)}"
            case Qt.ItemDataRole.ToolTipRole:
                return tool_tip(f"{result.attendee.full_name} · {about(result.attendee)}")
            case _ if role == _RESULT_ROLE:
                return result
        return None


class _ResultPainter(QStyledItemDelegate):
    """Paints one line: name over organisation, category and arrival at the right."""

    def __init__(self, event: Event, parent: ResultsList) -> None:
        super().__init__(parent)
        self._programme = event
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(200, round(size_px(self._list.font()) * _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        result: Result = index.data(_RESULT_ROLE)
        colours = colours_of(self._list.palette())
        area = QRectF(option.rect).adjusted(4, 2, -4, -2)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.chosen)
            painter.drawRoundedRect(area, 8, 8)
            painter.setBrush(colours.accent)
            painter.drawRoundedRect(
                QRectF(area.left(), area.top() + 8, 4, area.height() - 16), 2, 2
            )
        texts = area.adjusted(18, 4, -14, -4)
        texts.setRight(self._draw_right(painter, texts, result, colours) - 16)
        font = self._list.font()
        upper = QRectF(texts.left(), texts.top(), texts.width(), texts.height() * 0.54)
        lower = QRectF(texts.left(), upper.bottom(), texts.width(), texts.height() * 0.46)
        painter.setPen(colours.text)
        self._draw_marked(
            painter, upper, shown(result.attendee.full_name), sized(font, 1.15, bold=True), colours
        )
        painter.setPen(colours.text if is_chosen else colours.muted)
        self._draw_marked(painter, lower, about(result.attendee), font, colours)
        painter.restore()

    def _draw_right(
        self, painter: QPainter, area: QRectF, result: Result, colours: Colours
    ) -> float:
        """Arrival or status, and the category. Returns where they begin."""
        font = self._list.font()
        metrics = QFontMetricsF(font)
        right = area.right()
        status = self._status(result)
        if status:
            width = metrics.horizontalAdvance(status)
            box = QRectF(right - width, area.top(), width, area.height())
            painter.setFont(font)
            painter.setPen(colours.text)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), status)
            right = box.left() - 8
            if result.arrived_at:
                side = 20.0
                mark = QRectF(right - side, area.center().y() - side / 2, side, side)
                paint_icon(
                    painter,
                    "check",
                    mark,
                    colours.inside.fill if not colours.is_dark else colours.text,
                )
                right = mark.left() - 14
        category = metrics.elidedText(
            shown(result.attendee.category), Qt.TextElideMode.ElideRight, area.width() * 0.28
        )
        if category and self._list.shows_categories:
            width = metrics.horizontalAdvance(category) + 22
            box = QRectF(right - width, area.center().y() - 14, width, 28)
            painter.setPen(colours.border)
            painter.setBrush(colours.surface)
            painter.drawRoundedRect(box, 14, 14)
            painter.setFont(font)
            painter.setPen(colours.muted)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), category)
            right = box.left()
        return right

    def _status(self, result: Result) -> str:
        if result.arrived_at is not None:
            return self._list.tr("In at {time}").format(
                time=shown_time(result.arrived_at, self._programme)
            )
        return {
            AttendeeStatus.CONFIRMED: "",
            AttendeeStatus.PENDING: self._list.tr("Pending"),
            AttendeeStatus.WAITING: self._list.tr("Waiting list"),
            AttendeeStatus.CANCELLED: self._list.tr("Cancelled"),
        }[result.attendee.status]

    def _draw_marked(
        self, painter: QPainter, area: QRectF, text: str, font: QFont, colours: Colours
    ) -> None:
        line = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        layout = QTextLayout(line, font)
        layout.setTextOption(_ONE_LINE)
        layout.setFormats(
            [_mark(start, end, colours) for start, end in match_spans(line, self._list.words)]
        )
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        height = layout.boundingRect().height()
        layout.draw(painter, QPointF(area.left(), area.top() + (area.height() - height) / 2))


_ONE_LINE = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
_ONE_LINE.setWrapMode(QTextOption.WrapMode.NoWrap)


def _mark(start: int, end: int, colours: Colours) -> QTextLayout.FormatRange:
    marked = QTextLayout.FormatRange()
    marked.start, marked.length = start, end - start
    style = QTextCharFormat()
    style.setBackground(colours.match)
    style.setForeground(colours.text)
    marked.format = style
    return marked


class ResultsList(QListView):
    """Shows what was found. Never has the focus: the field moves its selection.

    Attributes:
        shows_categories: each line ends in its category; false where there is no room.

    Signals:
        chosen: the ``Attendee`` of a line that was pressed.
    """

    chosen = Signal(object)

    def __init__(self, event: Event, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = ResultsModel(self)
        self._is_moved = False
        self.shows_categories = True
        self.setModel(self._lines)
        self.setItemDelegate(_ResultPainter(event, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("People found"))
        self.clicked.connect(self._choose)

    @property
    def words(self) -> Words:
        """What was typed, folded."""
        return self._lines.words

    @property
    def results(self) -> tuple[Result, ...]:
        """The lines shown."""
        return self._lines.results

    @property
    def current(self) -> Attendee | None:
        """The person on the selected line."""
        index = self.currentIndex()
        return self._lines.results[index.row()].attendee if index.isValid() else None

    def show_results(self, results: tuple[Result, ...], typed: str) -> None:
        """Show lines. The first is selected, or whoever was chosen since the last typing."""
        chosen = self.current if self._is_moved else None
        self._lines.show_results(results, typed)
        if results:
            ids = [result.attendee.id for result in results]
            row = ids.index(chosen.id) if chosen and chosen.id in ids else 0
            self.setCurrentIndex(self._lines.index(row))

    def select_first(self) -> None:
        """Somebody types: the first line of what is found next is meant again."""
        self._is_moved = False

    def move_selection(self, by: int) -> None:
        """Move the selection, stopping at both ends."""
        if self._lines.results:
            self._is_moved = True
            row = self.currentIndex().row() + by
            last = len(self._lines.results) - 1
            self.setCurrentIndex(self._lines.index(max(0, min(last, row))))

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self._lines.results[index.row()].attendee)
