"""Template files of gLabels: what becomes stock, what is left out and why, what is refused."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.domain.badges.stock_faults import stock_faults
from checkin_app.errors import UsageError
from checkin_app.stock.glabels_templates import GlabelsTemplates, read_glabels_templates

CLUB_LABELS = Path(__file__).parents[2] / "data" / "stock" / "club-labels.template"
BOMB = """<?xml version="1.0"?>
<!DOCTYPE Glabels-templates [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Glabels-templates><Template brand="&b;" part="1"/></Glabels-templates>"""
OLD = """<?xml version="1.0"?>
<Glabels-templates xmlns="http://snaught.com/glabels/2.0/">
  <Template name="Avery 5160" size="US-Letter" description="Mailing labels">
    <Label-rectangle id="0" width="189" height="72" round="5" waste="2">
      <Layout nx="3" ny="10" x0="11.25" y0="36" dx="200" dy="72"/>
    </Label-rectangle>
    <Alias name="Avery 8160"/>
  </Template>
</Glabels-templates>"""


@pytest.fixture(scope="module")
def club() -> GlabelsTemplates:
    return read_glabels_templates(CLUB_LABELS)


def test_a_rectangular_label_becomes_stock_in_millimetres(club: GlabelsTemplates) -> None:
    stock = next(stock for stock in club.stocks if stock.name == "Club B-1")
    assert (stock.paper, stock.paper_width_mm, stock.paper_height_mm) == ("A4", 210, 297)
    assert (stock.badge_width_mm, stock.badge_height_mm) == (86, 55)
    assert (stock.columns, stock.rows) == (2, 5)
    assert (stock.left_mm, stock.top_mm, stock.pitch_x_mm, stock.pitch_y_mm) == (15, 11, 94, 55)
    assert (stock.corner_radius_mm, stock.waste_x_mm, stock.waste_y_mm) == (3.0, 2, 0)
    assert (stock.brand, stock.part_numbers, stock.description) == (
        "Club",
        ("Club B-1",),
        "Badge labels",
    )


def test_bare_numbers_are_points_and_own_paper_has_its_own_size(club: GlabelsTemplates) -> None:
    stock = next(stock for stock in club.stocks if stock.name == "Club Roll")
    assert (stock.badge_width_mm, stock.badge_height_mm) == pytest.approx((101.6, 76.2))
    assert (stock.paper_width_mm, stock.paper_height_mm) == pytest.approx((101.6, 76.2))


def test_equals_and_aliases_are_stock_of_their_own(club: GlabelsTemplates) -> None:
    names = [stock.name for stock in club.stocks]
    assert names == ["Club B-1", "Society S-1", "Club Roll", "Club B-2"]
    assert club.stocks[3].pitch_x_mm == club.stocks[0].pitch_x_mm


def test_what_cannot_be_used_is_named_with_the_reason(club: GlabelsTemplates) -> None:
    reasons = {left_out.name: left_out.reason for left_out in club.left_out}
    assert reasons["Club Disc"] == "has labels for discs"
    assert reasons["Club Disc-2"] == "is said to equal Disc, which has labels for discs"
    assert reasons["Club Dot"] == "has round labels"
    assert reasons["Club Brick"] == "has several grids on one sheet"
    assert "end at 240 mm" in reasons["Club Wide"]
    assert reasons["Club Odd"] == 'is on the unknown paper "Foolscap"'
    assert reasons["Club Feet"] == 'has a width of "1ft", which is no length'
    assert len(club.stocks) + len(club.left_out) == 11


def test_files_of_old_versions_are_read(tmp_path: Path) -> None:
    path = tmp_path / "old.template"
    path.write_text(OLD)
    found = read_glabels_templates(path)
    assert [stock.name for stock in found.stocks] == ["Avery 5160", "Avery 8160"]
    assert found.stocks[0].brand == "Avery"
    assert found.stocks[0].badge_width_mm == pytest.approx(66.675)
    assert found.stocks[0].waste_x_mm == found.stocks[0].waste_y_mm == pytest.approx(0.706)


def test_the_template_of_a_saved_document_is_read_through_gzip(tmp_path: Path) -> None:
    path = tmp_path / "badges.glabels"
    inner = OLD.split("\n", 2)[2].removesuffix("</Glabels-templates>")
    document = f"<Glabels-document>{inner}<Objects id='0' rotate='False'/></Glabels-document>"
    path.write_bytes(gzip.compress(document.encode()))
    assert read_glabels_templates(path).stocks[0].name == "Avery 5160"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (BOMB.encode(), "declares a document type"),
        (b"<html><body/></html>", "has no gLabels templates"),
        (b"<Glabels-templates/>", "has no gLabels templates"),
        (b"<Glabels-templates><Template", "no XML file, or is damaged"),
        (b"", "no XML file, or is damaged"),
        (b"\x1f\x8b\x08nonsense", "cannot be read"),
        (gzip.compress(b" " * 9_000_000), "too large"),
        (b" " * 9_000_000, "too large"),
    ],
)
def test_files_that_are_none_or_not_to_be_trusted_are_refused(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "labels.template"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=words):
        read_glabels_templates(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.template cannot be read"):
        read_glabels_templates(tmp_path / "none.template")


@given(st.text(alphabet="0123456789.-mincp ", max_size=8), st.sampled_from(["width", "x0", "nx"]))
def test_whatever_a_file_says_the_stock_can_be_printed_on(
    tmp_path_factory: pytest.TempPathFactory, value: str, attribute: str
) -> None:
    text = CLUB_LABELS.read_text(encoding="utf-8")
    start = text.index(f'{attribute}="', text.index('part="B-1"'))
    end = text.index('"', start + len(attribute) + 2)
    path = tmp_path_factory.mktemp("any") / "any.template"
    path.write_text(f'{text[:start]}{attribute}="{value}{text[end:]}', encoding="utf-8")
    found = read_glabels_templates(path)
    assert not any(stock_faults(stock) for stock in found.stocks)
