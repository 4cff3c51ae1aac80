"""Adds people and ledger entries up to the numbers of one check-in list.

The same sums come from a query over a whole event file and from what a few new entries change:
a person is taken out as known before and put in as known now.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from checkin_app.domain.attendee import AttendeeRecord, AttendeeStatus
from checkin_app.domain.ledger import Entry, EntryKind, milliseconds

GROUPED_BY = ("category", "organisation", "country")
"""The fields of an attendee by which people are counted."""

_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: who belongs on the check-in list.

    Attributes:
        list_id: whose check-ins count; empty: those of any list.
        categories: who belongs there; empty means everybody.
    """

    list_id: str = ""
    categories: frozenset[str] = frozenset()

    def belongs(self, category: str, status: str, *, is_gone: bool) -> bool:
        """Whether somebody is expected: confirmed, still on the newest list, and meant to come."""
        is_meant = not self.categories or category in self.categories
        return status == AttendeeStatus.CONFIRMED and not is_gone and is_meant


@dataclass(slots=True)
class GroupCount:
    """How many of one category, organisation or country are expected, and have come."""

    expected: int = 0
    arrived: int = 0


def _groups() -> dict[str, dict[str, GroupCount]]:
    return {name: {} for name in GROUPED_BY}


@dataclass(slots=True)
class Tally:
    """Running sums; those of ``refusals`` and the badges are of entries, the others of people.

    Attributes:
        expected: those who belong on the list, and all others who came.
        gone: who is missing from the newest registration list and has not come.
        badges: people who have a badge.
        groups: field of ``GROUPED_BY`` → value → count.
        minutes: minute since 1970 (UTC) → people who came in it.
        desks: desk → people it let in.
        refusals: outcome → refused scans.
        prints: reason of a print ("lost", "damaged", "wrong data", or empty) → prints.
        spoilt: badges that jammed, were misprinted or got lost before they were handed out.
    """

    registered: int = 0
    expected: int = 0
    arrived: int = 0
    walk_ins: int = 0
    gone: int = 0
    badges: int = 0
    tickets_sent: int = 0
    groups: dict[str, dict[str, GroupCount]] = field(default_factory=_groups)
    minutes: Counter[int] = field(default_factory=Counter)
    desks: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    prints: Counter[str] = field(default_factory=Counter)
    spoilt: int = 0

    def copy(self) -> Tally:
        """The same sums, to go on from."""
        groups = {
            name: {value: replace(count) for value, count in counts.items()}
            for name, counts in self.groups.items()
        }
        return replace(
            self,
            groups=groups,
            minutes=Counter(self.minutes),
            desks=Counter(self.desks),
            refusals=Counter(self.refusals),
            prints=Counter(self.prints),
        )

    def add_person(self, record: AttendeeRecord | None, counted: Counted, people: int = 1) -> None:
        """Put a person in, or take one out with ``people=-1``; None is nobody."""
        if record is None:
            return
        person = record.attendee
        check_ins = [
            one for one in record.check_ins.values() if counted.list_id in ("", one.list_id)
        ]
        self.registered += people
        self.walk_ins += people * person.walk_in
        self.badges += people * (record.badge_prints > 0)
        self.tickets_sent += people * (record.ticket_sent_at is not None)
        self.add_group(
            (person.category, person.organisation, person.country),
            people,
            belongs=counted.belongs(
                person.category, person.status, is_gone=record.gone_at is not None
            ),
            has_come=bool(check_ins),
            is_gone=record.gone_at is not None,
        )
        if check_ins:
            first = min(milliseconds(one.at) for one in check_ins)
            self.minutes[first // _MINUTE_MS] += people
        for one in check_ins:
            self.desks[one.desk] += people

    def add_group(
        self,
        names: tuple[str, str, str],
        people: int,
        *,
        belongs: bool,
        has_come: bool,
        is_gone: bool,
    ) -> None:
        """Put in people who are alike.

        Args:
            names: their category, organisation and country.
        """
        arrived = people if has_come else 0
        expected = people if belongs or has_come else 0
        self.expected += expected
        self.arrived += arrived
        self.gone += people if is_gone and not has_come else 0
        if not expected:
            return
        for name, value in zip(GROUPED_BY, names, strict=True):
            group = self.groups[name].setdefault(value, GroupCount())
            group.expected += expected
            group.arrived += arrived

    def add_entry(self, entry: Entry, counted: Counted) -> None:
        """Put in what an entry says of refusals and badges."""
        match entry.kind:
            case EntryKind.REFUSED if counted.list_id in ("", entry.list_id):
                self.refusals[entry.payload.get("outcome", "")] += 1
            case EntryKind.BADGE_PRINTED:
                self.prints[entry.payload.get("reason", "")] += 1
            case EntryKind.BADGE_SPOILT:
                self.spoilt += 1
            case _:
                pass
