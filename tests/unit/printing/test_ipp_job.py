"""A badge as a print job of CUPS: its paper, its sides, its darkness."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from checkin_app.domain.printers import BadgeSheet
from checkin_app.printing.cups.ipp_job import (
    Paper,
    choose_paper,
    densities_of,
    job_document,
    job_wishes,
)
from checkin_app.printing.cups.ipp_messages import Attributes, Range

POINTS_PER_MM = 72 / 25.4


def sheet(
    width_mm: float, height_mm: float, is_two_sided: bool = False, density: int | None = None
) -> BadgeSheet:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(width_mm * POINTS_PER_MM, height_mm * POINTS_PER_MM))
    canvas.showPage()
    canvas.save()
    return BadgeSheet(buffer.getvalue(), width_mm, height_mm, is_two_sided, density)


def sizes(*listed: tuple[int | Range, int | Range]) -> Attributes:
    return {
        "media-size-supported": tuple(
            {"x-dimension": (width,), "y-dimension": (height,)} for width, height in listed
        )
    }


ROLL = sizes((6200, 10000), (Range(1200, 10500), Range(2000, 30000)))
DYMO = sizes((2858, 8890), (3563, 8890), (5715, 19050), (5715, 10160), (5398, 6985))
NARROW_ROLL = sizes((Range(1200, 6200), Range(2000, 30000)))
OFFICE = sizes((21000, 29700), (11000, 22000), (14800, 21000))


def usually(queue: Attributes, width: int, height: int) -> Attributes:
    """The queue with this paper in it."""
    size = {"x-dimension": (width,), "y-dimension": (height,)}
    return {**queue, "media-col-default": ({"media-size": (size,)},)}


@pytest.mark.parametrize(
    ("size_mm", "queue", "paper"),
    [
        ((62, 100), ROLL, Paper(6200, 10000, is_custom=False, is_turned=False)),
        ((100, 62), ROLL, Paper(6200, 10000, is_custom=False, is_turned=True)),
        ((86, 54), ROLL, Paper(8600, 5400, is_custom=True, is_turned=False)),
        ((86, 54), NARROW_ROLL, Paper(5400, 8600, is_custom=True, is_turned=True)),
        ((54, 86), NARROW_ROLL, Paper(5400, 8600, is_custom=True, is_turned=False)),
        ((85.6, 53.98), {}, Paper(8560, 5398, is_custom=True, is_turned=False)),
        ((36, 89), DYMO, Paper(3563, 8890, is_custom=False, is_turned=False)),
        ((89, 36), DYMO, Paper(3563, 8890, is_custom=False, is_turned=True)),
        ((86, 54), DYMO, Paper(5715, 10160, is_custom=False, is_turned=True)),
        ((400, 400), ROLL, None),
        ((86, 54), sizes((21000, 29700)), Paper(21000, 29700, is_custom=False, is_turned=False)),
        ((86, 54), OFFICE, Paper(11000, 22000, is_custom=False, is_turned=False)),
        (
            (86, 54),
            usually(OFFICE, 21000, 29700),
            Paper(21000, 29700, is_custom=False, is_turned=False),
        ),
        (
            (86, 54),
            usually(OFFICE, 7000, 4000),
            Paper(11000, 22000, is_custom=False, is_turned=False),
        ),
        (
            (86, 54),
            usually(ROLL, 21000, 29700),
            Paper(8600, 5400, is_custom=True, is_turned=False),
        ),
    ],
)
def test_the_paper_fits_the_badge(
    size_mm: tuple[float, float], queue: Attributes, paper: Paper | None
) -> None:
    assert choose_paper(*size_mm, queue) == paper


def test_a_size_listed_in_whole_points_is_the_same_size() -> None:
    queue = sizes((6209, 9984), (Range(1200, 10500), Range(2000, 30000)))
    assert choose_paper(62, 100, queue) == Paper(6209, 9984, is_custom=False, is_turned=False)


def wishes(badge: BadgeSheet, queue: Attributes) -> dict[str, tuple[object, ...]]:
    paper = choose_paper(badge.width_mm, badge.height_mm, queue)
    assert paper is not None
    return {asked.name: asked.values for asked in job_wishes(badge, paper, queue)}


def test_nothing_is_scaled_and_no_banner_page_is_printed() -> None:
    asked = wishes(sheet(54, 86), ROLL)
    assert asked["print-scaling"] == ("none",)
    assert set(asked["job-sheets"]) == {"none"}
    assert "sides" not in asked


def test_custom_paper_is_named_in_millimetres_and_listed_paper_is_not_named() -> None:
    assert wishes(sheet(85.6, 53.98), ROLL)["PageSize"] == ("Custom.85.6x53.98mm",)
    assert "PageSize" not in wishes(sheet(62, 100), ROLL)


@pytest.mark.parametrize(
    ("size_mm", "sides"),
    [((105, 148), "two-sided-long-edge"), ((148, 105), "two-sided-short-edge")],
)
def test_the_back_is_upright_when_the_badge_turns_on_its_string(
    size_mm: tuple[float, float], sides: str
) -> None:
    queue = {"sides-supported": ("one-sided", "two-sided-long-edge", "two-sided-short-edge")}
    assert wishes(sheet(*size_mm, is_two_sided=True), queue)["sides"] == (sides,)


def test_a_printer_for_one_side_is_not_asked_for_two() -> None:
    assert "sides" not in wishes(
        sheet(54, 86, is_two_sided=True), {"sides-supported": ("one-sided",)}
    )


def test_darkness_is_asked_of_a_printer_that_has_it_else_quality_else_nothing() -> None:
    dark = {"print-darkness-supported": (10,), "print-quality-supported": (3, 4, 5)}
    assert densities_of(dark) == (-100, 100)
    assert wishes(sheet(54, 86, density=40), dark)["print-darkness"] == (40,)
    quality = {"print-quality-supported": (3, 4, 5)}
    assert densities_of(quality) == (3, 5)
    assert wishes(sheet(54, 86, density=9), quality)["print-quality"] == (5,)
    assert densities_of({"print-quality-supported": (4,)}) is None
    assert "print-quality" not in wishes(sheet(54, 86, density=5), {})
    assert "print-quality" not in wishes(sheet(54, 86), quality)


def test_what_is_turned_is_turned_in_the_document_and_the_rest_is_sent_as_it_is() -> None:
    badge = sheet(100, 62)
    assert job_document(badge, Paper(10000, 6200, is_custom=True, is_turned=False)) == badge.pdf
    turned = job_document(badge, Paper(6200, 10000, is_custom=True, is_turned=True))
    document = pypdfium2.PdfDocument(turned)
    width_pt, height_pt = document[0].get_size()
    document.close()
    assert (width_pt / POINTS_PER_MM, height_pt / POINTS_PER_MM) == pytest.approx(
        (62, 100), abs=0.01
    )
