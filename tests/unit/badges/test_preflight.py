"""What is said before paper is used."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
import qrcode
import qrcode.util
from badge_people import LONG_ORGANISATION, MEETING, attendee
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.codes.qr_payload import segment_size, smallest_version
from checkin_app.badges.layouts.built_in import built_in_layout
from checkin_app.badges.preflight.findings import Finding, FindingKind, Severity, gravest_first
from checkin_app.badges.preflight.inspector import Inspector, check
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_elements import CodeFormat, ErrorCorrection, QrCode
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.badge_layout import BadgeLayout, Part
from checkin_app.domain.badges.imposition import Imposition
from checkin_app.domain.badges.stock import CARD_ON_A4

LEVELS = {
    ErrorCorrection.L: qrcode.ERROR_CORRECT_L,
    ErrorCorrection.M: qrcode.ERROR_CORRECT_M,
    ErrorCorrection.Q: qrcode.ERROR_CORRECT_Q,
    ErrorCorrection.H: qrcode.ERROR_CORRECT_H,
}


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
    assert kinds(attendee("A", "W" * 59 + "w")) == [("text_overflow", "name")]
    assert ("text_overflow", "organisation") in kinds(attendee("A", "B", organisation="W" * 90))


def test_text_at_its_smallest_size_is_a_finding() -> None:
    assert kinds(attendee("A", "W" * 19 + "w")) == [("text_shrunk", "name")]


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


@pytest.mark.parametrize(
    ("dpi", "smallest_mm"),
    # 21 modules and a quiet zone of 8, each 3 dots of 203, 4 of 300, 8 of 600 dots an inch.
    [(203, 29 * 3 * 25.4 / 203), (300, 29 * 4 * 25.4 / 300), (600, 29 * 8 * 25.4 / 600)],
)
def test_a_module_is_a_whole_number_of_the_printers_dots(dpi: int, smallest_mm: float) -> None:
    people = [attendee("A", "B")]
    for side_mm, wanted in ((smallest_mm + 0.01, []), (smallest_mm - 0.01, ["qr_too_small"])):
        found = check(people, plan(with_codes_of(side_mm)), dpi)
        assert [one.kind.value for one in found] == wanted


def test_a_code_of_more_than_version_4_is_a_finding_but_not_on_a_contact_card() -> None:
    large = with_codes_of(45)
    assert kinds(attendee("A", "B", code="x" * 62), layout=large) == []
    assert kinds(attendee("A", "B", code="x" * 63), layout=large) == [("qr_too_small", "code")]
    cards = with_codes_of(45, format=CodeFormat.VCARD)
    assert kinds(attendee("A", "B"), layout=cards) == []


@given(st.text(min_size=1, max_size=300), st.sampled_from(ErrorCorrection))
def test_the_size_of_a_symbol_is_known_without_making_it(
    content: str, level: ErrorCorrection
) -> None:
    size = segment_size(content)
    assert size is not None
    symbol = qrcode.QRCode(error_correction=LEVELS[level], border=0)
    symbol.add_data(qrcode.util.QRData(content), optimize=0)
    assert smallest_version(*size, level) == symbol.best_fit()


def test_names_in_one_case_are_a_finding_with_a_proposal() -> None:
    (first, last) = check([attendee("JOHN", "mcdonald")], plan())
    assert (first.kind, first.field) == (FindingKind.NAME_CAPITALS, "first_name")
    assert first.detail == "“JOHN” is in capitals; perhaps “John”"
    assert last.detail == "“mcdonald” is in lower case; perhaps “McDonald”"


def test_the_same_person_twice_and_namesakes_are_told_apart() -> None:
    people = [
        attendee("Anna", "Müller", email="anna@example.org"),
        attendee("Müller", "Anna", organisation="DG GROW", email="Anna@example.org"),
        attendee("anna ", "Muller", organisation="eesc"),
        attendee("Anna", "Müller ", organisation="Red Cross"),
        attendee("Bert", "Müller"),
    ]
    found = [one for one in check(people, plan()) if one.kind is not FindingKind.NAME_CAPITALS]
    assert [(one.attendee_id, one.kind.value, one.detail) for one in found] == [
        (people[1].id, "same_person", "as on badge 1, with the same e-mail address"),
        (people[2].id, "same_person", "as on badge 1, with the same organisation"),
        (people[3].id, "namesakes", "badge 1, EESC"),
    ]


def test_copies_are_no_second_person() -> None:
    twice = dataclasses.replace(plan(), imposition=Imposition(copies=2))
    inspector = Inspector(twice)
    badge = twice.composer().compose(attendee("A", "B", organisation=""))
    inspector.look_at(badge)
    inspector.look_at(badge)
    assert [one.kind.value for one in inspector.findings] == ["empty_organisation"]


def test_doubtful_stock_and_a_layout_for_another_size_are_said_once() -> None:
    odd = dataclasses.replace(
        CARD_ON_A4, badge_height_mm=20, pitch_y_mm=25, doubt="two sources differ by 2 mm"
    )
    people = [attendee("A", "B"), attendee("C", "D")]
    found = check(people, dataclasses.replace(plan(), stock=odd))
    said = [(one.attendee_id, one.kind.value, one.field) for one in found if one.is_shared]
    assert (people[0].id, "layout_unsuited", "layout") in said
    assert (people[0].id, "stock_unverified", "stock") in said
    assert len(set(said)) == len(said)


@given(st.lists(st.tuples(*[st.text(max_size=12)] * 4), max_size=8))
def test_any_list_is_answered_in_its_order(rows: list[tuple[str, str, str, str]]) -> None:
    people = [
        dataclasses.replace(attendee(first, last, organisation=org, code=code), id=f"{at:032x}")
        for at, (first, last, org, code) in enumerate(rows)
    ]
    ids = [one.attendee_id for one in check(people, plan())]
    assert ids == sorted(ids)


@pytest.mark.parametrize("kind", FindingKind)
def test_findings_are_sorted_by_gravity(kind: FindingKind) -> None:
    grave, slight = Finding("1", FindingKind.QR_IMPOSSIBLE, ""), Finding("2", kind, "")
    assert gravest_first([slight, grave])[0].kind is FindingKind.QR_IMPOSSIBLE
    assert kind.severity in Severity


def with_codes_of(side_mm: float, **changes: Any) -> BadgeLayout:
    """The built-in layout with QR codes of another size, alone on their face."""

    def changed(part: Part) -> Part:
        assert isinstance(part.element, QrCode)
        box = Box(5, 5, side_mm, side_mm)
        return Part(dataclasses.replace(part.element, box=box, **changes))

    layout = built_in_layout()
    designs = tuple(
        dataclasses.replace(
            design,
            front=tuple(changed(part) for part in design.front if isinstance(part.element, QrCode)),
        )
        for design in layout.designs
    )
    return dataclasses.replace(layout, designs=designs)
