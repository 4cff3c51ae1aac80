"""Whether a process is the server of a data folder: numbers of processes are used again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from checkin_app.hub.server.programs import NO_WINDOW


def runs_postgres(pid: int, data: Path) -> bool:
    """Whether the process of this number is PostgreSQL on this data folder.

    After a reboot the number that ``postmaster.pid`` remembers may belong to any program.
    """
    command = _command_of(pid)
    if sys.platform == "win32":
        # The system tells other programs no more than the name of the file.
        return "postgres.exe" in command.lower()
    return "postgres" in command and os.fspath(data) in command


def _command_of(pid: int) -> str:
    """How a process was started; empty when there is none."""
    of_linux = Path(f"/proc/{pid}/cmdline")
    if sys.platform == "linux":
        try:
            return of_linux.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    asked = (
        ["tasklist", "/FI", f"PID eq {pid}", "/FO", "CSV", "/NH"]
        if sys.platform == "win32"
        else ["ps", "-ww", "-p", str(pid), "-o", "args="]
    )
    done = subprocess.run(
        asked, capture_output=True, check=False, timeout=30, creationflags=NO_WINDOW
    )
    return done.stdout.decode(errors="replace")
