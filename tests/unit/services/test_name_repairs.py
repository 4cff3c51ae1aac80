"""Names in one case are repaired when somebody says so, and in the ledger as a correction."""

from __future__ import annotations

from settable_clock import DURING_REGISTRATION

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.ledger import EntryKind
from checkin_app.services.name_repairs import apply, proposals
from checkin_app.services.registrations import correct, history, walk_in
from checkin_app.storage.event_file import EventFile

NOW = DURING_REGISTRATION


def registered(event_file: EventFile, first_name: str, last_name: str) -> Attendee:
    return walk_in(event_file, "Desk 1", NOW, {"first_name": first_name, "last_name": last_name})


def named(event_file: EventFile, attendee: Attendee) -> str:
    record = event_file.record(attendee.id)
    assert record is not None
    return record.attendee.full_name


def test_proposals_name_what_would_change_and_leave_good_names_alone() -> None:
    people = [
        Attendee("1" * 32, first_name="Anna", last_name="MCDONALD"),
        Attendee("2" * 32, first_name="Jan", last_name="van der Berg"),
        Attendee("3" * 32, first_name="bo", last_name="DEREK"),
        Attendee("4" * 32, first_name="JP", last_name="Morgan"),
    ]
    first, second = proposals(people)
    assert (first.before, first.after) == ({"last_name": "MCDONALD"}, {"last_name": "McDonald"})
    assert second.after == {"first_name": "Bo", "last_name": "Derek"}
    assert proposals([Attendee("5" * 32, last_name="IŞIK")], "tr")[0].after == {"last_name": "Işık"}


def test_applied_proposals_are_corrections_of_the_desk(empty_event_file: EventFile) -> None:
    shouted = registered(empty_event_file, "ANNA", "VAN DER BERG")
    fine = registered(empty_event_file, "Bo", "Derek")
    everybody = [record.attendee for record in empty_event_file.records()]
    assert apply(empty_event_file, "Desk 1", NOW, proposals(everybody)) == 1
    assert named(empty_event_file, shouted) == "Anna van der Berg"
    assert named(empty_event_file, fine) == "Bo Derek"
    newest = history(empty_event_file, shouted.id)[0].entry
    assert newest.kind is EntryKind.AMENDED
    record = empty_event_file.record(shouted.id)
    assert record is not None
    assert record.desk_fields >= {"first_name", "last_name"}


def test_whoever_was_corrected_meanwhile_is_left_alone(empty_event_file: EventFile) -> None:
    shouted = registered(empty_event_file, "ANNA", "MACLEOD")
    old = proposals([shouted])
    correct(empty_event_file, "Desk 2", NOW, shouted.id, {"last_name": "Macleod"})
    assert apply(empty_event_file, "Desk 1", NOW, old) == 0
    assert named(empty_event_file, shouted) == "ANNA Macleod"


def test_many_repairs_are_made_at_once(empty_event_file: EventFile) -> None:
    with empty_event_file.transaction("Desk 1", NOW) as transaction:
        transaction.register(
            [Attendee("", first_name="EVA", last_name=f"BRANDT {n}") for n in range(450)]
        )
    everybody = [record.attendee for record in empty_event_file.records()]
    assert apply(empty_event_file, "Desk 1", NOW, proposals(everybody)) == 450
    names = {record.attendee.full_name for record in empty_event_file.records()}
    assert names == {f"Eva Brandt {n}" for n in range(450)}
    assert proposals(record.attendee for record in empty_event_file.records()) == ()
