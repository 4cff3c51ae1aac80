"""The log beside the event file is moved into it without holding up those who wait to write."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest

from checkin_app.domain.attendee import Attendee
from checkin_app.storage.connections import connect
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.log_moving import LogMoving

NOW = datetime(2024, 5, 6, 10, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "moved.sqlite"


@pytest.fixture
def connection(path: Path) -> Iterator[apsw.Connection]:
    connection = connect(path, create=True)
    connection.execute("CREATE TABLE line (text TEXT)")
    yield connection
    connection.close()


def write_much(connection: apsw.Connection) -> None:
    with connection:
        connection.executemany("INSERT INTO line VALUES (?)", [("x" * 4000,)] * 1500)


def test_a_log_that_gets_long_is_moved_by_the_commit(
    path: Path, connection: apsw.Connection
) -> None:
    moving = LogMoving(connection)
    write_much(connection)
    moved = path.stat().st_size
    assert moved > 1500 * 4000
    moving.move_what_was_left(connection)
    assert path.stat().st_size == moved


def test_a_log_that_is_left_is_moved_when_told_to(path: Path, connection: apsw.Connection) -> None:
    moving = LogMoving(connection)
    moving.leave(is_left=True)
    before = path.stat().st_size
    write_much(connection)
    assert path.stat().st_size == before
    moving.move_what_was_left(connection)
    assert path.stat().st_size > 1500 * 4000


def test_a_log_that_cannot_be_moved_now_is_moved_later(
    path: Path, connection: apsw.Connection
) -> None:
    moving = LogMoving(connection)
    moving.leave(is_left=True)
    reader = connect(path)
    with reader:
        assert reader.execute("SELECT count(*) FROM line").get == 0
        write_much(connection)
        moving.move_what_was_left(connection)
        assert path.stat().st_size < 1500 * 4000
    reader.close()
    write_much(connection)
    moving.move_what_was_left(connection)
    assert path.stat().st_size > 3000 * 4000


@pytest.mark.parametrize("comes_again", [True, False])
def test_much_that_an_event_file_takes_in_is_moved(
    sample_event_file: EventFile, comes_again: bool
) -> None:
    before = sample_event_file.path.stat().st_size
    people = [Attendee("", last_name=f"Nr {number}") for number in range(12_000)]
    with sample_event_file.transaction("Desk", NOW, comes_again=comes_again) as transaction:
        transaction.register(people)
    assert sample_event_file.path.stat().st_size > before + 1_000_000
