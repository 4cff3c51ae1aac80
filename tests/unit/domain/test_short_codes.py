"""Short codes: one for each person, for good, and no slip of a typist means somebody else."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.domain.tickets.codes import ALPHABET
from checkin_app.domain.tickets.short_codes import (
    SHORT_CODE_LENGTH,
    looks_like_short_code,
    read_short_code,
    short_codes,
)

IDS = [f"{number:032x}" for number in range(5000)]


def test_everybody_has_a_code_of_their_own() -> None:
    codes = short_codes(IDS)
    assert len(set(codes.values())) == len(IDS)
    assert {len(code) for code in codes.values()} == {SHORT_CODE_LENGTH}
    assert all(read_short_code(code) == code for code in codes.values())


def test_codes_stay_when_people_are_added() -> None:
    before, after = short_codes(IDS[:2000]), short_codes(IDS)
    assert {id_: after[id_] for id_ in before} == before


@given(st.sampled_from(IDS), st.integers(0, SHORT_CODE_LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_refused(id_: str, place: int, character: str) -> None:
    code = short_codes([id_])[id_]
    typed = code[:place] + character + code[place + 1 :]
    assert read_short_code(typed) == (code if typed == code else None)


@given(st.sampled_from(IDS))
def test_two_characters_exchanged_are_refused(id_: str) -> None:
    code = short_codes([id_])[id_]
    for first, second in combinations(range(SHORT_CODE_LENGTH), 2):
        characters = [*code]
        characters[first], characters[second] = characters[second], characters[first]
        typed = "".join(characters)
        assert read_short_code(typed) == (code if typed == code else None)


@pytest.mark.parametrize("change", [str.lower, lambda c: f" {c[:2]}-{c[2:]} ", lambda c: c])
def test_case_blanks_and_hyphens_do_not_matter(change: object) -> None:
    [code] = short_codes(IDS[:1]).values()
    assert callable(change)
    assert read_short_code(change(code)) == code


def test_letters_that_look_like_digits_are_read_as_these() -> None:
    code = next(code for code in short_codes(IDS).values() if "0" in code and "1" in code)
    assert read_short_code(code.replace("0", "O").replace("1", "l")) == code


@pytest.mark.parametrize("typed", ["", "ABC", "Anna Bell", "ÄÖÜßé", "UUUUU", "123456", "\x00" * 5])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_short_code(typed) is None
    assert not looks_like_short_code(typed)
