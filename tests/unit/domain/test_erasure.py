"""What is left of entries when a person is erased, in whatever order desks tell of it."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registration_payload import payload_of_attendee

from checkin_app.domain.attendee import Attendee, AttendeeRecord, AttendeeStatus
from checkin_app.domain.badges.badge_prints import BadgePrint
from checkin_app.domain.erasure import blanked, surviving_payload
from checkin_app.domain.fold import FROM_DESK, fold_attendee
from checkin_app.domain.ledger import Entry, EntryKind, entry_id, next_clock

START = datetime(2024, 5, 6, 10, 30, tzinfo=UTC)
ANNA = Attendee(
    "a" * 32,
    "SECRETCODE",
    title="Dr",
    first_name="Anna",
    last_name="Nowak",
    organisation="Nowak and Sons",
    role="Treasurer",
    country="Malta",
    email="anna@nowak.example",
    category="Speaker",
    attention="her dog comes, too",
    status=AttendeeStatus.PENDING,
    extra={"Diet": "vegan"},
    walk_in=True,
)
PRIVATE = (
    "SECRETCODE", "NEWCODE", "Dr", "Anna", "Nowak", "Novak", "Treasurer", "Malta", "@", "dog",
    "vegan", "Diet", "lost her ticket", "K–M", "sheet", "mark", "smtp",
)  # fmt: skip


def entry(number: int, kind: EntryKind, payload: dict[str, Any], list_id: str = "") -> Entry:
    at = START + timedelta(minutes=number)
    bits = 2 * (number + 10) + (kind is EntryKind.ERASED)
    return Entry(entry_id(next_clock(0, at), bits), kind, at, "Desk 1", ANNA.id, list_id, payload)


def story() -> list[Entry]:
    """Everything that can happen to Anna."""
    printed = BadgePrint(ANNA, "run-1", 3, 7, tray="K–M", place=4, fields=("first_name",))
    happened: list[tuple[EntryKind, dict[str, Any], str]] = [
        (EntryKind.REGISTERED, payload_of_attendee(ANNA), ""),
        (
            EntryKind.AMENDED,
            {
                "changes": {"last_name": "Novak", "category": "Press", "extra": {"Diet": "none"}},
                "source": FROM_DESK,
                "import": "0af3",
            },
            "",
        ),
        (EntryKind.AMENDED, {"changes": {"status": "confirmed"}, "source": "list"}, ""),
        (EntryKind.CODE_REPLACED, {"code": "NEWCODE"}, ""),
        (EntryKind.TICKET_SENT, {"mailing": "m1"}, ""),
        (EntryKind.TICKET_BOUNCED, {"mailing": "m1", "reason": "smtp says anna@…"}, ""),
        (EntryKind.BADGE_PRINTED, printed.payload(), ""),
        (EntryKind.BADGE_PRINTED, {"reason": "lost", "fields": ["role"]}, ""),
        (EntryKind.REFUSED, {"outcome": "revoked", "code": "SECRETCODE", "source": "camera"}, "r"),
        (EntryKind.CHECKED_IN, {"source": "search", "reason": "lost her ticket"}, "r"),
        (EntryKind.CHECKED_IN, {"source": "camera"}, "room"),
        (EntryKind.BADGE_SPOILT, {}, ""),
        (EntryKind.GONE_FROM_LIST, {"import": "0af3"}, ""),
    ]
    return [
        entry(number, kind, payload, list_id)
        for number, (kind, payload, list_id) in enumerate(happened)
    ]


def folded(entries: list[Entry]) -> AttendeeRecord:
    record = fold_attendee(entries)
    assert record is not None
    return record


def test_what_counts_survives_and_nothing_that_says_who_it_was() -> None:
    left = json.dumps([dict(blanked(one).payload) for one in story()], ensure_ascii=False)
    for secret in PRIVATE:
        assert secret not in left, secret
    for kept in ("Speaker", "Press", "pending", "confirmed", "walk_in", "revoked", "run-1", "lost"):
        assert kept in left


@pytest.mark.parametrize("kind", list(EntryKind))
def test_of_a_payload_that_no_rule_knows_nothing_survives(kind: EntryKind) -> None:
    if kind in (EntryKind.LIST_DESCRIBED, EntryKind.EVENT_CLOSED):
        pytest.skip("what these hold is written by the program alone, about nobody")
    left = surviving_payload(kind, {"whatever": "Anna", "source": {"by": "Anna"}, "run": "Anna"})
    assert "Anna" not in json.dumps(left)


def test_an_erased_person_is_a_blank_that_counts() -> None:
    before = folded(story())
    record = folded([*story(), entry(30, EntryKind.ERASED, {})])
    assert record.attendee == Attendee(
        ANNA.id, category="Press", status=AttendeeStatus.CONFIRMED, walk_in=True
    )
    assert record.is_erased
    assert not before.is_erased
    assert (record.revoked_codes, record.tray, record.tray_place) == ({}, "", 0)
    assert not record.changed_since_print
    assert [c.forced_reason for c in record.check_ins.values()] == ["", ""]
    for name in ("badge_prints", "badge_spoilt", "registered_at", "checked_in_at", "gone_at"):
        assert getattr(record, name) == getattr(before, name)


@given(st.integers(-5, 40), st.randoms(use_true_random=False))
def test_entries_that_come_late_from_another_desk_are_blank_as_well(
    minute: int, shuffling: random.Random
) -> None:
    entries = [*story(), entry(minute, EntryKind.ERASED, {})]
    shuffling.shuffle(entries)
    assert folded(entries) == folded([*story(), entry(30, EntryKind.ERASED, {})])


_TEXT = st.text(max_size=8)
_IDS = st.sampled_from(["", "r", "room"])
_CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "first_name": _TEXT,
        "email": _TEXT,
        "category": _TEXT,
        "status": st.sampled_from([status.value for status in AttendeeStatus]),
        "extra": st.dictionaries(_TEXT, _TEXT, max_size=2),
    },
)
_HAPPENED = st.one_of(
    st.tuples(st.just(EntryKind.AMENDED), st.fixed_dictionaries({"changes": _CHANGES})),
    st.tuples(st.just(EntryKind.CODE_REPLACED), st.fixed_dictionaries({"code": _TEXT})),
    st.tuples(st.just(EntryKind.CHECKED_IN), st.fixed_dictionaries({"reason": _TEXT})),
    st.tuples(st.just(EntryKind.REFUSED), st.just({"outcome": "full", "code": "X"})),
    st.tuples(st.just(EntryKind.BADGE_PRINTED), st.fixed_dictionaries({"tray": _TEXT})),
    st.tuples(
        st.sampled_from(
            [
                EntryKind.BADGE_SPOILT,
                EntryKind.GONE_FROM_LIST,
                EntryKind.BACK_ON_LIST,
                EntryKind.TICKET_SENT,
                EntryKind.TICKET_BOUNCED,
            ]
        ),
        st.just({}),
    ),
)


@given(st.lists(st.tuples(_HAPPENED, _IDS), max_size=12), st.integers(0, 12))
def test_whatever_happened_counts_the_same_after_an_erasure(
    happened: list[tuple[tuple[EntryKind, dict[str, Any]], str]], undone: int
) -> None:
    told = [entry(0, EntryKind.REGISTERED, payload_of_attendee(ANNA))]
    for number, ((kind, payload), list_id) in enumerate(happened, 1):
        told.append(entry(number, kind, payload, list_id))
    if 0 < undone < len(told) and told[undone].kind is EntryKind.CHECKED_IN:
        told.append(entry(20, EntryKind.UNDONE, {"undoes": told[undone].id}))
    assert counted(folded([*told, entry(30, EntryKind.ERASED, {})])) == counted(folded(told))


def counted(record: AttendeeRecord) -> tuple[Any, ...]:
    person = record.attendee
    return (
        person.id, person.category, person.status, person.walk_in, record.registered_at,
        record.badge_prints, record.badge_printed_at, record.badge_spoilt, record.gone_at,
        record.ticket_sent_at,
        [(c.at, c.desk, c.list_id, c.entry_id) for c in record.check_ins.values()],
        [(c.at, c.desk, c.list_id, c.entry_id) for c in record.later_check_ins],
    )  # fmt: skip


def test_erasing_cannot_be_taken_back() -> None:
    erased = entry(30, EntryKind.ERASED, {})
    undone = entry(31, EntryKind.UNDONE, {"undoes": erased.id})
    assert folded([*story(), erased, undone]).is_erased


def test_blanking_again_changes_nothing() -> None:
    for one in story():
        assert blanked(blanked(one)) == blanked(one)


def test_the_programme_keeps_its_times_and_loses_its_people() -> None:
    session = {
        "id": "s", "title": "Welcome", "starts_at": "2024-05-06T11:00:00Z", "ends_at": "x",
        "description": "led by Anna", "topics": ["Anna"], "parent": "", "room": "Room 2",
        "talks": [{"title": "by Anna", "people": []}], "people": [{"name": "Anna Nowak"}],
    }  # fmt: skip
    document = {
        "name": "Meeting", "timezone": "UTC", "starts_on": "2024-05-06", "bring": "ask Anna",
        "description": "by Anna", "themes": ["Anna"], "sessions": [session],
    }  # fmt: skip
    left = surviving_payload(EntryKind.EVENT_DESCRIBED, document)
    assert "Anna" not in json.dumps(left)
    assert left["name"] == "Meeting"
    assert (left["sessions"][0]["title"], left["sessions"][0]["room"]) == ("Welcome", "Room 2")
