"""Registrations made or changed at the desk: walk-ins, corrections, a person's history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from checkin_app.domain.attendee import FIELDS, TEXT_FIELDS, Attendee, AttendeeRecord
from checkin_app.domain.fold import FROM_DESK
from checkin_app.domain.language.search_text import index_words, query_words
from checkin_app.domain.language.text import clean_line
from checkin_app.domain.ledger import Entry, EntryKind, undone_ids
from checkin_app.errors import UsageError
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.register import ListedAttendee

_DUPLICATES_SHOWN = 5
_DUPLICATES_LOOKED_AT = 40
_SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened to a person, and whether it was taken back later."""

    entry: Entry
    undone: bool


def walk_in(
    event_file: EventFile, desk_name: str, now: datetime, fields: Mapping[str, str]
) -> Attendee:
    """Register somebody who is not on the list. Returns the attendee with a fresh code.

    Args:
        fields: text fields of an attendee; a first or a last name is enough.

    Raises:
        UsageError: there is no name.
    """
    cleaned = _cleaned(fields)
    if not any(cleaned.get(name) for name in ("first_name", "last_name")):
        raise UsageError("Type at least a first or a last name.")
    with event_file.transaction(desk_name, now) as transaction:
        nobody = Attendee("", walk_in=True)
        (attendee,) = transaction.register([nobody.with_changes(cleaned)])
    return attendee


def possible_doubles(
    event_file: EventFile, first_name: str, last_name: str, organisation: str = ""
) -> tuple[ListedAttendee, ...]:
    """People on the list who may be the one being typed in, most alike first."""
    name = f"{first_name} {last_name}"
    for text in (f"{name} {organisation}", name, last_name):
        if len(text.strip()) < _SHORTEST_NAME:
            continue
        found = event_file.search(text, _DUPLICATES_LOOKED_AT)
        if found:
            alike = sorted(found, key=lambda listed: not _is_named(listed.attendee, name))
            return tuple(alike[:_DUPLICATES_SHOWN])
    return ()


def _is_named(attendee: Attendee, typed: str) -> bool:
    """Whether every typed word begins a word of the person's name, not just of the employer's."""
    known = index_words(attendee.full_name).split()
    return all(
        any(word.startswith(choice) for choice in choices for word in known)
        for choices in query_words(typed)
    )


def correct(
    event_file: EventFile,
    desk_name: str,
    now: datetime,
    attendee_id: str,
    changes: Mapping[str, str],
) -> AttendeeRecord:
    """Correct fields of an attendee. A newer registration list will not overwrite them.

    Args:
        changes: new values by field name; values that are the same already are ignored.

    Raises:
        UsageError: the person is gone, or no name would be left.
    """
    with event_file.transaction(desk_name, now) as transaction:
        attendee_id = transaction.who_stays(attendee_id)
        record = transaction.record(attendee_id)
        if record is None:
            raise UsageError("This person is no longer on the list. Search for the name again.")
        cleaned = _cleaned(changes)
        really = {k: v for k, v in cleaned.items() if getattr(record.attendee, k) != v}
        if not really:
            return record
        if not record.attendee.with_changes(really).full_name:
            raise UsageError("A name must remain. Type a first or a last name.")
        transaction.append(
            EntryKind.AMENDED, attendee_id, payload={"changes": really, "source": FROM_DESK}
        )
        corrected = transaction.record(attendee_id)
        assert corrected is not None
        return corrected


def history(event_file: EventFile, attendee_id: str) -> tuple[HistoryLine, ...]:
    """All that happened to a person, newest first."""
    entries = event_file.history(attendee_id)
    taken_back = undone_ids(entries)
    return tuple(HistoryLine(entry, entry.id in taken_back) for entry in reversed(entries))


def _cleaned(fields: Mapping[str, str]) -> dict[str, str]:
    unknown = set(fields) - {*TEXT_FIELDS, "status"}
    if unknown:
        raise UsageError(f"There is no field {min(unknown)}. Use one of {', '.join(FIELDS)}.")
    return {name: clean_line(value) for name, value in fields.items()}
