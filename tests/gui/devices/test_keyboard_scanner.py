"""A scanner is heard whatever has the focus; typing arrives where it was meant."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.gui.devices.keyboard_scanner import KeyboardScanner
from checkin_app.scanning.keystrokes import Ending, ScannerSpeed
from checkin_app.settings.device_settings import ScannerSettings

CODE = "7XK3M9QRT2VWZ5ABCDEF"
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class Desk(QWidget):
    """A window with the kinds of widgets that swallow keys."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.button, self.table = QLineEdit(), QPushButton("Print"), QTableWidget(3, 3)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        layout = QVBoxLayout(self)
        for widget in (self.field, self.button, self.table, self.password):
            layout.addWidget(widget)


class Heard(list):
    """The scans, in order."""

    def note(self, scan: Scan) -> None:
        self.append(scan)

    @property
    def texts(self) -> list[str]:
        return [scan.text for scan in self]


class Keys:
    """Sends key events to a window with the time stamps of a scanner or a person."""

    def __init__(self, window: QWidget) -> None:
        self.window = window.windowHandle()
        self.now_ms = 50_000

    def press(self, text, gap_ms, key=None, modifiers=NO_MODIFIER, is_repeat=False):
        self.now_ms += gap_ms
        key = key if key is not None else Qt.Key(ord(text.upper()))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifiers, text, is_repeat)
            event.setTimestamp(self.now_ms)
            QCoreApplication.sendEvent(self.window, event)

    def type(self, text, gap_ms):
        for character in text:
            self.press(character, gap_ms)

    def enter(self, gap_ms=3):
        self.press("\r", gap_ms, Qt.Key.Key_Return)

    def scan(self, code=CODE):
        self.now_ms += 1_000
        self.type(code, 3)
        self.enter()


@pytest.fixture
def desk(qtbot):
    window = Desk()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.field.setFocus()
    qtbot.waitUntil(window.field.hasFocus)
    return window


@pytest.fixture
def scanner():
    scanner = KeyboardScanner()
    scanner.start()
    yield scanner
    scanner.stop()


@pytest.fixture
def heard(scanner):
    heard = Heard()
    scanner.scanned.connect(heard.note)
    return heard


@pytest.fixture
def keys(desk, scanner):
    return Keys(desk)


@pytest.mark.parametrize("focus", ["field", "button", "table"])
def test_a_scan_is_heard_whatever_has_the_focus_and_reaches_no_widget(desk, keys, heard, focus):
    getattr(desk, focus).setFocus()
    clicks = []
    desk.button.clicked.connect(lambda: clicks.append(1))
    keys.scan("7XK3 M9QRT 2VWZ5 ABCDEF")
    assert heard == [Scan("7XK3 M9QRT 2VWZ5 ABCDEF", ScanSource.KEYBOARD, heard[0].repairs)]
    assert desk.field.text() == ""
    assert clicks == []
    assert desk.table.currentItem() is None


def test_a_password_is_never_a_scan_however_fast_it_is_typed(qtbot, desk, keys, heard):
    desk.password.setFocus()
    keys.scan()
    qtbot.waitUntil(lambda: desk.password.text() == CODE)
    assert heard == []


def test_a_scanner_without_ending_is_heard(qtbot, desk, keys, heard):
    keys.type(CODE, 3)
    qtbot.waitUntil(lambda: heard.texts == [CODE])
    assert desk.field.text() == ""


def test_the_ending_and_the_speed_are_told(keys, scanner, qtbot):
    with qtbot.waitSignal(scanner.reading_measured) as told:
        keys.scan()
    assert told.args[0].ending is Ending.ENTER
    assert told.args[0].slowest_gap_ms == 3


def test_typing_arrives_in_order_once_each(qtbot, desk, keys, heard):
    keys.type("nogel kincso", 90)
    qtbot.waitUntil(lambda: desk.field.text() == "nogel kincso")
    assert heard == []


def test_rolled_keys_arrive_in_order(qtbot, desk, keys):
    keys.type("the", 7)
    keys.type("re", 100)
    qtbot.waitUntil(lambda: desk.field.text() == "there")


def test_a_rolled_key_and_enter_arrive_in_order(desk, keys):
    entered = []
    desk.field.returnPressed.connect(lambda: entered.append(desk.field.text()))
    keys.type("ok", 20)
    keys.enter(20)
    assert entered == ["ok"]


def test_enter_of_a_person_passes_at_once(desk, keys):
    entered = []
    desk.field.returnPressed.connect(lambda: entered.append(1))
    keys.enter(500)
    assert entered == [1]


def test_space_still_presses_a_button_once(qtbot, desk, keys):
    desk.button.setFocus()
    clicks = []
    desk.button.clicked.connect(lambda: clicks.append(1))
    keys.press(" ", 500, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: clicks == [1])
    assert not desk.button.isDown()


def test_a_key_held_down_keeps_writing(qtbot, desk, keys, heard):
    keys.press("x", 500)
    for _ in range(9):
        keys.press("x", 30, is_repeat=True)
    assert desk.field.text() == "x" * 10
    assert heard == []


def test_typing_before_a_scan_stays_in_the_field(desk, keys, heard):
    keys.type("mar", 100)
    keys.scan()
    assert desk.field.text() == "mar"
    assert heard.texts == [CODE]


def test_a_key_typed_the_moment_before_leaves_the_code_among_the_readings(keys, heard):
    keys.type("a", 900)
    keys.press(CODE[0], 25)
    keys.type(CODE[1:], 3)
    keys.enter()
    (scan,) = heard
    assert scan.text == "a" + CODE
    assert CODE in [repair.text for repair in scan.repairs]


def test_a_garbled_code_brings_its_repair(keys, heard):
    keys.scan("&é\"'(§è!çàQZERTYUIOP")
    assert "1234567890AWERTYUIOP" in [repair.text for repair in heard[0].repairs]


def test_shift_between_the_characters_of_a_scan_changes_nothing(keys, heard):
    keys.now_ms += 1_000
    for character in CODE:
        keys.press("", 2, Qt.Key.Key_Shift)
        keys.press(character, 2, modifiers=Qt.KeyboardModifier.ShiftModifier)
    keys.enter()
    assert heard.texts == [CODE]


def test_a_gs1_separator_stays_in_the_scan(keys, heard):
    keys.now_ms += 1_000
    keys.type("01040510", 3)
    keys.press("\x1d", 3, Qt.Key.Key_BracketRight, modifiers=Qt.KeyboardModifier.ControlModifier)
    keys.type("21", 3)
    keys.press("\n", 3, Qt.Key.Key_J, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert heard.texts == ["01040510\x1d21"]


def test_the_line_feed_key_ends_a_scan(keys, heard):
    keys.type(CODE, 3)
    keys.press("\n", 3, Qt.Key.Key_unknown)
    assert heard.texts == [CODE]


def test_shift_and_tab_still_step_back(desk, keys):
    desk.button.setFocus()
    keys.press("\t", 500, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert desk.field.hasFocus()


def test_an_endless_code_is_cut_and_nothing_leaks(desk, keys, heard):
    keys.scan("A" * 10_000)
    assert heard.texts == ["A" * 1_000]
    assert desk.field.text() == ""


def test_a_scan_is_heard_in_a_dialog(qtbot, desk, heard):
    dialog = QDialog(desk)
    field, default = QLineEdit(dialog), QPushButton("OK", dialog)
    default.setDefault(True)
    default.clicked.connect(dialog.accept)
    with qtbot.waitExposed(dialog):
        dialog.open()
    field.setFocus()
    Keys(dialog).scan()
    assert heard.texts == [CODE]
    assert field.text() == ""
    assert dialog.isVisible()


def test_a_scan_is_heard_while_a_menu_is_open(qtbot, desk, keys, heard):
    chosen = []
    menu = QMenu(desk)
    menu.addAction("&7 days").triggered.connect(lambda: chosen.append(1))
    with qtbot.waitExposed(menu):
        menu.popup(desk.pos())
    keys.scan()
    assert heard.texts == [CODE]
    assert chosen == []
    assert menu.isVisible()
    menu.close()


def test_a_key_that_opens_a_dialog_does_not_lose_the_keys_behind_it(qtbot, desk, keys, heard):
    """The dialog's own event loop starts while the first key is being delivered."""
    typed_ahead = []

    def open_dialog() -> None:
        dialog = QDialog(desk)
        field = QLineEdit(dialog)
        field.setFocus()
        field.textChanged.connect(
            lambda text: (typed_ahead.append(text), dialog.accept() if text == "bc" else None)
        )
        QTimer.singleShot(60_000, dialog, dialog.reject)  # were the keys lost, it would stay open
        dialog.exec()

    desk.field.textChanged.connect(lambda text: open_dialog() if text == "a" else None)
    keys.type("abc", 10)
    qtbot.waitUntil(lambda: typed_ahead[-1:] == ["bc"])
    assert desk.field.text() == "a"


class TestProgramsThatTypeAsFastAsScanners:
    def test_a_text_expander_writes_into_the_field(self, qtbot, desk, keys, heard):
        keys.type("With kind regards", 2)
        qtbot.waitUntil(lambda: desk.field.text() == "With kind regards")
        assert heard == []

    def test_it_does_so_in_a_modal_dialog(self, qtbot, desk, heard):
        dialog = QDialog(desk)
        field = QLineEdit(dialog)
        dialog.setModal(True)
        with qtbot.waitExposed(dialog):
            dialog.show()
        field.setFocus()
        Keys(dialog).type("badges of the assembly", 2)
        qtbot.waitUntil(lambda: field.text() == "badges of the assembly")
        assert heard == []

    @pytest.mark.parametrize("gap_ms", [40, 50, 60])
    def test_even_keys_of_a_remote_desktop_are_typing_at_a_desk_with_a_slow_scanner(
        self, qtbot, desk, scanner, keys, heard, gap_ms
    ):
        entered = []
        desk.field.returnPressed.connect(lambda: entered.append(desk.field.text()))
        scanner.take_settings(ScannerSettings(is_slow=True))
        keys.type("final report", gap_ms)
        keys.enter(gap_ms)
        qtbot.waitUntil(lambda: entered == ["final report"])
        assert heard == []

    def test_what_follows_it_comes_after_it(self, qtbot, desk, keys):
        desk.field.setMaxLength(40)
        keys.type("With kind regards", 2)
        keys.type("x", 500)
        qtbot.waitUntil(lambda: desk.field.text() == "With kind regardsx")

    def test_where_no_text_is_wanted_it_is_a_scan(self, qtbot, desk, keys, heard):
        desk.button.setFocus()
        keys.type("ABC DEF GHI", 2)
        qtbot.waitUntil(lambda: heard.texts == ["ABC DEF GHI"])


class TestSettings:
    def test_a_slow_scanner_is_heard_once_it_is_set_up(self, desk, scanner, keys, heard):
        desk.button.setFocus()
        keys.type(CODE, 55)
        keys.enter(55)
        assert heard == []
        scanner.take_settings(ScannerSettings(is_slow=True))
        keys.now_ms += 1_000
        keys.type(CODE, 55)
        keys.enter(55)
        assert heard.texts == [CODE]

    def test_what_the_scanner_adds_is_taken_off(self, scanner, keys, heard):
        scanner.take_settings(ScannerSettings(prefix="*", suffix="/"))
        keys.scan(f"*{CODE}/")
        assert heard.texts == [CODE]

    def test_a_patient_desk_measures_the_slowest_scanner(self, desk, scanner, keys, heard):
        desk.button.setFocus()
        scanner.be_patient(True)
        keys.type(CODE, 120)
        keys.enter(120)
        assert heard.texts == [CODE]
        scanner.be_patient(False)
        keys.now_ms += 1_000
        keys.type(CODE, 120)
        assert heard.texts == [CODE]


class TestOneTrigger:
    def test_a_code_sent_twice_is_one_scan(self, scanner, keys, heard):
        measured = []
        scanner.reading_measured.connect(lambda reading: measured.append(reading.text))
        keys.scan()
        keys.now_ms += 300
        keys.type(CODE, 3)
        keys.enter()
        assert heard.texts == [CODE]
        assert measured == [CODE, CODE]

    def test_a_code_scanned_again_on_purpose_is_two(self, keys, heard):
        keys.scan()
        keys.scan()
        assert heard.texts == [CODE, CODE]


def test_dead_keys_combined_inside_a_scan_join_it(desk, keys, heard):
    keys.now_ms += 1_000
    keys.type(CODE[:10], 3)
    composed = QInputMethodEvent()
    composed.setCommitString("ê")
    QCoreApplication.sendEvent(desk.field, composed)
    keys.type(CODE[10:], 3)
    keys.enter()
    assert heard.texts == [CODE[:10] + "ê" + CODE[10:]]
    assert desk.field.text() == ""


def test_composed_text_comes_after_what_was_typed_before_it(desk, keys):
    keys.press("a", 500)
    composed = QInputMethodEvent()
    composed.setCommitString("ê")
    QCoreApplication.sendEvent(desk.field, composed)
    assert desk.field.text() == "aê"


def test_after_stopping_keys_are_left_alone(desk, scanner, keys, heard):
    keys.press("a", 500)
    scanner.stop()
    assert desk.field.text() == "a"
    keys.scan()
    assert heard == []
    assert desk.field.text() == "a" + CODE


class TestThroughTheWindowSystem:
    """Keys as the platform delivers them: shortcuts are looked up before any press."""

    PATIENT = ScannerSpeed(hold_ms=60_000, pause_ms=60_000)
    STRICT = ScannerSpeed(hold_ms=1, pause_ms=1, shortest=1_000, shortest_with_ending=1_000)

    @pytest.fixture
    def start(self):
        started = []

        def start(speed: ScannerSpeed) -> tuple[KeyboardScanner, Heard]:
            scanner, heard = KeyboardScanner(speed), Heard()
            scanner.scanned.connect(heard.note)
            scanner.start()
            started.append(scanner)
            return scanner, heard

        yield start
        for scanner in started:
            scanner.stop()

    @pytest.fixture
    def shortcuts(self, desk):
        activated = []
        for sequence in ("7", "Ctrl+N", "Return"):
            QShortcut(QKeySequence(sequence), desk).activated.connect(
                lambda sequence=sequence: activated.append(sequence)
            )
        return activated

    def test_the_letters_of_a_scan_start_no_shortcut(self, desk, start, shortcuts):
        _, heard = start(self.PATIENT)
        desk.button.setFocus()
        for character in CODE:
            QTest.keyClick(desk.windowHandle(), character)
        QTest.keyClick(desk.windowHandle(), Qt.Key.Key_Return)
        assert heard.texts == [CODE]
        assert shortcuts == []

    def test_the_same_letter_typed_still_does(self, qtbot, desk, start, shortcuts):
        start(self.STRICT)
        desk.button.setFocus()
        QTest.keyClick(desk.windowHandle(), "7")
        qtbot.waitUntil(lambda: shortcuts == ["7"])

    def test_shortcuts_with_ctrl_work_at_once(self, desk, start, shortcuts):
        start(self.PATIENT)
        QTest.keyClick(desk.windowHandle(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        assert shortcuts == ["Ctrl+N"]

    def test_typing_arrives(self, qtbot, desk, start):
        start(self.STRICT)
        for character in "Marti":
            QTest.keyClick(desk.windowHandle(), character)
        qtbot.waitUntil(lambda: desk.field.text().lower() == "marti")
