"""The door to an event file: what the rest of the program may ask of it and write to it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import apsw

from checkin_app.domain.attendee import Attendee, AttendeeRecord
from checkin_app.domain.badges.badge_prints import PrintRun, RunPlace
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.event_document import event_from_document, list_from_document
from checkin_app.domain.ledger import Entry, EntryKind, in_order
from checkin_app.domain.parcels import SignedParcel
from checkin_app.domain.programme import Event
from checkin_app.errors import EventFileError
from checkin_app.storage.connections import Connections, translated_errors
from checkin_app.storage.event_transaction import EventTransaction
from checkin_app.storage.imports.imports import Imports
from checkin_app.storage.jobs.mail_jobs import MailJobs
from checkin_app.storage.jobs.online_sends import OnlineSends
from checkin_app.storage.jobs.print_jobs import PrintJobs
from checkin_app.storage.jobs.print_runs import last_runs, run_places
from checkin_app.storage.kept import kept_documents, last_description
from checkin_app.storage.new_event_file import fill_with_parcels, make_event_file
from checkin_app.storage.people import register
from checkin_app.storage.people.dashboard_counts import Numbers
from checkin_app.storage.people.people_reading import PeopleReading
from checkin_app.storage.people.register import (
    ListedAttendee,
)
from checkin_app.storage.people.register_reading import RegisterReading
from checkin_app.storage.people.search import Search
from checkin_app.storage.privacy.erasures import Erasures, refuse_closed
from checkin_app.storage.rows import ENTRY_COLUMNS, entry_from_row, stored_values
from checkin_app.storage.sharing.inbox import Inbox
from checkin_app.storage.sharing.merged_people import entries_of, entries_of_doubles, fold_person
from checkin_app.storage.sharing.shared_ledger import SharedLedger
from checkin_app.storage.verification import Verification, verify


class EventFile(RegisterReading):
    """One open event file. May be used from any thread; each has its own connection.

    Every method raises a subclass of ``EventFileError`` when the disk or the file fails.

    Attributes:
        print_jobs: the badges on their way to the printers of desks.
        numbers: the sums that the dashboard shows.
        people: everybody in turn, for the lists that leave the program.
        mail_jobs: the tickets on their way to people's mailboxes.
        online_sends: the check-ins that a registration system on the web was told of.
        erasures: whether people or everybody were erased, and whether to the end.
        imports: which registration lists were imported, and what the next one is compared with.
        inbox: who was let in twice, who was merged, who may be registered twice.
        sharing: which entries were shared with other desks, and what is known of those.
    """

    def __init__(self, path: Path) -> None:
        """Open an existing event file.

        Raises:
            EventFileMissing, EventFileForeign, EventFileTooNew: it cannot be used.
        """
        self.path = path
        self._connections = Connections(path)
        self._searches = threading.local()
        self.print_jobs = PrintJobs(self._reading)
        self.numbers = Numbers(self._reading)
        self.people = PeopleReading(self._reading)
        self.mail_jobs = MailJobs(self._reading)
        self.online_sends = OnlineSends(self._reading)
        self.erasures = Erasures(self._reading, path)
        self.imports = Imports(self._reading)
        self.inbox = Inbox(self._reading)
        self.sharing = SharedLedger(self._reading)

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

        def fill(transaction: EventTransaction) -> None:
            transaction.describe_event(event)
            for check_in_list in check_in_lists:
                transaction.describe_list(check_in_list)
            transaction.register_many(tuple(attendees))

        make_event_file(path, fill, desk=desk, now=now)
        return EventFile(path)

    @staticmethod
    def create_from(
        path: Path,
        parcels: Iterable[SignedParcel],
        *,
        desk: str,
        now: datetime,
        event_id: str = "",
        hub: str = "",
        read_up_to: int = 0,
    ) -> EventFile:
        """Make a new event file of what others shared, whole or not at all.

        Args:
            parcels: any order; taken one after another, so that whoever gives them can tell how
                far it is.
            event_id: which event it is, where that is known; nothing older than it is taken.
            hub: where they come from, read up to number ``read_up_to``.

        Raises:
            EventFileExists, EventFileUnwritable: as ``create``.
            HubError: they do not describe an event yet.
        """
        fill = fill_with_parcels(parcels, event_id, hub, read_up_to)
        make_event_file(path, fill, desk=desk, now=now)
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
            return fold_person(connection, attendee_id)

    def history(self, attendee_id: str) -> tuple[Entry, ...]:
        """All that happened to one attendee, oldest first."""
        with self._reading() as connection:
            own = entries_of(connection, attendee_id)
            return tuple(in_order((*own, *entries_of_doubles(connection, attendee_id))))

    def ledger(self) -> Iterator[Entry]:
        """All entries of the event, in the order of the clock."""
        with self._reading() as connection:
            for row in connection.execute(f"SELECT {ENTRY_COLUMNS} FROM entry ORDER BY id"):
                yield entry_from_row(row)

    def find_code(self, code: str) -> tuple[register.CodeMatch, ...]:
        """Everybody whom a code means, or once meant."""
        with self._reading() as connection:
            return register.find_code(connection, code)

    def search(self, text: str, limit: int = 50) -> tuple[ListedAttendee, ...]:
        """People found by the beginnings of any words typed, best first."""
        with self._reading() as connection:
            searcher = getattr(self._searches, "search", None)
            if searcher is None or searcher.connection is not connection:
                searcher = self._searches.search = Search(connection)
            return register.listed_attendees(connection, searcher.numbers(text, limit))

    def records(self) -> list[AttendeeRecord]:
        """Every attendee with check-ins and prints, in the order of the list."""
        return list(self.people.records())

    def description_mark(self) -> bytes:
        """A value that changes when the event, a layout, stock or a bulk print is described."""
        with self._reading() as connection:
            return last_description(connection)

    def kept_layouts(self) -> dict[str, dict[str, Any]]:
        """The badge layouts that the event file keeps, name → document, sorted by name."""
        with self._reading() as connection:
            return kept_documents(connection, EntryKind.LAYOUT_KEPT)

    def kept_stock(self) -> dict[str, dict[str, Any]]:
        """The organiser's own stock, name → document, sorted by name."""
        with self._reading() as connection:
            return kept_documents(connection, EntryKind.STOCK_KEPT)

    def last_runs(self, limit: int = 10) -> tuple[PrintRun, ...]:
        """The latest bulk prints, newest first."""
        with self._reading() as connection:
            return last_runs(connection, limit)

    def run_places(self, run: str) -> tuple[RunPlace, ...]:
        """Who lay where on the sheets of a bulk print; empty when it is not known."""
        with self._reading() as connection:
            return run_places(connection, run)

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
    def transaction(
        self,
        desk: str,
        now: datetime,
        *,
        even_closed: bool = False,
        comes_again: bool = False,
    ) -> Iterator[EventTransaction]:
        """One write transaction. When the block ends well, all it appended is durable.

        Args:
            even_closed: for what other desks recorded, which is stored without personal data.
            comes_again: for what a power cut may take away, because the hub gives it again. It
                is on the disk with the next transaction of any other kind.

        Raises:
            EventClosed: the event was closed.
        """
        with translated_errors(self.path), self._connections.turn():
            try:
                connection = self._connections.get()
                connection.pragma("synchronous", "NORMAL" if comes_again else "FULL")
                self._connections.leave_log(is_left=comes_again)
                connection.execute("BEGIN IMMEDIATE")
                try:
                    if not even_closed:
                        refuse_closed(connection)
                    transaction = EventTransaction(connection, desk, now)
                    yield transaction
                    transaction.settle()
                    self._connections.check_present()
                    connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
            except (EventFileError, apsw.Error):
                self._connections.reset()
                raise
        if comes_again:
            # Others may write meanwhile.
            self._connections.move_log()

    @contextmanager
    def _reading(self) -> Iterator[apsw.Connection]:
        with translated_errors(self.path), stored_values():
            yield self._connections.get()
