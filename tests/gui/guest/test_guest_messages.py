"""What the guest reads: only who was let in is addressed, and every text stays inside the page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFont, QFontMetricsF

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.where_next import WhereNext
from checkin_app.gui.appearance.look import set_up_look
from checkin_app.gui.appearance.theme import colours_of
from checkin_app.gui.guest.guest_message import (
    GuestMood,
    ask_desk_message,
    idle_message,
    noted_message,
    thanks_message,
    way_to,
    welcome_message,
)
from checkin_app.gui.guest.guest_page import GuestPage
from checkin_app.gui.guest.guest_window import add_guest_fonts
from checkin_app.gui.guest.large_text import enlarge
from checkin_app.services.guest_words import guest_words, offered_languages
from checkin_app.services.sample_event import load_sample_event
from checkin_app.settings import Theme

EVENT = load_sample_event().event
LONG = Attendee(
    "a" * 32,
    first_name="Κωνσταντίνα-Αλεξάνδρα",
    last_name="Παπαδημητροπούλου-Οικονομοπούλου",
    organisation="Ελληνικός Σύνδεσμος Συστάδων Καινοτομίας και Επιχειρηματικότητας",
)
WELCOME = next(session for session in EVENT.sessions if session.id == "welcome")
IN_ROOM = replace(WELCOME, room="Room 2")
SIZES = [(1920, 1080), (1280, 800), (800, 1280), (480, 300)]


def every_message(tag):
    words = guest_words(tag)
    way = way_to(WhereNext(IN_ROOM, is_on=False), EVENT, words)
    return [
        idle_message(EVENT, words),
        welcome_message(LONG, words, way, asks_if_correct=True),
        welcome_message(LONG, words, None, asks_if_correct=False),
        thanks_message(words, way),
        noted_message(words),
        ask_desk_message(words, guest_words("en")),
    ]


@pytest.fixture
def page(qtbot, qapp):
    set_up_look(qapp, Theme.LIGHT)
    add_guest_fonts()
    page = GuestPage(idle_message(EVENT, guest_words("en")))
    qtbot.addWidget(page)
    return page


class TestWords:
    def test_a_welcome_shows_the_name_as_the_badge_has_it_and_the_way(self):
        words = guest_words("de")
        way = way_to(WhereNext(IN_ROOM, is_on=False), EVENT, words)
        message = welcome_message(LONG, words, way, asks_if_correct=True)
        assert message.name == LONG.full_name
        assert message.question == "Ist Ihr Name richtig geschrieben?"
        assert message.way.when == "Als Nächstes · Beginn um 13:00 Uhr"
        assert (message.way.title, message.way.room) == ("Welcome", "Room 2")

    def test_a_session_that_is_on_is_now(self):
        way = way_to(WhereNext(WELCOME, is_on=True), EVENT, guest_words("fr"))
        assert way.when == "En ce moment"

    def test_who_is_not_asked_has_no_question(self):
        message = welcome_message(LONG, guest_words("el"), None, asks_if_correct=False)
        assert message.question == ""

    def test_the_way_to_the_desk_names_nobody_and_is_said_in_english_too(self):
        message = ask_desk_message(guest_words("pl"), guest_words("en"))
        assert (message.name, message.way, message.question) == ("", None, "")
        assert message.also == guest_words("en").speak_to_desk
        assert ask_desk_message(guest_words("en"), guest_words("en")).also == ""

    def test_hidden_characters_of_a_list_are_not_shown(self):
        trap = replace(LONG, first_name="Ann\u202ea", last_name="<b>x</b>\n")
        message = welcome_message(trap, guest_words("en"), None, asks_if_correct=False)
        assert message.name == "Ann\ufffda <b>x</b>"


class TestPage:
    @pytest.mark.parametrize("size", SIZES)
    @pytest.mark.parametrize("tag", ["el", "pl", "ar", "he", "de", "ka"])
    def test_every_message_can_be_painted_at_every_size(self, page, size, tag):
        page.resize(*size)
        for message in every_message(tag):
            page.show_message(message)
            assert not page.grab().isNull()

    @pytest.mark.parametrize("size", SIZES)
    def test_buttons_are_there_for_a_question_only_and_large(self, page, size):
        page.resize(*size)
        for message in every_message("de"):
            page.show_message(message)
            assert page.yes.isVisibleTo(page) == bool(message.question)
            assert page.no.isVisibleTo(page) == bool(message.question)
        page.show_message(every_message("de")[1])
        assert page.rect().contains(page.yes.geometry())
        assert page.rect().contains(page.no.geometry())
        assert page.yes.height() >= 0.1 * page.height()
        assert not page.yes.geometry().intersects(page.no.geometry())

    def test_yes_comes_first_in_the_direction_of_the_script(self, page):
        page.resize(1280, 800)
        page.show_message(every_message("de")[1])
        assert page.yes.x() < page.no.x()
        page.show_message(every_message("ar")[1])
        assert page.yes.x() > page.no.x()

    def test_a_welcome_is_green_at_its_head_and_follows_the_theme(self, page, qapp):
        page.resize(1280, 800)
        page.show_message(every_message("fr")[1])
        for theme in (Theme.DARK, Theme.LIGHT):
            set_up_look(qapp, theme)
            colours = colours_of(page.palette())
            picture = page.grab().toImage()
            assert picture.pixelColor(QPoint(5, 5)) == colours.inside.fill
            assert picture.pixelColor(QPoint(5, 790)) == colours.ground

    def test_nothing_takes_the_keyboard(self, page):
        from PySide6.QtCore import Qt

        for widget in (page, page.yes, page.no):
            assert widget.focusPolicy() is Qt.FocusPolicy.NoFocus

    def test_all_is_told_to_screen_readers(self, page):
        page.show_message(every_message("de")[1])
        assert page.accessibleName().startswith("Willkommen. Κωνσταντίνα")
        assert page.message.mood is GuestMood.WELCOME


class TestLargeText:
    @pytest.fixture(autouse=True)
    def _look(self, qapp):
        set_up_look(qapp, Theme.LIGHT)

    def test_a_long_name_goes_on_several_lines_rather_than_into_small_letters(self, qapp):
        large = enlarge(LONG.full_name, qapp.font(), 700, least_px=18, most_px=150, most_lines=4)
        assert large.lines == (
            "Κωνσταντίνα-Αλεξάνδρα",
            "Παπαδημητροπούλου-",
            "Οικονομοπούλου",
        )
        assert large.size_px > 48

    def test_a_short_name_stays_on_one_line(self, qapp):
        large = enlarge("Bo Ek", qapp.font(), 900, least_px=18, most_px=150, most_lines=4)
        assert (large.lines, large.size_px) == (("Bo Ek",), 150)

    @pytest.mark.parametrize("tag", offered_languages())
    def test_no_word_of_the_window_is_cut_on_a_tablet_that_stands(self, qapp, tag):
        add_guest_fonts()
        words = guest_words(tag)
        font = QFont(qapp.font())
        for text in (words.welcome, words.is_correct, words.speak_to_desk, words.show_code):
            large = enlarge(text, font, 704, least_px=24, most_px=100, most_lines=3)
            assert "…" not in "".join(large.lines)
            font.setPixelSize(large.size_px)
            widest = max(map(QFontMetricsF(font).horizontalAdvance, large.lines))
            assert widest <= 704

    def test_endless_text_is_cut_by_an_ellipsis(self, qapp):
        large = enlarge("x" * 400, qapp.font(), 300, least_px=18, most_px=50, most_lines=3)
        assert large.lines[0].endswith("…")
        assert large.size_px == 18

    def test_no_text_is_no_line_to_speak_of(self, qapp):
        assert enlarge("", qapp.font(), 300, least_px=18, most_px=50, most_lines=3).lines == ("",)
