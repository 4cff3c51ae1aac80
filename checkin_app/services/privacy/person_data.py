"""One person's data: everything the event file holds of somebody, shown, handed out and erased."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from checkin_app.domain.attendee import TEXT_FIELDS, Attendee, AttendeeRecord
from checkin_app.domain.event_document import iso_utc
from checkin_app.domain.fold import fold_attendee
from checkin_app.domain.language.search_text import fold
from checkin_app.domain.language.spoken_dates import day_text, time_text
from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.domain.programme import Event
from checkin_app.errors import UsageError
from checkin_app.services.clock import utc_now
from checkin_app.services.mail.new_codes import people_of, person_of
from checkin_app.services.wording import Translate, entry_sentence
from checkin_app.storage.event_file import EventFile
from checkin_app.whole_file import whole_file

_GONE = "There is nobody of this id in the event. Search for the name again."
_REMOVED = "no: removed when an import was undone"


@dataclass(frozen=True, slots=True)
class PersonData:
    """All that an event file holds of one person.

    Attributes:
        history: everything that happened, oldest first.
        refused_codes: refusals of a code that was the person's, or the person's contact card.
        desk_rows: what desks hold: the print queue, mails, table by table.
        in_programme: sessions that name the person; they are not erased with the person.
        list_names: of the check-in lists, by id.
        is_removed: the person vanished when an import was undone; the record is what it was.
    """

    event: Event
    record: AttendeeRecord
    history: tuple[Entry, ...]
    refused_codes: tuple[Entry, ...]
    desk_rows: Mapping[str, list[dict[str, Any]]]
    in_programme: tuple[str, ...]
    list_names: Mapping[str, str]
    is_removed: bool = False


def find_person(event_file: EventFile, code_or_id: str) -> str:
    """The id of the one person whom a code, an old code or an id means.

    Somebody who vanished when an import was undone is found as well, also by e-mail address:
    the ledger still tells of them.

    Raises:
        UsageError: it means nobody, or several.
    """
    removed = event_file.erasures.removed_people(code_or_id)
    if not removed or people_of(event_file, code_or_id):
        return person_of(event_file, code_or_id)
    if len(removed) > 1:
        raise UsageError(
            f"“{code_or_id}” means several entries of people who were removed when an import was"
            f" undone. Name one of these ids: {', '.join(removed)}."
        )
    return removed[0]


def person_data(event_file: EventFile, attendee_id: str) -> PersonData:
    """Read everything about one person.

    Raises:
        UsageError: nobody has this id.
        EventFileError: the file cannot be read.
    """
    history = event_file.history(attendee_id)
    if not history:
        raise UsageError(_GONE)
    standing = event_file.record(attendee_id)
    record = standing or _last_known(attendee_id, history)
    event = event_file.event()
    return PersonData(
        event=event,
        record=record,
        history=history,
        refused_codes=event_file.erasures.refused_codes_of(history),
        desk_rows=event_file.erasures.desk_rows(attendee_id),
        in_programme=_in_programme(event, record.attendee.full_name),
        list_names={one.id: one.name for one in event_file.check_in_lists()},
        is_removed=standing is None,
    )


def erase_person(event_file: EventFile, desk: str, now: datetime, attendee_id: str) -> None:
    """Erase one person for good. What counts stays: category, status, times of check-ins.

    Raises:
        UsageError: nobody has this id.
        EventClosed: everybody was erased already.
        EventFileError: the file cannot be written; nobody was erased.
        ErasureUnfinished: the data are erased, but traces may still lie on the disk.
    """
    with event_file.transaction(desk, now) as transaction:
        transaction.erase_person(attendee_id)
    event_file.erasures.finish()


def field_lines(data: PersonData, translate: Translate = str) -> list[tuple[str, str]]:
    """The person's data as lines of a name and a content; what is empty is left out."""
    person = data.record.attendee
    lines = [
        (translate("Code"), person.code),
        *((name.replace("_", " ").capitalize(), getattr(person, name)) for name in TEXT_FIELDS),
        (translate("Status"), person.status.value),
        (translate("On the list"), translate(_REMOVED) if data.is_removed else ""),
        *person.extra.items(),
        *((translate("Earlier code"), code) for code in data.record.revoked_codes),
        *((translate("In the programme"), session) for session in data.in_programme),
    ]
    return [(name, content) for name, content in lines if content]


def history_lines(data: PersonData, translate: Translate = str) -> list[tuple[str, str, str]]:
    """What happened, as lines of a time at the venue, a desk and a sentence; oldest first."""
    names = dict(data.list_names)
    entries = sorted((*data.history, *data.refused_codes), key=lambda entry: entry.id)
    return [
        (
            _when(data.event, entry.at),
            entry.desk,
            ". ".join(filter(None, (entry_sentence(entry, names, translate), _details(entry)))),
        )
        for entry in entries
    ]


def person_document(data: PersonData) -> dict[str, Any]:
    """Everything about one person as JSON values, times in UTC."""
    person = data.record.attendee
    return {
        "event": data.event.name,
        "exported_at": iso_utc(utc_now()),
        "attendee": {
            "id": person.id,
            "code": person.code,
            **{name: getattr(person, name) for name in TEXT_FIELDS},
            "status": person.status.value,
            "extra": dict(person.extra),
            "walk_in": person.walk_in,
            "erased": data.record.is_erased,
            "removed": data.is_removed,
        },
        "earlier_codes": {code: iso_utc(at) for code, at in data.record.revoked_codes.items()},
        "history": [_entry_document(entry, data.list_names) for entry in data.history],
        "refused_codes": [_entry_document(entry, data.list_names) for entry in data.refused_codes],
        "at_desks": dict(data.desk_rows),
        "in_programme": list(data.in_programme),
    }


def write_person(data: PersonData, path: Path) -> None:
    """Write everything about one person, for programs (.json) or for the person (.pdf).

    Raises:
        UsageError: another ending.
        CheckinError: the file cannot be written.
    """
    match path.suffix.lower():
        case ".json":
            text = json.dumps(person_document(data), ensure_ascii=False, indent=2)
            with whole_file(path) as unfinished:
                unfinished.write_text(text, encoding="utf-8")
        case ".pdf":
            _write_pdf(data, path)
        case _:
            raise UsageError("A person's data are written as .pdf or .json. Choose such a name.")


def _write_pdf(data: PersonData, path: Path) -> None:
    from checkin_app.reports.person_sheet import write_person_sheet

    write_person_sheet(
        path,
        data.event,
        data.record.attendee.full_name,
        field_lines(data),
        history_lines(data),
        utc_now(),
    )


def _when(event: Event, at: datetime) -> str:
    local = event.local(at)
    return f"{day_text(local)}, {time_text(local)}"


def _last_known(attendee_id: str, history: Sequence[Entry]) -> AttendeeRecord:
    """What was known of somebody before the import that registered them was undone."""
    registrations = {entry.id for entry in history if entry.kind is EntryKind.REGISTERED}
    before = [entry for entry in history if entry.payload.get("undoes") not in registrations]
    return fold_attendee(before) or AttendeeRecord(Attendee(attendee_id))


def _in_programme(event: Event, name: str) -> tuple[str, ...]:
    wanted = fold(name)
    if not wanted:
        return ()
    return tuple(
        session.title
        for session in event.sessions
        if any(
            fold(person.name) == wanted
            for person in (*session.people, *(p for talk in session.talks for p in talk.people))
        )
    )


def _details(entry: Entry) -> str:
    """What an entry holds beside what its sentence says, for a person to read."""
    payload = entry.payload
    changed: Mapping[str, Any] = payload.get("changes") or payload.get("attendee") or {}
    told = [f"{name.replace('_', ' ')}: {_plain(value)}" for name, value in changed.items()]
    shown: Sequence[str] = ("code", "reason", "tray", "source")
    told += [f"{name}: {payload[name]}" for name in shown if payload.get(name)]
    return "; ".join(told)


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {text}" for name, text in value.items())
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _entry_document(entry: Entry, list_names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "at": iso_utc(entry.at),
        "desk": entry.desk,
        "what": entry.kind.value,
        "list": list_names.get(entry.list_id, entry.list_id),
        "details": dict(entry.payload),
    }
