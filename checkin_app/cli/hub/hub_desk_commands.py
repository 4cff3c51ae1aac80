"""``hub join``, ``hub find`` and ``hub sync``: a laptop as one desk of many."""

from __future__ import annotations

from argparse import Namespace
from datetime import timedelta

from checkin_app.cli.hub.hub_words import found_json
from checkin_app.cli.output import Output
from checkin_app.cli.this_desk import desk_name, remember_name
from checkin_app.hub.server.discovery import find_hubs
from checkin_app.services.clock import utc_now
from checkin_app.services.event_files import open_event
from checkin_app.services.sharing.hubs.finding import share_now
from checkin_app.services.sharing.hubs.hub_places import usual_places
from checkin_app.services.sharing.hubs.joining import join_event
from checkin_app.services.sharing.sharing_wording import what_to_do
from checkin_app.settings import load_settings, settings_path


def run_join(arguments: Namespace, output: Output) -> bool:
    """Become a desk of an event."""
    wanted = _wanted_name(arguments)
    with output.progress("Joining") as progress:
        joined = join_event(
            arguments.link,
            arguments.event,
            wanted,
            usual_places().memberships,
            utc_now,
            progress,
        )
    with open_event(arguments.event) as event_file:
        name, attendees = event_file.event().name, len(event_file.records())
        own_name = remember_name(event_file)
    output.say(f"{arguments.event}: {name}, {attendees} attendees. This desk is “{own_name}”.")
    if advice := what_to_do(joined.state):
        output.say(advice)
    output.result(
        {
            "event": str(arguments.event),
            "new": joined.is_new_file,
            "desk": joined.membership.access.desk_key.id,
            "name": own_name,
            "hub": joined.membership.access.hub_id,
            "attendees": attendees,
            "desks": joined.state.desks,
            "waiting": joined.state.waiting,
            "refused": joined.refused,
        }
    )
    return joined.refused == 0


def _wanted_name(arguments: Namespace) -> str:
    """Whoever joins again keeps the name it had, unless another one is given."""
    if arguments.desk or not arguments.event.exists():
        return arguments.desk or load_settings(settings_path()).desk_name
    with open_event(arguments.event) as event_file:
        return desk_name(event_file)


def run_find(arguments: Namespace, output: Output) -> bool:
    """The hubs in this network."""
    found = find_hubs(arguments.wait)
    for hub in found:
        output.say(f"{hub.laptop}: {', '.join(hub.addresses)} port {hub.port}")
    output.say(
        "Join with the code it shows: checkin-app hub join CODE FILE.checkin"
        if found
        else "No hub is heard of. Some networks block this: join by the link instead."
    )
    output.result({"hubs": [found_json(hub) for hub in found]})
    return True


def run_sync(arguments: Namespace, output: Output) -> bool:
    """Exchange once what this file and the hub have."""
    with open_event(arguments.event) as event_file:
        shared, state = share_now(
            event_file,
            desk_name(event_file, arguments.desk),
            usual_places().memberships,
            utc_now,
        )
        if arguments.desk:
            remember_name(event_file)
    output.say(
        f"{len(shared.sent)} handed in, {len(shared.came)} came, {state.waiting} waiting,"
        f" {state.desks} other desks."
    )
    if advice := what_to_do(state):
        output.say(advice)
    output.result(
        {
            "sent": len(shared.sent),
            "came": len(shared.came),
            "waiting": state.waiting,
            "desks": state.desks,
            "conflicts": len(shared.conflicts),
            "refused": shared.refused,
            "missing": state.missing,
            "clock_error_ms": (
                round(state.clock_error / timedelta(milliseconds=1))
                if state.clock_error is not None
                else None
            ),
        }
    )
    return not shared.refused and not state.waiting
