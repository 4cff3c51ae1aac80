"""The lines of the inbox: people, each with what waits about them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.programme import Event
from checkin_app.gui.plain_text import shown
from checkin_app.services.sharing.conflicts import InboxConflict
from checkin_app.services.sharing.doubles import Double
from checkin_app.services.sharing.inbox import InboxContents
from checkin_app.services.sharing.inbox_wording import conflict_line, double_line

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

    def line(self, event: Event) -> str:
        """What it is, in one line."""
        if isinstance(self.about, InboxConflict):
            return shown(conflict_line(self.about, event, translated))
        return shown(double_line(self.about, translated))


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
