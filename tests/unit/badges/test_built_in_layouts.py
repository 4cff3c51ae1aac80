"""The layouts that come with the program, on every stock they are offered for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from badge_people import MEETING, REGISTRATION, attendee

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.compose import Composer
from checkin_app.badges.inks import contrast, ink
from checkin_app.badges.layouts.built_in import built_in_layout, layout_names, ticket_layout
from checkin_app.badges.placed import PlacedBlock
from checkin_app.badges.preflight.findings import Finding, FindingKind, Severity
from checkin_app.badges.preflight.inspector import USUAL_DPI, check
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_elements import Line, Programme, QrCode, Rectangle
from checkin_app.domain.badges.badge_layout import BadgeDesign, BadgeLayout, Part
from checkin_app.domain.badges.badge_text import TextBlock
from checkin_app.domain.badges.imposition import Duplex, Imposition
from checkin_app.domain.badges.stock import Fold, Stock
from checkin_app.domain.language.lengths import millimetres
from checkin_app.stock.catalogue import built_in_stock

NAMES = layout_names()
ONE_COLOUR = ("thermal", "thermal-turned")
FOR_BADGES_FROM_MM = (55, 28)
"""Labels below are offered, but preflight may have something to say."""
SMALLEST_MARGIN_MM = 2.4
SLOT_MM = 11.5
LEGIBLE_FROM_PT = 5.0
LABEL_PRINTER_DPI = 203
DESCENT_EM = 0.22

CARDS = [
    (75, 40), (80, 50), (85, 54), (85.6, 53.98), (85.7, 59.3), (88.9, 50.8), (90, 54), (90, 60),
    (99, 68), (101.6, 76.2), (105, 74),
]  # fmt: skip
UPRIGHT = [(74, 105), (96, 134), (105, 148), (101.6, 152.4), (102, 152)]
ANY = [*CARDS, *UPRIGHT, (148, 105), (53.98, 85.6), (96, 82)]
SIZES = {
    "name-first": [*ANY, (63.5, 29.6), (63.5, 46.6), (62, 100), (57, 102)],
    "eu-meeting": [*ANY, (63.5, 29.6)],
    "roles": [*ANY, (63.5, 29.6)],
    "lanyard-a6": [*UPRIGHT, (105, 148.5)],
    "butterfly": [(82, 101.5), (105, 148), (105, 148.5), (148, 105)],
    "thermal": [
        (62, 100), (54, 101), (57.15, 101.6), (59, 102), (62, 106), (51, 89), (41, 89), (54, 70),
        (102, 152), (101.6, 152.4), (57, 32), (100, 62), (101, 54), (89, 41), (89, 36), (96, 82),
    ],
    "thermal-turned": [(62, 100), (54, 101), (57, 102), (51, 89), (41, 89), (102, 152)],
    "id-card": [(85.6, 53.98), (85, 54), (53.98, 85.6), (74, 105), (105, 148), (62, 100)],
    "name-tent": [(297, 105), (210, 148.5), (279.4, 107.95), (215.9, 139.7), (210, 74)],
}  # fmt: skip

EVERYDAY_PEOPLE = (
    attendee("Bo", "Li", organisation="Clusters of Sweden", role="Chair", country="Sweden"),
    attendee(
        "Lukas",
        "Nögel",
        organisation="VDI/VDE Innovation + Technik GmbH",
        role="Consultant",
        country="Germany",
        category="Cluster organisation",
    ),
    attendee(
        "Saga",
        "Österberg",
        organisation="Swedish Agency for Economic and Regional Growth",
        role="Policy officer",
        country="Sweden",
        category="Speaker",
    ),
    attendee("Nguyễn", "Thị Phương Thảo", organisation="Hội Doanh nghiệp", category=""),
    attendee("Doina", "Bătrîncea", organisation="EESC", country="Moldova", category="Press"),
)
LONG_NAMES = (
    ("Kristina", "Šermukšnytė-Alesiūnienė"),
    ("Παναγιώτα", "Παπαδοπούλου-Κωνσταντινίδου"),
    ("Małgorzata Agnieszka", "Brzęczyszczykiewicz-Dąbrowska"),
)
LONGEST = tuple(
    attendee(
        first_name,
        last_name,
        organisation="Confederación Estatal de Agrupaciones Empresariales Innovadoras, Clústeres"
        " y Redes de Cooperación",
        role="Deputy Head of Unit for Interregional Cooperation and Strategic Value Chains EU",
        country="Bosnia and Herzegovina",
        category="National association",
    )
    for first_name, last_name in LONG_NAMES
)
LONG_MEETING = replace(
    MEETING,
    name="ECCP Meeting of the European Cluster Associations and Networks, as part of the"
    " European Cluster Conference 2024",
)


def of_size(width_mm: float, height_mm: float) -> Stock:
    return Stock("trial", width_mm, height_mm, width_mm, height_mm)


def designs() -> Iterator[tuple[str, BadgeDesign]]:
    for name in NAMES:
        for design in layout(name).designs:
            yield name, design


@cache
def layout(name: str) -> BadgeLayout:
    return built_in_layout(name)


def parts(design: BadgeDesign) -> tuple[Part, ...]:
    return (*design.front, *design.back)


def everything(design: BadgeDesign) -> Iterator[object]:
    for part in parts(design):
        yield part.element
        yield from part.by_category.values()


def grave(people: tuple[Attendee, ...], plan: BadgePlan) -> list[Finding]:
    """What must be seen to, the doubts of the stock and absent photos apart."""
    dpi = LABEL_PRINTER_DPI if plan.layout.name in ONE_COLOUR else USUAL_DPI
    apart = (FindingKind.STOCK_UNVERIFIED, FindingKind.PHOTO_MISSING)
    return [
        one
        for one in check(people, plan, dpi=dpi)
        if one.kind.severity is Severity.MUST_BE_SEEN and one.kind not in apart
    ]


def named(designed: tuple[str, BadgeDesign]) -> str:
    name, design = designed
    return f"{name}-{design.width_mm:g}x{design.height_mm:g}"


def is_for_a_lanyard(designed: tuple[str, BadgeDesign]) -> bool:
    """Neither stuck on nor in a holder."""
    name, design = designed
    return name not in ONE_COLOUR and design.height_mm > max(85, design.width_mm)


every_design = pytest.mark.parametrize("designed", tuple(designs()), ids=named)
every_layout = pytest.mark.parametrize("name", NAMES)


@every_layout
def test_a_layout_fits_the_stock_it_was_made_for(name: str) -> None:
    assert [size for size in SIZES[name] if not layout(name).suits(*size)] == []


@every_layout
def test_everyday_badges_are_right_on_all_stock_that_a_layout_is_offered_for(name: str) -> None:
    faces = {}
    for stock in built_in_stock():
        width_mm, height_mm = stock.face_width_mm, stock.face_height_mm
        is_badge = width_mm >= FOR_BADGES_FROM_MM[0] and height_mm >= FOR_BADGES_FROM_MM[1]
        has_edges = bool(stock.printable_width_mm) and name not in ONE_COLOUR
        if is_badge and not has_edges and layout(name).suits(width_mm, height_mm):
            size = round(width_mm), round(height_mm), stock.fold, stock.printable_height_mm
            faces[size] = stock
    assert faces
    for stock in faces.values():
        found = grave(EVERYDAY_PEOPLE, BadgePlan(layout(name), stock, MEETING))
        assert not found, stock.name


@every_design
def test_the_longest_names_never_leave_their_place(designed: tuple[str, BadgeDesign]) -> None:
    """Organisation and role of 180 letters may need more than a small label has."""
    name, design = designed
    stock = of_size(design.width_mm, design.height_mm)
    duplex = Imposition(duplex=Duplex.LONG_EDGE)
    found = grave(LONGEST, BadgePlan(layout(name), stock, MEETING, duplex))
    is_small = design.width_mm * design.height_mm < 85 * 54 or design.height_mm < 54
    allowed = {"organisation", "role", "country"} if is_small else set[str]()
    too_much = {one.field for one in found if one.kind is FindingKind.TEXT_OVERFLOW}
    assert too_much <= allowed
    assert [one for one in found if one.kind is not FindingKind.TEXT_OVERFLOW] == []


@every_design
def test_a_long_name_of_the_meeting_fits(designed: tuple[str, BadgeDesign]) -> None:
    name, design = designed
    stock = of_size(design.width_mm, design.height_mm)
    assert grave(EVERYDAY_PEOPLE, BadgePlan(layout(name), stock, LONG_MEETING)) == []


@every_design
def test_text_keeps_away_from_the_edges(designed: tuple[str, BadgeDesign]) -> None:
    name, design = designed
    composer = Composer(layout(name), design.width_mm, design.height_mm, MEETING)
    for person in (*EVERYDAY_PEOPLE, *LONGEST[:1]):
        for face in composer.compose(person).faces:
            for block in (*face.shared.placed, *face.own):
                if not isinstance(block, PlacedBlock) or block.turn is not None:
                    continue
                for line in block.lines:
                    assert line.x_mm >= SMALLEST_MARGIN_MM
                    assert line.y_mm <= design.height_mm - SMALLEST_MARGIN_MM
                    assert line.y_mm - millimetres(0.73 * line.size_pt) >= SMALLEST_MARGIN_MM


@pytest.mark.parametrize("designed", tuple(filter(is_for_a_lanyard, designs())), ids=named)
def test_a_badge_on_a_lanyard_leaves_room_for_the_slot(designed: tuple[str, BadgeDesign]) -> None:
    _name, design = designed
    for element in everything(design):
        if isinstance(element, (TextBlock, QrCode)):
            assert element.box.y_mm >= SLOT_MM


@every_design
def test_no_type_is_smaller_than_one_can_read(designed: tuple[str, BadgeDesign]) -> None:
    _name, design = designed
    for element in everything(design):
        if isinstance(element, TextBlock):
            assert min(one.min_size_pt for one in element.paragraphs) >= LEGIBLE_FROM_PT
        elif isinstance(element, Programme):
            assert element.min_size_pt >= LEGIBLE_FROM_PT


@every_design
def test_colour_that_touches_an_edge_bleeds(designed: tuple[str, BadgeDesign]) -> None:
    _name, design = designed
    touching = [
        element
        for element in everything(design)
        if isinstance(element, Rectangle) and element.box.x_mm == 0
    ]
    assert design.bleed_mm >= 2 or not touching


@pytest.mark.parametrize("name", ONE_COLOUR)
def test_labels_need_one_colour_and_no_fine_lines(name: str) -> None:
    colours = {*layout(name).colours.values(), *layout(name).category_palette}
    assert colours == {"#000000", "#ffffff"}
    assert not layout(name).category_colours
    for design in layout(name).designs:
        for element in everything(design):
            if isinstance(element, Line):
                assert element.width_mm >= 0.3


@pytest.mark.parametrize("name", ["butterfly", "name-tent"])
def test_folded_badges_show_the_name_on_both_faces(name: str) -> None:
    for design in layout(name).designs:
        assert [part.element for part in design.front] == [part.element for part in design.back]


def test_the_back_of_a_lanyard_badge_is_the_programme() -> None:
    for design in layout("lanyard-a6").designs:
        assert any(isinstance(part.element, Programme) for part in design.back)
    folded = next(stock for stock in built_in_stock() if stock.name == "A6 folded on A4")
    assert folded.fold is Fold.TENT
    meeting = replace(MEETING, sessions=(REGISTRATION,))
    assert grave(EVERYDAY_PEOPLE, BadgePlan(layout("lanyard-a6"), folded, meeting)) == []


def test_speakers_press_and_staff_have_grounds_of_their_own() -> None:
    design = layout("roles").design_for(105, 148)
    ground = design.front[0]
    fills = [
        element.fill
        for category in ("participant", "Speaker", "press", "Staff")
        if isinstance(element := ground.element_for(category), Rectangle)
    ]
    assert fills == ["", "category", "press", "staff"]


@every_layout
def test_a_layout_says_what_it_is_good_for(name: str) -> None:
    assert layout(name).title
    assert layout(name).description.endswith(".")


@every_layout
def test_white_lettering_is_legible_on_every_category_colour(name: str) -> None:
    one = layout(name)
    for colour in (*one.category_colours.values(), *one.category_palette):
        assert contrast(ink(colour), (1.0, 1.0, 1.0)) >= 4.5


def test_every_element_lies_on_its_page() -> None:
    """Turned boxes are for preflight to judge."""
    tickets = ticket_layout().designs
    for design in (*(one for _name, one in designs()), *tickets):
        for part in parts(design):
            if isinstance(part.element, Line) or part.element.rotation_deg:
                continue
            box = part.element.box
            assert box.x_mm >= 0
            assert box.y_mm >= 0
            assert box.right_mm <= design.width_mm + 1e-6
            assert box.bottom_mm <= design.height_mm + 1e-6
