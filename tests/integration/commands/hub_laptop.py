"""A laptop of many, by its commands: folders and an event file of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from command_line import run


@dataclass(frozen=True, slots=True)
class Laptop:
    """The commands of one laptop, and its event file."""

    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "event.checkin"

    @property
    def folders(self) -> dict[str, str]:
        """The variables of the environment that name its folders."""
        names = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
        return dict.fromkeys(names, str(self.folder))

    def command(self, *words: object) -> subprocess.CompletedProcess[str]:
        return run(*words, **self.folders)

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        return self.command("hub", *words)

    def settings(self) -> dict[str, Any]:
        (path,) = self.folder.glob("checkin-app/settings.json")
        values: dict[str, Any] = json.loads(path.read_text())
        return values

    def answer(self, *words: object, status: int = 0) -> dict[str, Any]:
        done = self.run(*words, "--json")
        assert (done.returncode, done.stderr) == (status, "")
        (line,) = done.stdout.splitlines()
        values: dict[str, Any] = json.loads(line)
        return values

    def refusal(self, *words: object) -> str:
        done = self.run(*words, "--json")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1
        return done.stderr


@contextmanager
def two_laptops() -> Iterator[tuple[Laptop, Laptop]]:
    """Two that have nothing yet; what they start is stopped in the end."""
    # PostgreSQL does not run as root and must reach its data even so.
    folder = Path(tempfile.mkdtemp(prefix="checkin-hub-"))
    folder.chmod(0o755)
    first, second = Laptop(folder / "first"), Laptop(folder / "second")
    for laptop in (first, second):
        laptop.folder.mkdir()
    yield first, second
    for laptop in (first, second):
        if laptop.file.exists():
            laptop.run("stop", laptop.file)
    shutil.rmtree(folder)
