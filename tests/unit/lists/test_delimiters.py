"""Which delimiter the spreadsheet programs of a country expect."""

from __future__ import annotations

import sys

import pytest

from checkin_app.lists.writing.delimiters import delimiter_of, system_delimiter


@pytest.mark.parametrize(
    ("language", "delimiter"),
    [
        ("de_DE.UTF-8", ";"),
        ("fr-BE", ";"),
        ("sr_RS@latin", ";"),
        ("de_CH", ";"),
        ("en_US.UTF-8", ","),
        ("en_GB", ","),
        ("en_ZA", ";"),
        ("es_MX", ","),
        ("es_ES", ";"),
        ("ga_IE.UTF-8", ","),
        ("C", ","),
        ("C.UTF-8", ","),
        ("", ","),
        ("nonsense", ","),
    ],
)
def test_a_decimal_comma_asks_for_semicolons(language: str, delimiter: str) -> None:
    assert delimiter_of(language) == delimiter


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps its region in the registry.")
def test_the_environment_is_asked_in_the_order_of_posix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("LC_NUMERIC", "de_DE.UTF-8")
    monkeypatch.setenv("LC_ALL", "")
    assert system_delimiter() == ";"
    monkeypatch.setenv("LC_ALL", "C")
    assert system_delimiter() == ","


def test_the_system_always_has_one() -> None:
    assert system_delimiter() in {",", ";", "\t"}
