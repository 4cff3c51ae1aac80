"""Runs one of PostgreSQL's programs and turns what it complains about into a sentence."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from checkin_app.errors import HubError
from checkin_app.hub.server.accounts import Account
from checkin_app.hub.server.programs import NO_WINDOW, PostgresPrograms

_OWN_GROUP: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
_DAMAGED = "its data are damaged. Found the hub anew: every desk's file has all of it"
_REASONS = (
    ("No space left on device", "the disk is full. Free some space and try again"),
    ("Address already in use", "another program has taken its port. Try again"),
    ("database files are incompatible", "its data were made by another PostgreSQL"),
    ("page verification failed", _DAMAGED),
    ("incorrect checksum", _DAMAGED),
    ("Permission denied", "its folder cannot be read or written under this account"),
    ("could not create shared memory", "the laptop has too little memory free"),
)
_STILL_IN_USE = "still in use"


class ServerOfBefore(HubError):
    """A child of a server that was killed has not noticed yet, and works on."""


def run_program(
    programs: PostgresPrograms,
    name: str,
    words: Sequence[str],
    account: Account,
    folder: Path,
    timeout_s: float,
) -> None:
    """Run it to its end; a server that it starts lives on in a session of its own.

    Args:
        folder: where it works; its ``data`` has the server's own words when it does not start.

    Raises:
        ServerOfBefore: it may be started in a moment.
        HubError: it fails, or takes longer.
    """
    # A pipe would stay open in the server that it starts, and never come to its end.
    with tempfile.TemporaryFile() as said:
        try:
            done = subprocess.run(
                [os.fspath(programs.path(name)), *words],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd=folder,
                env=_environment(),
                timeout=timeout_s,
                check=False,
                start_new_session=True,
                creationflags=NO_WINDOW | _OWN_GROUP,
                **account.for_process(),
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise HubError(f"PostgreSQL’s {name} did not come to its end. Try again.") from error
        said.seek(0)
        words_said = said.read().decode(errors="replace")
    if done.returncode:
        words_said += _last_words(folder)
        if _STILL_IN_USE in words_said:
            raise ServerOfBefore(
                "The hub did not start: the server of before has not ended yet. Try again in a"
                " minute."
            )
        raise HubError(_sentence(name, words_said))


def _environment() -> dict[str, str]:
    """Ours, without what would lead PostgreSQL elsewhere; its messages in English, to be read."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C", "LANGUAGE": "C"}


def _last_words(folder: Path) -> str:
    """What a server that did not start wrote."""
    data = folder / "data"
    logs = sorted((data / "log").glob("*.log"), key=lambda log: log.stat().st_mtime)
    texts = []
    for log in (*logs[-1:], data / "start.log"):
        if log.is_file():
            texts.append(log.read_text(encoding="utf-8", errors="replace")[-4000:])
    return "\n".join(texts)


def _sentence(name: str, said: str) -> str:
    for mark, reason in _REASONS:
        if mark in said:
            return f"The hub did not start: {reason}."
    failures = [line for line in said.splitlines() if "FATAL" in line or "error" in line]
    told = failures[-1].strip() if failures else "it does not say why"
    return f"PostgreSQL’s {name} failed: {told}"
