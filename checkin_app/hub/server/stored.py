"""What the laptop remembers of a hub's server, in a file for its user alone."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from checkin_app.errors import HubError
from checkin_app.whole_file import whole_file

_NAME = "server.json"


@dataclass(frozen=True, slots=True)
class ServerFile:
    """Port and passwords.

    Attributes:
        port: 0 before it ever started.
    """

    port: int
    superuser_password: str
    owner_password: str


def read_server_file(folder: Path) -> ServerFile:
    """What was remembered.

    Raises:
        HubError: there is no hub in the folder, or the file is damaged.
    """
    try:
        values = json.loads((folder / _NAME).read_text(encoding="utf-8"))
        return ServerFile(
            int(values["port"]), str(values["superuser_password"]), str(values["owner_password"])
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise HubError(
            "This laptop has no hub for this event, or what it remembered of it is damaged. Found"
            " it anew: every desk's file has all that was shared."
        ) from error


def write_server_file(folder: Path, server_file: ServerFile) -> None:
    """Remember it, whole or not at all."""
    with whole_file(folder / _NAME) as unfinished:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(server_file), file)
