"""What is worth a look before paper is used, one line a finding; a click goes to the badge."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from checkin_app.badges.findings import Finding, FindingKind, gravest_first
from checkin_app.domain.attendee import Attendee
from checkin_app.gui.attendees.cells import PADDING_PX, QuietDelegate
from checkin_app.gui.attendees.field_names import field_name
from checkin_app.gui.attendees.presence_card import plain_label
from checkin_app.gui.lists.figures import grouped
from checkin_app.gui.lists.rows_model import TextTableModel
from checkin_app.gui.lists.text_table import TextTable
from checkin_app.gui.theme import colours_of, size_px, sized

_LINE_EM = 4


class FindingsView(QWidget):
    """The findings of a preflight.

    Signals:
        chosen: the attendee id of the finding that was clicked, or reached by the keyboard.
        opened: the attendee id of the finding that was double-clicked, or Enter pressed on.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings: Sequence[Finding] = ()
        self.title = plain_label()
        self.title.setFont(sized(self.font(), 1.0, bold=True))
        self.hint = plain_label(self.tr("Double-click a line to correct the person."))
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.model = TextTableModel(self)
        self.table = TextTable(self.model)
        self.table.setAccessibleName(self.tr("Findings"))
        self.table.setItemDelegate(_FindingDelegate(self.table))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(_LINE_EM * size_px(self.font()))
        self.table.horizontalHeader().hide()
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.table.clicked.connect(self._choose)
        self.table.activated.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.title)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.hint)

    def show_checking(self) -> None:
        """The findings are on their way."""
        self.title.setText(self.tr("Checking every badge…"))

    def show_findings(self, findings: Sequence[Finding], people: Sequence[Attendee]) -> None:
        """Show these, the gravest first."""
        names = {person.id: person.full_name for person in people}
        self._findings = gravest_first(findings)
        rows = [[names.get(one.attendee_id, ""), self._sentence(one)] for one in self._findings]
        self.model.show_rows((self.tr("Person"), self.tr("Finding")), rows, range(len(rows)))
        self.table.setColumnHidden(1, True)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.setVisible(bool(rows))
        self.hint.setVisible(bool(rows))
        self.title.setText(
            self.tr("{count} to look at before printing").format(count=grouped(len(rows)))
            if rows
            else self.tr("Every badge was checked: all is well.")
        )

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._findings[index.row()].attendee_id)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._findings[index.row()].attendee_id)

    def _sentence(self, finding: Finding) -> str:
        where = ", ".join(field_name(name) for name in finding.field.split("+"))
        match finding.kind:
            case FindingKind.TEXT_SHRUNK:
                text = self.tr("{field} is set smaller to fit: {detail}")
            case FindingKind.TEXT_OVERFLOW:
                text = self.tr("{field} does not fit: {detail}")
            case FindingKind.MISSING_GLYPH:
                text = self.tr("{field}: the font lacks {detail}")
            case FindingKind.QR_TOO_SMALL:
                text = self.tr("The code is too small to be read well: {detail}")
            case FindingKind.QR_IMPOSSIBLE:
                text = self.tr("There will be no code: {detail}")
            case FindingKind.EMPTY_NAME:
                text = self.tr("There is no name")
            case FindingKind.EMPTY_ORGANISATION:
                text = self.tr("There is no organisation")
            case FindingKind.BARCODE_IMPOSSIBLE:
                text = self.tr("There will be no barcode: {detail}")
            case FindingKind.SAME_PERSON:
                text = self.tr("Perhaps the same person twice: {detail}")
            case FindingKind.NAMESAKES:
                text = self.tr("Another person has this name: {detail}")
            case FindingKind.NAME_CAPITALS:
                text = self.tr("{field}: {detail}")
            case FindingKind.OUTSIDE_BADGE:
                text = self.tr("{field} lies beyond the badge: {detail}")
            case FindingKind.QUIET_ZONE:
                text = self.tr("The white around the code is not free: {detail}")
            case FindingKind.LOW_CONTRAST:
                text = self.tr("{field} is hard to read in its colour: {detail}")
            case FindingKind.PICTURE_COARSE:
                text = self.tr("{field} is too coarse to print: {detail}")
            case FindingKind.PHOTO_MISSING:
                text = self.tr("There is no photo: {detail}")
            case FindingKind.LAYOUT_UNSUITED:
                text = self.tr("The layout was not drawn for this size: {detail}")
            case FindingKind.STOCK_UNVERIFIED:
                text = self.tr("Print a test sheet first: {detail}")
        return text.format(field=where, detail=finding.detail)


class _FindingDelegate(QuietDelegate):
    """The person above, the finding below, both whole lines wide."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Two lines."""
        colours = colours_of(option.palette)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colours.chosen)
        area = option.rect.adjusted(PADDING_PX, 6, -PADDING_PX, -6)
        upper, lower = QRect(area), QRect(area)
        upper.setBottom(area.center().y())
        lower.setTop(area.center().y() + 1)
        finding = index.sibling(index.row(), 1).data()
        for place, text, ink in (
            (upper, str(index.data()), colours.text),
            (lower, str(finding), colours.muted),
        ):
            _paint_line(painter, option, place, text, ink)


def _paint_line(
    painter: QPainter, option: QStyleOptionViewItem, area: QRect, text: str, ink: QColor
) -> None:
    painter.setPen(ink)
    elided = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, elided)
