"""Own stock: by its measures with a live drawing, or from gLabels templates; kept for this user."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.badges.stock import Stock
from checkin_app.errors import CheckinError
from checkin_app.gui.appearance.theme import size_px
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.badges.sheets.sheet_drawing import SheetDrawing
from checkin_app.gui.badges.sheets.sheet_painting import ShownSlot, SlotLook
from checkin_app.gui.badges.stock.own_stock_form import OwnStockForm
from checkin_app.gui.badges.stock.stock_words import stock_line
from checkin_app.gui.file_dialogs import ask_to_open
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import grouped, shown
from checkin_app.gui.workplace import Workplace
from checkin_app.stock.glabels_templates import GlabelsTemplates, read_glabels_templates
from checkin_app.stock.own_stock import (
    check_stock,
    load_own_stock,
    remove_own_stock,
    save_own_stock,
)

Result = TypeVar("Result")

_WIDTH_EM, _HEIGHT_EM = 72, 46
_LIST_EM, _FORM_EM = 17, 26
_LEFT_OUT_SHOWN = 3


class OwnStockDialog(QDialog):
    """The user's own stock.

    Args:
        like: the stock whose measures a new one begins with.

    Signals:
        saved: the ``Stock`` that was kept, to be printed on.
        changed: own stock was added, changed or removed.
    """

    saved = Signal(object)
    changed = Signal()

    def __init__(
        self,
        workplace: Workplace,
        file: Path,
        like: Stock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._file = file
        self._start = replace(
            like, name="", brand="", part_numbers=(), description="", source="", doubt=""
        )
        self.setWindowTitle(self.tr("Own stock"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Own stock"))
        self.new = QPushButton(self.tr("New"))
        self.bring_in = QPushButton(self.tr("Import gLabels templates…"))
        self.remove = QPushButton(self.tr("Remove"))
        self.form = OwnStockForm()
        self.drawing = SheetDrawing()
        self.drawing.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verdict = plain_label()
        self.verdict.setWordWrap(True)
        self.save = QPushButton(self.tr("Keep and print on it"))
        self.save.setProperty("primary", True)
        self.leave = QPushButton(self.tr("Close"))
        self._lay_out()
        self._connect()
        self.form.show_stock(self._start)
        self._read("")

    def bring_in_file(self, path: Path) -> None:
        """Keep all stock of a gLabels template file."""
        self._run(partial(_bring_in, path, self._file), self._take_templates)

    def _judge(self) -> None:
        """Draw what was typed, and say what has to be corrected."""
        stock = self.form.stock()
        faults = check_stock(stock)
        can_draw = min(stock.badge_width_mm, stock.paper_width_mm, stock.paper_height_mm) > 0
        slots = {
            slot: ShownSlot(SlotLook.FILLED, str(slot), answers=False)
            for slot in range(1, stock.slots + 1)
        }
        self.drawing.show_sheet(stock if can_draw else None, slots)
        self.verdict.setText(faults[0] if faults else stock_line(stock))
        self.save.setEnabled(not faults)

    def _save(self) -> None:
        stock = self.form.stock()
        self._run(partial(save_own_stock, stock, self._file), partial(self._tell_saved, stock))

    def _remove(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            name = item.data(Qt.ItemDataRole.UserRole).name
            self._run(partial(remove_own_stock, name, self._file), self._tell_removed)

    def _begin_anew(self) -> None:
        self.list.setCurrentRow(-1)
        self.form.show_stock(self._start)
        self.form.name.setFocus()

    def _show_chosen(self) -> None:
        item = self.list.currentItem()
        self.remove.setEnabled(item is not None)
        if item is not None:
            self.form.show_stock(item.data(Qt.ItemDataRole.UserRole))

    def _read(self, name: str) -> None:
        self._run(partial(load_own_stock, self._file), partial(self._list, name))

    def _list(self, name: str, stocks: Sequence[Stock]) -> None:
        """List own stock, with the one of a name chosen."""
        self.list.blockSignals(True)
        self.list.clear()
        for stock in stocks:
            item = QListWidgetItem(shown(stock.name))
            item.setData(Qt.ItemDataRole.UserRole, stock)
            item.setToolTip(stock_line(stock))
            self.list.addItem(item)
            if stock.name == name:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.remove.setEnabled(self.list.currentItem() is not None)

    def _tell_saved(self, stock: Stock, _nothing: None) -> None:
        self.changed.emit()
        self.saved.emit(stock)
        self.accept()

    def _tell_removed(self, _nothing: None) -> None:
        self._begin_anew()
        self._read("")
        self.changed.emit()

    def _take_templates(self, templates: GlabelsTemplates) -> None:
        self._read(templates.stocks[0].name if templates.stocks else "")
        if templates.stocks:
            self.form.show_stock(templates.stocks[0])
        sentences = [self.tr("Brought in: {count}.").format(count=grouped(len(templates.stocks)))]
        sentences += (
            f"{shown(left_out.name)} {shown(left_out.reason)}."
            for left_out in templates.left_out[:_LEFT_OUT_SHOWN]
        )
        more = len(templates.left_out) - _LEFT_OUT_SHOWN
        if more > 0:
            sentences.append(self.tr("{count} more left out.").format(count=grouped(more)))
        self.verdict.setText(" ".join(sentences))
        self.changed.emit()

    def _ask_for_file(self) -> None:
        kinds = (
            self.tr("gLabels templates (*.template *.xml *.glabels)"),
            self.tr("All files (*)"),
        )
        path = ask_to_open(self._workplace, self, self.tr("Import gLabels templates"), kinds)
        if path is not None:
            self.bring_in_file(path)

    def _run(self, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        self._workplace.tasks.run(Lane.NUMBERS, work, done, self._tell)

    def _tell(self, error: BaseException) -> None:
        match error:
            case CheckinError():
                self.verdict.setText(str(error))
            case _:
                self._workplace.show_error(error)

    def _connect(self) -> None:
        self.form.changed.connect(self._judge)
        self.list.currentRowChanged.connect(self._show_chosen)
        self.new.clicked.connect(self._begin_anew)
        self.bring_in.clicked.connect(self._ask_for_file)
        self.remove.clicked.connect(self._remove)
        self.save.clicked.connect(self._save)
        self.leave.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        em = size_px(self.font())
        self.resize(_WIDTH_EM * em, _HEIGHT_EM * em)
        self.form.setFixedWidth(_FORM_EM * em)
        left = QVBoxLayout()
        left.setSpacing(8)
        self.list.setFixedWidth(_LIST_EM * em)
        left.addWidget(self.list, 1)
        for button in (self.new, self.bring_in, self.remove):
            button.setAutoDefault(False)
            left.addWidget(button)
        for button in (self.save, self.leave):
            button.setAutoDefault(False)
        form = QVBoxLayout()
        form.addWidget(self.form)
        form.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(20)
        top.addLayout(left)
        top.addLayout(form)
        top.addWidget(self.drawing, 1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.verdict, 1)
        foot.addWidget(self.leave)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addLayout(top, 1)
        column.addLayout(foot)


def _bring_in(path: Path, own: Path) -> GlabelsTemplates:
    templates = read_glabels_templates(path)
    for stock in templates.stocks:
        save_own_stock(stock, own)
    return templates
