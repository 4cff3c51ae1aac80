"""The options of ``report``."""

from __future__ import annotations

from checkin_app.cli import values
from checkin_app.cli.badges.badge_options import Adder


def add_report_commands(add: Adder) -> None:
    """The numbers of the event on paper."""
    report = add("report", "event.report_commands", "write the numbers with charts (.pdf or .png)")
    report.add_argument(
        "-o", "--output", type=values.file, required=True, metavar="FILE.pdf|FILE.png"
    )
    report.add_argument(
        "--list", default="", metavar="NAME", help="check-in list; else the registration desk"
    )
    report.add_argument(
        "--scale",
        type=float,
        default=2.0,
        metavar="N",
        help="of a .png: 1280 by 800 pixels times N (%(default)g)",
    )
