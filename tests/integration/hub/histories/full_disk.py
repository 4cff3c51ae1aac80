"""A disk that becomes full: a small one in memory where one may be mounted, else a limit.

The limit is the operating system's, on the length of the files of one process; what it answers is
another error than that of a full disk, but it comes at any byte as well.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

_SIZE = "16m"


class LimitedProcess(Protocol):
    """A process that limits itself when it is told to."""

    path: Path

    def tell(self, command: dict[str, Any]) -> None: ...


class FullDisk(Protocol):
    """A disk on which one event file lies.

    Attributes:
        folder: where the file goes.
    """

    folder: Path
    is_full: bool

    def fill(self) -> None: ...

    def free(self) -> None: ...


class _SmallDisk:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_full = False
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        self.is_full = True
        with self._ballast.open("ab", buffering=0) as ballast:
            for size in (65536, 4096, 1):
                try:
                    while True:
                        ballast.write(b"\0" * size)
                except OSError:
                    continue

    def free(self) -> None:
        self.is_full = False
        self._ballast.unlink(missing_ok=True)


class _LimitedFiles:
    def __init__(self, folder: Path, process: Callable[[], LimitedProcess]) -> None:
        self.folder = folder
        self.is_full = False
        self._process = process

    def fill(self) -> None:
        process = self._process()
        logs = (process.path, process.path.with_name(f"{process.path.name}-wal"))
        self._limit(max(log.stat().st_size for log in logs if log.exists()))

    def free(self) -> None:
        if self.is_full:
            self._limit(0)

    def _limit(self, size: int) -> None:
        self.is_full = size > 0
        self._process().tell({"limit": size})


@contextmanager
def full_disk(folder: Path, process: Callable[[], LimitedProcess]) -> Iterator[FullDisk | None]:
    """A disk for the file of one process; None where this system can be told of neither kind."""
    folder.mkdir()
    if _is_mounted(folder):
        try:
            yield _SmallDisk(folder)
        finally:
            subprocess.run(["umount", str(folder)], check=True)
    elif os.name == "posix":
        yield _LimitedFiles(folder, process)
    else:
        yield None


def _is_mounted(folder: Path) -> bool:
    if shutil.which("mount") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "none", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
