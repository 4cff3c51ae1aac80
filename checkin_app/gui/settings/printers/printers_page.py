"""The page of the printers: what the desk prints by itself, its printers, and further ones."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checkin_app.domain.badges.imposition import Fill
from checkin_app.domain.badges.stock import Stock
from checkin_app.domain.printers import FoundPrinter, PrinterAbilities, PrinterId
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.badges.printers.test_sheet_dialog import TestSheetDialog
from checkin_app.gui.badges.stock.own_stock_dialog import OwnStockDialog
from checkin_app.gui.badges.stock.stock_page import StockPage
from checkin_app.gui.printing.printer_reports import key_of_printer
from checkin_app.gui.settings.printers.new_printer_card import NewPrinterCard
from checkin_app.gui.settings.printers.printer_card import PrinterCard
from checkin_app.gui.settings.printers.printing_choice_card import PrintingChoiceCard
from checkin_app.gui.settings.printers.printing_offers import (
    PrintingOffers,
    found_stock,
    paper_of,
    read_offers,
)
from checkin_app.gui.workplace import Workplace
from checkin_app.printing.printer_setups import PrinterSetup
from checkin_app.services.desk_printing.badge_on_demand import BadgeFiles
from checkin_app.settings.device_settings import PrintingSettings

_SPACING_PX = 10
_STOCK_PX = 480


class PrintersPage(QWidget):
    """Joins the cards to the print queue and the settings.

    Attributes:
        choice: what is printed by itself.
        cards: one for each printer of the desk.
        new: further printers.
        stock: finds what lies in a printer; in front while it is asked for.
    """

    def __init__(
        self,
        workplace: Workplace,
        files: BadgeFiles | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._runner = workplace.print_queue
        self._files = files or BadgeFiles.usual()
        self._offers = PrintingOffers()
        self._found: tuple[FoundPrinter, ...] | None = None
        self._stock_for: PrinterId | None = None
        self.choice = PrintingChoiceCard()
        self.cards: dict[PrinterId, PrinterCard] = {}
        self.new = NewPrinterCard()
        self.stock = StockPage()
        self.stock.setMinimumHeight(_STOCK_PX)
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        """Look at what there is now."""
        super().showEvent(event)
        self._read()
        if self._found is None:
            self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever comes back begins with the form."""
        self._close_stock()
        super().hideEvent(event)

    # Read

    def _read(self) -> None:
        """In the lane of the queue, so that it sees what was kept just before."""
        self._workplace.tasks.run(
            Lane.PRINT,
            partial(read_offers, self._workplace.event_file, self._runner.setups_path, self._files),
            self._take_offers,
            self._workplace.show_error,
        )

    def _take_offers(self, offers: PrintingOffers) -> None:
        self._offers = offers
        self.choice.offer(offers.layouts, offers.categories)
        self._show_choice()

    def _show_choice(self) -> None:
        setups = self._setups()
        self.choice.setVisible(bool(setups))
        self.choice.show_choice(self._printing(), setups)
        self._show_cards(setups)
        if self._found is not None:
            self.new.show_found(self._found, {setup.printer for setup in setups})

    def _setups(self) -> tuple[PrinterSetup, ...]:
        """Those of the desk: set up, or at least chosen."""
        printing = self._printing()
        chosen = map(PrinterId.from_text, (printing.printer, printing.fallback))
        ids = dict.fromkeys(
            (
                *(printer for printer in chosen if printer is not None),
                *(setup.printer for setup in self._offers.setups),
            )
        )
        return tuple(map(self._offers.setup, ids))

    def _show_cards(self, setups: tuple[PrinterSetup, ...]) -> None:
        for printer in self.cards.keys() - {setup.printer for setup in setups}:
            card = self.cards.pop(printer)
            self._column.removeWidget(card)
            card.deleteLater()
        for place, setup in enumerate(setups):
            card = self.cards.get(setup.printer) or self._new_card(setup.printer)
            if self._column.indexOf(card) != place + 1:
                self._column.insertWidget(place + 1, card)
            card.show_printer(setup, self._offers)
        self._show_states()

    def _new_card(self, printer: PrinterId) -> PrinterCard:
        card = self.cards[printer] = PrinterCard(printer)
        card.changed.connect(self._change)
        card.roll_put_in.connect(self._put_in_roll)
        card.stock_wanted.connect(self._open_stock)
        card.test_sheet_wanted.connect(self._open_test_sheet)
        card.test_wanted.connect(self._test)
        card.abilities_wanted.connect(self._ask_abilities)
        card.removed.connect(self._remove)
        return card

    def _show_states(self) -> None:
        known = {printer.id: printer for printer in self._runner.summary.printers}
        for printer, card in self.cards.items():
            card.show_state(known.get(printer))

    def _printing(self) -> PrintingSettings:
        return self._workplace.settings.devices.printing

    # Printers found

    def _look(self) -> None:
        self.new.show_looking()
        self._runner.find_printers(self._take_found)

    def _take_found(self, found: tuple[FoundPrinter, ...]) -> None:
        self._found = found
        self.new.show_found(found, self.cards.keys())

    def _ask_abilities(self, printer: PrinterId) -> None:
        self._runner.ask_abilities(printer, partial(self._take_abilities, printer))

    def _take_abilities(self, printer: PrinterId, abilities: PrinterAbilities) -> None:
        if card := self.cards.get(printer):
            card.show_abilities(abilities)

    # Changed

    def _choose(self, printing: PrintingSettings) -> None:
        devices = self._workplace.settings.devices
        self._workplace.devices.settings_wanted.emit(replace(devices, printing=printing))
        self._show_choice()

    def _add(self, printer: PrinterId, title: str) -> None:
        """The first printer is the desk's own: whoever adds one wants to print."""
        if printer in self.cards:
            return
        self._runner.keep_setup(PrinterSetup(printer, title=title))
        if not self._printing().printer:
            self._choose(replace(self._printing(), printer=str(printer)))
        self._read()

    def _remove(self, printer: PrinterId) -> None:
        self._runner.forget_setup(printer)
        printing = self._printing()
        gone = str(printer)
        self._choose(
            replace(
                printing,
                printer="" if printing.printer == gone else printing.printer,
                fallback="" if printing.fallback == gone else printing.fallback,
            )
        )
        self._read()

    def _change(self, printer: PrinterId, changes: dict[str, object]) -> None:
        self._runner.change_setup(printer, **changes)
        self._read()

    def _put_in_roll(self, printer: PrinterId, labels: int) -> None:
        self._runner.put_in_roll(printer, labels if labels >= 0 else None)
        self._read()

    def _test(self, printer: PrinterId) -> None:
        self._runner.test(key_of_printer(printer))

    # What lies in a printer

    def _open_stock(self, printer: PrinterId) -> None:
        self._stock_for = printer
        self._form.hide()
        self.stock.show()
        self.stock.open()

    def _close_stock(self) -> None:
        self.stock.hide()
        self._form.show()

    def _search_stock(self, text: str) -> None:
        self._workplace.tasks.run_newest(
            Lane.SEARCH,
            partial(found_stock, text, self._offers, self._stock_for),
            self._show_found_stock,
            self._workplace.show_error,
        )

    def _show_found_stock(self, found: tuple[str, tuple[Stock, ...]]) -> None:
        text, stocks = found
        self.stock.show_found(text, stocks)

    def _take_stock(self, stock: Stock) -> None:
        self._close_stock()
        if self._stock_for is not None:
            self._change(self._stock_for, {"stock": stock.name})

    def _open_own_stock(self) -> None:
        if self._stock_for is None:
            return
        like = self._offers.stock_of(self._offers.setup(self._stock_for))
        dialog = OwnStockDialog(self._workplace, self._files.own_stock, paper_of(like), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.changed.connect(self._read)
        dialog.saved.connect(self._take_stock)
        dialog.open()

    def _open_test_sheet(self, printer: PrinterId) -> None:
        stock = self._offers.stock_of(self._offers.setup(printer))
        dialog = TestSheetDialog(
            self._workplace,
            paper_of(stock),
            Fill.BY_ROW,
            self._files.offsets,
            printer.address,
            self,
            print_sheet=partial(self._runner.print_sheet, printer),
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.kept.connect(self._read)
        dialog.open()

    # Inside

    def _connect(self) -> None:
        self.choice.chosen.connect(self._choose)
        self.new.added.connect(self._add)
        self.new.look_wanted.connect(self._look)
        self.stock.searched.connect(self._search_stock)
        self.stock.chosen.connect(self._take_stock)
        self.stock.own_wanted.connect(self._open_own_stock)
        self.stock.closed.connect(self._close_stock)
        self._runner.changed.connect(self._show_states)

    def _lay_out(self) -> None:
        self._form = QWidget()
        self._column = QVBoxLayout(self._form)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_SPACING_PX)
        self._column.addWidget(self.choice)
        self._column.addWidget(self.new)
        self._column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form, 1)
        column.addWidget(self.stock, 1)
        self.stock.hide()
