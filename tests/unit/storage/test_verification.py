"""Verify finds whatever was changed in the tables behind the ledger's back."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import apsw
import pytest
from settable_clock import DURING_REGISTRATION
from shared_parcels import HUB, packed

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.language.search_text import index_words
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.registrations import walk_in
from checkin_app.storage.event_file import EventFile


def tamper(path: Path, *statements: str) -> tuple[str, ...]:
    """Change a file with bare SQL and verify it."""
    event_file = EventFile(path)
    desk = CheckInDesk(event_file, "Desk 1", event_file.check_in_lists()[0])
    for record in event_file.records()[:3]:
        desk.check_in(record.attendee.id)
    assert event_file.verify().ok
    event_file.close()
    with closing(apsw.Connection(str(path))) as connection:
        for statement in statements:
            connection.execute(statement)
    event_file = EventFile(path)
    found = event_file.verify()
    event_file.close()
    assert found.ok == (not found.differences)
    assert found.entries > 150
    return found.differences


def test_an_untouched_file_verifies(sample_path: Path) -> None:
    assert tamper(sample_path) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET document = replace(document, '2024-05-06', '2024-05-07')",
        "DELETE FROM event",
        "UPDATE check_in_list SET document = replace(document, 'Registration', 'Cloak room')",
        "UPDATE check_in_list SET position = position + 1",
        "DELETE FROM check_in_list WHERE position = 4",
        "UPDATE attendee SET last_name = 'Somebody' WHERE number = 7",
        "UPDATE attendee SET status = 'cancelled' WHERE number = 7",
        "UPDATE attendee SET checked_in_at = NULL WHERE number = 1",
        "UPDATE attendee SET checked_in_at = 1 WHERE number = 9",
        "UPDATE attendee SET sort_key = 'zz' WHERE number = 7",
        "UPDATE attendee SET badge_prints = 5 WHERE number = 7",
        "DELETE FROM attendee WHERE number = 7",
        "INSERT INTO attendee SELECT 9999, randomblob(16), sort_key, first_key, status, category,"
        " checked_in_at, badge_prints, badge_printed_at, code, title, first_name, last_name,"
        " organisation, role, country, email, attention, extra, walk_in, registered_at,"
        " badge_spoilt, changed_since_print, tray, tray_place, gone_at, ticket_sent_at,"
        " is_erased, open_conflicts, resolved_conflicts FROM attendee WHERE number = 7",
        "UPDATE attendee SET registered_at = 5 WHERE number = 7",
        "UPDATE attendee SET badge_spoilt = 1 WHERE number = 7",
        "UPDATE attendee SET changed_since_print = 1 WHERE number = 7",
        "UPDATE attendee SET tray = 'A–F' WHERE number = 7",
        "UPDATE attendee SET tray_place = 3 WHERE number = 7",
        "UPDATE attendee SET gone_at = 5 WHERE number = 7",
        "UPDATE attendee SET ticket_sent_at = 5 WHERE number = 7",
        "UPDATE attendee SET is_erased = 1 WHERE number = 7",
        "INSERT INTO kept VALUES ('badge layout kept', 'forged', '{}')",
        "UPDATE code SET code = 'STOLEN' WHERE attendee = 7",
        "UPDATE code SET current = 0 WHERE attendee = 7",
        "DELETE FROM code WHERE attendee = 7",
        "INSERT INTO code VALUES ('FORGED', 7, 1)",
        "UPDATE check_in SET desk = 'Desk 9' WHERE attendee = 1",
        "UPDATE check_in SET standing = 0 WHERE attendee = 1",
        "DELETE FROM check_in WHERE attendee = 1",
        "INSERT INTO check_in VALUES (9, 'registration', randomblob(16), 1, 'Desk 1', '', 1)",
        "INSERT INTO check_in VALUES (9999, 'registration', randomblob(16), 1, 'Desk 1', '', 1)",
        "DELETE FROM search WHERE rowid = 7",
        "INSERT INTO search (rowid, words) VALUES (7, 'forged words')",
        "INSERT INTO search (rowid, words) VALUES (9999, 'forged words')",
        "DELETE FROM entry WHERE kind = 'checked in' AND attendee ="
        " (SELECT id FROM attendee WHERE number = 1)",
        "UPDATE entry SET payload = replace(payload, 'first_name', 'last_name')"
        " WHERE kind = 'registered' AND attendee = (SELECT id FROM attendee WHERE number = 7)",
        "UPDATE entry SET kind = 'sang a song' WHERE kind = 'checked in'",
        "UPDATE entry SET payload = '{' WHERE attendee ="
        " (SELECT id FROM attendee WHERE number = 7)",
        "UPDATE entry SET payload = '[]' WHERE attendee ="
        " (SELECT id FROM attendee WHERE number = 7)",
        "UPDATE entry SET payload = '{}' WHERE kind = 'event described'",
    ],
)
def test_a_change_of_any_table_is_found(sample_path: Path, statement: str) -> None:
    differences = tamper(sample_path, statement)
    assert differences
    assert all(sentence.endswith(".") for sentence in differences)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM parcel WHERE number = 2",
        "DELETE FROM parcel_entry WHERE parcel = 2",
        "DELETE FROM parcel_entry WHERE entry = (SELECT min(entry) FROM parcel_entry)",
        "INSERT INTO parcel_entry VALUES (2, randomblob(16))",
        "UPDATE hub SET has_up_to = 99",
        "UPDATE desk_parcels SET all_up_to = 7",
    ],
)
def test_a_change_of_what_was_shared_is_found(sample_path: Path, statement: str) -> None:
    with closing(EventFile(sample_path)) as event_file:
        parcels = list(packed(event_file, 60))
        with event_file.transaction("Desk 1", DURING_REGISTRATION) as transaction:
            transaction.take_in(parcels, hub=HUB, read_up_to=3)
    assert tamper(sample_path, statement)


def test_differences_name_people_by_id_only(sample_path: Path) -> None:
    differences = tamper(sample_path, "UPDATE attendee SET last_name = 'Somebody'")
    assert len(differences) == 150
    assert not any("Somebody" in sentence for sentence in differences)


def test_endless_words_are_found_and_verify(empty_event_file: EventFile) -> None:
    endless = "a" * 40_000
    fields = {"first_name": "Ann", "last_name": endless, "organisation": endless + "b"}
    walk_in(empty_event_file, "Desk 1", DURING_REGISTRATION, fields)
    assert empty_event_file.verify().ok
    assert len(empty_event_file.search("aaaa")) == 1


ODD_NAMES = (
    "O'Connor Smith-Jones_Lee", "jo`hn AB.cd@x-y.example", "Ångström 12/3", "\x7f a\tb ' ''",
    "x" * 199, "y" * 200, "z" * 201, f"{'ab ' * 90}end", f"É {'w' * 250}",
)  # fmt: skip


def test_the_index_makes_the_same_words_of_names_however_it_is_given_them(
    empty_event_file: EventFile,
) -> None:
    people = [
        Attendee(id="", code=f"C{place}", last_name=name, extra={"Note": name})
        for place, name in enumerate(ODD_NAMES)
    ]
    with empty_event_file.transaction("Desk 1", DURING_REGISTRATION) as transaction:
        transaction.register_many(people)
    assert empty_event_file.verify().differences == ()
    for person in people:
        words = index_words(person.last_name).split()
        assert {word for word in words if not empty_event_file.search(word)} == set()
