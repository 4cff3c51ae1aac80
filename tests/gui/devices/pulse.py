"""A sound server of one's own, with loudspeakers that come and go; nothing is heard."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

NEEDED = ("pulseaudio", "pactl")


def is_there() -> bool:
    """Whether the server can be started here."""
    return all(shutil.which(command) for command in NEEDED) and bool(os.environ.get("HOME"))


class SoundServer:
    """PulseAudio at a socket in a folder.

    Attributes:
        environment: what a program needs to find it.
    """

    def __init__(self, folder: Path) -> None:
        socket = folder / "native"
        self.environment = {
            **os.environ,
            "PULSE_SERVER": f"unix:{socket}",
            "PULSE_RUNTIME_PATH": str(folder),
            "PULSE_STATE_PATH": str(folder),
            "PULSE_CONFIG_PATH": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
        }
        self._process = subprocess.Popen(
            [
                "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--log-level=error",
                "--use-pid-file=no", "--disable-shm=yes",
                "-L", f"module-native-protocol-unix auth-anonymous=1 socket={socket}",
                "-L", sink("built_in", "Built-in"),
            ],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.control("info", patience_s=60)

    def plug(self, name: str, title: str) -> str:
        """Connect a loudspeaker; what is returned unplugs it."""
        return self.control("load-module", *sink(name, title).split(" ", 1)).strip()

    def unplug(self, plugged: str) -> None:
        """Disconnect a loudspeaker."""
        self.control("unload-module", plugged)

    def control(self, *command: str, patience_s: float = 0) -> str:
        """Run ``pactl``, again and again while the server does not answer and may still start."""
        given_up_at = time.monotonic() + patience_s
        while True:
            ran = subprocess.run(
                ["pactl", *command], env=self.environment, capture_output=True, text=True
            )
            if ran.returncode == 0:
                return ran.stdout
            assert time.monotonic() < given_up_at, ran.stderr

    def stop(self) -> None:
        """End the server."""
        self._process.terminate()
        self._process.wait()


def sink(name: str, title: str) -> str:
    """A loudspeaker that swallows what it is given."""
    return f"module-null-sink sink_name={name} sink_properties=device.description={title}"
