"""Whatever order entries arrive in, however often, in whatever parcels: all files become equal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import apsw
import pytest
from busy_day import busy_day
from erased_data import found_in
from hypothesis import given, settings
from hypothesis import strategies as st
from settable_clock import DURING_REGISTRATION as NOW
from shared_parcels import HUB, OTHER_DESK, packed, signed

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.erasure import blanked
from checkin_app.domain.event_document import event_document, list_document
from checkin_app.domain.fold import FROM_DESK
from checkin_app.domain.ledger import Entry, EntryKind, entry_id, milliseconds
from checkin_app.domain.parcels import parcel_document, parcel_from_document
from checkin_app.domain.sound_entries import are_sound
from checkin_app.domain.tally import Counted
from checkin_app.services.sample_event import load_sample_event
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.event_transaction import EventTransaction
from checkin_app.storage.sharing.fold_digest import table_digests

ODD = Attendee(
    id="", code="ODD", first_name="Ça\u0000 va", last_name="Ω 🦊 \u2028", extra={"z": "1", "a": "²"}
)


def digests(path: Path) -> dict[str, str]:
    with closing(apsw.Connection(str(path))) as connection:
        return table_digests(connection)


def copied(event_file: EventFile, path: Path) -> EventFile:
    """What another laptop has that joined."""
    return EventFile.create_from(path, packed(event_file), desk="Desk", now=NOW)


def take_in(event_file: EventFile, entries: Sequence[Entry]) -> None:
    if not entries:
        return
    with event_file.transaction("Desk", NOW, even_closed=True) as transaction:
        transaction.take_in([signed(entries)])


def work(event_file: EventFile, desk: str, *steps: Callable[[EventTransaction], Any]) -> None:
    for minute, step in enumerate(steps):
        now = NOW + timedelta(minutes=minute)
        with event_file.transaction(desk, now) as transaction:
            step(transaction)


def new_entries(event_file: EventFile, before: EventFile) -> list[Entry]:
    had = {entry.id for entry in before.ledger()}
    return [entry for entry in event_file.ledger() if entry.id not in had]


@pytest.fixture
def base(empty_event_file: EventFile) -> EventFile:
    """An event with three people."""
    with empty_event_file.transaction("Desk 1", NOW) as transaction:
        transaction.register(
            [
                Attendee("", "ANNA", first_name="Anna", last_name="Nowak", email="a@example.org"),
                Attendee("", "BORIS", first_name="Boris", last_name="Ek"),
                ODD,
            ]
        )
    return empty_event_file


def a_days_entries(base: EventFile, folder: Path, *, with_closing: bool = False) -> list[Entry]:
    """What two desks record that are apart: about the same people, new ones, the event itself."""
    anna, boris, odd = (record.attendee.id for record in base.records())
    kinds = EntryKind
    with (
        closing(copied(base, folder / "one.checkin")) as one,
        closing(copied(base, folder / "two.checkin")) as two,
    ):
        event = replace(base.event(), venue="Elsewhere", description="Say hello to Anna")
        work(
            one,
            "Desk 1",
            lambda t: t.append(kinds.CHECKED_IN, anna, "registration"),
            lambda t: t.append(kinds.CHECKED_IN, boris, "registration"),
            lambda t: t.append(
                kinds.AMENDED, boris, payload={"changes": {"role": "Chair"}, "source": FROM_DESK}
            ),
            lambda t: t.append(kinds.BADGE_PRINTED, boris, payload={"tray": "A", "place": 1}),
            lambda t: t.register([Attendee("", "W1", last_name="Walk", walk_in=True)]),
            lambda t: t.keep_layout("mine", {"toml": "a = 1"}),
            lambda t: t.describe_event(event),
            lambda t: t.append(kinds.REFUSED, "", "registration", {"code": "NOBODY"}),
        )
        work(
            two,
            "Desk 2",
            lambda t: t.append(kinds.CHECKED_IN, anna, "registration"),
            lambda t: t.append(kinds.CODE_REPLACED, boris, payload={"code": "NEW"}),
            lambda t: t.append(
                kinds.AMENDED, odd, payload={"changes": {"extra": {"b": "3"}}, "source": FROM_DESK}
            ),
            lambda t: t.append(kinds.CHECKED_IN, odd, "registration", {"reason": "knows me"}),
            lambda t: t.append(kinds.MERGED, odd, payload={"into": boris}),
            lambda t: t.keep_layout("mine", None),
            lambda t: t.append(kinds.REFUSED, "", "registration", {"code": "ANNA?"}),
            lambda t: t.append(kinds.CHECKED_IN, boris, "registration"),
            lambda t: t.register([Attendee("", "W2", last_name="Vanishing")]),
            lambda t: t.erase_person(anna),
        )
        mistaken = next(e for e in new_entries(one, base) if e.kind is kinds.CHECKED_IN)
        second = [e for e in new_entries(two, base) if e.kind is kinds.CHECKED_IN][-1]
        vanished = [e for e in new_entries(two, base) if e.kind is kinds.REGISTERED][-1]
        work(
            one,
            "Desk 1",
            lambda t: t.append(
                kinds.UNDONE, mistaken.attendee_id, "registration", {"undoes": mistaken.id}
            ),
            lambda t: t.append(
                kinds.CONFLICT_RESOLVED,
                boris,
                "registration",
                {"later": second.id, "as": "passed-on badge", "note": "his brother"},
            ),
            lambda t: t.append(kinds.GONE_FROM_LIST, odd),
        )
        work(
            two,
            "Desk 2",
            lambda t: t.append(kinds.UNDONE, vanished.attendee_id, payload={"undoes": vanished.id}),
        )
        if with_closing:
            work(two, "Desk 2", lambda t: t.erase_everybody({}))
        return [*new_entries(one, base), *new_entries(two, base)]


@pytest.fixture
def day(base: EventFile, tmp_path: Path) -> list[Entry]:
    return a_days_entries(base, tmp_path)


def parcels_of(entries: Sequence[Entry], cuts: Sequence[int]) -> Iterator[Sequence[Entry]]:
    start = 0
    for end in [*sorted(set(cuts)), len(entries)]:
        if start < end:
            yield entries[start:end]
        start = end


_any_order = settings(max_examples=25)


def arrives_equal(data: st.DataObject, base: EventFile, entries: list[Entry], path: Path) -> None:
    repeated = data.draw(st.lists(st.sampled_from(entries), max_size=6))
    arriving = data.draw(st.permutations([*entries, *repeated]))
    cuts = data.draw(st.lists(st.integers(0, len(arriving)), max_size=8))
    path.unlink(missing_ok=True)
    with closing(copied(base, path)) as event_file:
        for some in parcels_of(arriving, cuts):
            take_in(event_file, some)
        assert event_file.verify().differences == ()
    found = digests(path)
    wanted = path.with_name("wanted.checkin")
    if not wanted.exists():
        with closing(copied(base, wanted)) as event_file:
            take_in(event_file, entries)
    assert found == digests(wanted)


@_any_order
@given(data=st.data())
def test_any_order_gives_the_same_tables(
    data: st.DataObject, base: EventFile, day: list[Entry], tmp_path: Path
) -> None:
    arrives_equal(data, base, day, tmp_path / "any.checkin")


@_any_order
@given(data=st.data())
def test_any_order_gives_the_same_tables_of_a_closed_event(
    data: st.DataObject, base: EventFile, tmp_path: Path
) -> None:
    folder = tmp_path / "closed"
    if not folder.exists():
        folder.mkdir()
        entries = a_days_entries(base, folder, with_closing=True)
        (folder / "entries").write_bytes(parcel_document(signed(entries).parcel))
    entries = list(parcel_from_document((folder / "entries").read_bytes()).entries)
    arrives_equal(data, base, entries, folder / "any.checkin")


def test_a_parcel_read_back_from_the_file_is_the_same_to_the_byte(
    base: EventFile, tmp_path: Path
) -> None:
    odd = {"z": 0.1, "a": [1e16, -0.0, 1e-7], "text": "\u0000 \u2028 🦊 é", "deep": {"y": None}}
    with base.transaction("Büro \u0000", NOW + timedelta(microseconds=1500)) as transaction:
        entries = [transaction.append(EntryKind.REFUSED, "", "registration", odd)]
        transaction.keep_parcel(parcel := signed(entries))
    document = parcel_document(parcel.parcel)
    (kept,) = base.sharing.unacknowledged(HUB, 10)
    assert parcel_document(kept.parcel) == document
    other = copied(base, tmp_path / "other.checkin")
    came = replace(parcel, parcel=parcel_from_document(document))
    with other.transaction("Desk", NOW) as transaction:
        transaction.take_in([came])
    kept = other.sharing.unacknowledged(HUB, 10)[-1]
    assert parcel_document(kept.parcel) == document
    other.close()


def test_whoever_is_erased_elsewhere_is_erased_here(base: EventFile, tmp_path: Path) -> None:
    anna = base.records()[0].attendee
    path = tmp_path / "other.checkin"
    with closing(copied(base, path)) as other:
        work(
            other,
            "Desk 2",
            lambda t: t.append(EntryKind.REFUSED, "", "registration", {"code": "nowak, anna"}),
            lambda t: t.append(EntryKind.CHECKED_IN, anna.id, "registration", {"reason": "Nowak"}),
        )
        work(base, "Desk 1", lambda t: t.erase_person(anna.id))
        taken = new_entries(base, other)
        with other.transaction("Desk 2", NOW) as transaction:
            transaction.take_in([signed(taken)])
        assert other.erasures.is_unfinished()
        other.erasures.finish()
        record = other.record(anna.id)
        assert record is not None
        assert record.is_erased
        assert len(other.sharing.altered()) == 1
        assert other.verify().ok
    assert found_in(path, ["Nowak", "Anna", "a@example.org"]) == set()


def test_what_comes_later_about_an_erased_person_is_stored_without_names(
    base: EventFile, tmp_path: Path
) -> None:
    people = base.records()
    path = tmp_path / "other.checkin"
    registered = [e for e in base.ledger() if e.kind is EntryKind.REGISTERED]
    before = [e for e in base.ledger() if e.kind is not EntryKind.REGISTERED]
    work(base, "Desk 1", lambda t: t.erase_person(people[0].attendee.id))
    erased = [e for e in base.ledger() if e.kind is EntryKind.ERASED]
    refused = Entry(
        entry_id(milliseconds(NOW) << 26, 1),
        EntryKind.REFUSED,
        NOW,
        "Desk",
        payload={"code": "ANNA"},
    )
    refused = replace(refused, id=registered[-1].id[:13] + "fff" + registered[-1].id[16:])
    with closing(
        EventFile.create_from(path, [signed([*before, *erased])], desk="Desk 2", now=NOW)
    ) as other:
        take_in(other, [refused])
        take_in(other, registered)
        assert [record.attendee.last_name for record in other.records()].count("") == 1
        assert other.verify().ok
        other.erasures.finish()
    assert found_in(path, ["Nowak", "Anna", "ANNA"]) == set()


def test_a_parcel_that_comes_together_with_an_erasure_is_not_handed_on_as_it_was(
    base: EventFile, tmp_path: Path
) -> None:
    anna = base.records()[0].attendee.id
    (old,) = packed(base, desk=OTHER_DESK)
    with closing(copied(base, tmp_path / "other.checkin")) as other:
        work(other, "Desk 2", lambda t: t.erase_person(anna))
        blank = signed(list(other.ledger()), is_brought=True)
    for arriving in ([blank, old], [old, blank]):
        path = tmp_path / "third.checkin"
        path.unlink(missing_ok=True)
        with closing(copied(base, path)) as third:
            with third.transaction("Desk 3", NOW) as transaction:
                transaction.take_in(arriving)
            assert old.parcel.id in third.sharing.altered()
            assert blank.parcel.id not in third.sharing.altered()


def test_a_parcel_that_was_let_go_and_is_still_on_a_hub_is_to_be_blanked_there(
    base: EventFile, tmp_path: Path
) -> None:
    anna = base.records()[0].attendee.id
    (old,) = packed(base, desk=OTHER_DESK)
    with closing(copied(base, tmp_path / "other.checkin")) as other:
        with other.transaction("Desk 2", NOW) as transaction:
            transaction.take_in([old])
        work(other, "Desk 2", lambda t: t.erase_person(anna))
        with other.transaction("Desk 2", NOW) as transaction:
            transaction.release_parcel(old.parcel.id)
        assert old.parcel.id not in other.sharing.altered()
        with other.transaction("Desk 2", NOW) as transaction:
            transaction.take_in([old], hub=HUB, read_up_to=1)
        assert old.parcel.id in other.sharing.altered()
        (altered,) = [
            one for one in other.sharing.altered_parcels(9) if one.parcel.id == old.parcel.id
        ]
        assert len(altered.parcel.entries) == len(old.parcel.entries)


def test_closed_elsewhere_is_closed_here(base: EventFile, tmp_path: Path) -> None:
    path = tmp_path / "other.checkin"
    with closing(copied(base, path)) as other:
        event = replace(base.event(), description="A dinner for Zita Grün")
        work(
            other,
            "Desk 2",
            lambda t: t.register([Attendee("", "ZITA", first_name="Zita", last_name="Grün")]),
            lambda t: t.describe_event(event),
            lambda t: t.keep_mail_text("hello", {"subject": "Dear Zita"}),
        )
        work(base, "Desk 1", lambda t: t.erase_everybody({}))
        ours, theirs = new_entries(base, other), new_entries(other, base)
        take_in(other, ours)
        take_in(base, theirs)
        assert other.erasures.closing() is not None
        assert [record.attendee.full_name for record in other.records()] == [""] * 4
        assert other.kept_layouts() == {}
        take_in(base, new_entries(other, base))
        take_in(other, new_entries(base, other))
        assert digests(other.path) == digests(base.path)
        assert other.sharing.fold_digest() == base.sharing.fold_digest()
        for file in (other, base):
            assert file.verify().ok
            file.erasures.finish()
    for file_path in (path, base.path):
        assert found_in(file_path, ["Nowak", "Zita", "Grün", "ZITA"]) == set()


def test_the_form_without_personal_data_wins(base: EventFile, tmp_path: Path) -> None:
    with base.transaction("Desk 1", NOW) as transaction:
        entry = transaction.append(EntryKind.REFUSED, payload={"code": "vCard of somebody"})
    with closing(copied(base, tmp_path / "other.checkin")) as other:
        take_in(other, [blanked(entry)])
        take_in(other, [entry])
        assert list(other.ledger())[-1] == blanked(entry)


def test_all_that_this_program_writes_is_sound(sample_event_file: EventFile) -> None:
    busy_day(sample_event_file)
    entries = list(sample_event_file.ledger())
    assert len({entry.kind for entry in entries}) > 15
    for entry in entries:
        assert are_sound([entry]), entry
        assert are_sound([blanked(entry)]), entry


def test_large_entries_travel_in_parcels_of_their_own(base: EventFile) -> None:
    with base.transaction("Desk 1", NOW) as transaction:
        transaction.keep_parcel(signed(tuple(base.ledger())))
        for size in (10, 1_500_000, 900_000, 3_000_000):
            transaction.keep_layout(f"of {size}", {"picture": "x" * size})
    sizes = []
    while entries := base.sharing.unshared(500):
        sizes.append(len(entries))
        with base.transaction("Desk 1", NOW) as transaction:
            transaction.keep_parcel(signed(entries))
    assert sizes == [2, 1, 1]


def described(entry: Entry, **wrong: object) -> Entry:
    """The description of an event with something wrong in it."""
    payload = {**event_document(load_sample_event().event), **wrong}
    return replace(
        entry, kind=EntryKind.EVENT_DESCRIBED, attendee_id="", list_id="", payload=payload
    )


def a_list(entry: Entry, **wrong: object) -> Entry:
    """The description of a check-in list with something wrong in it."""
    payload = {**list_document(load_sample_event().check_in_lists[0]), **wrong}
    return replace(entry, kind=EntryKind.LIST_DESCRIBED, attendee_id="", payload=payload)


HARMFUL: Sequence[Callable[[Entry], Entry]] = (
    lambda e: replace(e, id="f" * 32),
    lambda e: replace(e, id=e.id.upper()),
    lambda e: replace(e, id="0" + "0" * 11 + e.id[12:]),
    lambda e: replace(e, attendee_id="A" * 32),
    lambda e: replace(e, kind=EntryKind.AMENDED),
    lambda e: replace(e, kind=EntryKind.AMENDED, payload={"changes": {"status": "king"}}),
    lambda e: replace(e, kind=EntryKind.AMENDED, payload={"changes": {"last_name": 7}}),
    lambda e: replace(e, kind=EntryKind.REGISTERED, payload={"attendee": []}),
    lambda e: replace(e, kind=EntryKind.REGISTERED, attendee_id=""),
    lambda e: replace(e, kind=EntryKind.UNDONE, payload={"undoes": ["x"]}),
    lambda e: replace(e, kind=EntryKind.MERGED, payload={"into": "me"}),
    lambda e: replace(e, kind=EntryKind.BADGE_PRINTED, payload={"place": "first"}),
    lambda e: replace(e, kind=EntryKind.BADGE_PRINTED, payload={"fields": [1]}),
    lambda e: replace(e, kind=EntryKind.BADGE_RUN, attendee_id="", payload={}),
    lambda e: replace(e, kind=EntryKind.EVENT_DESCRIBED, attendee_id="", payload={"name": "x"}),
    lambda e: replace(e, kind=EntryKind.LIST_DESCRIBED, attendee_id="", payload={"name": "x"}),
    lambda e: replace(e, kind=EntryKind.LAYOUT_KEPT, attendee_id="", payload={"document": 5}),
    lambda e: replace(e, kind=EntryKind.DESK_JOINED, attendee_id="", payload={"desk": "7"}),
    lambda e: replace(e, id="0" + "f" * 11 + e.id[12:]),
    lambda e: replace(e, at=datetime.max.replace(tzinfo=UTC)),
    lambda e: replace(e, at=datetime(1, 1, 2, tzinfo=UTC)),
    lambda e: described(e, timezone="Europe/Nowhere"),
    lambda e: described(e, name={"de": "Tagung"}),
    lambda e: described(e, starts_on="0001-01-01"),
    lambda e: described(e, themes=[7]),
    lambda e: replace(described(e), list_id="registration"),
    lambda e: a_list(e, opens_at="2024-05-06T10:00:00"),
    lambda e: a_list(e, capacity="many"),
    lambda e: a_list(e, name=["Desk"]),
    lambda e: replace(e, kind=EntryKind.STOCK_KEPT, attendee_id="", payload={"document": {}}),
    lambda e: replace(e, payload={"reason": float("nan")}),
    lambda e: replace(e, payload={"reason": "\ud800"}),
)


@pytest.mark.parametrize("harm", HARMFUL)
def test_nothing_another_desk_writes_keeps_this_one_from_working(
    base: EventFile, harm: Callable[[Entry], Entry]
) -> None:
    person = base.records()[0].attendee
    late = entry_id((milliseconds(datetime.now(UTC)) + 60_000) << 16, 5)
    entry = Entry(late, EntryKind.CHECKED_IN, NOW, "Desk 9", person.id, "registration")
    with base.transaction("Desk 1", NOW) as transaction:
        taken = transaction.take_in([signed([harm(entry)])], hub=HUB, read_up_to=4)
    assert (taken.new_entries, taken.refused) == (0, 1)
    assert base.sharing.read_up_to(HUB) == 4
    with base.transaction("Desk 1", NOW) as transaction:
        assert transaction.take_in([signed([entry])]).new_entries == 1
        transaction.append(EntryKind.UNDONE, person.id, payload={"undoes": entry.id})
    assert base.verify().ok


def test_what_comes_late_is_counted_and_noticed(base: EventFile, tmp_path: Path) -> None:
    counted = Counted()
    anna, boris, _odd = (record.attendee.id for record in base.records())
    with closing(copied(base, tmp_path / "other.checkin")) as other:
        work(
            other,
            "Desk 2",
            lambda t: t.append(EntryKind.CHECKED_IN, anna, "registration"),
            lambda t: t.append(EntryKind.CHECKED_IN, boris, "registration"),
            lambda t: t.keep_layout("mine", {"toml": ""}),
            lambda t: t.append(EntryKind.AMENDED, boris, payload={"changes": {"role": "Chair"}}),
        )
        first, *others = new_entries(other, base)
        work(
            base,
            "Desk 1",
            lambda t: t.append(EntryKind.CHECKED_IN, anna, "registration", {"reason": "again"}),
        )
        numbers = base.numbers.count_all(counted)
        marks = [(base.people_mark(), base.description_mark(), base.erasures.last_entry())]
        for some in ([first], others):
            take_in(base, some)
            marks.append((base.people_mark(), base.description_mark(), base.erasures.last_entry()))
            numbers = base.numbers.count_on(numbers)
            assert numbers == base.numbers.count_all(counted)
            assert numbers == base.numbers.count_on(numbers)
    before, check_in, more = marks
    assert [one == other for one, other in zip(before, check_in, strict=True)] == [1, 1, 0]
    assert not any(one == other for one, other in zip(check_in, more, strict=True))
