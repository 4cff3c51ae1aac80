"""Folds the ledger entries of one attendee into what the desk knows about that person.

The result does not depend on the order in which entries arrive: they are sorted by the hybrid
clock first, so a late entry from another desk lands where it belongs. Of somebody who was erased
only what counts is folded, whatever arrives before or after.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from checkin_app.domain.attendee import (
    FIELDS,
    TEXT_FIELDS,
    Attendee,
    AttendeeRecord,
    AttendeeStatus,
    CheckIn,
)
from checkin_app.domain.badge_prints import print_mark
from checkin_app.domain.erasure import blanked, is_erased
from checkin_app.domain.ledger import Entry, EntryKind, in_order, undone_ids

FROM_DESK = "desk"
FROM_LIST = "list"


def fold_attendee(entries: Iterable[Entry]) -> AttendeeRecord | None:
    """The record that the entries of one attendee add up to.

    None when nothing registers the person yet (a check-in may arrive before the registration).
    """
    ordered = in_order(entries)
    fold = _Fold(is_erased(ordered))
    if fold.is_erased:
        ordered = [blanked(entry) for entry in ordered]
    taken_back = undone_ids(ordered)
    for entry in ordered:
        if entry.id not in taken_back:
            fold.take(entry)
    return fold.record()


def is_desk_correction(entry: Entry) -> bool:
    """Whether an entry changes a person at a desk, not by a list."""
    return entry.kind is EntryKind.AMENDED and entry.payload.get("source") == FROM_DESK


class _Fold:
    """Accumulates entries in their final order."""

    def __init__(self, is_erased: bool) -> None:
        self.is_erased = is_erased
        self.attendee: Attendee | None = None
        self.registered_at: datetime | None = None
        self.check_ins: dict[str, CheckIn] = {}
        self.later: list[CheckIn] = []
        self.revoked: dict[str, datetime] = {}
        self.desk_fields: set[str] = set()
        self.prints: list[Entry] = []
        self.print_mark = ""
        self.spoilt = False
        self.gone_at: datetime | None = None
        self.ticket_sent_at: datetime | None = None

    def take(self, entry: Entry) -> None:
        match entry.kind:
            case EntryKind.REGISTERED if self.attendee is None:
                self.attendee = attendee_from_payload(entry.attendee_id, entry.payload)
                self.registered_at = entry.at
            case EntryKind.AMENDED if self.attendee is not None:
                changes = entry.payload["changes"]
                self.attendee = self.attendee.with_changes(changes)
                if is_desk_correction(entry):
                    self.desk_fields.update(name for name in changes if name in FIELDS)
            case EntryKind.CODE_REPLACED if self.attendee is not None:
                self.revoked[self.attendee.code] = entry.at
                self.attendee = self.attendee.with_changes({"code": entry.payload.get("code", "")})
            case EntryKind.CHECKED_IN:
                self._check_in(entry)
            case EntryKind.BADGE_PRINTED:
                self._print(entry)
            case EntryKind.BADGE_SPOILT:
                self.spoilt = bool(self.prints)
            case EntryKind.GONE_FROM_LIST:
                self.gone_at = entry.at
            case EntryKind.BACK_ON_LIST:
                self.gone_at = None
            case EntryKind.TICKET_SENT:
                self.ticket_sent_at = entry.at
            case EntryKind.TICKET_BOUNCED:
                self.ticket_sent_at = None
            case _:
                pass

    def _print(self, entry: Entry) -> None:
        self.prints.append(entry)
        self.spoilt = False
        # Without a mark the person is taken to be printed as known at that moment.
        self.print_mark = entry.payload.get("mark") or self._mark(entry)

    def _mark(self, printed: Entry) -> str:
        if self.attendee is None:
            return ""
        return print_mark(self.attendee, printed.payload.get("fields", ()))

    def _changed_since_print(self) -> bool:
        if self.is_erased:
            return False
        return bool(self.print_mark) and self._mark(self.prints[-1]) != self.print_mark

    def _check_in(self, entry: Entry) -> None:
        check_in = CheckIn(
            at=entry.at,
            desk=entry.desk,
            list_id=entry.list_id,
            entry_id=entry.id,
            forced_reason=entry.payload.get("reason", ""),
        )
        if entry.list_id in self.check_ins:
            self.later.append(check_in)
        else:
            self.check_ins[entry.list_id] = check_in

    def record(self) -> AttendeeRecord | None:
        if self.attendee is None:
            return None
        last_print = self.prints[-1] if self.prints else None
        waits_at = last_print.payload if last_print and not self.spoilt else {}
        return AttendeeRecord(
            attendee=self.attendee,
            check_ins=self.check_ins,
            later_check_ins=tuple(self.later),
            revoked_codes={
                code: at for code, at in self.revoked.items() if code != self.attendee.code
            },
            badge_prints=len(self.prints),
            badge_printed_at=last_print.at if last_print else None,
            badge_spoilt=self.spoilt,
            changed_since_print=self._changed_since_print(),
            tray=waits_at.get("tray", ""),
            tray_place=waits_at.get("place", 0),
            desk_fields=frozenset(self.desk_fields),
            registered_at=self.registered_at,
            gone_at=self.gone_at,
            ticket_sent_at=self.ticket_sent_at,
            is_erased=self.is_erased,
        )


def attendee_from_payload(attendee_id: str, payload: Any) -> Attendee:
    """The attendee that a ``registered`` entry describes; empty fields are left out there."""
    fields = payload["attendee"]
    return Attendee(
        id=attendee_id,
        code=fields.get("code", ""),
        status=AttendeeStatus(fields.get("status", AttendeeStatus.CONFIRMED)),
        extra=fields.get("extra", {}),
        walk_in=fields.get("walk_in", False),
        **{name: fields[name] for name in TEXT_FIELDS if name in fields},
    )
