"""A pairing survives scanners, keyboards, mails and people, or is refused in a sentence."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.errors import HubRefused, PairingUnreadable
from checkin_app.hub.access import BOUND_TLS, NO_TLS, SYSTEM_TLS, Address, Tls
from checkin_app.hub.pairing import Pairing, PairingCode

CODE = PairingCode("0123456789ABCDEF")
PAIRING = Pairing(CODE, (Address("192.168.1.20", 54321),), "checkin", NO_TLS)
CROCKFORD, RFC_4648 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
ALPHANUMERIC = re.compile(r"[0-9A-Z $%*+./:-]+")

names = st.from_regex(r"[a-z][a-z0-9-]{0,30}(\.[a-z]{2,10}){0,3}", fullmatch=True)
hosts = st.one_of(st.ip_addresses(v=4).map(str), st.ip_addresses(v=6).map(str), names)
addresses = st.builds(Address, hosts, st.integers(1, 65535))
pairings = st.builds(
    Pairing,
    st.builds(PairingCode.new),
    st.lists(addresses, max_size=6).map(tuple),
    st.text(max_size=60),
    st.one_of(
        st.sampled_from([NO_TLS, SYSTEM_TLS, BOUND_TLS]),
        st.binary(min_size=32, max_size=32).map(Tls.pinned),
    ),
)


@given(pairings)
def test_a_link_says_all_of_its_pairing(pairing: Pairing) -> None:
    assert Pairing.from_text(pairing.link()) == pairing


def test_a_link_fits_a_small_symbol() -> None:
    """Version 4 of QR at level M holds 90 alphanumeric characters, 67 bytes otherwise."""
    assert ALPHANUMERIC.fullmatch(PAIRING.link())
    assert PAIRING.link().startswith("CHECKIN://JOIN/")
    assert len(PAIRING.link()) <= 90


@pytest.mark.parametrize(
    "spoil",
    [
        str.lower,
        lambda link: f"  {link}\r\n",
        lambda link: f"Please join: <{link}>, valid until tomorrow.",
        lambda link: " ".join(link),
        lambda link: "\n".join(re.findall(".{1,20}", link)),
        lambda link: link.replace("0", "O").replace("1", "l"),
        lambda link: link.replace("://", "").replace("/", ""),
        lambda link: link + link,
        lambda link: link[:40] + link,
        lambda link: as_typed_on(GERMAN, link),
        lambda link: as_typed_on(FRENCH, link),
        lambda link: as_typed_on(BELGIAN, link),
        lambda link: as_typed_on(BELGIAN, link).swapcase(),
    ],
)
@pytest.mark.parametrize("code", [CODE, PairingCode("YZAQWMYZAQWM1290"), PairingCode("ZY" * 8)])
def test_a_link_is_found_in_what_became_of_it(code: PairingCode, spoil: object) -> None:
    assert callable(spoil)
    pairing = replace(PAIRING, code=code)
    assert Pairing.from_text(spoil(pairing.link())) == pairing


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.org/",
        "CHECKIN://JOIN/",
        "CHECKIN://JOIN/1",
        PAIRING.link()[:-1],
        PAIRING.link()[15:],
        CODE.printed(),
        "CHECKIN://JOIN/" + "Z" * 2000,
        "CHECKINJOIN" * 500,
    ],
)
def test_what_is_no_pairing_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(PairingUnreadable, match="again"):
        Pairing.from_text(text)


@given(
    st.integers(15, len(PAIRING.link()) - 1), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
)
def test_a_character_that_was_misread_never_makes_another_pairing(
    place: int, character: str
) -> None:
    """Nearly always it is refused; a lone Y read as Z is put right as on a German keyboard."""
    link = PAIRING.link()
    try:
        found = Pairing.from_text(link[:place] + character + link[place + 1 :])
    except PairingUnreadable:
        return
    assert found == PAIRING


@given(st.text(max_size=200))
def test_any_text_is_a_pairing_or_refused(text: str) -> None:
    with pytest.raises(PairingUnreadable):
        Pairing.from_text("CHECKIN://JOIN/" + text)


def test_a_newer_link_asks_for_an_update() -> None:
    assert of_format(1, PAIRING.link()) == PAIRING.link()
    with pytest.raises(PairingUnreadable, match="Update this laptop"):
        Pairing.from_text(of_format(2, PAIRING.link()))


def of_format(number: int, link: str) -> str:
    """A link whose content says of which format it is, after one byte of length; then its sum."""
    begin, spelt = "CHECKIN://JOIN/", link.removeprefix("CHECKIN://JOIN/")
    read = base64.b32decode(spelt.translate(str.maketrans(CROCKFORD, RFC_4648)))
    content = read[:1] + bytes([number]) + read[2:-4]
    written = base64.b32encode(content + hashlib.sha256(content).digest()[:4]).decode()
    return begin + written.translate(str.maketrans(RFC_4648, CROCKFORD))


def test_a_code_is_printed_in_groups_and_read_as_people_type_it() -> None:
    code = PairingCode.new()
    assert re.fullmatch("[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", code.printed())
    for typed in (code.printed(), code.value, f" {code.printed().lower()} "):
        assert PairingCode.from_text(typed) == code
    assert PairingCode.from_text("oIl3-4567-89ab-cdef").value == "0113456789ABCDEF"


@pytest.mark.parametrize("typed", ["", "0123-4567-89AB", "0123-4567-89AB-CDEF-0", "U" * 16])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(PairingUnreadable, match="16 letters"):
        PairingCode.from_text(typed)


def test_name_password_and_key_of_a_pairing_follow_from_its_code_alone() -> None:
    again = PairingCode(CODE.value)
    assert (again.id, again.role, again.password) == (CODE.id, CODE.role, CODE.password)
    assert again.unwrap(CODE.wrap(b"k" * 32, "01" * 16, "02" * 16)) == (
        b"k" * 32,
        "01" * 16,
        "02" * 16,
    )
    other = PairingCode.new()
    assert not {other.id, other.password} & {CODE.id, CODE.password}
    assert CODE.value not in CODE.role + CODE.password + repr(CODE) + repr(PAIRING)


@pytest.mark.parametrize("wrapped", [b"", bytes(60), CODE.wrap(b"k" * 32, "01", "02")[:-1]])
def test_what_a_hub_keeps_under_another_code_is_refused(wrapped: bytes) -> None:
    with pytest.raises(HubRefused):
        CODE.unwrap(wrapped)
    with pytest.raises(HubRefused):
        PairingCode.new().unwrap(CODE.wrap(b"k" * 32, "01" * 16, "02" * 16))


UNITED_STATES = "1234567890QWERTYUIOPASDFGHJKLZXCVBNM:/"
GERMAN = "1234567890QWERTZUIOPASDFGHJKLYXCVBNMÖ-"
FRENCH = "&é\"'(-è_çàAZERTYUIOPQSDFGHJKLWXCVBN?M!"
BELGIAN = "&é\"'(§è!çàAZERTYUIOPQSDFGHJKLWXCVBN?M="


def as_typed_on(keyboard: str, link: str) -> str:
    """What a scanner set to United States makes the computer's keyboard write."""
    return link.translate(str.maketrans(UNITED_STATES, keyboard))
