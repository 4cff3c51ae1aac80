"""All that happened to one person."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.language.spoken_dates import time_text
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.desk.answers.answers import translated
from checkin_app.gui.desk.panels.inline_panel import InlinePanel
from checkin_app.gui.plain_text import shown, tool_tip
from checkin_app.gui.workplace import Workplace
from checkin_app.services.registrations import HistoryLine, history
from checkin_app.services.wording import entry_sentence


class HistoryPanel(InlinePanel):
    """Lines of time, what, and at which desk; newest first."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._workplace = workplace
        self._lines = QTableWidget(0, 3, self)
        self._lines.setHorizontalHeaderLabels([self.tr("When"), self.tr("What"), self.tr("Where")])
        self._lines.verticalHeader().hide()
        self._lines.setShowGrid(False)
        self._lines.setStyleSheet("QTableView::item { padding: 0 10px; }")
        self._lines.verticalHeader().setDefaultSectionSize(36)
        self._lines.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._lines.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._lines.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self._lines.horizontalHeader().setHighlightSections(False)
        modes = QHeaderView.ResizeMode
        for column, mode in enumerate((modes.ResizeToContents, modes.Stretch, modes.Interactive)):
            self._lines.horizontalHeader().setSectionResizeMode(column, mode)
        self.body.addWidget(self._lines, 1)

    @property
    def first_field(self) -> QWidget:
        """The lines, so that arrows scroll."""
        return self._lines

    @property
    def texts(self) -> tuple[str, ...]:
        """What the middle column says, from the top."""
        items = (self._lines.item(row, 1) for row in range(self._lines.rowCount()))
        return tuple(item.text() for item in items if item is not None)

    def show_attendee(self, attendee: Attendee) -> None:
        """Ask for the history of a person."""
        self._lines.setRowCount(0)
        self.set_title(self.tr("History: {name}").format(name=shown(attendee.full_name)))
        workplace = self._workplace
        workplace.tasks.run_newest(
            Lane.NUMBERS,
            partial(history, workplace.event_file, attendee.id),
            self._show,
            workplace.show_error,
        )

    def _show(self, lines: tuple[HistoryLine, ...]) -> None:
        self._lines.setRowCount(len(lines))
        for row, line in enumerate(lines):
            for column, text in enumerate(self._texts(line)):
                item = QTableWidgetItem(shown(text))
                item.setToolTip(tool_tip(text))
                self._lines.setItem(row, column, item)
        self._lines.setCurrentCell(0, 0)

    def _texts(self, line: HistoryLine) -> tuple[str, str, str]:
        lists = {each.id: each.name for each in self._workplace.check_in_lists}
        sentence = entry_sentence(line.entry, lists, translated)
        if line.undone:
            sentence = self.tr("{what} (taken back)").format(what=sentence)
        local = self._workplace.desk.event.local(line.entry.at)
        when = f"{time_text(local, with_day=True)}:{local:%S}"
        return when, sentence, line.entry.desk
