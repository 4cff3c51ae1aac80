"""``hub keep``: by itself, for the process that runs it stays as long as the hub, and is small."""

from __future__ import annotations

from argparse import Namespace

from checkin_app.cli.output import Output
from checkin_app.hub.server.keeper import keep_hub
from checkin_app.hub.server.server import HubServer
from checkin_app.services.sharing.hubs.hub_places import read_record


def run_keep(arguments: Namespace, _output: Output) -> bool:
    """Look after a hub; started by ``start``, not by people."""
    record = read_record(arguments.folder)
    if record is not None:
        keep_hub(HubServer(arguments.folder), record.hub_id, record.event_id)
    return True
