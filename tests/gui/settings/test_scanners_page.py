"""One scan of the code on the page tells how a scanner is set, and sets the desk up for it."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent

from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.gui.appearance.look import set_up_look
from checkin_app.gui.opening import at_desk
from checkin_app.gui.settings.scanners.shown_test_code import ShownTestCode
from checkin_app.gui.settings.scanners.trial import Stage
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.gui.window.screens import DESK
from checkin_app.scanning.keyboard_layouts import garblings
from checkin_app.scanning.scanner_test import TEST_CODE
from checkin_app.scanning.serial_ports import SerialPort
from checkin_app.settings import Settings, Theme
from checkin_app.settings.device_settings import ScannerSettings, SerialScanner


class OpenPage:
    """The window with the page in front, and a keyboard scanner in its hand."""

    def __init__(self, window: MainWindow, qtbot) -> None:
        self.window = window
        self._qtbot = qtbot
        self._now_ms = 50_000
        window.workplace.settings_wanted.emit("scanners")
        self.page = window.screens.currentWidget().page
        window.devices.keyboard.start()

    @property
    def trial(self):
        return self.page.trial

    @property
    def settings(self) -> ScannerSettings:
        return self.window.settings.devices.scanners

    def scan(self, text=TEST_CODE, gap_ms=3, ending="\r"):
        """Types at a scanner's speed, and lets the second pass in which it may come again."""
        self.type(text, gap_ms, ending)
        self.trial.judge()

    def type(self, text=TEST_CODE, gap_ms=3, ending="\r", after_ms=5_000):
        self._now_ms += after_ms
        for character in text + ending:
            self._now_ms += gap_ms
            self._send(character)
        if not ending:
            self._qtbot.waitUntil(lambda: self.trial.stage is not Stage.WAITING)

    def _send(self, character):
        key = Qt.Key.Key_Return if character == "\r" else Qt.Key.Key_unknown
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character)
            event.setTimestamp(self._now_ms)
            QCoreApplication.sendEvent(self.window.windowHandle(), event)

    @property
    def sentences(self) -> str:
        return " ".join(line.text for line in self.page.trial_card.lines)


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


@pytest.fixture
def opened(qtbot, window):
    return OpenPage(window, qtbot)


def test_the_codes_on_the_page_can_be_read(qtbot):
    import zxingcpp

    view = ShownTestCode()
    qtbot.addWidget(view)
    view.resize(view.sizeHint())
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    grey = memoryview(image.constBits()).cast("B", (image.height(), image.bytesPerLine()))
    found = {barcode.format.name: barcode.text for barcode in zxingcpp.read_barcodes(grey)}
    assert found == {"QRCode": TEST_CODE, "Code128": TEST_CODE}


def test_a_scanner_that_needs_nothing_works_at_once(opened):
    assert opened.trial.stage is Stage.WAITING
    opened.type()
    assert opened.trial.stage is Stage.LISTENING
    opened.trial.judge()
    assert opened.trial.stage is Stage.WORKS
    assert opened.settings == ScannerSettings()
    assert "ends with Enter" in opened.sentences
    assert "same keyboard layout" in opened.sentences


def test_the_desk_sets_itself_up_and_a_second_scan_confirms(opened):
    opened.scan("*" + TEST_CODE + "%", gap_ms=50)
    assert opened.trial.stage is Stage.SET_UP
    assert opened.settings == ScannerSettings(prefix="*", suffix="%", is_slow=True)
    assert "puts “*” before" in opened.sentences
    assert "50 ms" in opened.sentences
    opened.scan("*" + TEST_CODE + "%", gap_ms=50)
    assert opened.trial.stage is Stage.WORKS


def test_one_button_takes_it_back(opened):
    opened.scan("*" + TEST_CODE)
    card = opened.page.trial_card
    assert card.undo.isVisible()
    card.undo.click()
    assert opened.settings == ScannerSettings()
    assert opened.trial.stage is Stage.WAITING
    assert not card.undo.isVisible()


def test_what_was_set_up_on_another_day_can_be_forgotten(opened):
    opened.scan("*" + TEST_CODE)
    opened.page.hide()
    opened.page.show()
    card = opened.page.trial_card
    assert "takes “*” off" in card.set_up.text()
    card.forget.click()
    assert opened.settings == ScannerSettings()


def test_the_keyboard_layout_of_the_computer_is_named_and_the_code_understood(opened):
    french = next(one for one in garblings() if one.name == "French (AZERTY)")
    opened.scan(french.garble(TEST_CODE))
    assert opened.trial.stage is Stage.WORKS
    assert "French (AZERTY)" in opened.sentences


def test_caps_lock_is_named(opened):
    opened.scan(TEST_CODE.swapcase())
    assert "Caps Lock is on" in opened.sentences


def test_a_code_sent_twice_is_noticed(opened):
    opened.type()
    opened.type(after_ms=200)
    opened.trial.judge()
    assert "sent twice" in opened.sentences


def test_a_scanner_without_ending_is_noticed(opened):
    opened.scan(ending="")
    assert opened.trial.stage is Stage.WORKS
    assert "Nothing ends the code" in opened.sentences


def test_a_scanner_as_slow_as_a_person_is_told_what_to_change(opened):
    opened.scan(gap_ms=120)
    assert opened.trial.stage is Stage.FAILED
    assert "120 ms" in opened.sentences


def test_a_ticket_checks_nobody_in_and_it_is_said(opened, sample_event_file):
    person = sample_event_file.records()[0].attendee
    opened.scan(person.code)
    assert opened.trial.stage is Stage.ANOTHER_CODE
    assert "nobody was checked in" in opened.page.trial_card.instruction.text()
    assert not sample_event_file.record(person.id).check_ins


def test_what_the_camera_reads_checks_nobody_in_either_and_it_is_said(opened):
    opened.window.devices.camera.scanned.emit(Scan("TICKET-1042", ScanSource.CAMERA))
    assert opened.trial.stage is Stage.ANOTHER_CODE


def test_behind_the_page_scans_check_in_again(qtbot, opened, sample_event_file):
    opened.window.show_screen(DESK)
    person = sample_event_file.records()[0].attendee
    opened.type(person.code)
    qtbot.waitUntil(lambda: bool(sample_event_file.record(person.id).check_ins))


def test_another_event_opened_over_the_page_takes_scans(opened, sample_event_file):
    opened.window.show_event(at_desk(sample_event_file, "Desk 1"))
    assert not opened.window.devices.is_trying_out


@pytest.mark.skipif(sys.platform != "linux", reason="pseudo-terminals stand in for ports on Linux")
class TestSerialScanners:
    @pytest.fixture
    def plug(self, tmp_path):
        from serial_plug import SerialPlug

        plug = SerialPlug(tmp_path / "ttyTEST0")
        plug.push_in()
        yield plug
        plug.pull()

    @pytest.fixture
    def card(self, qtbot, opened, plug):
        """With the scanner added as somebody would."""
        opened.window.devices.serial.start()
        card = opened.page.serial_card
        qtbot.waitUntil(card.look_again.isEnabled)
        port = SerialPort(str(plug.path), "0c2e:0b6a:", "Honeywell", "Xenon")
        opened.window.devices.serial.ports_listed.emit((port,))
        card.ports.setCurrentIndex(
            card.ports.findText("Honeywell Xenon", Qt.MatchFlag.MatchContains)
        )
        card.add.click()
        return card

    def test_one_is_added_and_removed(self, opened, card):
        (scanner,) = opened.settings.serial
        assert scanner.name == "Honeywell Xenon"
        assert card.ports.count() == 0
        (row,) = card.rows
        row.remove.click()
        assert opened.settings.serial == ()
        assert card.rows == []
        assert card.ports.count() == 1

    def test_it_is_tried_out_like_any_other(self, qtbot, opened, plug):
        opened.window.devices.serial.start()
        scanners = ScannerSettings(serial=(SerialScanner(str(plug.path)),))
        devices = replace(opened.window.settings.devices, scanners=scanners)
        opened.window.change_settings(devices=devices)
        opened.page.serial_card.show_scanners()
        (row,) = opened.page.serial_card.rows
        qtbot.waitUntil(lambda: "Connected" in row.words.text())
        plug.send(f"]Q1{TEST_CODE}\r\n".encode())
        qtbot.waitUntil(lambda: opened.trial.stage is not Stage.WAITING)
        opened.trial.judge()
        assert opened.trial.stage is Stage.SET_UP
        assert opened.settings.prefix == "]Q1"
