"""Where the lines of a text block stand, and how labels are cased."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from checkin_app.badges.inks import BLACK
from checkin_app.badges.placed import PlacedBlock, PlacedLine
from checkin_app.badges.preflight.findings import FindingKind
from checkin_app.badges.text.fonts import FontChoice
from checkin_app.badges.text.text_blocks import BlockComposer
from checkin_app.domain.badges.badge_face import Align, Box
from checkin_app.domain.badges.badge_text import LetterCase, Paragraph, TextBlock
from checkin_app.domain.language.lengths import millimetres

BOX = Box(10, 10, 80, 40)
NAME = Paragraph(("{first_name} {last_name}", "{first_name}\n{last_name}"), 40, 8, max_lines=2)
ORGANISATION = Paragraph(("{organisation}",), 10, 6, max_lines=3)
ROLE = Paragraph(("{role}",), 8, 6, max_lines=2)


def placed(element: TextBlock, values: Mapping[str, str], language: str = "") -> PlacedBlock:
    block = BlockComposer(element, lambda _name: BLACK, FontChoice(), language).placed_for(values)
    assert block is not None
    return block


def edges_mm(line: PlacedLine) -> tuple[float, float]:
    width_mm = millimetres(line.fonts.width_em(line.text) * line.size_pt)
    return line.x_mm, line.x_mm + width_mm


def stack(align: Align, organisation: str, role: str) -> list[PlacedLine]:
    element = TextBlock(Box(10, 10, 50, 30), (ORGANISATION, ROLE), align, flows=True)
    return list(placed(element, {"organisation": organisation, "role": role}).lines)


def test_lines_from_right_to_left_begin_at_one_edge_of_a_column_at_the_left() -> None:
    *organisation, role = stack(
        Align.LEFT, "جامعة الدول العربية للدراسات والبحوث الاجتماعية", "مدير"
    )
    assert len(organisation) == 2
    begins = [edges_mm(line)[1] for line in (*organisation, role)]
    assert begins == pytest.approx([begins[0]] * 3)
    assert min(edges_mm(line)[0] for line in organisation) == pytest.approx(10)
    assert edges_mm(role)[0] > 20


def test_a_single_line_stands_where_it_would_in_any_script() -> None:
    for text in ("دار", "בית", "House"):
        (line,) = placed(TextBlock(BOX, (ROLE,), Align.LEFT, flows=True), {"role": text}).lines
        assert line.x_mm == pytest.approx(10)
        (line,) = placed(TextBlock(BOX, (ROLE,), Align.RIGHT, flows=True), {"role": text}).lines
        assert edges_mm(line)[1] == pytest.approx(90)


def test_latin_lines_below_arabic_ones_still_begin_at_the_left() -> None:
    *_organisation, role = stack(Align.LEFT, "جامعة الدول العربية للدراسات", "Director")
    assert role.x_mm == pytest.approx(10)
    assert not role.right_to_left


def test_a_line_of_a_paragraph_keeps_the_direction_of_the_whole() -> None:
    element = TextBlock(Box(10, 10, 30, 30), (ORGANISATION,), Align.LEFT, flows=True)
    lines = placed(element, {"organisation": "شركة International Holding"}).lines
    assert len(lines) > 1
    assert all(line.right_to_left for line in lines)


@pytest.mark.parametrize(
    ("language", "capitals"), [("", "DELEGASYON ISTANBUL"), ("tr-TR", "DELEGASYON İSTANBUL")]
)
def test_the_event_s_language_tells_the_capital_of_i(language: str, capitals: str) -> None:
    label = Paragraph(("{role}",), 8, 6, letter_case=LetterCase.UPPER)
    block = placed(TextBlock(BOX, (label,)), {"role": "delegasyon istanbul"}, language)
    assert block.lines[0].text == capitals


def test_a_letter_that_no_font_has_is_named() -> None:
    block = placed(TextBlock(BOX, (NAME,)), {"first_name": "明", "last_name": "Li"})
    assert block.problems == ((FindingKind.MISSING_GLYPH, "name", "明 (U+660E)"),)


def test_tracked_labels_are_centred_by_what_is_seen() -> None:
    label = Paragraph(("{role}",), 8, 6, tracking_em=0.2)
    (line,) = placed(TextBlock(BOX, (label,), Align.CENTRE), {"role": "PRESS"}).lines
    seen_mm = millimetres(line.fonts.tracked_width_em("PRESS", 0.2) * line.size_pt)
    assert line.x_mm + seen_mm / 2 == pytest.approx(50)
