"""Certificates of attendance for those who came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from checkin_app.badges.certificates import CertificatePress
from checkin_app.badges.layouts.built_in import certificate_layout, read_layout
from checkin_app.badges.text.font_files import own_fonts_folder
from checkin_app.domain.attendee import Attendee, AttendeeRecord
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.language.collation import SortKey, person_sort_key
from checkin_app.domain.language.spoken_dates import day_text, time_text
from checkin_app.domain.programme import Event
from checkin_app.errors import Cancelled, CheckinError, UsageError
from checkin_app.reports.pages_file import WHOLE, Writing
from checkin_app.services.attendance import has_arrived
from checkin_app.services.clock import utc_now
from checkin_app.services.documents.attendance_documents import event_days
from checkin_app.services.documents.person_file_names import person_file_names
from checkin_app.storage.event_file import EventFile

_LARGEST_SIGNATURE_BYTES = 20_000_000
_BETWEEN_SESSIONS = " · "


@dataclass(frozen=True, slots=True)
class CertificateChoices:
    """What certificates look like and whose they are.

    Attributes:
        check_in_list: for those who came there; None: for those who came at all.
        layout: a layout file (.toml); None: the program's.
        signature: a picture of the signature (SVG, PNG or JPEG).
        signed_by: who signs: name and position.
    """

    check_in_list: CheckInList | None = None
    layout: Path | None = None
    signature: Path | None = None
    signed_by: str = ""


@dataclass(frozen=True, slots=True)
class Certificates:
    """What was made.

    Attributes:
        made: how many.
        doubtful: the people on whose certificate a text is too long for its place, or has a
            letter that no font has.
    """

    made: int
    doubtful: tuple[Attendee, ...] = ()


def write_certificates(
    event_file: EventFile,
    path: Path,
    choices: CertificateChoices | None = None,
    *,
    one_file: bool = False,
    writing: Writing = WHOLE,
) -> Certificates:
    """Write the certificates of everybody who came, sorted by name.

    Args:
        path: a folder, which gets one PDF for each person, or the PDF of all (``one_file``).
        writing: a page is a person.

    Raises:
        UsageError: nobody has come, or the signature cannot be read.
        BadgeError: the layout cannot be used; the message names file, line and element.
        CheckinError: a file cannot be written.
        Cancelled: ``writing`` said so; certificates in a folder that are whole stay there.
    """
    chosen = choices or CertificateChoices()
    people = _people(event_file, chosen)
    if not people:
        raise UsageError("Nobody has come yet, so there are no certificates to make.")
    layout = read_layout(chosen.layout) if chosen.layout else certificate_layout()
    press = CertificatePress(
        event_file.event(), layout, _signature(chosen.signature), own_fonts_folder()
    )
    shown = people[: writing.most_pages]

    def in_turn() -> Iterator[Attendee]:
        for done, person in enumerate(shown):
            if writing.cancelled():
                raise Cancelled("Stopped.")
            writing.progress(done, len(shown))
            yield person

    doubtful: list[Attendee] = []
    if one_file:
        doubtful += press.write(path, in_turn())
    else:
        _make_folder(path)
        names = person_file_names(shown, "certificate")
        for person, name in zip(in_turn(), names, strict=True):
            doubtful += press.write(path / f"{name}.pdf", [person])
    writing.progress(len(shown), len(shown))
    return Certificates(len(shown), tuple(doubtful))


def _people(event_file: EventFile, choices: CertificateChoices) -> Sequence[Attendee]:
    """Those who came, each with what the layout may say about the attendance."""
    event, lists = event_file.event(), event_file.check_in_lists()
    days = _days_by_person(event_file, event, lists)
    came = [
        record
        for record in event_file.people.records()
        if has_arrived(record, choices.check_in_list) and not record.is_erased
    ]
    came.sort(key=lambda record: _sort_key(record.attendee, event.language))
    common = {
        "signed_by": choices.signed_by,
        "issued_on": day_text(event.local(utc_now()).date()),
    }
    return [
        replace(
            record.attendee,
            extra={
                **record.attendee.extra,
                **common,
                "days_present": _days_text(event, days.get(record.attendee.id, ())),
                "present_from": _present_from(event, record, choices.check_in_list),
                "sessions_attended": _sessions_text(event, record, lists),
            },
        )
        for record in came
    ]


def _sort_key(person: Attendee, language: str) -> SortKey:
    return person_sort_key(person.last_name, person.first_name, language)


def _days_by_person(
    event_file: EventFile, event: Event, lists: Sequence[CheckInList]
) -> Mapping[str, Sequence[date]]:
    """On which days of an event of several days each person was seen, by id."""
    days = event_days(event)
    seen: dict[str, list[date]] = {}
    if len(days) == 1:
        return seen
    for day in days:
        begins, ends = event.utc(day, 0), event.utc(day + timedelta(days=1), 0)
        ids = {id_ for one in lists for id_ in event_file.people.seen_between(one.id, begins, ends)}
        for id_ in ids:
            seen.setdefault(id_, []).append(day)
    return seen


def _days_text(event: Event, days: Sequence[date]) -> str:
    """Empty when it says no more than the date of the event."""
    if len(days) == len(event_days(event)):
        return ""
    return ", ".join(map(day_text, days))


def _present_from(event: Event, record: AttendeeRecord, check_in_list: CheckInList | None) -> str:
    first = record.check_ins[check_in_list.id].at if check_in_list else record.checked_in_at
    return time_text(event.local(first)) if first else ""


def _sessions_text(event: Event, record: AttendeeRecord, lists: Sequence[CheckInList]) -> str:
    attended = {one.session_id for one in lists if one.session_id and one.id in record.check_ins}
    titles = (session.title for session in event.sessions if session.id in attended)
    return _BETWEEN_SESSIONS.join(titles)


def _signature(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        if path.stat().st_size > _LARGEST_SIGNATURE_BYTES:
            raise UsageError(f"The picture {path.name} is larger than 20 MB. Make it smaller.")
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"The signature {path.name} cannot be opened. Is it there?") from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CheckinError(
            f"The folder {folder.name} cannot be made. Choose another one."
        ) from error
