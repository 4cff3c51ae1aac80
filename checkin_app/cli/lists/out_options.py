"""The words of the commands that bring lists and documents out."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable

from checkin_app.cli import values

EXPORTS = ("attendees", "attendance", "no-shows", "ledger")
DOCUMENTS = ("attendance", "signatures", "no-shows", "paper-list", "certificates")
DELIMITERS = {",": ",", "comma": ",", ";": ";", "semicolon": ";", "\t": "\t", "tab": "\t"}


def add_out_commands(add: Callable[..., ArgumentParser]) -> None:
    """Adds ``export``, ``document`` and ``paper-ticks``."""
    _add_export(add)
    _add_document(add)
    ticks = add(
        "paper-ticks", "lists.out_commands", "check people in from the ticks on the paper list"
    )
    ticks.add_argument(
        "codes", nargs="+", metavar="CODE", help="a short code; - reads lines from standard input"
    )
    ticks.add_argument("--list", default="", metavar="NAME", help="check-in list")
    ticks.add_argument("--desk", default="Paper list", metavar="NAME", help="name of the desk")
    ticks.add_argument(
        "--at",
        type=values.day_or_moment,
        metavar="TIME",
        help="when they came: 2024-05-06T12:34 at the venue (now; after the event: when it opened)",
    )


def _add_export(add: Callable[..., ArgumentParser]) -> None:
    out = add(
        "export",
        "lists.out_commands",
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
        metavar="D",
        help="of a CSV file: comma, semicolon or tab (as this computer's spreadsheets expect)",
    )


def _add_document(add: Callable[..., ArgumentParser]) -> None:
    document = add("document", "lists.out_commands", "make a document about who came, as PDF")
    document.add_argument("kind", choices=DOCUMENTS, metavar="KIND", help=", ".join(DOCUMENTS))
    document.add_argument(
        "-o",
        "--output",
        type=values.path,
        required=True,
        metavar="FILE",
        help="the PDF; of certificates a folder, or with --one-file the PDF",
    )
    document.add_argument("--list", default="", metavar="NAME", help="check-in list")
    when = document.add_mutually_exclusive_group()
    when.add_argument(
        "--before",
        action="store_true",
        help="signatures: all who are expected (default)",
    )
    when.add_argument("--after", action="store_true", help="signatures: only those who came")
    document.add_argument(
        "--per-day", action="store_true", help="attendance, signatures: a list for each day"
    )
    document.add_argument(
        "--layout", type=values.file, metavar="L", help="certificates: your own layout (.toml)"
    )
    document.add_argument(
        "--signature", type=values.file, metavar="PICTURE", help="certificates: SVG, PNG or JPEG"
    )
    document.add_argument(
        "--signed-by", default="", metavar="NAME", help="certificates: name and position"
    )
    document.add_argument(
        "--one-file", action="store_true", help="certificates: one PDF, a page for each person"
    )


def _delimiter(text: str) -> str:
    if text not in DELIMITERS:
        raise ArgumentTypeError("write the delimiter as comma, semicolon or tab")
    return DELIMITERS[text]
