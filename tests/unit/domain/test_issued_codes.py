"""Under which code a registration system knows a person."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.domain.online_sends import issued_code

NOON = datetime(2024, 5, 6, 10, 0, tzinfo=UTC)


def entry(number: int, kind: EntryKind, **payload: Any) -> Entry:
    return Entry(f"{number:032x}", kind, NOON, "Desk", "a" * 32, "", payload)


REGISTERED = entry(1, EntryKind.REGISTERED, attendee={"code": "pretix-1"})
BY_LIST = entry(2, EntryKind.CODE_REPLACED, code="pretix-2", **{"import": "i"})


def test_it_is_the_last_that_a_list_brought() -> None:
    by_desk = entry(3, EntryKind.CODE_REPLACED, code="desk-1")
    assert issued_code([REGISTERED, BY_LIST, by_desk]) == "pretix-2"


def test_what_an_undone_import_brought_does_not_count() -> None:
    undone = entry(3, EntryKind.UNDONE, undoes=BY_LIST.id)
    assert issued_code([REGISTERED, BY_LIST, undone]) == "pretix-1"


def test_nobody_knows_walk_ins_and_those_who_were_erased() -> None:
    walk_in = entry(1, EntryKind.REGISTERED, attendee={"code": "x-1", "walk_in": True})
    assert issued_code([walk_in]) == ""
    assert issued_code([REGISTERED, entry(2, EntryKind.ERASED)]) == ""
