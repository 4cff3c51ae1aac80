"""Badges from the choice to the PDF: who, how it looks, what to look at, stopped and finished."""

from __future__ import annotations

import threading
from pathlib import Path

from answered_dialogs import answer_with
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from checkin_app.badges.document import write_badges
from checkin_app.badges.preflight.findings import Finding
from checkin_app.domain.badges.imposition import Duplex, Imposition
from checkin_app.domain.badges.stock import A6_SINGLE, CARD_ON_A4
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.badges.badges_screen import BadgesScreen
from checkin_app.gui.badges.choice.choices import PaperChoice, PeopleChoice
from checkin_app.gui.badges.findings.findings_model import FindingGroup
from checkin_app.gui.badges.run.badge_run import find_people, plan_run
from checkin_app.gui.workplace import Workplace
from checkin_app.scanning.pictures import iter_pdf_codes
from checkin_app.services.bulk_badges.badge_choice import Wanted


def wait_until_drawn(qtbot: QtBot, screen: BadgesScreen) -> None:
    preview = screen.views.preview
    qtbot.waitUntil(lambda: preview.page.has_picture or not preview.number.text())


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
    assert screen.views.preview.number.text() == "Sheet 1 of 15"
    assert screen.choice.paper.stock_button.words == CARD_ON_A4.name


def test_the_choice_of_people_and_stock_changes_the_plan(
    qtbot: QtBot, screen: BadgesScreen, workplace: Workplace
) -> None:
    screen.choice.paper.choose_stock(A6_SINGLE)
    qtbot.waitUntil(lambda: plan(screen) == "Badges: 147  ·  Sheets: 147")
    screen.choice.people.choose_wanted(Wanted.ARRIVED)
    qtbot.waitUntil(lambda: plan(screen).startswith("Nobody"))
    assert not screen.run_bar.save.isEnabled()
    workplace.desk.check_in(some_ids(workplace, 1)[0])
    workplace.changed.emit()
    qtbot.waitUntil(lambda: plan(screen) == "Badges: 1  ·  Sheets: 1")


def test_another_stock_takes_no_look_at_the_people(qtbot: QtBot, screen: BadgesScreen) -> None:
    run = screen.planner.run
    assert run is not None
    screen.choice.paper.choose_stock(A6_SINGLE)
    qtbot.waitUntil(lambda: plan(screen) == "Badges: 147  ·  Sheets: 147")
    assert screen.planner.run is not None
    assert screen.planner.run.people is run.people


def test_a_part_used_sheet_begins_at_the_slot_that_is_clicked(
    qtbot: QtBot, screen: BadgesScreen, workplace: Workplace
) -> None:
    screen.choose_attendees(some_ids(workplace, 9))
    qtbot.waitUntil(lambda: plan(screen) == "Badges: 9  ·  Sheets: 1")
    screen.views.which.choose(1)
    drawing = screen.views.first_sheet.drawing
    at = drawing.slot_area(3).center().toPoint()
    qtbot.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: plan(screen) == "Badges: 9  ·  Sheets: 2")
    assert screen.choice.paper.choice().imposition.first_slot == 3


def test_findings_come_before_paper_and_lead_to_badge_and_person(
    qtbot: QtBot, screen: BadgesScreen, workplace: Workplace
) -> None:
    model, view = screen.findings.model, screen.findings.list
    qtbot.waitUntil(lambda: model.rowCount() > 1)
    assert isinstance(model.line(0), FindingGroup)
    line = model.line(1)
    assert isinstance(line, Finding)
    view.setCurrentIndex(model.index(1, 0))
    assert screen.views.preview.page.marked is not None
    with qtbot.waitSignal(workplace.attendee_wanted) as asked:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert asked.args == [line.attendee_id]


def test_pages_are_turned_and_the_picture_has_the_size_of_the_screen(
    qtbot: QtBot, screen: BadgesScreen
) -> None:
    wait_until_drawn(qtbot, screen)
    preview = screen.views.preview
    qtbot.keyClick(screen, Qt.Key.Key_PageDown)
    assert preview.number.text() == "Sheet 2 of 15"
    before = preview.page.width()
    qtbot.mouseClick(preview.larger, Qt.MouseButton.LeftButton)
    assert preview.page.width() > before


def test_backs_are_pages_of_their_own(qtbot: QtBot, screen: BadgesScreen) -> None:
    more = screen.choice.paper.more
    more.duplex.setCurrentIndex(more.duplex.findData(Duplex.LONG_EDGE))
    preview = screen.views.preview
    qtbot.waitUntil(lambda: preview.number.text() == "Sheet 1 of 15, front")
    preview.go_on()
    assert preview.number.text() == "Sheet 1 of 15, back"


def test_a_run_writes_a_pdf_whose_codes_are_those_of_the_people(
    qtbot: QtBot, screen: BadgesScreen, workplace: Workplace, tmp_path: Path
) -> None:
    ids = some_ids(workplace, 12)
    screen.choose_attendees(ids)
    qtbot.waitUntil(lambda: plan(screen) == "Badges: 12  ·  Sheets: 2")
    file = tmp_path / "run 1.2.pdf"
    proposed = answer_with(tmp_path / "run 1.2")
    screen.run_bar.save.click()
    assert proposed[0].startswith("Badges ECCP Meeting")
    qtbot.waitUntil(screen.run_bar.open_file.isVisible)
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
    gate = threading.Event()
    workplace.tasks.run(Lane.WORK, gate.wait)
    screen.save_to(file)
    qtbot.mouseClick(screen.run_bar.cancel, Qt.MouseButton.LeftButton)
    gate.set()
    qtbot.waitUntil(lambda: "Stopped" in plan(screen))
    assert not [*tmp_path.glob("*.pdf"), *tmp_path.glob(".*.part")]
    assert screen.run_bar.save.isVisible()
    assert screen.choice.isEnabled()
    records = workplace.event_file.records()
    assert sum(record.badge_prints for record in records) == 0


def test_a_folder_that_is_not_there_is_answered_with_what_to_do_next(
    qtbot: QtBot, screen: BadgesScreen, tmp_path: Path
) -> None:
    screen.save_to(tmp_path / "not there" / "badges.pdf")
    qtbot.waitUntil(lambda: "Choose another" in plan(screen))
    assert screen.run_bar.save.isEnabled()


def test_a_sheet_alone_holds_the_people_of_that_sheet(workplace: Workplace, tmp_path: Path) -> None:
    people = find_people(workplace.event_file, PeopleChoice())
    run = plan_run(people, PaperChoice(imposition=Imposition(first_slot=4)))
    ids = [person.id for person in run.job.attendees]
    for sheet, expected in ((1, ids[:7]), (2, ids[7:17]), (15, ids[-10:])):
        job = run.job_of_sheet(sheet, tmp_path / "page.pdf")
        document = write_badges(job.file, job.attendees, job.plan)
        assert [slot.attendee_id for slot in document.slots] == expected
        assert [person.id for person in run.slots_of_sheet(sheet).values()] == expected
    assert run.place_of(ids[9]) == (2, 3)


def test_an_arrow_key_goes_from_the_choice_to_the_findings(
    qtbot: QtBot, screen: BadgesScreen
) -> None:
    choice = screen.columns.which.button(0)
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Right)
    assert screen.findings.isVisible()


def test_what_was_written_stays_in_sight_and_can_be_printed_again_from_a_sheet(
    qtbot: QtBot, screen: BadgesScreen, tmp_path: Path
) -> None:
    screen.choice.people.choose_wanted(Wanted.UNPRINTED)
    qtbot.waitUntil(lambda: screen.choice.people.choice().wanted is Wanted.UNPRINTED)
    with qtbot.waitSignal(screen.printing.recorded):
        screen.save_to(tmp_path / "badges.pdf")
    qtbot.waitUntil(lambda: not screen.run_bar.save.isEnabled())
    assert "Codes read back: 147" in plan(screen)
    assert screen.run_bar.open_file.isVisible()
    qtbot.mouseClick(screen.run_bar.resume, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: plan(screen) == "Badges: 147  ·  Sheets: 15")
    assert screen.choice.paper.more.first_sheet.hasFocus()
    screen.choice.paper.choose_stock(A6_SINGLE)
    qtbot.waitUntil(lambda: plan(screen) == "Badges: 147  ·  Sheets: 147")
    assert not screen.run_bar.open_file.isVisible()


def test_a_run_that_could_not_be_noted_says_so_and_is_noted_later(
    qtbot: QtBot, screen: BadgesScreen, workplace: Workplace, tmp_path: Path
) -> None:
    path = workplace.event_file.path
    people = [person.id for person in screen.planner.run.people.attendees]
    aside = path.with_name("aside")
    path.rename(aside)
    screen.save_to(tmp_path / "badges.pdf")
    qtbot.waitUntil(lambda: "nobody is noted" in workplace.messages.text)
    assert "badges.pdf is written" in workplace.messages.text
    aside.rename(path)
    with qtbot.waitSignal(screen.printing.recorded):
        workplace.messages.act.click()
    records = [workplace.event_file.record(id_) for id_ in people]
    assert {record.badge_prints for record in records if record} == {1}
