"""Folds the ledger entries of one attendee into what the desk knows about that person.

The result does not depend on the order in which entries arrive: they are sorted by the hybrid
clock first, so a late entry from another desk lands where it belongs. Of somebody who was erased
only what counts is folded, whatever arrives before or after.

Who was let in stays, whatever a desk that did not know of it takes back: an import that is undone
loses nobody who came.

Somebody who was registered twice has two sets of entries. Once one was merged into the other, the
admissions and the printed badges of both are folded together, so it does not matter which of the
two codes a desk read, nor whether it had heard of the merging. What was corrected about the double
and was not known to whoever merged holds for the one who stays; what was known is that desk's to
take over or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from checkin_app.domain.attendee import (
    FIELDS,
    TEXT_FIELDS,
    Attendee,
    AttendeeRecord,
    AttendeeStatus,
)
from checkin_app.domain.badges.badge_prints import print_mark
from checkin_app.domain.check_ins import CheckIns
from checkin_app.domain.erasure import blanked, is_erased
from checkin_app.domain.ledger import Entry, EntryKind, in_order, undone_ids
from checkin_app.domain.told_of_doubles import (
    names_of_fields,
    since_merged,
    told_of_who_stays,
    without_fields,
)

FROM_DESK = "desk"
FROM_LIST = "list"
_MEETINGS = frozenset({EntryKind.CHECKED_IN, EntryKind.BADGE_PRINTED, EntryKind.TICKET_SENT})
"""What a desk records about somebody who is there, or has been given something."""


def fold_attendee(entries: Iterable[Entry], doubles: Iterable[Entry] = ()) -> AttendeeRecord | None:
    """The record that the entries of one attendee add up to.

    None when nothing registers the person yet (a check-in may arrive before the registration).

    Args:
        doubles: the entries of those who were merged into this attendee.
    """
    own, others = in_order(entries), in_order(doubles)
    fold = _Fold(is_erased(own))
    if fold.is_erased:
        own, others = list(map(blanked, own)), list(map(blanked, others))
    ordered = in_order((*own, *others)) if others else own
    taken_back = undone_ids(ordered)
    stays = _was_met_before_taken_back(own)
    records = _fold_each(others)
    fold.know_doubles(records)
    for entry in in_order((*own, *told_of_who_stays(others, records))) if others else own:
        if entry.id not in taken_back or (stays and entry.kind is EntryKind.REGISTERED):
            fold.take(entry)
    attendee_id = own[0].attendee_id if own else ""
    check_ins = CheckIns(attendee_id, [e for e in ordered if e.id not in taken_back])
    return fold.record(check_ins, records)


def _fold_each(entries: Sequence[Entry]) -> list[AttendeeRecord]:
    """The records of everybody whom entries tell of."""
    whose = attrgetter("attendee_id")
    people = groupby(sorted(entries, key=whose), whose)
    records = [fold_attendee(entries) for _, entries in people]
    return [record for record in records if record is not None]


def _was_met_before_taken_back(own: Sequence[Entry]) -> bool:
    """Whether a registration was taken back by a desk that did not know of the person's coming.

    What was itself taken back by then does not count: that is how a desk decides that knows.
    """
    registered = {entry.id for entry in own if entry.kind is EntryKind.REGISTERED}
    undoings = [entry for entry in own if entry.kind is EntryKind.UNDONE]
    since = min((e.id for e in undoings if e.payload["undoes"] in registered), default="")
    if not since:
        return False
    taken_back = undone_ids(entry for entry in undoings if entry.id < since)
    return any(_is_meeting(entry) for entry in own if entry.id not in taken_back)


def _is_meeting(entry: Entry) -> bool:
    return entry.kind in _MEETINGS or is_desk_correction(entry)


def is_desk_correction(entry: Entry) -> bool:
    """Whether an entry changes a person at a desk, not by a list."""
    return entry.kind is EntryKind.AMENDED and entry.payload.get("source") == FROM_DESK


class _Fold:
    """Accumulates entries in their final order."""

    def __init__(self, is_erased: bool) -> None:
        self.is_erased = is_erased
        self.attendee: Attendee | None = None
        self.registered_at: datetime | None = None
        self.revoked: dict[str, datetime] = {}
        self.desk_fields: set[str] = set()
        self.prints: list[Entry] = []
        self.print_mark = ""
        self.spoilt: set[str] = set()
        self.gone_at: datetime | None = None
        self.ticket_sent_at: datetime | None = None
        self.replaced_at_desk: list[Entry] = []
        self.merged_into = ""
        self.merged_by = ""
        self.merged_knowing = ""
        self.not_doubles: set[str] = set()
        self.codes_of_doubles: dict[str, str] = {}
        self.told_of_doubles: set[str] = set()

    def know_doubles(self, doubles: Sequence[AttendeeRecord]) -> None:
        """Take who was merged into this attendee."""
        self.codes_of_doubles = {one.attendee.id: one.attendee.code for one in doubles}

    def take(self, entry: Entry) -> None:
        match entry.kind:
            case EntryKind.REGISTERED if self.attendee is None:
                self.attendee = attendee_from_payload(entry.attendee_id, entry.payload)
                self.registered_at = entry.at
            case EntryKind.AMENDED if self.attendee is not None:
                changes = self._changes(self.attendee, entry)
                self.attendee = self.attendee.with_changes(changes)
                if is_desk_correction(entry):
                    self.desk_fields.update(name for name in changes if name in FIELDS)
            case EntryKind.CODE_REPLACED if self.attendee is not None:
                self.revoked[self.attendee.code] = entry.at
                if "import" not in entry.payload:
                    self.replaced_at_desk.append(entry)
                self.attendee = self.attendee.with_changes({"code": entry.payload.get("code", "")})
            case EntryKind.BADGE_PRINTED:
                self._print(entry)
            case EntryKind.BADGE_SPOILT if self.prints:
                own = [one for one in self.prints if one.attendee_id == entry.attendee_id]
                self.spoilt.add((own or self.prints)[-1].id)
            case EntryKind.GONE_FROM_LIST:
                self.gone_at = entry.at
            case EntryKind.BACK_ON_LIST:
                self.gone_at = None
            case EntryKind.TICKET_SENT:
                self.ticket_sent_at = entry.at
            case EntryKind.TICKET_BOUNCED:
                self.ticket_sent_at = None
            case EntryKind.MERGED:
                self._merge(entry)
            case EntryKind.NOT_DOUBLE:
                self._part(entry)
            case _:
                pass

    def _changes(self, attendee: Attendee, entry: Entry) -> Mapping[str, Any]:
        """What an entry changes about the one who stays."""
        changes: Mapping[str, Any] = entry.payload["changes"]
        if entry.attendee_id != attendee.id:
            # Two codes lead to this person, and no list overwrites what a desk corrected.
            left_out = {"code"} if is_desk_correction(entry) else {"code", *self.desk_fields}
            changes = without_fields(changes, left_out)
            self.told_of_doubles.update(names_of_fields(changes))
        elif "double" in entry.payload:
            # It was filled in by a desk that did not know what had been said of the double.
            changes = without_fields(changes, self.told_of_doubles)
        return changes

    def _print(self, entry: Entry) -> None:
        self.prints.append(entry)
        # Without a mark the person is taken to be printed as known at that moment.
        self.print_mark = entry.payload.get("mark") or self._mark(entry)

    def _mark(self, printed: Entry) -> str:
        if self.attendee is None:
            return ""
        # The code of a double on a badge lets this person in.
        code = self.codes_of_doubles.get(printed.attendee_id, self.attendee.code)
        shown = self.attendee.with_changes({"code": code})
        return print_mark(shown, printed.payload.get("fields", ()))

    def _changed_since_print(self) -> bool:
        if self.is_erased:
            return False
        return bool(self.print_mark) and self._mark(self.prints[-1]) != self.print_mark

    def _merge(self, entry: Entry) -> None:
        """Always into who was registered first, so that nobody is merged in a circle."""
        into = str(entry.payload.get("into", ""))
        if into < entry.attendee_id:
            if into != self.merged_into:
                self.merged_by = entry.id
                self.merged_knowing = str(entry.payload.get("knowing") or entry.id)
            self.merged_into = into
            self.not_doubles.discard(into)

    def _part(self, entry: Entry) -> None:
        other = str(entry.payload.get("of", ""))
        self.not_doubles.add(other)
        if self.merged_into == other:
            self.merged_into = ""

    def _revoked_with(self, doubles: Sequence[AttendeeRecord]) -> dict[str, datetime]:
        """Codes that no longer let in, each with since when.

        Whose badge is lost may have lost the one with a double's code as well.
        """
        revoked = dict(self.revoked)
        for double in doubles:
            revoked |= double.revoked_codes
        since = since_merged(doubles, attrgetter("merged_by"))
        for double in doubles:
            for entry in self.replaced_at_desk:
                if entry.id > since[double.attendee.id]:
                    revoked[double.attendee.code] = entry.at
        return revoked

    def record(
        self, check_ins: CheckIns, doubles: Sequence[AttendeeRecord]
    ) -> AttendeeRecord | None:
        if self.attendee is None:
            return None
        code = self.attendee.code
        revoked = self._revoked_with(doubles)
        other_codes = {double.attendee.code for double in doubles} - {code, "", *revoked}
        last_print = self.prints[-1] if self.prints else None
        is_spoilt = last_print is not None and last_print.id in self.spoilt
        waits_at = last_print.payload if last_print and not is_spoilt else {}
        tickets = [self.ticket_sent_at, *(double.ticket_sent_at for double in doubles)]
        return AttendeeRecord(
            attendee=self.attendee,
            check_ins=check_ins.standing,
            later_check_ins=tuple(check_ins.later),
            revoked_codes={old: at for old, at in revoked.items() if old != code},
            badge_prints=len(self.prints),
            badge_printed_at=last_print.at if last_print else None,
            badge_spoilt=is_spoilt,
            changed_since_print=self._changed_since_print(),
            tray=waits_at.get("tray", ""),
            tray_place=waits_at.get("place", 0),
            desk_fields=frozenset(self.desk_fields),
            registered_at=self.registered_at,
            gone_at=self.gone_at,
            ticket_sent_at=max(filter(None, tickets), default=None),
            is_erased=self.is_erased,
            # An erased reason would make a conflict of who was let in anyway.
            conflicts=() if self.is_erased else check_ins.conflicts,
            merged_into=self.merged_into,
            merged_by=self.merged_by if self.merged_into else "",
            merged_knowing=self.merged_knowing if self.merged_into else "",
            other_codes=frozenset(other_codes),
            not_doubles=frozenset(self.not_doubles),
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
