"""The paper list, read back from its pages as a volunteer would read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from printed_pages import pages_of

from checkin_app.domain.programme import Event
from checkin_app.reports.paper_lines import PaperLine, PaperList
from checkin_app.reports.paper_list import write_paper_pages

EVENT = Event("Meeting", "Europe/Brussels", date(2024, 5, 6), date(2024, 5, 6))
NOON = datetime(2024, 5, 6, 10, 0, tzinfo=UTC)


def written(folder: Path, *lines: PaperLine, event: Event = EVENT) -> list[str]:
    path = folder / "paper.pdf"
    count = write_paper_pages(path, PaperList(event, "Registration desk", lines, NOON))
    pages = pages_of(path)
    assert len(pages) == count
    return pages


def line(last_name: str, first_name: str = "Anna", code: str = "AB12C") -> PaperLine:
    return PaperLine(last_name, first_name, "ACME", code)


def test_a_line_has_name_organisation_tray_and_code(tmp_path: Path) -> None:
    bell = replace(line("Bell"), tray="A-K, 14", attention="Bring to the stage")
    page, _blank = written(tmp_path, bell)
    for text in ("Bell, Anna", "ACME", "A-K, 14", "AB12C", "! Bring to the stage", "1 person"):
        assert text in page
    assert "List of 6 May 2024, 12:00 (Europe/Brussels)" in page


def test_what_the_desk_must_be_told_is_never_cut(tmp_path: Path) -> None:
    told = "Speaker: bring to the green room at once, she is late, and the chair waits for her"
    page, _blank = written(tmp_path, replace(line("Bell"), attention=told))
    assert told in " ".join(page.split())


def test_a_long_tray_and_the_name_of_the_list_are_never_cut(tmp_path: Path) -> None:
    tray = "Left table, box of the speakers, 114"
    people = [replace(line(f"Bell{number}"), tray=tray) for number in range(40)]
    event = replace(EVENT, name="An assembly of very many people " * 6)
    pages = written(tmp_path, *people, event=event)
    assert tray in " ".join(pages[0].split())
    assert "Registration desk" in pages[1]


def test_people_stand_under_their_letters_in_the_alphabet_of_the_event(tmp_path: Path) -> None:
    names = ("Zetterlund", "Österberg", "Olsson")
    people = [line(name) for name in names]
    swedish, _blank = written(tmp_path, *people, event=replace(EVENT, language="sv"))
    assert sorted(names, key=swedish.index) == ["Olsson", "Zetterlund", "Österberg"]
    assert "O – Ö" in swedish
    german, _blank = written(tmp_path, *people, event=replace(EVENT, language="de"))
    assert sorted(names, key=german.index) == ["Olsson", "Österberg", "Zetterlund"]
    assert "O – Z" in german


def test_somebody_without_a_last_name_stands_under_the_first(tmp_path: Path) -> None:
    page, _blank = written(tmp_path, line("", "Teuta"), line("Bell"), line("Xu"))
    assert page.index("Bell") < page.index("Teuta") < page.index("Xu")


def test_who_came_before_the_list_was_made_is_ticked_with_the_time(tmp_path: Path) -> None:
    page, _blank = written(tmp_path, replace(line("Bell"), tray="A-K", arrived_at=NOON))
    assert "in 12:00" in page
    assert "A-K" not in page


def test_everybody_of_a_large_event_is_on_one_page_and_no_letter_ends_one(tmp_path: Path) -> None:
    people = [line(f"{chr(65 + number % 26)}person{number:04}") for number in range(2000)]
    pages = written(tmp_path, *people)
    together = "\n".join(pages)
    assert all(together.count(person.last_name) == 1 for person in people)
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        last = [row for row in page.splitlines() if row.strip()][-4:]
        assert not any(len(row.strip()) == 1 for row in last[:-1] if row.strip().isalpha())


def test_the_last_page_has_blank_lines_for_others(tmp_path: Path) -> None:
    assert "Not on the list" in written(tmp_path, line("Bell"))[-1]
    only, blank = written(tmp_path)
    assert "Nobody is expected." in only
    assert "Not on the list" in blank


@pytest.mark.parametrize(
    "name",
    [
        "Παπαδοπούλου-Χατζηγεωργίου-Κωνσταντινίδη",
        "Chrząszczewski-Brzęczyszczykiewicz-Wąs",
        "de la Torre y Fernández de Córdoba-Benavides",
    ],
)
def test_a_long_name_is_broken_and_not_cut(tmp_path: Path, name: str) -> None:
    page, _blank = written(tmp_path, line(name, "Anastasia-Eleftheria"))
    plain = "".join(page.split())
    assert "".join(name.split()) in plain
    assert "…" not in page


@pytest.mark.parametrize("name", ["X" * 3000, "word " * 1000, "", "王 小明", "\x00\x07", "!"])
def test_any_name_finds_its_place(tmp_path: Path, name: str) -> None:
    assert len(written(tmp_path, line(name, name))) == 2
