"""What the guest window shows at one moment, as values ready to be painted.

Only somebody who was let in is addressed by name. Everybody else reads where to ask, and nothing
that concerns one person: others may be standing behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.language.spoken_dates import days_text, time_text
from checkin_app.domain.programme import Event
from checkin_app.domain.where_next import WhereNext
from checkin_app.gui.plain_text import shown
from checkin_app.services.guest_words import GuestWords


class GuestMood(Enum):
    """Which of its faces the window has."""

    IDLE = auto()
    WELCOME = auto()
    THANKS = auto()
    ASK_DESK = auto()


@dataclass(frozen=True, slots=True)
class Way:
    """Where to go: when, to what, in which room (may be empty)."""

    when: str
    title: str
    room: str


@dataclass(frozen=True, slots=True)
class GuestMessage:
    """One face of the window, every text harmless to show.

    Attributes:
        headline: the greeting, or the thanks.
        name: as the badge will show it.
        detail: below the name or headline: the organisation, what to do.
        also: the same as ``detail`` in English, when not everybody may know the language.
        question: whether the name is right; empty when the guest is not asked.
        yes, no: the words of the two buttons.
        is_right_to_left: the buttons are in the order of such a script.
    """

    mood: GuestMood
    headline: str = ""
    name: str = ""
    detail: str = ""
    also: str = ""
    question: str = ""
    yes: str = ""
    no: str = ""
    way: Way | None = None
    is_right_to_left: bool = False

    @property
    def full_text(self) -> str:
        """All of it in reading order, for screen readers."""
        way = (self.way.when, self.way.title, self.way.room) if self.way else ()
        parts = (self.headline, self.name, self.detail, self.also, self.question, *way)
        return ". ".join(part for part in parts if part)


def idle_message(event: Event, words: GuestWords) -> GuestMessage:
    """Before the next guest."""
    place = ", ".join(filter(None, (event.venue, event.city)))
    day_and_place = (days_text(event.starts_on, event.ends_on), place)
    return GuestMessage(
        GuestMood.IDLE,
        headline=words.welcome,
        name=shown(event.name),
        detail=words.show_code,
        also=shown(" · ".join(filter(None, day_and_place))),
        is_right_to_left=words.right_to_left,
    )


def welcome_message(
    attendee: Attendee, words: GuestWords, way: Way | None, *, asks_if_correct: bool
) -> GuestMessage:
    """To somebody who was let in. The built-in layouts print first and last name, in this order."""
    return GuestMessage(
        GuestMood.WELCOME,
        headline=words.welcome,
        name=shown(attendee.full_name),
        detail=shown(attendee.organisation),
        question=words.is_correct if asks_if_correct else "",
        yes=words.yes,
        no=words.no,
        way=way,
        is_right_to_left=words.right_to_left,
    )


def thanks_message(words: GuestWords, way: Way | None) -> GuestMessage:
    """After "yes"."""
    return GuestMessage(
        GuestMood.THANKS,
        headline=words.thank_you,
        way=way,
        is_right_to_left=words.right_to_left,
    )


def noted_message(words: GuestWords) -> GuestMessage:
    """After "no": the desk knows, and asks."""
    return GuestMessage(
        GuestMood.ASK_DESK,
        headline=words.thank_you,
        detail=words.speak_to_desk,
        is_right_to_left=words.right_to_left,
    )


def ask_desk_message(words: GuestWords, english: GuestWords) -> GuestMessage:
    """To anybody who was not let in: in the event's language and in English, for it must not
    even tell where somebody comes from."""
    return GuestMessage(
        GuestMood.ASK_DESK,
        detail=words.speak_to_desk,
        also=english.speak_to_desk if english != words else "",
        is_right_to_left=words.right_to_left,
    )


def way_to(where: WhereNext | None, event: Event, words: GuestWords) -> Way | None:
    """Where to go, in words; None when there is nothing more to go to."""
    if where is None:
        return None
    starts_at = words.starts_at.format(time=time_text(event.local(where.session.starts_at)))
    when = words.now if where.is_on else f"{words.next} · {starts_at}"
    return Way(when, shown(where.session.title), shown(where.session.room))
