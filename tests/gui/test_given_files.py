"""Tickets that are dropped on the window or pasted into it, as pictures or PDFs."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from checkin_app.gui.appearance.look import set_up_look
from checkin_app.gui.lists.import_screen import ImportScreen
from checkin_app.gui.opening import at_desk
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.gui.window.screens import DESK
from checkin_app.scanning.pictures import is_picture_file
from checkin_app.services.mail.tickets import write_tickets
from checkin_app.settings import Settings, Theme
from tests.ticket_pictures import phone


class GivenTo:
    """A window, and things given to it."""

    def __init__(self, window: MainWindow, qtbot) -> None:
        self.window = window
        self.screen = window.findChild(QWidget, "deskScreen")
        self.field = self.screen.parts.field
        self._qtbot = qtbot

    def drop(self, *paths: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        self.drop_data(data)

    def drop_data(self, data: QMimeData) -> None:
        event = QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        self.window.dropEvent(event)

    def paste(self, data: QMimeData) -> None:
        QGuiApplication.clipboard().setMimeData(data)
        QTest.keyClick(
            self.window.windowHandle(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier
        )

    def people(self, count: int):
        records = self.window.workplace.event_file.records()
        return [r.attendee for r in records if r.attendee.status.value == "confirmed"][:count]

    def wait_for_answer(self, word: str, name: str = "") -> None:
        panel = self.screen.parts.answer
        self.wait_until(lambda: panel.answer.word == word and name in panel.answer.name)

    def wait_until(self, holds) -> None:
        self._qtbot.waitUntil(holds)


@pytest.fixture
def desk(qtbot, qapp, sample_event_file, tmp_path):
    set_up_look(qapp, Theme.LIGHT)
    window = MainWindow(Settings(sounds_on=False), tmp_path / "log")
    qtbot.addWidget(window)
    window.show_event(at_desk(sample_event_file, "Desk 1"))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    given = GivenTo(window, qtbot)
    qtbot.waitUntil(given.field.hasFocus)
    yield given
    QGuiApplication.clipboard().clear()
    window.close()


def pasted(picture: Image.Image) -> QMimeData:
    data = QMimeData()
    image = QImage(picture.tobytes(), *picture.size, picture.width, QImage.Format.Format_Grayscale8)
    data.setImageData(image.copy())
    return data


def test_a_screenshot_of_a_ticket_checks_its_person_in(desk, tmp_path):
    (person,) = desk.people(1)
    phone(person.code).picture.save(tmp_path / "screenshot.png")
    desk.drop(tmp_path / "screenshot.png")
    desk.wait_for_answer("Welcome", person.full_name)
    assert desk.window.messages.text == ""


def test_a_ticket_sent_as_pdf_is_scanned(desk, tmp_path):
    event_file = desk.window.workplace.event_file
    ticket = write_tickets(event_file, tmp_path)[0]
    name = next(
        r.attendee.full_name for r in event_file.records() if r.attendee.id == ticket.attendee.id
    )
    desk.drop(ticket.pdf)
    panel = desk.screen.parts.answer
    desk.wait_until(lambda: name in panel.answer.name)


def test_a_picture_is_known_by_its_content(desk, tmp_path):
    (person,) = desk.people(1)
    phone(person.code).picture.save(tmp_path / "download", "PNG")
    desk.drop(tmp_path / "download")
    desk.wait_for_answer("Welcome", person.full_name)


def test_a_picture_is_scanned_on_every_screen_and_the_desk_answers(desk, tmp_path):
    (person,) = desk.people(1)
    phone(person.code).picture.save(tmp_path / "ticket.jpg")
    desk.window.show_screen(1)
    desk.drop(tmp_path / "ticket.jpg")
    desk.wait_for_answer("Welcome", person.full_name)
    assert desk.window.screens.front_number == DESK


def test_of_several_tickets_one_is_chosen(desk, tmp_path):
    first, second = desk.people(2)
    paths = []
    for person in (first, second):
        path = tmp_path / f"{person.code}.png"
        phone(person.code).picture.save(path)
        paths.append(path)
    desk.drop(*paths)
    desk.wait_until(lambda: desk.screen.panels.current is not None)
    assert [button.name for button in desk.screen.panels.current.buttons] == [
        first.full_name,
        second.full_name,
    ]
    desk.screen.panels.current.buttons[1].click()
    desk.wait_for_answer("Welcome", second.full_name)


def test_a_picture_without_a_code_is_said_plainly(desk, tmp_path):
    Image.new("L", (400, 300), 200).save(tmp_path / "lunch.png")
    desk.drop(tmp_path / "lunch.png")
    desk.wait_until(lambda: "There is no code" in desk.window.messages.text)
    assert "lunch.png" in desk.window.messages.text


def test_a_picture_that_cannot_be_opened_is_said_plainly(desk, tmp_path):
    (tmp_path / "photo.heic").write_bytes(b"\0\0\0\x18ftypheic")
    desk.drop(tmp_path / "photo.heic")
    desk.wait_until(lambda: "Try a PNG" in desk.window.messages.text)


def test_a_picture_that_cannot_be_opened_keeps_no_other_from_being_scanned(desk, tmp_path):
    (person,) = desk.people(1)
    spoilt, ticket = tmp_path / "spoilt.png", tmp_path / "ticket.png"
    spoilt.write_bytes(b"no picture")
    phone(person.code).picture.save(ticket)
    desk.drop(spoilt, ticket)
    desk.wait_for_answer("Welcome", person.last_name)
    assert "spoilt.png" in desk.window.messages.text


def test_other_files_stay_registration_lists(desk, tmp_path):
    (tmp_path / "list.csv").write_text("First name,Last name\nAda,Example\n")
    desk.drop(tmp_path / "list.csv")
    assert desk.window.findChild(ImportScreen) is not None


def test_a_picture_from_the_clipboard_is_scanned(desk):
    (person,) = desk.people(1)
    desk.paste(pasted(phone(person.code).picture))
    desk.wait_for_answer("Welcome", person.full_name)
    assert desk.field.hasFocus()


def test_a_copied_picture_file_is_scanned_and_its_name_not_pasted(desk, tmp_path):
    (person,) = desk.people(1)
    path = tmp_path / "ticket.png"
    phone(person.code).picture.save(path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    data.setText(str(path))
    desk.paste(data)
    desk.wait_for_answer("Welcome", person.full_name)
    assert desk.field.text() == ""


def test_text_is_pasted_into_the_field_also_when_a_picture_of_it_comes_along(desk):
    data = pasted(Image.new("L", (40, 30), 200))
    data.setText("Novo")
    desk.paste(data)
    desk.wait_until(lambda: desk.field.text() == "Novo")


def test_text_with_a_picture_of_it_is_not_searched_for_codes_elsewhere(desk):
    (person,) = desk.people(1)
    data = pasted(phone(person.code).picture)
    data.setText("a cell of a spreadsheet")
    desk.screen.parts.keys.setFocus()
    desk.paste(data)
    assert desk.window.messages.text == ""


@pytest.mark.parametrize("name", ["ticket.pdf", "TICKET.PNG", "photo.heic"])
def test_pictures_are_told_by_their_name(tmp_path, name):
    assert is_picture_file(tmp_path / name)


def test_a_list_is_no_picture(tmp_path):
    (tmp_path / "list.csv").write_text("BM,GIF\n1,2\n")
    assert not is_picture_file(tmp_path / "list.csv")
    assert not is_picture_file(tmp_path / "is not there.csv")
