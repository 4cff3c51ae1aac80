"""What a desk knows of sharing its ledger with the others."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import count

_PAIRING_MARK = "CHECKINJOIN"
"""What the letters of a pairing's link begin with. Keyboards of all layouts that a scanner may
take for its own have these letters in the same places.
"""

LARGEST_CLOCK_ERROR = timedelta(minutes=1)
"""A laptop whose clock is further off than this is told."""


class SharingKind(StrEnum):
    """How a desk stands to the others."""

    ALONE = "alone"
    """No hub was ever joined: one laptop, one file."""

    SHARED = "shared"
    """The hub answers."""

    ON_OUR_OWN = "on our own"
    """The hub does not answer at the moment; the desk works on and tries again."""

    WITHDRAWN = "withdrawn"
    """The hub lets this desk in no longer; the desk works on by itself."""


@dataclass(frozen=True, slots=True)
class SharingState:
    """What the state line says.

    Attributes:
        desks: how many other desks have joined.
        waiting: entries of this file that no hub has acknowledged.
        since: since when the hub has not answered (UTC); None while it does.
        clock_error: by how much this laptop's clock is ahead of the hub's; None when not known.
        trouble: one sentence for people about what keeps the desk from sharing, or empty.
        refused: parcels of others that were not taken in because they had been changed.
        missing: parcels that other desks numbered and that never came.
        borrowed: entries under the name of one desk that another desk handed in.
    """

    kind: SharingKind = SharingKind.ALONE
    desks: int = 0
    waiting: int = 0
    since: datetime | None = None
    clock_error: timedelta | None = None
    trouble: str = ""
    refused: int = 0
    missing: int = 0
    borrowed: int = 0

    @property
    def is_all_shared(self) -> bool:
        """Whether the others have, or can have, all that happened here."""
        return self.kind is SharingKind.SHARED and self.waiting == 0

    @property
    def is_clock_wrong(self) -> bool:
        """Whether the clock of this laptop has to be put right."""
        return self.clock_error is not None and abs(self.clock_error) > LARGEST_CLOCK_ERROR


@dataclass(frozen=True, slots=True)
class SharingDesk:
    """One desk that has joined, as its ``desk joined`` entries describe it.

    Attributes:
        id: as in ``Parcel.desk``.
        names: those it declared, the latest last.
        heard_at: when its latest parcel was signed (UTC), or None.
        is_withdrawn: it may not share any more.
    """

    id: str
    names: tuple[str, ...]
    joined_at: datetime
    heard_at: datetime | None = None
    is_withdrawn: bool = False

    @property
    def name(self) -> str:
        """What to call it now."""
        return self.names[-1]


@dataclass(frozen=True, slots=True)
class BorrowedName:
    """Entries under the name of one desk that another desk handed in.

    Attributes:
        by: which desk signed for them (its id).
        entries: how many.
    """

    name: str
    by: str
    entries: int


def free_name(wanted: str, taken: Collection[str]) -> str:
    """What to call a desk whose name others may have: the name itself, else with a number.

    "Desk 1" becomes "Desk 2", and "North door" "North door 2".
    """
    stem, _, number = wanted.rpartition(" ")
    if not (stem and number.isdecimal()):
        stem, number = wanted, "1"
    name = wanted
    for tried in count(int(number) + 1):
        if name not in taken:
            break
        name = f"{stem} {tried}"
    return name


def looks_like_pairing(text: str) -> bool:
    """Whether what was scanned is meant to let this laptop join others, and is nobody's code."""
    return "".join(filter(str.isalpha, text.upper())).startswith(_PAIRING_MARK)


class ResolvedAs(StrEnum):
    """What a second admission turned out to be."""

    SAME_PERSON = "same person"
    PASSED_ON_BADGE = "passed-on badge"
    MISTAKE = "mistake"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody who was let in on one list at two desks that did not know of each other.

    Attributes:
        stands: the admission that counts (an entry's id), with desk and time.
        later: the other one.
        resolved_as: what somebody found it to be; None while it waits in the inbox.
        note: what they wrote about it.
        resolution: the entry that says so, which an undo names; empty while it waits.
    """

    attendee_id: str
    list_id: str
    stands: str
    stands_at: datetime
    stands_desk: str
    later: str
    later_at: datetime
    later_desk: str
    resolved_as: ResolvedAs | None = None
    note: str = ""
    resolution: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it waits in the inbox."""
        return self.resolved_as is None
