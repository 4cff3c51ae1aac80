"""The attendance list, read back from its pages as a person would read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from printed_pages import pages_of

from checkin_app.domain.programme import Event
from checkin_app.errors import Cancelled, CheckinError
from checkin_app.reports.attendance_list import (
    AttendanceLine,
    AttendanceList,
    Form,
    attendance_table,
)
from checkin_app.reports.pages_file import Writing
from checkin_app.reports.table_file import write_tables

EVENT = Event(
    "Meeting of Associations",
    "Europe/Brussels",
    date(2024, 5, 6),
    date(2024, 5, 6),
    "Hall 1",
    "Brussels",
)
NOON = datetime(2024, 5, 6, 10, 0, tzinfo=UTC)
"""Twelve o'clock in Brussels, which is two hours ahead of UTC in May."""


def attendance(*lines: AttendanceLine, event: Event = EVENT) -> AttendanceList:
    return AttendanceList(event, "Registration desk", lines, NOON + timedelta(hours=1))


def written(folder: Path, content: AttendanceList) -> list[str]:
    path = folder / "attendance.pdf"
    count = write_tables(path, [attendance_table(content)])
    pages = pages_of(path)
    assert len(pages) == count
    return pages


def test_the_head_says_which_event_when_where_and_how_many_came(tmp_path: Path) -> None:
    anna = AttendanceLine("Bell", "Anna", "ACME", "press", NOON)
    [page] = written(tmp_path, attendance(anna, AttendanceLine("Cox", "Bea")))
    for text in (
        "Meeting of Associations",
        "6 May 2024 · Hall 1, Brussels",
        "Attendance: Registration desk",
        "1 of 2 arrived",
        "As of 6 May 2024, 13:00 (Europe/Brussels)",
        "Page 1 of 1",
    ):
        assert text in page


def test_people_stand_sorted_by_name_whatever_their_alphabet(tmp_path: Path) -> None:
    names = ["Zeta", "Ångström", "Бондаренко", "Čelik", "Δημητρίου", "abel"]
    [page] = written(tmp_path, attendance(*map(AttendanceLine, names)))
    places = [page.index(name) for name in ("abel", "Ångström", "Бондаренко", "Čelik")]
    assert places == sorted(places)
    assert page.index("Δημητρίου") < page.index("Zeta")


def test_arrivals_show_the_time_on_the_wall_of_the_venue(tmp_path: Path) -> None:
    [page] = written(tmp_path, attendance(AttendanceLine("Bell", "Anna", arrived_at=NOON)))
    assert "12:00" in page
    assert "6 May 12:00" not in page


def test_arrivals_on_another_day_than_the_only_one_show_the_day(tmp_path: Path) -> None:
    early = AttendanceLine("Bell", "Anna", arrived_at=NOON - timedelta(days=1))
    [page] = written(tmp_path, attendance(early))
    assert "5 May 12:00" in page


def test_totals_count_every_category_and_all(tmp_path: Path) -> None:
    lines = [
        AttendanceLine(f"Person {number}", category="press" if number < 3 else "", arrived_at=NOON)
        for number in range(5)
    ]
    lines.append(AttendanceLine("Missing", category="press"))
    text = " ".join(written(tmp_path, attendance(*lines))[-1].split())
    assert "press 4 3 1" in text
    assert "Without category 2 2 0" in text
    assert "All 6 5 1" in text


def test_many_people_fill_many_pages_and_everybody_is_on_one(tmp_path: Path) -> None:
    lines = [AttendanceLine(f"Person{number:04}", "X", "Organisation") for number in range(500)]
    pages = written(tmp_path, attendance(*lines))
    assert len(pages) > 5
    together = "\n".join(pages)
    assert all(together.count(line.last_name) == 1 for line in lines)
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Meeting of Associations" in page


def test_a_long_organisation_is_wrapped_not_lost(tmp_path: Path) -> None:
    words = "Bundesarbeitsgemeinschaft der Freien Wohlfahrtspflege und der Selbsthilfe e. V. Berlin"
    [page] = written(tmp_path, attendance(AttendanceLine("Weiß", "Jörg", words)))
    assert words in " ".join(page.split())


@pytest.mark.parametrize("name", ["X" * 3000, "word " * 1000, "", "王 小明", "محمد", "\x00\x07"])
def test_any_name_finds_its_place(tmp_path: Path, name: str) -> None:
    assert "Page 1 of 1" in written(tmp_path, attendance(AttendanceLine(name, "", name)))[0]


def test_letters_the_fonts_lack_are_spelt_in_latin_ones(tmp_path: Path) -> None:
    [page] = written(tmp_path, attendance(AttendanceLine("王", "Anna")))
    assert "Wang, Anna" in page


def test_a_hundred_categories_still_fit_the_last_page(tmp_path: Path) -> None:
    lines = [AttendanceLine(f"Person {number}", category=f"c{number}") for number in range(100)]
    pages = written(tmp_path, attendance(*lines))
    assert "70 other categories" in pages[-1]
    assert "Page 3 of 3" in pages[-1]


def test_nobody_registered_gives_a_page_all_the_same(tmp_path: Path) -> None:
    [page] = written(tmp_path, attendance())
    assert "0 of 0 arrived" in page


def test_a_stopped_or_impossible_list_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "attendance.pdf"
    bell = attendance(AttendanceLine("Bell"))
    with pytest.raises(Cancelled):
        write_tables(path, [attendance_table(bell)], Writing(cancelled=lambda: True))
    with pytest.raises(CheckinError, match="no folder"):
        write_tables(tmp_path / "missing" / "a.pdf", [attendance_table(bell)])
    assert [*tmp_path.iterdir()] == []


def test_progress_counts_pages(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    lines = [AttendanceLine(f"Person {number}") for number in range(200)]
    count = write_tables(
        tmp_path / "a.pdf",
        [attendance_table(attendance(*lines))],
        Writing(progress=lambda *at: seen.append(at)),
    )
    assert seen == [(page, count) for page in range(1, count + 1)]


def test_people_stand_in_the_alphabet_of_the_event(tmp_path: Path) -> None:
    names = [*map(AttendanceLine, ("Zetterlund", "Österberg", "Olsson"))]
    orders = {}
    for language in ("sv", "de"):
        [page] = written(tmp_path, attendance(*names, event=replace(EVENT, language=language)))
        orders[language] = sorted(("Zetterlund", "Österberg", "Olsson"), key=page.index)
    assert orders["sv"] == ["Olsson", "Zetterlund", "Österberg"]
    assert orders["de"] == ["Olsson", "Österberg", "Zetterlund"]


def test_a_list_to_sign_names_everybody_and_no_time(tmp_path: Path) -> None:
    lines = [AttendanceLine("Bell", "Anna", arrived_at=NOON), AttendanceLine("Cox", "Bea")]
    [page] = written(tmp_path, replace(attendance(*lines), form=Form.TO_SIGN))
    assert "Signatures: Registration desk" in page
    assert "2 people" in page
    assert "Bell, Anna" in page
    assert "Cox, Bea" in page
    assert "12:00" not in page
    assert "For the organiser" in page


def test_a_list_to_sign_afterwards_names_only_those_who_came_with_their_times(
    tmp_path: Path,
) -> None:
    lines = [AttendanceLine("Bell", "Anna", arrived_at=NOON), AttendanceLine("Cox", "Bea")]
    [page] = written(tmp_path, replace(attendance(*lines), form=Form.TO_SIGN_AFTERWARDS))
    assert "Bell, Anna" in page
    assert "12:00" in page
    assert "Cox" not in page
    [page] = written(tmp_path, replace(attendance(), form=Form.TO_SIGN_AFTERWARDS))
    assert "Nobody has come." in page


def test_several_lists_in_one_file_count_their_pages_through(tmp_path: Path) -> None:
    lines = [AttendanceLine(f"Person {number}") for number in range(60)]
    path = tmp_path / "days.pdf"
    days = [replace(attendance(*lines), day=date(2024, 5, day)) for day in (6, 7)]
    assert write_tables(path, [*map(attendance_table, days)]) == 4
    pages = pages_of(path)
    assert "Attendance: Registration desk, 7 May 2024" in pages[2]
    assert [f"Page {number} of 4" in page for number, page in enumerate(pages, 1)] == [True] * 4
    assert write_tables(path, [*map(attendance_table, days)], Writing(most_pages=1)) == 4
    assert len(pages_of(path)) == 1


def test_the_name_of_a_list_is_cut_neither_on_the_first_page_nor_on_the_next(
    tmp_path: Path,
) -> None:
    name = "Parallel session of the working group on minimum income and social rights"
    people = [AttendanceLine(f"Bell{number}") for number in range(90)]
    event = replace(EVENT, name="An assembly of very many people " * 4)
    pages = written(tmp_path, replace(attendance(*people, event=event), list_name=name))
    texts = [" ".join(page.replace("0 of 90 arrived", "").split()) for page in pages]
    assert all(name in text for text in texts)
