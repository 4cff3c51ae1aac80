"""What somebody types for a stock → the stock: by brand and number, by size, by what it is."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from checkin_app.domain.badges.stock import EVERYDAY, Feed, Fold, Stock
from checkin_app.errors import UsageError
from checkin_app.stock.catalogue import built_in_stock

SAME_SIZE_MM = 0.75
"""People round 88.9 to 89, and makers sell 85 for 85.6."""

_UNITS_MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, '"': 25.4}
_LARGEST_IN = 13
"""Two bare numbers below this are inches: no badge is 12 millimetres."""
_SIZE = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(mm|cm|in|\")?\s*(?:x|by)\s*(\d+(?:[.,]\d+)?)\s*(mm|cm|in|\")?(?![\w])"
)
_WORD = re.compile(r"\w+")
_PACK_SIZE = re.compile(r"[-/ ]\d{1,3}$")
_ZWECKFORM = "zweckform"
_ALSO_CALLED = {"avery": _ZWECKFORM, _ZWECKFORM: "avery"}
_FOLD_WORDS = {Fold.NONE: "", Fold.TENT: "folded tent", Fold.BOOK: "folded book"}
_FEED_WORDS = {
    Feed.SHEET: "sheet",
    Feed.ROLL: "roll label",
    Feed.ENDLESS: "roll endless label",
    Feed.CARD: "card plastic",
}
_NAMED_IN_ERRORS = 5


class _Likeness(IntEnum):
    """How well a stock answers a text, best first."""

    EXACT = 0
    """Its name, or brand and number."""
    NUMBER = 1
    """Its number alone, or without the size of the pack; or its size, as everyday stock."""
    DIGITS = 2
    """Its number without the letters before it."""
    SIZE = 3
    WORDS = 4
    """Every word is one of its words."""
    BEGINNINGS = 5
    """Every word begins one of its words."""
    PARTS = 6
    """Every word is a part of its words."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A stock with all that it is found by; texts are without case, spaces and hyphens."""

    stock: Stock
    names: frozenset[str]
    numbers: frozenset[str]
    digits: frozenset[str]
    name_words: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Query:
    """What was typed: a size, and everything else."""

    joined: str
    without_pack: str
    words: tuple[str, ...]
    size_mm: tuple[float, float] | None


_Rating = tuple[_Likeness, float]
"""The second number tells stock of one likeness apart: the smaller, the better."""


def search_stock(text: str, limit: int = 20, own: Sequence[Stock] = ()) -> tuple[Stock, ...]:
    """The stock that a text may mean, best first; the organiser's own before equals.

    Of stock that was found by its size alone, one of each maker and measure is enough. A text
    without words finds the own and the everyday stock.

    Args:
        limit: at most this many.
    """
    query = _query(text)
    if not query.joined:
        return (*own, *EVERYDAY)[:limit]
    found: list[Stock] = []
    seen: set[tuple[object, ...]] = set()
    for (likeness, _among_equals), stock in _found(query, own):
        key = _kind(stock) if likeness is _Likeness.SIZE else (stock.name,)
        if key not in seen:
            seen.add(key)
            found.append(stock)
    return tuple(found[:limit])


def find_stock(text: str, own: Sequence[Stock] = ()) -> Stock:
    """The one stock that a text means, for example "Avery L4785" or "85x54".

    Own stock goes before the program's where both are meant.

    Raises:
        UsageError: none fits, or several of different measures fit as well; the nearest are
            named.
    """
    found = list(_found(_query(text), own))
    best = [stock for rating, stock in found if rating == found[0][0]]
    best = [stock for stock in best if stock in own] or best
    if best and found[0][0][0] <= _Likeness.WORDS:
        if len({_measures(stock) for stock in best}) > 1:
            raise UsageError(f'Several stocks are "{text}". Choose one of: {_listed(best)}.')
        return best[0]
    near = [stock for _rating, stock in found] or _alike(text, own)
    raise UsageError(f'There is no stock "{text}". The nearest are: {_listed(near)}.')


def _query(text: str) -> _Query:
    plain = text.casefold().replace("×", "x").replace("”", '"').replace("″", '"')
    size = _SIZE.search(plain)
    rest = plain[: size.start()] + " " + plain[size.end() :] if size else plain
    return _Query(
        joined=_comparable(plain),
        without_pack=_comparable(_PACK_SIZE.sub("", plain.strip())),
        words=tuple(word for word in _WORD.findall(rest) if word != "mm"),
        size_mm=_size_mm(size) if size else None,
    )


def _size_mm(size: re.Match[str]) -> tuple[float, float]:
    width, width_unit, height, height_unit = size.groups(default="")
    across, down = (float(number.replace(",", ".")) for number in (width, height))
    given = width_unit or height_unit or ("in" if max(across, down) < _LARGEST_IN else "mm")
    return across * _UNITS_MM[width_unit or given], down * _UNITS_MM[height_unit or given]


def _found(query: _Query, own: Sequence[Stock]) -> list[tuple[_Rating, Stock]]:
    """All that answer the query, best first, in the order of the catalogue among equals."""
    entries = (*map(_entry, own), *_built_in_entries())
    rated = ((_rate(entry, query), entry.stock) for entry in entries)
    answers = [(rating, stock) for rating, stock in rated if rating is not None]
    answers.sort(key=lambda answer: answer[0])
    return answers


def _rate(entry: _Entry, query: _Query) -> _Rating | None:
    """How well an entry answers; None for not at all."""
    if query.joined in entry.names:
        return _Likeness.EXACT, 0.0
    if query.joined in entry.numbers:
        return _Likeness.NUMBER, 0.0
    if query.without_pack in entry.names or query.without_pack in entry.numbers:
        return _Likeness.NUMBER, 1.0
    if query.joined in entry.digits:
        return _Likeness.DIGITS, 0.0
    if query.size_mm is not None:
        difference_mm = _difference_mm(entry.stock, query.size_mm)
        if difference_mm is None or _words_likeness(entry, query.words) is None:
            return None
        if not query.words and not difference_mm and entry.stock in EVERYDAY:
            return _Likeness.NUMBER, 0.0
        if entry.stock.feed is Feed.ENDLESS:
            # Its height is only where the program happens to cut.
            difference_mm += SAME_SIZE_MM
        return _Likeness.SIZE, difference_mm
    likeness = _words_likeness(entry, query.words)
    if likeness is None:
        return None
    return likeness, 0.0 if entry.name_words.issuperset(query.words) else 1.0


def _words_likeness(entry: _Entry, words: Sequence[str]) -> _Likeness | None:
    if entry.words.issuperset(words):
        return _Likeness.WORDS
    if all(any(known.startswith(word) for known in entry.words) for word in words):
        return _Likeness.BEGINNINGS
    if all(any(word in known for known in entry.words) for word in words):
        return _Likeness.PARTS
    return None


def _difference_mm(stock: Stock, size_mm: tuple[float, float]) -> float | None:
    """How far a badge or its face is from a size, on its side after upright; None for far off."""
    sizes = {
        (stock.badge_width_mm, stock.badge_height_mm),
        (stock.face_width_mm, stock.face_height_mm),
    }
    wanted_width, wanted_height = size_mm
    for turned in (False, True):
        nearest = min(
            max(abs(width - wanted_width), abs(height - wanted_height)) for width, height in sizes
        )
        if nearest <= SAME_SIZE_MM:
            return nearest + SAME_SIZE_MM if turned else nearest
        wanted_width, wanted_height = wanted_height, wanted_width
    return None


@functools.cache
def _built_in_entries() -> tuple[_Entry, ...]:
    return tuple(map(_entry, built_in_stock()))


def _entry(stock: Stock) -> _Entry:
    brand = stock.brand.casefold()
    makers = _makers(brand)
    numbers: set[str] = set()
    names = {_comparable(stock.name)}
    for part in (one.casefold() for one in stock.part_numbers):
        number = part.removeprefix(brand).strip() if brand else part.split(" ", 1)[-1]
        spellings = {_comparable(one) for one in (number, _PACK_SIZE.sub("", number))}
        numbers |= spellings
        names |= {_comparable(part)}
        names |= {_comparable(maker) + one for maker in makers for one in spellings}
        names |= {one + _comparable(maker) for maker in makers for one in spellings}
    words = " ".join(
        (
            stock.name,
            *stock.part_numbers,
            *makers,
            stock.description,
            stock.paper,
            _FOLD_WORDS[stock.fold],
            _FEED_WORDS[stock.feed],
        )
    )
    digits = {one.lstrip("abcdefghijklmnopqrstuvwxyz") for one in numbers} - numbers
    return _Entry(
        stock,
        frozenset(names),
        frozenset(numbers),
        frozenset(one for one in digits if len(one) > 2),
        frozenset(_WORD.findall(stock.name.casefold())),
        frozenset((*_WORD.findall(words.casefold()), *numbers)),
    )


def _makers(brand: str) -> tuple[str, ...]:
    """The names a maker goes by: Avery is Avery Zweckform where it bought Zweckform."""
    other = _ALSO_CALLED.get(brand)
    return (brand, other, f"avery {_ZWECKFORM}") if other else (brand,)


def _comparable(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold().replace("×", "x"))


def _measures(stock: Stock) -> tuple[object, ...]:
    """What two stocks have in common when either can be printed for the other."""
    return (
        stock.paper_width_mm,
        stock.paper_height_mm,
        stock.badge_width_mm,
        stock.badge_height_mm,
        stock.columns,
        stock.rows,
        stock.left_mm,
        stock.top_mm,
        stock.fold,
        stock.feed,
        *((stock.pitch_x_mm,) if stock.columns > 1 else ()),
        *((stock.pitch_y_mm,) if stock.rows > 1 else ()),
    )


def _kind(stock: Stock) -> tuple[object, ...]:
    return (stock.brand.casefold(), *_measures(stock))


def _alike(text: str, own: Sequence[Stock]) -> list[Stock]:
    """The stock whose name is spelled most like a text."""
    import difflib

    by_name = {stock.name.casefold(): stock for stock in (*built_in_stock(), *own)}
    near = difflib.get_close_matches(text.casefold(), by_name, _NAMED_IN_ERRORS, 0.5)
    return [by_name[name] for name in near] or list(EVERYDAY)


def _listed(stocks: Sequence[Stock]) -> str:
    names = dict.fromkeys(f'"{stock.name}"' for stock in stocks)
    return ", ".join(list(names)[:_NAMED_IN_ERRORS])
