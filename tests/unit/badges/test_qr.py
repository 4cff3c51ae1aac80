"""Symbols by tables are the symbols of the ``qrcode`` package, and readers read them."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from checkin_app.badges.qr import QrEncoder, encode_plainly, encoder, qr_png, symbol_side
from checkin_app.badges.qr_tables import SymbolTables, payload, smallest_version
from checkin_app.badges.symbols import row_operators
from checkin_app.domain.codes import ALPHABET, CODE_BITS, code_from_bits
from checkin_app.errors import BadgeError

OURS = st.integers(0, 2**CODE_BITS - 1).map(code_from_bits)
VERSION_1 = SymbolTables(1)
VERSION_3 = SymbolTables(3)


@settings(max_examples=60, deadline=None)
@given(OURS)
def test_our_codes_are_version_1_and_the_same_modules_as_qrcode_makes(code: str) -> None:
    plain = encode_plainly(code)
    assert plain is not None
    assert plain.version == 1
    assert VERSION_1.symbol(*payload(code)) == plain.bits


@settings(max_examples=30, deadline=None)
@given(
    st.one_of(
        st.text("0123456789", min_size=35, max_size=70),
        st.text(ALPHABET + " $%*+-./:", min_size=39, max_size=61),
        st.text("abcdefß€", min_size=9, max_size=14),
    )
)
def test_foreign_codes_too(code: str) -> None:
    if smallest_version(payload(code)[1]) == 3:
        plain = encode_plainly(code)
        assert plain is not None
        assert (VERSION_3.side, VERSION_3.symbol(*payload(code))) == (plain.side, plain.bits)


def test_nothing_changes_when_the_encoder_has_learnt() -> None:
    fresh = QrEncoder()
    codes = [code_from_bits(number * 0x9E3779B97F4A7C15F39CC06) for number in range(40)]
    assert [fresh.encode(code) for code in codes] == [encode_plainly(code) for code in codes]


@pytest.mark.parametrize("length", [1, 14, 15, 107, 200, 900, 2331])
def test_the_side_is_known_without_making_the_symbol(length: int) -> None:
    code = "x" * length
    symbol = encoder().encode(code)
    assert symbol is not None
    assert symbol_side(code) == symbol.side


@pytest.mark.parametrize("code", ["", "x" * 2332, "x" * 10_000, "lone \ud800 surrogate"])
def test_a_code_that_no_symbol_holds_has_none(code: str) -> None:
    assert encoder().encode(code) is None
    assert symbol_side(code) is None
    with pytest.raises(BadgeError):
        qr_png(code)


@pytest.mark.parametrize("code", ["SP7HDBFS3DTR98H6BCFN", "o5rvqcp2uzrmdkwv", "Šárka €", "12345"])
def test_the_png_is_read_at_level_m(code: str) -> None:
    (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(qr_png(code))))
    assert (read.text, read.ec_level) == (code, "M")


def test_a_row_becomes_its_dark_runs() -> None:
    assert row_operators(4, 0, 0b1_0111_0011) == "0 4 2 1 re 4 4 3 1 re 8 4 1 1 re "
    assert row_operators(4, 11, 0b110) == "12 4 2 1 re "
    assert row_operators(0, 0, 0) == ""
