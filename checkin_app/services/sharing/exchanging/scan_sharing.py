"""A scan with many desks: decided here at once, and by the hub when it answers in time.

Two desks that read one badge in the same moment both let it in by their own files. Both hand
their entry in; the hub puts them in a row, and whoever comes second there sees the first and takes
the own check-in back before anybody is shown green. A desk that gets no answer in time decides
alone: then both may stand, and the fold of the ledger says which one counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from checkin_app.domain.admission import NoteKind, Outcome, OutcomeKind
from checkin_app.domain.attendee import AttendeeRecord, CheckIn
from checkin_app.domain.ledger import EntryKind
from checkin_app.services.desk_printing.print_on_arrival import ArrivalPrinting
from checkin_app.services.sharing.exchanging.offers import ANSWER_WITHIN_S
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.event_transaction import EventTransaction

if TYPE_CHECKING:
    # The way to the hub is loaded by desks that have one.
    from checkin_app.services.sharing.exchanging.sharing_thread import SharingThread


def ask_hub(
    sharing: SharingThread, event_file: EventFile, outcome: Outcome
) -> tuple[Outcome, CheckIn | None]:
    """What the hub says of an answer that is durable here.

    Returns:
        The answer, which knows whether it is shared, and the check-in of another desk that the
        hub had before; None when there is none.
    """
    check_in, person = outcome.check_in, outcome.attendee
    if outcome.kind is not OutcomeKind.ADMITTED or check_in is None or person is None:
        sharing.wake()
        return outcome, None
    settled = sharing.offer(check_in.entry_id, ANSWER_WITHIN_S)
    if settled is None:
        return replace(outcome, is_shared=False), None
    outcome = replace(outcome, is_shared=True)
    record = event_file.record(person.id)
    if record is None:
        return outcome, None
    return outcome, came_before(record, check_in, settled.number, sharing.number_of)


def came_before(
    record: AttendeeRecord,
    check_in: CheckIn,
    number: int,
    number_of: Callable[[str], int | None],
) -> CheckIn | None:
    """The check-in of another desk to which one has to give way, if any.

    Every desk gives way to numbers below its own only, so of desks that are answered the one with
    the smallest number lets in.

    Args:
        record: what is known with all that the hub had before the check-in.
        number: what the hub gave to it.
        number_of: what the hub gave to an entry of another desk; None where that is not known.
    """
    if check_in.forced_reason:
        return None
    others = [
        other
        for other in (*record.check_ins.values(), *record.later_check_ins)
        if other.list_id == check_in.list_id
        and (before := number_of(other.entry_id)) is not None
        and before < number
    ]
    return min(others, key=attrgetter("entry_id"), default=None)


def give_way(
    transaction: EventTransaction,
    outcome: Outcome,
    earlier: CheckIn,
    printing: ArrivalPrinting | None,
) -> Outcome:
    """Take a check-in back because another desk's came first. Returns the answer to show."""
    assert outcome.check_in is not None
    assert outcome.attendee is not None
    person, list_id = outcome.attendee.id, outcome.check_in.list_id
    transaction.append(EntryKind.UNDONE, person, list_id, {"undoes": outcome.check_in.entry_id})
    transaction.append(
        EntryKind.REFUSED, person, list_id, {"outcome": OutcomeKind.ALREADY_IN.value}
    )
    if printing is not None:
        printing.take_back(transaction, person)
    return replace(
        outcome,
        kind=OutcomeKind.ALREADY_IN,
        record=transaction.record(person),
        check_in=earlier,
        notes=tuple(note for note in outcome.notes if note.kind is NoteKind.ATTENTION),
        is_printing=False,
    )
