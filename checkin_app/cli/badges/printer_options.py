"""The options of ``printers`` and ``print``."""

from __future__ import annotations

from checkin_app.cli import values
from checkin_app.cli.badges.badge_options import Adder


def add_printer_commands(add: Adder) -> None:
    """Everything about single badges on printers."""
    add("printers", "badges.printer_commands", "the printers, and how each is doing", event=False)

    one = add("print", "badges.printer_commands", "print the badges of single people at once")
    one.add_argument("codes", nargs="+", metavar="CODE", help="whose")
    one.add_argument(
        "--printer",
        type=values.printer,
        metavar="ID",
        help="as `printers` names them, or folder:PATH, zebra:HOST:9100, brother:HOST:9100;"
        " else the desk's",
    )
    one.add_argument("--stock", default="", help="what lies in the printer; it is remembered")
    one.add_argument(
        "--layout",
        default="",
        help="the badge layout of this desk; it is remembered, and a window that is open keeps"
        " its own",
    )
    one.add_argument(
        "--reason",
        choices=("asked", "lost", "damaged", "wrong-data"),
        default="asked",
        help="why (%(default)s)",
    )
    one.add_argument(
        "--wait",
        type=values.seconds,
        default=30.0,
        metavar="S",
        help="how long to wait for the printer (%(default)g); what is not printed then waits"
        " in the queue of this desk",
    )
