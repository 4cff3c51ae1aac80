"""The words of the command line: commands, their options, their help."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from importlib import import_module
from typing import Any, NoReturn

from checkin_app import __version__
from checkin_app.cli import values
from checkin_app.cli.badges.badge_options import add_badge_commands
from checkin_app.cli.badges.printer_options import add_printer_commands
from checkin_app.cli.event.privacy_options import add_privacy_commands
from checkin_app.cli.event.report_options import add_report_commands
from checkin_app.cli.hub.hub_options import add_hub_commands
from checkin_app.cli.hub.inbox_options import add_inbox_commands
from checkin_app.cli.lists.import_options import add_import_commands
from checkin_app.cli.lists.online_options import add_online_commands
from checkin_app.cli.lists.out_options import add_out_commands
from checkin_app.cli.mail.mail_options import add_mail_commands
from checkin_app.cli.mail.ticket_options import add_ticket_commands
from checkin_app.cli.output import Output

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
    add_import_commands(add)
    add_online_commands(add)
    add_out_commands(add)
    _add_desk_commands(add)
    add_badge_commands(add)
    add_printer_commands(add)
    add_report_commands(add)
    add_ticket_commands(add)
    add_mail_commands(add)
    add_privacy_commands(add)
    add_inbox_commands(add)
    add_hub_commands(add.group("hub", "many desks that share one ledger"))
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

    def group(self, name: str, summary: str) -> _Adder:
        """Commands of two words, which begin with this one."""
        first: ArgumentParser = self._commands.add_parser(
            name, help=summary, description=summary[0].upper() + summary[1:] + "."
        )
        return _Adder(
            first.add_subparsers(dest=f"{name}_command", metavar="COMMAND", required=True)
        )


def _deferred(module: str, command: str) -> Run:
    def run(arguments: Namespace, output: Output) -> bool:
        work: Run = getattr(
            import_module(f"checkin_app.cli.{module}"), f"run_{command.replace('-', '_')}"
        )
        return work(arguments, output)

    return run


def _add_event_commands(add: _Adder) -> None:
    window = add("open", "event.event_commands", "open the window", event=False)
    window.add_argument("event", type=values.file, nargs="?", metavar="EVENT", help="event file")

    new = add("new", "event.event_commands", "make a new event file")
    new.add_argument("--sample", action="store_true", help="the ECCP meeting, complete")
    new.add_argument("--name", default="", help="name of the event")
    new.add_argument("--date", type=values.day, metavar="YYYY-MM-DD", help="day of the event")
    new.add_argument("--timezone", default="Europe/Brussels", help="IANA name (%(default)s)")
    new.add_argument(
        "--language", default="", metavar="TAG", help="whose alphabet sorts its lists: sv, de-AT"
    )

    add("verify", "event.event_commands", "check the file and refold its ledger")

    merge = add("merge", "hub.merge_command", "let two files of one event have what either has")
    merge.add_argument(
        "other", type=values.file, metavar="OTHER", help="another file of the same event"
    )

    demo = add("demo", "event.demo_command", "do the whole job on the sample event", event=False)
    demo.add_argument(
        "folder", type=values.path, metavar="FOLDER", help="where to write everything"
    )


def _add_desk_commands(add: _Adder) -> None:
    scan = add("scan", "desk.desk_commands", "check people in by their codes")
    scan.add_argument(
        "codes",
        nargs="+",
        metavar="CODE",
        help="a code; - reads lines from standard input; @FILE reads a picture or PDF",
    )
    scan.add_argument("--list", default="", metavar="NAME", help="check-in list")
    scan.add_argument(
        "--desk",
        default="",
        metavar="NAME",
        help="name of the desk; else as it joined others, or as in the settings",
    )
    scan.add_argument(
        "--at", type=values.moment, metavar="ISO", help="time of the scan (for trials)"
    )

    find = add("find", "desk.desk_commands", "search as the desk does")
    find.add_argument("text", nargs="+", metavar="TEXT")
    find.add_argument(
        "--limit", type=values.count, default=50, metavar="N", help="at most (%(default)s)"
    )

    numbers = add("stats", "desk.desk_commands", "the numbers of the event")
    numbers.add_argument("--list", default="", metavar="NAME", help="of one check-in list only")
