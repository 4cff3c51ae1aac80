"""The live picture on the desk screen and its page of the settings."""

from __future__ import annotations

from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from checkin_app.gui.devices.camera.camera_state import CameraState
from checkin_app.gui.devices.camera.live_picture import LivePicture
from checkin_app.gui.opening import open_for_desk
from checkin_app.gui.settings.camera_page import CameraPage
from checkin_app.settings.device_settings import CameraView
from tests.degraded_pictures import Pose, posed, room
from tests.ticket_pictures import ticket

VGA = (640, 480)
LEFT_WHITE = Image.new("L", VGA, 0)
LEFT_WHITE.paste(255, (0, 0, 320, 480))


def card_of(desk):
    return desk.screen.device_views.camera.card


def brightness(picture: LivePicture, x: float) -> int:
    """At a share of the width, half-way down."""
    image = picture.grab().toImage()
    return image.pixelColor(QPoint(int(image.width() * x), image.height() // 2)).lightness()


class TestOnTheDesk:
    def test_it_is_small_above_the_numbers_or_large_beside_the_answer(self, desk):
        card, parts = card_of(desk), desk.screen.parts
        assert card.isVisible()
        assert card.width() == parts.numbers.width()
        assert parts.above_numbers.indexOf(card) >= 0
        QTest.mouseClick(card.size_button, Qt.MouseButton.LeftButton)
        assert desk.window.settings.devices.camera.view is CameraView.LARGE
        assert parts.beside_answer.indexOf(card) >= 0
        desk.wait_until(lambda: card.width() > parts.numbers.width())
        QTest.mouseClick(card.size_button, Qt.MouseButton.LeftButton)
        assert parts.above_numbers.indexOf(card) >= 0

    def test_a_key_switches_it_off_and_on(self, desk):
        QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_F2)
        assert not card_of(desk).isVisible()
        assert desk.camera.state is CameraState.OFF
        QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_F2)
        assert card_of(desk).isVisible()

    def test_its_button_switches_it_off(self, desk):
        QTest.mouseClick(card_of(desk).off, Qt.MouseButton.LeftButton)
        assert not desk.window.settings.devices.camera.is_on
        assert not card_of(desk).isVisible()

    def test_nothing_of_it_takes_the_focus(self, desk):
        card = card_of(desk)
        for part in (card.picture, card.size_button, card.size_button):
            QTest.mouseClick(part, Qt.MouseButton.LeftButton)
            assert desk.screen.parts.field.hasFocus()

    def test_a_small_picture_never_covers_the_numbers(self, desk):
        parts = desk.screen.parts
        desk.window.resize(1024, 680)
        # As high as the line of the print queue and a message.
        parts.under_actions.addSpacing(110)
        desk.wait_until(lambda: desk.screen.width() < 1000)
        desk.screen.layout().activate()
        assert card_of(desk).geometry().bottom() < parts.numbers.y()
        assert parts.numbers.geometry().bottom() < desk.screen.height()

    def test_words_stand_in_place_of_the_picture(self, desk):
        picture = card_of(desk).picture
        desk.camera._show_state(CameraState.TAKEN)
        assert picture.words == "The camera is in use elsewhere."
        assert picture.step in picture.accessibleName()
        desk.see([room(VGA)] * 4)
        desk.wait_until(lambda: desk.camera.state is CameraState.RUNNING)
        assert picture.words == ""

    def test_it_is_mirrored_on_screen_only(self, desk):
        picture = card_of(desk).picture
        desk.see([LEFT_WHITE] * 4)
        desk.wait_until(lambda: brightness(picture, 0.3) < 60 and brightness(picture, 0.7) > 200)
        desk.choose(is_mirrored=False)
        desk.wait_until(lambda: brightness(picture, 0.3) > 200 and brightness(picture, 0.7) < 60)

    def test_a_frame_is_drawn_around_the_code_and_fades(self, desk):
        (person,) = desk.confirmed(1)
        picture = card_of(desk).picture
        frames = [posed(ticket(person.code), Pose(5), room(VGA))] * 6
        desk.see(frames + [room(VGA)] * 70)
        desk.wait_until(lambda: picture.marked == (person.code,))
        desk.wait_until(lambda: picture.marked == ())


class TestThePageOfTheSettings:
    def page(self, desk) -> CameraPage:
        desk.window.workplace.settings_wanted.emit("camera")
        page = desk.window.findChild(CameraPage)
        assert page.isVisible()
        return page

    def test_a_ticket_is_read_there_and_nobody_is_checked_in(self, desk):
        (person,) = desk.confirmed(1)
        page = self.page(desk)
        desk.see([posed(ticket(person.code), Pose(5), room(VGA))] * 6)
        desk.wait_until(lambda: person.full_name in page.read.text())
        assert desk.check_ins(person) == 0
        assert page.isVisible()

    def test_on_the_desk_it_counts_again(self, desk):
        (person,) = desk.confirmed(1)
        page = self.page(desk)
        desk.see([posed(ticket(person.code), Pose(5), room(VGA))] * 6)
        desk.wait_until(lambda: page.read.text() != "")
        desk.window.show_screen(0)
        desk.wait_for_answer("Welcome", person.full_name)

    def test_with_another_event_tickets_count_again(self, desk, empty_path):
        self.page(desk)
        desk.window.show_event(open_for_desk(empty_path, "Desk 1"))
        desk.see([posed(ticket("QQQQQQQQQQQQQQQQQQQQ"), Pose(5), room(VGA))] * 6)
        desk.screen = desk.window.screen_at(0)
        desk.wait_for_answer("Unknown code")

    def test_what_is_chosen_there_is_remembered(self, desk):
        page = self.page(desk)
        page.view.button(1).click()
        page.is_mirrored.click()
        page.is_on.click()
        camera = desk.window.settings.devices.camera
        assert (camera.view, camera.is_mirrored, camera.is_on) == (CameraView.LARGE, False, False)

    def test_a_chosen_camera_that_is_away_stays_chosen(self, desk):
        desk.choose(device="/dev/video9", name="Logitech C920")
        page = self.page(desk)
        assert page.cameras.currentText() == "Logitech C920 (unplugged)"
        page.cameras.setCurrentIndex(0)
        page.cameras.activated.emit(0)
        assert desk.window.settings.devices.camera.device == ""

    def test_a_size_may_be_chosen(self, desk):
        desk.choose(width_px=1920, height_px=1080)
        page = self.page(desk)
        assert page.sizes.currentText() == "1920 × 1080"
        page.sizes.setCurrentIndex(0)
        page.sizes.activated.emit(0)
        assert desk.window.settings.devices.camera.width_px == 0
