"""What there is to choose from, read in a lane: layouts, stock, runs so far, printers' offsets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checkin_app.badges.text.font_files import own_fonts_folder
from checkin_app.domain.badges.badge_layout import BadgeLayout
from checkin_app.domain.badges.badge_prints import PrintRun
from checkin_app.domain.badges.imposition import PrinterOffset
from checkin_app.domain.badges.stock import CARD_ON_A4, Stock
from checkin_app.errors import UsageError
from checkin_app.gui.badges.choice.recent_choices import (
    RecentChoices,
    load_recent_choices,
    recent_choices_path,
)
from checkin_app.services.bulk_badges.badge_layouts import find_layout, offered_layouts
from checkin_app.services.bulk_badges.badge_records import last_runs
from checkin_app.services.bulk_badges.badge_stock import own_stock
from checkin_app.stock.catalogue import built_in_stock
from checkin_app.stock.own_stock import own_stock_path
from checkin_app.stock.printer_offsets import load_printer_offsets, printer_offsets_path
from checkin_app.stock.search import search_stock
from checkin_app.storage.event_file import EventFile

_MOST_FOUND = 60


@dataclass(frozen=True, slots=True)
class UserFiles:
    """What this user keeps, whatever the event: stock, offsets, further fonts, last choices."""

    own_stock: Path
    offsets: Path
    fonts: Path
    recent: Path

    @staticmethod
    def usual() -> UserFiles:
        """Where they lie on this computer."""
        return UserFiles(
            own_stock_path(), printer_offsets_path(), own_fonts_folder(), recent_choices_path()
        )


@dataclass(frozen=True, slots=True)
class Offers:
    """What there is to choose from.

    Attributes:
        own_stock: of the user and of the event.
        recent_stock: what the event was printed on, then this user's other events; the latest
            first.
        recent: what this user printed with last.
        runs: the latest first.
        stock_of_runs: the stock of those runs by name, as far as it is known.
        offsets: by the names of printer and stock.
        problem: why own stock is missing; empty when it is not.
    """

    layouts: Mapping[str, BadgeLayout]
    own_stock: tuple[Stock, ...]
    recent_stock: tuple[Stock, ...]
    runs: tuple[PrintRun, ...]
    stock_of_runs: Mapping[str, Stock]
    offsets: Mapping[tuple[str, str], PrinterOffset]
    recent: RecentChoices
    problem: str = ""

    def layout_to_begin_with(self) -> BadgeLayout:
        """The layout of the latest run, or the program's first."""
        used = (*(run.layout for run in self.runs), self.recent.layout)
        names = [name for name in used if name in self.layouts]
        return self.layouts[names[0]] if names else next(iter(self.layouts.values()))

    def stock_to_begin_with(self) -> Stock:
        """The stock of the latest run, or what most events use."""
        return self.recent_stock[0] if self.recent_stock else CARD_ON_A4

    def printers(self) -> tuple[str, ...]:
        """The printers that something was measured of."""
        return tuple(sorted({printer for printer, _stock in self.offsets if printer}))

    def offset(self, printer: str, stock: Stock) -> PrinterOffset:
        """The correction of a printer on a stock; none measured is none."""
        return self.offsets.get((printer, stock.name), PrinterOffset())


def read_offers(event_file: EventFile, files: UserFiles) -> Offers:
    """Everything there is to choose from; a damaged file of own stock is told, not fatal."""
    problem = ""
    try:
        own = own_stock(event_file, files.own_stock)
    except UsageError as error:
        own, problem = (), str(error)
    runs = last_runs(event_file)
    recent = load_recent_choices(files.recent)
    known = {stock.name: stock for stock in (*built_in_stock(), *own)}
    used = dict.fromkeys((*(run.stock for run in runs), *recent.stock))
    return Offers(
        offered_layouts(event_file),
        own,
        tuple(known[name] for name in used if name in known),
        runs,
        {name: known[name] for name in used if name in known},
        load_printer_offsets(files.offsets),
        recent,
        problem,
    )


def open_layout(event_file: EventFile, path: Path) -> BadgeLayout:
    """A layout file that the organiser brings.

    Raises:
        CheckinError: it cannot be used; the message names file, line and element.
    """
    return find_layout(event_file, str(path))


def found_stock(text: str, offers: Offers) -> tuple[str, tuple[Stock, ...]]:
    """The stock that a text may mean, best first; without text the recent before the usual.

    Returns the text as well, so that an answer can be told from one to a later question.
    """
    found = search_stock(text, _MOST_FOUND, offers.own_stock)
    if text.strip():
        return text, found
    return text, tuple(dict.fromkeys((*offers.recent_stock, *found)))
