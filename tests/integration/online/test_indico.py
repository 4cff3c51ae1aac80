"""Registrations of Indico, fetched from a server that has either half of its interface, or both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from online_server import TOKEN, IndicoServer

from checkin_app.errors import OnlineRefused
from checkin_app.online_lists.indico import Indico
from checkin_app.online_lists.web import Web


def no_progress(_done: int, _total: int) -> None:
    pass


@pytest.fixture
def web(indico_server: IndicoServer) -> Iterator[Web]:
    with Web("Indico", indico_server.url, f"Bearer {TOKEN}") as web:
        yield web


@pytest.fixture
def indico(web: Web) -> Indico:
    return Indico(web, "1234")


def people(indico: Indico) -> dict[str, dict[str, str]]:
    found = indico.registrations(no_progress)
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    return {row["ID"]: row for row in rows}


def test_the_event_tells_its_title_and_how_many_registered(indico: Indico) -> None:
    event = indico.describe()
    assert (event.title, event.registrations) == ("Fête de la science", 4)


def test_both_halves_are_joined(indico: Indico) -> None:
    maria = {column: text for column, text in people(indico)["11"].items() if text}
    assert maria == {
        "ID": "11",
        "Name": "Maria Teresa D'Angelò",
        "First Name": "Maria Teresa",
        "Last Name": "D'Angelò",
        "Email Address": "mt@example.org",
        "Affiliation": "CERN",
        "Country": "Italy",
        "Registration state": "complete",
        "Registration form": "Participants",
        "Checkin secret": "7f5b0a9e-8a2e-4e0f-9f0f-1f1d2a4b0c11",
        "Tags": "VIP",
    }


def test_those_of_all_forms_come_in_every_state(indico: Indico) -> None:
    states = [row["Registration state"] for row in people(indico).values()]
    assert states == ["complete", "withdrawn", "unpaid", "pending"]


def test_the_newer_half_alone_will_do(indico: Indico, indico_server: IndicoServer) -> None:
    indico_server.has_older = False
    found = people(indico)
    assert len(found) == 4
    assert "Affiliation" not in found["11"]


def test_the_older_half_alone_will_do(indico: Indico, indico_server: IndicoServer) -> None:
    indico_server.has_newer = False
    found = people(indico)
    assert [row["Affiliation"] for row in found.values()] == ["CERN", "Univerzita Karlova"]
    assert indico.describe().registrations == 2


def test_an_event_that_neither_half_knows_is_said(web: Web) -> None:
    for ask in (Indico(web, "99").describe, lambda: Indico(web, "99").registrations(no_progress)):
        with pytest.raises(OnlineRefused, match="knows no such event"):
            ask()


def test_a_token_of_another_kind_is_said(indico_server: IndicoServer) -> None:
    with (
        Web("Indico", indico_server.url, f"Token {TOKEN}") as web,
        pytest.raises(OnlineRefused, match="does not accept the token"),
    ):
        Indico(web, "1234").describe()
