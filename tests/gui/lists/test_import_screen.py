"""A registration list on its way in: understood, corrected, imported, refused."""

from __future__ import annotations

import multiprocessing
import threading
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.lists.checking.check_model import CheckColumn
from checkin_app.gui.lists.choosing.problem_files import SaveProblems
from checkin_app.gui.lists.import_screen import ImportScreen
from checkin_app.gui.lists.list_jobs import ListJobs
from checkin_app.gui.lists.list_look import ListWishes
from checkin_app.gui.lists.steps_line import Step
from checkin_app.gui.lists.understanding.mapping_model import FIELD, MappingModel
from checkin_app.gui.tables.text_table_model import TextTableModel
from checkin_app.gui.workplace import Workplace

LISTS = Path(__file__).parents[2] / "data" / "lists"


def look_at(qtbot: QtBot, workplace: Workplace, path: Path) -> ImportScreen:
    screen = ImportScreen(workplace, path)
    qtbot.addWidget(screen)
    screen.resize(1180, 760)
    screen.show()
    wait_until_idle(qtbot, screen)
    return screen


def wait_until_idle(qtbot: QtBot, screen: ImportScreen) -> None:
    qtbot.waitUntil(screen.foot.bar.isHidden)


def go_on(qtbot: QtBot, screen: ImportScreen) -> None:
    qtbot.mouseClick(screen.foot.go, Qt.MouseButton.LeftButton)


def go_to_changes(qtbot: QtBot, screen: ImportScreen) -> None:
    while screen.step < Step.CHANGES:
        assert screen.foot.go.isEnabled(), screen.foot.line.text()
        go_on(qtbot, screen)


def bring_in(qtbot: QtBot, screen: ImportScreen) -> None:
    go_to_changes(qtbot, screen)
    go_on(qtbot, screen)
    qtbot.waitUntil(lambda: screen.step is Step.DONE)


def meaning_of(screen: ImportScreen, column: str) -> str:
    mapping = screen.understood.mapping
    return str(mapping.index(row_of(mapping, column), FIELD).data())


def row_of(model: MappingModel, column: str) -> int:
    names = [model.index(row, 0).data() for row in range(model.rowCount())]
    return names.index(column)


def take_for(qtbot: QtBot, screen: ImportScreen, column: str, field: str) -> None:
    mapping = screen.understood.mapping
    mapping.setData(mapping.index(row_of(mapping, column), FIELD), field)
    wait_until_idle(qtbot, screen)


def registered(workplace: Workplace) -> int:
    return sum(count.registered for count in workplace.event_file.category_counts())


def test_a_list_is_shown_before_anything_is_written(qtbot: QtBot, workplace: Workplace) -> None:
    screen = look_at(qtbot, workplace, LISTS / "excel-deutsch.csv")
    assert screen.head.figures.texts() == ("79", "0", "0", "1", "0", "0", "0")
    assert screen.head.facts.text() == "Titles in row 1  ·  Rows below: 80"
    understood = screen.understood
    assert understood.file_choices.encoding.currentData() == "cp1252"
    assert understood.file_choices.delimiter.currentData() == ";"
    assert understood.file_choices.sheet.isHidden()
    assert meaning_of(screen, "Nachname") == "Last name"
    assert understood.rows.index(0, 2).data() == "Schäfer"
    assert understood.rows.headerData(0, Qt.Orientation.Vertical) == "2"
    assert registered(workplace) == 150


def test_a_corrected_column_is_imported_as_corrected(qtbot: QtBot, workplace: Workplace) -> None:
    screen = look_at(qtbot, workplace, LISTS / "excel-deutsch.csv")
    take_for(qtbot, screen, "Funktion", "category")
    assert meaning_of(screen, "Funktion") == "Category"
    take_for(qtbot, screen, "Anrede", "")
    assert meaning_of(screen, "Anrede") == "Kept as it is"
    bring_in(qtbot, screen)
    assert registered(workplace) == 230
    (found,) = workplace.event_file.search("heike.schafer.3877")
    assert found.attendee.last_name == "Schäfer"
    assert found.attendee.category == "Project Coordinator"
    assert found.attendee.role == ""
    assert "80 new" in screen.done.title.text()
    with qtbot.waitSignal(screen.finished):
        go_on(qtbot, screen)


def test_a_second_import_of_the_same_list_finds_nothing_to_do(
    qtbot: QtBot, workplace: Workplace
) -> None:
    bring_in(qtbot, look_at(qtbot, workplace, LISTS / "excel-deutsch.csv"))
    again = look_at(qtbot, workplace, LISTS / "excel-deutsch.csv")
    assert again.head.figures.texts() == ("0", "0", "0", "0", "0", "0", "80")
    assert "already" in again.foot.line.text()
    go_to_changes(qtbot, again)
    assert again.foot.go.text() == "Close"
    with qtbot.waitSignal(again.finished):
        go_on(qtbot, again)


def test_another_encoding_is_read_at_once(qtbot: QtBot, workplace: Workplace) -> None:
    screen = look_at(qtbot, workplace, LISTS / "excel-deutsch.csv")
    box = screen.understood.file_choices.encoding
    box.setCurrentIndex(box.findData("cp1251"))
    box.activated.emit(box.currentIndex())
    wait_until_idle(qtbot, screen)
    assert screen.understood.rows.index(0, 2).data() == "Schдfer"
    assert box.currentData() == "cp1251"


def test_a_list_whose_names_are_taken_away_cannot_be_imported(
    qtbot: QtBot, workplace: Workplace
) -> None:
    screen = look_at(qtbot, workplace, LISTS / "excel-deutsch.csv")
    take_for(qtbot, screen, "Vorname", "")
    take_for(qtbot, screen, "Nachname", "")
    assert not screen.foot.go.isEnabled()
    assert "names" in screen.foot.line.text()
    take_for(qtbot, screen, "Nachname", "last_name")
    assert screen.foot.go.isEnabled()


def test_problems_are_listed_and_can_be_copied_and_saved(
    qtbot: QtBot, workplace: Workplace, tmp_path: Path
) -> None:
    path = tmp_path / "problems in it.csv"
    path.write_text("First name,Last name,E-mail\n,,a@b.eu\nÅsa,Öst,nowhere\n", "utf-8")
    screen = look_at(qtbot, workplace, path)
    go_on(qtbot, screen)
    assert screen.step is Step.CHECK
    model = screen.check.model
    reasons = [model.index(row, CheckColumn.REASON).data() for row in range(2)]
    assert ["no name" in reasons[0], "e-mail" in reasons[1]] == [True, True]
    assert screen.head.figures.texts() == ("1", "0", "0", "0", "1", "0", "0")
    qtbot.mouseClick(screen.check.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0].startswith("Row\tRow is\tColumn")
    assert len(copied) == model.rowCount() + 1
    saved = tmp_path / "problems.csv"
    SaveProblems(workplace, screen).save(saved, [model.line(0), model.line(1)])
    qtbot.waitUntil(lambda: "problems.csv" in workplace.messages.text)
    assert saved.read_text("utf-8-sig").startswith("Row,Row is,Column")


def test_a_file_that_is_no_list_is_refused_in_a_calm_sentence(
    qtbot: QtBot, workplace: Workplace
) -> None:
    for name in ("binary.csv", "empty.csv", "truncated.xlsx", "only-header.csv"):
        screen = look_at(qtbot, workplace, LISTS / name)
        assert screen.step is Step.FILE
        assert screen.file.refused.isVisible()
        assert name in screen.file.refused.sentence.text()
        assert not screen.foot.go.isVisible()
    assert registered(workplace) == 150


def test_an_import_that_is_stopped_leaves_nothing_behind(
    qtbot: QtBot, workplace: Workplace, tmp_path: Path
) -> None:
    large = tmp_path / "large.csv"
    rows = [f"Name{number},Family{number},a{number}@example.org" for number in range(20_000)]
    large.write_text("\n".join(["First name,Last name,E-mail", *rows]), encoding="utf-8")
    screen = look_at(qtbot, workplace, large)
    assert screen.head.figures.texts()[0] == "20\u202f000"
    go_to_changes(qtbot, screen)
    gate = threading.Event()
    workplace.tasks.run(Lane.WORK, gate.wait)
    go_on(qtbot, screen)
    assert screen.foot.bar.isVisible()
    qtbot.mouseClick(screen.foot.cancel, Qt.MouseButton.LeftButton)
    gate.set()
    wait_until_idle(qtbot, screen)
    assert "Nothing was imported" in screen.foot.line.text()
    assert registered(workplace) == 150
    assert screen.foot.go.isEnabled()


def test_escape_goes_back_step_by_step_and_then_leaves(qtbot: QtBot, workplace: Workplace) -> None:
    screen = look_at(qtbot, workplace, LISTS / "plain.csv")
    go_to_changes(qtbot, screen)
    qtbot.keyClick(screen.foot.go, Qt.Key.Key_Escape)
    assert screen.step < Step.CHANGES
    while screen.step is not Step.UNDERSTOOD:
        qtbot.keyClick(screen.foot.go, Qt.Key.Key_Escape)
    with qtbot.waitSignal(screen.finished):
        qtbot.keyClick(screen.foot.go, Qt.Key.Key_Escape)
    assert registered(workplace) == 150


def test_the_field_of_a_column_is_chosen_in_a_drop_down(qtbot: QtBot, workplace: Workplace) -> None:
    screen = look_at(qtbot, workplace, LISTS / "excel-deutsch.csv")
    view = screen.understood.mapping_view
    mapping = screen.understood.mapping
    index = mapping.index(row_of(mapping, "Funktion"), FIELD)
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center()
    )
    box = view.indexWidget(index)
    qtbot.waitUntil(lambda: view.focusWidget() is not None and box is not None)
    box.setCurrentIndex(box.findData("category"))
    box.activated.emit(box.currentIndex())
    wait_until_idle(qtbot, screen)
    assert meaning_of(screen, "Funktion") == "Category"


def test_the_models_keep_the_rules_of_qt(qtbot: QtBot, workplace: Workplace) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    screen = look_at(qtbot, workplace, LISTS / "plain.csv")
    understood = screen.understood
    testers = [
        QAbstractItemModelTester(model, mode)
        for model in (understood.mapping, understood.rows, screen.check.model)
    ]
    texts = TextTableModel()
    testers.append(QAbstractItemModelTester(texts, mode))
    texts.show_rows(("a", "b"), [("1", "2")], [7])
    take_for(qtbot, screen, understood.mapping.index(0, 0).data(), "role")
    assert len(testers) == 4


def test_the_process_of_a_long_list_ends_with_its_import(
    qtbot: QtBot, workplace: Workplace, tmp_path: Path
) -> None:
    long = tmp_path / "long.csv"
    rows = [f"Name{n},Family{n},{'Organisation ' * 10}" for n in range(3000)]
    long.write_text("\n".join(["First name,Last name,Firm", *rows]), encoding="utf-8")
    before = set(multiprocessing.active_children())
    jobs = ListJobs(workplace)
    with qtbot.waitSignal(jobs.looked):
        jobs.look(long, ListWishes())
    (process,) = set(multiprocessing.active_children()) - before
    shiboken6.delete(jobs)
    qtbot.waitUntil(lambda: not process.is_alive())


def test_a_long_list_takes_the_way_through_another_process_and_arrives(
    qtbot: QtBot, workplace: Workplace, tmp_path: Path
) -> None:
    long = tmp_path / "long.csv"
    rows = [f"Name{n},Family{n},a{n}@example.org,{'Organisation ' * 8}" for n in range(3000)]
    long.write_text("\n".join(["First name,Last name,E-mail,Firm", *rows]), encoding="utf-8")
    screen = look_at(qtbot, workplace, long)
    take_for(qtbot, screen, "Firm", "organisation")
    bring_in(qtbot, screen)
    assert registered(workplace) == 3150
    (found,) = workplace.event_file.search("a2999@example.org")
    assert found.attendee.organisation.startswith("Organisation Organisation")
