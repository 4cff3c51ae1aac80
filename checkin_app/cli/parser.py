"""The words of the command line: commands, their options, their help."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from importlib import import_module
from typing import Any, NoReturn

from checkin_app import __version__
from checkin_app.cli import values
from checkin_app.cli.output import Output
from checkin_app.domain.imposition import Duplex, Fill

Run = Callable[[Namespace, Output], bool]


class _Parser(ArgumentParser):
    """Says in one line what cannot be understood, and where to read more."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        # Before Python 3.13 argparse knows single numbers only, and takes "-1.5,2" for an option.
        self._negative_number_matcher = re.compile(r"-\.?\d")

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"checkin-app: {message}. See {self.prog} --help.\n")


def build_parser() -> ArgumentParser:
    """The parser of all commands. ``run`` in its result carries the command out."""
    parser = _Parser(
        prog="checkin-app",
        description="The registration desk of an event. Without a command it opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"checkin-app {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    add = _Adder(commands)
    _add_event_commands(add)
    _add_list_commands(add)
    _add_desk_commands(add)
    _add_badge_commands(add)
    return parser


class _Adder:
    """Adds a command whose work is a function of a module that is imported only when asked."""

    def __init__(self, commands: Any) -> None:
        self._commands = commands

    def __call__(
        self, name: str, module: str, summary: str, *, event: bool = True
    ) -> ArgumentParser:
        command: ArgumentParser = self._commands.add_parser(
            name, help=summary, description=summary[0].upper() + summary[1:] + "."
        )
        if event:
            command.add_argument(
                "event", type=values.file, metavar="EVENT", help="event file (.checkin)"
            )
        command.add_argument("--json", action="store_true", help="answer as JSON")
        command.set_defaults(run=_deferred(module, name))
        return command


def _deferred(module: str, command: str) -> Run:
    def run(arguments: Namespace, output: Output) -> bool:
        work: Run = getattr(
            import_module(f"checkin_app.cli.{module}"), f"run_{command.replace('-', '_')}"
        )
        return work(arguments, output)

    return run


def _add_event_commands(add: _Adder) -> None:
    window = add("open", "event_commands", "open the window", event=False)
    window.add_argument("event", type=values.file, nargs="?", metavar="EVENT", help="event file")

    new = add("new", "event_commands", "make a new event file")
    new.add_argument("--sample", action="store_true", help="the ECCP meeting, complete")
    new.add_argument("--name", default="", help="name of the event")
    new.add_argument("--date", type=values.day, metavar="YYYY-MM-DD", help="day of the event")
    new.add_argument("--timezone", default="Europe/Brussels", help="IANA name (%(default)s)")
    new.add_argument(
        "--language", default="", metavar="TAG", help="whose alphabet sorts its lists: sv, de-AT"
    )

    add("verify", "event_commands", "check the file and refold its ledger")

    demo = add("demo", "demo_command", "do the whole job on the sample event", event=False)
    demo.add_argument(
        "folder", type=values.path, metavar="FOLDER", help="where to write everything"
    )


def _add_list_commands(add: _Adder) -> None:
    take = add("import", "list_commands", "take in a registration list (CSV, TSV, XLSX, XLS, ODS)")
    take.add_argument("list", type=values.file, metavar="LIST", help="the list")
    take.add_argument(
        "--map",
        action="append",
        default=[],
        type=values.mapping,
        metavar="FIELD=COLUMN",
        help="fill a field from this column; an empty column frees the field",
    )
    take.add_argument("--sheet", help="sheet of a workbook")
    take.add_argument("--encoding", help="of a text file, for example cp1252")
    take.add_argument("--delimiter", help="of a text file, for example ;")
    take.add_argument("--dry-run", action="store_true", help="only say what would change")

    out = add("export", "list_commands", "write a list (.csv, .xlsx, .json; attendance also .pdf)")
    out.add_argument("file", type=values.file, metavar="FILE")
    out.add_argument(
        "--what", choices=("attendees", "attendance", "ledger"), default=None, help="which list"
    )
    out.add_argument("--list", default="", metavar="NAME", help="check-in list, for attendance")


def _add_desk_commands(add: _Adder) -> None:
    scan = add("scan", "desk_commands", "check people in by their codes")
    scan.add_argument(
        "codes",
        nargs="+",
        metavar="CODE",
        help="a code; - reads lines from standard input; @FILE reads a picture or PDF",
    )
    scan.add_argument("--list", default="", metavar="NAME", help="check-in list")
    scan.add_argument("--desk", default="Desk 1", metavar="NAME", help="name of the desk")
    scan.add_argument(
        "--at", type=values.moment, metavar="ISO", help="time of the scan (for trials)"
    )

    find = add("find", "desk_commands", "search as the desk does")
    find.add_argument("text", nargs="+", metavar="TEXT")
    find.add_argument(
        "--limit", type=values.count, default=50, metavar="N", help="at most (%(default)s)"
    )

    numbers = add("stats", "desk_commands", "the numbers of the event")
    numbers.add_argument("--list", default="", metavar="NAME", help="of one check-in list only")


def _add_badge_commands(add: _Adder) -> None:
    badges = add("badges", "badge_commands", "write the badges as one PDF")
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
        "--photos", type=values.path, metavar="FOLDER", help="pictures of the attendees"
    )
    badges.add_argument(
        "--fonts", type=values.path, metavar="FOLDER", help="fonts for further scripts"
    )
    badges.add_argument(
        "--tray-split", default="", metavar="A-F,G-M,…", help="trays by last name, or how many"
    )
    badges.add_argument("--no-proof", action="store_true", help="do not read the codes back")

    tickets = add("tickets", "badge_commands", "write a ticket PDF and QR picture per attendee")
    tickets.add_argument("-o", "--output", type=values.path, required=True, metavar="FOLDER")

    stock = add("stock", "stock_commands", "search the stock by number, size or kind", event=False)
    stock.add_argument("text", nargs="*", metavar="TEXT", help="for example L4785, or 90x54")
    stock.add_argument("--limit", type=values.count, default=20, metavar="N")
    stock.add_argument(
        "--glabels", type=values.file, metavar="FILE", help="keep the stock of gLabels templates"
    )

    sheet = add("test-sheet", "stock_commands", "find out how a printer is off", event=False)
    sheet.add_argument("stock", metavar="STOCK", help="for example “Avery L4785”")
    sheet.add_argument("-o", "--output", type=values.file, metavar="FILE.pdf")
    sheet.add_argument("--printer", default="", metavar="NAME")
    sheet.add_argument(
        "--measured",
        type=values.measured,
        metavar="RIGHT,DOWN[,RIGHT,DOWN]",
        help="how many mm the crosses A (and B) lie too far right and down",
    )

    layouts = add("layouts", "stock_commands", "name the layouts, or copy one", event=False)
    layouts.add_argument("--copy", default="", metavar="NAME", help="write this one as a file")
    layouts.add_argument("-o", "--output", type=values.file, metavar="FILE.toml")


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
