"""What stands on a badge, how large, and on which lines."""

from __future__ import annotations

import dataclasses

import pytest
from badge_people import LONG_ORGANISATION, MEETING, attendee

from checkin_app.badges.compose import Composer
from checkin_app.badges.fields import clean, code_in_groups
from checkin_app.badges.layouts.built_in import built_in_layout
from checkin_app.badges.placed import ComposedBadge, PlacedBlock, PlacedQr
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_elements import QrCode
from checkin_app.domain.badges.stock import A6_SINGLE, CARD_ON_A4, EVERYDAY, Stock


def composed(person: Attendee, stock: Stock = CARD_ON_A4) -> ComposedBadge:
    layout = built_in_layout("name-first")
    return Composer(layout, stock.badge_width_mm, stock.badge_height_mm, MEETING).compose(person)


def name_lines(person: Attendee, stock: Stock = CARD_ON_A4) -> tuple[float, list[str]]:
    lines = first_block(composed(person, stock)).lines
    return lines[0].size_pt, [line.text for line in lines]


def first_block(badge: ComposedBadge) -> PlacedBlock:
    block = badge.front.own[0]
    assert isinstance(block, PlacedBlock)
    return block


def all_text(badge: ComposedBadge) -> list[str]:
    placed = (*badge.front.shared.placed, *badge.front.own)
    blocks = [one for one in placed if isinstance(one, PlacedBlock)]
    return [line.text for block in blocks for line in block.lines]


@pytest.mark.parametrize(
    ("first_name", "last_name", "size_pt", "lines"),
    [
        ("Bo", "Li", 34, ["Bo Li"]),
        ("Lukas", "Nögel", 34, ["Lukas Nögel"]),
        ("Jakub", "Boratyński", 25, ["Jakub Boratyński"]),
        ("Володимир", "Їжаківський", 21.5, ["Володимир", "Їжаківський"]),
        ("Kristina", "Šermukšnytė-Alesiūnienė", 16.5, ["Kristina", "Šermukšnytė-Alesiūnienė"]),
        (
            "Παναγιώτα",
            "Παπαδοπούλου-Κωνσταντινίδου",
            13.5,
            ["Παναγιώτα", "Παπαδοπούλου-", "Κωνσταντινίδου"],
        ),
        (
            "Małgorzata Agnieszka",
            "Brzęczyszczykiewicz-Dąbrowska",
            13.5,
            ["Małgorzata Agnieszka", "Brzęczyszczykiewicz-", "Dąbrowska"],
        ),
        ("", "Madonna", 34, ["Madonna"]),
    ],
)
def test_names_on_a_card(first_name: str, last_name: str, size_pt: float, lines: list[str]) -> None:
    assert name_lines(attendee(first_name, last_name)) == (size_pt, lines)


@pytest.mark.parametrize(
    ("first_name", "last_name", "size_pt", "lines"),
    [
        ("Ola", "Svedin", 56, ["Ola", "Svedin"]),
        (
            "Kristina",
            "Šermukšnytė-Alesiūnienė",
            35.5,
            ["Kristina", "Šermukšnytė-", "Alesiūnienė"],
        ),
    ],
)
def test_names_on_an_a6_badge(
    first_name: str, last_name: str, size_pt: float, lines: list[str]
) -> None:
    assert name_lines(attendee(first_name, last_name), A6_SINGLE) == (size_pt, lines)


@pytest.mark.parametrize("stock", EVERYDAY, ids=lambda stock: stock.name)
def test_every_part_of_the_person_is_on_the_badge(stock: Stock) -> None:
    person = attendee(
        "Ola",
        "Svedin",
        organisation="Clusters of Sweden",
        role="Chairman",
        country="Sweden",
        category="speaker",
    )
    text = " ".join(all_text(composed(person, stock)))
    for part in ("Ola Svedin", "Clusters of Sweden", "Chairman", "Sweden", "SPEAKER"):
        assert part in text
    assert MEETING.name in text
    assert "6 May 2024" in text


@pytest.mark.parametrize("stock", EVERYDAY, ids=lambda stock: stock.name)
def test_a_long_organisation_is_wrapped_and_complete(stock: Stock) -> None:
    badge = composed(attendee("Eva", "Abel", organisation=LONG_ORGANISATION), stock)
    assert LONG_ORGANISATION in " ".join(all_text(badge))


@pytest.mark.parametrize("stock", EVERYDAY, ids=lambda stock: stock.name)
def test_no_text_and_no_band_invades_the_quiet_zone_of_the_code(stock: Stock) -> None:
    person = attendee(
        "Maximiliana-Theodora",
        "von Hohenlohe-Waldenburg-Schillingsfürst",
        organisation=LONG_ORGANISATION,
        role="Deputy Director for Interinstitutional Relations",
    )
    design = built_in_layout().design_for(stock.badge_width_mm, stock.badge_height_mm)
    (code,) = [one for one in composed(person, stock).front.own if isinstance(one, PlacedQr)]
    boxes = [part.element.box for part in design.front if not isinstance(part.element, QrCode)]
    for box in boxes:
        assert (
            box.right_mm <= code.box.x_mm
            or box.x_mm >= code.box.right_mm
            or box.bottom_mm <= code.box.y_mm
            or box.y_mm >= code.box.bottom_mm
        )


def test_the_lines_of_a_name_share_their_left_edge_and_stay_in_reading_order() -> None:
    lines = first_block(composed(attendee("Володимир", "Їжаківський"))).lines
    assert {line.x_mm for line in lines} == {4.7}
    assert lines[0].y_mm < lines[1].y_mm


def test_badges_of_one_category_share_their_art() -> None:
    composer = Composer(built_in_layout(), 85, 54, MEETING)
    one, other = composer.compose(attendee("A", "B")), composer.compose(attendee("C", "D"))
    assert one.front.shared is other.front.shared


def test_another_size_of_the_same_shape_is_filled_to_its_edges() -> None:
    design = built_in_layout().design_for(90, 55)
    assert max(part.element.box.right_mm for part in design.front) == pytest.approx(90)
    assert max(part.element.box.bottom_mm for part in design.front) == pytest.approx(55)


def test_a_greek_label_in_capitals_loses_its_accent() -> None:
    assert "ΟΜΙΛΗΤΗΣ" in all_text(composed(attendee("A", "B", category="ομιλητής")))


def test_text_is_cleaned_of_what_cannot_be_seen() -> None:
    assert clean(" Ve\u0301ra\u200b \t\n Nova\u0301\x00k ") == "Véra Novák"
    assert clean("a  b") == "a b"
    assert clean("Škoda\u00a0FMS") == "Škoda\u00a0FMS"


def test_names_are_never_read_as_templates() -> None:
    assert name_lines(attendee("{code}", "<b>")) == (34, ["{code} <b>"])


def test_codes_are_read_aloud_in_groups() -> None:
    assert code_in_groups("SP7HDBFS3DTR98H6BCFN") == "SP7H DBFS 3DTR 98H6 BCFN"
    assert code_in_groups("order-17/2") == "order-17/2"


def test_without_an_event_place_no_separator_remains() -> None:
    bare = dataclasses.replace(MEETING, venue="", city="Brussels")
    composer = Composer(built_in_layout(), 85, 54, bare)
    assert ", Brussels" not in " ".join(all_text(composer.compose(attendee("A", "B"))))
