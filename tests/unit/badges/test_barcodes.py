"""Code 128: what readers read, and no longer than need be."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from checkin_app.badges.codes.barcodes import code128_modules, code128_widths, is_code128


@settings(max_examples=150)
@given(st.text(st.characters(max_codepoint=127), min_size=1, max_size=30))
def test_any_ascii_text_is_read_back(text: str) -> None:
    dots = [255] * 20
    for number, width in enumerate(code128_widths(text)):
        dots += [255 if number % 2 else 0] * width * 2
    dots += [255] * 20
    picture = Image.new("L", (len(dots), 40))
    picture.putdata(dots * 40)
    (read,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.Code128)
    assert read.bytes == text.encode()


@pytest.mark.parametrize(
    ("text", "characters"),
    [("ABC", 3), ("123456", 3), ("12345", 4), ("a\tb", 4), ("\t\n\r", 3), ("A1234567B", 8)],
)
def test_code_sets_are_switched_where_it_pays(text: str, characters: int) -> None:
    """Start and check character and the stop of 13 modules come on top, and quiet zones."""
    assert code128_modules(text) == 20 + 11 * (characters + 2) + 13


@pytest.mark.parametrize("text", ["", "Müller", "日本"])
def test_what_it_cannot_hold_gives_no_bars(text: str) -> None:
    assert not is_code128(text)
    assert code128_widths(text) == ()
    assert code128_modules(text) == 0
