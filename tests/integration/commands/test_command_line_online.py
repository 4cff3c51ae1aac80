"""``fetch`` and ``send-check-ins`` as people and programs use them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command_line import answer, run
from online_server import TOKEN, IndicoServer, PretixServer, serving

PETER = "z3fsn8jyufm5kpk768q69gkbyr5f4h6w"
ON_THE_DAY = ("--at", "2024-05-06T12:40:00+02:00")


@pytest.fixture
def pretix_server() -> Iterator[PretixServer]:
    with serving(PretixServer()) as server:
        yield server


@pytest.fixture
def indico_server() -> Iterator[IndicoServer]:
    with serving(IndicoServer()) as server:
        yield server


@pytest.fixture
def own(tmp_path: Path) -> dict[str, str]:
    """The token in the environment, settings of the test's own, and no keyring of anybody's."""
    folder = str(tmp_path / "own")
    return {
        "CHECKIN_APP_TOKEN": TOKEN,
        "HOME": folder,
        "XDG_CONFIG_HOME": folder,
        "XDG_STATE_HOME": folder,
        "LOCALAPPDATA": folder,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


def told(done: subprocess.CompletedProcess[str], status: int = 0) -> dict[str, Any]:
    assert (done.returncode, done.stderr) == (status, ""), done.stderr
    values: dict[str, Any] = json.loads(done.stdout)
    return values


def link(server: PretixServer) -> str:
    return f"{server.url}/bigevents/sampleconf/"


def fetched(event: Path, server: PretixServer, own: dict[str, str], *more: str) -> dict[str, Any]:
    words = ("fetch", event, "--from", "pretix", "--url", link(server), *more, "--json")
    return told(run(*words, **own))


def test_fetch_takes_in_the_registrations_of_pretix(
    empty_path: Path, pretix_server: PretixServer, own: dict[str, str]
) -> None:
    report = fetched(empty_path, pretix_server, own)
    assert (report["read"], report["preset"]) == (11, "pretix")
    assert report["mapping"]["code"] == "Ticket secret"
    assert answer("find", empty_path, "Zoë")["results"][0]["last_name"] == "van der Berg"


def test_a_dry_run_writes_nothing(
    empty_path: Path, pretix_server: PretixServer, own: dict[str, str]
) -> None:
    before = empty_path.read_bytes()
    assert fetched(empty_path, pretix_server, own, "--dry-run")["added"] > 0
    assert empty_path.read_bytes() == before


def test_fetch_takes_in_the_registrations_of_indico(
    empty_path: Path, indico_server: IndicoServer, own: dict[str, str]
) -> None:
    place = ("--url", indico_server.url, "--event-slug", "1234")
    report = told(run("fetch", empty_path, "--from", "indico", *place, "--json", **own))
    assert (report["added"], report["preset"]) == (4, "indico")


def test_what_was_remembered_need_not_be_said_again(
    empty_path: Path, pretix_server: PretixServer, own: dict[str, str]
) -> None:
    fetched(empty_path, pretix_server, own, "--remember")
    again = told(run("fetch", empty_path, "--json", **own))
    assert (again["added"], again["updated"]) == (0, 0)
    kept = [path.read_text() for path in Path(own["HOME"]).rglob("*.json")]
    assert kept
    assert not any(TOKEN in text for text in kept)


def test_the_token_is_no_option_and_without_one_it_is_said_where_it_belongs(
    empty_path: Path, pretix_server: PretixServer, own: dict[str, str]
) -> None:
    del own["CHECKIN_APP_TOKEN"]
    done = run("fetch", empty_path, "--url", link(pretix_server), **own)
    assert done.returncode == 2
    assert "No token is known for pretix" in done.stderr
    assert pretix_server.asked == []
    assert run("fetch", empty_path, "--token", TOKEN, **own).returncode == 2


def test_an_event_that_is_not_named_is_asked_for(empty_path: Path, own: dict[str, str]) -> None:
    done = run("fetch", empty_path, "--from", "pretix", "--url", "https://pretix.eu", **own)
    assert done.returncode == 2
    assert "--organizer" in done.stderr


def test_send_check_ins_tells_pretix_once(
    empty_path: Path, pretix_server: PretixServer, own: dict[str, str]
) -> None:
    fetched(empty_path, pretix_server, own, "--remember")
    answer("scan", empty_path, PETER, *ON_THE_DAY)
    for _ in range(2):
        sent = told(run("send-check-ins", empty_path, "--json", **own))
        assert sent == {"sent": 1, "waiting": 0, "refused": [], "trouble": None}
    assert [one["secret"] for one in pretix_server.check_ins.values()] == [PETER]


def test_a_check_in_that_pretix_refuses_is_named_and_tried_again_when_asked(
    empty_path: Path, pretix_server: PretixServer, own: dict[str, str]
) -> None:
    fetched(empty_path, pretix_server, own, "--remember")
    answer("scan", empty_path, PETER, *ON_THE_DAY)
    pretix_server.refuses[PETER] = "unpaid"
    done = run("send-check-ins", empty_path, **own)
    assert done.returncode == 1
    assert "Peter: The order is not paid." in done.stdout
    pretix_server.refuses.clear()
    assert told(run("send-check-ins", empty_path, "--json", **own), 1)["sent"] == 0
    assert told(run("send-check-ins", empty_path, "--again", "--json", **own))["sent"] == 1


def test_a_list_that_pretix_does_not_have_is_said(
    empty_path: Path, pretix_server: PretixServer, own: dict[str, str]
) -> None:
    place = ("--to", "pretix", "--url", link(pretix_server))
    done = run("send-check-ins", empty_path, *place, "--check-in-list", "Door", **own)
    assert done.returncode == 2
    assert "Default check-in list (1)" in done.stderr


def test_without_a_line_the_check_ins_wait(
    empty_path: Path, pretix_server: PretixServer, own: dict[str, str]
) -> None:
    fetched(empty_path, pretix_server, own)
    answer("scan", empty_path, PETER, *ON_THE_DAY)
    pretix_server.authorization = "Token another"
    done = run("send-check-ins", empty_path, "--url", link(pretix_server), **own)
    assert done.returncode == 2
    assert "does not accept the token" in done.stderr
    assert TOKEN not in done.stderr + done.stdout
