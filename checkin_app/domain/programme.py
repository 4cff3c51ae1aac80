"""The event and its agenda. Times are UTC; the event's time zone is for showing them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class SessionPerson:
    """Somebody named in the agenda. ``part`` is "speaker", "moderator" or "host"."""

    name: str
    part: str = "speaker"
    role: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """One titled contribution within a session, with the people who give it."""

    title: str
    people: tuple[SessionPerson, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """One slot of the agenda. Parallel sessions overlap and name the same ``parent``.

    Attributes:
        parent: id of the session this one is a parallel part of, or empty.
        topics: what is to be discussed, one line each.
        room: where it takes place within the venue: "Room 2", "Table B"; empty: not said.
    """

    id: str
    title: str
    starts_at: datetime
    ends_at: datetime
    description: str = ""
    topics: tuple[str, ...] = ()
    talks: tuple[Talk, ...] = ()
    people: tuple[SessionPerson, ...] = ()
    parent: str = ""
    room: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One meeting, with its agenda in order of time.

    Attributes:
        timezone: IANA name, for example "Europe/Brussels".
        starts_on: the (first) local day.
        ends_on: the last local day.
        themes: what the meeting is about; the first line of each is its title.
        language: BCP 47 tag of the language whose alphabet sorts its lists, for example "sv";
            empty: letters are sorted without their accents.
        bring: what guests are to bring, as the ticket says it.
        erase_on: the day on which personal data are to be erased; None: not decided.
    """

    name: str
    timezone: str
    starts_on: date
    ends_on: date
    venue: str = ""
    city: str = ""
    description: str = ""
    themes: tuple[str, ...] = ()
    sessions: tuple[Session, ...] = ()
    language: str = ""
    bring: str = ""
    erase_on: date | None = None

    def local(self, moment: datetime) -> datetime:
        """A UTC moment as shown on the wall of the venue."""
        return moment.astimezone(ZoneInfo(self.timezone))

    def utc(self, day: date, hour: int, minute: int = 0) -> datetime:
        """The UTC moment of a local wall-clock time on ``day``."""
        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(self.timezone))
        return local.astimezone(UTC)

    def is_event_day(self, moment: datetime) -> bool:
        """Whether a UTC moment falls on a day of the event, by the venue's calendar."""
        return self.starts_on <= self.local(moment).date() <= self.ends_on
