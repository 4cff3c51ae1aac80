"""Names in capitals or lower case → proposals, and the corrections that somebody agreed to.

Nothing is corrected by itself: a window shows the proposals, and whoever looks at them applies
one, some or all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.fold import FROM_DESK
from checkin_app.domain.language.name_case import is_one_case, proposed_name
from checkin_app.domain.ledger import EntryKind
from checkin_app.storage.event_file import EventFile

_REPAIRS_PER_TRANSACTION = 200


@dataclass(frozen=True, slots=True)
class NameRepair:
    """How a person's name is probably written.

    Attributes:
        before, after: the names that would change, by field.
    """

    attendee_id: str
    before: Mapping[str, str]
    after: Mapping[str, str]


def proposals(attendees: Iterable[Attendee], language: str = "") -> tuple[NameRepair, ...]:
    """The repairs that could be made, in the order of the attendees.

    Args:
        language: of the list (BCP 47).
    """
    return tuple(repair for one in attendees if (repair := proposal(one, language)) is not None)


def proposal(attendee: Attendee, language: str = "") -> NameRepair | None:
    """The repair of one person's name; None when it is to be left as it is."""
    first, last = attendee.first_name, attendee.last_name
    if not (is_one_case(first) or is_one_case(last)):
        return None
    proposed = {
        "first_name": proposed_name(first, language, beside=last),
        "last_name": proposed_name(last, language, beside=first),
    }
    after = {field: name for field, name in proposed.items() if name is not None}
    if not after:
        return None
    return NameRepair(attendee.id, {field: getattr(attendee, field) for field in after}, after)


def apply(
    event_file: EventFile, desk_name: str, now: datetime, repairs: Iterable[NameRepair]
) -> int:
    """Correct names as proposed, each as a correction of the desk.

    In short transactions, so that a scan never waits for many of them. Whoever was corrected or
    erased since the proposal was made is left alone.

    Returns:
        How many people were corrected.

    Raises:
        EventFileError: the event file cannot be written.
    """
    waiting = iter(repairs)
    corrected = 0
    while some := tuple(islice(waiting, _REPAIRS_PER_TRANSACTION)):
        with event_file.transaction(desk_name, now) as transaction:
            for repair in some:
                record = transaction.record(repair.attendee_id)
                if record is None or not _is_unchanged(record.attendee, repair):
                    continue
                transaction.append(
                    EntryKind.AMENDED,
                    repair.attendee_id,
                    payload={"changes": dict(repair.after), "source": FROM_DESK},
                )
                corrected += 1
    return corrected


def _is_unchanged(attendee: Attendee, repair: NameRepair) -> bool:
    return all(getattr(attendee, field) == name for field, name in repair.before.items())
