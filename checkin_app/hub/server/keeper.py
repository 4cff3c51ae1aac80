"""A process of its own that looks after a hub's server for as long as it shall run.

It makes the hub known in the network, and starts the server again when that ended without having
been stopped. Server and keeper outlive every window and command; only a reboot ends both.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import checkin_app
from checkin_app.errors import HubError
from checkin_app.hub.server.discovery import Announcement
from checkin_app.hub.server.locks import StartLock
from checkin_app.hub.server.programs import NO_WINDOW
from checkin_app.hub.server.server import HubServer

_LOOK_AGAIN_S = 5.0
_STARTS_AT_MOST = 20
_NEW_SESSION: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)

_log = logging.getLogger(__name__)


def keep_hub(
    server: HubServer, hub_id: str, event_id: str, stop: threading.Event | None = None
) -> None:
    """Look after a hub until its server is stopped, at whatever port and addresses it has then.

    Another process that does so already is left to it.
    """
    stop = stop or threading.Event()
    try:
        # One that is about to end, because the server was stopped before this start, is waited for.
        with StartLock(server.folder / "keeper.lock").held(2 * _LOOK_AGAIN_S):
            for _ in range(_STARTS_AT_MOST):
                while server.is_running() and not stop.is_set():
                    _announce_at_port(server, hub_id, event_id, stop)
                if stop.is_set() or not server.was_cut_short():
                    return
                _start_again(server, stop)
    except (HubError, FileNotFoundError):
        return  # Another process keeps it, or its files are gone.


def _start_again(server: HubServer, stop: threading.Event) -> None:
    try:
        server.start_again()
    except HubError as error:
        # Children of the old one may live on for a moment, or the disk is full for a while.
        _log.warning("A hub does not start again: %s", type(error).__name__)
        stop.wait(_LOOK_AGAIN_S)


def _announce_at_port(server: HubServer, hub_id: str, event_id: str, stop: threading.Event) -> None:
    port = server.port()
    with Announcement(hub_id, event_id, port) as announcement:
        while not stop.wait(_LOOK_AGAIN_S) and server.is_running() and server.port() == port:
            announcement.refresh()


def start_detached(words: Sequence[str], folder: Path) -> None:
    """Run a command of this program on its own; it goes on when this process ends.

    Args:
        folder: where it works, so that it holds on to no other.
    """
    try:
        process = subprocess.Popen(
            [*_this_program(), *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(),
            start_new_session=True,
            creationflags=NO_WINDOW | _NEW_SESSION,
        )
    except OSError as error:
        # The server runs without it as well.
        _log.warning("A hub has no keeper: %s", type(error).__name__)
        return
    # Nobody waits for its end; without this Popen would complain of that.
    process.returncode = 0


def _this_program() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "checkin_app"]


def _environment() -> dict[str, str]:
    """Ours, and the place of this package, which a checkout finds by the folder it starts in."""
    package = Path(checkin_app.__file__).parents[1]
    path = os.pathsep.join(filter(None, (os.fspath(package), os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": path}
