"""Opens and makes event files."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.language.collation import is_language_tag
from checkin_app.domain.language.text import clean_line
from checkin_app.domain.programme import Event
from checkin_app.errors import ErasureUnfinished, UsageError
from checkin_app.services.clock import utc_now
from checkin_app.storage.event_file import EventFile

EVENT_SUFFIX = ".checkin"
ORGANISER = "Organiser"
"""The desk name of entries that are made while an event is set up."""


def open_event(path: Path) -> EventFile:
    """Open an event file. An erasure that was cut short is finished, if that is possible now.

    Raises:
        EventFileError: it is missing, foreign, damaged or of a newer program.
    """
    event_file = EventFile(path)
    # Whether it is finished, ``erasures`` still tells.
    with suppress(ErasureUnfinished):
        event_file.erasures.finish()
    return event_file


def create_event(path: Path, name: str, day: date, timezone: str, language: str = "") -> EventFile:
    """Make an event file with one check-in list, the registration desk.

    Args:
        language: whose alphabet sorts its lists, as a BCP 47 tag.

    Raises:
        UsageError: there is no such time zone, or no name, or that is no language tag.
        EventFileError: the file exists or cannot be written.
    """
    name = clean_line(name)
    if not name:
        raise UsageError("Give the event a name.")
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(
            f"There is no time zone {timezone}. Use a name like Europe/Brussels."
        ) from error
    event = Event(
        name=name,
        timezone=timezone,
        starts_on=day,
        ends_on=day,
        language=_checked_language(language),
    )
    desk = CheckInList("registration", "Registration desk")
    return EventFile.create(path, event, [desk], [], desk=ORGANISER, now=utc_now())


def create_sample_event(path: Path, language: str = "") -> EventFile:
    """Make the event file of the sample event, the ECCP meeting.

    Args:
        language: whose alphabet sorts its lists, as a BCP 47 tag.

    Raises:
        UsageError: that is no language tag.
        EventFileError: the file exists or cannot be written.
    """
    # Only the first start needs it; the window must not wait for it each time.
    from checkin_app.services.sample_event import load_sample_event

    sample = load_sample_event()
    return EventFile.create(
        path,
        replace(sample.event, language=_checked_language(language)),
        sample.check_in_lists,
        sample.attendees,
        desk=ORGANISER,
        now=utc_now(),
    )


def set_language(event_file: EventFile, desk: str, language: str) -> None:
    """Let another language's alphabet sort the lists of an event.

    Raises:
        UsageError: that is no language tag (BCP 47).
        EventFileError: the file cannot be written.
    """
    language = _checked_language(language)
    with event_file.transaction(desk, utc_now()) as transaction:
        event = event_file.event()
        if event.language != language:
            transaction.describe_event(replace(event, language=language))


def _checked_language(language: str) -> str:
    language = language.strip()
    if language and not is_language_tag(language):
        raise UsageError(f"“{language}” is no language. Write it like sv, or de-AT.")
    return language


def find_check_in_list(event_file: EventFile, name: str = "") -> CheckInList:
    """The check-in list of a name or id, ignoring case; without one, the registration desk.

    Raises:
        UsageError: there is no such list; the message names those there are.
    """
    lists = event_file.check_in_lists()
    if not name:
        return lists[0]
    wanted = name.strip().casefold()
    for check_in_list in lists:
        if wanted in (check_in_list.id.casefold(), check_in_list.name.casefold()):
            return check_in_list
    known = ", ".join(f"“{check_in_list.name}”" for check_in_list in lists)
    raise UsageError(f"There is no check-in list “{name}”. There are {known}.")
