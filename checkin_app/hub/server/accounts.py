"""Under which account PostgreSQL runs: it refuses root, so a container's root lends it another."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checkin_app.errors import HubError

_UNPRIVILEGED = ("postgres", "pgserver", "nobody")
_REACHABLE = Path("/var/lib/checkin-app/hubs")


@dataclass(frozen=True, slots=True)
class Account:
    """An account of this system; without numbers, whoever runs the program."""

    user: int | None = None
    group: int | None = None

    def for_process(self) -> dict[str, Any]:
        """What ``subprocess`` has to be told so that a process runs under it."""
        if self.user is None:
            return {}
        return {"user": self.user, "group": self.group, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give a file or folder to the account."""
        if self.user is not None and self.group is not None and sys.platform != "win32":
            os.chown(path, self.user, self.group)

    def reaches(self, folder: Path) -> bool:
        """Whether it may go into the folder, of which some end may not exist yet."""
        if self.user is None:
            return True
        for parent in (folder, *folder.parents):
            if parent.exists() and not self._enters(parent.stat()):
                return False
        return True

    def _enters(self, status: os.stat_result) -> bool:
        if status.st_uid == self.user:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.group:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)


def server_account() -> Account:
    """Whom PostgreSQL runs as. Only root is not itself.

    Raises:
        HubError: root, and the system has no account without rights.
    """
    if sys.platform == "win32" or os.geteuid() != 0:
        return Account()
    import pwd

    for name in _UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise HubError(
        "PostgreSQL does not run as root, and this system has no account without rights to run it"
        " under. Start the program as an ordinary user."
    )


def hubs_folder() -> Path:
    """Where the hubs of this laptop have their data: with the user, where PostgreSQL reaches it."""
    import platformdirs

    folder = platformdirs.user_data_path("checkin-app", appauthor=False) / "hubs"
    return folder if server_account().reaches(folder) else _REACHABLE
