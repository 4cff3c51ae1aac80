"""The table's model: any number of rows, of which only what is looked at is fetched."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.programme import Event
from checkin_app.gui.attendees.table.columns import table_columns
from checkin_app.gui.attendees.table.table_model import CHUNK_ROWS, AttendeeTableModel, Rows
from checkin_app.storage.people.register import ListedAttendee

EVENT = Event("Assembly", "Europe/Brussels", date(2024, 5, 6), date(2024, 5, 6))
DISPLAY = Qt.ItemDataRole.DisplayRole


class Store:
    """Answers like the event file, when it is told to."""

    def __init__(self) -> None:
        self.questions: list[tuple[Sequence[int], Callable[[Rows], None]]] = []
        self.last_name = "Name"
        self.gone: set[int] = set()

    def ask(self, numbers: Sequence[int], done: Callable[[Rows], None]) -> None:
        self.questions.append((numbers, done))

    def answer(self) -> None:
        questions, self.questions = self.questions, []
        for numbers, done in questions:
            done(tuple(self.row(number) for number in numbers if number not in self.gone))

    def row(self, number: int) -> ListedAttendee:
        return ListedAttendee(
            number, Attendee(str(number), last_name=f"{self.last_name} {number}"), None, 0
        )


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def model(qtbot: QtBot, store: Store) -> AttendeeTableModel:
    return AttendeeTableModel(table_columns(EVENT), store.ask)


def numbers(count: int) -> array[int]:
    return array("q", range(1, count + 1))


def text(model: AttendeeTableModel, row: int, column: int = 0) -> object:
    return model.index(row, column).data(DISPLAY)


def look_at(qtbot: QtBot, model: AttendeeTableModel, store: Store, row: int) -> None:
    text(model, row)
    qtbot.waitUntil(lambda: bool(store.questions))
    store.answer()


def test_the_model_keeps_the_rules_of_qt(
    qtbot: QtBot, model: AttendeeTableModel, store: Store
) -> None:
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show_numbers(numbers(30))
    look_at(qtbot, model, store, 3)
    model.refresh()
    model.show_numbers(array("q", range(40, 0, -2)))
    look_at(qtbot, model, store, 0)
    model.show_numbers(numbers(0))
    assert model.rowCount() == 0


def test_a_hundred_thousand_rows_are_there_at_once_and_one_chunk_is_fetched(
    qtbot: QtBot, model: AttendeeTableModel, store: Store
) -> None:
    model.show_numbers(numbers(100_000))
    assert model.rowCount() == 100_000
    assert text(model, 70_000) == ""
    qtbot.waitUntil(lambda: bool(store.questions))
    asked = {number for question, _ in store.questions for number in question}
    assert 70_001 in asked
    assert len(asked) <= 3 * CHUNK_ROWS
    store.answer()
    assert text(model, 70_000) == "Name 70001"


def test_scrolling_on_drops_older_wishes(
    qtbot: QtBot, model: AttendeeTableModel, store: Store
) -> None:
    model.show_numbers(numbers(100_000))
    for row in range(0, 100_000, 1000):
        text(model, row)
    qtbot.waitUntil(lambda: bool(store.questions))
    assert len(store.questions) <= 3
    assert 99_001 in store.questions[-1][0]


def test_rows_stay_on_screen_until_their_new_state_has_come(
    qtbot: QtBot, model: AttendeeTableModel, store: Store
) -> None:
    model.show_numbers(numbers(10))
    look_at(qtbot, model, store, 3)
    store.last_name = "New name"
    model.refresh()
    assert text(model, 3) == "Name 4"
    look_at(qtbot, model, store, 3)
    assert text(model, 3) == "New name 4"


def test_known_rows_need_no_second_question_after_another_sort(
    qtbot: QtBot, model: AttendeeTableModel, store: Store
) -> None:
    model.show_numbers(numbers(10))
    look_at(qtbot, model, store, 0)
    model.show_numbers(array("q", range(10, 0, -1)))
    assert text(model, 0) == "Name 10"


def test_an_answer_to_an_older_order_is_kept_but_shown_nowhere_wrong(
    qtbot: QtBot, model: AttendeeTableModel, store: Store
) -> None:
    model.show_numbers(numbers(300))
    text(model, 0)
    qtbot.waitUntil(lambda: bool(store.questions))
    model.show_numbers(array("q", range(300, 0, -1)))
    store.answer()
    assert text(model, 299) == "Name 1"


def test_a_row_that_is_gone_is_empty_and_not_asked_for_again(
    qtbot: QtBot, model: AttendeeTableModel, store: Store
) -> None:
    store.gone = {5}
    model.show_numbers(numbers(10))
    look_at(qtbot, model, store, 4)
    assert text(model, 4) == ""
    qtbot.wait(0)
    assert not store.questions


def test_chosen_numbers_become_ranges_of_rows(model: AttendeeTableModel) -> None:
    model.show_numbers(numbers(100))
    selection = model.selection_of([3, 4, 5, 100, 1, 777])
    assert [(part.top(), part.bottom()) for part in selection.toList()] == [
        (0, 0),
        (2, 4),
        (99, 99),
    ]


def test_markup_and_control_characters_are_shown_as_plain_text(
    qtbot: QtBot, model: AttendeeTableModel, store: Store
) -> None:
    evil = "<b>x</b>\x07\u202e"
    row = store.row(1)
    store.row = lambda number: replace(  # type: ignore[method-assign]
        row, attendee=replace(row.attendee, last_name=evil)
    )
    model.show_numbers(numbers(1))
    look_at(qtbot, model, store, 0)
    assert text(model, 0) == "<b>x</b>␇\ufffd"
