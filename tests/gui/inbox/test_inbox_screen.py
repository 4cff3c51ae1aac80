"""The inbox in the window: seen when something waits, answered by button or key, undone."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from settable_clock import DURING_REGISTRATION as NOW

from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.domain.sharing import ResolvedAs
from checkin_app.gui.appearance.look import set_up_look
from checkin_app.gui.inbox.cut_texts import cut_evenly
from checkin_app.gui.inbox.inbox_screen import InboxScreen
from checkin_app.gui.opening import at_desk
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.gui.window.screens import DESK, INBOX
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.registrations import correct, walk_in
from checkin_app.services.sharing.inbox.conflicts import inbox_conflicts
from checkin_app.services.sharing.inbox.doubles import merged_doubles, possible_doubles
from checkin_app.settings import Settings, Theme
from checkin_app.storage.event_file import EventFile

ALT = Qt.KeyboardModifier.AltModifier
NAME = {"first_name": "Małgorzata", "last_name": "Brzęczyszczykiewicz-Gżegżółkowska"}


def scan(event_file, desk_name, code, at=NOW):
    desk = CheckInDesk(event_file, desk_name, event_file.check_in_lists()[0], lambda: at)
    desk.handle(Scan(code, ScanSource.KEYBOARD))


def hear(event_file, other):
    with event_file.transaction("Desk 1", NOW) as transaction:
        transaction.take_in_unshared(list(other.ledger()))


@pytest.fixture
def other(sample_event_file, tmp_path):
    """The second desk, apart."""
    with EventFile(shutil.copy(sample_event_file.path, tmp_path / "other.checkin")) as other:
        yield other


@pytest.fixture
def let_in_twice(sample_event_file, other):
    """Somebody whom both desks let in."""
    person = sample_event_file.records()[0].attendee
    scan(sample_event_file, "Desk 1", person.code)
    scan(other, "Desk 2", person.code, NOW + timedelta(minutes=1))
    hear(sample_event_file, other)
    return person


@pytest.fixture
def registered_twice(sample_event_file, other):
    """Somebody whom both desks registered."""
    people = [
        walk_in(sample_event_file, "Desk 1", NOW, NAME),
        walk_in(other, "Desk 2", NOW, {**NAME, "role": "Speaker"}),
    ]
    hear(sample_event_file, other)
    return people


@pytest.fixture
def window(qtbot, qapp, sample_event_file, tmp_path):
    set_up_look(qapp, Theme.LIGHT)
    window = MainWindow(Settings(sounds_on=False), tmp_path / "log", clock=lambda: NOW)
    qtbot.addWidget(window)
    window.show_event(at_desk(sample_event_file, "Desk 1"))
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.close()


def rail_button(window):
    return window._rail._group.button(INBOX)


def inbox_of(qtbot, window) -> InboxScreen:
    window.show_screen(INBOX)
    screen = window.screen_at(INBOX)
    qtbot.waitUntil(lambda: bool(screen.list.items))
    return screen


def test_a_desk_of_its_own_sees_no_inbox(qtbot, window):
    qtbot.waitUntil(lambda: window.workplace.inbox.count.people_mark != (-1, b""))
    assert not rail_button(window).isVisible()
    assert not window.screen_at(DESK).parts.inbox.isVisible()


def test_what_another_desk_brings_is_counted_beside_the_rail_and_told_on_the_desk(
    qtbot, window, sample_event_file, let_in_twice, registered_twice
):
    window.workplace.changed.emit()
    line = window.screen_at(DESK).parts.inbox
    words = "1 person was let in at two desks; 1 person may be registered twice"
    qtbot.waitUntil(lambda: line.text == words)
    assert line.isVisible()
    assert rail_button(window).isVisible()
    assert rail_button(window).accessibleName() == "Inbox: 2"
    qtbot.mouseClick(line.look, Qt.MouseButton.LeftButton)
    assert isinstance(window.screens.currentWidget(), InboxScreen)


def test_both_admissions_stand_side_by_side(qtbot, let_in_twice, window):
    screen = inbox_of(qtbot, window)
    page = screen.conflict
    assert page.isVisible()
    assert page.head.name.text() == let_in_twice.full_name
    cards = {page.first.desk.text(): page.first.time.text()}
    cards[page.second.desk.text()] = page.second.time.text()
    assert cards == {"Desk 1": "12:40:00", "Desk 2": "12:41:00"}
    assert page.first.how.text() == "Ticket scanned."
    assert not page.take_back.isVisible()


@pytest.mark.parametrize(
    ("key", "found"),
    [
        (Qt.Key.Key_1, ResolvedAs.SAME_PERSON),
        (Qt.Key.Key_2, ResolvedAs.PASSED_ON_BADGE),
        (Qt.Key.Key_3, ResolvedAs.MISTAKE),
    ],
)
def test_a_key_says_what_it_was_and_undo_takes_it_back(
    qtbot, let_in_twice, window, sample_event_file, key, found
):
    screen = inbox_of(qtbot, window)
    screen.conflict.note.setText("asked her")
    QTest.keyClick(window.windowHandle(), key, ALT)
    qtbot.waitUntil(lambda: sample_event_file.inbox.open_conflicts() == 0)
    (said,) = inbox_conflicts(sample_event_file)
    assert (said.conflict.resolved_as, said.conflict.note) == (found, "asked her")
    qtbot.waitUntil(lambda: not screen.list.items[0].is_open)
    qtbot.waitUntil(lambda: window.workplace.inbox.count.waiting == 0)
    assert "asked her" in screen.conflict.settled.text()
    assert rail_button(window).isVisible()
    qtbot.waitUntil(lambda: let_in_twice.full_name in window.messages.text)
    QTest.keySequence(window.windowHandle(), QKeySequence(QKeySequence.StandardKey.Undo))
    qtbot.waitUntil(lambda: sample_event_file.inbox.open_conflicts() == 1)


def test_an_earlier_answer_can_be_taken_back_or_changed(
    qtbot, let_in_twice, window, sample_event_file
):
    screen = inbox_of(qtbot, window)
    screen.conflict.choices[ResolvedAs.MISTAKE].click()
    qtbot.waitUntil(screen.conflict.take_back.isVisible)
    assert not screen.conflict.choices[ResolvedAs.MISTAKE].isEnabled()
    screen.conflict.choices[ResolvedAs.SAME_PERSON].click()
    qtbot.waitUntil(
        lambda: inbox_conflicts(sample_event_file)[0].conflict.resolved_as is ResolvedAs.SAME_PERSON
    )
    qtbot.waitUntil(lambda: not screen.conflict.choices[ResolvedAs.SAME_PERSON].isEnabled())
    screen.conflict.take_back.click()
    qtbot.waitUntil(lambda: inbox_conflicts(sample_event_file)[0].conflict.is_open)


def test_figures_typed_into_the_note_answer_nothing(qtbot, let_in_twice, window):
    screen = inbox_of(qtbot, window)
    screen.conflict.note.setFocus()
    QTest.keyClicks(screen.conflict.note, "123")
    assert isinstance(window.focusWidget(), QLineEdit)
    assert screen.conflict.note.text() == "123"
    assert screen.list.items[0].is_open


def test_a_note_that_is_being_typed_outlives_news_of_other_desks(
    qtbot, let_in_twice, window, sample_event_file
):
    screen = inbox_of(qtbot, window)
    screen.conflict.note.setText("half a se")
    scan(sample_event_file, "Desk 3", sample_event_file.records()[4].attendee.code)
    with qtbot.waitSignal(screen.work.read):
        screen.work.look()
    assert screen.conflict.note.text() == "half a se"


def test_two_records_are_compared_field_by_field_and_merged(
    qtbot, registered_twice, window, sample_event_file
):
    screen = inbox_of(qtbot, window)
    page = screen.double
    assert page.isVisible()
    assert page.head.name.text() == registered_twice[0].full_name
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_M, ALT)
    qtbot.waitUntil(lambda: len(merged_doubles(sample_event_file)) == 1)
    qtbot.waitUntil(page.part.isVisible)
    assert not page.merge.isVisible()
    page.part.click()
    qtbot.waitUntil(lambda: len(possible_doubles(sample_event_file)) == 1)
    qtbot.waitUntil(page.merge.isVisible)


def test_who_is_not_the_same_leaves_the_inbox(qtbot, registered_twice, window, sample_event_file):
    screen = inbox_of(qtbot, window)
    screen.double.keep_apart.click()
    qtbot.waitUntil(lambda: screen.list.items == ())
    assert screen.empty.isVisible()
    assert possible_doubles(sample_event_file) == ()
    qtbot.waitUntil(lambda: screen.waiting.text() == "Nothing waits")
    screen.work.undo()
    qtbot.waitUntil(lambda: len(screen.list.items) == 1)


def test_a_list_that_came_in_twice_is_merged_in_one_go(qtbot, window, sample_event_file):
    everybody = [record.attendee for record in sample_event_file.records()]
    with sample_event_file.transaction("Desk 2", NOW) as transaction:
        transaction.register_many([one.with_changes({}) for one in _without_ids(everybody[:5])])
    screen = inbox_of(qtbot, window)
    qtbot.waitUntil(screen.merge_many.isVisible)
    assert screen.merge_many.text() == "Merge all 5 with the same code and name"
    screen.merge_many.click()
    qtbot.waitUntil(lambda: len(merged_doubles(sample_event_file)) == 5)
    qtbot.waitUntil(lambda: not screen.merge_many.isVisible())
    assert len(sample_event_file.records()) == len(everybody)


def test_the_answer_on_the_desk_tells_of_a_second_admission(qtbot, let_in_twice, window):
    window.devices.scanned.emit(Scan(let_in_twice.code, ScanSource.KEYBOARD))
    answer = window.screen_at(DESK).parts.answer
    qtbot.waitUntil(lambda: answer.answer.name == let_in_twice.full_name)
    assert "Let in at two desks: see the inbox" in answer.answer.remarks


def test_who_is_looked_up_by_name_is_marked_as_well(qtbot, let_in_twice, window):
    screen = window.screen_at(DESK)
    screen.show_person(let_in_twice.id)
    qtbot.waitUntil(lambda: screen.parts.answer.answer.name == let_in_twice.full_name)
    assert screen.parts.answer.answer.remarks == ("Let in at two desks: see the inbox",)


def _without_ids(people):
    return [replace(person, id="") for person in people]


@pytest.fixture
def lunch_break(sample_event_file, other):
    """Twelve people whom both desks let in, while the network was gone."""
    people = [one.attendee for one in sample_event_file.records() if one.is_expected][:12]
    for number, person in enumerate(people):
        scan(sample_event_file, "Desk 1", person.code, NOW + timedelta(minutes=number))
    for number, person in enumerate(people):
        scan(other, "Side door", person.code, NOW + timedelta(minutes=30 + number))
    hear(sample_event_file, other)
    return people


def test_one_answer_is_given_to_all_who_came_twice_and_undone_in_one_go(
    qtbot, lunch_break, window, sample_event_file
):
    screen = inbox_of(qtbot, window)
    qtbot.waitUntil(screen.choose_many.isVisible)
    assert screen.choose_many.text() == "Choose all 12 who were let in twice"
    screen.choose_many.click()
    assert screen.several.isVisible()
    assert screen.several.title.text() == "12 people were let in at two desks"
    assert screen.several.spread.text() == "At Desk 1, Side door, from 12:40 to 13:21."
    screen.several.note.setText("back from lunch")
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_1, ALT)
    qtbot.waitUntil(lambda: sample_event_file.inbox.open_conflicts() == 0)
    assert {one.conflict.note for one in inbox_conflicts(sample_event_file)} == {"back from lunch"}
    qtbot.waitUntil(lambda: not screen.choose_many.isVisible())
    qtbot.waitUntil(lambda: "12 people" in window.messages.text)
    QTest.keySequence(window.windowHandle(), QKeySequence(QKeySequence.StandardKey.Undo))
    qtbot.waitUntil(lambda: sample_event_file.inbox.open_conflicts() == 12)


def test_who_is_left_out_of_the_choice_goes_on_waiting(
    qtbot, lunch_break, window, sample_event_file
):
    screen = inbox_of(qtbot, window)
    screen.list.setFocus()
    QTest.keySequence(screen.list, QKeySequence(QKeySequence.StandardKey.SelectAll))
    left_out = screen.list.items[3]
    place = screen.list.visualRect(screen.list.model().index(3, 0)).center()
    ctrl = Qt.KeyboardModifier.ControlModifier
    qtbot.mouseClick(screen.list.viewport(), Qt.MouseButton.LeftButton, ctrl, place)
    assert screen.several.title.text() == "11 people were let in at two desks"
    screen.several.choices[ResolvedAs.SAME_PERSON].click()
    qtbot.waitUntil(lambda: sample_event_file.inbox.open_conflicts() == 1)
    (waiting,) = [one for one in inbox_conflicts(sample_event_file) if one.conflict.is_open]
    assert waiting.conflict.later == left_out.key


def test_news_of_other_desks_leave_the_choice_and_the_note_alone(
    qtbot, lunch_break, window, other, sample_event_file
):
    screen = inbox_of(qtbot, window)
    screen.list.choose([0, 1, 2])
    chosen = [item.key for item in screen.list.chosen]
    screen.several.note.setText("half a se")
    person = sample_event_file.records()[-1].attendee
    scan(sample_event_file, "Desk 1", person.code, NOW + timedelta(minutes=50))
    scan(other, "Side door", person.code, NOW + timedelta(minutes=51))
    hear(sample_event_file, other)
    screen.work.look()
    qtbot.waitUntil(lambda: len(screen.list.items) == 13)
    assert [item.key for item in screen.list.chosen] == chosen
    assert screen.several.isVisible()
    assert screen.several.note.text() == "half a se"


def test_several_who_were_registered_twice_are_merged_together(
    qtbot, window, other, sample_event_file
):
    for last_name in ("Kowalska", "Nowak", "Wójcik"):
        for event_file, desk in ((sample_event_file, "Desk 1"), (other, "Desk 2")):
            walk_in(event_file, desk, NOW, {"first_name": "Anna", "last_name": f"{last_name}-X"})
    hear(sample_event_file, other)
    screen = inbox_of(qtbot, window)
    screen.list.choose([0, 1])
    assert screen.several.double_title.text() == "2 people may be registered twice"
    assert not screen.several.note.isVisible()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_M, ALT)
    qtbot.waitUntil(lambda: len(merged_doubles(sample_event_file)) == 2)
    assert len(possible_doubles(sample_event_file)) == 1


def test_what_the_desks_are_to_mind_about_a_person_is_shown(
    qtbot, let_in_twice, window, sample_event_file
):
    screen = inbox_of(qtbot, window)
    assert not screen.conflict.head.attention.isVisible()
    correct(sample_event_file, "Desk 1", NOW, let_in_twice.id, {"attention": "Check the passport"})
    screen.work.look()
    qtbot.waitUntil(lambda: screen.conflict.head.attention.isVisible())
    assert screen.conflict.head.attention.text() == "Check the passport"


def test_places_of_long_names_share_a_line_that_is_too_short(qapp):
    metrics = QFontMetricsF(qapp.font())
    texts = ("12:30 Desk 1", "12:41 Wejście boczne dla prelegentów", "12:42 Είσοδος συνέδρων")
    assert cut_evenly(texts, 10_000, metrics) == texts
    room = metrics.horizontalAdvance("".join(texts)) * 0.7
    cut = cut_evenly(texts, room, metrics)
    assert cut[0] == texts[0]
    assert all(one.startswith("12:4") and one.endswith("…") for one in cut[1:])
    assert metrics.horizontalAdvance("".join(cut)) <= room + len(texts)
