"""One write transaction on an event file: everything that may be written to it, and asked there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.event_document import event_document, list_document
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.programme import Event
from checkin_app.storage.imports.import_undoing import UndoingWrites
from checkin_app.storage.jobs.mail_job_writes import MailJobWrites
from checkin_app.storage.jobs.online_sends import OnlineSendWrites
from checkin_app.storage.jobs.print_job_writes import PrintJobWrites
from checkin_app.storage.jobs.print_runs import run_entry
from checkin_app.storage.kept import keeps
from checkin_app.storage.ledger import new_code
from checkin_app.storage.people import headcount, register
from checkin_app.storage.people.register import CodeMatch
from checkin_app.storage.sharing.merged_people import who_stays, whose
from checkin_app.storage.sharing.sharing_writes import SharingWrites


class EventTransaction(
    SharingWrites, UndoingWrites, PrintJobWrites, MailJobWrites, OnlineSendWrites
):
    """A write transaction that can also ask what a decision needs, in the same moment."""

    def find_code(self, code: str) -> tuple[CodeMatch, ...]:
        """Everybody whom a code means, or once meant."""
        return register.find_code(self._connection, code)

    def who_stays(self, attendee_id: str) -> str:
        """The id of the record that stays of somebody who may have been merged."""
        return who_stays(self._connection, attendee_id)

    def whose(self, entry_id: str) -> str:
        """The id of the record that an entry about somebody was written for."""
        return whose(self._connection, entry_id)

    def unused_code(self) -> str:
        """A code that nobody has or had."""
        return new_code()

    def present_count(self, list_id: str) -> int:
        """How many are in on a check-in list."""
        return headcount.present_count(self._connection, list_id)

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

    def keep_layout(self, name: str, document: Mapping[str, Any] | None) -> None:
        """Keep a badge layout in the event file; None removes it. The latest of a name holds.

        A document equal to the one kept appends nothing.
        """
        self._keep(EntryKind.LAYOUT_KEPT, name, document)

    def keep_stock(self, name: str, document: Mapping[str, Any] | None) -> None:
        """Keep the organiser's own stock in the event file, as ``keep_layout`` does a layout."""
        self._keep(EntryKind.STOCK_KEPT, name, document)

    def keep_mail_text(self, name: str, document: Mapping[str, Any] | None) -> None:
        """Keep what a mail says in the event file, as ``keep_layout`` does a layout."""
        self._keep(EntryKind.MAIL_TEXT_KEPT, name, document)

    def has_run(self, run: str) -> bool:
        """Whether a bulk print of this id is in the ledger."""
        return run_entry(self._connection, run) is not None

    def _keep(self, kind: EntryKind, name: str, document: Mapping[str, Any] | None) -> None:
        if keeps(self._connection, kind, name, document):
            return
        held = {} if document is None else {"document": dict(document)}
        self.append(kind, payload={"name": name, **held})
