"""What an organiser says of an event: name, days, place, language, how long data are kept."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from checkin_app.domain.language.collation import is_language_tag
from checkin_app.domain.language.spoken_dates import day_text
from checkin_app.domain.language.text import clean_line
from checkin_app.domain.programme import Event
from checkin_app.errors import UsageError
from checkin_app.storage.event_file import EventFile


@dataclass(frozen=True, slots=True)
class Retention:
    """How long after the last day of an event its personal data are kept."""

    days: int = 0
    months: int = 0

    def after(self, day: date) -> date:
        """The day on which they are to be erased; the last of a month that has no such day."""
        years, month = divmod(day.month - 1 + self.months, 12)
        year, month = day.year + years, month + 1
        moved = day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
        return moved + timedelta(days=self.days)


RETENTIONS = (Retention(days=30), Retention(months=3), Retention(months=6), Retention(months=12))
"""As organisers usually keep data."""


@dataclass(frozen=True, slots=True)
class EventSettings:
    """What may be changed about an event; its programme stays as it is.

    Attributes:
        language: whose alphabet sorts the lists (BCP 47 tag); empty: any.
        bring: what guests are to bring, as the ticket says it.
        erase_on: when the personal data are to be erased; None: not decided.
    """

    name: str
    starts_on: date
    ends_on: date
    timezone: str
    venue: str = ""
    city: str = ""
    language: str = ""
    bring: str = ""
    description: str = ""
    erase_on: date | None = None

    @classmethod
    def of(cls, event: Event) -> EventSettings:
        """Those that hold."""
        return cls(**{field.name: getattr(event, field.name) for field in fields(cls)})


def describe_event(event_file: EventFile, desk: str, now: datetime, wanted: EventSettings) -> Event:
    """Change what is said of the event. Returns the event as it is now.

    Raises:
        UsageError: there is no name, the days are the wrong way round, or there is no such time
            zone or language.
        EventClosed: the event was closed.
        EventFileError: the file cannot be written.
    """
    checked = _checked(wanted)
    with event_file.transaction(desk, now) as transaction:
        before = event_file.event()
        event = replace(
            before, **{field.name: getattr(checked, field.name) for field in fields(checked)}
        )
        if event != before:
            transaction.describe_event(event)
    return event


def keeps_old_times(event: Event, wanted: EventSettings) -> bool:
    """Whether programme or check-in lists would stay at days or hours the event leaves."""
    is_moved = (wanted.starts_on, wanted.ends_on) != (event.starts_on, event.ends_on)
    return bool(event.sessions) and (is_moved or wanted.timezone != event.timezone)


def is_overdue(event: Event, now: datetime) -> bool:
    """Whether the personal data were to be erased by now, at the venue's calendar."""
    return event.erase_on is not None and event.erase_on <= event.local(now).date()


def privacy_notice(
    event_file: EventFile, now: datetime, translate: Callable[[str], str] = str
) -> str:
    """What whoever opens the event has to know of its personal data; empty: nothing.

    Raises:
        EventFileError: the file cannot be read.
    """
    event, closing = event_file.event(), event_file.erasures.closing()
    if event_file.erasures.is_unfinished():
        return translate(
            "Data were erased, but traces may still lie in the event file: another program has it"
            " open, or the disk is full. Close the others, free some space, and open it again."
        )
    if closing is not None:
        sentence = translate(
            "This event was closed on {day}. Its personal data are erased; the numbers are left."
        )
        return sentence.format(day=day_text(event.local(closing.at)))
    if event.erase_on is not None and is_overdue(event, now):
        sentence = translate(
            "The personal data of this event were to be erased by {day}. Close the event when"
            " nobody needs them any more."
        )
        return sentence.format(day=day_text(event.erase_on))
    return ""


def _checked(wanted: EventSettings) -> EventSettings:
    name = clean_line(wanted.name)
    if not name:
        raise UsageError("Give the event a name.")
    if wanted.ends_on < wanted.starts_on:
        raise UsageError("The last day is before the first. Correct one of them.")
    if wanted.erase_on is not None and wanted.erase_on < wanted.ends_on:
        raise UsageError("Data are needed until the event is over. Choose a later day to erase.")
    language = wanted.language.strip()
    if language and not is_language_tag(language):
        raise UsageError(f"“{language}” is no language. Write it like sv, or de-AT.")
    return replace(
        wanted,
        name=name,
        timezone=_known_timezone(wanted.timezone.strip()),
        venue=clean_line(wanted.venue),
        city=clean_line(wanted.city),
        language=language,
        bring=_clean_lines(wanted.bring),
        description=_clean_lines(wanted.description),
    )


def _known_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(
            f"There is no time zone {name}. Use a name like Europe/Brussels."
        ) from error
    return name


def _clean_lines(text: str) -> str:
    """Texts of several lines keep them."""
    return "\n".join(clean_line(line) for line in text.strip().splitlines())
