"""What is said before paper is used."""

from __future__ import annotations

import dataclasses

import pytest
from badge_people import LONG_ORGANISATION, MEETING, attendee

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.findings import FindingKind
from checkin_app.badges.layouts import built_in_layout
from checkin_app.badges.preflight import check
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badge_elements import QrCode
from checkin_app.domain.badge_layout import BadgeLayout, Part
from checkin_app.domain.stock import CARD_ON_A4


def plan(layout: BadgeLayout | None = None) -> BadgePlan:
    return BadgePlan(layout or built_in_layout(), CARD_ON_A4, MEETING)


def kinds(*people: Attendee, layout: BadgeLayout | None = None) -> list[tuple[str, str]]:
    found = check(people, plan(layout))
    return [(finding.kind.value, finding.field) for finding in found]


def test_good_badges_have_no_findings() -> None:
    assert kinds(attendee("Lukas", "Nögel"), attendee("Παναγιώτα", "Παπαδοπούλου")) == []


def test_a_hundred_characters_of_organisation_are_no_finding() -> None:
    assert kinds(attendee("Eva", "Abel", organisation=LONG_ORGANISATION, role="Chair")) == []


def test_a_character_that_no_font_has_is_named_with_its_attendee() -> None:
    person = attendee("中", "Hänsel")
    (finding,) = check([person], plan())
    assert finding.attendee_id == person.id
    assert finding.kind is FindingKind.MISSING_GLYPH
    assert (finding.field, finding.detail) == ("name", "中 (U+4E2D)")


def test_text_that_cannot_fit_is_a_finding() -> None:
    assert kinds(attendee("A", "W" * 60)) == [("text_overflow", "name")]
    assert ("text_overflow", "organisation") in kinds(attendee("A", "B", organisation="W" * 90))


def test_text_at_its_smallest_size_is_a_finding() -> None:
    assert kinds(attendee("A", "W" * 20)) == [("text_shrunk", "name")]


def test_empty_names_and_organisations_are_findings() -> None:
    assert kinds(attendee("", "", organisation=" ")) == [
        ("empty_name", "name"),
        ("empty_organisation", "organisation"),
    ]


def test_codes_without_a_symbol_or_with_one_too_fine_are_findings() -> None:
    assert kinds(attendee("A", "B", code="")) == [("qr_impossible", "code")]
    assert kinds(attendee("A", "B", code="x" * 3000)) == [("qr_impossible", "code")]
    assert kinds(attendee("A", "B", code="x" * 400)) == [("qr_too_small", "code")]


def test_what_is_wrong_with_a_shared_text_is_said_once() -> None:
    endless = dataclasses.replace(MEETING, name="Conference " * 40)
    people = [attendee("A", "B"), attendee("C", "D", category="speaker")]
    found = check(people, dataclasses.replace(plan(), event=endless))
    assert [(one.attendee_id, one.kind.value, one.field) for one in found] == [
        (people[0].id, "text_overflow", "event_name")
    ]


@pytest.mark.parametrize("side_mm", [9.5, 9.6])
def test_a_module_of_a_third_of_a_millimetre_is_the_limit(side_mm: float) -> None:
    layout = built_in_layout()
    designs = tuple(
        dataclasses.replace(design, front=tuple(with_side(part, side_mm) for part in design.front))
        for design in layout.designs
    )
    found = kinds(attendee("A", "B"), layout=dataclasses.replace(layout, designs=designs))
    assert found == ([("qr_too_small", "code")] if side_mm / 29 < 0.33 else [])


def with_side(part: Part, side_mm: float) -> Part:
    """The part with a QR code of another size."""
    if not isinstance(part.element, QrCode):
        return part
    box = dataclasses.replace(part.element.box, width_mm=side_mm, height_mm=side_mm)
    return dataclasses.replace(part, element=dataclasses.replace(part.element, box=box))
