"""Which firewall of this laptop may keep the other desks out, and what to allow there.

A laptop cannot try from inside whether others get through: what it sends to its own address never
passes the firewall. So it is looked at which firewall is switched on.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from checkin_app.hub.server.programs import NO_WINDOW

_UFW = Path("/etc/ufw/ufw.conf")
_MACOS = "/usr/libexec/ApplicationFirewall/socketfilterfw"


def firewall_advice(port: int, postgres: Path | None = None) -> str:
    """What to do so that other laptops reach the port; empty where no firewall is known to be on.

    Args:
        postgres: the program that listens; firewalls of Windows and macOS allow programs.
    """
    if sys.platform == "win32":
        return _of_windows(port)
    if sys.platform == "darwin":
        return _of_macos(postgres)
    return _of_linux(port)


def _of_windows(port: int) -> str:
    if "ON" not in _said("netsh", "advfirewall", "show", "currentprofile", "state").upper():
        return ""
    rule = (
        f'netsh advfirewall firewall add rule name="Check-in hub" dir=in action=allow'
        f" protocol=TCP localport={port}"
    )
    return (
        "Windows’ firewall is on. If it asks whether PostgreSQL may use this network, allow it. If"
        f" it does not ask and other desks do not get through, run as administrator: {rule}"
    )


def _of_macos(postgres: Path | None) -> str:
    if "enabled" not in _said(_MACOS, "--getglobalstate").lower():
        return ""
    which = f" ({postgres})" if postgres else ""
    return (
        "The firewall of this Mac is on. If it asks whether “postgres” may accept connections,"
        f" allow it; else allow it{which} in System Settings, Network, Firewall, Options."
    )


def _of_linux(port: int) -> str:
    if _is_ufw_on():
        return f"The firewall ufw is on. Let the other desks in: sudo ufw allow {port}/tcp"
    if shutil.which("firewall-cmd") and _said("firewall-cmd", "--state").strip() == "running":
        return (
            "The firewall firewalld is on. Let the other desks in:"
            f" sudo firewall-cmd --add-port={port}/tcp"
        )
    return ""


def _is_ufw_on() -> bool:
    try:
        lines = _UFW.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    return any(line.replace(" ", "").lower() == "enabled=yes" for line in lines)


def _said(*words: str) -> str:
    try:
        done = subprocess.run(
            words, capture_output=True, check=False, timeout=10, creationflags=NO_WINDOW
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace")
