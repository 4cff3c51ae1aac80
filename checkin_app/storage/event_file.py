"""The door to an event file: what the rest of the program may ask of it and write to it."""

from __future__ import annotations

import json
import os
import threading
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Self

import apsw

from checkin_app.domain.attendee import Attendee, AttendeeRecord
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.event_document import (
    event_document,
    event_from_document,
    list_document,
    list_from_document,
)
from checkin_app.domain.fold import fold_attendee, is_desk_correction
from checkin_app.domain.ledger import Entry, EntryKind, in_order
from checkin_app.domain.programme import Event
from checkin_app.errors import EventFileError, EventFileExists, EventFileUnwritable
from checkin_app.storage import register
from checkin_app.storage.connections import Connections, connect, log_of, translated_errors
from checkin_app.storage.ledger import LedgerTransaction, entries_of
from checkin_app.storage.projection import number_of
from checkin_app.storage.register import (
    Arrival,
    AttendeeFilter,
    CategoryCount,
    CodeMatch,
    ListedAttendee,
    SortColumn,
)
from checkin_app.storage.rows import ENTRY_COLUMNS, entry_from_row, stored_values
from checkin_app.storage.schema import bring_up_to_date
from checkin_app.storage.search import Search
from checkin_app.storage.verification import Verification, verify


class EventFile:
    """One open event file. May be used from any thread; each has its own connection.

    Every method raises a subclass of ``EventFileError`` when the disk or the file fails.
    """

    def __init__(self, path: Path) -> None:
        """Open an existing event file.

        Raises:
            EventFileMissing, EventFileForeign, EventFileTooNew: it cannot be used.
        """
        self.path = path
        self._connections = Connections(path)
        self._searches = threading.local()

    @staticmethod
    def create(
        path: Path,
        event: Event,
        check_in_lists: Iterable[CheckInList],
        attendees: Iterable[Attendee],
        *,
        desk: str,
        now: datetime,
    ) -> EventFile:
        """Make a new event file, whole or not at all.

        Raises:
            EventFileExists: there is something at the path already.
            EventFileUnwritable: the folder is missing or cannot be written to.
        """
        draft = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            _refuse_existing(path)
            with translated_errors(path):
                _write_new(draft, event, check_in_lists, attendees, desk, now)
            _publish(draft, path)
        except OSError as error:
            raise _no_place(path) from error
        finally:
            for leftover in (draft, *(Path(f"{draft}{end}") for end in ("-wal", "-shm"))):
                # A disk that is read-only or was pulled out has nothing to tidy.
                with suppress(OSError):
                    leftover.unlink(missing_ok=True)
        return EventFile(path)

    def __enter__(self) -> Self:
        """The file, which is closed when the block ends."""
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file in all threads."""
        self._connections.close()

    # Reading

    def event(self) -> Event:
        """The event with its programme."""
        with self._reading() as connection:
            return event_from_document(
                json.loads(connection.execute("SELECT document FROM event").get)
            )

    def check_in_lists(self) -> tuple[CheckInList, ...]:
        """All check-in lists; the first is the registration desk."""
        with self._reading() as connection:
            rows = connection.execute("SELECT id, document FROM check_in_list ORDER BY position")
            return tuple(list_from_document(id_, json.loads(text)) for id_, text in rows)

    def record(self, attendee_id: str) -> AttendeeRecord | None:
        """Everything known about one attendee."""
        with self._reading() as connection:
            return fold_attendee(entries_of(connection, attendee_id))

    def history(self, attendee_id: str) -> tuple[Entry, ...]:
        """All that happened to one attendee, oldest first."""
        with self._reading() as connection:
            return tuple(in_order(entries_of(connection, attendee_id)))

    def ledger(self) -> Iterator[Entry]:
        """All entries of the event, in the order of the clock."""
        with self._reading() as connection:
            for row in connection.execute(f"SELECT {ENTRY_COLUMNS} FROM entry ORDER BY id"):
                yield entry_from_row(row)

    def search(self, text: str, limit: int = 50) -> tuple[ListedAttendee, ...]:
        """People found by the beginnings of any words typed, best first."""
        with self._reading() as connection:
            searcher = getattr(self._searches, "search", None)
            if searcher is None or searcher.connection is not connection:
                searcher = self._searches.search = Search(connection)
            return register.listed_attendees(connection, searcher.numbers(text, limit))

    def matching_numbers(
        self,
        wanted: AttendeeFilter,
        sort: SortColumn = SortColumn.NAME,
        *,
        descending: bool = False,
    ) -> array[int]:
        """Row numbers of the attendees that pass a filter, sorted."""
        with self._reading() as connection:
            return register.matching_numbers(connection, wanted, sort, descending=descending)

    def listed_attendees(self, numbers: Sequence[int]) -> tuple[ListedAttendee, ...]:
        """The table lines of the given row numbers."""
        with self._reading() as connection:
            return register.listed_attendees(connection, numbers)

    def number_of(self, attendee_id: str) -> int | None:
        """The row number of an attendee."""
        with self._reading() as connection:
            return number_of(connection, attendee_id)

    def records(self) -> list[AttendeeRecord]:
        """Every attendee with check-ins and prints, in the order of the list."""
        with self._reading() as connection:
            return register.all_records(connection)

    def as_listed(self) -> dict[str, Attendee]:
        """Those whom a desk corrected, as the registration lists have them, by id."""
        listed: dict[str, Attendee] = {}
        with self._reading() as connection:
            for attendee_id in register.corrected_ids(connection):
                entries = entries_of(connection, attendee_id)
                record = fold_attendee(e for e in entries if not is_desk_correction(e))
                if record is not None:
                    listed[attendee_id] = record.attendee
        return listed

    def replaced_codes(self) -> dict[str, str]:
        """Codes that were replaced, and the ids of the people who had them."""
        with self._reading() as connection:
            return register.replaced_codes(connection)

    def people_mark(self) -> tuple[int, bytes]:
        """A value that changes when anybody is registered or amended, and with no check-in."""
        with self._reading() as connection:
            return register.people_mark(connection)

    def latest_arrivals(self, list_id: str, limit: int = 10) -> tuple[Arrival, ...]:
        """The last people let in on a list, newest first."""
        with self._reading() as connection:
            return register.latest_arrivals(connection, list_id, limit)

    def category_counts(self, list_id: str = "") -> tuple[CategoryCount, ...]:
        """Registered and arrived by category and status, on one list or on any."""
        with self._reading() as connection:
            return register.category_counts(connection, list_id)

    def arrivals_by_minute(
        self, list_id: str = "", since: datetime | None = None
    ) -> tuple[tuple[datetime, int], ...]:
        """Arrivals in each minute (UTC) in which anybody came."""
        with self._reading() as connection:
            return register.arrivals_by_minute(connection, list_id, since)

    def categories(self) -> tuple[str, ...]:
        """All categories in use."""
        with self._reading() as connection:
            return register.categories(connection)

    def verify(self) -> Verification:
        """Check the whole file and refold the ledger."""
        with self._reading() as connection:
            return verify(connection)

    def change_counter(self) -> tuple[int, int]:
        """A value that is different after any change by any process; cheap to ask."""
        with self._reading() as connection:
            return int(connection.pragma("data_version")), connection.total_changes()

    # Writing

    @contextmanager
    def transaction(self, desk: str, now: datetime) -> Iterator[EventTransaction]:
        """One write transaction. When the block ends well, all it appended is durable."""
        with translated_errors(self.path):
            try:
                connection = self._connections.get()
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield EventTransaction(connection, desk, now)
                    self._connections.check_present()
                    connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
            except (EventFileError, apsw.Error):
                self._connections.reset()
                raise

    @contextmanager
    def _reading(self) -> Iterator[apsw.Connection]:
        with translated_errors(self.path), stored_values():
            yield self._connections.get()


class EventTransaction(LedgerTransaction):
    """A write transaction that can also ask what a decision needs, in the same moment."""

    def find_code(self, code: str) -> tuple[CodeMatch, ...]:
        """Everybody whom a code means, or once meant."""
        return register.find_code(self._connection, code)

    def present_count(self, list_id: str) -> int:
        """How many are in on a check-in list."""
        return register.present_count(self._connection, list_id)

    def describe_event(self, event: Event) -> None:
        """Store the event and its programme."""
        self.append(EntryKind.EVENT_DESCRIBED, payload=event_document(event))

    def describe_list(self, check_in_list: CheckInList) -> None:
        """Store a check-in list, new or changed."""
        self.append(
            EntryKind.LIST_DESCRIBED,
            list_id=check_in_list.id,
            payload=list_document(check_in_list),
        )


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


def _write_new(
    draft: Path,
    event: Event,
    check_in_lists: Iterable[CheckInList],
    attendees: Iterable[Attendee],
    desk: str,
    now: datetime,
) -> None:
    try:
        connection = connect(draft, create=True)
    except (apsw.CantOpenError, apsw.ReadOnlyError) as error:
        raise OSError from error
    try:
        bring_up_to_date(connection)
        connection.execute("BEGIN IMMEDIATE")
        transaction = EventTransaction(connection, desk, now)
        transaction.describe_event(event)
        for check_in_list in check_in_lists:
            transaction.describe_list(check_in_list)
        transaction.register_many(tuple(attendees))
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
