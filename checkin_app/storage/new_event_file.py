"""Makes an event file, whole or not at all: written beside its place and named when finished."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import apsw

from checkin_app.domain.parcels import SignedParcel
from checkin_app.errors import EventFileExists, EventFileUnwritable, HubError
from checkin_app.storage.connections import connect, log_of, translated_errors
from checkin_app.storage.event_transaction import EventTransaction
from checkin_app.storage.schema import bring_up_to_date

_PARCELS_AT_ONCE = 50
_BYTES_AT_ONCE = 6 << 20
"""So that no more than some ten thousand entries are held in memory, whatever is in them."""


def make_event_file(
    path: Path, fill: Callable[[EventTransaction], None], *, desk: str, now: datetime
) -> None:
    """Make an event file whose first entries are what ``fill`` appends.

    Raises:
        EventFileExists: there is something at the path already.
        EventFileUnwritable: the folder is missing or cannot be written to.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        _refuse_existing(path)
        with translated_errors(path):
            _write(draft, fill, desk, now)
        _publish(draft, path)
    except OSError as error:
        raise _no_place(path) from error
    finally:
        for leftover in (draft, *(Path(f"{draft}{end}") for end in ("-wal", "-shm"))):
            # A disk that is read-only or was pulled out has nothing to tidy.
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def fill_with_parcels(
    parcels: Iterable[SignedParcel], event_id: str, hub: str, read_up_to: int
) -> Callable[[EventTransaction], None]:
    """What ``make_event_file`` is given to make a file of what others shared.

    What it gives raises ``HubError`` when they do not describe an event yet.
    """

    def fill(transaction: EventTransaction) -> None:
        waiting = iter(parcels)
        while some := _next_of(waiting):
            transaction.begin_with(some, event_id, hub=hub, read_up_to=read_up_to)
        if not transaction.is_described(event_id):
            raise HubError(
                "The other desks have not shared the event yet. Wait a moment, then join again."
            )

    return fill


def _next_of(waiting: Iterator[SignedParcel]) -> list[SignedParcel]:
    some: list[SignedParcel] = []
    size = 0
    for signed in waiting:
        some.append(signed)
        size += signed.size
        if len(some) == _PARCELS_AT_ONCE or size > _BYTES_AT_ONCE:
            break
    return some


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise EventFileExists(f"{path.name} exists already. Choose another name, or open it.", path)
    if log_of(path).exists():
        # SQLite would read the left log into the new file.
        raise EventFileExists(
            f"{log_of(path).name} is left from an earlier {path.name}. Choose another name.", path
        )


def _no_place(path: Path) -> EventFileUnwritable:
    if not path.parent.is_dir():
        return EventFileUnwritable(
            f"There is no folder {path.parent}. Make it first, or choose another folder.", path
        )
    return EventFileUnwritable(
        f"{path.name} cannot be written to the folder {path.parent}. Choose another folder, or a"
        " shorter name.",
        path,
    )


def _write(draft: Path, fill: Callable[[EventTransaction], None], desk: str, now: datetime) -> None:
    try:
        connection = connect(draft, create=True)
    except (apsw.CantOpenError, apsw.ReadOnlyError) as error:
        raise OSError from error
    try:
        bring_up_to_date(connection)
        connection.execute("BEGIN IMMEDIATE")
        transaction = EventTransaction(connection, desk, now)
        fill(transaction)
        transaction.settle()
        connection.execute("COMMIT")
    finally:
        connection.close()


def _publish(draft: Path, path: Path) -> None:
    """Give the finished file its name without overwriting one that appeared meanwhile."""
    try:
        os.link(draft, path)
    except FileExistsError as error:
        raise EventFileExists(f"{path.name} exists already. Choose another name.", path) from error
    except OSError:
        draft.rename(path)
