"""Is there a screen to open a window on? Qt itself would end the program without one."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from checkin_app.errors import UsageError

_SOCKETS = Path("/tmp/.X11-unix")  # where X servers listen, X(7)
_FIRST_PORT = 6000
_PATIENCE_S = 2.0
_X_DISPLAY = re.compile(r"(?P<host>[^:/]*):(?P<number>[0-9]{1,4})(\.[0-9]+)?")


def require_display(environment: Mapping[str, str] = os.environ) -> None:
    """Make sure that a window can be shown, as far as that can be known before Qt is loaded.

    Raises:
        UsageError: this Linux session has no display, or the display does not answer.
    """
    if not sys.platform.startswith("linux") or environment.get("QT_QPA_PLATFORM"):
        return
    if environment.get("WAYLAND_DISPLAY"):
        return
    display = environment.get("DISPLAY", "")
    if not display:
        raise UsageError("There is no display here. Use the commands: checkin-app --help")
    match = _X_DISPLAY.fullmatch(display)
    if match and not _answers(match["host"], int(match["number"])):
        raise UsageError(
            f"The display {display} does not answer. Use the commands: checkin-app --help"
        )


def _answers(host: str, number: int) -> bool:
    if host in ("", "unix"):
        # Either of the two names under which a server of this machine listens.
        path = f"{_SOCKETS}/X{number}"
        return any(_opens(socket.AF_UNIX, address) for address in (f"\0{path}", path))
    try:
        socket.create_connection((host, _FIRST_PORT + number), _PATIENCE_S).close()
    except OSError:
        return False
    return True


def _opens(family: socket.AddressFamily, address: str) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        attempt.settimeout(_PATIENCE_S)
        try:
            attempt.connect(address)
        except OSError:
            return False
    return True
