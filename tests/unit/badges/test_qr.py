"""Symbols by tables are the symbols of the ``qrcode`` package, and readers read them."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from checkin_app.badges.codes.qr import MASK, QrEncoder, encode_plainly, encoder, qr_png
from checkin_app.badges.codes.qr_payload import data_codewords, payload
from checkin_app.badges.codes.qr_tables import SymbolTables
from checkin_app.badges.codes.symbols import finder_modules, finder_operators, row_runs
from checkin_app.domain.badges.badge_elements import ErrorCorrection
from checkin_app.domain.tickets.codes import CODE_BITS, code_from_bits
from checkin_app.errors import BadgeError

OURS = st.integers(0, 2**CODE_BITS - 1).map(code_from_bits)
VERSION_1 = SymbolTables(1, ErrorCorrection.M, MASK)
CARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Šermukšnytė-Alesiūnienė;Kristina;;Dr\r\n"
    "FN:Kristina Šermukšnytė-Alesiūnienė\r\nORG:Lietuvos socialinių tyrimų centras\r\n"
    "EMAIL:kristina@example.org\r\nADR:;;;;;;Lithuania\r\nEND:VCARD"
)


def by_tables(tables: SymbolTables, code: str, level: ErrorCorrection, version: int) -> int:
    bits = payload(code)
    assert bits.version(level) == version
    return tables.symbol(*bits.segment(version))


@settings(max_examples=60)
@given(OURS)
def test_our_codes_are_version_1_and_the_same_modules_as_qrcode_makes(code: str) -> None:
    plain = encode_plainly(code)
    assert plain is not None
    assert plain.version == 1
    assert by_tables(VERSION_1, code, ErrorCorrection.M, 1) == plain.bits


@pytest.mark.parametrize("level", ErrorCorrection)
@pytest.mark.parametrize("version", [1, 3, 7, 10])
def test_every_level_and_kind_of_text_too(version: int, level: ErrorCorrection) -> None:
    tables = SymbolTables(version, level, MASK)
    room = 8 * data_codewords(version, level) - 20
    for alphabet, bits in (("0123456789", 3.34), ("AZ 19$:", 5.6), ("abß€", 16.5)):
        length = int(room / bits)
        code = "".join(alphabet[at * at % len(alphabet)] for at in range(length))
        plain = encode_plainly(code, level)
        assert plain is not None
        if plain.version == version:
            assert by_tables(tables, code, level, version) == plain.bits


def test_nothing_changes_when_the_encoder_has_learnt() -> None:
    fresh = QrEncoder()
    codes = [code_from_bits(number * 0x9E3779B97F4A7C15F39CC06) for number in range(40)]
    assert [fresh.encode(code) for code in codes] == [encode_plainly(code) for code in codes]


@pytest.mark.parametrize("level", ErrorCorrection)
def test_contact_cards_are_learnt_as_well(level: ErrorCorrection) -> None:
    fresh = QrEncoder()
    cards = [CARD.replace("Dr", title) for title in ("Dr", "Ms", "Mr", "Mx", "Sr", "Fr")]
    for card in cards:
        assert fresh.encode(card, level) == encode_plainly(card, level)


@pytest.mark.parametrize("code", ["", "x" * 2332, "x" * 10_000, "lone \ud800 surrogate"])
def test_a_code_that_no_symbol_holds_has_none(code: str) -> None:
    assert encoder().encode(code) is None
    with pytest.raises(BadgeError):
        qr_png(code)


@pytest.mark.parametrize(
    "code", ["SP7HDBFS3DTR98H6BCFN", "o5rvqcp2uzrmdkwv", "Šárka €", "12345", CARD, "x" * 2331]
)
def test_the_png_is_read_at_level_m(code: str) -> None:
    (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(qr_png(code, 4))))
    assert (read.text, read.ec_level) == (code, "M")


@pytest.mark.parametrize("level", ErrorCorrection)
@pytest.mark.parametrize("code", ["SP7HDBFS3DTR98H6BCFN", CARD])
def test_a_symbol_has_the_level_that_was_asked_for(code: str, level: ErrorCorrection) -> None:
    symbol = encoder().encode(code, level)
    assert symbol is not None
    picture = Image.new("L", (symbol.side + 8, symbol.side + 8), 255)
    for row, modules in enumerate(symbol.rows(), 4):
        for column in range(symbol.side):
            if modules >> column & 1:
                picture.putpixel((column + 4, row), 0)
    (read,) = zxingcpp.read_barcodes(picture.resize((picture.width * 4,) * 2))
    assert (read.text, read.ec_level) == (code, level.value)


def test_rows_become_their_dark_runs() -> None:
    assert row_runs(4 * 21, 0b1_0111_0011, 21) == "0 4 2 1 re 4 4 3 1 re 8 4 1 1 re "
    assert row_runs(4 * 21 + 11, 0b110, 21) == "12 4 2 1 re "
    assert row_runs(20, 0b111, 21) == "20 0 1 1 re 0 1 2 1 re "
    assert row_runs(0, 0, 21) == ""


@pytest.mark.parametrize("version", [1, 2, 7])
def test_finder_patterns_stand_alone_in_every_symbol(version: int) -> None:
    """They are drawn apart, so no dark module of the rest may touch them."""
    side = 17 + 4 * version
    finders = finder_modules(side)
    symbol = encode_plainly("x" * (5 if version == 1 else 20 * version))
    assert symbol is not None
    assert finders.bit_count() == 3 * 33
    assert finder_operators(side).count(" re ") == 45
    if symbol.side == side:
        rest = symbol.bits & ~finders
        assert symbol.bits & finders == finders
        not_last, not_first = columns_but(side, side - 1), columns_but(side, 0)
        beside = (finders & not_last) << 1 | (finders & not_first) >> 1
        beside |= finders << side | finders >> side
        assert not rest & beside & ~finders


def columns_but(side: int, column: int) -> int:
    row = (1 << side) - 1 & ~(1 << column)
    return sum(row << start * side for start in range(side))
