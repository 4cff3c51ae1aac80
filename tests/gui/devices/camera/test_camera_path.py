"""From the frames of a video to the answer on the panel: the way that a camera's frames go."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from checkin_app.domain.scan import Scan
from tests.degraded_pictures import Pose, defocused, moved, noisy, posed, room, toned
from tests.ticket_pictures import Held, badge, phone, ticket

VGA = (640, 480)


def held_still(held: Held, count: int = 6, **pose) -> list[Image.Image]:
    behind = room(VGA)
    return [posed(held, Pose(5, **pose), behind)] * count


def carried(held: Held, count: int = 12) -> Iterator[Image.Image]:
    """Comes in from the left, turned and tilted, and gets straight."""
    behind = room(VGA)
    for step in range(count):
        left = 1 - step / (count - 1)
        pose = Pose(5, 0.5 - 0.25 * left, 0.5, 25 * left, 20 * left, -25 * left)
        yield posed(held, pose, behind)


def in_colour(frames: Iterator[Image.Image]) -> list[Image.Image]:
    """As under a warm lamp."""
    return [
        Image.merge("RGB", (f, f.point(lambda g: g * 0.92), f.point(lambda g: g * 0.8)))
        for f in frames
    ]


@pytest.mark.parametrize("thing", [ticket, badge, phone], ids=["ticket", "badge", "telephone"])
def test_a_code_carried_into_the_picture_checks_its_person_in(desk, thing):
    (person,) = desk.confirmed(1)
    desk.see(in_colour(carried(thing(person.code))))
    desk.wait_for_answer("Welcome", person.full_name)
    assert desk.check_ins(person) == 1


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda frame: toned(frame, 0.25, 40), id="dim"),
        pytest.param(lambda frame: defocused(frame, 1.2), id="out of focus"),
        pytest.param(lambda frame: moved(frame, 6, 20), id="moving"),
        pytest.param(lambda frame: noisy(frame, 14, 3), id="noisy"),
    ],
)
def test_a_bad_picture_is_still_read(desk, spoil):
    (person,) = desk.confirmed(1)
    desk.see([spoil(frame) for frame in held_still(ticket(person.code))])
    desk.wait_for_answer("Welcome", person.full_name)


def test_a_ticket_that_stays_in_the_picture_is_one_scan(desk):
    (person,) = desk.confirmed(1)
    frames = []
    desk.camera.seen.connect(frames.append)
    desk.see(held_still(ticket(person.code), 30))
    desk.wait_for_answer("Welcome", person.full_name)
    desk.wait_until(lambda: len(frames) >= 60)
    assert desk.check_ins(person) == 1
    assert desk.screen.parts.answer.answer.word == "Welcome"


def test_the_next_ticket_follows_at_once(desk):
    first, second = desk.confirmed(2)
    frames = held_still(ticket(first.code), 12) + [room(VGA)] * 15
    desk.see(frames + held_still(badge(second.code), 12))
    desk.wait_until(lambda: desk.check_ins(first) == desk.check_ins(second) == 1)


def test_a_ticket_of_another_event_is_answered(desk):
    desk.see(held_still(ticket("QQQQQQQQQQQQQQQQQQQQ")))
    desk.wait_for_answer("Unknown code")


def test_what_is_in_the_picture_counts_again_at_another_list(desk):
    (person,) = desk.confirmed(1)
    desk.see(held_still(ticket(person.code)))
    desk.wait_for_answer("Welcome", person.full_name)
    desk.window.workplace.choose_list(desk.window.workplace.check_in_lists[1])
    desk.wait_until(lambda: desk.check_ins(person) == 2)


def test_the_field_works_while_the_camera_looks(desk):
    (person,) = desk.confirmed(1)
    desk.see([room(VGA)] * 4)
    desk.wait_until(lambda: desk.camera.state.name == "RUNNING")
    assert desk.screen.parts.field.hasFocus()
    QTest.keyClicks(desk.screen.parts.field, person.code)
    desk.wait_until(lambda: desk.screen.finder.is_answered)
    QTest.keyClick(desk.screen.parts.field, Qt.Key.Key_Return)
    desk.wait_for_answer("Welcome", person.full_name)


class TestTwoTicketsInOnePicture:
    def frames(self, first, second) -> list[Image.Image]:
        behind = posed(phone(first.code), Pose(4, 0.25, 0.5), room(VGA))
        return [posed(phone(second.code), Pose(4, 0.75, 0.5), behind)] * 4

    def wait_for_question(self, desk):
        panels = desk.screen.panels
        desk.wait_until(lambda: panels.current is not None)
        return panels.current

    def test_whose_counts_is_asked_by_name(self, desk):
        first, second = desk.confirmed(2)
        desk.see(self.frames(first, second))
        panel = self.wait_for_question(desk)
        names = {button.name for button in panel.buttons}
        assert names == {first.full_name, second.full_name}
        assert desk.check_ins(first) == desk.check_ins(second) == 0

    def test_a_digit_chooses(self, desk):
        first, second = desk.confirmed(2)
        desk.see(self.frames(first, second))
        panel = self.wait_for_question(desk)
        chosen = panel.buttons[1].name
        QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_2)
        desk.wait_for_answer("Welcome", chosen)
        assert desk.screen.panels.current is None
        assert desk.check_ins(first) + desk.check_ins(second) == 1

    def test_esc_scans_nobody_and_asks_no_more(self, desk):
        first, second = desk.confirmed(2)
        desk.see(self.frames(first, second))
        self.wait_for_question(desk)
        QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_Escape)
        frames = []
        desk.camera.seen.connect(frames.append)
        desk.wait_until(lambda: len(frames) >= 45)
        assert desk.screen.panels.current is None
        assert desk.check_ins(first) == desk.check_ins(second) == 0

    def test_enter_chooses_nobody(self, desk):
        desk.see(self.frames(*desk.confirmed(2)))
        panel = self.wait_for_question(desk)
        QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_Return)
        assert desk.screen.panels.current is panel

    def test_the_question_waits_while_somebody_types(self, desk):
        desk.screen.parts.field.setText("Nov")
        asked = []
        desk.camera.several_found.connect(asked.append)
        desk.see(self.frames(*desk.confirmed(2)))
        desk.wait_until(lambda: bool(asked))
        assert desk.screen.panels.current is None
        desk.screen.parts.field.clear()
        self.wait_for_question(desk)

    def test_a_name_typed_instead_goes_to_the_field(self, desk):
        desk.see(self.frames(*desk.confirmed(2)))
        self.wait_for_question(desk)
        for key in (Qt.Key.Key_N, Qt.Key.Key_O, Qt.Key.Key_V):
            QTest.keyClick(desk.window.windowHandle(), key)
        desk.wait_until(lambda: desk.screen.parts.field.text().lower() == "nov")
        assert desk.screen.panels.current is None

    def test_the_next_scan_closes_the_question(self, desk):
        first, second, third = desk.confirmed(3)
        desk.see(self.frames(first, second))
        self.wait_for_question(desk)
        desk.window.devices.keyboard.scanned.emit(Scan(third.code))
        desk.wait_for_answer("Welcome", third.full_name)
        assert desk.screen.panels.current is None
