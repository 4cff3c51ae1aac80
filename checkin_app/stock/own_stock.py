"""The organiser's own stock: checked while it is typed, kept in one TOML file of the user."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from checkin_app.domain.badges.stock import Stock
from checkin_app.domain.badges.stock_faults import stock_faults
from checkin_app.errors import CheckinError, UsageError
from checkin_app.stock.stock_document import stock_document, stock_from_document
from checkin_app.whole_file import whole_file

NAME_MAX_CHARACTERS = 60
_HEAD = "# Your own stock. Lengths are millimetres.\n"


def own_stock_path() -> Path:
    """Where the stock of the current user lies; the file need not exist."""
    import platformdirs

    return platformdirs.user_data_path("checkin-app", appauthor=False) / "stock.toml"


def check_stock(stock: Stock) -> tuple[str, ...]:
    """What has to be corrected before a stock can be kept; empty when nothing has.

    Each sentence names a measure and what to write instead.
    """
    return (*_text_faults(stock), *stock_faults(stock))


def load_own_stock(path: Path) -> tuple[Stock, ...]:
    """The stock kept in a file, in its order; none when there is no file.

    Raises:
        UsageError: the file was damaged, or something in it cannot be printed on; the message
            says what.
        CheckinError: the file cannot be opened.
    """
    try:
        with path.open("rb") as file:
            tables = tomllib.load(file).get("stock", [])
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise CheckinError(f"{path} cannot be opened. Your own stock is missing.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"Your own stock in {path} cannot be read: {error}. Correct the file or move it away."
        ) from error
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise UsageError(f"Each stock in {path} has to begin with a line [[stock]].")
    return tuple(_usable(table, path) for table in tables)


def save_own_stock(stock: Stock, path: Path) -> None:
    """Keep a stock, in the place of the one of the same name; missing folders are made.

    Raises:
        UsageError: the stock has to be corrected first (see ``check_stock``), or the file there
            was damaged; it is left as it was.
        CheckinError: the file cannot be written.
    """
    faults = check_stock(stock)
    if faults:
        raise UsageError(faults[0])
    stocks = list(load_own_stock(path))
    names = [_key(one.name) for one in stocks]
    if _key(stock.name) in names:
        stocks[names.index(_key(stock.name))] = stock
    else:
        stocks.append(stock)
    _write(stocks, path)


def remove_own_stock(name: str, path: Path) -> None:
    """Forget the stock of a name; one that is not kept is no error.

    Raises:
        UsageError: the file there was damaged; it is left as it was.
        CheckinError: the file cannot be written.
    """
    stocks = load_own_stock(path)
    remaining = [stock for stock in stocks if _key(stock.name) != _key(name)]
    if len(remaining) < len(stocks):
        _write(remaining, path)


def _text_faults(stock: Stock) -> Iterator[str]:
    if not stock.name.strip():
        yield "The stock has no name. Write what stands on its box."
    elif len(stock.name) > NAME_MAX_CHARACTERS:
        yield f"The name is longer than {NAME_MAX_CHARACTERS} characters. Shorten it."
    others = (stock.paper, stock.brand, *stock.part_numbers)
    notes = (stock.description, stock.source, stock.doubt)
    if not "".join((stock.name, *others, *notes)).isprintable():
        yield "The name or description has characters that cannot be shown. Write it anew."


def _usable(table: dict[str, Any], path: Path) -> Stock:
    try:
        stock = stock_from_document(table)
    except UsageError as error:
        raise UsageError(f"{path.name}: {error}") from error
    faults = check_stock(stock)
    if faults:
        raise UsageError(f'{path.name}: the stock "{stock.name}" cannot be used. {faults[0]}')
    return stock


def _write(stocks: Sequence[Stock], path: Path) -> None:
    text = "\n".join((_HEAD, *("\n".join(_toml_lines(stock)) + "\n" for stock in stocks)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CheckinError(
            f"The folder {path.parent} for your own stock cannot be made. Check its permissions."
        ) from error
    with whole_file(path) as file:
        file.write_text(text, encoding="utf-8", newline="\n")


def _toml_lines(stock: Stock) -> Iterable[str]:
    """A stock as a table of TOML. Its texts are printable, so that JSON's quotes serve."""
    yield "[[stock]]"
    for key, value in stock_document(stock).items():
        yield f"{key} = {json.dumps(value, ensure_ascii=False)}"


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
