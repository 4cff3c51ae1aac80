"""Asks for the measures of a stock, and says as they are typed what is impossible about them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPushButton, QWidget

from checkin_app.domain.badges.stock import CARD_ON_A4, Feed, Fold, Stock
from checkin_app.gui.form.calm_combo_box import CalmComboBox
from checkin_app.gui.form.form_rows import add_row, beside
from checkin_app.gui.form.number_field import CalmSpinBox, MillimetreBox
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.stock.own_stock import NAME_MAX_CHARACTERS

_MOST_MM = 2000.0
_MOST_COUNT = 100
_PAPERS = {
    "A4": (210, 297),
    "A3": (297, 420),
    "A5": (148, 210),
    "A6": (105, 148),
    "A7": (74, 105),
    "Letter": (215.9, 279.4),
    "Legal": (215.9, 355.6),
}
"""Width and height in millimetres (ISO 216, ANSI Y14.1)."""


class OwnStockForm(QWidget):
    """The measures of one stock.

    Signals:
        changed: a measure is another; ``stock()`` has them all.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = CARD_ON_A4
        self.name = QLineEdit(maxLength=NAME_MAX_CHARACTERS)
        self.name.setPlaceholderText(self.tr("What stands on the box"))
        self.paper = CalmComboBox()
        self.paper_width, self.paper_height = self._length(), self._length()
        self.badge_width, self.badge_height = self._length(), self._length()
        self.columns, self.rows = CalmSpinBox(1, _MOST_COUNT), CalmSpinBox(1, _MOST_COUNT)
        self.left, self.top = self._length(), self._length()
        self.pitch_x, self.pitch_y = self._length(), self._length()
        self.corner = self._length()
        self.fold = CalmComboBox()
        self.feed = CalmComboBox()
        self.centre = QPushButton(self.tr("Centre"))
        self.centre.setAutoDefault(False)
        self._fill()
        self._lay_out()
        self._connect()
        self.show_stock(CARD_ON_A4)

    def stock(self) -> Stock:
        """The stock as typed."""
        paper = self.paper.currentData()
        return replace(
            self._shown,
            name=" ".join(self.name.text().split()),
            paper=paper or "",
            paper_width_mm=self.paper_width.value(),
            paper_height_mm=self.paper_height.value(),
            badge_width_mm=self.badge_width.value(),
            badge_height_mm=self.badge_height.value(),
            columns=self.columns.value(),
            rows=self.rows.value(),
            left_mm=self.left.value(),
            top_mm=self.top.value(),
            pitch_x_mm=self.pitch_x.value() if self.columns.value() > 1 else 0.0,
            pitch_y_mm=self.pitch_y.value() if self.rows.value() > 1 else 0.0,
            corner_radius_mm=self.corner.value(),
            fold=Fold(self.fold.currentData()),
            feed=Feed(self.feed.currentData()),
        )

    def show_stock(self, stock: Stock) -> None:
        """Begin with the measures of a stock."""
        self._shown = stock
        self.blockSignals(True)
        self.name.setText(stock.name)
        known = [name for name, size in _PAPERS.items() if size == _paper_size(stock)]
        self.paper.setCurrentIndex(max(self.paper.findData(known[0]) if known else -1, 0))
        if not known:
            self.paper.setCurrentIndex(self.paper.count() - 1)
        for box, value in (
            (self.paper_width, stock.paper_width_mm),
            (self.paper_height, stock.paper_height_mm),
            (self.badge_width, stock.badge_width_mm),
            (self.badge_height, stock.badge_height_mm),
            (self.left, stock.left_mm),
            (self.top, stock.top_mm),
            (self.pitch_x, stock.pitch_x_mm or stock.badge_width_mm),
            (self.pitch_y, stock.pitch_y_mm or stock.badge_height_mm),
            (self.corner, stock.corner_radius_mm),
        ):
            box.setValue(value)
        self.columns.setValue(stock.columns)
        self.rows.setValue(stock.rows)
        self.fold.setCurrentIndex(self.fold.findData(stock.fold))
        self.feed.setCurrentIndex(self.feed.findData(stock.feed))
        self.blockSignals(False)
        self._announce()

    def _announce(self) -> None:
        self.pitch_x.setEnabled(self.columns.value() > 1)
        self.pitch_y.setEnabled(self.rows.value() > 1)
        self.changed.emit()

    def _take_paper(self) -> None:
        size = _PAPERS.get(self.paper.currentData())
        for box in (self.paper_width, self.paper_height):
            box.setEnabled(size is None)
        if size is not None:
            self.paper_width.setValue(size[0])
            self.paper_height.setValue(size[1])

    def _put_in_the_middle(self) -> None:
        """The same margin at both sides, and at top and bottom."""
        stock = self.stock()
        width = (stock.columns - 1) * stock.pitch_x_mm + stock.badge_width_mm
        height = (stock.rows - 1) * stock.pitch_y_mm + stock.badge_height_mm
        self.left.setValue(max(stock.paper_width_mm - width, 0) / 2)
        self.top.setValue(max(stock.paper_height_mm - height, 0) / 2)

    def _fill(self) -> None:
        for name in _PAPERS:
            self.paper.addItem(name, name)
        self.paper.addItem(self.tr("Other"), "")
        for text, fold in (
            (self.tr("Not folded"), Fold.NONE),
            (self.tr("Across, crease at the top"), Fold.TENT),
            (self.tr("Lengthwise, crease at the left"), Fold.BOOK),
        ):
            self.fold.addItem(text, fold)
        for text, feed in (
            (self.tr("Sheets"), Feed.SHEET),
            (self.tr("Label roll"), Feed.ROLL),
            (self.tr("Endless roll"), Feed.ENDLESS),
            (self.tr("Plastic cards"), Feed.CARD),
        ):
            self.feed.addItem(text, feed)

    def _connect(self) -> None:
        self.name.textChanged.connect(self._announce)
        self.paper.currentIndexChanged.connect(self._take_paper)
        self.centre.clicked.connect(self._put_in_the_middle)
        for choice in (self.paper, self.fold, self.feed):
            choice.currentIndexChanged.connect(self._announce)
        for box in self._lengths():
            box.valueChanged.connect(self._announce)
        for count in (self.columns, self.rows):
            count.valueChanged.connect(self._announce)

    def _lengths(self) -> tuple[MillimetreBox, ...]:
        return (
            self.paper_width,
            self.paper_height,
            self.badge_width,
            self.badge_height,
            self.left,
            self.top,
            self.pitch_x,
            self.pitch_y,
            self.corner,
        )

    def _lay_out(self) -> None:
        rows = QFormLayout(self)
        add_row(rows, self.tr("Name"), self.name)
        add_row(rows, self.tr("Paper"), self.paper)
        for name, sign, first, second, first_name, second_name in (
            (
                self.tr("Its size"),
                "×",
                self.paper_width,
                self.paper_height,
                self.tr("Width of the paper"),
                self.tr("Height of the paper"),
            ),
            (
                self.tr("Badge"),
                "×",
                self.badge_width,
                self.badge_height,
                self.tr("Width of a badge"),
                self.tr("Height of a badge"),
            ),
            (
                self.tr("Grid"),
                "×",
                self.columns,
                self.rows,
                self.tr("Badges side by side"),
                self.tr("Badges one below the other"),
            ),
            (
                self.tr("Left, top"),
                ",",
                self.left,
                self.top,
                self.tr("From the left edge of the paper"),
                self.tr("From the top edge of the paper"),
            ),
            (
                self.tr("Step"),
                ",",
                self.pitch_x,
                self.pitch_y,
                self.tr("From one badge to the next, across"),
                self.tr("From one badge to the next, down"),
            ),
        ):
            add_row(rows, name, beside(first, plain_label(sign), second))
            for box, said in ((first, first_name), (second, second_name)):
                box.setAccessibleName(said)
                box.setToolTip(said)
        rows.addRow("", self.centre)
        add_row(rows, self.tr("Corners"), self.corner)
        self.corner.setToolTip(self.tr("Radius of the rounded corners"))
        add_row(rows, self.tr("Folded"), self.fold)
        add_row(rows, self.tr("Fed as"), self.feed)

    def _length(self) -> MillimetreBox:
        return MillimetreBox(0, _MOST_MM)


def _paper_size(stock: Stock) -> tuple[float, float]:
    return stock.paper_width_mm, stock.paper_height_mm
