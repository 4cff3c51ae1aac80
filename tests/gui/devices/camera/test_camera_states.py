"""What is in the way of the camera is said in words, and goes away without a restart."""

from __future__ import annotations

import pytest
from PySide6.QtMultimedia import QCamera, QCameraDevice, QMediaDevices, QVideoSink

from checkin_app.gui.devices.camera import camera_feed
from checkin_app.gui.devices.camera.camera_source import CameraSource
from checkin_app.gui.devices.camera.camera_state import CameraState, next_step, state_words
from checkin_app.gui.devices.camera.desk_camera import KEY, DeskCamera
from checkin_app.gui.devices.device_report import DeviceHealth
from checkin_app.settings.device_settings import CameraSettings
from tests.degraded_pictures import Pose, posed, room
from tests.scripted_source import ScriptedSource
from tests.ticket_pictures import CODE, ticket

VGA = (640, 480)
ON = CameraSettings(is_on=True)

without_camera = pytest.mark.skipif(
    bool(QMediaDevices.videoInputs()), reason="This computer has a camera."
)


class CameraOnDesk:
    """A camera and the source that its parts were made with."""

    def __init__(self) -> None:
        self.camera = DeskCamera()
        self.camera.feed_from(self._make)
        self.source: ScriptedSource | None = None

    def _make(self, sink, parent):
        self.source = ScriptedSource(sink, parent)
        return self.source

    @property
    def report(self):
        (report,) = self.camera.reports()
        return report


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(camera_feed, "PATIENCE_MS", 60)
    monkeypatch.setattr(camera_feed, "LOOK_EVERY_MS", 15)


@pytest.fixture
def desk(qtbot):
    desk = CameraOnDesk()
    desk.camera.take_settings(ON)
    desk.camera.start()
    yield desk
    desk.camera.stop()


def test_a_camera_that_is_not_wanted_is_left_alone(qtbot):
    desk = CameraOnDesk()
    desk.camera.start()
    assert desk.source is None
    assert desk.camera.state is CameraState.OFF
    assert desk.report.health is DeviceHealth.OFF


def test_it_is_let_go_when_it_is_switched_off_and_with_the_window(desk):
    first = desk.source
    desk.camera.take_settings(CameraSettings())
    assert not first.is_running
    assert desk.camera.state is CameraState.OFF
    desk.camera.take_settings(ON)
    assert desk.source.is_running
    desk.camera.stop()
    assert not desk.source.is_running


def test_it_starts_and_runs_with_the_first_picture(desk):
    assert desk.camera.state is CameraState.STARTING
    desk.source.deliver(room(VGA))
    assert desk.camera.state is CameraState.RUNNING
    assert desk.report.health is DeviceHealth.GOOD
    assert desk.report.title == "Camera of the test"


@pytest.mark.parametrize(
    "trouble",
    [CameraState.NO_CAMERA, CameraState.UNPLUGGED, CameraState.TAKEN, CameraState.DENIED],
)
def test_each_trouble_is_said_with_what_to_do_and_ends_by_itself(desk, trouble):
    desk.source.deliver(room(VGA))
    desk.source.become(trouble)
    assert desk.camera.state is trouble
    assert desk.report.health is DeviceHealth.TROUBLE
    assert (desk.report.words, desk.report.next_step) == (state_words(trouble), next_step(trouble))
    assert desk.report.next_step
    desk.source.become(CameraState.STARTING)
    desk.source.deliver(room(VGA))
    assert desk.camera.state is CameraState.RUNNING


def test_a_camera_that_falls_silent_is_started_again(qtbot, monkeypatch, impatient, desk):
    desk.source.deliver(room(VGA))
    qtbot.waitUntil(lambda: desk.camera.state is CameraState.STALLED)
    qtbot.waitUntil(lambda: len(desk.source.starts) >= 2)
    monkeypatch.setattr(camera_feed, "PATIENCE_MS", 60_000)  # the picture is no longer too old
    desk.source.deliver(room(VGA))
    assert desk.camera.state is CameraState.RUNNING


def test_a_camera_that_never_sends_a_picture_is_said_to_be_silent(qtbot, impatient):
    desk = CameraOnDesk()
    desk.camera.take_settings(ON)
    desk.camera.start()
    qtbot.waitUntil(lambda: desk.camera.state is CameraState.STALLED)
    desk.camera.stop()


def test_another_camera_or_size_starts_it_anew_and_nothing_else_does(desk):
    desk.camera.take_settings(CameraSettings(is_on=True, is_mirrored=False))
    assert len(desk.source.starts) == 1
    desk.camera.take_settings(CameraSettings(is_on=True, is_mirrored=False, width_px=1920))
    assert [each.width_px for each in desk.source.starts] == [0, 1920]


def test_the_names_a_camera_is_found_by_are_remembered(qtbot, desk):
    found = CameraSettings(is_on=True, device="/dev/video2", name="Logitech C920")
    with qtbot.waitSignal(desk.camera.settings_changed) as told:
        desk.source.chosen.emit(found)
    assert told.args == [found]
    desk.camera.take_settings(found)
    assert len(desk.source.starts) == 1


def test_a_system_without_the_libraries_says_so(qtbot, monkeypatch):
    monkeypatch.setitem(
        __import__("sys").modules, "checkin_app.gui.devices.camera.camera_feed", None
    )
    camera = DeskCamera()
    camera.take_settings(ON)
    camera.start()
    assert camera.state is CameraState.NO_LIBRARY


class TestTheTestButton:
    def test_reads_one_code_and_checks_nobody_in(self, qtbot, desk):
        desk.source.deliver(room(VGA))
        scanned = []
        desk.camera.scanned.connect(scanned.append)
        desk.camera.test(KEY)
        assert "only read" in desk.report.words
        with qtbot.waitSignal(desk.camera.tried) as tried:
            desk.source.deliver(posed(ticket(), Pose(5), room(VGA)))
        assert tried.args[0].text == CODE
        assert scanned == []
        assert desk.report.last_event == "Read in the test"
        assert desk.report.last_event_at is not None

    def test_runs_a_camera_that_is_off_for_as_long_as_it_takes(self, qtbot, desk):
        desk.camera.take_settings(CameraSettings())
        desk.camera.test(KEY)
        assert desk.source.is_running
        with qtbot.waitSignal(desk.camera.tried):
            desk.source.deliver(posed(ticket(), Pose(5), room(VGA)))
        assert not desk.source.is_running
        assert desk.camera.state is CameraState.OFF


@without_camera
class TestThisComputerWithoutCamera:
    @pytest.fixture
    def source(self, qtbot):
        sink = QVideoSink()
        source = CameraSource(sink)
        yield source
        source.stop()

    def test_says_that_none_is_connected(self, source):
        source.start(ON)
        assert source.state in (CameraState.NO_CAMERA, CameraState.DENIED)

    def test_says_that_the_chosen_one_is_unplugged(self, source):
        source.start(CameraSettings(is_on=True, device="/dev/video7", name="Logitech C920"))
        assert source.state is CameraState.UNPLUGGED

    def test_looks_again_when_something_is_plugged_in_or_out(self, qtbot, source):
        source.start(ON)
        told = []
        source.state_changed.connect(lambda: told.append(source.state))
        source._devices.videoInputsChanged.emit()
        assert told == []
        assert source.state in (CameraState.NO_CAMERA, CameraState.DENIED)

    @pytest.mark.parametrize(
        ("words", "state"),
        [
            ("Device or resource busy", CameraState.TAKEN),
            ("Permission denied", CameraState.DENIED),
        ],
    )
    def test_lets_go_of_a_camera_that_does_not_start(self, source, words, state):
        source._open(QCameraDevice())
        source._camera.errorOccurred.emit(QCamera.Error.CameraError, words)
        assert source.state is state
        assert source._camera is None

    def test_is_off_once_it_is_stopped(self, source):
        source.start(ON)
        source.stop()
        assert source.state is CameraState.OFF
