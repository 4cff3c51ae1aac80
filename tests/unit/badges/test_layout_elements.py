"""What can be said in a layout file, and what is answered when it is said wrongly."""

from __future__ import annotations

from contextlib import suppress

import pytest
from badge_people import MEETING, attendee
from hypothesis import example, given
from hypothesis import strategies as st

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.layouts.built_in import built_in_layout
from checkin_app.badges.layouts.layout_document import layout_document, layout_from_document
from checkin_app.badges.layouts.layout_file import layout_from_text
from checkin_app.badges.placed import (
    ComposedBadge,
    PlacedBlock,
    PlacedPhoto,
    PlacedQr,
    PlacedRectangle,
)
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_elements import (
    Code128,
    CodeFormat,
    Ellipse,
    ErrorCorrection,
    Line,
    Picture,
    PictureFit,
    Programme,
    QrCode,
    Rectangle,
)
from checkin_app.domain.badges.badge_face import Align, Box, VerticalAlign
from checkin_app.domain.badges.badge_layout import BadgeLayout, Element
from checkin_app.domain.badges.badge_text import LetterCase, TextBlock, Weight
from checkin_app.domain.badges.stock import CARD_ON_A4
from checkin_app.errors import BadgeError

HEAD = """
title = "Trial"
[colours]
ink = "#101010"
deep = "cmyk(100, 60, 0, 20)"
no_category = "#333333"
[[designs]]
width_mm = 85
height_mm = 54
"""


def layout(*elements: str, pictures: dict[str, bytes] | None = None) -> BadgeLayout:
    faces = "".join(f"\n[[designs.front]]\n{element}\n" for element in elements)
    return layout_from_text(HEAD + faces, "trial", "trial.toml", pictures)


def element(text: str, **pictures: bytes) -> Element:
    files = {name.replace("_", "."): content for name, content in pictures.items()}
    (part,) = layout(text, pictures=files).designs[0].front
    return part.element


def composed(trial: BadgeLayout, person: Attendee) -> ComposedBadge:
    return BadgePlan(trial, CARD_ON_A4, MEETING).composer().compose(person)


def refused(text: str) -> str:
    with pytest.raises(BadgeError) as raised:
        layout(text)
    return str(raised.value)


def test_a_text_has_one_paragraph_that_is_set_as_large_as_its_box_allows() -> None:
    block = element(
        'kind = "text"\nbox = [5, 5, 60, 10]\ntext = "{first_name} of {organisation}"\n'
        'size_pt = [8, 20]\nweight = "bold"\nalign = "centre"\nvertical_align = "bottom"\n'
        'letter_case = "upper"\ncolour = "deep"\nmax_lines = 2'
    )
    assert isinstance(block, TextBlock)
    assert not block.flows
    assert (block.box, block.align) == (Box(5, 5, 60, 10), Align.CENTRE)
    assert block.vertical_align is VerticalAlign.BOTTOM
    (paragraph,) = block.paragraphs
    assert (paragraph.min_size_pt, paragraph.size_pt) == (8, 20)
    assert (paragraph.weight, paragraph.letter_case) == (Weight.BOLD, LetterCase.UPPER)


def test_shapes_lines_and_codes_are_read_with_all_their_values() -> None:
    assert element(
        'kind = "rectangle"\nbox = [0, 0, 85, 10]\nfill = "category"\ncorner_mm = 2'
    ) == Rectangle(Box(0, 0, 85, 10), fill="category", corner_mm=2)
    assert element(
        'kind = "circle"\nbox = [1, 1, 9, 9]\nstroke = "ink"\nstroke_mm = 0.5\nrotation = 30'
    ) == Ellipse(Box(1, 1, 9, 9), stroke="ink", stroke_mm=0.5, rotation_deg=30)
    assert element('kind = "line"\nfrom = [1, 2]\nto = [3, 4]') == Line(1, 2, 3, 4)
    assert element(
        'kind = "qr"\nbox = [1, 1, 20, 20]\nformat = "url"\ncontent = "https://e.org/{code}"\n'
        'error_correction = "Q"\nquiet_zone = 2'
    ) == QrCode(
        Box(1, 1, 20, 20),
        "https://e.org/{code}",
        CodeFormat.URL,
        ErrorCorrection.Q,
        quiet_zone_modules=2,
    )
    assert element('kind = "code128"\nbox = [1, 1, 40, 9]') == Code128(Box(1, 1, 40, 9))
    assert element('kind = "programme"\nbox = [1, 1, 40, 40]\nsize_pt = [5, 8]') == Programme(
        Box(1, 1, 40, 40), size_pt=8, min_size_pt=5
    )
    assert element(
        'kind = "picture"\nbox = [1, 1, 9, 9]\nfile = "a.png"\nfit = "cover"', a_png=b"x"
    ) == Picture(Box(1, 1, 9, 9), "a.png", PictureFit.COVER)


@pytest.mark.parametrize(
    ("anchor", "left", "top"),
    [("top-left", 40, 20), ("centre", 35, 18), ("bottom-right", 30, 16), ("right", 30, 18)],
)
def test_the_anchor_says_which_point_of_the_box_is_meant(
    anchor: str, left: float, top: float
) -> None:
    shape = element(f'kind = "rectangle"\nbox = [40, 20, 10, 4]\nanchor = "{anchor}"')
    assert isinstance(shape, Rectangle)
    assert (shape.box.x_mm, shape.box.y_mm) == (left, top)


def test_elements_with_a_higher_z_are_drawn_later() -> None:
    trial = layout(
        'kind = "rectangle"\nbox = [0, 0, 9, 9]\nz = 2',
        'kind = "rectangle"\nbox = [0, 0, 8, 8]',
        'kind = "rectangle"\nbox = [0, 0, 7, 7]\nz = -1',
    )
    widths = [part.element.box.width_mm for part in trial.designs[0].front]  # type: ignore[union-attr]
    assert widths == [7, 8, 9]


@pytest.mark.parametrize(
    ("condition", "diet", "printed"),
    [
        ("column:Diet", "vegan", True),
        ("column:Diet", " ", False),
        ("not column:Diet", "", True),
        ("column:Diet is vegan, halal", "Halal", True),
        ("column:Diet is vegan, halal", "vegan please", False),
        ("column:Diet is not vegan", "", True),
        ("column:Diet contains nut", "no NUTS", True),
        ("column:Diet contains nut", "", False),
        ("column:diet", "vegan", True),
    ],
)
def test_an_element_is_printed_only_if_its_condition_holds(
    condition: str, diet: str, printed: bool
) -> None:
    trial = layout(f'kind = "rectangle"\nbox = [0, 0, 9, 9]\nfill = "ink"\nonly_if = "{condition}"')
    person = Attendee("0" * 32, "C", extra={"Diet": diet})
    assert bool(composed(trial, person).front.own) is printed


def test_several_conditions_must_all_hold() -> None:
    trial = layout(
        'kind = "rectangle"\nbox = [0, 0, 9, 9]\nonly_if = ["role", "country is Sweden"]'
    )
    assert composed(trial, attendee("A", "B", role="Chair", country="Sweden")).front.own
    assert not composed(trial, attendee("A", "B", role="Chair", country="Norway")).front.own


def test_a_category_can_have_other_values_or_no_element_at_all() -> None:
    trial = layout(
        'kind = "rectangle"\nbox = [0, 0, 85, 9]\nfill = "#000000"\n'
        'by_category.speaker = { fill = "#ff0000", box = [0, 0, 85, 20] }\n'
        "by_category.press = { hidden = true }"
    )

    def band(category: str) -> list[PlacedRectangle]:
        placed = composed(trial, attendee("A", "B", category=category)).front.shared.placed
        return [one for one in placed if isinstance(one, PlacedRectangle)]

    assert [(one.fill, one.box.height_mm) for one in band("participant")] == [((0, 0, 0), 9)]
    assert [(one.fill, one.box.height_mm) for one in band("Speaker")] == [((1, 0, 0), 20)]
    assert band("press") == []


def test_several_categories_can_share_their_values() -> None:
    trial = layout(
        'kind = "rectangle"\nbox = [0, 0, 85, 9]\nfill = "#000000"\n'
        'by_category."Speaker, moderator" = { fill = "#ff0000" }'
    )
    fills = [
        one.fill
        for category in ("speaker", "Moderator", "guest")
        for one in composed(trial, attendee("A", category=category)).front.shared.placed
        if isinstance(one, PlacedRectangle)
    ]
    assert fills == [(1, 0, 0), (1, 0, 0), (0, 0, 0)]


def test_a_shared_element_above_an_own_one_stays_above_it() -> None:
    trial = layout(
        'kind = "text"\nbox = [0, 0, 60, 9]\ntext = "{last_name}"\nsize_pt = 9',
        'kind = "rectangle"\nbox = [0, 5, 60, 9]\nfill = "ink"',
        'kind = "rectangle"\nbox = [0, 40, 60, 9]\nfill = "deep"',
    )
    face = composed(trial, attendee("A", "B")).front
    assert [type(one) for one in face.own] == [PlacedBlock, PlacedRectangle]
    assert [one.fill for one in face.shared.placed] == [(1.0, 0.6, 0.0, 0.2)]  # type: ignore[union-attr]


def test_a_qr_can_hold_a_contact_card_or_a_link() -> None:
    person = Attendee(
        "0" * 32, "ab/1 ", "Dr", "Eva", "Abel; Jr", "ACME, Ltd", "Chair", "Malta", "e@x.org"
    )

    def content(settings: str) -> str:
        trial = layout(f'kind = "qr"\nbox = [1, 1, 20, 20]\n{settings}')
        (code,) = composed(trial, person).front.own
        assert isinstance(code, PlacedQr)
        return code.content

    assert content('format = "url"\ncontent = "https://e.org/?c={code}"') == (
        "https://e.org/?c=ab%2F1%20"
    )
    assert content('content = "{last_name}/{code}"') == "Abel; Jr/ab/1"
    card = content('format = "vcard"').split("\r\n")
    assert card[:2] == ["BEGIN:VCARD", "VERSION:3.0"]
    assert "N:Abel\\; Jr;Eva;;Dr;" in card
    assert "ORG:ACME\\, Ltd" in card
    assert content('format = "mecard"') == (
        "MECARD:N:Abel\\; Jr,Eva;ORG:ACME\\, Ltd;EMAIL:e@x.org;;"
    )


def test_a_photo_is_placed_only_for_those_whose_list_names_one() -> None:
    trial = layout('kind = "photo"\nbox = [1, 1, 20, 20]\nfield = "Picture"\nround = true')
    person = Attendee("0" * 32, "C", extra={"Picture": "eva.jpg"})
    (photo,) = composed(trial, person).front.own
    assert isinstance(photo, PlacedPhoto)
    assert (photo.file, photo.is_round) == ("eva.jpg", True)
    assert composed(trial, Attendee("1" * 32, "D")).front.own == ()


def test_the_programme_lists_the_day_or_the_sessions_that_a_column_names() -> None:
    own = layout('kind = "programme"\nbox = [5, 5, 75, 44]\nagenda = "own"\nfield = "Tables"')
    title = MEETING.sessions[0].title if MEETING.sessions else "Dinner"
    person = Attendee("0" * 32, "C", extra={"Tables": f"Dinner; {title.upper()}"})
    (block,) = composed(own, person).front.own
    assert isinstance(block, PlacedBlock)
    assert "Dinner" in [line.text for line in block.lines]
    assert composed(own, Attendee("1" * 32, "D")).front.own == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('kind = "text"\nbox = [1, 1, 9, 9]\nsize_pt = 9', '"text" is missing'),
        ('kind = "text"\nbox = [1, 1, 9, 9]\ntext = "x"\nsize_pt = "9"', "write a number"),
        ('kind = "text"\nbox = [1, 1, 9, 9]\ntext = "x"\nsize_pt = true', "write a number"),
        ('kind = "text"\nbox = [1, 1, 9, 9]\ntext = "{0}"\nsize_pt = 9', "no field {0}"),
        ('kind = "text"\nbox = [1, 1, 9, 9]\ntext = "{"\nsize_pt = 9', "{"),
        ('kind = "rectangle"\nbox = [1, 1, 0, 9]', "no width or no height"),
        ('kind = "rectangle"\nbox = [1, 1, nan, 9]', '"box" is nan'),
        ('kind = "rectangle"\nbox = [1, 1, 9, 9]\nanchor = "middle"', '"centre"'),
        ('kind = "rectangle"\nbox = [1, 1, 9, 9]\nfill = "cmyk(1, 2, 3)"', "print shops"),
        ('kind = "rectangle"\nbox = [1, 1, 9, 9]\nonly_if = "rolle"', "Did you mean {role}?"),
        ('kind = "rectangle"\nbox = [1, 1, 9, 9]\nonly_if = "role is "', "does not say"),
        ('kind = "rectangle"\nbox = [1, 1, 9, 9]\nby_category = 3', "by_category.speaker"),
        ('kind = "picture"\nbox = [1, 1, 9, 9]\nfile = "logo.svg"', 'no picture "logo.svg"'),
        ("box = [1, 1, 9, 9]", '"kind" is missing'),
        ('kind = "qr"\nbox = [1, 1, 9, 9]\nquiet_zone = -1', "write 0 to 20"),
        ('kind = "line"\nfrom = [1]\nto = [2, 3]', 'write "from" as [x, y]'),
    ],
)
def test_a_wrong_element_is_answered_with_its_line_and_what_to_write(text: str, told: str) -> None:
    message = refused(text)
    assert told in message
    assert "trial.toml, line 1" in message
    assert "design 1, front, element 1" in message


@given(st.text())
@example("[[designs]]\nwidth_mm = 85\nheight_mm = 54\nfront = 3")
@example("title = 1\ncolours = 2\ndesigns = 3")
@example('title = ""\ncolours = {}\ndesigns = [1]')
@example('title = ""\n[colours]\nno_category = "#000000"\n[[designs]]\nfront = [1]')
@example('title = ""\ndesigns = [1]\n[colours]\nno_category = "#000000"')
@example('title = ""\npalette = 1\n[colours]\nno_category = "#000000"')
def test_any_text_is_a_layout_or_answered_in_words(text: str) -> None:
    with suppress(BadgeError):
        layout_from_text(text, "any", "any.toml")


def test_an_event_keeps_a_layout_with_its_pictures() -> None:
    text = HEAD + '\n[[designs.front]]\nkind = "picture"\nbox = [1, 1, 9, 9]\nfile = "a.png"\n'
    trial = layout_from_text(text, "mine", "mine.toml", {"a.png": b"\x89PNG"})
    assert layout_from_document("mine", layout_document(trial)) == trial
    ready = built_in_layout()
    assert layout_from_document(ready.name, layout_document(ready)) == ready


def test_a_damaged_layout_of_an_event_is_said() -> None:
    with pytest.raises(BadgeError, match="mine in the event file is damaged"):
        layout_from_document("mine", {"pictures": {}})
    with pytest.raises(BadgeError, match="damaged"):
        layout_from_document("mine", {"text": HEAD, "pictures": {"a.png": "§"}})
