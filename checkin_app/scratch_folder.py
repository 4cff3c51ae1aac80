"""Folders for files on their way, which may name people: gone with the program, even if killed.

A program that is killed tidies nothing. So beside each folder lies a file that its program keeps
locked for as long as it lives; a folder whose lock nobody holds was abandoned, and is removed by
whoever needs such a folder next, opens the window or erases data.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from checkin_app.errors import CheckinError
from checkin_app.file_lock import hold

_PREFIX = "checkin-app-scratch-"
_LOCK, _FILES = "in-use", "files"
_TRIES = 3


class ScratchFolder:
    """A new, empty folder that only this user may read.

    It is there until ``remove`` is called, the object is let go of, or the program ends.

    Attributes:
        path: of the folder.
    """

    def __init__(self) -> None:
        """Make it, and remove those that were abandoned.

        Raises:
            CheckinError: the system's folder for temporary files cannot be written to.
        """
        remove_abandoned()
        try:
            holder, lock = _locked_folder()
            self.path = holder / _FILES
            self.path.mkdir()
        except OSError as error:
            raise CheckinError(
                "There is no room for temporary files. Free some space on the system's disk and"
                " try again."
            ) from error
        self._end = weakref.finalize(self, _remove, holder, lock)

    def __enter__(self) -> Self:
        """The folder, which is removed when the block ends."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.remove()

    def remove(self) -> None:
        """Remove the folder and all that is in it."""
        self._end()


def remove_abandoned() -> None:
    """Remove the folders of this user that belong to no program any more."""
    for folder in _folders():
        lock = _lock_if_free(folder)
        if lock is not None:
            _remove(folder, lock)


def _locked_folder() -> tuple[Path, IO[bytes]]:
    for _ in range(_TRIES):
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        (folder / _LOCK).touch()
        lock = _lock_if_free(folder)
        if lock is not None and (folder / _LOCK).exists():
            return folder, lock
        # Another program found it in the moment in which nobody held it, and removed it.
    raise OSError("Nobody lets this program have a folder.")


def _folders() -> Iterator[Path]:
    """Those of this user; a link, or a folder that somebody else put there, is none."""
    with suppress(OSError):
        for found in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            with suppress(OSError):
                status = found.lstat()
                is_own = not hasattr(os, "getuid") or status.st_uid == os.getuid()
                if is_own and stat.S_ISDIR(status.st_mode):
                    yield found


def _lock_if_free(folder: Path) -> IO[bytes] | None:
    """The lock of a folder, now held by this program; None where another holds it."""
    try:
        lock = (folder / _LOCK).open("r+b")
    except OSError:
        return None
    if not hold(lock):
        lock.close()
        return None
    return lock


def _remove(folder: Path, lock: IO[bytes]) -> None:
    """The lock last: until then the folder is known as abandoned if this is cut short.

    What another program still reads stays, on Windows, for the next time.
    """
    shutil.rmtree(folder / _FILES, ignore_errors=True)
    lock.close()
    if not (folder / _FILES).exists():
        shutil.rmtree(folder, ignore_errors=True)
