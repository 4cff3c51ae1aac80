"""The person on the registration list, and what the desk knows about that person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from checkin_app.domain.sharing import Conflict


class AttendeeStatus(StrEnum):
    """Where a registration stands. Only ``confirmed`` is admitted without asking."""

    CONFIRMED = "confirmed"
    PENDING = "pending"
    WAITING = "waiting"
    CANCELLED = "cancelled"


TEXT_FIELDS = (
    "title",
    "first_name",
    "last_name",
    "organisation",
    "role",
    "country",
    "email",
    "category",
    "attention",
)
"""The text fields of an attendee, in the order in which lists and screens show them."""

FIELDS = ("code", *TEXT_FIELDS, "status")
"""All fields of an attendee that a registration list can fill."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """A registration: who the person is.

    Attributes:
        id: 32 hexadecimal digits, never changes.
        code: what the person's QR holds; empty only before the registration is stored.
        attention: what the desk must be told when this person arrives.
        extra: columns of the list that the program has no field for, by column name.
        walk_in: registered at the desk.
    """

    id: str
    code: str = ""
    title: str = ""
    first_name: str = ""
    last_name: str = ""
    organisation: str = ""
    role: str = ""
    country: str = ""
    email: str = ""
    category: str = ""
    attention: str = ""
    status: AttendeeStatus = AttendeeStatus.CONFIRMED
    extra: Mapping[str, str] = field(default_factory=dict)
    walk_in: bool = False

    @property
    def full_name(self) -> str:
        """First and last name as spoken, without the title."""
        return f"{self.first_name} {self.last_name}".strip()

    def column(self, name: str) -> str:
        """What a column of the list holds that the program has no field for; empty without it.

        Lists spell their columns as they like, so case does not matter; of two that differ in
        nothing else, the one spelt like ``name`` is meant.
        """
        if name in self.extra or not self.extra:
            return self.extra.get(name, "")
        wanted = name.casefold()
        return next((text for own, text in self.extra.items() if own.casefold() == wanted), "")

    def with_changes(self, changes: Mapping[str, Any]) -> Attendee:
        """This attendee with some fields replaced, as an ``amended`` entry stores them.

        A change of ``extra`` names only the columns that change.
        """
        known = {name: value for name, value in changes.items() if name in FIELDS}
        if "status" in known:
            known["status"] = AttendeeStatus(known["status"])
        if "extra" in changes:
            known["extra"] = {**self.extra, **changes["extra"]}
        return replace(self, **known)


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One standing admission: when (UTC), at which desk, on which check-in list.

    Attributes:
        entry_id: the ledger entry that recorded it, which an undo names.
        forced_reason: why the desk admitted the person against the rules, or empty.
    """

    at: datetime
    desk: str
    list_id: str
    entry_id: str
    forced_reason: str = ""


@dataclass(frozen=True, slots=True)
class AttendeeRecord:
    """The fold of one attendee's ledger entries: the person, the check-ins, the prints.

    Attributes:
        check_ins: the earliest standing admission on each check-in list, by list id.
        later_check_ins: further standing admissions (let in again), oldest first.
        conflicts: those of them that nobody decided on knowing of the first, open and resolved,
            oldest first. One found to be a mistake, or somebody else with this badge, is here and
            no admission of this person any more.
        revoked_codes: codes this person had before, each with when it was last replaced (UTC);
            scanning one answers ``revoked``. Lists of everybody leave them out.
        badge_prints: how often the badge was printed.
        badge_printed_at: time of the last print (UTC).
        badge_spoilt: the last print jammed, was misprinted or got lost before it was handed out.
        changed_since_print: the person's badge would now show something else.
        tray: the box in which the printed badge waits; empty when it waits in none.
        tray_place: its position there, from 1.
        desk_fields: fields corrected at a desk, which a newer list does not overwrite.
        registered_at: when the person was first registered (UTC).
        gone_at: since when the person is missing from the newest registration list (UTC), or None.
        ticket_sent_at: when the ticket was last mailed and did not come back (UTC), or None.
        is_erased: the person's data were erased; what is left only counts.
        merged_into: the record that stays of this person, when this one is a double of it.
        merged_by: the entry that says so.
        merged_knowing: the newest entry about this double that was known to whoever merged.
        other_codes: codes of the doubles that were merged into this record; they mean this person.
        not_doubles: ids of people who look like this one and were found to be somebody else.
    """

    attendee: Attendee
    check_ins: Mapping[str, CheckIn] = field(default_factory=dict)
    later_check_ins: tuple[CheckIn, ...] = ()
    revoked_codes: Mapping[str, datetime] = field(default_factory=dict)
    badge_prints: int = 0
    badge_printed_at: datetime | None = None
    badge_spoilt: bool = False
    changed_since_print: bool = False
    tray: str = ""
    tray_place: int = 0
    desk_fields: frozenset[str] = frozenset()
    registered_at: datetime | None = None
    gone_at: datetime | None = None
    ticket_sent_at: datetime | None = None
    is_erased: bool = False
    conflicts: tuple[Conflict, ...] = ()
    merged_into: str = ""
    merged_by: str = ""
    merged_knowing: str = ""
    other_codes: frozenset[str] = frozenset()
    not_doubles: frozenset[str] = frozenset()

    @property
    def open_conflicts(self) -> tuple[Conflict, ...]:
        """The second admissions that wait in the inbox."""
        return tuple(conflict for conflict in self.conflicts if conflict.is_open)

    @property
    def is_expected(self) -> bool:
        """Whether the newest registration list lets us expect the person at the event."""
        confirmed = self.attendee.status is AttendeeStatus.CONFIRMED
        return confirmed and self.gone_at is None and not self.is_erased

    @property
    def has_good_badge(self) -> bool:
        """Whether a badge was printed that did not spoil before it was handed out."""
        return self.badge_prints > 0 and not self.badge_spoilt

    @property
    def checked_in_at(self) -> datetime | None:
        """When the person first arrived on any list (UTC), or None."""
        return min((c.at for c in self.check_ins.values()), default=None)
