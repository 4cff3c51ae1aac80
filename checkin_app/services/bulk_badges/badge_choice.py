"""Whose badges are printed, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from checkin_app.domain.attendee import FIELDS, Attendee, AttendeeStatus
from checkin_app.domain.language.collation import fields_sort_key
from checkin_app.domain.programme import Event
from checkin_app.errors import UsageError
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.attendee_filter import AttendeeFilter

DEFAULT_SORT = ("last_name", "first_name")
_COLUMN = "column:"


class Wanted(StrEnum):
    """Who gets a badge. ``all`` leaves out only those who cancelled."""

    EXPECTED = "expected"
    ARRIVED = "arrived"
    UNPRINTED = "unprinted"
    CHANGED = "changed"
    SPOILT = "spoilt"
    ALL = "all"


_CONFIRMED = (AttendeeStatus.CONFIRMED,)
_NOT_CANCELLED = tuple(s for s in AttendeeStatus if s is not AttendeeStatus.CANCELLED)
_FILTERS = {
    Wanted.EXPECTED: AttendeeFilter(statuses=_CONFIRMED),
    Wanted.ARRIVED: AttendeeFilter(arrived=True),
    Wanted.UNPRINTED: AttendeeFilter(statuses=_CONFIRMED, or_arrived=True, printed=False),
    Wanted.CHANGED: AttendeeFilter(statuses=_NOT_CANCELLED, or_arrived=True, changed=True),
    Wanted.SPOILT: AttendeeFilter(statuses=_NOT_CANCELLED, or_arrived=True, spoilt=True),
    Wanted.ALL: AttendeeFilter(statuses=_NOT_CANCELLED),
}


def choose_attendees(
    event_file: EventFile,
    wanted: Wanted | None = Wanted.EXPECTED,
    categories: Sequence[str] = (),
    sort: Sequence[str] = DEFAULT_SORT,
    *,
    since: datetime | None = None,
    ids: Sequence[str] | None = None,
) -> tuple[Attendee, ...]:
    """The people of a bulk print, in the order of the sheets.

    Args:
        wanted: None means anybody, for example of ``ids``.
        categories: only these, ignoring case; empty means every category.
        sort: fields, the most important first; "column:Diet" is the list's own column "Diet".
        since: only who was registered then (UTC) or later.
        ids: only these people.

    Raises:
        UsageError: there is no such field or category.
    """
    _check_sort(sort)
    people = event_file.attendees(
        replace(
            AttendeeFilter() if wanted is None else _FILTERS[wanted],
            categories=_known_categories(event_file, categories),
            registered_since=since,
            erased=False,
            ids=None if ids is None else tuple(ids),
        )
    )
    return sort_attendees(people, sort, event_file.event().language)


def sort_attendees(
    attendees: Iterable[Attendee], sort: Sequence[str] = DEFAULT_SORT, language: str = ""
) -> tuple[Attendee, ...]:
    """Attendees sorted by fields, in the alphabet of a language (BCP 47 tag).

    Those whose fields are all alike stay in the order given.
    """
    if not sort:
        return tuple(attendees)
    return tuple(
        sorted(
            attendees,
            key=lambda person: fields_sort_key([_value(person, name) for name in sort], language),
        )
    )


def moment_at_venue(event: Event, when: date | datetime) -> datetime:
    """The UTC moment that a day or a time stands for.

    A day begins at midnight where the event is; a time without a time zone is one there.
    """
    if not isinstance(when, datetime):
        return event.utc(when, 0)
    if when.tzinfo is None:
        when = when.replace(tzinfo=ZoneInfo(event.timezone))
    return when.astimezone(UTC)


def _check_sort(sort: Sequence[str]) -> None:
    for name in sort:
        if name not in FIELDS and not name.startswith(_COLUMN):
            raise UsageError(
                f"Badges cannot be sorted by {name}. Use {', '.join(FIELDS)}, or column:NAME for"
                " another column of the list."
            )


def _known_categories(event_file: EventFile, wanted: Sequence[str]) -> tuple[str, ...]:
    """The categories as the list spells them, which may be in more than one way."""
    if not wanted:
        return ()
    known = event_file.categories()
    folded = {category.casefold() for category in known}
    for category in wanted:
        if category.casefold() not in folded:
            raise UsageError(f"There is no category “{category}”. There are {', '.join(known)}.")
    chosen = {category.casefold() for category in wanted}
    return tuple(category for category in known if category.casefold() in chosen)


def _value(person: Attendee, name: str) -> str:
    if name.startswith(_COLUMN):
        return person.column(name.removeprefix(_COLUMN))
    return str(getattr(person, name))
