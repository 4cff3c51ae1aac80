"""What the paper list shows: a line for each person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from checkin_app.domain.programme import Event


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One person of the paper list.

    Attributes:
        short_code: what is typed for a tick afterwards.
        tray: where the printed badge waits, as the desk says it; empty when it waits nowhere.
        attention: what the desk must be told when this person arrives.
        arrived_at: UTC, when the person had come before the list was made, or None.
    """

    last_name: str
    first_name: str
    organisation: str
    short_code: str
    tray: str = ""
    attention: str = ""
    arrived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PaperList:
    """What the document shows.

    Attributes:
        lines: in any order; the document is sorted by name, in the alphabet of the event.
        as_of: when the list was made (UTC).
    """

    event: Event
    list_name: str
    lines: Sequence[PaperLine]
    as_of: datetime
