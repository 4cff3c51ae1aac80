"""Entries at random about somebody and a double: the fold goes by what they say, not how they came.

What the fold makes of check-ins is held against a rule of its own, written without the fold.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from checkin_app.domain.fold import FROM_DESK, FROM_LIST, fold_attendee
from checkin_app.domain.ledger import Entry, EntryKind, entry_id, next_clock
from checkin_app.domain.sharing import ResolvedAs

ANNA, DOUBLE = "a" * 32, "b" * 32
START = datetime(2024, 5, 6, 10, 30, tzinfo=UTC)
LISTS = ("registration", "room")
NAMES = ("Anna", "Ανέτα", "")
FIELDS = ("first_name", "last_name", "organisation")

_kinds = st.sampled_from(
    [
        *[EntryKind.CHECKED_IN] * 6,
        *[EntryKind.UNDONE] * 3,
        *[EntryKind.CONFLICT_RESOLVED] * 3,
        *[EntryKind.AMENDED] * 2,
        EntryKind.REGISTERED,
        EntryKind.CODE_REPLACED,
        EntryKind.REFUSED,
        EntryKind.BADGE_PRINTED,
        EntryKind.BADGE_SPOILT,
        EntryKind.GONE_FROM_LIST,
        EntryKind.BACK_ON_LIST,
        EntryKind.TICKET_SENT,
        EntryKind.TICKET_BOUNCED,
        EntryKind.MERGED,
        EntryKind.NOT_DOUBLE,
    ]
)


@st.composite
def stories(draw: st.DrawFn, who: str, *, may_be_erased: bool = True) -> list[Entry]:
    """Somebody who was registered, and whatever was recorded, at desks with any clock."""
    entries = [_entry(draw, who, EntryKind.REGISTERED, [])]
    for _ in range(draw(st.integers(0, 14))):
        entries.append(_entry(draw, who, draw(_kinds), entries))
    if may_be_erased and draw(st.integers(0, 9)) == 0:
        entries.append(_entry(draw, who, EntryKind.ERASED, entries))
    return entries


def _entry(draw: st.DrawFn, who: str, kind: EntryKind, before: Sequence[Entry]) -> Entry:
    # Few moments, so that several entries share one.
    at = START + timedelta(seconds=draw(st.integers(0, 30)))
    number = len(before) | (who == DOUBLE) << 10
    id_ = entry_id(next_clock(0, at) | draw(st.integers(0, 3)), number)
    list_id = draw(st.sampled_from(LISTS)) if kind is EntryKind.CHECKED_IN else ""
    desk = draw(st.sampled_from(("Desk 1", "Desk 2")))
    return Entry(id_, kind, at, desk, who, list_id, _payload(draw, kind, before))


def _payload(draw: st.DrawFn, kind: EntryKind, before: Sequence[Entry]) -> dict[str, Any]:
    def one_of(*kinds: EntryKind) -> str:
        # Also of one that has not come, or never will.
        ids = [entry.id for entry in before if not kinds or entry.kind in kinds]
        return draw(st.sampled_from([*ids, "0" * 32]))

    match kind:
        case EntryKind.REGISTERED:
            return {"attendee": {"code": draw(st.sampled_from(("C1", "C2"))), "first_name": "Anna"}}
        case EntryKind.AMENDED:
            changes = {draw(st.sampled_from(FIELDS)): draw(st.sampled_from(NAMES))}
            return {"changes": changes, "source": draw(st.sampled_from((FROM_DESK, FROM_LIST)))}
        case EntryKind.CODE_REPLACED:
            return {"code": draw(st.sampled_from(("C1", "C3")))}
        case EntryKind.CHECKED_IN:
            return draw(st.sampled_from(({}, {}, {"reason": "lost the badge"})))
        case EntryKind.UNDONE:
            return {"undoes": one_of()}
        case EntryKind.CONFLICT_RESOLVED:
            found = draw(st.sampled_from((*map(str, ResolvedAs), "a newer word")))
            return {"later": one_of(EntryKind.CHECKED_IN), "as": found, "note": "seen"}
        case EntryKind.MERGED:
            return {"into": ANNA}
        case EntryKind.NOT_DOUBLE:
            return {"of": ANNA}
        case _:
            return {}


@given(st.data(), stories(ANNA), stories(DOUBLE))
def test_neither_order_nor_repetition_of_arrival_changes_what_any_entries_add_up_to(
    data: st.DataObject, own: list[Entry], doubles: list[Entry]
) -> None:
    def arrived(entries: list[Entry]) -> list[Entry]:
        again = data.draw(st.lists(st.sampled_from(entries), max_size=6))
        return data.draw(st.permutations(entries + again))

    assert fold_attendee(arrived(own)) == fold_attendee(own)
    assert fold_attendee(arrived(own), arrived(doubles)) == fold_attendee(own, doubles)


@given(stories(ANNA, may_be_erased=False), stories(DOUBLE, may_be_erased=False))
def test_of_any_entries_the_earliest_admission_stands_and_every_other_is_accounted_for(
    own: list[Entry], doubles: list[Entry]
) -> None:
    record = fold_attendee(own, doubles)
    entries = sorted((*own, *doubles), key=lambda entry: entry.id)
    undone = {entry.payload["undoes"] for entry in entries if entry.kind is EntryKind.UNDONE}
    entries = [entry for entry in entries if entry.id not in undone]
    if record is None:
        return
    found = {
        entry.payload["later"]: entry.payload["as"]
        for entry in entries
        if entry.kind is EntryKind.CONFLICT_RESOLVED and entry.payload["as"] in set(ResolvedAs)
    }
    for list_id in LISTS:
        admissions = [
            entry
            for entry in entries
            if entry.kind is EntryKind.CHECKED_IN and entry.list_id == list_id
        ]
        arrivals = [
            one for one in admissions if found.get(one.id) in (None, ResolvedAs.SAME_PERSON)
        ]
        stands = record.check_ins.get(list_id)
        assert (stands and stands.entry_id) == (arrivals[0].id if arrivals else None)
        later = {one.entry_id for one in record.later_check_ins if one.list_id == list_id}
        assert later == {one.id for one in arrivals[1:]}
        waiting = {one.later for one in record.open_conflicts if one.list_id == list_id}
        assert waiting == {
            one.id for one in arrivals[1:] if one.id not in found and "reason" not in one.payload
        }
