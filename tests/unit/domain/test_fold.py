"""The fold says the same whatever the order in which entries arrive."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from registration_payload import payload_of_attendee

from checkin_app.domain.attendee import TEXT_FIELDS, Attendee, AttendeeStatus
from checkin_app.domain.fold import (
    FROM_DESK,
    FROM_LIST,
    attendee_from_payload,
    fold_attendee,
)
from checkin_app.domain.ledger import Entry, EntryKind, clock_of, entry_id, next_clock

ANNA = "a" * 32
START = datetime(2024, 5, 6, 10, 30, tzinfo=UTC)
REGISTRATION, ROOM = "registration", "room-1"


class Story:
    """Entries about one person, in the order in which they happened."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def tell(
        self, kind: EntryKind, list_id: str = "", desk: str = "Desk 1", **payload: Any
    ) -> Entry:
        at = START + timedelta(minutes=len(self.entries))
        clock = next_clock(clock_of(self.entries[-1].id) if self.entries else 0, at)
        entry = Entry(
            entry_id(clock, len(self.entries)), kind, at, desk, ANNA, list_id, dict(payload)
        )
        self.entries.append(entry)
        return entry

    def register(self, **fields: Any) -> Entry:
        return self.tell(EntryKind.REGISTERED, attendee={"code": "FIRST", **fields})

    def check_in(self, list_id: str = REGISTRATION, **payload: Any) -> Entry:
        return self.tell(EntryKind.CHECKED_IN, list_id, **payload)


def whole_story() -> list[Entry]:
    story = Story()
    story.register(first_name="Anna", last_name="Nowak", extra={"diet": "none"})
    first = story.check_in()
    story.tell(EntryKind.UNDONE, REGISTRATION, undoes=first.id)
    story.tell(EntryKind.AMENDED, changes={"last_name": "Nowák"}, source=FROM_DESK)
    story.check_in(ROOM)
    story.check_in(desk="Desk 2")
    story.check_in(desk="Desk 3", reason="lost the first badge")
    story.tell(EntryKind.CODE_REPLACED, code="SECOND")
    story.tell(EntryKind.BADGE_PRINTED)
    story.tell(EntryKind.AMENDED, changes={"extra": {"table": "4"}}, source=FROM_LIST)
    story.tell(EntryKind.BADGE_PRINTED)
    story.tell(EntryKind.REFUSED, REGISTRATION, outcome="already_in")
    return story.entries


def test_nobody_registered_is_nobody() -> None:
    story = Story()
    story.check_in()
    assert fold_attendee([]) is None
    assert fold_attendee(story.entries) is None


def test_the_whole_story_adds_up() -> None:
    record = fold_attendee(whole_story())
    assert record is not None
    assert record.attendee.full_name == "Anna Nowák"
    assert record.attendee.extra == {"diet": "none", "table": "4"}
    assert record.attendee.code == "SECOND"
    assert list(record.revoked_codes) == ["FIRST"]
    assert record.check_ins[REGISTRATION].desk == "Desk 2"
    assert [(c.desk, c.forced_reason) for c in record.later_check_ins] == [
        ("Desk 3", "lost the first badge")
    ]
    assert record.checked_in_at == record.check_ins[ROOM].at
    assert record.badge_prints == 2
    assert record.badge_printed_at == START + timedelta(minutes=10)
    assert record.desk_fields == {"last_name"}


@given(st.data())
def test_neither_order_nor_repetition_of_arrival_changes_the_record(data: st.DataObject) -> None:
    entries = whole_story()
    repeated = data.draw(st.lists(st.sampled_from(entries), max_size=8))
    arrived = data.draw(st.permutations(entries + repeated))
    assert fold_attendee(arrived) == fold_attendee(entries)


def test_undo_brings_back_the_next_check_in_that_stands() -> None:
    story = Story()
    story.register()
    first = story.check_in()
    second = story.check_in(desk="Desk 2")
    story.tell(EntryKind.UNDONE, REGISTRATION, undoes=first.id)
    record = fold_attendee(story.entries)
    assert record is not None
    assert record.check_ins[REGISTRATION].entry_id == second.id
    assert record.later_check_ins == ()


def test_a_check_in_after_an_undo_stands() -> None:
    story = Story()
    story.register()
    first = story.check_in()
    story.tell(EntryKind.UNDONE, REGISTRATION, undoes=first.id)
    again = story.check_in()
    record = fold_attendee(story.entries)
    assert record is not None
    assert record.check_ins[REGISTRATION].entry_id == again.id


def test_an_undo_that_arrives_before_its_check_in_still_counts() -> None:
    story = Story()
    story.register()
    first = story.check_in()
    undone = story.tell(EntryKind.UNDONE, REGISTRATION, undoes=first.id)
    record = fold_attendee([undone, story.entries[0], first])
    assert record is not None
    assert record.check_ins == {}


def test_a_code_that_was_given_back_is_not_revoked() -> None:
    story = Story()
    story.register()
    story.tell(EntryKind.CODE_REPLACED, code="SECOND")
    story.tell(EntryKind.CODE_REPLACED, code="FIRST")
    record = fold_attendee(story.entries)
    assert record is not None
    assert record.attendee.code == "FIRST"
    assert list(record.revoked_codes) == ["SECOND"]


texts = st.text(max_size=12)


@given(
    st.builds(
        Attendee,
        id=st.just(ANNA),
        code=texts,
        status=st.sampled_from(AttendeeStatus),
        extra=st.dictionaries(texts, texts, max_size=3),
        walk_in=st.booleans(),
        **dict.fromkeys(TEXT_FIELDS, texts),
    )
)
def test_a_registration_comes_back_from_its_entry_unchanged(attendee: Attendee) -> None:
    assert attendee_from_payload(ANNA, payload_of_attendee(attendee)) == attendee
