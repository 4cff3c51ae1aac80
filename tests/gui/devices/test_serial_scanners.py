"""Scanners at serial ports are heard, lost, found, and say in words how they are doing."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

from checkin_app.domain.scan import ScanSource
from checkin_app.gui.devices.desk_devices import DeskDevices
from checkin_app.gui.devices.device_report import DeviceHealth
from checkin_app.gui.devices.serial_scanners import SerialScanners
from checkin_app.gui.devices.serial_words import port_title, serial_report
from checkin_app.scanning.serial_ports import PortTrouble, SerialPort
from checkin_app.scanning.serial_reader import Connected, Disconnected
from checkin_app.settings import Settings
from checkin_app.settings.device_settings import DeviceSettings, ScannerSettings, SerialScanner

CODE = "7XK3M9QRT2VWZ5ABCDEF"


def settings_of(*scanners, **others):
    return Settings(devices=DeviceSettings(scanners=ScannerSettings(serial=scanners, **others)))


@pytest.fixture
def devices(qtbot, clock):
    devices = DeskDevices(Settings(), clock)
    yield devices
    devices.keyboard.stop()
    devices.serial.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="pseudo-terminals stand in for ports on Linux")
class TestAtPorts:
    @pytest.fixture
    def plugs(self, tmp_path):
        from serial_plug import SerialPlug

        plugs = [SerialPlug(tmp_path / f"ttyTEST{number}") for number in range(2)]
        for plug in plugs:
            plug.push_in()
        yield plugs
        for plug in plugs:
            plug.pull()

    @pytest.fixture
    def heard(self, devices):
        heard = []
        devices.scanned.connect(heard.append)
        return heard

    @pytest.fixture
    def connected(self, qtbot, devices, plugs):
        devices.take_settings(settings_of(*(SerialScanner(str(plug.path)) for plug in plugs)))
        devices.serial.start()
        self.wait_for(qtbot, devices, DeviceHealth.GOOD, DeviceHealth.GOOD)
        return plugs

    def healths(self, devices):
        return [report.health for report in devices.serial.reports()]

    def wait_for(self, qtbot, devices, *healths):
        qtbot.waitUntil(lambda: self.healths(devices) == list(healths))

    def test_a_code_becomes_a_scan(self, qtbot, devices, connected, heard):
        connected[0].send(CODE.encode() + b"\r\n")
        qtbot.waitUntil(lambda: len(heard) == 1)
        assert (heard[0].text, heard[0].source) == (CODE, ScanSource.SERIAL)
        (first, second) = devices.serial.reports()
        assert first.last_event_at is not None
        assert second.last_event_at is None

    def test_what_the_scanner_adds_is_taken_off(self, qtbot, devices, plugs, heard):
        scanner = SerialScanner(str(plugs[0].path))
        devices.take_settings(settings_of(scanner, prefix="*", suffix="/"))
        devices.serial.start()
        self.wait_for(qtbot, devices, DeviceHealth.GOOD)
        plugs[0].send(b"*1042-7/\r")
        qtbot.waitUntil(lambda: len(heard) == 1)
        assert heard[0].text == "1042-7"

    def test_a_code_sent_twice_at_one_trigger_is_one_scan_but_two_scanners_make_two(
        self, qtbot, devices, connected, heard
    ):
        connected[0].send(b"1042\r1042\r")
        connected[1].send(b"1042\r")
        connected[0].send(b"1043\r")
        qtbot.waitUntil(lambda: len(heard) == 3)
        assert sorted(scan.text for scan in heard) == ["1042", "1042", "1043"]

    def test_one_that_is_unplugged_says_so_and_comes_back_by_itself(
        self, qtbot, devices, connected, heard
    ):
        connected[0].pull()
        self.wait_for(qtbot, devices, DeviceHealth.TROUBLE, DeviceHealth.GOOD)
        assert "waits for it" in devices.serial.reports()[0].words
        connected[1].send(b"1042\r")
        connected[0].push_in()
        self.wait_for(qtbot, devices, DeviceHealth.GOOD, DeviceHealth.GOOD)
        connected[0].send(b"1043\r")
        qtbot.waitUntil(lambda: len(heard) == 2)

    def test_one_that_is_no_longer_chosen_is_let_go_and_the_other_is_not_disturbed(
        self, qtbot, devices, connected, heard
    ):
        devices.take_settings(settings_of(SerialScanner(str(connected[1].path))))
        connected[1].send(b"1042\r")
        qtbot.waitUntil(lambda: len(heard) == 1)
        assert self.healths(devices) == [DeviceHealth.GOOD]

    def test_a_test_opens_the_port_again(self, qtbot, devices, connected, heard):
        devices.test(devices.serial.reports()[0].key)
        assert devices.serial.reports()[0].health is DeviceHealth.BUSY
        self.wait_for(qtbot, devices, DeviceHealth.GOOD, DeviceHealth.GOOD)
        connected[0].send(b"1042\r")
        qtbot.waitUntil(lambda: len(heard) == 1)

    def test_a_keyboard_scanner_and_two_serial_ones_at_once_lose_nothing(
        self, qtbot, devices, connected, heard
    ):
        window = QPushButton("Print")
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        devices.keyboard.start()
        codes = {source: [f"{source}{n:04}-7XK3M" for n in range(40)] for source in "ABK"}
        at_ms = 50_000
        for number in range(40):
            connected[0].send(codes["A"][number].encode() + b"\r\n")
            for place, character in enumerate(codes["K"][number] + "\r"):
                if place == 5:
                    connected[1].send(codes["B"][number].encode() + b"\t")
                    QCoreApplication.processEvents()
                at_ms += 3
                press_key(window, character, at_ms)
        qtbot.waitUntil(lambda: len(heard) == 120)
        for source, sent in codes.items():
            assert [scan.text for scan in heard if scan.text.startswith(source)] == sent

    def test_while_scanners_are_tried_out_nobody_is_checked_in(
        self, qtbot, devices, connected, heard
    ):
        tried = []
        devices.tried_out.connect(tried.append)
        devices.try_out(True)
        connected[0].send(b"1042\r")
        qtbot.waitUntil(lambda: len(tried) == 1)
        devices.try_out(False)
        connected[1].send(b"1043\r")
        qtbot.waitUntil(lambda: len(heard) == 1)
        assert [scan.text for scan in heard] == ["1043"]


def test_the_ports_there_are_are_listed_without_waiting(qtbot, devices):
    with qtbot.waitSignal(devices.serial.ports_listed) as listed:
        devices.serial.list_ports()
    assert isinstance(listed.args[0], tuple)


def test_ports_that_are_listed_when_the_window_is_gone_are_told_to_nobody(
    qtbot, clock, monkeypatch
):
    gate = threading.Event()

    def slow_listing():
        gate.wait()
        return ()

    monkeypatch.setattr("checkin_app.scanning.serial_ports.list_ports", slow_listing)
    serial = SerialScanners(clock)
    told = []
    serial.ports_listed.connect(told.append)
    before = set(threading.enumerate())
    serial.list_ports()
    (listing,) = set(threading.enumerate()) - before
    shiboken6.delete(serial)
    gate.set()
    # An error in the thread would fail this test.
    listing.join()
    assert told == []


class TestWords:
    SCANNER = SerialScanner("/dev/ttyACM0", "0c2e:0b6a:1", name="Honeywell Xenon 1950")

    def words(self, trouble, scanner=SCANNER):
        report = serial_report(scanner, Disconnected(trouble, "/dev/ttyACM0", "gone"), None)
        assert report.health is DeviceHealth.TROUBLE
        return report.words, report.next_step

    def test_the_name_of_the_device_is_its_title(self):
        assert serial_report(self.SCANNER, None, None).title == "Honeywell Xenon 1950"
        assert serial_report(SerialScanner("COM3"), None, None).title == "Scanner at COM3"

    def test_a_missing_scanner_may_come_back_at_any_socket(self):
        words, step = self.words(PortTrouble.ABSENT)
        assert "waits" in words
        assert "any socket" in step

    def test_a_port_in_use_names_what_to_close(self):
        words, step = self.words(PortTrouble.TAKEN)
        assert words == "Another program uses ttyACM0."
        assert "Close that program" in step

    def test_a_port_that_may_not_be_read_comes_with_the_command(self):
        _, step = self.words(PortTrouble.FORBIDDEN, replace(self.SCANNER, port="/dev/none"))
        assert "sudo usermod -aG" in step
        assert "log out" in step

    def test_signs_that_are_no_text_hint_at_the_speed(self):
        report = serial_report(self.SCANNER, Connected("/dev/ttyACM0"), None, is_legible=False)
        assert "baud rate" in report.next_step

    def test_a_port_to_choose_tells_who_is_there_and_where(self):
        port = SerialPort("/dev/ttyACM0", "0c2e:0b6a:1", "Honeywell", "Honeywell Xenon 1950")
        assert port_title(port) == "Honeywell Xenon 1950 (ttyACM0)"
        assert port_title(SerialPort("COM3")) == "COM3"


def press_key(window, character, at_ms):
    key = Qt.Key.Key_Return if character == "\r" else Qt.Key(ord(character))
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character)
        event.setTimestamp(at_ms)
        QCoreApplication.sendEvent(window.windowHandle(), event)
