"""What the page of the printers shows and offers, read in a lane."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from checkin_app.domain.badges.imposition import PrinterOffset
from checkin_app.domain.badges.stock import CARD_ON_A4, Feed, Stock
from checkin_app.domain.printers import PrinterId, SpoolerKind
from checkin_app.errors import UsageError
from checkin_app.printing.printer_setups import PrinterSetup, PrinterSetups
from checkin_app.services.bulk_badges.badge_layouts import offered_layouts
from checkin_app.services.bulk_badges.badge_stock import find_stock, own_stock
from checkin_app.services.desk_printing.badge_on_demand import BadgeFiles, single_piece
from checkin_app.stock.catalogue import built_in_stock
from checkin_app.stock.printer_offsets import load_printer_offsets
from checkin_app.stock.search import search_stock
from checkin_app.storage.event_file import EventFile

_MOST_FOUND = 60


@dataclass(frozen=True, slots=True)
class PrintingOffers:
    """What there is.

    Attributes:
        setups: of all printers that somebody set up.
        layouts: names, in the order of the Badges screen.
        own_stock: of the user and of the event.
        stock: that lies in the printers, by name, as far as it is known.
        offsets: by the names of printer and stock.
    """

    setups: tuple[PrinterSetup, ...] = ()
    layouts: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    own_stock: tuple[Stock, ...] = ()
    stock: Mapping[str, Stock] = field(default_factory=dict)
    offsets: Mapping[tuple[str, str], PrinterOffset] = field(default_factory=dict)

    def setup(self, printer: PrinterId) -> PrinterSetup:
        """The setup of a printer; the usual of one that nobody set up."""
        found = (setup for setup in self.setups if setup.printer == printer)
        return next(found, PrinterSetup(printer))

    def stock_of(self, setup: PrinterSetup) -> Stock:
        """What lies in a printer; the usual badge where nobody said."""
        return self.stock.get(setup.stock, CARD_ON_A4)

    def knows_stock_of(self, setup: PrinterSetup) -> bool:
        """Whether the measures of what lies in a printer are known here."""
        return not setup.stock or setup.stock in self.stock

    def offset_of(self, setup: PrinterSetup) -> PrinterOffset:
        """What was measured of a printer, as ``BadgeOnDemand`` applies it."""
        stock = setup.stock or CARD_ON_A4.name
        measured = (self.offsets.get((name, stock)) for name in (setup.printer.address, setup.name))
        return next((offset for offset in measured if offset is not None), PrinterOffset())


def read_offers(event_file: EventFile, setups: Path, files: BadgeFiles) -> PrintingOffers:
    """Everything there is.

    Raises:
        EventFileError: the event file cannot be read.
    """
    try:
        own = own_stock(event_file, files.own_stock)
    except UsageError:
        # A damaged file of own stock is told where own stock is set up.
        own = ()
    known = PrinterSetups(setups).all()
    stock: dict[str, Stock] = {}
    for name in {setup.stock for setup in known if setup.stock}:
        with suppress(UsageError):
            stock[name] = find_stock(event_file, name, files.own_stock)
    return PrintingOffers(
        known,
        tuple(offered_layouts(event_file)),
        event_file.categories(),
        own,
        stock,
        load_printer_offsets(files.offsets),
    )


def found_stock(
    text: str, offers: PrintingOffers, printer: PrinterId | None
) -> tuple[str, tuple[Stock, ...]]:
    """The stock that a text may mean, best first.

    Without text: what lies in the printers and own stock, then for a label printer rolls, those of
    its maker first.
    """
    found = search_stock(text, _MOST_FOUND, offers.own_stock)
    if text.strip():
        return text, found
    rolls = _rolls(printer.spooler) if printer is not None else ()
    likely = (*offers.stock.values(), *offers.own_stock, *rolls, *found)
    return text, tuple(dict.fromkeys(likely))


def _rolls(kind: SpoolerKind) -> tuple[Stock, ...]:
    if kind not in (SpoolerKind.ZEBRA, SpoolerKind.BROTHER):
        return ()
    rolls = [one for one in built_in_stock() if one.feed in (Feed.ROLL, Feed.ENDLESS)]
    return tuple(sorted(rolls, key=lambda one: one.brand.casefold() != kind.value))


def paper_of(stock: Stock) -> Stock:
    """What one badge is printed on."""
    return single_piece(stock)
