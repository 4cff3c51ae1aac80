"""Connections to one event file: one a thread, and the driver's errors in our words."""

from __future__ import annotations

import os
import struct
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import apsw

from checkin_app.errors import (
    EventFileError,
    EventFileForeign,
    EventFileMissing,
    EventFileTooNew,
    EventFileUnwritable,
)
from checkin_app.storage.log_moving import LogMoving
from checkin_app.storage.rows import StoredValueBroken
from checkin_app.storage.schema import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    bring_up_to_date,
    file_version,
)
from checkin_app.storage.turns import Turns

BUSY_TIMEOUT_MS = 20_000
"""How long a connection waits for another program that writes to the file."""

_HEADER_BYTES = 100
_MAGIC = b"SQLite format 3\x00"
_QUICK_CHECK_BYTES = 16 * 1024 * 1024
"""Files up to this size are checked whole when they are opened; that takes milliseconds."""

Identity = tuple[int, int]
"""What tells a file from another of the same name: its disk and its number there."""


class Connections:
    """The connections of this process to one event file, opened when a thread first asks."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._turns = Turns()
        self._local = threading.local()
        self._open: list[apsw.Connection] = []
        self._generation = 0
        self._check_content()

    def get(self) -> apsw.Connection:
        """The connection of the calling thread."""
        generation = self._generation
        if getattr(self._local, "generation", None) != generation:
            self._local.connection, self._local.identity = self._connect()
            self._local.log = LogMoving(self._local.connection)
            self._local.generation = generation
        connection: apsw.Connection = self._local.connection
        return connection

    def leave_log(self, *, is_left: bool) -> None:
        """Whether the next commits of this thread leave the log for ``move_log``."""
        self._local.log.leave(is_left=is_left)

    def move_log(self) -> None:
        """Move what this thread left in the log, if it is much."""
        self._local.log.move_what_was_left(self._local.connection)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The turn of this thread to write. Other programs still wait in SQLite's own way.

        Raises:
            apsw.BusyError: other threads have been writing for too long.
        """
        with ExitStack() as stack:
            try:
                stack.enter_context(self._turns.turn(BUSY_TIMEOUT_MS / 1000))
            except TimeoutError as error:
                raise apsw.BusyError from error
            yield

    def check_present(self) -> None:
        """Refuse to acknowledge a commit to a file that is no longer at its path.

        A deleted or unplugged file would otherwise go on living without a name and take the
        check-ins with it.

        Raises:
            EventFileUnwritable: the file has vanished or was replaced.
        """
        if not self._is_still_there():
            raise _vanished(self.path)

    def reset(self) -> None:
        """Open the file anew at the next use, for example when it is back after an unplug.

        While it is still the same file only the calling thread does so: what others read of it
        goes on, for nothing has happened to them.
        """
        with self._lock:
            if self._is_still_there():
                self._local.generation = None
                self._close(self._local.connection)
            else:
                self._close(*self._open)
                self._generation += 1

    def close(self) -> None:
        """Close all connections; those in use by another thread end with that thread's work."""
        with self._lock:
            self._close(*self._open)

    def _is_still_there(self) -> bool:
        """Whether the file that the calling thread has open is at its path."""
        try:
            return _identity(self.path) == getattr(self._local, "identity", None)
        except OSError:
            return False

    def _close(self, *connections: apsw.Connection) -> None:
        for connection in connections:
            try:
                connection.close()
            except (apsw.ThreadingViolationError, apsw.BusyError):
                connection.interrupt()
        self._open = [one for one in self._open if one not in connections]

    def _connect(self) -> tuple[apsw.Connection, Identity]:
        with self._lock:
            identity = check_header(self.path)
            with translated_errors(self.path):
                connection = connect(self.path)
                with closed_if_refused(connection, self.path):
                    if file_version(connection) > SCHEMA_VERSION:
                        raise _too_new(self.path)
                    bring_up_to_date(connection)
            self._open.append(connection)
        return connection, identity

    def _check_content(self) -> None:
        """Look through the whole of a small file once; refused, it is left as it is."""
        connection = self.get()
        if self.path.stat().st_size > _QUICK_CHECK_BYTES:
            return
        with translated_errors(self.path), closed_if_refused(connection, self.path):
            if connection.pragma("quick_check") != "ok":
                raise _damaged(self.path)


def connect(path: Path, *, create: bool = False) -> apsw.Connection:
    """A connection with the settings that make an acknowledged commit durable."""
    flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if create else 0)
    connection = apsw.Connection(str(path), flags=flags)
    with closed_if_refused(connection, path):
        connection.set_busy_timeout(BUSY_TIMEOUT_MS)
        connection.pragma("journal_mode", "WAL")
        connection.pragma("synchronous", "FULL")
        connection.pragma("cache_size", -16_000)
        connection.pragma("temp_store", "MEMORY")
    return connection


@contextmanager
def closed_if_refused(connection: apsw.Connection, path: Path) -> Iterator[None]:
    """When the block fails, close the connection and leave the file as it was found.

    The last connection to close would write the log beside the file into it and remove the log.
    """
    has_log = log_of(path).exists() and log_of(path).stat().st_size > 0
    try:
        yield
    except BaseException:
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, int(has_log))
        connection.close()
        raise


def check_header(path: Path) -> Identity:
    """Look at a file without opening it as a database, so that a foreign one stays untouched.

    Returns what identifies the file on its disk.

    Raises:
        EventFileMissing, EventFileForeign, EventFileTooNew: it cannot be used.
    """
    try:
        identity = _identity(path)
        header = _first_bytes(path)
    except FileNotFoundError as error:
        raise EventFileMissing(
            f"There is no event file {path.name}. Check the name, or plug the stick in again.",
            path,
        ) from error
    except (OSError, UnicodeEncodeError, apsw.Error) as error:
        raise EventFileError(
            f"{path.name} cannot be read. Is it a folder, or locked by another user?", path
        ) from error
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise EventFileForeign(f"{path.name} is not an event file. Choose a .checkin file.", path)
    (page_size,) = struct.unpack(">H", header[16:18])
    (pages,) = struct.unpack(">I", header[28:32])
    version, application = struct.unpack(">I4xI", header[60:72])
    if application != APPLICATION_ID:
        raise EventFileForeign(
            f"{path.name} belongs to another program. Choose a .checkin file.", path
        )
    if version > SCHEMA_VERSION:
        raise _too_new(path)
    whole = pages * (65536 if page_size == 1 else page_size)
    if path.stat().st_size < whole and not log_of(path).exists():
        raise _damaged(path)
    return identity


def _first_bytes(path: Path) -> bytes:
    """The header of a database file, read through the driver.

    Closing the file in any other way would take from this process the locks that other
    connections hold on it (https://www.sqlite.org/howtocorrupt.html, section 2.2).
    """
    file = apsw.VFSFile("", str(path), [apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_READONLY, 0])
    try:
        return file.xRead(_HEADER_BYTES, 0)
    finally:
        file.xClose()


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """The driver's errors as ours, with the words for the person at the desk."""
    try:
        yield
    except (apsw.CorruptError, apsw.NotADBError, StoredValueBroken) as error:
        raise _damaged(path) from error
    except apsw.FullError as error:
        raise EventFileUnwritable(
            "The disk is full. Nothing was stored: free some space and try again.", path
        ) from error
    except apsw.ReadOnlyError as error:
        raise _read_only(path) from error
    except apsw.BusyError as error:
        raise EventFileUnwritable(
            f"{path.name} is in use by another program for too long. Try again.", path
        ) from error
    except (apsw.ConnectionClosedError, apsw.CursorClosedError, apsw.InterruptError) as error:
        raise EventFileUnwritable(
            f"{path.name} had to be opened anew. Nothing was stored: try again.", path
        ) from error
    except (apsw.IOError, apsw.CantOpenError) as error:
        if path.parent.is_dir() and not os.access(path.parent, os.W_OK):
            raise _read_only(path) from error
        raise EventFileUnwritable(
            f"{path.name} cannot be reached. Nothing was stored: is the disk still plugged in,"
            " and does it have space? Try again.",
            path,
        ) from error


def log_of(path: Path) -> Path:
    """The file beside an event file that holds what is not yet written into it."""
    return path.with_name(f"{path.name}-wal")


def _identity(path: Path) -> Identity:
    status = os.stat(path)  # noqa: PTH116 - called for every commit, and Path.stat is slower
    return status.st_dev, status.st_ino


def _read_only(path: Path) -> EventFileUnwritable:
    return EventFileUnwritable(
        f"{path.name} is read-only. Nothing was stored: copy it to a folder where you may"
        " write, and open the copy.",
        path,
    )


def _vanished(path: Path) -> EventFileUnwritable:
    return EventFileUnwritable(
        f"{path.name} is no longer where it was. Nothing was stored: plug the disk in again or"
        " put the file back, and try again.",
        path,
    )


def _too_new(path: Path) -> EventFileTooNew:
    return EventFileTooNew(
        f"{path.name} was made by a newer version of this program. Install that version.", path
    )


def _damaged(path: Path) -> EventFileForeign:
    return EventFileForeign(
        f"{path.name} is damaged and was left as it is. Open your latest copy of it.", path
    )
