"""What is worth a look before paper is used, by kind; a click goes to the badge."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QPushButton,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from checkin_app.badges.preflight.findings import Finding, FindingKind, Severity
from checkin_app.domain.attendee import Attendee
from checkin_app.gui.appearance.icons import paint_icon
from checkin_app.gui.appearance.theme import colours_of, size_px, sized
from checkin_app.gui.badges.findings.findings_model import FindingGroup, FindingRole, FindingsModel
from checkin_app.gui.badges.findings.found import Found
from checkin_app.gui.badges.findings.name_repairs_page import NameRepairsPage
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.opening_list import OpeningList
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import grouped
from checkin_app.gui.tables.table_models import AnyIndex

_LINE_EM = 3.4
_PADDING_PX = 10
_CHEVRON_PX = 14
_DOT_PX = 8


class FindingsView(QStackedWidget):
    """The findings of a preflight, and in front of them for a while the repairs of names.

    Signals:
        chosen: the attendee id of the finding that was clicked, or reached by the keyboard.
        opened: the attendee id of the finding that was double-clicked, or Enter pressed on.
        shared_opened: likewise, the ``Finding`` that is not about a person but about all badges.
        repairs_wanted: attendees (a tuple) whose names are in capitals or lower case.
    """

    chosen = Signal(str)
    opened = Signal(str)
    shared_opened = Signal(object)
    repairs_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = plain_label()
        self.title.setFont(sized(self.font(), 1.0, bold=True))
        self.title.setWordWrap(True)
        self.hint = quiet_label(self.tr("Double-click a line to correct the person."))
        self.model = FindingsModel(self)
        self.list = _FindingsList()
        self.list.setModel(self.model)
        self.repair = QPushButton()
        self.repairs = NameRepairsPage()
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.list.clicked.connect(self._click)
        self.list.opened.connect(self._open)
        self.repair.clicked.connect(self._want_repairs)
        self.repairs.closed.connect(self.show_list)
        self._lay_out()
        self.show_checking()

    def show_checking(self, done: int = 0, total: int = 0) -> None:
        """The findings are on their way; so many badges of all are checked."""
        text = self.tr("Checking every badge…")
        if done:
            text += f"  {round(100 * done / total)} %"
        self.title.setText(text)
        self._offer()

    def show_nothing(self) -> None:
        """There is nobody to check."""
        self.model.show_found(Found())
        self.title.setText("")
        self._offer()

    def show_found(self, found: Found) -> None:
        """Show these."""
        self.model.show_found(found)
        if found.grave:
            text = self.tr("{count} to look at before printing")
            self.title.setText(text.format(count=grouped(found.grave)))
        elif found.count:
            text = self.tr("Nothing grave; {count} worth a look")
            self.title.setText(text.format(count=grouped(found.count)))
        else:
            self.title.setText(self.tr("Every badge was checked: all is well."))
        self._offer()

    def drop(self, attendee_ids: frozenset[str]) -> None:
        """What was found about these people no longer holds."""
        if attendee_ids:
            self.model.show_found(self.model.found.without(attendee_ids))
            self._offer()

    def show_list(self) -> None:
        """Back to the findings."""
        self.setCurrentIndex(0)
        self.list.setFocus()

    def _offer(self) -> None:
        has_lines = self.model.rowCount() > 0
        self.list.setVisible(has_lines)
        self.hint.setVisible(has_lines)
        names = len(self._people_in_one_case())
        self.repair.setText(
            self.tr("Repair {count} names…").format(count=grouped(names))
            if names > 1
            else self.tr("Repair 1 name…")
        )
        self.repair.setVisible(names > 0)

    def _people_in_one_case(self) -> tuple[Attendee, ...]:
        found = self.model.found
        ids = dict.fromkeys(one.attendee_id for one in found.of_kind(FindingKind.NAME_CAPITALS))
        return tuple(found.people[id_] for id_ in ids if id_ in found.people)

    def _want_repairs(self) -> None:
        self.setCurrentWidget(self.repairs)
        self.repairs.setFocus()
        self.repairs_wanted.emit(self._people_in_one_case())

    def _choose(self, index: QModelIndex) -> None:
        line = index.data(FindingRole.LINE)
        if isinstance(line, Finding):
            self.chosen.emit(line.attendee_id)

    def _click(self, index: QModelIndex) -> None:
        line = index.data(FindingRole.LINE)
        if isinstance(line, FindingGroup):
            self._toggle(line)
        else:
            self._choose(index)

    def _open(self, index: QModelIndex) -> None:
        line = index.data(FindingRole.LINE)
        if isinstance(line, Finding) and line.is_shared:
            self.shared_opened.emit(line)
        elif isinstance(line, Finding):
            self.opened.emit(line.attendee_id)

    def _toggle(self, group: FindingGroup) -> None:
        self.model.toggle(group)
        self.list.setCurrentIndex(self.model.index(self.model.row_of(group.kind), 0))

    def _lay_out(self) -> None:
        self.list.toggled.connect(self._toggle)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.list, 1)
        column.addWidget(self.repair)
        column.addWidget(self.hint)
        column.addStretch()
        self.addWidget(page)
        self.addWidget(self.repairs)


class _FindingsList(OpeningList):
    """The lines.

    Signals:
        toggled: the ``FindingGroup`` that Enter, Space or an arrow was pressed on.
    """

    toggled = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Findings"))
        self.setItemDelegate(_FindingDelegate(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that fold a group."""
        line = self.currentIndex().data(FindingRole.LINE)
        if isinstance(line, FindingGroup) and (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
            or (event.key() == Qt.Key.Key_Right and not line.is_open)
            or (event.key() == Qt.Key.Key_Left and line.is_open)
        ):
            self.toggled.emit(line)
        else:
            super().keyPressEvent(event)


class _FindingDelegate(QStyledItemDelegate):
    """A group's head on one line; a person above, what was found below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """One height for all: thousands are laid out at once."""
        return QSize(100, round(_LINE_EM * size_px(option.font)))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> None:
        """One line of the list."""
        colours = colours_of(option.palette)
        line = index.data(FindingRole.LINE)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colours.chosen)
        elif isinstance(line, FindingGroup):
            painter.fillRect(option.rect, colours.raised)
        area = option.rect.adjusted(_PADDING_PX, 4, -_PADDING_PX, -4)
        if isinstance(line, FindingGroup):
            chevron = QRect(area.left(), 0, _CHEVRON_PX, _CHEVRON_PX)
            chevron.moveTop(area.center().y() - _CHEVRON_PX // 2)
            name = "arrow-down" if line.is_open else "next"
            paint_icon(painter, name, chevron, colours.muted)
            area.setLeft(chevron.right() + 6)
            is_grave = line.kind.severity is Severity.MUST_BE_SEEN
            dot = QRect(area.left(), 0, _DOT_PX, _DOT_PX)
            dot.moveTop(area.center().y() - _DOT_PX // 2 + 1)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.refused.fill if is_grave else colours.attention.fill)
            painter.drawEllipse(dot)
            area.setLeft(dot.right() + 8)
            _paint_line(painter, option, area, str(index.data()), colours.text, bold=True)
            return
        area.setLeft(area.left() + _CHEVRON_PX + 6 + _DOT_PX + 8)
        upper, lower = QRect(area), QRect(area)
        upper.setBottom(area.center().y())
        lower.setTop(area.center().y() + 1)
        _paint_line(painter, option, upper, str(index.data()), colours.text)
        said = str(index.data(FindingRole.SENTENCE))
        _paint_line(painter, option, lower, said, colours.muted, factor=0.87)


def _paint_line(
    painter: QPainter,
    option: QStyleOptionViewItem,
    area: QRect,
    text: str,
    ink: QColor,
    *,
    bold: bool = False,
    factor: float = 1.0,
) -> None:
    painter.setFont(sized(option.font, factor, bold=bold))
    painter.setPen(ink)
    elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, elided)
