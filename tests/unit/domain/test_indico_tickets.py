"""Tickets of Indico are read as the secret that its lists hold."""

from __future__ import annotations

import pytest

from checkin_app.domain.tickets.codes import code_readings

SECRET = "7f5b0a9e-8a2e-4e0f-9f0f-1f1d2a4b0c11"


@pytest.mark.parametrize(
    "ticket",
    [
        '{"i":[2,"indico.example.org","f1sKnoouTg+fDx8dKksMEQ=="]}',
        ' {"i": [2, "indico.example.org", "f1sKnoouTg+fDx8dKksMEQ=="], "x": {}}\n',
        f'{{"registrant_id": 11, "checkin_secret": "{SECRET}", "event_id": 1234}}',
        f'{{"checkin_secret": "{SECRET.upper()}"}}',
    ],
)
def test_a_ticket_of_indico_is_read_as_its_secret(ticket: str) -> None:
    assert SECRET in code_readings(ticket)


@pytest.mark.parametrize(
    "text",
    [
        '{"i":[2,"indico.example.org","f1sKnoouTg+fDx8dKksMEQ==","cGVyc29u"]}',
        '{"i":[2,"indico.example.org","short"]}',
        '{"i":[2,"indico.example.org","@"]}',
        '{"checkin_secret": "no uuid"}',
        '{"checkin_secret": 7}',
        "{",
        "{" * 900,
        '{"a":' * 180,
    ],
)
def test_what_only_looks_like_one_is_read_as_it_came(text: str) -> None:
    assert code_readings(text) == (text,)
