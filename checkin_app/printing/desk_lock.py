"""Which of several windows of one desk works on the print queue of an event file.

A lock that the operating system holds for as long as the process lives, and gives back however
the process ends. A lease with a time in the event file would not do: a laptop that slept while it
was sending wakes up after its lease and sends once more what another window took over.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO

from checkin_app.file_lock import hold


def desk_lock_path(event_file: Path, desk_id: str, folder: Path | None = None) -> Path:
    """Where the lock of a desk on an event file lies: with the user, not beside the event.

    Args:
        folder: None takes the user's own.
    """
    import platformdirs

    folder = folder or platformdirs.user_state_path("checkin-app", appauthor=False) / "printing"
    status = event_file.stat()
    return folder / f"{desk_id or 'desk'}-{status.st_dev:x}-{status.st_ino:x}.lock"


class DeskLock:
    """One process's hold on a print queue."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """Hold the lock from now on; False while another window does.

        Where no lock can be kept at all, as in a folder that is read-only, it is held.
        """
        if self._file is not None:
            return True
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = self._path.open("ab")
        except OSError:
            return True
        if not hold(file):
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Let another window have it. The file stays: taking it away could take another's lock."""
        if self._file is not None:
            self._file.close()
            self._file = None
