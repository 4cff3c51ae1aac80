"""What each printer does wrong on each stock, as measured: one small JSON file of the user.

An offset is a comfort that saves paper. A file that is missing or damaged never keeps anybody
from printing: what can be read is taken.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checkin_app.domain.badges.imposition import PrinterOffset
from checkin_app.errors import CheckinError, UsageError
from checkin_app.whole_file import whole_file

ANY_PRINTER = ""
"""For whoever prints the PDF elsewhere, or has but one printer."""
LARGEST_OFFSET_MM = 25.0
LARGEST_STRETCH = 0.05
_LENGTHS = ("right_mm", "down_mm")
_SCALES = ("scale_x", "scale_y")


def printer_offsets_path() -> Path:
    """Where the offsets of the current user lie; the file need not exist."""
    import platformdirs

    return platformdirs.user_config_path("checkin-app", appauthor=False) / "printer_offsets.json"


def load_printer_offsets(path: Path) -> dict[tuple[str, str], PrinterOffset]:
    """All offsets kept, by the names of printer and stock."""
    try:
        stored = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    entries = stored.get("offsets") if isinstance(stored, dict) else None
    offsets = {}
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("stock"), str):
            offset = _stored_offset(entry)
            if offset is not None:
                offsets[str(entry.get("printer", ANY_PRINTER)), entry["stock"]] = offset
    return offsets


def printer_offset(printer: str, stock: str, path: Path) -> PrinterOffset:
    """The offset of a printer on a stock, by their names; none measured is no offset."""
    return load_printer_offsets(path).get((printer, stock), PrinterOffset())


def keep_printer_offset(printer: str, stock: str, offset: PrinterOffset, path: Path) -> None:
    """Keep what was measured, in the place of what was measured before.

    No offset at all is forgotten. Missing folders are made.

    Raises:
        UsageError: no printer is that far off.
        CheckinError: the file cannot be written; it is as it was.
    """
    check_offset(offset)
    offsets = load_printer_offsets(path)
    offsets.pop((printer, stock), None)
    if offset != PrinterOffset():
        offsets[printer, stock] = offset
    text = json.dumps(
        {
            "offsets": [
                {"printer": one, "stock": name, **_plain(value)}
                for (one, name), value in offsets.items()
            ]
        },
        indent=2,
        ensure_ascii=False,
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CheckinError(
            f"The folder {path.parent} for the printer's offset cannot be made. "
            "Check its permissions."
        ) from error
    with whole_file(path) as file:
        file.write_text(text + "\n", encoding="utf-8")


def check_offset(offset: PrinterOffset) -> None:
    """Looks for slips of the pen in an offset.

    Raises:
        UsageError: saying which measure no printer is off by.
    """
    for name, length_mm in (("right", offset.right_mm), ("down", offset.down_mm)):
        if not abs(length_mm) <= LARGEST_OFFSET_MM:
            raise UsageError(
                f"A move of {length_mm:g} mm {name} is more than any printer needs. It can be "
                f"{LARGEST_OFFSET_MM:g} mm at most: measure again, in millimetres."
            )
    for name, scale in (("across", offset.scale_x), ("down", offset.scale_y)):
        if not abs(scale - 1) <= LARGEST_STRETCH:
            raise UsageError(
                f"A stretch of {scale:.3f} {name} is more than any printer needs. Measure again, "
                'and print at 100 % or "actual size", not fitted to the page.'
            )


def _stored_offset(entry: Mapping[str, Any]) -> PrinterOffset | None:
    lengths = [_number(entry.get(name), 0.0) for name in _LENGTHS]
    scales = [_number(entry.get(name), 1.0) for name in _SCALES]
    offset = PrinterOffset(*lengths, *scales)
    try:
        check_offset(offset)
    except UsageError:
        return None
    return offset


def _number(value: object, default: float) -> float:
    if not isinstance(value, (int, float)):
        return default
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _plain(offset: PrinterOffset) -> dict[str, float]:
    return {name: getattr(offset, name) for name in (*_LENGTHS, *_SCALES)}
