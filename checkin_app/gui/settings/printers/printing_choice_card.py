"""What this desk prints by itself: on which printer, when, for whom, in which layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QFrame, QGridLayout, QVBoxLayout, QWidget

from checkin_app.gui.appearance.theme import TOUCH_PX, sized
from checkin_app.gui.form.calm_combo_box import CalmComboBox
from checkin_app.gui.form.folder_field import FolderField
from checkin_app.gui.form.form_rows import add_row, quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.form.segments import Segments
from checkin_app.gui.plain_text import label, shown
from checkin_app.printing.printer_setups import PrinterSetup
from checkin_app.settings.device_settings import PrintingSettings, PrintOnArrival

_WHEN = (PrintOnArrival.NEVER, PrintOnArrival.UNLESS_PRINTED, PrintOnArrival.ALWAYS)
_COLUMNS = 3


class PrintingChoiceCard(QFrame):
    """Shows and changes ``PrintingSettings``.

    Signals:
        chosen: the new ``PrintingSettings``.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._choice = PrintingSettings()
        self.printer, self.fallback = CalmComboBox(), CalmComboBox()
        self.when = Segments(
            (self.tr("Never"), self.tr("If not printed before"), self.tr("Always"))
        )
        self.layouts = CalmComboBox()
        self.photos = FolderField(self.tr("Folder of the attendees' pictures"))
        self._boxes: tuple[QCheckBox, ...] = ()
        self._categories_place = QWidget()
        self._grid = QGridLayout(self._categories_place)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self.everybody = quiet_label(self.tr("None ticked: everybody's badge is printed."))
        self._lay_out()
        self.printer.activated.connect(self._choose_printer)
        self.fallback.activated.connect(self._choose_fallback)
        self.when.chosen.connect(self._choose_when)
        self.layouts.activated.connect(self._choose_layout)
        self.photos.changed.connect(self._choose_photos)

    @property
    def boxes(self) -> tuple[QCheckBox, ...]:
        """One for each category."""
        return self._boxes

    def show_choice(self, choice: PrintingSettings, setups: Sequence[PrinterSetup]) -> None:
        """Show what is chosen, among these printers."""
        self._choice = choice
        for box, nobody, current in (
            (self.printer, self.tr("None: badges are printed in bulk"), choice.printer),
            (self.fallback, self.tr("Nobody: badges wait"), choice.fallback),
        ):
            box.clear()
            box.addItem(nobody, "")
            for setup in setups:
                box.addItem(shown(setup.name), str(setup.printer))
            box.setCurrentIndex(max(0, box.findData(current)))
        has_printer = bool(choice.printer)
        self.fallback.setEnabled(has_printer and len(setups) > 1)
        self.when.setEnabled(has_printer)
        self.when.choose(_WHEN.index(choice.when))
        self._show_layout()
        self.photos.blockSignals(True)
        self.photos.set_path(Path(choice.photos) if choice.photos else None)
        self.photos.blockSignals(False)
        for box_ in self._boxes:
            box_.setChecked(box_.objectName() in choice.categories)
        self._show_rows()

    def offer(self, layouts: Sequence[str], categories: Sequence[str]) -> None:
        """What there is to choose from in this event."""
        self.layouts.clear()
        self.layouts.addItem(self.tr("As the last bulk print"), "")
        for name in layouts:
            self.layouts.addItem(shown(name), name)
        self._show_layout()
        if [box.objectName() for box in self._boxes] != list(categories):
            self._offer_categories(categories)

    def _offer_categories(self, categories: Sequence[str]) -> None:
        for box in self._boxes:
            self._grid.removeWidget(box)
            box.deleteLater()
        self._boxes = tuple(map(self._category_box, categories))
        for place, box in enumerate(self._boxes):
            self._grid.addWidget(box, place // _COLUMNS, place % _COLUMNS)
        self._show_rows()

    def _category_box(self, category: str) -> QCheckBox:
        box = QCheckBox(label(category), self._categories_place)
        box.setObjectName(category)
        box.setChecked(category in self._choice.categories)
        box.clicked.connect(self._choose_categories)
        return box

    def _show_layout(self) -> None:
        self.layouts.setCurrentIndex(max(0, self.layouts.findData(self._choice.layout)))

    def _show_rows(self) -> None:
        prints = bool(self._choice.printer) and self._choice.when is not PrintOnArrival.NEVER
        self._rows.setRowVisible(self._categories_place, prints and bool(self._boxes))
        self._rows.setRowVisible(self.everybody, prints and bool(self._boxes))

    # Chosen

    def _choose_printer(self) -> None:
        printer = str(self.printer.currentData())
        fallback = "" if self._choice.fallback == printer else self._choice.fallback
        self._want(replace(self._choice, printer=printer, fallback=fallback))

    def _choose_fallback(self) -> None:
        fallback = str(self.fallback.currentData())
        self._want(
            replace(self._choice, fallback="" if fallback == self._choice.printer else fallback)
        )

    def _choose_when(self, place: int) -> None:
        self._want(replace(self._choice, when=_WHEN[place]))

    def _choose_layout(self) -> None:
        self._want(replace(self._choice, layout=str(self.layouts.currentData())))

    def _choose_photos(self) -> None:
        folder = self.photos.path()
        self._want(replace(self._choice, photos=str(folder) if folder else ""))

    def _choose_categories(self) -> None:
        ticked = tuple(box.objectName() for box in self._boxes if box.isChecked())
        self._want(replace(self._choice, categories=ticked))

    def _want(self, choice: PrintingSettings) -> None:
        if choice != self._choice:
            self.chosen.emit(choice)

    # Inside

    def _lay_out(self) -> None:
        title = plain_label(self.tr("Badges printed at this desk"))
        title.setFont(sized(self.font(), 1.07, bold=True))
        self._rows = QFormLayout()
        add_row(self._rows, self.tr("Printer"), self.printer)
        add_row(self._rows, self.tr("If it cannot"), self.fallback)
        add_row(self._rows, self.tr("On arrival"), self.when)
        only_for = add_row(self._rows, self.tr("Only for"), self._categories_place)
        # Beside a high field, Qt would let it sink.
        only_for.setMaximumHeight(TOUCH_PX)
        self._rows.addRow("", self.everybody)
        add_row(self._rows, self.tr("Layout"), self.layouts)
        add_row(self._rows, self.tr("Photos"), self.photos)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        column.addWidget(title)
        column.addLayout(self._rows)
