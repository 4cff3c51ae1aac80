"""``report``, and what the dashboard knows beyond ``stats``."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from checkin_app.cli.output import Output
from checkin_app.domain.dashboard import Dashboard, Share
from checkin_app.services.dashboard import check_report_name, write_report
from checkin_app.services.event_files import find_check_in_list, open_event


def run_report(arguments: Namespace, output: Output) -> bool:
    """Write the numbers of one check-in list."""
    check_report_name(arguments.output)
    event_file = open_event(arguments.event)
    chosen = find_check_in_list(event_file, arguments.list)
    counted = write_report(event_file, arguments.output, chosen, scale=arguments.scale)
    event_file.close()
    output.say(f"{arguments.output}: {counted.arrived} of {counted.places} have come.")
    output.result({"file": str(arguments.output), "list": chosen.name, "arrived": counted.arrived})
    return True


def dashboard_json(counted: Dashboard) -> dict[str, Any]:
    """What ``stats`` tells programs besides what it tells people."""
    badges = counted.badges
    return {
        "gone": counted.gone,
        "by_country": _shares_json(counted.countries),
        "by_organisation": _shares_json(counted.organisations),
        "refusals": dict(counted.refusals),
        "desks": {one.desk: one.arrived for one in counted.desks},
        "badges": {
            "people": badges.people,
            "prints": badges.prints,
            "spoilt": badges.spoilt,
            "reprints": dict(badges.reprints),
        },
        "tickets_sent": counted.tickets_sent,
    }


def _shares_json(shares: Sequence[Share]) -> dict[str, dict[str, int]]:
    return {one.name: {"expected": one.expected, "checked_in": one.arrived} for one in shares}
