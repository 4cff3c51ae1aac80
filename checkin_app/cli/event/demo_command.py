"""``demo``: the whole job on the sample event, in a folder to look at."""

from __future__ import annotations

from argparse import Namespace

from checkin_app.cli.output import Output
from checkin_app.services.demonstration import demonstrate


def run_demo(arguments: Namespace, output: Output) -> bool:
    """Make the sample event, its tickets and badges, let people arrive, list who came."""
    done = demonstrate(arguments.folder, output.say)
    output.say(f"Everything lies in {arguments.folder.resolve()}")
    output.result(
        {
            "folder": str(done.folder),
            "event": str(done.event_file),
            "tickets": done.tickets,
            "tickets_read": done.tickets_read,
            "outcomes": done.outcomes,
            "badges": done.badges.badges,
            "badges_read": done.badges.proof_read,
            "ok": done.ok,
        }
    )
    return done.ok
