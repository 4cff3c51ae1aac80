"""However the program dies, and whoever else sends, nobody gets two tickets or none."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import answer, run, start
from mail_server import CERTIFICATE, PASSWORD, USER, PostOffice, post_office
from mailing_desk import event_with, guests

from checkin_app.domain.mailings import MailState
from checkin_app.storage.event_file import EventFile

PEOPLE = 200
PATIENCE_S = 120


def surroundings(office: PostOffice, home: Path) -> dict[str, str]:
    """An account by the environment; settings and locks of its own."""
    return {
        "CHECKIN_MAIL_HOST": "localhost",
        "CHECKIN_MAIL_PORT": str(office.port),
        "CHECKIN_MAIL_USER": USER,
        "CHECKIN_MAIL_PASSWORD": PASSWORD,
        "CHECKIN_MAIL_FROM": "team@example.org",
        "CHECKIN_MAIL_RATE": "6000",
        "SSL_CERT_FILE": str(CERTIFICATE),
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
    }


def wait_for(office: PostOffice, count: int, sending: subprocess.Popen[str]) -> None:
    while len(office.received) < count:
        assert sending.poll() is None, sending.communicate()
        time.sleep(0.001)


def held_after(office: PostOffice, mails: int, killed: threading.Event) -> Callable[[str], None]:
    """No further mail is taken before the kill: whoever sends must not be through by then."""

    def hold(_recipient: str) -> None:
        if len(office.received) >= mails:
            killed.wait(PATIENCE_S)

    return hold


def test_200_mails_go_out_once_each_however_often_the_program_is_killed(tmp_path: Path) -> None:
    event = tmp_path / "assembly.checkin"
    event_with(event, guests(PEOPLE)).close()
    with post_office() as office:
        around = surroundings(office, tmp_path)
        words: tuple[object, ...] = ("mail", event, "--to", "unsent", "--no-invitation")
        for kills in range(1, 6):
            killed = threading.Event()
            office.at_end = held_after(office, kills * 25 + 20, killed)
            sending = start(*words, **around)
            wait_for(office, kills * 25, sending)
            sending.kill()
            sending.communicate()
            killed.set()
            words = ("mail", event, "--resume")
        done = run(*words, "--json", **around)
        end = json.loads(done.stdout)
    arrived = Counter(mail.recipient for mail in office.received)
    assert set(arrived.values()) == {1}
    assert end["waiting"] == 0
    assert end["sent"] + end["unsure"] == PEOPLE
    assert end["unsure"] <= 5
    assert done.returncode == (1 if end["unsure"] else 0)
    with EventFile(event) as event_file:
        unsure = {job.attendee_id for job in event_file.mail_jobs.last_jobs(MailState.UNSURE)}
        for record in event_file.records():
            person = record.attendee
            if person.id in unsure:
                assert record.ticket_sent_at is None
            else:
                assert record.ticket_sent_at is not None
                assert arrived[person.email] == 1
        assert event_file.verify().ok


def test_two_desks_that_send_at_once_send_each_person_one_mail(tmp_path: Path) -> None:
    """Two processes on one event file, each with settings, and so with a desk, of its own."""
    event = tmp_path / "assembly.checkin"
    event_with(event, guests(PEOPLE)).close()
    words = ("mail", event, "--to", "unsent", "--no-invitation", "--size", "none", "--json")
    with post_office() as office:
        desks = [start(*words, **surroundings(office, tmp_path / name)) for name in "ab"]
        said = [desk.communicate() for desk in desks]
    arrived = Counter(mail.recipient for mail in office.received)
    assert set(arrived.values()) == {1}, said
    assert len(arrived) == PEOPLE
    assert 0 in [desk.returncode for desk in desks]


def test_the_command_line_sends_tests_and_lists_what_did_not_arrive(tmp_path: Path) -> None:
    event = tmp_path / "assembly.checkin"
    event_with(event, guests(3)).close()
    with post_office() as office:
        around = surroundings(office, tmp_path)
        office.answer = lambda to, tries: "550 unknown" if to.startswith("guest1@") else None

        planned = json.loads(run("mail", event, "--to", "all", "--dry-run", "--json").stdout)
        assert planned == {"people": 3, "left_out": {}}
        assert office.connections == 0

        tested = run("mail", event, "--test", "me@example.org", **around)
        assert (tested.returncode, tested.stderr) == (0, "")
        assert [mail.recipient for mail in office.received] == ["me@example.org"]

        text = tmp_path / "mail.txt"
        text.write_text("Dear {full_name},\n\n{qr}\n", encoding="utf-8")
        sent = run("mail", event, "--to", "unsent", "--text", text, "--json", **around)
        end = json.loads(sent.stdout)
        assert (sent.returncode, end["sent"], end["refused"]) == (1, 2, 1)

    (listed,) = answer("bounces", event, status=1)["not_reached"]
    assert (listed["email"], listed["reason"]) == ("guest1@example.org", "550 unknown")
    noted = answer("bounces", event, "-", given=b"guest0@example.org")
    assert len(noted["noted"]) == 1
    assert len(answer("bounces", event, status=1)["not_reached"]) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--to", "unsent"), "at least --host and --from"),
        (("--to", "unsent", "all"), "one of unsent, changed and all"),
        (("--to", "Nobody"), "no category"),
        (("--resume",), "No mailing of this desk"),
        (("--test", "me@example.org", "--subject", "{nam}"), "no placeholder {nam}"),
        (("--to", "all", "--host", "h", "--from", "a@b.eu", "--user", "u"), "no password"),
    ],
)
def test_what_cannot_be_sent_is_said_in_one_line(
    words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    event = tmp_path / "assembly.checkin"
    event_with(event, guests(1)).close()
    home = {
        "XDG_CONFIG_HOME": str(tmp_path),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    account = {} if "host" in said else {"CHECKIN_MAIL_HOST": "h", "CHECKIN_MAIL_FROM": "a@b.eu"}
    done = run("mail", event, *words, **home, **account)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_new_code_by_the_command_line_revokes_the_old_one(sample_path: Path) -> None:
    person = answer("find", sample_path, "novo")["results"][0]
    given = answer("new-code", sample_path, person["code"], "--reason", "passed on")
    assert given["revoked"] == [person["code"]]
    assert given["attendee"]["id"] == person["id"]
    scanned = answer("scan", sample_path, person["code"], status=1)
    assert scanned["outcome"] == "revoked"
    assert f"This was the code of {person['first_name']}" in scanned["message"]
