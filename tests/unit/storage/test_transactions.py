"""A transaction is there whole or not at all, for every thread."""

from __future__ import annotations

import os
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.scan import Scan
from checkin_app.errors import EventFileError, EventFileMissing, EventFileUnwritable
from checkin_app.services.check_in import CheckInDesk
from checkin_app.storage.connections import check_header
from checkin_app.storage.event_file import EventFile

NOON = datetime(2024, 5, 6, 10, 0, tzinfo=UTC)


class PowerCut(Exception):
    """What interrupts a transaction half-way."""


def test_a_transaction_that_fails_leaves_nothing(sample_event_file: EventFile) -> None:
    before = (list(sample_event_file.ledger()), sample_event_file.records())
    person = before[1][0].attendee

    def fail_half_way() -> None:
        with sample_event_file.transaction("Desk 1", NOON) as transaction:
            transaction.register([Attendee("", first_name="Half", last_name="Way")])
            transaction.append(EntryKind.CHECKED_IN, person.id, "registration")
            raise PowerCut

    with pytest.raises(PowerCut):
        fail_half_way()
    assert (list(sample_event_file.ledger()), sample_event_file.records()) == before
    assert sample_event_file.search("half way") == ()
    assert sample_event_file.verify().ok


def test_a_transaction_sees_what_it_appended(sample_event_file: EventFile) -> None:
    with sample_event_file.transaction("Desk 1", NOON) as transaction:
        (person,) = transaction.register([Attendee("", first_name="New", last_name="Comer")])
        assert person.id
        assert person.code
        assert transaction.find_code(person.code)[0].attendee_id == person.id
        transaction.append(EntryKind.CHECKED_IN, person.id, "registration")
        record = transaction.record(person.id)
        assert record is not None
        assert record.checked_in_at == NOON
        assert transaction.present_count("registration") == 1


def test_a_clock_set_back_does_not_turn_the_order_around(sample_event_file: EventFile) -> None:
    person = sample_event_file.records()[0].attendee
    earlier = datetime(2020, 1, 1, tzinfo=UTC)
    for at, kind in ((NOON, EntryKind.BADGE_PRINTED), (earlier, EntryKind.CHECKED_IN)):
        with sample_event_file.transaction("Desk 1", at) as transaction:
            transaction.append(kind, person.id, "registration")
    kinds = [entry.kind for entry in sample_event_file.history(person.id)]
    assert kinds == [EntryKind.REGISTERED, EntryKind.BADGE_PRINTED, EntryKind.CHECKED_IN]


def test_every_thread_may_read_and_write(sample_event_file: EventFile) -> None:
    codes = [record.attendee.code for record in sample_event_file.records()]
    registration = sample_event_file.check_in_lists()[0]

    def scan_some(thread: int) -> list[str]:
        desk = CheckInDesk(sample_event_file, f"Desk {thread}", registration)
        answers = [desk.handle(Scan(code)).kind.value for code in codes[:40]]
        assert sample_event_file.search("a")
        return answers

    with ThreadPoolExecutor(4) as threads:
        answers = [answer for answers in threads.map(scan_some, range(4)) for answer in answers]
    assert answers.count("admitted") == sum(
        record.checked_in_at is not None for record in sample_event_file.records()
    )
    assert answers.count("admitted") + answers.count("already_in") >= 4 * 35
    assert sample_event_file.verify().ok


def test_a_change_by_another_connection_is_noticed(sample_path: Path) -> None:
    here, elsewhere = EventFile(sample_path), EventFile(sample_path)
    before = here.change_counter()
    assert here.change_counter() == before
    with elsewhere.transaction("Desk 2", NOON) as transaction:
        transaction.register([Attendee("", first_name="New", last_name="Comer")])
    assert here.change_counter() != before
    here.close()
    elsewhere.close()


def test_a_deleted_file_takes_no_check_in_and_works_again_when_it_is_back(
    sample_event_file: EventFile, desk: CheckInDesk, tmp_path: Path
) -> None:
    first, second = (record.attendee.code for record in sample_event_file.records()[:2])
    desk.handle(Scan(first))
    away = sample_event_file.path.rename(tmp_path / "away")
    with pytest.raises(EventFileUnwritable, match="no longer where it was"):
        desk.handle(Scan(second))
    with pytest.raises(EventFileMissing, match="plug the stick in"):
        desk.handle(Scan(second))
    away.rename(sample_event_file.path)
    assert desk.handle(Scan(second)).kind == "admitted"
    assert desk.handle(Scan(first)).kind == "already_in"
    assert sample_event_file.verify().ok


def test_a_file_replaced_under_the_desk_takes_no_check_in_unnoticed(
    sample_path: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(sample_path, tmp_path / "copy"))
    event_file = EventFile(sample_path)
    desk = CheckInDesk(event_file, "Desk 1", event_file.check_in_lists()[0])
    code = event_file.records()[0].attendee.code
    copy.replace(sample_path)
    with pytest.raises(EventFileUnwritable, match="Nothing was stored"):
        desk.handle(Scan(code))
    assert desk.handle(Scan(code)).kind == "admitted"
    assert event_file.verify().ok
    event_file.close()


def test_what_others_read_goes_on_when_a_transaction_meets_an_error_of_the_file(
    sample_event_file: EventFile,
) -> None:
    whole = list(sample_event_file.ledger())

    def fail() -> None:
        with sample_event_file.transaction("Desk 1", NOON):
            raise EventFileUnwritable("The disk is full.", sample_event_file.path)

    with ThreadPoolExecutor(1) as reader:
        reading = sample_event_file.ledger()
        first = reader.submit(next, reading).result(60)
        with pytest.raises(EventFileUnwritable):
            fail()
        assert [first, *reader.submit(list, reading).result(60)] == whole
        assert reader.submit(sample_event_file.records).result(60) == sample_event_file.records()


def test_a_thread_whose_file_was_opened_anew_by_another_only_tries_again(
    sample_event_file: EventFile, desk: CheckInDesk, tmp_path: Path
) -> None:
    codes = [record.attendee.code for record in sample_event_file.records()]
    inside, reopened = threading.Event(), threading.Event()

    def long_transaction() -> str:
        try:
            with sample_event_file.transaction("Desk 2", NOON) as transaction:
                inside.set()
                reopened.wait(60)
                transaction.register([Attendee("", first_name="Late", last_name="Comer")])
        except EventFileError as error:
            return str(error)
        return "done"

    with ThreadPoolExecutor(1) as other:
        answer = other.submit(long_transaction)
        inside.wait(60)
        away = sample_event_file.path.rename(tmp_path / "away")
        sample_event_file._connections.reset()
        away.rename(sample_event_file.path)
        reopened.set()
        assert "try again" in answer.result(60)
        assert other.submit(long_transaction).result(60) == "done"
    assert desk.handle(Scan(codes[0])).kind == "admitted"
    assert [p.attendee.last_name for p in sample_event_file.search("late comer")] == ["Comer"]


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="needs the kernel's table of locks")
def test_looking_at_a_header_does_not_drop_the_locks_of_an_open_file(
    sample_event_file: EventFile,
) -> None:
    def locks() -> set[str]:
        inode = f":{sample_event_file.path.stat().st_ino} "
        # While others lock and unlock, the kernel may list one twice, each with its own number.
        lines = (line.partition(":")[2] for line in Path("/proc/locks").read_text().splitlines())
        return {line for line in lines if f" {os.getpid()} " in line and inode in line}

    sample_event_file.records()
    held = locks()
    assert held
    check_header(sample_event_file.path)
    with ThreadPoolExecutor(1) as other:
        other.submit(sample_event_file.records).result()
    assert locks() == held
