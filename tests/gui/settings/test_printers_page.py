"""The page of the printers: adding them, saying what lies in them, choosing what they print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from notebook_spooler import NotebookSpooler
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from checkin_app.domain.printers import (
    FoundPrinter,
    PrinterAbilities,
    PrinterId,
    PrinterTrouble,
    SpoolerKind,
)
from checkin_app.gui.badges.printers.test_sheet_dialog import TestSheetDialog
from checkin_app.gui.printing.queue_runner import PrintingPlaces, QueueRunner
from checkin_app.gui.settings.printers.printers_page import PrintersPage
from checkin_app.gui.workplace import Workplace
from checkin_app.printing.folder_spooler import FolderSpooler
from checkin_app.printing.printer_setups import PrinterSetup, PrinterSetups
from checkin_app.services.desk_printing.badge_on_demand import BadgeFiles
from checkin_app.settings.device_settings import DeviceSettings, PrintingSettings, PrintOnArrival

DOOR = PrinterId(SpoolerKind.CUPS, "door")


class FindableSpooler(NotebookSpooler):
    """A print system that knows one printer, which can be told how dark to print."""

    def printers(self) -> tuple[FoundPrinter, ...]:
        return (FoundPrinter(DOOR, "Door", "Zebra ZD421", is_default=True),)

    def abilities(self, address: str) -> PrinterAbilities:
        return PrinterAbilities(203, (0, 30))


class PageOfPrinters:
    """The page, and what it keeps."""

    def __init__(
        self, page: PrintersPage, workplace: Workplace, setups: Path, qtbot: QtBot
    ) -> None:
        self.page = page
        self.workplace = workplace
        self._setups = setups
        self._qtbot = qtbot

    @property
    def printing(self) -> PrintingSettings:
        return self.workplace.settings.devices.printing

    def setup(self, printer: PrinterId = DOOR) -> PrinterSetup:
        return PrinterSetups(self._setups).of(printer)

    def wait_until(self, holds) -> None:
        self._qtbot.waitUntil(holds)

    def add_door(self):
        """The card of the printer that the system knows."""
        self.wait_until(self.page.new.add_found.isEnabled)
        self.page.new.add_found.click()
        self.wait_until(lambda: DOOR in self.page.cards)
        card = self.page.cards[DOOR]
        self.wait_until(lambda: card.setup.title == "Door")
        card.open()
        return card


@pytest.fixture
def spooler(tmp_path: Path) -> FindableSpooler:
    return FindableSpooler(tmp_path / "spool")


@pytest.fixture
def page(
    qtbot: QtBot, workplace: Workplace, spooler: FindableSpooler, tmp_path: Path
) -> Iterator[PageOfPrinters]:
    """The page at a desk without printers."""
    files = BadgeFiles(tmp_path / "stock.json", tmp_path / "offsets.json", tmp_path / "fonts")
    setups = tmp_path / "setups.json"
    runner = QueueRunner(
        workplace,
        {SpoolerKind.CUPS: spooler, SpoolerKind.FOLDER: FolderSpooler()},
        PrintingPlaces(setups, files, tmp_path / "locks"),
    )
    workplace.use_print_queue(runner)

    def remember(devices: DeviceSettings) -> None:
        workplace.take_settings(replace(workplace.settings, devices=devices))

    workplace.devices.settings_wanted.connect(remember)
    widget = PrintersPage(workplace, files)
    qtbot.addWidget(widget)
    widget.show()
    yield PageOfPrinters(widget, workplace, setups, qtbot)
    workplace.devices.settings_wanted.disconnect(remember)


def test_without_printers_the_page_begins_with_adding_one(page: PageOfPrinters) -> None:
    page.wait_until(page.page.new.add_found.isEnabled)
    assert page.page.new.found.currentText() == "Door  ·  Zebra ZD421"
    assert not page.page.choice.isVisible()


def test_the_first_printer_becomes_that_of_the_desk(page: PageOfPrinters) -> None:
    page.add_door()
    assert page.printing.printer == str(DOOR)
    assert page.page.choice.isVisible()
    assert page.page.choice.printer.currentText() == "Door"
    page.wait_until(lambda: not page.page.new.add_found.isEnabled())


def test_a_label_printer_is_added_by_its_address(page: PageOfPrinters) -> None:
    page.page.new.address.setText(" 10.0.0.7 ")
    page.page.new.add_address.click()
    zebra = PrinterId(SpoolerKind.ZEBRA, "10.0.0.7:9100")
    page.wait_until(lambda: zebra in page.page.cards)
    page.wait_until(lambda: page.setup(zebra).title == "Zebra 10.0.0.7")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("10.0.0.8,QL-820NWB", "10.0.0.8:9100,QL-820NWB"),
        ("10.0.0.8:9101", "10.0.0.8:9101"),
        ("/dev/usb/lp0", "/dev/usb/lp0"),
    ],
)
def test_a_brother_printer_may_say_its_model_or_be_a_device_file(
    page: PageOfPrinters, typed: str, address: str
) -> None:
    page.page.new.makes.setCurrentIndex(1)
    page.page.new.address.setText(typed)
    page.page.new.add_address.click()
    page.wait_until(lambda: PrinterId(SpoolerKind.BROTHER, address) in page.page.cards)


def test_a_folder_that_collects_badges_is_a_printer_too(
    page: PageOfPrinters, tmp_path: Path
) -> None:
    page.page.new.add_folder(tmp_path)
    folder = PrinterId(SpoolerKind.FOLDER, str(tmp_path))
    page.wait_until(lambda: folder in page.page.cards)
    card = page.page.cards[folder]
    page.wait_until(lambda: card.state.text() == "Ready.")
    card.test.click()
    page.wait_until(lambda: bool(list(tmp_path.glob("*.pdf"))))


def test_what_is_typed_about_a_printer_is_kept(page: PageOfPrinters) -> None:
    card = page.add_door()
    card.title.setText("Εκτυπωτής  στην είσοδο")
    card.title.editingFinished.emit()
    page.wait_until(lambda: page.setup().title == "Εκτυπωτής στην είσοδο")
    page.wait_until(lambda: page.page.choice.printer.currentText() == "Εκτυπωτής στην είσοδο")
    page.wait_until(lambda: card.density.isVisibleTo(card))
    card.density.setCurrentIndex(card.density.findData(21))
    card.density.activated.emit(card.density.currentIndex())
    page.wait_until(lambda: page.setup().density == 21)
    card.warn_at.setValue(35)
    page.wait_until(lambda: page.setup().warn_at == 35)


def test_a_new_roll_is_counted_until_nobody_wants_it(page: PageOfPrinters) -> None:
    card = page.add_door()
    assert card.left.text() == "not counted"
    card.roll.setValue(250)
    card.new_roll.click()
    page.wait_until(lambda: card.left.text() == "250 left")
    assert (page.setup().labels_left, page.setup().roll) == (250, 250)
    card.stop_counting.click()
    page.wait_until(lambda: card.left.text() == "not counted")


def test_the_labels_in_a_printer_are_found_by_number(page: PageOfPrinters) -> None:
    card = page.add_door()
    card.stock.click()
    stock = page.page.stock
    assert stock.isVisible()
    stock.text.setText("DK-11202")
    page.wait_until(
        lambda: stock.model.rowCount() > 0 and stock.model.item(0).text() == "Brother DK-11202"
    )
    stock.list.opened.emit(stock.model.index(0, 0))
    page.wait_until(lambda: page.setup().stock == "Brother DK-11202")
    page.wait_until(lambda: "62 × 100 mm" in card.stock.text())
    assert not stock.isVisible()


def test_the_test_sheet_is_of_one_label_of_that_printer(page: PageOfPrinters) -> None:
    card = page.add_door()
    card.test_sheet.click()
    dialog = page.page.findChild(TestSheetDialog)
    assert dialog is not None
    dialog.near_right.setValue(1.0)
    dialog.keep.click()
    page.wait_until(lambda: "1 mm left" in card.offset.text())
    dialog.close()


def test_printing_on_arrival_may_be_for_some_categories(page: PageOfPrinters) -> None:
    page.add_door()
    choice = page.page.choice
    page.wait_until(lambda: bool(choice.boxes))
    assert not choice.everybody.isVisible()
    choice.when.button(1).click()
    assert page.printing.when is PrintOnArrival.UNLESS_PRINTED
    assert choice.everybody.isVisible()
    press = next(box for box in choice.boxes if box.text() == "Press")
    press.click()
    assert page.printing.categories == ("Press",)
    press.click()
    assert page.printing.categories == ()


def test_a_second_printer_can_step_in(page: PageOfPrinters, tmp_path: Path) -> None:
    page.add_door()
    choice = page.page.choice
    assert not choice.fallback.isEnabled()
    page.page.new.add_folder(tmp_path)
    page.wait_until(lambda: choice.fallback.count() == 3)
    choice.fallback.setCurrentIndex(2)
    choice.fallback.activated.emit(2)
    assert page.printing.fallback == f"folder:{tmp_path}"
    choice.printer.setCurrentIndex(2)
    choice.printer.activated.emit(2)
    assert (page.printing.printer, page.printing.fallback) == (f"folder:{tmp_path}", "")


def test_a_printer_that_is_removed_is_not_chosen_any_more(page: PageOfPrinters) -> None:
    card = page.add_door()
    card.remove.click()
    page.wait_until(lambda: not page.page.cards)
    assert page.printing == PrintingSettings()
    assert PrinterSetups(page._setups).all() == ()


def test_a_card_says_what_to_do_about_its_printer(
    page: PageOfPrinters, spooler: FindableSpooler
) -> None:
    spooler.troubles["door"] = PrinterTrouble.COVER_OPEN
    card = page.add_door()
    page.wait_until(lambda: "Close it until it clicks." in card.state.text())
    assert card.test.accessibleName() == "Test print of Door"
    assert card.test.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_test_sheet_is_printed_on_the_printer_that_is_measured(
    page: PageOfPrinters, tmp_path: Path
) -> None:
    page.page.new.add_folder(tmp_path)
    folder = PrinterId(SpoolerKind.FOLDER, str(tmp_path))
    page.wait_until(lambda: folder in page.page.cards)
    page.page.cards[folder].test_sheet.click()
    dialog = page.page.findChild(TestSheetDialog)
    assert dialog is not None
    assert not dialog.printer.isEnabled()
    dialog.source.print.click()
    page.wait_until(lambda: dialog.source.said.text() == "Sent to the printer.")
    (file,) = tmp_path.glob("*.pdf")
    with pypdfium2.PdfDocument(file) as document:
        width_pt, height_pt = document[0].get_size()
    assert (round(width_pt / 72 * 25.4), round(height_pt / 72 * 25.4)) == (85, 54)
    dialog.close()
