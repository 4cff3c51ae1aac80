"""What this laptop needs to share each event with the other desks, in files only its user reads.

Not in the event file, which people copy and mail, and not in the keyring, which may ask to be
unlocked while a queue is standing there. One file for each event; on Windows it lies in the user's
profile, which other users cannot read.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checkin_app.errors import CheckinError
from checkin_app.whole_file import whole_file

_EVENT_ID = re.compile("[0-9a-f]{32}")


def memberships_folder() -> Path:
    """Where the current user's memberships lie."""
    import platformdirs

    return platformdirs.user_data_path("checkin-app", appauthor=False) / "memberships"


class Memberships:
    """Documents by event id, each written whole or not at all.

    Args:
        folder: made when the first is written, for its owner only.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def is_empty(self) -> bool:
        """Whether this laptop shares no event at all."""
        return next(self._folder.glob("*.json"), None) is None

    def read(self, event_id: str) -> dict[str, Any] | None:
        """What was written for the event, or None.

        Raises:
            CheckinError: the file is damaged, or another user's.
        """
        path = self._path(event_id)
        try:
            document = json.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise _unreadable(path) from error
        if not isinstance(document, dict):
            raise _unreadable(path)
        return document

    def write(self, event_id: str, document: Mapping[str, Any]) -> None:
        """Keeps the document in place of any earlier one.

        Raises:
            CheckinError: the disk is full or the folder cannot be written to.
        """
        self._make_folder()
        with whole_file(self._path(event_id)) as unfinished:
            opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(opened, "w", encoding="utf-8") as file:
                json.dump(document, file)

    def forget(self, event_id: str) -> None:
        """Removes what was written; no matter if there is none.

        Raises:
            CheckinError: it may still be there.
        """
        path = self._path(event_id)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise CheckinError(
                f"{path} could not be removed. Close other windows of this program and try again."
            ) from error

    def _make_folder(self) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
        except OSError as error:
            raise CheckinError(
                f"The folder {self._folder} cannot be used. Check whom it belongs to, and whether "
                "the disk is full."
            ) from error

    def _path(self, event_id: str) -> Path:
        if _EVENT_ID.fullmatch(event_id) is None:
            raise ValueError("an event's id has 32 hexadecimal digits")
        return self._folder / f"{event_id}.json"


def _unreadable(path: Path) -> CheckinError:
    return CheckinError(
        f"{path} cannot be read, so this laptop does not know its hub any more. Join once more "
        "with a new pairing; nothing that was recorded is lost."
    )
