"""Starts and stops the server of a data folder, by PostgreSQL's own program for that."""

from __future__ import annotations

import time
from pathlib import Path

from checkin_app.errors import HubError
from checkin_app.hub.server.accounts import Account
from checkin_app.hub.server.configuration import configure
from checkin_app.hub.server.postmaster import running_postmaster
from checkin_app.hub.server.programs import programs_for
from checkin_app.hub.server.run_program import ServerOfBefore, run_program

_START_S = 120
"""After a crash, changes that were not in the tables yet are read back first."""

_STOP_S = 60
_MARGIN_S = 10

_CHILDREN_END_WITHIN_S = 30.0
"""The children of a server that was killed end by themselves, but for those in the middle of some
work, which finish that first."""
_LOOK_AGAIN_S = 0.1


def launch(data: Path, account: Account, port: int) -> None:
    """Start the server; it lives on in a session of its own, and takes logins on return.

    Raises:
        HubError: it does not start; the message says why.
    """
    configure(data, account, port)
    said = data / "start.log"
    until = time.monotonic() + _CHILDREN_END_WITHIN_S
    while True:
        said.unlink(missing_ok=True)
        try:
            _pg_ctl(data, account, _START_S, "start", "-l", str(said))
            return
        except ServerOfBefore:
            if time.monotonic() > until:
                raise
        time.sleep(_LOOK_AGAIN_S)


def halt(data: Path, account: Account) -> None:
    """Stop the server; open connections are ended, what was acknowledged is on the disk.

    No matter if it ends by itself at that moment, as one does whose disk is full.

    Raises:
        HubError: it does not end.
    """
    try:
        _pg_ctl(data, account, _STOP_S, "stop", "-m", "fast")
    except HubError:
        if running_postmaster(data) is not None:
            raise


def major_of(data: Path) -> int:
    """The major version of PostgreSQL that made the data.

    Raises:
        HubError: the data are damaged.
    """
    try:
        return int((data / "PG_VERSION").read_text(encoding="ascii").split(".")[0])
    except (OSError, ValueError) as error:
        raise HubError(
            "The data of this hub are damaged. Found it anew: every desk's file has all that was"
            " shared."
        ) from error


def _pg_ctl(data: Path, account: Account, timeout_s: int, what: str, *more: str) -> None:
    words = (what, "-w", "-s", "-t", str(timeout_s), "-D", str(data), *more)
    programs = programs_for(major_of(data))
    run_program(programs, "pg_ctl", words, account, data.parent, timeout_s + _MARGIN_S)
