"""A new code in the place of one that was lost, passed on or photographed."""

from __future__ import annotations

from datetime import datetime

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.language.text import clean_line
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.tickets.codes import code_readings
from checkin_app.errors import UsageError
from checkin_app.storage.event_file import EventFile


def replace_code(
    event_file: EventFile, desk: str, now: datetime, attendee_id: str, reason: str = ""
) -> AttendeeRecord:
    """Give a person a new code. The old one is revoked: a desk that scans it says whose it was.

    A registration list that still has the old code does not bring it back.

    Args:
        reason: why, as the person's history shows it; may be empty.

    Raises:
        UsageError: the person is gone, or was erased.
        EventFileError: the file cannot be written.
    """
    reason = clean_line(reason)
    with event_file.transaction(desk, now) as transaction:
        attendee_id = transaction.who_stays(attendee_id)
        record = transaction.record(attendee_id)
        if record is None or record.is_erased:
            raise UsageError("This person is no longer on the list. Search for the name again.")
        payload = {"code": transaction.unused_code(), **({"reason": reason} if reason else {})}
        transaction.append(EntryKind.CODE_REPLACED, attendee_id, payload=payload)
        replaced = transaction.record(attendee_id)
        assert replaced is not None
        return replaced


def person_of(event_file: EventFile, code_or_id: str) -> str:
    """The id of the one person whom a code, an old code or an id means.

    Raises:
        UsageError: it means nobody, or several.
    """
    people = people_of(event_file, code_or_id)
    if len(people) == 1:
        return people.pop()
    if people:
        raise UsageError(
            f"“{code_or_id}” is the code of several people. Name the id of the one that is meant."
        )
    raise UsageError(
        f"“{code_or_id}” is nobody's code or id. “checkin-app find” says what people have."
    )


def people_of(event_file: EventFile, code_or_id: str) -> set[str]:
    """Ids of everybody whom a code, an old code or an id means."""
    for code in code_readings(code_or_id):
        matches = event_file.find_code(code)
        if matches:
            holders = {match.attendee_id for match in matches if match.current}
            return holders or {match.attendee_id for match in matches}
    wanted = code_or_id.strip().lower()
    is_id = len(wanted) == 32 and set(wanted) <= set("0123456789abcdef")
    return {wanted} if is_id and event_file.history(wanted) else set()
