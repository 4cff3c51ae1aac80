"""Where one can go in an import."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checkin_app.gui.lists.checking.check_lines import CheckKind, CheckLine
from checkin_app.gui.lists.course import Course
from checkin_app.gui.lists.list_look import ListInHand, ListLook, ListWishes, look_at_list
from checkin_app.gui.lists.packed_lines import PackedLines
from checkin_app.gui.lists.steps_line import Step
from checkin_app.storage.event_file import EventFile


@pytest.fixture
def look(empty_event_file: EventFile, tmp_path: Path) -> ListLook:
    """A clean list of one person."""
    path = tmp_path / "list.csv"
    path.write_text("First name,Last name\nAda,Öst\n", encoding="utf-8")
    return look_at_list(
        ListInHand(), empty_event_file, path, ListWishes(), lambda *_: None, lambda: False
    )


def with_line(look: ListLook, kind: CheckKind) -> ListLook:
    """The same, with one row to check."""
    line = CheckLine(2, kind, "Ada", "", "", "Look at it.")
    return replace(look, to_check={kind: PackedLines([line])})


def test_before_a_file_is_understood_there_is_only_the_file() -> None:
    assert Course(Step.FILE, None).reachable == {Step.FILE}
    assert not Course(Step.UNDERSTOOD, None).is_understood


def test_a_clean_list_passes_the_check(look: ListLook) -> None:
    course = Course(Step.UNDERSTOOD, look)
    assert course.next is Step.CHANGES
    assert Step.CHECK not in course.reachable
    assert Course(Step.CHANGES, look).before is Step.UNDERSTOOD


@pytest.mark.parametrize("kind", [CheckKind.NOT_TAKEN, CheckKind.UNCLEAR, CheckKind.DOUBTFUL])
def test_a_row_that_is_worth_a_look_stops_at_the_check(look: ListLook, kind: CheckKind) -> None:
    look = with_line(look, kind)
    assert Course(Step.UNDERSTOOD, look).next is Step.CHECK
    assert Course(Step.CHANGES, look).before is Step.CHECK


def test_repeated_rows_can_be_looked_at_and_stop_nobody(look: ListLook) -> None:
    course = Course(Step.UNDERSTOOD, with_line(look, CheckKind.REPEATED))
    assert course.next is Step.CHANGES
    assert Step.CHECK in course.reachable


def test_a_list_with_an_obstacle_goes_no_further(look: ListLook) -> None:
    course = Course(Step.UNDERSTOOD, replace(look, obstacle="No column holds names."))
    assert course.reachable == {Step.FILE, Step.UNDERSTOOD}
    assert not course.has_figures


def test_while_it_is_written_and_when_it_is_done_there_is_no_way_back(look: ListLook) -> None:
    assert not Course(Step.CHANGES, look, is_writing=True).reachable
    done = Course(Step.DONE, look)
    assert not done.reachable
    assert done.before is None
    assert not done.has_figures
