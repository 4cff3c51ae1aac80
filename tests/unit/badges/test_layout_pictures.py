"""What a picture's header says, and which pictures are refused before anything is made of them."""

from __future__ import annotations

import struct

import pytest
from made_pictures import LOGO, jpeg, png, svg

from checkin_app.badges.pictures.pictures import PictureKind, picture_size
from checkin_app.errors import BadgeError


def test_size_and_kind_are_read_from_the_header() -> None:
    assert picture_size("a.png", png()).kind is PictureKind.PNG
    assert picture_size("a.svg", LOGO).kind is PictureKind.SVG
    for mode, components in (("L", 1), ("RGB", 3), ("CMYK", 4)):
        size = picture_size("a.jpg", jpeg(mode))
        assert (size.kind, size.width, size.height) == (PictureKind.JPEG, 40, 20)
        assert size.components == components


@pytest.mark.parametrize(("orientation", "size"), [(1, (40, 20)), (3, (40, 20)), (6, (20, 40))])
def test_a_turned_photo_has_the_size_it_is_looked_at(
    orientation: int, size: tuple[int, int]
) -> None:
    found = picture_size("a.jpg", jpeg(orientation=orientation))
    assert (found.width, found.height) == size


@pytest.mark.parametrize(
    "attributes",
    ['viewBox="0 0 30 10"', 'width="60mm" height="20mm"', 'width="100%" viewBox="5,5,9,3"'],
)
def test_an_svg_has_the_shape_of_its_size_or_view_box(attributes: str) -> None:
    size = picture_size("a.svg", svg("", attributes))
    assert size.width / size.height == pytest.approx(3)


def bomb(width: int, height: int) -> bytes:
    """A small PNG that claims to be a large one."""
    head = png()
    return head[:16] + struct.pack(">II", width, height) + head[24:]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (bomb(100_000, 100_000), "too large"),
        (bomb(0, 10), "damaged"),
        (png()[:20], "damaged"),
        (jpeg()[:30], "damaged"),
        (b"GIF89a....", "neither"),
        (b"", "neither"),
        (b"<html></html>", "is no picture"),
        (svg("<text>EESC</text>"), "text"),
        (svg('<image href="data:image/png;base64,xx"/>'), "dots"),
        (svg('<use xlink:href="file:///etc/passwd#a"/>'), "another file"),
        (svg('<use href="other.svg#a"/>'), "another file"),
        (svg("<style>@import url(http://example.org/a.css);</style>"), "another file"),
        (svg('<rect fill="red" style="filter:url(http://example.org/a)"/>'), "another file"),
        (svg('<filter id="f"/>'), "filters"),
        (svg('<mask id="m"/>'), "masks"),
        (svg('<pattern id="p"/>'), "patterns"),
        (svg('<g opacity="0.5"/>'), "transparent"),
        (svg('<g style="opacity: .5"/>'), "transparent"),
        (svg('<path stroke="url(#g)"/>'), "gradient"),
        (svg("<g>" * 200 + "</g>" * 200), "too many parts"),
        (svg("<g/>" * 30_000), "too many parts"),
        (svg("", ""), "how large"),
        (svg("", 'viewBox="0 0 0 0"'), "no size"),
        (b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg viewBox="0 0 1 1">&a;</svg>', "entities"),
        (
            b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
            b'<svg viewBox="0 0 1 1">&a;</svg>',
            "entities",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_printed_as_it_looks_is_refused_by_name(data: bytes, said: str) -> None:
    with pytest.raises(BadgeError, match=said) as refused:
        picture_size("logo.file", data)
    assert "logo.file" in str(refused.value)


def test_an_svg_of_utf_16_is_looked_through_as_well() -> None:
    hidden = '<?xml version="1.0" encoding="UTF-16"?>' + svg("<text/>").decode()
    with pytest.raises(BadgeError, match="text"):
        picture_size("logo.svg", hidden.encode("utf-16"))
