"""The words of the commands that bring lists and documents out."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable

from checkin_app.cli import values

EXPORTS = ("attendees", "attendance", "no-shows", "ledger")
DELIMITERS = {",": ",", "comma": ",", ";": ";", "semicolon": ";", "\t": "\t", "tab": "\t"}


def add_out_commands(add: Callable[..., ArgumentParser]) -> None:
    """Adds ``export``."""
    out = add(
        "export",
        "out_commands",
        "write a list (.csv, .xlsx, .json; attendance and no-shows also .pdf)",
    )
    out.add_argument("file", type=values.file, metavar="FILE")
    out.add_argument("--what", choices=EXPORTS, default=None, help="which list")
    out.add_argument(
        "--list", default="", metavar="NAME", help="check-in list, for attendance and no-shows"
    )
    out.add_argument(
        "--delimiter",
        type=_delimiter,
        default="",
        metavar="D",
        help="of a CSV file: comma, semicolon or tab (as this computer's spreadsheets expect)",
    )


def _delimiter(text: str) -> str:
    if text not in DELIMITERS:
        raise ArgumentTypeError("write the delimiter as comma, semicolon or tab")
    return DELIMITERS[text]
