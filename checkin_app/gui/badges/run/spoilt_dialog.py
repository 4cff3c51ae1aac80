"""Something jammed: which run, which sheet, which badges; they are printed again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_prints import PrintRun
from checkin_app.domain.badges.stock import Stock
from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import TOUCH_PX, size_px
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.badges.run.printed_sheets import PrintedSheets, printed_sheets
from checkin_app.gui.badges.sheets.sheet_drawing import SheetDrawing
from checkin_app.gui.badges.sheets.sheet_painting import ShownSlot, SlotLook
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import grouped, shown
from checkin_app.gui.workplace import Workplace
from checkin_app.services.bulk_badges.badge_records import record_spoilt

_WIDTH_EM, _HEIGHT_EM = 56, 40
_RUNS_EM = 18


class SpoiltDialog(QDialog):
    """Picks spoilt badges on the drawings of sheets.

    Signals:
        noted: the attendee ids (a tuple) that are now spoilt in the ledger.
    """

    noted = Signal(object)

    def __init__(
        self,
        workplace: Workplace,
        runs: Sequence[PrintRun],
        stock: Mapping[str, Stock],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._runs = runs
        self._stock = stock
        self._printed: PrintedSheets | None = None
        self._sheet = 1
        self._spoilt: dict[str, Attendee] = {}
        self.setWindowTitle(self.tr("Something jammed"))
        self.runs = QListWidget()
        self.runs.setAccessibleName(self.tr("Runs"))
        self.drawing = SheetDrawing()
        self.number = plain_label()
        self.previous = _turner("previous", self.tr("Sheet before (Page up)"))
        self.next = _turner("next", self.tr("Next sheet (Page down)"))
        self.all = QPushButton(self.tr("Whole sheet"))
        self.hint = quiet_label()
        self.chosen = plain_label()
        self.chosen.setWordWrap(True)
        self.note = QPushButton(self.tr("Print again"))
        self.note.setProperty("primary", True)
        self.leave = QPushButton(self.tr("Cancel"))
        self._lay_out()
        self._connect()
        self._list_runs()
        self._count()

    def _list_runs(self) -> None:
        for run in self._runs:
            item = QListWidgetItem(self._words_of(run))
            item.setToolTip(item.text())
            self.runs.addItem(item)
        if self._runs:
            self.runs.setCurrentRow(0)
        else:
            self.hint.setText(self.tr("Nothing was printed yet."))

    def _words_of(self, run: PrintRun) -> str:
        when = _local_time(run.at, self._workplace) if run.at else ""
        words = self.tr("{when}, {count} badges").format(when=when, count=grouped(run.badges))
        return f"{words}\n{shown(run.stock)}"

    def _read_run(self, row: int) -> None:
        run = self._runs[row]
        stock = self._stock.get(run.stock)
        self._printed = None
        self._sheet = 1
        if stock is None:
            self._show_sheet()
            self.hint.setText(
                self.tr("The stock of this run is not known here. Choose people among Attendees.")
            )
            return
        self._workplace.tasks.run(
            Lane.NUMBERS,
            partial(printed_sheets, self._workplace.event_file, run, stock),
            self._take_sheets,
            self._workplace.show_error,
        )

    def _take_sheets(self, printed: PrintedSheets) -> None:
        if printed.run is self._runs[self.runs.currentRow()]:
            self._printed = printed
            self._sheet = next(iter(printed.sheets), 1)
            self.hint.setText(
                self.tr("Click the badges that jammed or were misprinted. Arrows and Space, too.")
                if printed.sheets
                else self.tr("Nobody of this run is on the list any more.")
            )
            self._show_sheet()

    def _turn(self, step: int) -> None:
        if self._printed is not None:
            numbers = list(self._printed.sheets)
            at = numbers.index(self._sheet) + step if self._sheet in numbers else 0
            self._sheet = numbers[max(0, min(at, len(numbers) - 1))]
            self._show_sheet()

    def _go_back(self) -> None:
        self._turn(-1)

    def _go_on(self) -> None:
        self._turn(1)

    def _toggle(self, slot: int) -> None:
        assert self._printed is not None
        person = self._printed.sheets[self._sheet][slot]
        if person.id in self._spoilt:
            del self._spoilt[person.id]
        else:
            self._spoilt[person.id] = person
        self._show_sheet()

    def _toggle_sheet(self) -> None:
        """All of the sheet are spoilt, or none when all are already."""
        if self._printed is None:
            return
        people = {one.id: one for one in self._printed.sheets.get(self._sheet, {}).values()}
        if people.keys() <= self._spoilt.keys():
            for attendee_id in people:
                del self._spoilt[attendee_id]
        else:
            self._spoilt |= people
        self._show_sheet()

    def _show_sheet(self) -> None:
        printed = self._printed
        people = printed.sheets.get(self._sheet, {}) if printed else {}
        if printed is None or not people:
            self.drawing.show_sheet(None, {})
        else:
            slots = {
                slot: self._shown(slot, people.get(slot))
                for slot in range(1, printed.stock.slots + 1)
            }
            self.drawing.show_sheet(printed.stock, slots, printed.run.imposition.fill)
        numbers = list(printed.sheets) if printed else []
        at = numbers.index(self._sheet) if self._sheet in numbers else 0
        self.previous.setEnabled(at > 0)
        self.next.setEnabled(at < len(numbers) - 1)
        self.all.setEnabled(bool(people))
        self.number.setText(
            self.tr("Sheet {number}").format(number=grouped(self._sheet)) if numbers else ""
        )
        self._count()

    def _shown(self, slot: int, person: Attendee | None) -> ShownSlot:
        number = self.tr("Slot {slot}").format(slot=slot)
        if person is None:
            return ShownSlot(
                SlotLook.EMPTY, "", self.tr("{slot}, empty").format(slot=number), False
            )
        name = shown(person.full_name)
        if person.id in self._spoilt:
            spoken = self.tr("{slot}, {name}, spoilt").format(slot=number, name=name)
            return ShownSlot(SlotLook.SPOILT, name, spoken)
        return ShownSlot(SlotLook.FILLED, name, f"{number}, {name}")

    def _count(self) -> None:
        count = len(self._spoilt)
        self.note.setEnabled(count > 0)
        self.note.setText(
            self.tr("Print {count} again").format(count=grouped(count))
            if count
            else self.tr("Print again")
        )
        names = ", ".join(person.full_name for person in self._spoilt.values())
        self.chosen.setText(shown(names, 160))

    def _note(self) -> None:
        ids = tuple(self._spoilt)
        workplace = self._workplace
        self.note.setEnabled(False)
        workplace.tasks.run(
            Lane.WORK,
            partial(
                record_spoilt,
                workplace.event_file,
                workplace.desk.desk_name,
                workplace.clock(),
                ids,
            ),
            partial(self._tell, ids),
            self._fail,
        )

    def _tell(self, ids: tuple[str, ...], _nothing: None) -> None:
        self.noted.emit(ids)
        self.accept()

    def _fail(self, error: BaseException) -> None:
        self._count()
        self._workplace.show_error(error)

    def _connect(self) -> None:
        self.runs.currentRowChanged.connect(self._read_run)
        self.drawing.pressed.connect(self._toggle)
        self.drawing.marked.connect(self._toggle)
        self.previous.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        self.all.clicked.connect(self._toggle_sheet)
        self.note.clicked.connect(self._note)
        self.leave.clicked.connect(self.reject)
        QShortcut(QKeySequence(Qt.Key.Key_PageUp), self, self._go_back)
        QShortcut(QKeySequence(Qt.Key.Key_PageDown), self, self._go_on)

    def _lay_out(self) -> None:
        em = size_px(self.font())
        self.resize(_WIDTH_EM * em, _HEIGHT_EM * em)
        self.runs.setFixedWidth(_RUNS_EM * em)
        for button in (self.note, self.leave, self.all):
            button.setAutoDefault(False)
        turning = QHBoxLayout()
        for widget in (self.previous, self.number, self.next):
            turning.addWidget(widget)
        turning.addStretch(1)
        turning.addWidget(self.all)
        right = QVBoxLayout()
        right.addLayout(turning)
        right.addWidget(self.drawing, 1)
        right.addWidget(self.hint)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.runs)
        top.addLayout(right, 1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.chosen, 1)
        foot.addWidget(self.leave)
        foot.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addLayout(top, 1)
        column.addLayout(foot)


def _turner(icon_name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(icon_name))
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setFixedSize(TOUCH_PX, TOUCH_PX)
    return button


def _local_time(moment: datetime, workplace: Workplace) -> str:
    event = workplace.desk.event
    local = event.local(moment)
    today = event.local(workplace.clock()).date()
    return f"{local:%H:%M}" if local.date() == today else f"{local.day} {local:%b, %H:%M}"
