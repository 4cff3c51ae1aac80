"""Addresses as people write them into lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.mailing.addresses import (
    addresses_in,
    same_address,
    usable_address,
    without_addresses,
)


@pytest.mark.parametrize(
    ("written", "usable"),
    [
        ("anna@example.org", "anna@example.org"),
        (" Anna.Nowak+event@Example.ORG ", "Anna.Nowak+event@example.org"),
        ("Anna Nowák <anna@example.org>", "anna@example.org"),
        ("mailto:anna@example.org", "anna@example.org"),
        ("anna@straße.example", "anna@xn--strae-oqa.example"),
        ("άννα@παράδειγμα.gr", "άννα@xn--hxajbheg2az3al.gr"),
        ("o'neill@mail.example.co.uk", "o'neill@mail.example.co.uk"),
    ],
)
def test_an_address_is_taken_with_its_domain_in_ascii(written: str, usable: str) -> None:
    assert usable_address(written) == usable


@pytest.mark.parametrize(
    "written",
    [
        "", "none", "anna@", "@example.org", "anna@example", "anna nowak@example.org",
        "anna..nowak@example.org", ".anna@example.org", "anna@-example.org", "anna@example..org",
        "anna@192.168.1.1", "anna@exa_mple.org", "a@b.eu; c@d.eu", "a@b.eu, c@d.eu",
        "anna@example.org\r\nBcc: all@example.org", "anna@example.org\x00", "a" * 65 + "@b.eu",
        "a@" + "b." * 130 + "eu", '"anna nowak"@example.org', "<anna@example.org", "a@☃.",
    ],
)  # fmt: skip
def test_what_is_no_single_address_is_none(written: str) -> None:
    assert usable_address(written) == ""


@given(st.text(max_size=40))
def test_whatever_is_written_no_address_ends_a_line(text: str) -> None:
    for written in (text, f"{text}@example.org", f"a@{text}", f"a@b.eu{text}"):
        usable = usable_address(written)
        assert not set(usable) & set("\r\n\0 <>,;")
        assert usable == "" or usable.rpartition("@")[2].isascii()


def test_addresses_in_a_text_are_found_once_each() -> None:
    text = "Undelivered: <Anna@Example.org>, anna@example.org; 'jo@x.eu'. Not: @home, a@b\tz@y.eu."
    assert addresses_in(text) == ("anna@example.org", "jo@x.eu", "z@y.eu")
    assert without_addresses("550 <anna@example.org>: unknown") == "550 <…>: unknown"


def test_two_spellings_of_an_address_are_the_same() -> None:
    assert same_address("Anna <ANNA@straße.example>") == same_address("anna@xn--strae-oqa.example")
