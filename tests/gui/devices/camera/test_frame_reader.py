"""One frame at a time is searched; the newest waits, the others are forgotten."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QMediaCaptureSession, QVideoFrame, QVideoFrameInput, QVideoSink

from checkin_app.gui.devices.camera.frame_reader import FrameReader
from tests.degraded_pictures import HD, Pose, posed, room
from tests.ticket_pictures import ticket


def frame_with(code: str) -> QVideoFrame:
    picture = posed(ticket(code), Pose(6), room(HD))
    return QVideoFrame(QImage(picture.tobytes(), *HD, QImage.Format.Format_Grayscale8).copy())


@pytest.fixture
def reader(qtbot):
    reader = FrameReader()
    yield reader
    reader.stop()


def test_the_newest_frame_replaces_the_one_that_waits(qtbot, reader):
    read = []
    reader.read.connect(read.append)
    for code in ("FIRST", "SECOND", "THIRD", "LAST"):
        reader.take(frame_with(code))
    qtbot.waitUntil(lambda: len(read) == 2)
    assert [frame.codes[0].text for frame in read] == ["FIRST", "LAST"]
    assert read[0].came_ms <= read[1].came_ms


def test_places_of_codes_are_pixels_of_the_frame(qtbot, reader):
    with qtbot.waitSignal(reader.read) as seen:
        reader.take(frame_with("HERE"))
    (frame,) = seen.args
    assert (frame.width_px, frame.height_px) == HD
    xs, ys = zip(*frame.codes[0].corners, strict=True)
    assert sum(xs) / 4 == pytest.approx(HD[0] / 2, abs=4)
    assert sum(ys) / 4 == pytest.approx(HD[1] / 2, abs=4)


def test_nothing_is_read_after_the_stop(qtbot):
    reader = FrameReader()
    reader.take(frame_with("ONE"))
    reader.stop()
    reader.take(frame_with("TWO"))
    read = []
    reader.read.connect(read.append)
    qtbot.wait(1)
    assert read == []


def test_frames_of_a_capture_session_are_read(qtbot, reader):
    """The session that a camera feeds, fed by hand."""
    source, session, sink = QVideoFrameInput(), QMediaCaptureSession(), QVideoSink()
    session.setVideoFrameInput(source)
    session.setVideoSink(sink)
    sink.videoFrameChanged.connect(reader.take)
    with qtbot.waitSignal(reader.read) as seen:
        assert source.sendVideoFrame(frame_with("SESSION"))
    assert seen.args[0].codes[0].text == "SESSION"
    sink.videoFrameChanged.disconnect(reader.take)
