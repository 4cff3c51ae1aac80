"""What this laptop needs to share events, one small file an event that only its user can read.

Not in the event file, which is copied and handed on, and not in the system's keyring, which may
want to be unlocked by somebody who has a queue before them.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import platformdirs

from checkin_app.errors import HubError

_ENDING = ".json"


def memberships_folder() -> Path:
    """Where they lie unless somebody chooses otherwise."""
    return platformdirs.user_data_path("checkin-app", appauthor=False) / "memberships"


class Memberships:
    """The memberships of this laptop, by the event's id (hexadecimal digits)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def is_empty(self) -> bool:
        """Whether this laptop never joined anybody."""
        return not self._folder.is_dir() or not any(self._folder.glob(f"*{_ENDING}"))

    def read(self, event_id: str) -> dict[str, Any] | None:
        """What is kept of an event, or None."""
        try:
            stored = json.loads(self._path(event_id).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return stored if isinstance(stored, dict) else None

    def write(self, event_id: str, document: dict[str, Any]) -> None:
        """Keep it in place of what was kept, whole or not at all.

        Raises:
            HubError: the folder cannot be written to.
        """
        path = self._path(event_id)
        draft = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(
                os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
            ) as file:
                json.dump(document, file)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise HubError(
                f"What this laptop needs to share the event cannot be kept in {self._folder}."
                " Make room on the disk, or make the folder writable, and join again."
            ) from error

    def forget(self, event_id: str) -> None:
        """Keep nothing of an event any more."""
        self._path(event_id).unlink(missing_ok=True)

    def _path(self, event_id: str) -> Path:
        return self._folder / f"{bytes.fromhex(event_id).hex()}{_ENDING}"
