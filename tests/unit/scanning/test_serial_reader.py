"""A serial scanner is read, lost and found again; pseudo-terminals stand in for its port."""

from __future__ import annotations

import errno
import os
import queue
import sys
import threading
from pathlib import Path

import pytest

from checkin_app.scanning.serial_ports import PortTrouble, SerialPort, find_ports, trouble_of
from checkin_app.scanning.serial_reader import Connected, Disconnected, Read, read_scanner
from checkin_app.settings.device_settings import SerialScanner

CODE = "7XK3M9QRT2VWZ5ABCDEF"
PATIENCE_S = 60


@pytest.mark.skipif(sys.platform != "linux", reason="pseudo-terminals stand in for ports on Linux")
class TestReading:
    @pytest.fixture
    def plug(self, tmp_path):
        from serial_plug import SerialPlug

        plug = SerialPlug(tmp_path / "scanner")
        yield plug
        plug.pull()

    @pytest.fixture
    def start(self):
        readers = []

        def start(port: Path | str) -> queue.SimpleQueue:
            news, stop = queue.SimpleQueue(), threading.Event()
            scanner = SerialScanner(str(port))
            thread = threading.Thread(target=read_scanner, args=(scanner, news.put, stop, 0.05))
            readers.append((thread, stop))
            thread.start()
            return news

        yield start
        for thread, stop in readers:
            stop.set()
            thread.join()

    def test_codes_arrive_in_their_order(self, plug, start):
        plug.push_in()
        news = start(plug.path)
        assert news.get(timeout=PATIENCE_S) == Connected(str(plug.path))
        plug.send(b"1042\r\n7XK3-M9QRT\r\n")
        plug.send(b"]Q1" + CODE.encode())
        texts = [news.get(timeout=PATIENCE_S).reading.text for _ in range(3)]
        assert texts == ["1042", "7XK3-M9QRT", "]Q1" + CODE]

    def test_a_scanner_that_is_unplugged_is_found_again(self, plug, start):
        plug.push_in()
        news = start(plug.path)
        assert isinstance(news.get(timeout=PATIENCE_S), Connected)
        plug.send(CODE[:7].encode())
        plug.pull()
        lost = news.get(timeout=PATIENCE_S)
        if isinstance(lost, Read):  # the machine stalled, and the half code was a short one
            lost = news.get(timeout=PATIENCE_S)
        assert isinstance(lost, Disconnected)
        assert lost.trouble is PortTrouble.ABSENT
        plug.push_in()
        told = [news.get(timeout=PATIENCE_S)]
        while not isinstance(told[-1], Connected):
            told.append(news.get(timeout=PATIENCE_S))
        plug.send(CODE.encode() + b"\r")
        read = news.get(timeout=PATIENCE_S)
        assert isinstance(read, Read)
        assert read.reading.text == CODE

    def test_a_scanner_that_goes_away_while_its_port_is_opened_is_found_again(
        self, plug, start, monkeypatch
    ):
        import termios

        import serial

        flush, failures = serial.Serial._reset_input_buffer, [termios.error(errno.EIO, "I/O error")]

        def go_away_once(port: serial.Serial) -> None:
            if failures:
                raise failures.pop()
            flush(port)

        monkeypatch.setattr(serial.Serial, "_reset_input_buffer", go_away_once)
        plug.push_in()
        news = start(plug.path)
        assert isinstance(news.get(timeout=PATIENCE_S), Disconnected)
        assert news.get(timeout=PATIENCE_S) == Connected(str(plug.path))

    def test_a_port_that_is_not_there_is_told_once_and_waited_for(self, plug, start):
        news = start(plug.path)
        absent = news.get(timeout=PATIENCE_S)
        assert absent.trouble is PortTrouble.ABSENT
        plug.push_in()
        assert news.get(timeout=PATIENCE_S) == Connected(str(plug.path))

    def test_a_port_that_another_program_has_is_taken_until_it_is_free(self, plug, start):
        import fcntl

        plug.push_in()
        other = os.open(plug.path, os.O_RDWR | os.O_NOCTTY)
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        news = start(plug.path)
        assert news.get(timeout=PATIENCE_S).trouble is PortTrouble.TAKEN
        os.close(other)
        assert news.get(timeout=PATIENCE_S) == Connected(str(plug.path))

    def test_what_is_no_serial_port_says_so(self, tmp_path, start):
        paper = tmp_path / "paper"
        paper.write_text("")
        assert start(paper).get(timeout=PATIENCE_S).trouble is PortTrouble.BROKEN


class TestFinding:
    FIRST = SerialPort("/dev/ttyACM0", "0c2e:0b6a:1", "Honeywell", "Xenon")
    SECOND = SerialPort("/dev/ttyACM1", "0c2e:0b6a:2", "Honeywell", "Xenon")

    def test_a_scanner_in_another_socket_is_known_by_its_number(self):
        wanted = SerialScanner("/dev/ttyACM0", "0c2e:0b6a:2")
        assert find_ports(wanted, (self.FIRST, self.SECOND)) == ("/dev/ttyACM1",)

    def test_another_scanner_does_not_stand_in_for_it(self):
        assert find_ports(SerialScanner("/dev/ttyACM0", "0c2e:0b6a:3"), (self.FIRST,)) == ()

    def test_of_two_without_numbers_each_keeps_its_port_if_it_can(self):
        first, second = (f"/dev/ttyACM{number}" for number in (0, 1))
        twins = [SerialPort(device, "0c2e:0b6a:") for device in (first, second)]
        assert find_ports(SerialScanner(first, "0c2e:0b6a:"), twins) == (first, second)
        assert find_ports(SerialScanner(second, "0c2e:0b6a:"), twins) == (second, first)

    def test_a_port_without_usb_is_the_one_of_that_name(self):
        assert find_ports(SerialScanner("COM1"), ()) == ("COM1",)


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (FileNotFoundError(2, "No such file or directory"), PortTrouble.ABSENT),
        (OSError(16, "Device or resource busy"), PortTrouble.TAKEN),
        (OSError("could not open port 'COM3': FileNotFoundError(2, '…')"), PortTrouble.ABSENT),
        (OSError("Could not configure port: (5, 'Input/output error')"), PortTrouble.BROKEN),
    ],
)
def test_the_systems_reasons_are_told_apart(error, trouble):
    assert trouble_of("COM3", error) is trouble


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_a_port_that_this_user_may_not_open_is_told_from_one_that_the_system_refuses(tmp_path):
    port = tmp_path / "ttyACM0"
    port.touch()
    error = PermissionError(13, "Permission denied")
    assert trouble_of(str(port), error) is PortTrouble.BROKEN
    assert trouble_of(str(tmp_path / "none"), error) is PortTrouble.FORBIDDEN
