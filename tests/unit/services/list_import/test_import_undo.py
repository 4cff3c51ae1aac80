"""An import can be taken back whole; whom something happened to since stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from settable_clock import DURING_REGISTRATION
from taken_lists import ORGANISER, people, tables_of, take

from checkin_app.domain.badges.badge_prints import print_mark
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.print_jobs import PrintCause
from checkin_app.domain.printers import PrinterId, SpoolerKind
from checkin_app.domain.scan import Scan
from checkin_app.errors import Cancelled, UsageError
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.list_import.import_undo import imports, plan_undo, undo_import
from checkin_app.services.registrations import correct, history
from checkin_app.storage.event_file import EventFile

NAMES = "First name,Last name,Organisation,Email,Role"
ANNA, JAN, ZOE = "Anna,Nowak,EAPN,a@x.org,", "Jan,Lis,EAPN,j@x.org,", "Zoe,Zak,EESC,z@x.org,"
LATER = DURING_REGISTRATION + timedelta(minutes=5)


def undo(event_file: EventFile, import_id: str = "") -> tuple[int, int, list[str]]:
    """Undo an import: how many vanished, went back, and who stayed."""
    planned = plan_undo(event_file, import_id)
    done = undo_import(event_file, ORGANISER, LATER, import_id)
    assert (planned.removed, planned.restored) == (done.removed, done.restored)
    assert event_file.verify().ok, event_file.verify().differences
    return done.removed, done.restored, [person.full_name for person in done.staying]


def desk_of(event_file: EventFile) -> CheckInDesk:
    first_list = event_file.check_in_lists()[0]
    return CheckInDesk(event_file, "Desk 1", first_list, lambda: LATER)


def test_everything_is_as_it_was_before_the_import(empty_event_file: EventFile) -> None:
    take(empty_event_file, NAMES, f"{ANNA}Chair", f"{JAN}Clerk", ZOE)
    before = tables_of(empty_event_file.path)
    newer = f"Code,{NAMES}", f"T-1,{ANNA}President", f",{JAN}Clerk", ",Ola,Olsen,,o@x.org,Guest"
    report = take(empty_event_file, *newer)
    assert (report.added, report.updated, report.gone) == (1, 1, 1)

    assert undo(empty_event_file) == (1, 2, [])
    assert tables_of(empty_event_file.path) == before
    assert undo(empty_event_file) == (3, 0, [])
    assert empty_event_file.records() == []
    assert [done.is_undone for done in imports(empty_event_file)] == [True, True]


def test_an_import_tells_what_it_did(empty_event_file: EventFile) -> None:
    report = take(empty_event_file, NAMES, ANNA, JAN)
    take(empty_event_file, NAMES, ANNA, JAN)
    (done,) = imports(empty_event_file)
    assert (done.id, done.file, done.added, done.changed) == (report.import_id, "list.csv", 2, 0)
    assert (done.at, done.desk, done.is_undone) == (DURING_REGISTRATION, ORGANISER, False)
    (entry,) = (e for e in empty_event_file.ledger() if e.kind is EntryKind.LIST_IMPORTED)
    assert entry.payload.keys() >= {"import", "file", "preset", "read", "added", "changed", "gone"}


def test_whom_anything_happened_to_since_stays(empty_event_file: EventFile) -> None:
    take(empty_event_file, NAMES, ANNA, JAN, ZOE, "Ola,Olsen,,,", "Pia,Pohl,,,")
    ids = people(empty_event_file)
    records = {r.attendee.full_name: r.attendee for r in empty_event_file.records()}
    desk = desk_of(empty_event_file)
    desk.handle(Scan(records["Anna Nowak"].code))
    correct(empty_event_file, "Desk 1", LATER, ids["Jan Lis"], {"role": "Clerk"})
    with empty_event_file.transaction("Desk 1", LATER) as transaction:
        transaction.append(EntryKind.BADGE_PRINTED, ids["Zoe Zak"])
        transaction.append(EntryKind.TICKET_SENT, ids["Ola Olsen"], payload={"mailing": "m"})

    removed, _, staying = undo(empty_event_file)
    assert (removed, staying) == (1, ["Anna Nowak", "Jan Lis", "Zoe Zak", "Ola Olsen"])
    assert people(empty_event_file).keys() == set(staying)
    assert empty_event_file.records()[0].checked_in_at is not None


def test_a_check_in_that_was_taken_back_keeps_nobody(empty_event_file: EventFile) -> None:
    take(empty_event_file, NAMES, ANNA)
    (record,) = empty_event_file.records()
    desk = desk_of(empty_event_file)
    outcome = desk.handle(Scan(record.attendee.code))
    assert outcome.check_in is not None
    desk.undo(record.attendee.id, outcome.check_in.entry_id)
    assert undo(empty_event_file) == (1, 0, [])
    assert empty_event_file.search("Anna") == ()
    assert empty_event_file.find_code(record.attendee.code) == ()


def test_a_field_goes_back_under_the_check_in_and_the_later_correction_holds(
    empty_event_file: EventFile,
) -> None:
    take(empty_event_file, NAMES, f"{ANNA}Chair")
    (record,) = empty_event_file.records()
    take(empty_event_file, NAMES, "Anna,Nowak,Wrong,a@x.org,Wrong")
    desk_of(empty_event_file).handle(Scan(record.attendee.code))
    correct(empty_event_file, "Desk 1", LATER, record.attendee.id, {"role": "President"})
    assert undo(empty_event_file) == (0, 1, [])
    (after,) = empty_event_file.records()
    assert (after.attendee.organisation, after.attendee.role) == ("EAPN", "President")
    assert after.checked_in_at is not None


def test_a_code_goes_back_unless_its_ticket_was_used(empty_event_file: EventFile) -> None:
    coded = f"Code,{NAMES}"
    take(empty_event_file, coded, f"OLD-1,{ANNA}", f"OLD-2,{JAN}")
    take(empty_event_file, coded, f"NEW-1,{ANNA}", f"NEW-2,{JAN}")
    desk_of(empty_event_file).handle(Scan("NEW-2"))
    assert undo(empty_event_file) == (0, 1, ["Jan Lis"])
    codes = {r.attendee.first_name: r.attendee.code for r in empty_event_file.records()}
    assert codes == {"Anna": "OLD-1", "Jan": "NEW-2"}
    assert empty_event_file.find_code("NEW-1") == ()
    assert [match.current for match in empty_event_file.find_code("OLD-2")] == [False]


def test_a_badge_whose_fields_went_back_was_changed_since_it_was_printed(
    empty_event_file: EventFile,
) -> None:
    take(empty_event_file, NAMES, f"{ANNA}Chair")
    (record,) = empty_event_file.records()

    def print_badge() -> None:
        (shown,) = empty_event_file.records()
        printed = {"fields": ["role"], "mark": print_mark(shown.attendee, ["role"])}
        with empty_event_file.transaction("Desk 1", LATER) as transaction:
            transaction.append(EntryKind.BADGE_PRINTED, record.attendee.id, payload=printed)

    def is_changed() -> bool:
        return empty_event_file.records()[0].changed_since_print

    print_badge()
    take(empty_event_file, NAMES, f"{ANNA}President")
    assert is_changed()
    undo(empty_event_file)
    assert not is_changed()
    take(empty_event_file, NAMES, f"{ANNA}President")
    print_badge()
    undo(empty_event_file)
    assert is_changed()


def test_an_older_import_can_be_undone_and_the_newer_ones_are_named(
    empty_event_file: EventFile,
) -> None:
    first = take(empty_event_file, NAMES, ANNA, JAN)
    second = take(empty_event_file, NAMES, ANNA, f"{JAN}Clerk", ZOE)
    plan = plan_undo(empty_event_file, first.import_id[:8])
    assert [done.id for done in plan.newer] == [second.import_id]
    assert undo(empty_event_file, first.import_id) == (1, 0, ["Jan Lis"])
    assert people(empty_event_file).keys() == {"Jan Lis", "Zoe Zak"}


def test_who_waits_for_a_badge_vanishes_with_the_job(empty_event_file: EventFile) -> None:
    take(empty_event_file, NAMES, ANNA)
    (known,) = people(empty_event_file).values()
    printer = PrinterId(SpoolerKind.CUPS, "door")
    with empty_event_file.transaction("Desk 1", LATER) as transaction:
        transaction.add_print_job("desk-1", known, printer, PrintCause.ASKED)
    assert undo(empty_event_file) == (1, 0, [])
    assert empty_event_file.print_jobs.of_desk("desk-1").open() == ()


def test_somebody_who_vanished_is_registered_again_by_the_next_import(
    empty_event_file: EventFile,
) -> None:
    take(empty_event_file, NAMES, ANNA, JAN)
    first = people(empty_event_file)
    undo(empty_event_file)
    assert take(empty_event_file, NAMES, JAN).added == 1
    assert people(empty_event_file).keys() == {"Jan Lis"}
    assert people(empty_event_file)["Jan Lis"] != first["Jan Lis"]
    assert [line.entry.kind for line in history(empty_event_file, first["Jan Lis"])] == [
        EntryKind.UNDONE,
        EntryKind.REGISTERED,
    ]


def test_what_was_never_imported_or_is_undone_cannot_be_undone(
    empty_event_file: EventFile,
) -> None:
    with pytest.raises(UsageError, match="no import to undo"):
        plan_undo(empty_event_file)
    report = take(empty_event_file, NAMES, ANNA)
    undo(empty_event_file)
    with pytest.raises(UsageError, match="undone before"):
        undo_import(empty_event_file, ORGANISER, LATER, report.import_id)
    with pytest.raises(UsageError, match="no import 'zzz'"):
        plan_undo(empty_event_file, "zzz")


def test_a_stopped_undo_changes_nothing(empty_event_file: EventFile) -> None:
    take(empty_event_file, NAMES, ANNA, JAN)
    before = tables_of(empty_event_file.path), len(list(empty_event_file.ledger()))
    with pytest.raises(Cancelled):
        undo_import(empty_event_file, ORGANISER, LATER, cancelled=lambda: True)
    assert (tables_of(empty_event_file.path), len(list(empty_event_file.ledger()))) == before
    assert len(people(empty_event_file)) == 2
