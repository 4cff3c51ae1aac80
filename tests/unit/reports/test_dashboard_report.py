"""The numbers on paper and as a picture, read back from the files."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from checkin_app.domain.arrival_pace import Window
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.dashboard import Dashboard, Recent, dashboard_of
from checkin_app.domain.programme import Event
from checkin_app.domain.tally import Tally
from checkin_app.errors import CheckinError, UsageError
from checkin_app.reports.charts.chart import draw_chart, pdf_of, pictures_of
from checkin_app.reports.charts.contents import Figure
from checkin_app.reports.charts.palette import PAPER
from checkin_app.reports.charts.surface import Look
from checkin_app.reports.dashboard_cards import cards_of
from checkin_app.reports.dashboard_layout import CARD_NAMES, board_places, card_at
from checkin_app.reports.dashboard_picture import write_dashboard_picture
from checkin_app.reports.dashboard_report import write_dashboard_report
from checkin_app.reports.dashboard_tables import NumbersTable
from checkin_app.reports.numbers_pages import NumbersPages
from checkin_app.reports.page import Typeface

DAY = date(2024, 5, 6)
OPENS = datetime(2024, 5, 6, 10, 30, tzinfo=UTC)
NOW = OPENS + timedelta(minutes=20)
DESK = CheckInList("desk", "Registration desk", OPENS, OPENS + timedelta(minutes=30))
WINDOW = Window(OPENS, OPENS + timedelta(minutes=30))
EVENT = Event("Σύνοδος – Zgromadzenie", "Europe/Brussels", DAY, DAY, venue="Hall", city="Brussels")
LONG = "Εκπρόσωπος περιφερειακής αναπτυξιακής υπηρεσίας και ενδιάμεσου φορέα της Ευρώπης"


def dashboard(
    groups: dict[str, tuple[int, int]], organisations: int = 3, now: datetime = NOW
) -> Dashboard:
    """Of groups: category → expected and arrived."""
    tally = Tally()
    for category, (expected, arrived) in groups.items():
        for number in range(expected):
            has_come = number < arrived
            names = (category, f"Organisation {number % organisations}", "Italy")
            tally.add_group(names, 1, belongs=True, has_come=has_come, is_gone=False)
            tally.registered += 1
            if has_come:
                tally.minutes[int(OPENS.timestamp()) // 60 + number % 20] += 1
                tally.desks["Desk 1"] += 1
    tally.refusals.update({"already_in": 4, "unknown_code": 2, "not yet thought of": 1})
    tally.prints.update({"": 30, "lost": 2})
    tally.spoilt = 1
    return dashboard_of(EVENT, DESK, tally, Recent(3.4, {"Desk 1": 3}), now, WINDOW)


def pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_the_report_says_what_was_counted(tmp_path):
    path = tmp_path / "numbers.pdf"
    count = write_dashboard_report(path, dashboard({"speaker": (40, 10), "": (5, 5)}))
    first, *tables = pages(path)
    assert len(tables) + 1 == count
    for text in (
        "Σύνοδος – Zgromadzenie",
        "6 May 2024 · Hall, Brussels",
        "Numbers: Registration desk",
        "As of 6 May 2024, 12:50 (Europe/Brussels)",
        "of 45 expected",
        "33 %",
        "3.4 a minute. At this pace everybody is in by 12:58.",
        "expected: assumes that most come two thirds through",
        "already in",
        f"Page 1 of {count}",
    ):
        assert text in first, text
    told = " ".join("".join(tables).split())
    assert "speaker 40 10 30 25 %" in told
    assert "No category 5 5 0 100 %" in told
    assert "Badges printed again: lost 2" in told
    assert "other reasons 1" in told
    assert "is an assumption and not a figure of the event" in told


def test_a_report_of_many_groups_has_numbered_pages_and_adds_up_the_small_ones(tmp_path):
    path = tmp_path / "numbers.pdf"
    count = write_dashboard_report(path, dashboard({"x": (4000, 2000)}, organisations=1500))
    told = pages(path)
    assert f"Page {count} of {count}" in told[-1]
    assert "By organisation …" in "".join(told)
    assert "1\u202f441 more" in "".join(told)


def test_an_empty_event_makes_a_report(tmp_path):
    path = tmp_path / "numbers.pdf"
    write_dashboard_report(path, dashboard({}))
    assert "Nobody is registered yet" in pages(path)[0]


def test_the_picture_has_the_chosen_size(tmp_path):
    for scale in (0.5, 2):
        write_dashboard_picture(tmp_path / "n.png", dashboard({"a": (9, 3)}), scale=scale)
        with Image.open(tmp_path / "n.png") as picture:
            assert picture.size == (1280 * scale, 800 * scale)
            assert picture.getpixel((1, 1)) == (0xEE, 0xF1, 0xF4)


def test_a_picture_larger_than_any_screen_is_refused(tmp_path):
    with pytest.raises(UsageError, match="scale"):
        write_dashboard_picture(tmp_path / "n.png", dashboard({}), scale=50)


def test_a_folder_that_is_not_there_is_said(tmp_path):
    for write in (write_dashboard_report, write_dashboard_picture):
        with pytest.raises(CheckinError, match="no folder"):
            write(tmp_path / "gone" / "numbers", dashboard({}))


@pytest.mark.parametrize("size", [(1160.0, 700.0), (1820.0, 960.0), (760.0, 520.0)])
@pytest.mark.parametrize("people", [0, 1, 150, 100_000])
def test_no_text_of_any_card_runs_over_its_edge(size, people):
    typeface = Typeface()
    groups = {LONG + str(n): (people // 5, people // 9) for n in range(5)} if people else {}
    shown = dashboard({})
    tally = Tally()
    for name, (expected, arrived) in groups.items():
        names = (name, LONG * 2, "")
        for count, has_come in ((arrived, True), (expected - arrived, False)):
            tally.add_group(names, count, belongs=True, has_come=has_come, is_gone=False)
    tally.desks.update({f"{LONG} {n}": people for n in range(20)})
    tally.refusals.update({"ambiguous": people, "not_confirmed": people, "full": 1, "revoked": 9})
    tally.prints.update({"": people, "lost": people, "damaged": people, "wrong data": people})
    shown = dashboard_of(EVENT, DESK, tally, Recent(people / 9, {}), NOW, WINDOW)
    look = Look(PAPER, typeface, 14.0)
    cards = cards_of(shown)
    for place in board_places(*size, 12.0):
        chart = draw_chart(card_at(cards, place), place.width, place.height, look)
        with pypdfium2.PdfDocument(pdf_of([chart.drawing], typeface)) as document:
            text = document[0].get_textpage()
            for index in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(index)
                assert left >= 0, (place.card, text.get_text_bounded(left, bottom, right, top))
                assert right <= place.width + 0.5, (
                    place.card,
                    text.get_text_bounded(left, bottom, right, top),
                )
                assert bottom >= 0
                assert top <= place.height


def test_the_pictures_of_charts_have_the_pixels_of_the_screen():
    cards = cards_of(dashboard({"a": (9, 3)}))
    typeface = Typeface()
    look = Look(PAPER, typeface, 14.0)
    chart = draw_chart(cards.headline, 300, 200, look, ground=PAPER.surface)
    (picture,) = pictures_of([chart.drawing], typeface, 2.0)
    assert (picture.width_px, picture.height_px) == (600, 400)
    assert picture.pixels[:3] == b"\xff\xff\xff"


def test_charts_say_in_words_what_they_show():
    cards = cards_of(dashboard({"speaker": (40, 10), "": (5, 5)}))
    assert cards.headline.text.startswith("15 of 45 expected, 33 %. 30 not here, 0 walk-ins.")
    assert cards.categories.text == "speaker: 10 / 40; No category: 5 / 5"
    assert cards.desks.text == "Desk 1, 15 let in, 3 last minute"
    assert cards.refusals.text == "4 already in, 2 unknown code, 1 other reasons"
    assert "12:30: 2 came, " in cards.arrivals.text
    assert Figure("1", "spoilt", is_alarm=True) in cards.badges.figures
    assert cards_of(dashboard({})).categories.text == "Nobody is expected yet."


def test_how_it_goes_on_depends_on_the_hour():
    counted = dashboard({"a": (10, 4)})
    at = {
        "before": OPENS - timedelta(minutes=9),
        "day before": OPENS - timedelta(days=1),
        "later": OPENS + timedelta(hours=2),
        "after": OPENS + timedelta(days=1),
    }
    said = {
        when: cards_of(replace(counted, as_of=moment, per_minute=0.0)).headline.sentence
        for when, moment in at.items()
    }
    assert said == {
        "before": "Opens 12:30.",
        "day before": "Opens 6 May 12:30.",
        "later": "Nobody came within the last five minutes.",
        "after": "The event is over.",
    }
    assert cards_of(dashboard({"a": (4, 4)})).headline.sentence == "Everybody is in."
    few = replace(counted, check_in_list=replace(DESK, capacity=6))
    assert cards_of(few).headline.of == "of 6 places"
    assert "all places are taken by" in cards_of(few).headline.sentence


def test_every_card_has_its_place():
    places = list(board_places(1200, 700, 10))
    assert [place.card for place in places] == list(CARD_NAMES)
    assert max(place.left + place.width for place in places) == pytest.approx(1200)
    assert max(place.top + place.height for place in places) == pytest.approx(700)


def test_charts_and_documents_are_drawn_by_several_threads_at_once(tmp_path):
    counted = dashboard({"speaker": (40, 10), LONG: (5, 5)})
    write_dashboard_report(tmp_path / "alone.pdf", counted)
    names = [f"{number}.pdf" for number in range(12)]
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(lambda name: write_dashboard_report(tmp_path / name, counted), names))
    alone = pages(tmp_path / "alone.pdf")
    assert all(pages(tmp_path / name) == alone for name in names)


@pytest.mark.parametrize("rows", range(40, 56))
def test_tables_and_their_notes_end_above_the_foot_of_the_page(rows):
    table = NumbersTable(
        "Arrivals", ("", "Came"), tuple((f"{n}", "1") for n in range(rows)), LONG * 4
    )
    tables = NumbersPages([table, table], Typeface())
    for page in tables.pages:
        for part in page:
            height_mm = sum(row.height_mm for row in part.rows) + 4 * len(part.note)
            assert part.rows
            assert part.top_mm + 12 + height_mm < 282
    parts = [part for page in tables.pages for part in page]
    assert sum(len(part.rows) for part in parts) == 2 * rows
    assert [len(part.note) for part in parts if part.note] == [3, 3]
