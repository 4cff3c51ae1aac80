"""Proposals for names in capitals or lower case: looked at one by one, applied when agreed."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from checkin_app.gui.appearance.icons import paint_icon
from checkin_app.gui.appearance.theme import colours_of, size_px, sized
from checkin_app.gui.badges.findings.proposals import Proposal
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.opening_list import OpeningList
from checkin_app.gui.form.page_head import PageHead
from checkin_app.gui.plain_text import grouped, shown
from checkin_app.gui.tables.table_models import AnyIndex

_LINE_EM = 3.6
_PADDING_PX = 10
_CHECK_PX = 20


class _Role(IntEnum):
    PROPOSAL = Qt.ItemDataRole.UserRole


class NameRepairsPage(QWidget):
    """The proposals.

    Signals:
        applied: the ``Proposal`` objects (a tuple) that somebody agreed to.
        closed: back to the findings.
    """

    applied = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = PageHead(self.tr("Repair names"))
        self.hint = quiet_label(
            self.tr("Proposals only: look at each. Space leaves one out, Enter applies one.")
        )
        self.model = QStandardItemModel(self)
        self.list = OpeningList()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_RepairDelegate(self.list))
        self.list.setAccessibleName(self.tr("Proposals"))
        self.apply = QPushButton()
        self.apply.setProperty("primary", True)
        self.list.opened.connect(self._apply_one)
        self.list.clicked.connect(self._toggle)
        self.apply.clicked.connect(self._apply_chosen)
        self.model.itemChanged.connect(self._count)
        self.head.closed.connect(self.closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self.hint)
        column.addWidget(self.list, 1)
        column.addWidget(self.apply)
        self.setFocusProxy(self.list)
        self._count()

    def show_proposals(self, proposals: Sequence[Proposal]) -> None:
        """Offer these; all are agreed to until one is left out."""
        self.model.clear()
        for proposal in proposals:
            item = QStandardItem()
            item.setData(proposal, _Role.PROPOSAL)
            item.setCheckable(True)
            item.setCheckState(Qt.CheckState.Checked)
            item.setText(
                self.tr("{before} becomes {after}").format(
                    before=shown(proposal.before), after=shown(proposal.after)
                )
            )
            self.model.appendRow(item)
        if proposals:
            self.list.setCurrentIndex(self.model.index(0, 0))
        self._count()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _chosen(self) -> tuple[Proposal, ...]:
        items = (self.model.item(row) for row in range(self.model.rowCount()))
        return tuple(
            item.data(_Role.PROPOSAL)
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def _toggle(self, index: QModelIndex) -> None:
        item = self.model.itemFromIndex(index)
        is_chosen = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if is_chosen else Qt.CheckState.Checked)

    def _apply_one(self, index: QModelIndex) -> None:
        self._apply((index.data(_Role.PROPOSAL),))

    def _apply_chosen(self) -> None:
        self._apply(self._chosen())

    def _apply(self, agreed: tuple[Proposal, ...]) -> None:
        if not agreed:
            return
        self.applied.emit(agreed)
        for row in reversed(range(self.model.rowCount())):
            if self.model.item(row).data(_Role.PROPOSAL) in agreed:
                self.model.removeRow(row)
        self._count()
        if not self.model.rowCount():
            self.closed.emit()

    def _count(self) -> None:
        count = len(self._chosen())
        self.apply.setText(self.tr("Apply {count}").format(count=grouped(count)))
        self.apply.setEnabled(count > 0)


class _RepairDelegate(QStyledItemDelegate):
    """A check mark; the name as it is above, as it would be below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """One height for all."""
        return QSize(100, round(_LINE_EM * size_px(option.font)))

    def editorEvent(self, *_event: object) -> bool:
        """The list itself answers to clicks anywhere on a line."""
        return False

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> None:
        """One proposal."""
        colours = colours_of(option.palette)
        proposal = index.data(_Role.PROPOSAL)
        is_chosen = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is (
            Qt.CheckState.Checked
        )
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colours.chosen)
        area = option.rect.adjusted(_PADDING_PX, 4, -_PADDING_PX, -4)
        mark = QRect(area.left(), 0, _CHECK_PX, _CHECK_PX)
        mark.moveTop(area.center().y() - _CHECK_PX // 2)
        if is_chosen:
            paint_icon(painter, "check", mark, colours.accent)
        area.setLeft(mark.right() + 8)
        upper, lower = QRect(area), QRect(area)
        upper.setBottom(area.center().y())
        lower.setTop(area.center().y() + 1)
        for place, text, ink, bold in (
            (upper, proposal.before, colours.muted, False),
            (lower, proposal.after, colours.text if is_chosen else colours.muted, is_chosen),
        ):
            painter.setFont(sized(option.font, 1.0, bold=bold))
            painter.setPen(ink)
            elided = painter.fontMetrics().elidedText(
                shown(text), Qt.TextElideMode.ElideRight, place.width()
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, elided)
