"""The whole way of a list: rows put right, changes left undone, people gone, all of it undone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from checkin_app.domain.attendee import Attendee
from checkin_app.gui.lists.changes.tick_model import TickModel
from checkin_app.gui.lists.checking.check_lines import CheckKind, CheckLine
from checkin_app.gui.lists.checking.check_model import CheckColumn
from checkin_app.gui.lists.import_screen import ImportScreen
from checkin_app.gui.lists.steps_line import Step
from checkin_app.gui.lists.understanding.row_model import RowColumn
from checkin_app.gui.workplace import Workplace
from checkin_app.services.clock import utc_now
from checkin_app.services.list_import.import_undo import imports
from checkin_app.services.list_merge.decisions import Missing, RowChoice, RowDecision
from checkin_app.services.registrations import correct

LISTS = Path(__file__).parents[2] / "data" / "lists"
TITLES = "First name,Last name,E-mail,Organisation,Category"


@dataclass
class Wizard:
    """A screen, and somebody in front of it."""

    qtbot: QtBot
    workplace: Workplace
    folder: Path
    screen: ImportScreen

    @property
    def people(self) -> dict[str, Attendee]:
        """Everybody in the event, by e-mail."""
        return {r.attendee.email: r.attendee for r in self.workplace.event_file.records()}

    @property
    def figures(self) -> dict[str, str]:
        """The figures at the top, by their words."""
        words = ("new", "changed", "gone", "unclear", "not taken", "repeated", "unchanged")
        return dict(zip(words, self.screen.head.figures.texts(), strict=True))

    def open(self, path: Path) -> None:
        """Look at a list."""
        self.screen = ImportScreen(self.workplace, path)
        self.qtbot.addWidget(self.screen)
        self.screen.resize(1180, 760)
        self.screen.show()
        self.wait()

    def open_rows(self, *rows: str, name: str = "list.csv", titles: str = TITLES) -> None:
        """Look at a list of these rows."""
        path = self.folder / name
        path.write_text("\n".join([titles, *rows]), encoding="utf-8")
        self.open(path)

    def wait(self) -> None:
        """Until nothing is under way."""
        self.qtbot.waitUntil(self.screen.foot.bar.isHidden)

    def press(self, key: Qt.Key = Qt.Key.Key_Return) -> None:
        """Press a key where the focus is; buttons hear Enter from the window."""
        focused = self.screen.focusWidget() or self.screen
        if key == Qt.Key.Key_Return and focused is self.screen.foot.go:
            self.screen.foot.go.click()
        else:
            self.qtbot.keyClick(focused, key)

    def go_to(self, step: Step) -> None:
        """Go on until there, or past it when it has nothing to do."""
        while self.screen.step < step:
            assert self.screen.foot.go.isEnabled(), self.screen.foot.line.text()
            self.screen.foot.go.click()

    def bring_in(self) -> None:
        """Go on to the end."""
        self.go_to(Step.CHANGES)
        self.screen.foot.go.click()
        self.qtbot.waitUntil(lambda: self.screen.step is Step.DONE)

    def lines(self, kind: CheckKind) -> list[CheckLine]:
        """The rows to check of a kind."""
        look = self.screen._look
        assert look is not None
        return list(look.to_check[kind])

    def choose_line(self, row: int) -> QModelIndex:
        """Make the line of a row of the list current. Returns where it is put right."""
        model = self.screen.check.model
        place = next(n for n in range(model.rowCount()) if model.line(n).row == row)
        self.screen.check.table.go_to(place)
        return model.index(place, CheckColumn.ANSWER)

    def tick(self, model: TickModel, place: int) -> None:
        """Change the tick of a line."""
        index = model.index(place, 0)
        was = index.data(Qt.ItemDataRole.CheckStateRole)
        is_now = Qt.CheckState.Unchecked if was is Qt.CheckState.Checked else Qt.CheckState.Checked
        model.setData(index, is_now, Qt.ItemDataRole.CheckStateRole)
        self.wait()

    def cells(self, model: TickModel) -> list[list[str]]:
        """All that a table of changes shows."""
        return [
            [str(model.index(row, column).data()) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]


@pytest.fixture
def wizard(qtbot: QtBot, workplace: Workplace, tmp_path: Path) -> Wizard:
    """Nobody has chosen a file yet."""
    screen = ImportScreen(workplace)
    qtbot.addWidget(screen)
    screen.show()
    return Wizard(qtbot, workplace, tmp_path, screen)


@pytest.fixture
def again(wizard: Wizard) -> Wizard:
    """A list of four people was imported already."""
    wizard.open_rows(
        "Ada,Öst,ada@example.eu,ACME,Delegate",
        "Bo,Quist,bo@example.eu,ACME,Delegate",
        "Cem,Şahin,cem@example.eu,ACME,Delegate",
        "Dora,Ναού,dora@example.eu,ACME,Delegate",
        name="first.csv",
    )
    wizard.bring_in()
    return wizard


def test_a_clean_list_is_three_enters(wizard: Wizard) -> None:
    wizard.open_rows("Ada,Öst,ada@example.eu,ACME,Delegate")
    wizard.press()
    assert wizard.screen.step is Step.CHANGES
    wizard.press()
    wizard.qtbot.waitUntil(lambda: wizard.screen.step is Step.DONE)
    assert wizard.people["ada@example.eu"].last_name == "Öst"
    with wizard.qtbot.waitSignal(wizard.screen.finished):
        wizard.press()


def test_tab_goes_through_all_that_a_step_has(wizard: Wizard) -> None:
    wizard.open(LISTS / "hand-kept.xlsx")
    screen = wizard.screen
    understood = screen.understood
    reached = _tabbed_through(wizard)
    assert {understood.preset.box, understood.mapping_view, screen.foot.cancel} <= reached
    screen.foot.go.click()
    assert screen.focusWidget() is screen.check.table
    assert {screen.check.row.cells, screen.foot.back, screen.foot.go} <= _tabbed_through(wizard)
    wizard.qtbot.keyClick(
        screen.check.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    assert screen.step is Step.CHANGES
    assert screen.changes.table in _tabbed_through(wizard)


def _tabbed_through(wizard: Wizard) -> set[QWidget]:
    """What has the focus one after the other when Tab is pressed often."""
    reached: set[QWidget] = set()
    for _ in range(30):
        wizard.press(Qt.Key.Key_Tab)
        reached.add(wizard.screen.focusWidget())
    return reached


def test_the_list_that_people_keep_by_hand_goes_the_whole_way(wizard: Wizard) -> None:
    wizard.open(LISTS / "hand-kept.xlsx")
    assert wizard.screen.understood.file_choices.sheet.currentText() == "Participants"
    assert wizard.figures["not taken"] == "2"
    wizard.go_to(Step.CHECK)
    assert {line.row for line in wizard.lines(CheckKind.NOT_TAKEN)} == {27, 53}
    assert [line.value for line in wizard.lines(CheckKind.DOUBTFUL)] == ["not an address"]
    wizard.bring_in()
    assert "not taken" in wizard.screen.done.sentence.text()
    assert wizard.screen.done.save.isVisible()


def test_a_preset_is_recognised_and_can_be_changed(wizard: Wizard) -> None:
    wizard.open(LISTS / "pretix-positions.csv")
    box = wizard.screen.understood.preset.box
    assert box.currentData() == "pretix"
    box.setCurrentIndex(0)
    box.activated.emit(0)
    wizard.wait()
    assert box.currentText() == "Ordinary list"
    assert box.currentData() == ""


def test_a_mapping_is_kept_as_a_preset_and_recognised_again(wizard: Wizard) -> None:
    titles = "A,B,C"
    wizard.open_rows("Ada,Öst,ACME", titles=titles)
    assert not wizard.screen.foot.go.isEnabled()
    mapping = wizard.screen.understood.mapping
    for row, field in enumerate(("first_name", "last_name", "organisation")):
        mapping.setData(mapping.index(row, 1), field)
        wizard.wait()
    with wizard.qtbot.waitSignal(wizard.screen.understood.preset.kept):
        wizard.screen.understood.preset.keep_as("Our own lists")
    wizard.wait()
    assert wizard.screen.understood.preset.box.currentText() == "Our own lists"
    wizard.open_rows("Bo,Quist,ACME", titles=titles, name="next.csv")
    assert wizard.screen.understood.preset.box.currentText() == "Our own lists"
    assert wizard.screen.foot.go.isEnabled()
    preset = wizard.screen.understood.preset
    with wizard.qtbot.waitSignal(preset.chosen):
        wizard.qtbot.mouseClick(preset.forget, Qt.MouseButton.LeftButton)
    wizard.wait()
    assert preset.box.currentText() == "Ordinary list"
    assert preset.box.findText("Our own lists") == -1


def test_a_rejected_row_put_right_in_place_is_imported(wizard: Wizard) -> None:
    wizard.open_rows(
        "Ada,Öst,ada@example.eu,ACME,Delegate", ",,bo@example.eu,ACME,Delegate", name="a.csv"
    )
    wizard.go_to(Step.CHECK)
    index = wizard.choose_line(3)
    assert index.data() == "Last name: "
    table = wizard.screen.check.table
    table.setFocus()
    wizard.press()
    editor = table.findChild(QLineEdit)
    assert editor is not None
    wizard.qtbot.keyClicks(editor, "Quist")
    with wizard.qtbot.waitSignal(wizard.screen.jobs.looked):
        wizard.qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert wizard.figures["new"] == "2"
    (line,) = wizard.lines(CheckKind.SETTLED)
    assert (line.row, line.value) == (3, "Quist")
    wizard.bring_in()
    assert wizard.people["bo@example.eu"].last_name == "Quist"


def test_any_cell_of_a_row_can_be_corrected_beside_the_list(wizard: Wizard) -> None:
    wizard.open_rows("Ada,Öst,nowhere,ACME,Delegate")
    wizard.go_to(Step.CHECK)
    wizard.choose_line(2)
    cells = wizard.screen.check.row.model
    names = [cells.index(row, RowColumn.NAME).data() for row in range(cells.rowCount())]
    assert names == TITLES.split(",")
    cells.setData(cells.index(names.index("E-mail"), RowColumn.LISTED), "ada@example.eu")
    wizard.wait()
    cells.setData(cells.index(names.index("Category"), RowColumn.LISTED), "Speaker")
    wizard.wait()
    wizard.bring_in()
    assert wizard.people["ada@example.eu"].category == "Speaker"


def test_what_is_being_typed_is_not_swept_away_by_an_answer(wizard: Wizard) -> None:
    wizard.open_rows(",,ada@example.eu,ACME,", ",,bo@example.eu,ACME,")
    wizard.go_to(Step.CHECK)
    wizard.screen.decisions.correct(2, "Last name", "Öst")
    table = wizard.screen.check.table
    table.edit(wizard.choose_line(3))
    editor = table.findChild(QLineEdit)
    wizard.qtbot.keyClicks(editor, "Quis")
    wizard.wait()
    assert editor.text() == "Quis"
    wizard.qtbot.keyClicks(editor, "t")
    with wizard.qtbot.waitSignal(wizard.screen.jobs.looked):
        wizard.qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert wizard.figures["new"] == "2"


def test_an_unclear_row_is_the_person_that_somebody_says(again: Wizard) -> None:
    again.open_rows("Ada,Öst,other@example.eu,ACME,Delegate")
    assert again.figures["unclear"] == "1"
    again.go_to(Step.CHECK)
    index = again.choose_line(2)
    assert str(index.data()).startswith("Proposed: ")
    known = again.screen.check.row.model.index(2, RowColumn.KNOWN)
    assert known.data() == "ada@example.eu"
    table = again.screen.check.table
    table.setFocus()
    again.press()
    box = table.findChild(QComboBox)
    words = [box.itemText(number) for number in range(box.count())]
    assert words == ["This is Ada Öst, ACME", "Somebody new", "Leave out"]
    box.setCurrentIndex(0)
    box.activated.emit(0)
    again.wait()
    assert again.figures["unclear"] == "0"
    assert again.figures["changed"] == "1"
    again.bring_in()
    assert "other@example.eu" in again.people
    assert "ada@example.eu" not in again.people


def test_a_row_with_two_doubts_is_listed_with_both(again: Wizard) -> None:
    again.open_rows("Ada,Öst,nowhere,ACME,Delegate")
    reasons = [
        [line.reason for line in again.lines(kind)]
        for kind in (CheckKind.UNCLEAR, CheckKind.DOUBTFUL)
    ]
    assert [len(some) for some in reasons] == [1, 1]
    assert "e-mail" in reasons[1][0]


def test_an_unclear_row_can_be_somebody_new_or_left_out(again: Wizard) -> None:
    again.open_rows(
        "Ada,Öst,other@example.eu,ACME,Delegate", "Bo,Quist,another@example.eu,ACME,Delegate"
    )
    again.screen.decisions.decide(2, RowDecision(RowChoice.ADD))
    again.screen.decisions.decide(3, RowDecision(RowChoice.LEAVE_OUT))
    again.wait()
    assert again.figures["unclear"] == "0"
    assert {kind: len(again.lines(kind)) for kind in CheckKind if again.lines(kind)} == {
        CheckKind.SETTLED: 2
    }
    again.bring_in()
    assert {"ada@example.eu", "other@example.eu", "bo@example.eu"} <= set(again.people)
    assert "another@example.eu" not in again.people


def test_a_change_is_shown_field_by_field_and_made_only_with_its_tick(again: Wizard) -> None:
    again.open_rows("Ada,Öst,ada@example.eu,Globex,Speaker")
    again.go_to(Step.CHANGES)
    changed = again.screen.changes.changed
    assert again.cells(changed) == [
        ["Ada Öst", "Organisation", "ACME", "Globex", ""],
        ["", "Category", "Delegate", "Speaker", ""],
    ]
    again.tick(changed, 0)
    assert again.cells(changed)[0][-1] == "Stays as it is"
    again.bring_in()
    ada = again.people["ada@example.eu"]
    assert (ada.organisation, ada.category) == ("ACME", "Speaker")


def test_all_changes_of_one_field_can_be_left_undone_at_once(again: Wizard) -> None:
    again.open_rows("Ada,Öst,ada@example.eu,Globex,Speaker", "Bo,Quist,bo@example.eu,Globex,Press")
    again.go_to(Step.CHANGES)
    changes = again.screen.changes
    changes.field.setCurrentIndex(changes.field.findData("organisation"))
    changes.field.activated.emit(changes.field.currentIndex())
    assert [row[:2] for row in again.cells(changes.changed)] == [
        ["Ada Öst", "Organisation"],
        ["Bo Quist", "Organisation"],
    ]
    changes.table.setFocus()
    changes.table.selectAll()
    with again.qtbot.waitSignal(changes.changed.ticked):
        again.press(Qt.Key.Key_Space)
    again.wait()
    changes.field.setCurrentIndex(0)
    changes.field.activated.emit(0)
    happens = [row[-1] for row in again.cells(changes.changed)]
    assert happens == ["Stays as it is", "", "Stays as it is", ""]
    again.bring_in()
    assert {again.people[f"{name}@example.eu"].organisation for name in ("ada", "bo")} == {"ACME"}
    assert again.people["bo@example.eu"].category == "Press"


def test_somebody_new_without_a_tick_stays_out(wizard: Wizard) -> None:
    wizard.open_rows("Ada,Öst,ada@example.eu,ACME,", "Bo,Quist,bo@example.eu,ACME,")
    wizard.go_to(Step.CHANGES)
    assert wizard.cells(wizard.screen.changes.new)[0][:4] == ["2", "Ada", "Öst", "ACME"]
    wizard.tick(wizard.screen.changes.new, 0)
    assert wizard.figures["new"] == "1"
    assert wizard.screen.changes.new.rowCount() == 2
    assert wizard.screen.foot.go.text() == "Import 1"
    wizard.bring_in()
    assert "ada@example.eu" not in wizard.people
    assert "bo@example.eu" in wizard.people


def test_the_space_bar_ticks_all_chosen_lines(wizard: Wizard) -> None:
    wizard.open_rows(
        "Ada,Öst,ada@example.eu,,", "Bo,Quist,bo@example.eu,,", "Cem,Ak,cem@example.eu,,"
    )
    wizard.go_to(Step.CHANGES)
    table = wizard.screen.changes.table
    table.setFocus()
    table.selectAll()
    with wizard.qtbot.waitSignal(wizard.screen.changes.new.ticked):
        wizard.press(Qt.Key.Key_Space)
    wizard.wait()
    assert wizard.figures["new"] == "0"
    assert wizard.screen.foot.go.text() == "Close"
    with wizard.qtbot.waitSignal(wizard.screen.changes.new.ticked):
        wizard.press(Qt.Key.Key_Space)
    wizard.wait()
    assert wizard.figures["new"] == "3"


def test_what_a_desk_corrected_is_kept_and_said(again: Wizard) -> None:
    ada = again.people["ada@example.eu"]
    correct(again.workplace.event_file, "Desk 1", utc_now(), ada.id, {"organisation": "Initech"})
    again.open_rows("Ada,Öst,ada@example.eu,Globex,Speaker")
    again.go_to(Step.CHANGES)
    changed = again.screen.changes.changed
    assert again.cells(changed)[0] == [
        "Ada Öst",
        "Organisation",
        "Initech",
        "Globex",
        "Corrected at a desk; that is kept",
    ]
    assert not changed.flags(changed.index(0, 0)) & Qt.ItemFlag.ItemIsUserCheckable
    assert "corrected at a desk" in again.screen.changes.hint.text()
    again.bring_in()
    assert again.people["ada@example.eu"].organisation == "Initech"
    assert again.people["ada@example.eu"].category == "Speaker"


def test_gone_people_are_marked_but_for_those_without_a_tick(again: Wizard) -> None:
    again.open_rows("Ada,Öst,ada@example.eu,ACME,Delegate", "Bo,Quist,bo@example.eu,ACME,Delegate")
    again.go_to(Step.CHANGES)
    changes = again.screen.changes
    if changes.missing.current:
        changes.missing.choose(0)
        again.wait()
    names = [row[0] for row in again.cells(changes.gone)]
    assert {"Cem Şahin", "Dora Ναού"} <= set(names)
    again.tick(changes.gone, names.index("Cem Şahin"))
    again.bring_in()
    gone = {r.attendee.email: r.gone_at for r in again.workplace.event_file.records()}
    assert gone["dora@example.eu"] is not None
    assert gone["cem@example.eu"] is None


def test_nobody_is_marked_as_gone_when_somebody_decides_so(again: Wizard) -> None:
    again.open_rows("Ada,Öst,ada@example.eu,ACME,Speaker")
    again.go_to(Step.CHANGES)
    again.screen.changes.missing_decided.emit(Missing.KEEP)
    again.wait()
    assert again.figures["gone"] == "0"
    again.bring_in()
    assert not any(r.gone_at for r in again.workplace.event_file.records())


def test_a_whole_import_is_undone(again: Wizard) -> None:
    before = again.people
    again.open_rows("Ada,Öst,ada@example.eu,Globex,Speaker", "Eve,Roux,eve@example.eu,,")
    again.bring_in()
    assert again.people != before
    done = again.screen.done
    again.qtbot.mouseClick(done.undo, Qt.MouseButton.LeftButton)
    again.qtbot.waitUntil(done.card.isVisible)
    assert "1 people vanish" in done.card.sentence.text()
    with again.qtbot.waitSignal(again.workplace.changed):
        again.qtbot.mouseClick(done.card.undo, Qt.MouseButton.LeftButton)
    again.qtbot.waitUntil(lambda: "undone" in done.title.text())
    assert again.people == before
    assert not done.undo.isVisible()


def test_an_earlier_import_is_undone_from_the_list_of_imports(again: Wizard) -> None:
    again.screen = ImportScreen(again.workplace)
    again.qtbot.addWidget(again.screen)
    again.screen.show()
    history = again.screen.file.history
    again.qtbot.waitUntil(history.isVisible)
    assert [history.model.index(0, column).data() for column in (1, 3)] == ["first.csv", "4"]
    again.qtbot.mouseClick(history.undo, Qt.MouseButton.LeftButton)
    again.qtbot.waitUntil(history.card.isVisible)
    with again.qtbot.waitSignal(again.workplace.changed):
        again.qtbot.mouseClick(history.card.undo, Qt.MouseButton.LeftButton)
    again.qtbot.waitUntil(lambda: not history.undo.isEnabled())
    assert "ada@example.eu" not in again.people
    assert all(one.is_undone for one in imports(again.workplace.event_file))


@pytest.mark.parametrize("step", [Step.UNDERSTOOD, Step.CHECK, Step.CHANGES])
def test_cancelling_at_any_step_writes_nothing(wizard: Wizard, step: Step) -> None:
    before = wizard.workplace.event_file.people_mark()
    wizard.open(LISTS / "hand-kept.xlsx")
    wizard.go_to(step)
    assert wizard.screen.step is step
    with wizard.qtbot.waitSignal(wizard.screen.finished):
        wizard.qtbot.mouseClick(wizard.screen.foot.cancel, Qt.MouseButton.LeftButton)
    assert wizard.workplace.event_file.people_mark() == before


def test_what_was_decided_is_not_lost_by_one_key_too_many(wizard: Wizard) -> None:
    left: list[int] = []
    wizard.open_rows(",,ada@example.eu,ACME,")
    wizard.screen.finished.connect(lambda: left.append(1))
    wizard.screen.decisions.correct(2, "Last name", "Öst")
    wizard.wait()
    wizard.press(Qt.Key.Key_Escape)
    assert not left
    assert "would be lost" in wizard.screen.foot.line.text()
    wizard.press(Qt.Key.Key_Escape)
    assert left


def test_a_file_that_was_replaced_meanwhile_is_not_imported(wizard: Wizard) -> None:
    wizard.open_rows("Ada,Öst,ada@example.eu,ACME,")
    (wizard.folder / "list.csv").write_text(f"{TITLES}\nBo,Quist,bo@example.eu,ACME,Speaker\n")
    wizard.go_to(Step.CHANGES)
    wizard.screen.foot.go.click()
    wizard.wait()
    assert "has changed since you looked" in wizard.screen.foot.line.text()
    assert not {"ada@example.eu", "bo@example.eu"} & set(wizard.people)


def test_the_badges_of_the_new_people_are_wanted(wizard: Wizard) -> None:
    wizard.open_rows("Ada,Öst,ada@example.eu,ACME,", "Bo,Quist,bo@example.eu,ACME,")
    wizard.bring_in()
    wanted: list[tuple[str, ...]] = []
    wizard.workplace.badges_wanted.connect(wanted.append)
    with wizard.qtbot.waitSignals([wizard.screen.finished, wizard.workplace.badges_wanted]):
        wizard.qtbot.mouseClick(wizard.screen.done.badges, Qt.MouseButton.LeftButton)
    (ids,) = wanted
    assert [wizard.workplace.event_file.record(one).attendee.last_name for one in ids] == [
        "Öst",
        "Quist",
    ]


def test_twenty_thousand_rows_come_home_packed_and_a_thousand_problems_stay_usable(
    wizard: Wizard,
) -> None:
    rows = [f"Name{n},Family{n},a{n}@example.org,ACME," for n in range(19_000)]
    rows += [f",,b{n}@example.org,ACME," for n in range(1000)]
    wizard.open_rows(*rows)
    wizard.go_to(Step.CHECK)
    check = wizard.screen.check
    assert check.model.rowCount() == 1000
    wizard.choose_line(20_001)
    assert check.row.title.text() == "Row 20001"
    check.which.choose(CheckKind.NOT_TAKEN + 1)
    assert check.model.rowCount() == 1000
    wizard.go_to(Step.CHANGES)
    new = wizard.screen.changes.new
    assert new.index(18_999, 0).data() == "19001"
    assert wizard.screen.changes.changed.rowCount() == 0


def test_the_models_keep_the_rules_of_qt(again: Wizard) -> None:
    again.open_rows("Ada,Öst,x,Globex,Speaker", ",,b@example.eu,,", "Eve,Roux,eve@example.eu,,")
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    changes, check = again.screen.changes, again.screen.check
    models = (changes.new, changes.changed, changes.gone, check.model, check.row.model)
    testers = [QAbstractItemModelTester(model, mode) for model in models]
    again.go_to(Step.CHECK)
    again.screen.decisions.correct(3, "Last name", "Quist")
    again.wait()
    again.go_to(Step.CHANGES)
    again.tick(changes.new, 0)
    assert len(testers) == 5
