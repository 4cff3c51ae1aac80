"""The lines of the inbox: people, each with what waits about them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.programme import Event
from checkin_app.gui.plain_text import shown
from checkin_app.services.sharing.inbox.conflicts import InboxConflict
from checkin_app.services.sharing.inbox.doubles import Double
from checkin_app.services.sharing.inbox.inbox import InboxContents
from checkin_app.services.sharing.inbox.inbox_wording import (
    conflict_places,
    conflict_words,
    double_places,
    double_words,
)

MOST_LINES = 500
"""Of one kind: whoever has answered these looks again."""


@dataclass(frozen=True, slots=True)
class InboxItem:
    """One line.

    Attributes:
        key: tells the line from others while the contents change.
    """

    key: str
    about: InboxConflict | Double
    is_open: bool

    @property
    def attendee(self) -> Attendee:
        """Whom it is about."""
        record = self.about.record if isinstance(self.about, InboxConflict) else self.about.kept
        return record.attendee

    @property
    def conflict(self) -> InboxConflict | None:
        """The second admission, if it is one."""
        return self.about if isinstance(self.about, InboxConflict) else None

    @property
    def double(self) -> Double | None:
        """The two records, if it is about such."""
        return self.about if isinstance(self.about, Double) else None

    def words(self) -> str:
        """What it is."""
        if isinstance(self.about, InboxConflict):
            return conflict_words(self.about, translated)
        return double_words(self.about, translated)

    def places(self, event: Event) -> tuple[str, ...]:
        """Where it was; and when, while it waits."""
        if isinstance(self.about, Double):
            places = double_places(self.about)
        elif self.is_open:
            places = conflict_places(self.about, event)
        else:
            places = (self.about.conflict.stands_desk, self.about.conflict.later_desk)
        return tuple(map(shown, places))


def items_of(contents: InboxContents) -> tuple[InboxItem, ...]:
    """All lines: what waits, then what was answered."""
    conflicts = [_conflict_item(one) for one in contents.conflicts]
    return (
        *[item for item in conflicts if item.is_open][:MOST_LINES],
        *[_double_item(one) for one in contents.doubles[:MOST_LINES]],
        *[item for item in conflicts if not item.is_open][:MOST_LINES],
        *[_double_item(one) for one in contents.merged[:MOST_LINES]],
    )


def translated(text: str) -> str:
    """Words of the inbox in the language of the window."""
    return QCoreApplication.translate("inbox", text)


def _conflict_item(one: InboxConflict) -> InboxItem:
    return InboxItem(one.conflict.later, one, one.conflict.is_open)


def _double_item(one: Double) -> InboxItem:
    key = f"{one.kept.attendee.id}{one.double.attendee.id}"
    return InboxItem(key, one, not one.is_merged)
