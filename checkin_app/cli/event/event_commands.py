"""``new`` and ``verify``."""

from __future__ import annotations

from argparse import Namespace

from checkin_app.cli.output import Output
from checkin_app.errors import UsageError
from checkin_app.services.event_files import create_event, create_sample_event, open_event


def run_new(arguments: Namespace, output: Output) -> bool:
    """Make a new event file."""
    if arguments.sample and (arguments.name or arguments.date):
        raise UsageError("The sample has its own name and day: leave out --name and --date.")
    if arguments.sample:
        event_file = create_sample_event(arguments.event, arguments.language)
    elif arguments.name and arguments.date:
        event_file = create_event(
            arguments.event,
            arguments.name,
            arguments.date,
            arguments.timezone,
            arguments.language,
        )
    else:
        raise UsageError("Say --sample, or give --name and --date.")
    attendees = len(event_file.records())
    sessions = len(event_file.event().sessions)
    output.say(f"{arguments.event}: {event_file.event().name}")
    output.say(f"{attendees} attendees, {sessions} sessions.")
    output.result({"event": str(arguments.event), "attendees": attendees, "sessions": sessions})
    event_file.close()
    return True


def run_verify(arguments: Namespace, output: Output) -> bool:
    """Check an event file and compare its tables with the fold of its ledger."""
    event_file = open_event(arguments.event)
    found = event_file.verify()
    event_file.close()
    for difference in found.differences:
        output.say(difference)
    output.say(
        f"{found.entries} entries, everything is as it should be."
        if found.ok
        else f"{found.entries} entries, {len(found.differences)} differences. Open your latest"
        " copy of the file."
    )
    output.result(
        {"ok": found.ok, "entries": found.entries, "differences": list(found.differences)}
    )
    return found.ok
