"""What an option of the command line may be: texts → values, with a sentence when they are none."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from checkin_app.domain.badges.imposition import PrinterOffset, SheetRange
from checkin_app.domain.printers import PrinterId, SpoolerKind

MOST = 1_000_000
"""People that a search may name."""

_MOST_SLOTS = 1000
_LONGEST_WAIT_S = 86_400
_LONGEST_HOURS = 744


def path(text: str) -> Path:
    """A file or folder whose name can be read here."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise argparse.ArgumentTypeError(
            "the name has letters that cannot be read here: give it another name, or use a"
            " terminal that speaks UTF-8"
        ) from error
    return Path(text)


def file(text: str) -> Path:
    """A file; not a folder without a name."""
    named = path(text)
    if not named.name:
        raise argparse.ArgumentTypeError("name a file, not a folder")
    return named


def folder(text: str) -> Path:
    """A folder that is there, to take files from."""
    named = path(text)
    if not named.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {text}")
    return named


def count(text: str) -> int:
    """How many, from 1."""
    if not text.isdecimal() or not 1 <= int(text[:10]) <= MOST:
        raise argparse.ArgumentTypeError(f"give a number from 1 to {MOST}")
    return int(text)


def day(text: str) -> date:
    """A day: "2024-05-06"."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("write the day as 2024-05-06") from error


def moment(text: str) -> datetime:
    """A moment with its time zone."""
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("write the time as 2024-05-06T12:34:00+02:00") from error
    if parsed.tzinfo is None:
        raise argparse.ArgumentTypeError("add the time zone: 2024-05-06T12:34:00+02:00, or Z")
    if not 1970 < parsed.year < 9999:
        raise argparse.ArgumentTypeError("give a time that a clock can show")
    return parsed


def day_or_moment(text: str) -> date | datetime:
    """A day, or a time, which is one of the venue when it has no time zone."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            "write the day as 2024-05-06, or the time as 2024-05-06T12:34"
        ) from error


def mapping(text: str) -> tuple[str, str]:
    """A field and a column: "first_name=Vorname"."""
    field, equals, column = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError("write --map field=Column")
    return field.strip(), column.strip()


def copies(text: str) -> int:
    """How many copies of each badge."""
    if not text.isdecimal() or not 1 <= int(text[:10]) <= 99:
        raise argparse.ArgumentTypeError("give a number from 1 to 99")
    return int(text)


def dpi(text: str) -> int:
    """Dots per inch."""
    if not text.isdecimal() or not 100 <= int(text[:10]) <= 4800:
        raise argparse.ArgumentTypeError("give the printer's dots per inch, for example 203")
    return int(text)


def slots(text: str) -> frozenset[int]:
    """Some slots: "3,7-9"."""
    return frozenset(slot for part in text.split(",") for slot in _slots_of(part.strip()))


def sheets(text: str) -> SheetRange:
    """Some sheets: "18-" to the end, "18-20", or one: "18"."""
    first, dash, last = (part.strip() for part in text.partition("-"))
    if not first.isdecimal() or (last and not last.isdecimal()):
        raise argparse.ArgumentTypeError("write the sheets as 18-20, or 18- to the end")
    chosen = SheetRange(int(first), int(last) if last else None if dash else int(first))
    if chosen.first < 1 or (chosen.last is not None and chosen.last < chosen.first):
        raise argparse.ArgumentTypeError("sheets are counted from 1, the smaller number first")
    return chosen


def offset(text: str) -> PrinterOffset:
    """A printer's correction in mm, to the right and down: "0.5,-1.2"."""
    right_mm, down_mm = _lengths(text, 2, "0.5,-1.2")
    return PrinterOffset(right_mm, down_mm)


def measured(text: str) -> tuple[float, ...]:
    """What was measured on a test sheet in mm: "0.5,-1.2" at A, or A and B: "0.5,-1.2,0.7,-1"."""
    count = 4 if text.count(",") == 3 else 2
    return _lengths(text, count, "0.5,-1.2 (at A), or 0.5,-1.2,0.7,-1 (at A and B)")


def _slots_of(part: str) -> Iterator[int]:
    first, dash, last = (one.strip() for one in part.partition("-"))
    if not first.isdecimal() or (dash and not last.isdecimal()):
        raise argparse.ArgumentTypeError("write the slots as 3,7-9")
    start, end = int(first[:6]), int((last or first)[:6])
    if not 1 <= start <= end <= _MOST_SLOTS:
        raise argparse.ArgumentTypeError("slots are counted from 1, the smaller number first")
    yield from range(start, end + 1)


def _lengths(text: str, count: int, form: str) -> tuple[float, ...]:
    try:
        lengths = tuple(float(part) for part in text.split(","))
    except ValueError:
        lengths = ()
    # Not a number, and what no test sheet can show.
    if len(lengths) != count or not all(abs(length) <= 100 for length in lengths):
        raise argparse.ArgumentTypeError(f"write millimetres as {form}")
    return lengths


def printer(text: str) -> PrinterId:
    """A printer as it is named on the command line."""
    named = PrinterId.from_text(text)
    if named is None:
        raise argparse.ArgumentTypeError(
            f"“{text}” names no printer: write cups:NAME, folder:PATH, zebra:HOST:9100 or"
            " brother:HOST:9100"
        )
    if named.spooler is SpoolerKind.FOLDER:
        # What waits for it may be printed from anywhere.
        return PrinterId(named.spooler, str(Path(named.address).expanduser().absolute()))
    return named


def seconds(text: str) -> float:
    """A time to wait."""
    try:
        wait_s = float(text)
    except ValueError:
        wait_s = -1.0
    if not 0 <= wait_s <= _LONGEST_WAIT_S:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of seconds from 0 to 86400")
    return wait_s


def port(text: str) -> int:
    """A port that needs no rights of an administrator."""
    if not text.isdecimal() or not 1024 <= int(text[:10]) <= 65535:
        raise argparse.ArgumentTypeError("give a port from 1024 to 65535")
    return int(text)


def hours(text: str) -> float:
    """How long something holds: up to a month."""
    try:
        length = float(text)
    except ValueError:
        length = 0.0
    if not 0 < length <= _LONGEST_HOURS:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of hours up to {_LONGEST_HOURS}")
    return length
