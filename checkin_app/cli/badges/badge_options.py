"""The options of the commands about badges: ``badges``, ``stock`` and their kin."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Protocol

from checkin_app.badges.preflight.findings import USUAL_DPI
from checkin_app.cli import values
from checkin_app.domain.badges.imposition import Duplex, Fill


class Adder(Protocol):
    """Adds a command whose work is a function of a module."""

    def __call__(
        self, name: str, module: str, summary: str, *, event: bool = True
    ) -> ArgumentParser:
        """The parser of the new command."""


def add_badge_commands(add: Adder) -> None:
    """Adds all of them."""
    badges = add("badges", "badges.badge_commands", "write the badges as one PDF")
    badges.add_argument("-o", "--output", type=values.file, required=True, metavar="FILE.pdf")
    badges.add_argument("--layout", default="", help="badge layout")
    badges.add_argument("--stock", default="", help="stock, for example “A6 on A4”")
    badges.add_argument("--category", action="append", default=[], metavar="C")
    badges.add_argument(
        "--status",
        choices=("expected", "arrived", "unprinted", "changed", "spoilt", "all"),
        default="expected",
        help="whose: changed since printed, or spoilt in the printer, among others",
    )
    badges.add_argument(
        "--since", type=values.day_or_moment, metavar="DATE", help="only who registered since"
    )
    badges.add_argument("--sort", default="last_name,first_name", metavar="FIELD,…")
    badges.add_argument(
        "--language",
        metavar="TAG",
        help="whose alphabet sorts the lists of the event from now on: sv, de-AT",
    )
    _add_imposition_options(badges)
    badges.add_argument(
        "--photos", type=values.folder, metavar="FOLDER", help="pictures of the attendees"
    )
    badges.add_argument(
        "--fonts", type=values.folder, metavar="FOLDER", help="fonts for further scripts"
    )
    badges.add_argument(
        "--tray-split", default="", metavar="A-F,G-M,…", help="trays by last name, or how many"
    )
    badges.add_argument(
        "--dpi",
        type=values.dpi,
        default=USUAL_DPI,
        metavar="N",
        help="dots of the printer, for judging codes (%(default)s)",
    )
    badges.add_argument(
        "--proof-sheet",
        action="store_true",
        help="only one sheet, of the longest, the shortest and the strangest names",
    )
    badges.add_argument("--no-proof", action="store_true", help="do not read the codes back")

    spoilt = add(
        "spoilt", "badges.badge_commands", "note which printed badges jammed or were misprinted"
    )
    spoilt.add_argument(
        "what", nargs="+", metavar="CODE|SHEET:SLOT", help="a code, or a place of the last run"
    )

    _add_stock_commands(add)


def _add_imposition_options(badges: ArgumentParser) -> None:
    badges.add_argument("--first-slot", type=int, default=1, metavar="N")
    badges.add_argument(
        "--skip-slots",
        type=values.slots,
        default=frozenset(),
        metavar="N,N-N",
        help="slots of the first sheet that are used already",
    )
    badges.add_argument("--copies", type=values.copies, default=1, metavar="N")
    badges.add_argument("--fill", choices=[one.value for one in Fill], default=Fill.BY_ROW.value)
    badges.add_argument(
        "--duplex",
        choices=[one.value for one in Duplex],
        default=Duplex.NONE.value,
        help="print backs; the edge along which the printer turns the sheet",
    )
    badges.add_argument(
        "--cut-and-stack", action="store_true", help="in order once cut and piled up"
    )
    badges.add_argument("--crop-marks", action="store_true")
    badges.add_argument("--registration-marks", action="store_true")
    badges.add_argument("--outlines", action="store_true", help="the edges of badges, for proofs")
    badges.add_argument(
        "--sheets", type=values.sheets, metavar="N-N", help="only these sheets of the run"
    )
    badges.add_argument(
        "--offset", type=values.offset, metavar="RIGHT,DOWN", help="move the print, in mm"
    )
    badges.add_argument(
        "--printer", default="", metavar="NAME", help="take the offset kept for this printer"
    )


def _add_stock_commands(add: Adder) -> None:
    stock = add(
        "stock", "badges.stock_commands", "search the stock by number, size or kind", event=False
    )
    stock.add_argument("text", nargs="*", metavar="TEXT", help="for example L4785, or 90x54")
    stock.add_argument("--limit", type=values.count, default=20, metavar="N")
    stock.add_argument(
        "--glabels", type=values.file, metavar="FILE", help="keep the stock of gLabels templates"
    )

    sheet = add("test-sheet", "badges.stock_commands", "find out how a printer is off", event=False)
    sheet.add_argument("stock", metavar="STOCK", help="for example “Avery L4785”")
    sheet.add_argument("-o", "--output", type=values.file, metavar="FILE.pdf")
    sheet.add_argument("--printer", default="", metavar="NAME")
    sheet.add_argument(
        "--measured",
        type=values.measured,
        metavar="RIGHT,DOWN[,RIGHT,DOWN]",
        help="how many mm the crosses A (and B) lie too far right and down",
    )

    layouts = add("layouts", "badges.stock_commands", "name the layouts, or copy one", event=False)
    layouts.add_argument("--copy", default="", metavar="NAME", help="write this one as a file")
    layouts.add_argument("-o", "--output", type=values.file, metavar="FILE.toml")
