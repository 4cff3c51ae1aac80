"""The stock that an event can be printed on: the organiser's own, the event's, the catalogue's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from checkin_app.domain.badges.stock import Stock
from checkin_app.errors import UsageError
from checkin_app.stock.catalogue import built_in_stock
from checkin_app.stock.own_stock import load_own_stock
from checkin_app.stock.search import find_stock as find_among
from checkin_app.stock.stock_document import stock_document, stock_from_document
from checkin_app.storage.event_file import EventFile


def own_stock(event_file: EventFile, path: Path) -> tuple[Stock, ...]:
    """Stock that is not in the catalogue: this user's, then what else the event was printed on.

    Args:
        path: the user's file of own stock.

    Raises:
        UsageError: the file was damaged; the message says where.
    """
    here = load_own_stock(path)
    names = {stock.name for stock in here}
    kept = (stock_from_document(document) for document in event_file.kept_stock().values())
    return (*here, *(stock for stock in kept if stock.name not in names))


def find_stock(event_file: EventFile, text: str, path: Path) -> Stock:
    """The stock of a name, part number or size.

    Raises:
        UsageError: there is none; the message names what comes near.
    """
    try:
        own: Sequence[Stock] = own_stock(event_file, path)
    except UsageError:
        # A damaged file of own stock is no reason not to find what the catalogue has.
        own = ()
    return find_among(text, own)


def keep_stock(event_file: EventFile, stock: Stock, desk: str, now: datetime) -> None:
    """Keep own stock in the event file, so that it travels with the event.

    Raises:
        EventFileError: the event file cannot be written.
    """
    if stock in built_in_stock() or event_file.kept_stock().get(stock.name) == stock_document(
        stock
    ):
        return
    with event_file.transaction(desk, now) as transaction:
        transaction.keep_stock(stock.name, stock_document(stock))
