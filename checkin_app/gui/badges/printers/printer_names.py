"""The printers of this computer, asked of the system's own programs, which may take seconds."""

from __future__ import annotations

import shutil
import subprocess
import sys

_PATIENCE_S = 10
_CUPS = ("lpstat", "-e")
_WINDOWS = ("powershell", "-NoProfile", "-Command", "(Get-Printer).Name")


def printer_names() -> tuple[str, ...]:
    """Names of printers, sorted; none where the system does not tell."""
    command = _WINDOWS if sys.platform == "win32" else _CUPS
    program = shutil.which(command[0])
    if program is None:
        return ()
    try:
        answer = subprocess.run(
            [program, *command[1:]],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    names = {line.strip() for line in answer.stdout.splitlines()} if not answer.returncode else ()
    return tuple(sorted(name for name in names if name))
