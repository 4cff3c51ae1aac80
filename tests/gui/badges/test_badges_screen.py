"""Badges from the choice to the PDF: who, how it looks, what to look at, stopped and finished."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from checkin_app.badges.document import write_badges
from checkin_app.domain.stock import A6_SINGLE, CARD_ON_A4, EVERYDAY
from checkin_app.gui.badges.badges_screen import BadgesScreen
from checkin_app.gui.badges.choice import BadgeChoice, prepare_run
from checkin_app.gui.workplace import Workplace
from checkin_app.scanning.pictures import iter_pdf_codes
from checkin_app.services.badge_choice import Wanted


@pytest.fixture
def screen(qtbot: QtBot, workplace: Workplace) -> BadgesScreen:
    screen = BadgesScreen(workplace)
    qtbot.addWidget(screen)
    screen.resize(1180, 760)
    screen.show()
    qtbot.waitUntil(lambda: "Badges: " in screen.run_bar.line.text())
    return screen


def wait_until_drawn(qtbot: QtBot, screen: BadgesScreen) -> None:
    qtbot.waitUntil(lambda: screen.preview.page.has_picture or not screen.preview.number.text())


def choose_whom(screen: BadgesScreen, wanted: Wanted) -> None:
    screen.form.whom.setCurrentIndex(screen.form.whom.findData(wanted))


def plan(screen: BadgesScreen) -> str:
    return screen.run_bar.line.text()


def some_ids(workplace: Workplace, count: int) -> tuple[str, ...]:
    listed = workplace.event_file.listed_attendees(range(1, count + 1))
    return tuple(one.attendee.id for one in listed)


def test_everybody_expected_is_chosen_first_and_the_first_sheet_is_shown(
    qtbot: QtBot, screen: BadgesScreen
) -> None:
    wait_until_drawn(qtbot, screen)
    assert plan(screen) == "Badges: 147  ·  Sheets: 15"
    assert screen.preview.number.text() == "Sheet 1 of 15"


def test_the_choice_of_people_and_stock_changes_the_plan(
    qtbot: QtBot, screen: BadgesScreen, workplace: Workplace
) -> None:
    screen.form.stock.setCurrentIndex(EVERYDAY.index(A6_SINGLE))
    qtbot.waitUntil(lambda: plan(screen) == "Badges: 147  ·  Sheets: 147")
    assert not screen.form.first_slot.isEnabled()
    choose_whom(screen, Wanted.ARRIVED)
    qtbot.waitUntil(lambda: plan(screen).startswith("Nobody"))
    assert not screen.run_bar.save.isEnabled()
    workplace.desk.check_in(some_ids(workplace, 1)[0])
    workplace.changed.emit()
    qtbot.waitUntil(lambda: plan(screen) == "Badges: 1  ·  Sheets: 1")


def test_a_part_used_sheet_begins_at_the_place_that_is_said(
    qtbot: QtBot, screen: BadgesScreen, workplace: Workplace
) -> None:
    screen.choose_attendees(some_ids(workplace, 9))
    qtbot.waitUntil(lambda: plan(screen) == "Badges: 9  ·  Sheets: 1")
    screen.form.first_slot.setCurrentIndex(4)
    qtbot.waitUntil(lambda: plan(screen) == "Badges: 9  ·  Sheets: 2")


def test_findings_come_before_paper_and_lead_to_badge_and_person(
    qtbot: QtBot, screen: BadgesScreen, workplace: Workplace
) -> None:
    qtbot.waitUntil(lambda: "to look at" in screen.findings.title.text())
    table = screen.findings.table
    name = table.model().index(0, 0).data()
    table.setFocus()
    table.selectRow(0)
    assert screen.preview.page.marked is not None
    with qtbot.waitSignal(workplace.attendee_wanted) as asked:
        table.activated.emit(table.model().index(0, 0))
    record = workplace.event_file.record(asked.args[0])
    assert record is not None
    assert record.attendee.full_name == name


def test_pages_are_turned_and_the_picture_has_the_size_of_the_screen(
    qtbot: QtBot, screen: BadgesScreen
) -> None:
    wait_until_drawn(qtbot, screen)
    screen.form.whom.setFocus()
    qtbot.keyClick(screen, Qt.Key.Key_PageDown)
    assert screen.preview.number.text() == "Sheet 2 of 15"
    before = screen.preview.page.width()
    qtbot.mouseClick(screen.preview.larger, Qt.MouseButton.LeftButton)
    assert screen.preview.page.width() > before


def test_a_run_writes_a_pdf_whose_codes_are_those_of_the_people(
    qtbot: QtBot, screen: BadgesScreen, workplace: Workplace, tmp_path: Path
) -> None:
    ids = some_ids(workplace, 12)
    screen.choose_attendees(ids)
    qtbot.waitUntil(lambda: plan(screen) == "Badges: 12  ·  Sheets: 2")
    file = tmp_path / "badges.pdf"
    screen.save_to(file)
    qtbot.waitUntil(screen.run_bar.open_file.isVisible, timeout=60_000)
    assert "Badges: 12  ·  Sheets: 2" in plan(screen)
    assert "Codes read back: 12" in plan(screen)
    wait_until_drawn(qtbot, screen)
    records = [workplace.event_file.record(id_) for id_ in ids]
    read = {code.text for page in iter_pdf_codes(file) for code in page}
    assert read == {record.attendee.code for record in records if record}

    def prints() -> list[int]:
        found = [workplace.event_file.record(id_) for id_ in ids]
        return [record.badge_prints for record in found if record]

    qtbot.waitUntil(lambda: prints() == [1] * 12)
    assert "Codes read back: 12" in plan(screen)


def test_a_run_that_is_stopped_leaves_no_file(
    qtbot: QtBot, screen: BadgesScreen, workplace: Workplace, tmp_path: Path
) -> None:
    file = tmp_path / "badges.pdf"
    screen.save_to(file)
    qtbot.mouseClick(screen.run_bar.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Stopped" in plan(screen), timeout=60_000)
    assert not [*tmp_path.glob("*.pdf"), *tmp_path.glob(".*.part")]
    assert screen.run_bar.save.isVisible()
    assert screen.form.isEnabled()
    records = workplace.event_file.records()
    assert sum(record.badge_prints for record in records) == 0


def test_a_folder_that_is_not_there_is_answered_with_what_to_do_next(
    qtbot: QtBot, screen: BadgesScreen, tmp_path: Path
) -> None:
    screen.save_to(tmp_path / "not there" / "badges.pdf")
    qtbot.waitUntil(lambda: "Choose another" in plan(screen), timeout=60_000)
    assert screen.run_bar.save.isEnabled()


def test_a_sheet_alone_holds_the_people_of_that_sheet(workplace: Workplace, tmp_path: Path) -> None:
    choice = BadgeChoice(first_slot=4, stock=CARD_ON_A4)
    run = prepare_run(workplace.event_file, choice)
    people = [person.id for person in run.job.attendees]
    for sheet, expected in (
        (0, people[:7]),
        (1, people[7:17]),
        (14, people[-10:]),
    ):
        job = run.job_of_sheet(sheet, tmp_path / "page.pdf")
        document = write_badges(job.file, job.attendees, job.plan)
        assert [slot.attendee_id for slot in document.slots] == expected
    assert run.sheet_of(people[9]) == (1, 3)
