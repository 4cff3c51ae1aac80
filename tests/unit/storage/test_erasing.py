"""Erased people are gone from the tables, the search, the ledger and the bytes of the file."""

from __future__ import annotations

import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import apsw
import pytest
from busy_day import NOW, OWN_WORDS, busy_day
from erased_data import files_beside, found_in, tell_tales

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.errors import ErasureUnfinished, EventClosed, UsageError
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.registrations import correct, walk_in
from checkin_app.storage.event_file import EventFile

LATER = NOW + timedelta(days=30)


@pytest.fixture
def busy_file(sample_event_file: EventFile) -> EventFile:
    busy_day(sample_event_file)
    assert sample_event_file.verify().ok
    return sample_event_file


def counted(record: AttendeeRecord) -> tuple[object, ...]:
    """What of a person counts."""
    person = record.attendee
    return (
        person.id, person.category, person.status, person.walk_in, record.badge_prints,
        record.badge_spoilt, record.badge_printed_at, record.registered_at, record.gone_at,
        record.ticket_sent_at,
        sorted((c.at, c.desk, c.list_id) for c in record.check_ins.values()),
    )  # fmt: skip


def erase_everybody(event_file: EventFile) -> None:
    with event_file.transaction("Office", LATER) as transaction:
        transaction.erase_everybody({"program": "1"})
    event_file.erasures.finish()


def kept_texts(event_file: EventFile) -> list[str]:
    """What may be read in the file of a closed event."""
    event = event_file.event()
    return [
        event.name, event.venue, event.city, event.timezone,
        *(session.title for session in event.sessions),
        *(one.name for one in event_file.check_in_lists()),
        *event_file.categories(),
        *(kind.value for kind in EntryKind),
    ]  # fmt: skip


def test_of_everybody_erased_no_byte_is_left(busy_file: EventFile) -> None:
    tales = tell_tales(busy_file.records()) | set(OWN_WORDS)
    assert len(found_in(busy_file.path, tales)) > 500
    erase_everybody(busy_file)
    assert found_in(busy_file.path, tales, kept_texts(busy_file)) == set()
    busy_file.close()
    assert found_in(busy_file.path, tales, kept_texts(EventFile(busy_file.path))) == set()


def test_what_counts_is_the_same_after_everybody_was_erased(busy_file: EventFile) -> None:
    before = [counted(busy_file.record(r.attendee.id) or r) for r in busy_file.records()]
    numbers = [busy_file.category_counts(one.id) for one in busy_file.check_in_lists()]
    arrivals = busy_file.arrivals_by_minute()
    refused = [e.payload["outcome"] for e in busy_file.ledger() if e.kind is EntryKind.REFUSED]
    erase_everybody(busy_file)
    found = busy_file.verify()
    assert found.differences == ()
    after = [counted(busy_file.record(r.attendee.id) or r) for r in busy_file.records()]
    assert after == before
    assert [busy_file.category_counts(one.id) for one in busy_file.check_in_lists()] == numbers
    assert busy_file.arrivals_by_minute() == arrivals
    left = [e.payload["outcome"] for e in busy_file.ledger() if e.kind is EntryKind.REFUSED]
    assert left == refused
    assert all(record.is_erased for record in busy_file.records())
    assert busy_file.search("e") == ()


def test_an_event_that_was_closed_takes_nothing_more(busy_file: EventFile) -> None:
    erase_everybody(busy_file)
    desk = CheckInDesk(busy_file, "Desk 1", busy_file.check_in_lists()[0], lambda: LATER)
    with pytest.raises(EventClosed, match="closed on 5 June 2024"):
        desk.handle(Scan("ANYTHING", ScanSource.CAMERA))
    with pytest.raises(EventClosed):
        walk_in(busy_file, "Desk 1", LATER, {"last_name": "Nowak"})
    closed = busy_file.erasures.closing()
    assert closed is not None
    told = {name: closed.payload[name] for name in closed.payload.keys() - {"titles"}}
    assert (closed.desk, told) == ("Office", {"erased": 151, "program": "1"})


@pytest.mark.parametrize("number", [0, 2, 3, 4, 5, 7])
def test_one_person_erased_leaves_no_byte_and_the_others_whole(
    busy_file: EventFile, number: int
) -> None:
    everybody = busy_file.records()
    record = busy_file.record(everybody[number].attendee.id)
    assert record is not None
    others = [one for one in everybody if one.attendee.id != record.attendee.id]
    shared = {text.lower() for text in tell_tales(others)}
    own = {text for text in tell_tales([record]) if text.lower() not in shared}
    assert found_in(busy_file.path, own)
    with busy_file.transaction("Desk 1", LATER) as transaction:
        transaction.erase_person(record.attendee.id)
    busy_file.erasures.finish()
    description = [session.description for session in busy_file.event().sessions]
    people = [
        f"{one.name} {one.part} {one.role} {one.organisation}"
        for session in busy_file.event().sessions
        for one in (*session.people, *(p for talk in session.talks for p in talk.people))
    ]
    stays = [*kept_texts(busy_file), *description, *people, *shared]
    assert found_in(busy_file.path, own, stays) == set()
    left = busy_file.record(record.attendee.id)
    assert left is not None
    assert left.is_erased
    assert counted(left) == counted(record)
    assert [one for one in busy_file.records() if one.attendee.id != record.attendee.id] == others
    assert busy_file.find_code(record.attendee.code) == ()
    assert busy_file.verify().differences == ()
    for one in others[::10]:
        found = busy_file.search(f"{one.attendee.first_name} {one.attendee.last_name}")
        assert one.attendee.id in {listed.attendee.id for listed in found}


def title_of(event_file: EventFile) -> tuple[str, str]:
    """Of the first session and the second check-in list, which busy_day names after people."""
    return event_file.event().sessions[0].title, event_file.check_in_lists()[1].name


def test_the_name_of_a_person_erased_goes_from_titles_and_the_rest_of_them_stays(
    busy_file: EventFile,
) -> None:
    people = [record.attendee for record in busy_file.records()]
    titles = set(title_of(busy_file))
    assert found_in(busy_file.path, titles) == titles
    for number in (8, 9):
        with busy_file.transaction("Desk 1", LATER) as transaction:
            transaction.erase_person(people[number].id)
    busy_file.erasures.finish()
    assert title_of(busy_file) == ("Keynote: …", "Door of …")
    assert busy_file.verify().ok
    assert found_in(busy_file.path, titles) == set()


def test_a_title_with_a_name_that_was_corrected_since_goes_when_everybody_is_erased(
    busy_file: EventFile,
) -> None:
    people = [record.attendee for record in busy_file.records()]
    for number in (8, 9):
        correct(busy_file, "Desk 1", NOW, people[number].id, {"last_name": "Newname"})
    erase_everybody(busy_file)
    assert title_of(busy_file) == ("…", "…")
    assert busy_file.verify().ok


def test_what_another_window_still_writes_about_an_erased_person_is_blank(
    busy_file: EventFile,
) -> None:
    person = busy_file.records()[9].attendee
    with busy_file.transaction("Desk 1", LATER) as transaction:
        transaction.erase_person(person.id)
        transaction.append(
            EntryKind.AMENDED, person.id, payload={"changes": {"last_name": "Zwischenzeit"}}
        )
    correct(busy_file, "Desk 2", LATER, person.id, {"first_name": "Zwischenzeit"})
    busy_file.erasures.finish()
    assert found_in(busy_file.path, {"Zwischenzeit"}) == set()
    assert busy_file.verify().ok


def test_verify_finds_what_an_erased_person_should_have_lost(busy_file: EventFile) -> None:
    person = busy_file.records()[0].attendee
    with busy_file.transaction("Desk 1", LATER) as transaction:
        transaction.erase_person(person.id)
    assert busy_file.verify().ok
    with closing(apsw.Connection(str(busy_file.path))) as connection:
        connection.execute(
            "UPDATE entry SET payload = json_set(payload, '$.attendee.email', 'a@example.org')"
            " WHERE attendee = ? AND kind = 'registered'",
            (bytes.fromhex(person.id),),
        )
    (difference,) = busy_file.verify().differences
    assert "still tells" in difference


def test_nobody_of_that_id_cannot_be_erased(busy_file: EventFile) -> None:
    with (
        pytest.raises(UsageError, match="nobody"),
        busy_file.transaction("Desk 1", LATER) as transaction,
    ):
        transaction.erase_person("f" * 32)


def test_an_erasure_that_was_cut_short_is_known_and_finished_later(busy_file: EventFile) -> None:
    tales = tell_tales(busy_file.records())
    with busy_file.transaction("Office", LATER) as transaction:
        transaction.erase_everybody({})
    busy_file.close()
    with closing(EventFile(busy_file.path)) as again:
        assert again.erasures.is_unfinished()
        again.erasures.finish()
        assert not again.erasures.is_unfinished()
        again.erasures.finish()
        assert found_in(busy_file.path, tales, kept_texts(again)) == set()


def test_while_another_program_reads_the_file_an_erasure_stays_unfinished(
    busy_file: EventFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checkin_app.storage.connections.BUSY_TIMEOUT_MS", 50)
    tales = tell_tales(busy_file.records())
    with (
        closing(EventFile(busy_file.path)) as mine,
        closing(apsw.Connection(str(busy_file.path))) as other,
    ):
        other.execute("BEGIN; SELECT count(*) FROM entry").fetchall()
        with mine.transaction("Office", LATER) as transaction:
            transaction.erase_everybody({})
        with pytest.raises(ErasureUnfinished, match="other windows"):
            mine.erasures.finish()
        assert mine.erasures.is_unfinished()
        other.execute("COMMIT")
        mine.erasures.finish()
        assert found_in(busy_file.path, tales, kept_texts(mine)) == set()


def test_a_window_that_only_has_the_file_open_does_not_keep_it_from_being_erased(
    busy_file: EventFile,
) -> None:
    with closing(EventFile(busy_file.path)) as other:
        assert other.event().name
        erase_everybody(busy_file)
        assert all(record.is_erased for record in other.records())


def test_half_made_files_of_its_name_go_as_well(busy_file: EventFile) -> None:
    folder, name = busy_file.path.parent, busy_file.path.name
    own = [folder / f".{name}.4711.part", folder / f".{name}.4711.part-wal"]
    strange = folder / ".another.checkin.4711.part"
    for one in (*own, strange):
        one.write_text("Anna Nowak")
    erase_everybody(busy_file)
    assert not any(one.exists() for one in own)
    assert strange.exists()
    assert all(".part" not in one.name for one in files_beside(busy_file.path))


def test_what_an_export_that_was_killed_left_behind_goes_as_well(
    busy_file: EventFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    abandoned = temporary / "checkin-app-scratch-killed"
    (abandoned / "files").mkdir(parents=True)
    (abandoned / "in-use").touch()
    (abandoned / "files" / "sheet1.xml").write_text("Anna Nowak")
    erase_everybody(busy_file)
    assert [*temporary.iterdir()] == []


def test_every_table_is_known_to_be_folded_or_emptied(busy_file: EventFile) -> None:
    """A table of people that is not the fold has to name them in a BLOB column ``attendee``."""
    erase_everybody(busy_file)
    path: Path = busy_file.path
    with closing(apsw.Connection(str(path))) as connection:
        tables = connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        )
        filled = {
            name
            for (name,) in tables.fetchall()
            if connection.execute(f'SELECT count(*) FROM "{name}"').get
        }
    folded = {"entry", "event", "check_in_list", "attendee", "check_in", "headcount"}
    folded |= {"sqlite_schema"}
    # Names entries, not people; what a server was told is not sent again.
    folded |= {"online_send"}
    assert filled <= folded | {"sqlite_sequence"}
