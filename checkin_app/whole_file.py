"""Writes files so that nobody ever finds half of one: beside the target, renamed when whole."""

from __future__ import annotations

import errno
import glob
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from checkin_app.errors import CheckinError, UsageError

EVENT_FILE_MARK = b"CHK1"
"""The application id in the header of an event file, at byte 68 of every SQLite file
(https://www.sqlite.org/fileformat.html)."""

_EVENT_FILE_MARK_AT = 68
_NO_SPACE = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EISDIR, errno.ENOTDIR}


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A path to write to, which becomes ``path`` when the block ends without an error.

    A file already at ``path`` is replaced then, and not touched before, unless it is an event
    file: those are never replaced. When the block fails or is interrupted nothing is left behind.

    Raises:
        UsageError: there is an event file at ``path``.
        CheckinError: the disk is full, the folder is missing or read-only, or the target is
            held open by another program (Windows).
    """
    _refuse_event_file(path)
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        yield unfinished
        _flush_to_disk(unfinished)
        unfinished.replace(path)
    except OSError as error:
        raise CheckinError(_explanation(path, error)) from error
    finally:
        # On a stick that was pulled out there is nothing left to tidy.
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def remove_drafts(path: Path) -> None:
    """Remove what a program that was killed left of ``path``: half a file that may name people.

    Only where nobody can be writing this file now.
    """
    # On a disk that may only be read from now on there is nothing more to do.
    with suppress(OSError):
        for draft in path.parent.glob(f".{glob.escape(path.name)}.*.part*"):
            with suppress(OSError):
                draft.unlink()


def _refuse_event_file(path: Path) -> None:
    """A name mistyped or chosen in haste must not cost an event and all its check-ins."""
    with suppress(OSError), path.open("rb") as there:
        head = there.read(_EVENT_FILE_MARK_AT + len(EVENT_FILE_MARK))
        if head.startswith(b"SQLite") and head.endswith(EVENT_FILE_MARK):
            raise UsageError(
                f"{path.name} is an event file and is never overwritten. Choose another name."
            )


def _flush_to_disk(path: Path) -> None:
    """Makes the content durable before the rename, or a power cut could leave an empty file."""
    with path.open("r+b") as handle:
        os.fsync(handle.fileno())


def _explanation(path: Path, error: OSError) -> str:
    if error.errno in _NO_SPACE:
        return f"The disk is full: {path.name} was not written. Free some space and try again."
    if error.errno == errno.ENOENT:
        return f"There is no folder {path.parent} to write {path.name} to. Choose another folder."
    if error.errno in _NOT_ALLOWED:
        return (
            f"{path.name} cannot be written to {path.parent}. Close it in other programs, "
            "or choose another folder."
        )
    return f"{path.name} could not be written. Check the disk or choose another folder."
