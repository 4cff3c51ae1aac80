"""One server asked over a real line, in all its moods; the token stays with it."""

from __future__ import annotations

import logging
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import which

import pytest
from online_server import TOKEN, Mood, PretixServer, serving

from checkin_app.errors import Cancelled, OnlineRefused, OnlineUnreachable
from checkin_app.online_lists import web as web_module
from checkin_app.online_lists.web import Patience, Web

PATIENT = Patience(connecting=60, silent=60, whole=60, first_pause=0.01)
"""With a server that answers: it runs in this process, which the machine may stall."""
EVENT = "/api/v1/organizers/bigevents/events/sampleconf/"
REDEEM = "/api/v1/organizers/bigevents/checkinrpc/redeem/"


def line(server: PretixServer, token: str = TOKEN, patience: Patience = PATIENT) -> Web:
    return Web("pretix", server.url, f"Token {token}", patience=patience)


@pytest.fixture
def web(pretix_server: PretixServer) -> Iterator[Web]:
    with line(pretix_server) as web:
        yield web


def test_an_answer_is_the_value_that_the_server_sent(web: Web) -> None:
    assert web.get(EVENT).value["slug"] == "sampleconf"


@pytest.mark.parametrize("mood", [Mood.BROKEN, Mood.CUT, Mood.HALF])
def test_a_question_is_asked_again_when_the_server_breaks_off(
    web: Web, pretix_server: PretixServer, mood: Mood
) -> None:
    pretix_server.moods.extend([mood, mood])
    assert web.get(EVENT).value["slug"] == "sampleconf"
    assert len(pretix_server.asked) == 3


def test_a_question_is_asked_again_when_the_server_is_silent(pretix_server: PretixServer) -> None:
    pretix_server.moods.append(Mood.SILENT)
    # Should the machine stall, that is a silence as well; two more tries are left for it.
    with line(pretix_server, patience=replace(PATIENT, silent=1)) as web:
        assert web.get(EVENT).value["slug"] == "sampleconf"
    assert len(pretix_server.asked) > 1


def test_a_server_that_asks_for_a_pause_gets_it(web: Web, pretix_server: PretixServer) -> None:
    pretix_server.moods.append(Mood.BUSY)
    pauses = []
    web._pause = pauses.append  # type: ignore[method-assign]
    assert web.get(EVENT).value["slug"] == "sampleconf"
    assert pauses == [1.0]


def test_somebody_who_gave_up_does_not_wait_for_the_pause(pretix_server: PretixServer) -> None:
    pretix_server.moods.append(Mood.BUSY)
    with (
        Web("pretix", pretix_server.url, f"Token {TOKEN}", cancelled=lambda: True) as web,
        pytest.raises(Cancelled),
    ):
        web.get(EVENT)


@pytest.mark.parametrize(
    ("mood", "words"),
    [
        (Mood.BROKEN, "trouble of its own"),
        (Mood.CUT, "cannot be reached"),
        (Mood.HALF, "cut off"),
    ],
)
def test_after_four_tries_it_is_said_what_happened(
    web: Web, pretix_server: PretixServer, mood: Mood, words: str
) -> None:
    pretix_server.moods.extend([mood] * 4)
    with pytest.raises(OnlineUnreachable, match=words):
        web.get(EVENT)
    assert len(pretix_server.asked) == 4


def test_after_four_silences_it_is_said_that_the_server_did_not_answer(
    pretix_server: PretixServer,
) -> None:
    pretix_server.moods.extend([Mood.SILENT] * 4)
    with (
        line(pretix_server, patience=replace(PATIENT, silent=0.3)) as web,
        pytest.raises(OnlineUnreachable, match="did not answer in time"),
    ):
        web.get(EVENT)
    assert pretix_server.was_asked(4)
    assert len(pretix_server.asked) == 4


def test_an_answer_that_never_comes_to_its_end_is_given_up(pretix_server: PretixServer) -> None:
    in_no_time = Patience(whole=-1, first_pause=0.01)
    with (
        line(pretix_server, patience=in_no_time) as web,
        pytest.raises(OnlineUnreachable, match="too slowly"),
    ):
        web.get(EVENT)


def test_what_is_told_is_told_once_so_that_whoever_tells_can_note_it(
    web: Web, pretix_server: PretixServer
) -> None:
    pretix_server.moods.append(Mood.BROKEN)
    with pytest.raises(OnlineUnreachable):
        web.post(REDEEM, {})
    assert len(pretix_server.asked) == 1


def test_a_pause_that_was_asked_for_is_handed_on_with_the_error(
    web: Web, pretix_server: PretixServer
) -> None:
    pretix_server.moods.append(Mood.BUSY)
    with pytest.raises(OnlineUnreachable) as caught:
        web.post(REDEEM, {})
    assert caught.value.retry_after_s == 1


def test_a_wrong_token_is_said_at_once(pretix_server: PretixServer) -> None:
    with line(pretix_server, "wrong") as web, pytest.raises(OnlineRefused, match="token"):
        web.get(EVENT)
    assert len(pretix_server.asked) == 1


def test_a_sign_in_page_is_not_taken_for_an_answer(web: Web, pretix_server: PretixServer) -> None:
    pretix_server.moods.append(Mood.WEB_PAGE)
    with pytest.raises(OnlineRefused, match="sign in with the browser"):
        web.get(EVENT)


def test_a_redirect_on_the_same_server_is_followed(web: Web, pretix_server: PretixServer) -> None:
    pretix_server.moods.append(Mood.MOVED)
    assert web.get(EVENT).value["slug"] == "sampleconf"


def test_redirects_without_end_are_given_up(web: Web, pretix_server: PretixServer) -> None:
    pretix_server.moods.extend([Mood.MOVED] * 10)
    with pytest.raises(OnlineRefused, match="leads to another one"):
        web.get(EVENT)


def test_the_token_never_goes_to_another_server(web: Web, pretix_server: PretixServer) -> None:
    with serving(PretixServer()) as other:
        pretix_server.location = f"{other.url}{EVENT}"
        for ask in (lambda: web.get(EVENT), lambda: web.post(REDEEM, {})):
            pretix_server.moods.append(Mood.ELSEWHERE)
            with pytest.raises(OnlineRefused, match="token was not sent there"):
                ask()
        assert other.asked == []


@pytest.mark.parametrize(
    "location",
    [
        "",
        "//elsewhere.invalid/",
        "https://{here}/",
        "http://{here}@elsewhere.invalid/",
        "http://elsewhere.invalid\\@{here}/",
        "http://[",
        "ftp://{here}/",
    ],
)
def test_a_redirect_that_hides_where_it_leads_is_not_followed(
    web: Web, pretix_server: PretixServer, location: str
) -> None:
    here = pretix_server.url.removeprefix("http://")
    pretix_server.location = location.format(here=here)
    pretix_server.moods.append(Mood.ELSEWHERE)
    with pytest.raises(OnlineRefused, match="token was not sent there"):
        web.get(EVENT)
    assert len(pretix_server.asked) == 1


def test_a_server_that_is_not_there_is_said(pretix_server: PretixServer) -> None:
    with serving(PretixServer()) as gone:
        pass
    with line(gone) as web, pytest.raises(OnlineUnreachable, match="cannot be reached"):
        web.post(REDEEM, {})


def test_an_answer_larger_than_any_event_is_not_taken(
    web: Web, pretix_server: PretixServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_module, "LONGEST_ANSWER_BYTES", 100)
    with pytest.raises(OnlineRefused, match="more than an event can hold"):
        web.get(EVENT)


@pytest.mark.parametrize("token", ["", "two\nlines", "ключ"])
def test_what_cannot_be_a_token_is_not_sent(pretix_server: PretixServer, token: str) -> None:
    with pytest.raises(OnlineRefused, match="no token"):
        line(pretix_server, token)
    assert pretix_server.asked == []


def test_neither_token_nor_address_nor_answer_is_logged(
    web: Web, pretix_server: PretixServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    web.get(EVENT)
    pretix_server.moods.append(Mood.CUT)
    with pytest.raises(OnlineUnreachable):
        web.post(REDEEM, {"secret": "z3fsn8jyufm5kpk768q69gkbyr5f4h6w"})
    assert caplog.text == ""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost that nobody else trusts, with its key."""
    if which("openssl") is None:
        pytest.skip("The tool openssl makes the certificate of this test, and is not here.")
    folder = tmp_path_factory.mktemp("tls")
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    names = ("-addext", "subjectAltName=DNS:localhost", "-keyout", "key.pem", "-out", "own.pem")
    subprocess.run(["openssl", *words.split(), *names], cwd=folder, capture_output=True, check=True)
    path = folder / "both.pem"
    path.write_bytes((folder / "key.pem").read_bytes() + (folder / "own.pem").read_bytes())
    return path


def test_a_server_that_cannot_prove_who_it_is_gets_no_token(certificate: Path) -> None:
    with (
        serving(PretixServer(), certificate) as server,
        line(server) as web,
        pytest.raises(OnlineRefused, match="could not prove"),
    ):
        web.get(EVENT)
    assert server.asked == []


def test_a_server_whose_certificate_is_trusted_is_asked_over_tls(certificate: Path) -> None:
    trusted = ssl.create_default_context(cafile=str(certificate))
    with (
        serving(PretixServer(), certificate) as server,
        Web("pretix", server.url, f"Token {TOKEN}", trusted=trusted) as web,
    ):
        assert web.get(EVENT).value["slug"] == "sampleconf"
