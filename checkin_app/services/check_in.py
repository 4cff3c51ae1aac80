"""The desk: a scan in, an answer out, and the entry durable before the answer is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from checkin_app.domain.admission import (
    Decision,
    Note,
    NoteKind,
    Outcome,
    OutcomeKind,
    badge_notes,
    decide_admission,
)
from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.check_ins import check_in_of
from checkin_app.domain.language.text import clean_line, storable
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.programme import Event
from checkin_app.domain.scan import Repair, Scan, ScanSource
from checkin_app.domain.sharing import looks_like_pairing
from checkin_app.domain.tickets.codes import (
    LONGEST_CODE,
    CodeKind,
    code_readings,
    describe_code,
    is_our_code,
)
from checkin_app.errors import UsageError
from checkin_app.services.clock import utc_now
from checkin_app.services.desk_printing.print_on_arrival import ArrivalPrinting
from checkin_app.services.sharing.exchanging.scan_sharing import ask_hub, give_way
from checkin_app.services.sharing.inbox.alike import are_one_row
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.event_transaction import EventTransaction
from checkin_app.storage.people.register import CodeMatch

if TYPE_CHECKING:
    from checkin_app.services.sharing.exchanging.sharing_thread import SharingThread


@dataclass(frozen=True, slots=True)
class _Reading:
    """The code a scan turned out to hold, and the people it means."""

    code: str
    matches: tuple[CodeMatch, ...] = ()
    repair: Repair | None = None

    @property
    def notes(self) -> tuple[Note, ...]:
        if self.repair is None or not self.repair.layout:
            return ()
        return (Note(NoteKind.REPAIRED, self.repair.layout),)


class CheckInDesk:
    """One desk at one check-in list. Every method is one durable transaction.

    Attributes:
        desk_name: the name that check-ins of this desk carry.
        check_in_list: where a scan counts.
        event: the event, for its days and its time zone.
        printing: lets the badges of those who are let in be printed; None prints none.
        sharing: hands what happens here to the other desks; None where there are none.
    """

    def __init__(
        self,
        event_file: EventFile,
        desk_name: str,
        check_in_list: CheckInList,
        clock: Callable[[], datetime] = utc_now,
        printing: ArrivalPrinting | None = None,
    ) -> None:
        self.desk_name = clean_line(desk_name)
        self.check_in_list = check_in_list
        self.event: Event = event_file.event()
        self.printing = printing
        self.sharing: SharingThread | None = None
        self._file = event_file
        self._clock = clock

    def with_list(self, check_in_list: CheckInList) -> CheckInDesk:
        """The same desk at another check-in list."""
        desk = CheckInDesk(self._file, self.desk_name, check_in_list, self._clock, self.printing)
        return desk.with_sharing(self.sharing)

    def with_sharing(self, sharing: SharingThread | None) -> CheckInDesk:
        """The same desk among others, whose time it goes by. Reads nothing."""
        desk = copy(self)
        desk.sharing = sharing
        return desk

    def _now(self) -> datetime:
        return self._clock() if self.sharing is None else self.sharing.clock()

    def with_printing(self, printing: ArrivalPrinting | None) -> CheckInDesk:
        """The same desk that prints otherwise. Reads nothing."""
        desk = copy(self)
        desk.printing = printing
        return desk

    def handle(self, scan: Scan) -> Outcome:
        """Find the person a code belongs to, judge, record, share, answer."""
        return self._shared(self._judge(scan))

    def _judge(self, scan: Scan) -> Outcome:
        now = self._now()
        with self._file.transaction(self.desk_name, now) as transaction:
            reading = _read(transaction, scan)
            if not reading.matches:
                return self._unknown(transaction, reading, scan)
            people = self._people(transaction, reading)
            if len(people) > 1 and not are_one_row(people):
                return self._ambiguous(transaction, reading, scan, people)
            if people:
                record, present = people[0], self._present(transaction)
                decision = decide_admission(record, self.check_in_list, self.event, present, now)
            else:
                record = _record(transaction, reading.matches[0].attendee_id)
                decision = Decision(OutcomeKind.REVOKED)
            return self._answer(transaction, record, decision, reading, scan.source)

    def check_in(self, attendee_id: str) -> Outcome:
        """Check in a person who was chosen in the search, by the same rules as a scan."""
        now = self._now()
        with self._file.transaction(self.desk_name, now) as transaction:
            record = _record(transaction, attendee_id)
            decision = decide_admission(
                record, self.check_in_list, self.event, self._present(transaction), now
            )
            reading = _Reading(record.attendee.code)
            outcome = self._answer(transaction, record, decision, reading, ScanSource.SEARCH)
        return self._shared(outcome)

    def admit_anyway(self, attendee_id: str, reason: str) -> Outcome:
        """Let a person in against the rules; the reason is recorded.

        Raises:
            UsageError: no reason is given.
        """
        reason = clean_line(reason)
        if not reason:
            raise UsageError("Give a reason for letting this person in.")
        with self._file.transaction(self.desk_name, self._now()) as transaction:
            record = _record(transaction, attendee_id)
            notes = (Note(NoteKind.FORCED, reason), *badge_notes(record))
            decision = Decision(OutcomeKind.ADMITTED, notes)
            reading = _Reading(record.attendee.code)
            outcome = self._answer(
                transaction, record, decision, reading, ScanSource.SEARCH, {"reason": reason}
            )
        return self._shared(outcome)

    def undo(self, attendee_id: str, entry_id: str) -> AttendeeRecord:
        """Take back one check-in. The ledger keeps both the check-in and its undoing.

        Raises:
            UsageError: that check-in does not stand (any more).
        """
        with self._file.transaction(self.desk_name, self._now()) as transaction:
            record = _record(transaction, attendee_id)
            standing = (*record.check_ins.values(), *record.later_check_ins)
            if entry_id not in {check_in.entry_id for check_in in standing}:
                raise UsageError("This check-in was taken back already.")
            # By the record it was written for: the two may be taken apart again.
            transaction.append(
                EntryKind.UNDONE,
                transaction.whose(entry_id),
                self.check_in_list.id,
                {"undoes": entry_id},
            )
            if self.printing is not None:
                self.printing.take_back(transaction, attendee_id)
            return _record(transaction, attendee_id)

    def _shared(self, outcome: Outcome) -> Outcome:
        """The answer after the hub was asked, as long as it may take."""
        if self.sharing is None:
            return outcome
        outcome, earlier = ask_hub(self.sharing, self._file, outcome)
        if earlier is None:
            return outcome
        with self._file.transaction(self.desk_name, self._now()) as transaction:
            outcome = give_way(transaction, outcome, earlier, self.printing)
        self.sharing.wake()
        return outcome

    def _answer(
        self,
        transaction: EventTransaction,
        record: AttendeeRecord,
        decision: Decision,
        reading: _Reading,
        source: ScanSource,
        details: Mapping[str, Any] | None = None,
    ) -> Outcome:
        attendee_id = record.attendee.id
        outcome = Outcome(
            kind=decision.kind,
            code=reading.code,
            list_name=self.check_in_list.name,
            record=record,
            check_in=decision.earlier,
            notes=decision.notes + reading.notes,
        )
        payload = {"source": source.value, **(details or {})}
        if decision.kind is OutcomeKind.ADMITTED:
            entry = transaction.append(
                EntryKind.CHECKED_IN, attendee_id, self.check_in_list.id, payload
            )
            record = _record(transaction, attendee_id)
            prints = self.printing is not None and self.printing.add_job(transaction, record)
            return replace(outcome, record=record, check_in=check_in_of(entry), is_printing=prints)
        payload["outcome"] = decision.kind.value
        transaction.append(EntryKind.REFUSED, attendee_id, self.check_in_list.id, payload)
        return outcome

    def _unknown(self, transaction: EventTransaction, reading: _Reading, scan: Scan) -> Outcome:
        looks_like = describe_code(reading.code)
        self._refuse_nobody(transaction, OutcomeKind.UNKNOWN_CODE, reading.code, scan.source)
        return Outcome(
            kind=OutcomeKind.UNKNOWN_CODE,
            code=reading.code,
            list_name=self.check_in_list.name,
            notes=reading.notes,
            looks_like=looks_like,
        )

    def _people(
        self, transaction: EventTransaction, reading: _Reading
    ) -> tuple[AttendeeRecord, ...]:
        """Whom a code means now: first who is in already, then who was registered first."""
        ids = sorted({match.attendee_id for match in reading.matches if match.current})
        records = [_record(transaction, id_) for id_ in ids]
        return tuple(sorted(records, key=lambda one: self.check_in_list.id not in one.check_ins))

    def _ambiguous(
        self,
        transaction: EventTransaction,
        reading: _Reading,
        scan: Scan,
        people: Sequence[AttendeeRecord],
    ) -> Outcome:
        self._refuse_nobody(transaction, OutcomeKind.AMBIGUOUS, reading.code, scan.source)
        return Outcome(
            kind=OutcomeKind.AMBIGUOUS,
            code=reading.code,
            list_name=self.check_in_list.name,
            notes=reading.notes,
            candidates=tuple(sorted((one.attendee for one in people), key=attrgetter("id"))),
        )

    def _refuse_nobody(
        self, transaction: EventTransaction, kind: OutcomeKind, code: str, source: ScanSource
    ) -> None:
        # A pairing is a secret, and what is written here goes to every desk.
        written = "" if looks_like_pairing(code) else code
        payload = {"outcome": kind.value, "code": written, "source": source.value}
        transaction.append(EntryKind.REFUSED, list_id=self.check_in_list.id, payload=payload)

    def _present(self, transaction: EventTransaction) -> int:
        if self.check_in_list.capacity is None:
            return 0
        return transaction.present_count(self.check_in_list.id)


def _read(transaction: EventTransaction, scan: Scan) -> _Reading:
    """The first reading of a scan that somebody's code answers to; else what it most likely was."""
    text = storable(scan.text[:LONGEST_CODE])
    for code in code_readings(text):
        if matches := transaction.find_code(code):
            return _Reading(code, matches)
    for repair in scan.repairs:
        for code in code_readings(storable(repair.text[:LONGEST_CODE])):
            if matches := transaction.find_code(code):
                return _Reading(code, matches, repair)
    likely = next((r for r in scan.repairs if is_our_code(r.text)), None)
    if likely is not None and describe_code(text) is CodeKind.TEXT:
        return _Reading(likely.text, repair=likely)
    return _Reading(text)


def _record(transaction: EventTransaction, attendee_id: str) -> AttendeeRecord:
    record = transaction.record(transaction.who_stays(attendee_id))
    if record is None:
        raise UsageError("This person is no longer on the list. Search for the name again.")
    return record
