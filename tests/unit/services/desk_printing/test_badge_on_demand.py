"""One badge for the printer at the desk, as large as what lies in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pypdfium2
import pytest
import zxingcpp
from settable_clock import DURING_REGISTRATION

from checkin_app.badges.layouts.built_in import DEFAULT_LAYOUT, built_in_layout
from checkin_app.badges.layouts.layout_document import layout_document
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_prints import BadgePrint, PrintRun
from checkin_app.domain.badges.imposition import PrinterOffset
from checkin_app.domain.badges.stock import Feed, Stock
from checkin_app.domain.printers import BadgeSheet, PrinterId, SpoolerKind
from checkin_app.errors import UsageError
from checkin_app.printing.printer_setups import PrinterSetup, PrinterSetups
from checkin_app.services.bulk_badges.badge_records import record_prints
from checkin_app.services.desk_printing.badge_on_demand import (
    BadgeFiles,
    BadgeOnDemand,
    single_piece,
)
from checkin_app.settings.device_settings import PrintingSettings
from checkin_app.stock.printer_offsets import keep_printer_offset
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.attendee_filter import AttendeeFilter

PRINTER = PrinterId(SpoolerKind.CUPS, "Labels")
PER_INCH = 72 / 25.4

Seen = TypeVar("Seen")


class Badges:
    """Makes badges of the sample event."""

    def __init__(self, event_file: EventFile, folder: Path) -> None:
        self.event_file = event_file
        self.setups = PrinterSetups(folder / "setups.json")
        self.files = BadgeFiles(folder / "stock.toml", folder / "offsets.json", folder / "fonts")
        self.maker = BadgeOnDemand(event_file, self.setups, PrintingSettings(), self.files)
        self.person = next(one for one in event_file.attendees(AttendeeFilter()) if one.category)

    def sheet(self, person: Attendee | None = None) -> BadgeSheet:
        return self.maker.make(person or self.person, PRINTER).sheet


@pytest.fixture
def badges(sample_event_file: EventFile, tmp_path: Path) -> Badges:
    return Badges(sample_event_file, tmp_path)


def seen(sheet: BadgeSheet, look: Callable[[pypdfium2.PdfDocument], Seen]) -> Seen:
    with pypdfium2.PdfDocument(sheet.pdf) as document:
        return look(document)


def text(sheet: BadgeSheet) -> str:
    return seen(sheet, lambda document: document[0].get_textpage().get_text_range())


def test_a_badge_is_as_large_as_one_piece_of_the_stock_and_holds_the_code(badges: Badges) -> None:
    sheet = badges.sheet()
    assert (sheet.width_mm, sheet.height_mm) == (85, 54)
    assert seen(sheet, len) == 1
    width_pt, height_pt = seen(sheet, lambda document: document[0].get_size())
    assert width_pt == pytest.approx(85 * PER_INCH, abs=0.1)
    assert height_pt == pytest.approx(54 * PER_INCH, abs=0.1)
    picture = seen(sheet, lambda document: document[0].render(scale=4).to_pil())
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [badges.person.code]


def test_the_label_in_the_printer_is_the_page_whatever_feeds_it(badges: Badges) -> None:
    badges.setups.keep(PrinterSetup(PRINTER, stock="Brother DK-11202", density=3))
    sheet = badges.sheet()
    assert {sheet.width_mm, sheet.height_mm} == {62, 100}
    assert sheet.density == 3


def test_of_an_endless_roll_as_much_is_cut_as_the_badge_needs() -> None:
    roll = Stock("Roll", 62, 1000, 62, 90, feed=Feed.ENDLESS)
    assert single_piece(roll) == roll


def test_another_choice_is_followed_at_once(badges: Badges) -> None:
    before = badges.sheet()
    badges.setups.keep(PrinterSetup(PRINTER, stock="A6 single"))
    assert badges.sheet().height_mm == 148
    badges.maker.take_choice(PrintingSettings(layout="no such"))
    with pytest.raises(UsageError, match="no layout"):
        badges.sheet()
    badges.maker.take_choice(PrintingSettings())
    badges.setups.forget(PRINTER)
    assert badges.sheet().pdf == before.pdf


def test_a_corrected_person_has_the_new_name_on_the_badge(badges: Badges) -> None:
    badges.sheet()
    assert "Zawadzka" in text(badges.sheet(replace(badges.person, last_name="Zawadzka")))


def test_a_layout_changed_in_the_event_is_used_for_the_next_badge(badges: Badges) -> None:
    before = badges.sheet()
    other = layout_document(built_in_layout("eu-meeting"))
    with badges.event_file.transaction("Desk 1", DURING_REGISTRATION) as transaction:
        transaction.keep_layout(DEFAULT_LAYOUT, other)
    assert badges.sheet().pdf != before.pdf


def test_unless_a_layout_is_chosen_that_of_the_last_bulk_print_is_taken(badges: Badges) -> None:
    badges.maker.take_choice(PrintingSettings(layout="eu-meeting"))
    chosen = badges.sheet()
    badges.maker.take_choice(PrintingSettings())
    assert badges.sheet().pdf != chosen.pdf
    record_prints(
        badges.event_file,
        "Desk 1",
        DURING_REGISTRATION,
        [BadgePrint(badges.person, run="r1")],
        PrintRun("r1", layout="eu-meeting"),
    )
    assert badges.sheet().pdf == chosen.pdf


def test_both_sides_are_printed_where_the_printer_and_the_layout_have_them(
    badges: Badges,
) -> None:
    badges.setups.keep(PrinterSetup(PRINTER, stock="A6 single", is_two_sided=True))
    assert not badges.sheet().is_two_sided
    badges.maker.take_choice(PrintingSettings(layout="lanyard-a6"))
    sheet = badges.sheet()
    assert sheet.is_two_sided
    assert seen(sheet, len) == 2


def test_what_the_badge_shows_is_told_so_that_a_later_change_is_noticed(badges: Badges) -> None:
    assert {"last_name", "category"} <= set(badges.maker.make(badges.person, PRINTER).fields)


def test_the_measured_offset_of_the_printer_moves_the_print(badges: Badges) -> None:
    before = badges.sheet()
    keep_printer_offset(
        PRINTER.address, "85x54 on A4", PrinterOffset(right_mm=2), badges.files.offsets
    )
    moved = badges.sheet()
    assert moved.pdf != before.pdf
    assert (moved.width_mm, moved.height_mm) == (85, 54)
