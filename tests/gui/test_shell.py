"""The window around the screens: colours, messages, faults, opening and importing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from checkin_app.bootstrap import say_that_it_is_the_sample
from checkin_app.domain.scan import Scan
from checkin_app.errors import CheckinError
from checkin_app.fault_log import describe_fault
from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.look import apply_theme, set_up_look
from checkin_app.gui.appearance.theme import DARK, LIGHT, colours_of
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.lists.steps_line import Step
from checkin_app.gui.opening import at_desk, open_for_desk, open_sample
from checkin_app.gui.plain_text import label, shown, tool_tip
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.gui.window.screens import DESK, IMPORT
from checkin_app.resource_files import resource_path
from checkin_app.settings import Settings, Theme


@pytest.fixture
def window(qtbot, qapp, sample_event_file, tmp_path):
    set_up_look(qapp, Theme.LIGHT)
    window = MainWindow(Settings(sounds_on=False), tmp_path / "log")
    qtbot.addWidget(window)
    window.show_event(at_desk(sample_event_file, "Desk 1"))
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.close()


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2.2."""

    def luminance(colour: QColor) -> float:
        parts = [colour.redF(), colour.greenF(), colour.blueF()]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_all_text_stands_out_from_its_ground(colours):
    for ground in (colours.ground, colours.surface, colours.raised, colours.chosen):
        assert contrast(colours.text, ground) >= 4.5
    for ground in (colours.ground, colours.surface, colours.raised):
        assert contrast(colours.muted, ground) >= 4.5
        assert contrast(colours.accent, ground) >= 4.5
    for ground in (colours.surface, colours.raised):
        assert contrast(colours.faded, ground) >= 3
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.text, colours.match) >= 4.5
    for tone in (
        colours.inside,
        colours.attention,
        colours.refused,
        colours.idle,
        colours.warning,
    ):
        assert contrast(tone.ink, tone.fill) >= 4.5


def test_the_theme_changes_while_the_window_is_open(qtbot, window):
    with qtbot.waitSignal(window.settings_changed) as told:
        window.choose_theme(Theme.DARK)
    assert told.args[0].theme is Theme.DARK
    assert colours_of(QApplication.palette()) is DARK
    assert window.palette().color(QPalette.ColorRole.Window) == DARK.ground
    apply_theme(QApplication.instance(), Theme.LIGHT)
    assert colours_of(QApplication.palette()) is LIGHT


def test_every_icon_is_drawn(qapp):
    for path in resource_path("icons").glob("*.svg"):
        image = icon(path.stem).pixmap(32, 32).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(32) for y in range(32)), path.name


def test_a_mistake_of_the_program_shows_a_calm_line_and_the_desk_goes_on(qtbot, window, tmp_path):
    def fail():
        raise ValueError("Anna Nowak")

    window.tasks.run(Lane.WORK, fail)
    qtbot.waitUntil(lambda: "went wrong" in window.messages.text)
    log = (tmp_path / "log" / "faults.log").read_text()
    assert "builtins.ValueError" in log
    assert "test_shell.py" in log
    assert "Nowak" not in log
    window.messages.copy.click()
    assert "ValueError" in QGuiApplication.clipboard().text()
    assert window.isVisible()


def test_an_error_of_a_slot_is_caught_as_well(qtbot, window):
    sys.excepthook(KeyError, KeyError("x"), None)
    qtbot.waitUntil(lambda: "went wrong" in window.messages.text)


def test_an_error_meant_for_people_is_shown_in_its_own_words(window):
    window.faults.show_error(CheckinError("The disk is full. Free some space."))
    assert window.messages.text == "The disk is full. Free some space."


def test_the_description_of_a_fault_names_causes_but_no_values():
    try:
        try:
            raise KeyError("Nowak")
        except KeyError as cause:
            raise CheckinError("Nowak is not there") from cause
    except CheckinError as error:
        text = describe_fault(error)
    assert "CheckinError" in text
    assert "KeyError" in text
    assert "Nowak" not in text


def test_an_event_file_dropped_on_the_window_is_opened(qtbot, window, empty_path):
    drop(window, empty_path)
    qtbot.waitUntil(lambda: "Assembly" in window.windowTitle())
    assert window.settings.last_event == empty_path


def test_a_foreign_file_is_refused_and_the_event_stays_open(qtbot, window, tmp_path):
    title = window.windowTitle()
    foreign = tmp_path / "notes.checkin"
    foreign.write_bytes(b"not an event at all" * 100)
    drop(window, foreign)
    qtbot.waitUntil(lambda: "notes.checkin" in window.messages.text)
    assert window.windowTitle() == title


def test_an_event_opened_by_a_name_from_another_folder_is_found_again(
    window, empty_path, monkeypatch
):
    monkeypatch.chdir(empty_path.parent)
    window.show_event(open_for_desk(Path(empty_path.name), "Desk 1"))
    assert window.settings.last_event == empty_path
    monkeypatch.undo()
    window.show_event(open_for_desk(empty_path, "Desk 1"))


def test_a_last_event_that_is_gone_is_named_and_not_forgotten(qtbot, window, empty_path):
    last = Settings(sounds_on=False, last_event=empty_path)
    say_that_it_is_the_sample(window, last, CheckinError("There is no such file."))
    assert window.messages.text == "There is no such file. What you see is the sample event."
    assert window.settings.last_event == empty_path
    window.messages.act.click()
    qtbot.waitUntil(lambda: "Assembly" in window.windowTitle())


def test_a_list_is_imported_with_enter_alone(qtbot, window, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("First name,Last name\nZuzanna,Nowak\n", encoding="utf-8")
    window.activateWindow()
    window.imports.show_path(path)
    screen = window.screens.passing
    go = screen.foot.go
    qtbot.waitUntil(lambda: go.isEnabled() and go.hasFocus())
    QTest.keyClick(go, Qt.Key.Key_Return)
    assert go.text() == "Import 1"
    QTest.keyClick(go, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "1 new" in screen.done.title.text())
    qtbot.waitUntil(lambda: go.isEnabled() and go.hasFocus())
    QTest.keyClick(go, Qt.Key.Key_Return)
    assert window.screens.passing is None


def test_the_imports_there_were_are_shown_from_the_menu(qtbot, window, tmp_path):
    window.imports.show_imports()
    screen = window.screens.passing
    assert screen.step is Step.FILE
    assert screen.file.ask.isVisible()
    path = tmp_path / "list.csv"
    path.write_text("First name,Last name\nZuzanna,Nowak\n", encoding="utf-8")
    window.imports.show_path(path)
    qtbot.waitUntil(window.screens.passing.foot.bar.isHidden)
    window.imports.show_imports()
    assert window.screens.passing.step is Step.FILE
    assert window.screens.passing.foot.go.isVisible()


def test_the_desk_goes_on_scanning_while_a_list_is_looked_at(qtbot, window, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("First name,Last name\nZuzanna,Nowak\n", encoding="utf-8")
    window.imports.show_path(path)
    screen = window.screens.passing
    qtbot.waitUntil(screen.foot.bar.isHidden)
    screen.foot.go.click()
    window.devices.scanned.emit(Scan("no ticket of ours"))
    assert window.screens.front_number == DESK
    assert not screen.isVisible()
    window.show_screen(IMPORT)
    assert screen.isVisible()
    assert screen.step is Step.CHANGES


def test_screens_are_made_when_first_shown(window):
    assert list(window.screens.made) == [0]


def test_the_sample_is_made_once_and_then_opened_again(tmp_path):
    first = open_sample(tmp_path / "data", "Desk 1")
    person = first.event_file.records()[0].attendee
    first.desk.check_in(person.id)
    first.event_file.close()
    again = open_sample(tmp_path / "data", "Desk 1")
    assert again.event_file.record(person.id).check_ins
    again.event_file.close()


def test_a_file_that_fails_while_it_is_opened_is_closed(tmp_path):
    with pytest.raises(CheckinError):
        open_for_desk(tmp_path / "nowhere.checkin", "Desk 1")


class TestPlainText:
    def test_control_and_direction_characters_become_visible(self):
        assert shown("a\x00b\u202ec\nd\t e\x7f") == "a␀b\ufffdc d  e␡"

    def test_what_an_alphabet_needs_stays(self):
        for text in ("Παπαδόπουλος", "Kíncső", "می‌خواهم", "👩‍💻"):
            assert shown(text) == text

    def test_a_tool_tip_is_never_markup(self):
        assert tool_tip("<b>&</b>") == "<p>&lt;b&gt;&amp;&lt;/b&gt;</p>"

    def test_an_ampersand_marks_no_key(self):
        assert label("Smith & Söhne") == "Smith && Söhne"


def drop(window: MainWindow, path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
