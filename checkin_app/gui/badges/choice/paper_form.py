"""Asks for layout and stock, and below, folded away, for everything else about paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from checkin_app.domain.badges.badge_layout import BadgeLayout
from checkin_app.domain.badges.imposition import Imposition, PrinterOffset
from checkin_app.domain.badges.stock import Stock
from checkin_app.gui.badges.choice.choices import PaperChoice, possible, whole_sheet
from checkin_app.gui.badges.choice.more_section import MoreSection
from checkin_app.gui.badges.choice.picture_button import PictureButton
from checkin_app.gui.badges.stock.stock_words import doubt_line, size_mm, stock_line
from checkin_app.gui.form.form_rows import add_row


class PaperForm(QWidget):
    """The questions about paper.

    Signals:
        changed: something was chosen otherwise; ``choice()`` says what.
        layout_wanted, stock_wanted: another layout or stock is to be chosen.
    """

    changed = Signal()
    layout_wanted = Signal()
    stock_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = PaperChoice()
        self.layout_button = PictureButton()
        self.stock_button = PictureButton()
        self.more = MoreSection()
        rows = QFormLayout()
        add_row(rows, self.tr("Layout"), self.layout_button)
        add_row(rows, self.tr("Stock"), self.stock_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(rows)
        column.addWidget(self.more)
        self.layout_button.clicked.connect(self.layout_wanted)
        self.stock_button.clicked.connect(self.stock_wanted)
        self.more.changed.connect(self._take)
        self._show()

    def choice(self) -> PaperChoice:
        """What is asked for."""
        return self._choice

    def choose_layout(self, layout: BadgeLayout) -> None:
        """Print with this layout."""
        if layout != self._choice.layout:
            self._set(replace(self._choice, layout=layout))

    def choose_stock(self, stock: Stock) -> None:
        """Print on this stock, from the first slot of a whole sheet."""
        if stock != self._choice.stock:
            imposition = whole_sheet(self._choice.imposition)
            self._set(replace(self._choice, stock=stock, imposition=imposition))

    def choose_imposition(self, imposition: Imposition) -> None:
        """Lay the badges like this."""
        if imposition != self._choice.imposition:
            self._set(replace(self._choice, imposition=imposition))

    def choose_fonts(self, folder: Path) -> None:
        """Letters that the program's own fonts lack are taken from here."""
        self._choice = replace(self._choice, fonts=folder)

    def choose_offset(self, offset: PrinterOffset) -> None:
        """Correct what the printer does wrong."""
        self.more.show_offset(offset)
        self.choose_imposition(replace(self._choice.imposition, offset=offset))

    def show_layout_image(self, image: QImage) -> None:
        """The picture of the layout that is chosen."""
        self.layout_button.show_image(image)

    def _take(self) -> None:
        before, self._choice = self._choice, self.more.applied_to(self._choice)
        if before != self._choice:
            self.changed.emit()

    def _set(self, choice: PaperChoice) -> None:
        self._choice = choice
        self._show()
        self._choice = self.more.applied_to(choice)
        self.changed.emit()

    def _show(self) -> None:
        stock, layout = self._choice.stock, self._choice.layout
        doubt = doubt_line(stock)
        self.stock_button.show_choice(stock.name, doubt or stock_line(stock), warns=bool(doubt))
        self.stock_button.show_stock(stock)
        if layout is not None:
            suits = layout.suits(stock.face_width_mm, stock.face_height_mm)
            size = size_mm(layout.designs[0].width_mm, layout.designs[0].height_mm)
            self.layout_button.show_choice(
                layout.title,
                layout.description if suits else self.tr("Drawn for {size}").format(size=size),
                warns=not suits,
            )
        can = possible(stock)
        self.more.blockSignals(True)
        self.more.show_possible(backs=can.backs, several=can.several)
        self.more.blockSignals(False)
