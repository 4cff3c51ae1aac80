"""Check-ins go back to pretix once each, through every trouble of the line and of the desk."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from collections import deque
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from online_server import TOKEN, Mood, PretixServer
from send_desk import connection_to, sending
from settable_clock import SettableClock

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.online_lists.web import Patience
from checkin_app.secrets_store.passwords import SessionPasswords
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.list_import.registration_lists import apply_import, plan_import, read_list
from checkin_app.services.online.online_lists import fetch, open_web
from checkin_app.services.online.online_sends import CheckInSending, SendRound
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.attendee_filter import AttendeeFilter

TESTS = Path(__file__).parents[2]
PETER, ZOE = "z3fsn8jyufm5kpk768q69gkbyr5f4h6w", "def131fm5kpk768q69gkbyr5f4h6w"


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def event_file(
    empty_event_file: EventFile, pretix_server: PretixServer, clock: SettableClock
) -> EventFile:
    """An event with the people of pretix; nothing of the fetching is left in what was asked."""
    fetched = fetch(connection_to(pretix_server.url), TOKEN, "en")
    reading = read_list(fetched.table, fetched.choices)
    plan = plan_import(empty_event_file, reading)
    apply_import(empty_event_file, "Desk 1", clock(), plan, reading)
    pretix_server.asked.clear()
    return empty_event_file


@pytest.fixture
def desk(event_file: EventFile, clock: SettableClock) -> CheckInDesk:
    return CheckInDesk(event_file, "Desk 1", event_file.check_in_lists()[0], clock)


def scan(desk: CheckInDesk, code: str) -> Attendee:
    record = desk.handle(Scan(code, ScanSource.KEYBOARD)).record
    assert record is not None
    return record.attendee


def check_in_id(event_file: EventFile, person: Attendee) -> str:
    record = event_file.record(person.id)
    assert record is not None
    (check_in,) = record.check_ins.values()
    return check_in.entry_id


def rounds(desk: CheckInSending, most: int = 10) -> SendRound:
    """Rounds until nothing waits, or trouble; the line is closed."""
    try:
        for _ in range(most):
            last = desk.round()
            if last.pause_s is None or last.trouble:
                return last
        raise AssertionError("it never ends")
    finally:
        desk.close()


def send(event_file: EventFile, server: PretixServer) -> SendRound:
    return rounds(sending(event_file, server.url))


def test_a_check_in_is_told_with_its_time_and_its_entry_as_nonce(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer, clock: SettableClock
) -> None:
    person = scan(desk, PETER)
    done = send(event_file, pretix_server)
    assert (done.counts.waiting, done.counts.sent, done.trouble) == (0, 1, "")
    ((nonce, told),) = pretix_server.check_ins.items()
    assert nonce == check_in_id(event_file, person)
    assert (told["secret"], told["datetime"]) == (PETER, clock().isoformat())


def test_what_was_sent_is_not_sent_again(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer
) -> None:
    scan(desk, PETER)
    send(event_file, pretix_server)
    assert send(event_file, pretix_server).counts.sent == 1
    assert len(pretix_server.asked) == 1


def test_nothing_is_asked_while_nothing_waits(
    event_file: EventFile, pretix_server: PretixServer
) -> None:
    assert send(event_file, pretix_server).pause_s is None
    assert pretix_server.asked == []


def test_what_happened_without_a_line_is_sent_when_it_is_back(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer
) -> None:
    scan(desk, PETER)
    scan(desk, ZOE)
    pretix_server.moods.append(Mood.BROKEN)
    away = send(event_file, pretix_server)
    assert (away.counts.waiting, away.counts.sent) == (2, 0)
    assert "trouble of its own" in away.trouble
    back = send(event_file, pretix_server)
    assert (back.counts.waiting, back.counts.sent) == (0, 2)


def test_each_silence_of_the_server_is_followed_by_a_longer_pause(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer
) -> None:
    scan(desk, PETER)
    pretix_server.moods.extend([Mood.LOST] * 3)
    sender = sending(event_file, pretix_server.url)
    assert [sender.round().pause_s for _ in range(4)] == [5, 10, 20, None]
    sender.close()


def test_a_pause_that_pretix_asks_for_is_kept(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer
) -> None:
    scan(desk, PETER)
    pretix_server.moods.append(Mood.BUSY)
    sender = sending(event_file, pretix_server.url)
    sender._pause_s = 0.1
    assert sender.round().pause_s == 1
    sender.close()


def test_an_answer_that_was_lost_counts_once(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer
) -> None:
    scan(desk, PETER)
    pretix_server.moods.append(Mood.LOST)
    assert send(event_file, pretix_server).counts.waiting == 1
    assert send(event_file, pretix_server).counts.sent == 1
    nonces = [asked.body["nonce"] for asked in pretix_server.asked]
    assert nonces == [nonces[0]] * 2
    assert len(pretix_server.check_ins) == 1


def test_somebody_whom_pretix_refuses_holds_nobody_up(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer
) -> None:
    person = scan(desk, PETER)
    scan(desk, ZOE)
    pretix_server.refuses[PETER] = "unpaid"
    sender = sending(event_file, pretix_server.url)
    done = rounds(sender)
    assert (done.counts.waiting, done.counts.sent, done.counts.refused) == (0, 1, 1)
    (refused,) = sender.refused()
    assert (refused.attendee_id, refused.reason) == (person.id, "unpaid")


def test_what_was_refused_is_sent_again_when_somebody_asks_for_it(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer
) -> None:
    scan(desk, PETER)
    pretix_server.refuses[PETER] = "unpaid"
    sender = sending(event_file, pretix_server.url)
    rounds(sender)
    pretix_server.refuses.clear()
    sender.try_refused_again()
    done = rounds(sender)
    assert (done.counts.sent, done.counts.refused) == (1, 0)


def test_a_check_in_over_which_the_server_stumbles_is_set_aside(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer
) -> None:
    scan(desk, PETER)
    scan(desk, ZOE)
    pretix_server.moods.extend([Mood.BROKEN] * 3)
    sender = sending(event_file, pretix_server.url)
    for _ in range(2):
        assert rounds(sender).trouble
    done = rounds(sender)
    assert (done.counts.waiting, done.counts.sent, done.counts.refused) == (0, 1, 1)


def test_a_line_that_is_down_sets_nothing_aside(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer
) -> None:
    scan(desk, PETER)
    pretix_server.moods.extend([Mood.LOST] * 5)
    sender = sending(event_file, pretix_server.url)
    for _ in range(5):
        assert rounds(sender).counts.waiting == 1
    assert rounds(sender).counts.sent == 1


def test_a_silent_server_is_not_waited_for_without_end(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer
) -> None:
    scan(desk, PETER)
    pretix_server.moods.append(Mood.SILENT)

    def opened(connection: object, token: str, cancelled: object) -> object:
        return open_web(connection, token, patience=Patience(silent=0.2))  # type: ignore[arg-type]

    done = rounds(sending(event_file, pretix_server.url, opened=opened))
    assert "did not answer in time" in done.trouble


def test_a_token_that_is_refused_is_said_and_all_still_waits(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer
) -> None:
    scan(desk, PETER)
    pretix_server.authorization = "Token another"
    done = send(event_file, pretix_server)
    assert "does not accept the token" in done.trouble
    assert done.counts.waiting == 1


def test_without_a_token_nothing_goes_out(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer
) -> None:
    scan(desk, PETER)
    connection = connection_to(pretix_server.url)
    sender = CheckInSending(event_file, connection, SessionPasswords(), "Desk 1")
    assert "No token is known" in rounds(sender).trouble
    assert pretix_server.asked == []


def test_people_whom_pretix_does_not_know_are_not_told_to_it(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer, clock: SettableClock
) -> None:
    with event_file.transaction("Desk 1", clock()) as transaction:
        (walk_in, own) = transaction.register(
            [
                Attendee("", last_name="Walk-in", walk_in=True, code="FROMELSEWHERE"),
                Attendee("", last_name="Code of our own"),
            ]
        )
    for person in (walk_in, own):
        desk.check_in(person.id)
    done = send(event_file, pretix_server)
    assert (done.counts.waiting, done.counts.sent, done.counts.refused) == (0, 0, 0)
    assert pretix_server.asked == []


def test_a_code_replaced_at_the_desk_is_told_as_the_ticket_of_pretix(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer, clock: SettableClock
) -> None:
    (peter,) = (one for one in event_file.attendees(AttendeeFilter()) if one.code == PETER)
    with event_file.transaction("Desk 1", clock()) as transaction:
        transaction.append(EntryKind.CODE_REPLACED, peter.id, payload={"code": "0" * 20})
    desk.check_in(peter.id)
    send(event_file, pretix_server)
    assert [told["secret"] for told in pretix_server.check_ins.values()] == [PETER]


def test_a_check_in_that_was_taken_back_before_it_was_sent_is_not_sent(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer
) -> None:
    person = scan(desk, PETER)
    desk.undo(person.id, check_in_id(event_file, person))
    assert send(event_file, pretix_server).counts.waiting == 0
    assert pretix_server.asked == []


def test_a_check_in_that_was_taken_back_afterwards_is_annulled(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer, clock: SettableClock
) -> None:
    person = scan(desk, PETER)
    send(event_file, pretix_server)
    entry_id = check_in_id(event_file, person)
    clock.now += timedelta(minutes=1)
    desk.undo(person.id, entry_id)
    assert send(event_file, pretix_server).counts.waiting == 0
    assert (pretix_server.check_ins, pretix_server.annulled) == ({}, [entry_id])


def test_an_annulment_whose_answer_was_lost_is_no_refusal(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer
) -> None:
    person = scan(desk, PETER)
    sender = sending(event_file, pretix_server.url)
    rounds(sender)
    desk.undo(person.id, check_in_id(event_file, person))
    pretix_server.moods.append(Mood.LOST)
    assert rounds(sender).counts.waiting == 1
    done = rounds(sender)
    assert (done.counts.waiting, done.counts.refused) == (0, 0)
    assert pretix_server.check_ins == {}


def test_somebody_let_in_again_after_that_is_a_new_check_in(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer
) -> None:
    person = scan(desk, PETER)
    send(event_file, pretix_server)
    desk.undo(person.id, check_in_id(event_file, person))
    scan(desk, PETER)
    send(event_file, pretix_server)
    assert list(pretix_server.check_ins) == [check_in_id(event_file, person)]


def test_an_erased_person_is_not_told(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer, clock: SettableClock
) -> None:
    person = scan(desk, PETER)
    with event_file.transaction("Desk 1", clock()) as transaction:
        transaction.append(EntryKind.ERASED, person.id)
    assert send(event_file, pretix_server).counts.waiting == 0
    assert pretix_server.asked == []


def test_check_ins_of_another_list_stay_here(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer, clock: SettableClock
) -> None:
    door = replace(desk.check_in_list, id="door", name="Door")
    with event_file.transaction("Desk 1", clock()) as transaction:
        transaction.describe_list(door)
    scan(desk.with_list(door), PETER)
    assert send(event_file, pretix_server).counts.waiting == 0
    assert pretix_server.asked == []


def test_another_event_of_pretix_has_been_told_nothing_yet(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer
) -> None:
    scan(desk, PETER)
    send(event_file, pretix_server)
    other = replace(connection_to(pretix_server.url), event="another")
    sender = CheckInSending(event_file, other, SessionPasswords(), "Desk 1")
    assert rounds(sender).counts.waiting == 1


def test_neither_codes_nor_token_nor_names_are_logged(
    event_file: EventFile,
    desk: CheckInDesk,
    pretix_server: PretixServer,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    scan(desk, PETER)
    pretix_server.moods = deque([Mood.BROKEN, Mood.LOST, Mood.WEB_PAGE])
    for _ in range(4):
        send(event_file, pretix_server)
    assert caplog.text == ""


def test_a_desk_that_dies_at_any_step_of_sending_counts_nobody_twice_and_forgets_nobody(
    event_file: EventFile, desk: CheckInDesk, pretix_server: PretixServer, tmp_path: Path
) -> None:
    for code in (PETER, ZOE):
        scan(desk, code)
    expected = {check_in_id(event_file, scan(desk, code)) for code in (PETER, ZOE)}
    event_file.close()
    for dies_at in range(1, 30):
        pretix_server.check_ins.clear()
        event = Path(shutil.copy(event_file.path, tmp_path / f"{dies_at}.checkin"))
        status = _send_in_a_process(event, pretix_server.url, dies_at)
        assert _send_in_a_process(event, pretix_server.url) == 0
        assert set(pretix_server.check_ins) == expected
        with EventFile(event) as sent:
            assert send(sent, pretix_server).counts.sent == 2
        if status == 0:
            assert dies_at > 6
            return
    pytest.fail("It never came to the end.")


def _send_in_a_process(event: Path, server: str, dies_at: int = 0) -> int:
    places = os.pathsep.join((str(TESTS), str(TESTS.parent)))
    return subprocess.run(
        [sys.executable, str(TESTS / "send_desk.py"), str(event), server, str(dies_at)],
        env={**os.environ, "PYTHONPATH": places},
        check=False,
    ).returncode
