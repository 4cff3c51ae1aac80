"""The process that serves a data folder, as ``postmaster.pid`` and the system know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from checkin_app.hub.server.processes import runs_postgres


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A server that runs.

    Attributes:
        started_at: UTC.
    """

    pid: int
    port: int
    started_at: datetime


def running_postmaster(data: Path) -> Postmaster | None:
    """Who serves the data folder; None when nobody does."""
    noted = _noted(data)
    return noted if noted is not None and runs_postgres(noted.pid, data) else None


def remove_stale_pid_file(data: Path) -> None:
    """Forget the server of before a crash, when its number belongs to another program now.

    PostgreSQL itself forgets numbers of nobody, but takes any living process of the same user
    for a server. Should a child of the old server live on, it still notices by its shared memory.
    """
    noted = _noted(data)
    if noted is not None and not runs_postgres(noted.pid, data):
        _pid_file(data).unlink(missing_ok=True)


def _noted(data: Path) -> Postmaster | None:
    # https://www.postgresql.org/docs/current/storage-file-layout.html: number, data folder,
    # start, port, …; written line by line, so a line may be missing yet.
    try:
        lines = _pid_file(data).read_text(encoding="utf-8", errors="replace").splitlines()
        pid, started, port = int(lines[0]), int(lines[2]), int(lines[3])
    except (OSError, ValueError, IndexError):
        return None
    return Postmaster(pid, port, datetime.fromtimestamp(started, UTC))


def _pid_file(data: Path) -> Path:
    return data / "postmaster.pid"
