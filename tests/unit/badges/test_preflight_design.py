"""What is wrong with a layout, whoever is printed, and what only some badges show."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from badge_people import MEETING, attendee
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.inks import BLACK
from checkin_app.badges.layouts.built_in import built_in_layout, layout_names
from checkin_app.badges.part_composers import Palette, turn_of
from checkin_app.badges.preflight.findings import Finding
from checkin_app.badges.preflight.inspector import check
from checkin_app.badges.preflight.layers import contains, layer_of, turned_bounds
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_elements import (
    Code128,
    Element,
    Ellipse,
    Line,
    Photo,
    Picture,
    PictureFit,
    QrCode,
    Rectangle,
)
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.badge_layout import (
    BadgeDesign,
    BadgeLayout,
    Comparison,
    Condition,
    Part,
)
from checkin_app.domain.badges.badge_text import Paragraph, TextBlock, Weight
from checkin_app.domain.badges.imposition import Duplex, Imposition
from checkin_app.domain.badges.stock import EVERYDAY, Fold, Stock

PALETTE = Palette({"ink": BLACK}, BLACK)
PIECE = Stock("piece", 100, 60, 100, 60)
ANNA = attendee("Anna", "Brandt")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>'


def layout(
    *front: Element | Part, back: tuple[Element, ...] = (), **pictures: bytes
) -> BadgeLayout:
    parts = tuple(one if isinstance(one, Part) else Part(one) for one in front)
    design = BadgeDesign(100, 60, parts, tuple(Part(one) for one in back))
    colours = {"ink": "#000000", "no_category": "#333333"}
    named = {f"{name}.png": data for name, data in pictures.items()}
    return BadgeLayout("test", "Test", (design,), colours, {"press": "#ffee00"}, pictures=named)


def found(*front: Element | Part, people: tuple[Attendee, ...] = (ANNA,)) -> list[Finding]:
    return list(check(people, BadgePlan(layout(*front), PIECE, MEETING)))


def kinds(*front: Element | Part, people: tuple[Attendee, ...] = (ANNA,)) -> list[str]:
    return [one.kind.value for one in found(*front, people=people)]


def text(box: Box, colour: str = "ink", size: float = 10, smallest: float = 8) -> TextBlock:
    return TextBlock(box, (Paragraph(("{last_name}",), size, smallest, colour=colour),))


QR = QrCode(Box(60, 10, 30, 30))
NAME = text(Box(5, 5, 40, 10))


def test_a_plain_badge_has_no_findings() -> None:
    assert kinds(NAME, QR) == []


# The white around a code


@pytest.mark.parametrize(
    "intruder",
    [
        Line(50, 12, 95, 12),
        Rectangle(Box(85, 30, 12, 20), fill="#00ff00"),
        Rectangle(Box(62, 12, 26, 26), stroke="ink"),
        Ellipse(Box(80, 0, 20, 20), fill="ink"),
        Picture(Box(55, 30, 10, 10), "logo.png"),
        Photo(Box(55, 5, 10, 10)),
        Code128(Box(50, 36, 45, 8), content="1"),
    ],
)
def test_a_part_within_the_white_around_a_code_is_a_finding(intruder: Element) -> None:
    photo = dataclasses.replace(ANNA, extra={"photo": "anna.jpg"})
    assert "quiet_zone" in kinds(intruder, QR, people=(photo,))
    assert "quiet_zone" in kinds(QR, intruder, people=(photo,))


@pytest.mark.parametrize(
    "below",
    [
        Rectangle(Box(0, 0, 100, 60), fill="#ffffff"),
        Rectangle(Box(55, 5, 40, 40), fill="#ffee88", stroke="ink"),
        Rectangle(Box(55, 5, 40, 40), stroke="ink"),
        Rectangle(Box(85, 30, 12, 20), fill="#ffffff"),
        Rectangle(Box(85, 40.05, 12, 10), fill="ink"),
        Rectangle(Box(62, 12, 3, 3)),
    ],
)
def test_what_is_light_and_under_all_of_a_code_or_beside_it_is_none(below: Element) -> None:
    assert kinds(below, QR) == []


def test_what_lies_under_the_panel_of_a_code_does_not_count() -> None:
    dark, panel = (
        Rectangle(Box(50, 0, 20, 60), fill="ink"),
        Rectangle(Box(58, 8, 34, 34), "#ffffff"),
    )
    assert kinds(dark, panel, QR) == []
    assert kinds(panel, dark, QR) == ["quiet_zone"]


def test_the_edge_of_the_badge_may_not_cut_the_white_of_a_code() -> None:
    assert kinds(QrCode(Box(70, 0, 30, 30))) == []
    narrow = QrCode(Box(70, 0, 30, 30), quiet_zone_modules=1)
    assert kinds(narrow) == ["quiet_zone"]
    assert kinds(QrCode(Box(65, 5, 30, 30), quiet_zone_modules=1)) == []


def test_a_name_that_runs_into_the_white_of_a_code_is_found_on_its_badge_alone() -> None:
    wide = text(Box(5, 12, 85, 10), size=24, smallest=8)
    people = (attendee("A", "Ng"), attendee("B", "Featherstonehaugh"), attendee("C", "Li"))
    (finding,) = found(wide, QR, people=people)
    assert (finding.attendee_id, finding.kind.value) == (people[1].id, "quiet_zone")
    assert "Featherstonehaugh" in finding.detail
    assert not finding.is_shared


# Colours


@pytest.mark.parametrize(
    ("colour", "size", "kind"),
    [
        ("#767676", 10, []),
        ("#808080", 10, ["low_contrast"]),
        ("#808080", 20, []),
        ("#aaaaaa", 20, ["low_contrast"]),
        ("cmyk(0, 0, 0, 30)", 20, ["low_contrast"]),
        ("cmyk(0, 0, 100, 0)", 24, ["low_contrast"]),
        ("cmyk(100, 80, 0, 20)", 10, []),
    ],
)
def test_text_needs_contrast_by_its_size(colour: str, size: float, kind: list[str]) -> None:
    assert kinds(text(NAME.box, colour, size, size)) == kind


def test_large_bold_text_may_be_fainter() -> None:
    bold = Paragraph(("{last_name}",), 14, 14, weight=Weight.BOLD, colour="#808080")
    assert kinds(TextBlock(NAME.box, (bold,))) == []


def test_text_is_compared_with_what_it_lies_on() -> None:
    band = Rectangle(Box(0, 0, 100, 20), fill="#003399")
    assert kinds(band, text(NAME.box, "#ffffff")) == []
    assert kinds(text(NAME.box, "#ffffff"), band) == ["low_contrast"]
    assert kinds(band, text(NAME.box, "#003366")) == ["low_contrast"]
    assert kinds(band, text(Box(5, 15, 40, 20), "#ffffff")) == ["low_contrast"]


def test_a_colour_for_large_type_is_a_finding_only_where_a_name_is_set_small() -> None:
    name = text(Box(5, 5, 40, 12), "#808080", size=24, smallest=6)
    people = (
        attendee("A", "Ng"),
        attendee("B", "Featherstonehaugh-Smythe"),
        attendee("C", "W" * 20),
    )
    faint = [one for one in found(name, people=people) if one.kind.value == "low_contrast"]
    assert [(one.attendee_id, one.is_shared) for one in faint] == [(people[1].id, True)]


def test_the_colour_of_a_category_is_judged_where_it_comes() -> None:
    name = text(NAME.box, "category")
    people = (attendee("A", "B"), attendee("C", "D", category="press"), attendee("E", "F"))
    (finding,) = found(name, people=people)
    assert (finding.attendee_id, finding.kind.value) == (people[1].id, "low_contrast")


def test_codes_need_contrast_and_be_darker_than_their_ground() -> None:
    assert kinds(dataclasses.replace(QR, colour="#bbbbbb")) == ["low_contrast"]
    dark = Rectangle(Box(50, 0, 50, 60), fill="#000000")
    assert kinds(dark, dataclasses.replace(QR, colour="#ffffff")) == ["low_contrast"]
    assert kinds(dataclasses.replace(QR, colour="#0000aa")) == []


# Conditions


def test_parts_that_are_never_printed_together_do_not_disturb_each_other() -> None:
    vip = Condition("role", Comparison.IS, ("VIP",))
    others = Condition("role", Comparison.IS_NOT, ("VIP",))
    ribbon = Rectangle(Box(55, 0, 45, 20), fill="ink")
    assert kinds(Part(ribbon, (vip,)), Part(QR, (others,))) == []
    guest = attendee("V", "I", role="VIP")
    assert kinds(Part(ribbon, (vip,)), Part(QR, (others,)), people=(ANNA, guest)) == []
    (finding,) = found(Part(ribbon, (vip,)), QR, people=(ANNA, guest))
    assert (finding.attendee_id, finding.kind.value) == (guest.id, "quiet_zone")


def test_a_part_that_a_category_has_elsewhere_is_judged_for_that_category() -> None:
    moved = dataclasses.replace(QR, box=Box(75, 10, 30, 30))
    part = Part(QR, by_category={"press": moved})
    reporter = attendee("P", "Q", category="press")
    assert kinds(part) == []
    assert set(kinds(part, people=(ANNA, reporter))) == {"outside_badge", "quiet_zone"}


# Places


@pytest.mark.parametrize(
    ("element", "kind"),
    [
        (Rectangle(Box(-3, -3, 106, 20), fill="ink"), []),
        (Picture(Box(-3, -3, 106, 66), "b.png", PictureFit.COVER), []),
        (Picture(Box(90, 5, 20, 20), "b.png"), ["outside_badge"]),
        (Rectangle(Box(101, 5, 20, 20), fill="ink"), ["outside_badge"]),
        (text(Box(70, 5, 40, 10)), ["outside_badge"]),
        (text(Box(70, 5, 30.05, 10)), []),
    ],
)
def test_colour_may_bleed_over_the_edge_but_content_may_not(
    element: Element, kind: list[str]
) -> None:
    assert kinds(element) == kind


def test_a_turned_part_is_judged_as_it_lies() -> None:
    upright = text(Box(-10, 25, 40, 8))
    assert kinds(upright) == ["outside_badge"]
    assert kinds(dataclasses.replace(upright, rotation_deg=90)) == []


def test_what_the_printer_does_not_reach_is_a_finding() -> None:
    label = dataclasses.replace(PIECE, printable_width_mm=92, printable_height_mm=60)
    plan = BadgePlan(layout(text(Box(2, 5, 50, 10))), label, MEETING)
    (finding,) = check((ANNA,), plan)
    assert finding.detail == "2.0 mm beyond what the printer reaches"


def test_the_back_is_judged_only_where_it_is_printed() -> None:
    two_sided = layout(NAME, back=(text(Box(90, 5, 40, 10)),))
    assert check((ANNA,), BadgePlan(two_sided, PIECE, MEETING)) == ()
    duplex = BadgePlan(two_sided, PIECE, MEETING, Imposition(duplex=Duplex.LONG_EDGE))
    assert [one.kind.value for one in check((ANNA,), duplex)] == ["outside_badge"]
    tent = dataclasses.replace(PIECE, badge_height_mm=120, paper_height_mm=120, fold=Fold.TENT)
    assert [one.kind.value for one in check((ANNA,), BadgePlan(two_sided, tent, MEETING))] == [
        "outside_badge"
    ]


# Anything at all

lengths = st.floats(1, 120).map(lambda length: round(length, 1))
places = st.floats(-30, 110).map(lambda place: round(place, 1))
boxes = st.builds(Box, places, places, lengths, lengths)
colours = st.sampled_from(["ink", "#ffffff", "#808080", "category", "cmyk(0, 20, 100, 5)"])
turns = st.sampled_from([0.0, 0.0, 33.0, 90.0, 180.0])
elements = st.one_of(
    st.builds(QrCode, boxes, colour=colours, rotation_deg=turns),
    st.builds(Code128, boxes, colour=colours, rotation_deg=turns),
    st.builds(Rectangle, boxes, fill=colours, rotation_deg=turns),
    st.builds(Ellipse, boxes, stroke=colours),
    st.builds(Line, places, places, places, places, colours),
    st.builds(text, boxes, colours),
    st.builds(Photo, boxes, rotation_deg=turns),
    st.builds(Picture, boxes, st.just("logo.png")),
)


@given(st.lists(elements, max_size=6))
def test_any_layout_is_judged_by_where_its_parts_lie(parts: list[Element]) -> None:
    said = set(kinds(*parts))
    assert kinds(*parts) == kinds(*parts)
    if not any(isinstance(one, QrCode | Code128) for one in parts):
        assert "quiet_zone" not in said
    inside = all(
        contains(Box(0, 0, 100, 60), layer_of(Part(one), one, PALETTE).box) for one in parts
    )
    if inside:
        assert "outside_badge" not in said


@given(boxes, turns)
def test_a_turned_box_keeps_its_middle_and_is_large_enough(box: Box, degrees: float) -> None:
    turn = turn_of(box, degrees)
    bounds = turned_bounds(box, turn)
    assert bounds.x_mm + bounds.width_mm / 2 == pytest.approx(box.x_mm + box.width_mm / 2)
    assert bounds.y_mm + bounds.height_mm / 2 == pytest.approx(box.y_mm + box.height_mm / 2)
    diagonal_mm = (box.width_mm**2 + box.height_mm**2) ** 0.5
    assert max(bounds.width_mm, bounds.height_mm) <= diagonal_mm + 1e-6
    assert bounds.width_mm * bounds.height_mm >= box.width_mm * box.height_mm - 1e-6


# Barcodes, pictures and photos


def test_a_barcode_that_cannot_hold_its_code_or_is_too_fine_is_a_finding() -> None:
    bars = Code128(Box(5, 30, 90, 12))
    assert kinds(bars) == []
    assert kinds(bars, people=(attendee("A", "B", code="Jürgen"),)) == ["barcode_impossible"]
    assert kinds(bars, people=(attendee("A", "B", code=""),)) == ["barcode_impossible"]
    assert kinds(dataclasses.replace(bars, box=Box(5, 30, 40, 12))) == ["barcode_impossible"]


def test_a_picture_of_too_few_dots_is_a_finding(tmp_path: Path) -> None:
    Image.new("L", (160, 160)).save(tmp_path / "logo.png")
    data = (tmp_path / "logo.png").read_bytes()
    for side_mm, wanted in ((20, []), (21, ["picture_coarse"])):
        logo = Picture(Box(5, 30, side_mm, side_mm), "logo.png")
        plan = BadgePlan(layout(NAME, logo, logo=data), PIECE, MEETING)
        assert [one.kind.value for one in check((ANNA, attendee("Bea", "Carr")), plan)] == wanted
    vector = Picture(Box(5, 5, 50, 50), "logo.png")
    assert check((ANNA,), BadgePlan(layout(vector, logo=SVG), PIECE, MEETING)) == ()


def test_photos_are_looked_for_and_looked_at(tmp_path: Path) -> None:
    Image.new("RGB", (400, 300)).save(tmp_path / "fine.jpg")
    Image.new("RGB", (100, 75)).save(tmp_path / "coarse.png")
    whole = (tmp_path / "fine.jpg").read_bytes()
    (tmp_path / "torn.jpg").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "note.jpg").write_text("no picture")
    names = ("fine.jpg", "coarse.png", "torn.jpg", "note.jpg", "absent.jpg", "../fine.jpg", "")
    people = tuple(
        dataclasses.replace(attendee("A", f"Person {at}"), extra={"photo": name})
        for at, name in enumerate(names)
    )
    photo = Photo(Box(5, 20, 40, 30))
    folder = tmp_path
    plan = BadgePlan(layout(NAME, photo), PIECE, MEETING, photos=folder)
    said = {one.attendee_id: one.kind.value for one in check(people, plan)}
    by_name = {name: said.get(person.id) for name, person in zip(names, people, strict=True)}
    assert by_name == {
        "fine.jpg": None,
        "coarse.png": "picture_coarse",
        **dict.fromkeys(names[2:], "photo_missing"),
    }
    (finding,) = check(people, dataclasses.replace(plan, photos=None))
    assert (finding.kind.value, finding.is_shared) == ("photo_missing", True)


@pytest.mark.parametrize("name", layout_names())
def test_built_in_layouts_are_sound_on_what_they_were_drawn_for(name: str) -> None:
    built_in = built_in_layout(name)
    pieces = [
        Stock("piece", one.width_mm, one.height_mm, one.width_mm, one.height_mm)
        for one in built_in.designs
    ]
    suited = [one for one in EVERYDAY if built_in.suits(one.face_width_mm, one.face_height_mm)]
    names = (("Lukas", "Nögel"), ("Eva", "Abel"), ("Ana", "Kos"))
    people = [
        attendee(*name, category=category)
        for name, category in zip(names, ("speaker", "press", ""), strict=True)
    ]
    for stock in (*pieces, *suited):
        plan = BadgePlan(built_in, stock, MEETING, Imposition(duplex=Duplex.LONG_EDGE))
        for dpi in (203, 300, 600):
            found = check(people, plan, dpi)
            # The layout of cards with photos is right to ask for them.
            assert [one for one in found if one.kind.value != "photo_missing"] == []


def test_a_place_for_a_photo_that_nobody_has_needs_no_folder() -> None:
    photo = Part(Photo(Box(5, 20, 40, 30)), (Condition("column:photo"),))
    assert kinds(NAME, photo) == []
    with_photo = dataclasses.replace(ANNA, extra={"photo": "anna.jpg"})
    assert kinds(NAME, photo, people=(with_photo,)) == ["photo_missing"]
