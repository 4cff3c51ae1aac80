"""The attendees screen on the sample event: find, sort, correct, check in, choose for badges."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from settable_clock import DURING_REGISTRATION

from checkin_app.domain.attendee import AttendeeStatus
from checkin_app.domain.ledger import EntryKind
from checkin_app.gui.attendees.attendees_keys import add_attendees_keys
from checkin_app.gui.attendees.attendees_screen import AttendeesScreen
from checkin_app.gui.opening import at_desk
from checkin_app.gui.workplace import Workplace
from checkin_app.services.event_files import create_event
from checkin_app.storage.people.register import ListedAttendee


@pytest.fixture
def screen(qtbot: QtBot, workplace: Workplace) -> AttendeesScreen:
    return shown(qtbot, workplace)


def shown(qtbot: QtBot, workplace: Workplace) -> AttendeesScreen:
    screen = AttendeesScreen(workplace)
    add_attendees_keys(screen)
    qtbot.addWidget(screen)
    screen.resize(1280, 800)
    screen.show()
    qtbot.waitUntil(lambda: "of 150" in screen.count.text() or screen.nobody.isVisible())
    return screen


def names(qtbot: QtBot, screen: AttendeesScreen, rows: int) -> list[str]:
    """The first names in the table, once they are there."""

    def read() -> list[str]:
        return [str(screen.model.index(row, 0).data()) for row in range(rows)]

    qtbot.waitUntil(lambda: all(read()))
    return read()


def attendee_at(qtbot: QtBot, screen: AttendeesScreen, row: int) -> ListedAttendee:
    def read() -> object:
        return screen.model.index(row, 0).data(screen.model.ATTENDEE_ROLE)

    qtbot.waitUntil(lambda: read() is not None)
    listed = read()
    assert isinstance(listed, ListedAttendee)
    return listed


def find(qtbot: QtBot, screen: AttendeesScreen, text: str, count: int = 1) -> ListedAttendee:
    qtbot.keyClicks(screen.filters.text, text)
    qtbot.waitUntil(lambda: screen.count.text().startswith(f"{count} of 150"))
    return attendee_at(qtbot, screen, 0)


def open_first(qtbot: QtBot, screen: AttendeesScreen, text: str) -> ListedAttendee:
    listed = find(qtbot, screen, text)
    screen.table.selectRow(0)
    screen.table.setFocus()
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.panel.panel.attendee_id == listed.attendee.id)
    return listed


def test_typing_filters_ignoring_accents_and_alphabet(
    qtbot: QtBot, screen: AttendeesScreen
) -> None:
    listed = find(qtbot, screen, "agaogullari")
    assert listed.attendee.last_name == "Ağaoğulları"
    assert screen.filters.everybody.isVisible()


def test_badges_out_of_date_and_spoilt_are_found(qtbot: QtBot, workplace: Workplace) -> None:
    first, second, third = (r.attendee for r in workplace.event_file.records()[:3])
    with workplace.event_file.transaction("Desk 1", DURING_REGISTRATION) as transaction:
        for person in (first, second, third):
            transaction.append(EntryKind.BADGE_PRINTED, person.id)
        transaction.append(EntryKind.BADGE_SPOILT, first.id)
        transaction.append(EntryKind.AMENDED, second.id, payload={"changes": {"role": "Guest"}})
    screen = shown(qtbot, workplace)
    badge = screen.filters.printed

    def texts() -> list[object]:
        return [screen.model.index(0, column).data() for column in range(8)]

    for wanted, name in (("spoilt", first.last_name), ("changed", second.last_name)):
        badge.setCurrentIndex(badge.findData(wanted))
        qtbot.waitUntil(lambda wanted=wanted: wanted in texts())
        assert str(texts()[0]).startswith(name)
        assert screen.count.text().startswith("1 of 150")
    badge.setCurrentIndex(badge.findData("printed"))
    qtbot.waitUntil(lambda: screen.count.text().startswith("3 of 150"))
    badge.setCurrentIndex(badge.findData("not printed"))
    qtbot.waitUntil(lambda: screen.count.text().startswith("147 of 150"))


def test_status_and_arrival_narrow_the_table(qtbot: QtBot, screen: AttendeesScreen) -> None:
    status = screen.filters.status
    status.setCurrentIndex(status.findData(AttendeeStatus.CANCELLED))
    qtbot.waitUntil(lambda: not screen.count.text().startswith("150"))
    assert attendee_at(qtbot, screen, 0).attendee.status is AttendeeStatus.CANCELLED
    screen.filters.arrived.setCurrentIndex(1)
    qtbot.waitUntil(screen.no_match.isVisible)
    qtbot.mouseClick(screen.no_match.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.count.text().startswith("150 of 150"))
    assert screen.table.isVisible()


def test_a_click_on_a_title_sorts_and_another_one_turns_it_round(
    qtbot: QtBot, screen: AttendeesScreen
) -> None:
    ascending = names(qtbot, screen, 3)
    header = screen.table.horizontalHeader()
    header.setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: names(qtbot, screen, 3) != ascending)
    assert attendee_at(qtbot, screen, 149).attendee.last_name == ascending[0].split(",")[0]


def test_a_correction_is_stored_and_shown_in_table_and_history(
    qtbot: QtBot, screen: AttendeesScreen, workplace: Workplace
) -> None:
    listed = open_first(qtbot, screen, "agaogullari")
    panel = screen.panel.panel
    assert not panel.save.isEnabled()
    field = panel.form.fields["organisation"]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Cluster Union")
    qtbot.mouseClick(panel.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.model.index(0, 1).data() == "Cluster Union")
    record = workplace.event_file.record(listed.attendee.id)
    assert record is not None
    assert record.attendee.organisation == "Cluster Union"
    qtbot.waitUntil(lambda: "Corrected: organisation" in panel.history.item(0).text())
    assert not panel.save.isEnabled()


def test_what_was_typed_is_stored_when_another_person_is_opened(
    qtbot: QtBot, screen: AttendeesScreen, workplace: Workplace
) -> None:
    first, second = attendee_at(qtbot, screen, 0), attendee_at(qtbot, screen, 1)
    screen.table.selectRow(0)
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.panel.panel.attendee_id == first.attendee.id)
    field = screen.panel.panel.form.fields["attention"]
    field.selectAll()
    qtbot.keyClicks(field, "VIP")
    screen.table.selectRow(1)
    qtbot.waitUntil(lambda: screen.panel.panel.attendee_id == second.attendee.id)

    def attention() -> str:
        record = workplace.event_file.record(first.attendee.id)
        return record.attendee.attention if record else ""

    qtbot.waitUntil(lambda: attention() == "VIP")


def test_a_name_that_would_be_empty_is_refused_in_a_line(
    qtbot: QtBot, screen: AttendeesScreen, workplace: Workplace
) -> None:
    open_first(qtbot, screen, "agaogullari")
    panel = screen.panel.panel
    for name in ("first_name", "last_name"):
        panel.form.fields[name].selectAll()
        qtbot.keyClick(panel.form.fields[name], Qt.Key.Key_Delete)
    qtbot.mouseClick(panel.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "name must remain" in workplace.messages.text)
    assert panel.save.isEnabled()


def test_check_in_and_undo_from_the_panel(
    qtbot: QtBot, screen: AttendeesScreen, workplace: Workplace
) -> None:
    listed = open_first(qtbot, screen, "agaogullari")
    card = screen.panel.panel.card
    qtbot.waitUntil(card.check_in.hasFocus)
    qtbot.keyClick(card.check_in, Qt.Key.Key_Space)
    qtbot.waitUntil(card.undo.isVisible)
    qtbot.waitUntil(lambda: screen.model.index(0, 6).data() != "")
    assert not card.undo.hasFocus()
    screen.panel.take_focus()
    qtbot.waitUntil(screen.panel.panel.close_button.hasFocus)
    assert listed.attendee.id in {
        arrival.listed.attendee.id
        for arrival in workplace.event_file.latest_arrivals(workplace.desk.check_in_list.id)
    }
    qtbot.mouseClick(card.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(card.check_in.isVisible)
    qtbot.waitUntil(lambda: screen.model.index(0, 6).data() == "")


def test_who_is_not_confirmed_can_be_let_in_with_a_reason(
    qtbot: QtBot, screen: AttendeesScreen, workplace: Workplace
) -> None:
    status = screen.filters.status
    status.setCurrentIndex(status.findData(AttendeeStatus.CANCELLED))
    qtbot.waitUntil(lambda: not screen.count.text().startswith("150"))
    listed = attendee_at(qtbot, screen, 0)
    screen.show_attendee(listed.attendee.id)
    card = screen.panel.panel.card
    qtbot.waitUntil(lambda: screen.panel.panel.attendee_id == listed.attendee.id)
    qtbot.mouseClick(card.check_in, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(card.admit.isVisible)
    assert card.state.text() == "Cancelled"
    assert not card.admit.isEnabled()
    qtbot.keyClicks(card.reason, "speaker's guest")
    qtbot.keyClick(card.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(card.undo.isVisible)
    record = workplace.event_file.record(listed.attendee.id)
    assert record is not None
    assert [c.forced_reason for c in record.check_ins.values()] == ["speaker's guest"]


def test_a_change_elsewhere_keeps_selection_and_place(
    qtbot: QtBot, screen: AttendeesScreen, workplace: Workplace
) -> None:
    screen.table.horizontalHeader().setSortIndicator(6, Qt.SortOrder.DescendingOrder)
    people = [attendee_at(qtbot, screen, row) for row in range(60)]
    screen.table.verticalScrollBar().setValue(30)
    screen.table.selectRow(35)
    screen.table.selectionModel().select(
        screen.model.index(40, 0),
        QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
    )
    chosen = list(screen.table.chosen_numbers())
    top = screen.model.number_at(screen.table.rowAt(0))
    workplace.desk.check_in(people[20].attendee.id)
    workplace.changed.emit()
    qtbot.waitUntil(lambda: screen.model.number_at(0) == people[20].number)
    assert list(screen.table.chosen_numbers()) == chosen
    assert screen.model.number_at(screen.table.rowAt(0)) == top
    assert screen.table.current_number() == people[35].number


def test_badges_for_the_selection_are_asked_for_by_id(
    qtbot: QtBot, screen: AttendeesScreen, workplace: Workplace
) -> None:
    assert not screen.badges.isEnabled()
    wanted = {attendee_at(qtbot, screen, row).attendee.id for row in range(150)}
    screen.table.selectAll()
    assert "150 selected" in screen.count.text()
    with qtbot.waitSignal(workplace.badges_wanted) as asked:
        qtbot.mouseClick(screen.badges, Qt.MouseButton.LeftButton)
    assert set(asked.args[0]) == wanted


def test_chosen_lines_are_copied_for_a_spreadsheet(qtbot: QtBot, screen: AttendeesScreen) -> None:
    listed = find(qtbot, screen, "agaogullari")
    screen.table.selectRow(0)
    screen.table.setFocus()
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(screen.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: listed.attendee.email in QGuiApplication.clipboard().text())


def test_an_event_without_attendees_offers_to_import_a_list(
    qtbot: QtBot, workplace: Workplace, tmp_path: Path
) -> None:
    starts_on = workplace.desk.event.starts_on
    empty = create_event(tmp_path / "empty.checkin", "Assembly", starts_on, "Europe/Brussels")
    workplace.event_file, workplace.desk = empty, at_desk(empty, "Desk 1").desk
    screen = shown(qtbot, workplace)
    assert screen.nobody.isVisible()
    assert "Import" in screen.nobody.button.text()
    empty.close()


def test_the_context_menu_checks_in(
    qtbot: QtBot, screen: AttendeesScreen, workplace: Workplace
) -> None:
    listed = find(qtbot, screen, "agaogullari")
    screen.table.selectRow(0)
    screen.table.customContextMenuRequested.emit(
        screen.table.visualRect(screen.table.currentIndex()).center()
    )
    (menu,) = screen.findChildren(QMenu)
    (check_in,) = [action for action in menu.actions() if action.text() == "Check in"]
    check_in.trigger()
    menu.close()
    qtbot.waitUntil(screen.panel.panel.card.undo.isVisible)
    record = workplace.event_file.record(listed.attendee.id)
    assert record is not None
    assert record.checked_in_at is not None


def test_escape_gives_up_what_was_typed_and_then_closes_the_panel(
    qtbot: QtBot, screen: AttendeesScreen, workplace: Workplace
) -> None:
    listed = open_first(qtbot, screen, "agaogullari")
    panel = screen.panel.panel
    field = panel.form.fields["role"]
    field.setFocus()
    qtbot.keyClicks(field, "xyz")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == listed.attendee.role
    assert screen.panel.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not screen.panel.isVisible()


def test_the_keyboard_goes_from_the_filter_to_the_table_and_back(
    qtbot: QtBot, screen: AttendeesScreen
) -> None:
    names(qtbot, screen, 1)
    screen.filters.text.setFocus()
    qtbot.keyClick(screen.filters.text, Qt.Key.Key_Down)
    assert screen.table.hasFocus()
    assert screen.table.currentIndex().row() == 0
    assert screen.table.chosen_count() == 1
    qtbot.keyClicks(screen.filters.text, "a")
    qtbot.waitUntil(lambda: not screen.count.text().startswith("150 of"))
    qtbot.keyClick(screen.filters.text, Qt.Key.Key_Down)
    assert screen.table.chosen_count() == 1
    qtbot.keyClick(screen.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert screen.filters.text.hasFocus()


def test_arrows_go_from_line_to_line_and_stay_in_the_fields(
    qtbot: QtBot, screen: AttendeesScreen
) -> None:
    attendee_at(qtbot, screen, 3)
    screen.filters.text.setFocus()
    qtbot.keyClick(screen.filters.text, Qt.Key.Key_Down)
    assert screen.table.hasFocus()
    qtbot.keyClick(screen.table, Qt.Key.Key_Down)
    qtbot.keyClick(screen.table, Qt.Key.Key_Down)
    assert screen.table.currentIndex().row() == 2
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    qtbot.waitUntil(screen.panel.isVisible)
    status = screen.panel.panel.form.status
    qtbot.waitUntil(lambda: status.currentText() == "confirmed")
    status.setFocus()
    qtbot.keyClick(status, Qt.Key.Key_Down)
    assert status.currentText() == "pending"


def test_a_person_asked_for_from_elsewhere_is_shown_whatever_the_filter(
    qtbot: QtBot, screen: AttendeesScreen
) -> None:
    wanted = attendee_at(qtbot, screen, 100)
    find(qtbot, screen, "agaogullari")
    screen.show_attendee(wanted.attendee.id)
    qtbot.waitUntil(lambda: screen.table.current_number() == wanted.number)
    qtbot.waitUntil(lambda: screen.panel.panel.attendee_id == wanted.attendee.id)
    assert screen.filters.text.text() == ""


def test_escape_clears_the_filter_and_then_closes_the_panel(
    qtbot: QtBot, screen: AttendeesScreen
) -> None:
    open_first(qtbot, screen, "agaogullari")
    screen.filters.text.setFocus()
    qtbot.keyClick(screen.filters.text, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: screen.count.text().startswith("150 of 150"))
    assert screen.panel.isVisible()
    qtbot.keyClick(screen.filters.text, Qt.Key.Key_Escape)
    qtbot.waitUntil(screen.panel.isHidden)


def test_nothing_lies_over_another_thing_in_the_smallest_window(
    qtbot: QtBot, screen: AttendeesScreen
) -> None:
    screen.resize(920, 660)
    open_first(qtbot, screen, "agaogullari")
    filters = screen.filters
    for parts in (
        (filters.text, filters.status, filters.category, filters.arrived, filters.printed),
        (screen.count, filters.everybody, screen.import_list, screen.badges),
    ):
        assert all(part.isVisible() for part in parts)
        assert all(
            left.geometry().right() < right.geometry().left() for left, right in pairwise(parts)
        )
        assert all(part.width() >= part.minimumSizeHint().width() for part in parts)


def test_the_wheel_scrolls_the_fields_and_changes_none(
    qtbot: QtBot, screen: AttendeesScreen
) -> None:
    open_first(qtbot, screen, "agaogullari")
    for box in (screen.panel.panel.form.status, screen.panel.panel.form.category):
        before = box.currentText()
        middle = QPointF(box.rect().center())
        turn = QWheelEvent(
            middle,
            box.mapToGlobal(middle),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QGuiApplication.sendEvent(box, turn)
        assert box.currentText() == before
    assert screen.panel.panel.form.changes() == {}
