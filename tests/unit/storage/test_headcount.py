"""The sums of attendees and arrivals, kept by the event file itself."""

from __future__ import annotations

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkin_app.domain.attendee import AttendeeStatus
from checkin_app.storage.people.headcount import category_counts, is_counted_right, present_count
from checkin_app.storage.schema import bring_up_to_date

NUMBERS = st.integers(1, 4)
LISTS = st.sampled_from(("door", "dinner"))
ENTRIES = st.integers(1, 2)
PERSON = st.tuples(
    st.sampled_from(("", "Speaker", "Press")),
    st.sampled_from([status.value for status in AttendeeStatus]),
    st.booleans(),
    st.none() | st.just(7),
    st.none() | st.just(9),
)
STEPS = st.one_of(
    st.tuples(st.just("person"), NUMBERS, PERSON),
    st.tuples(st.just("gone"), NUMBERS),
    st.tuples(st.just("check-in"), NUMBERS, LISTS, ENTRIES, st.booleans()),
    st.tuples(st.just("undo"), NUMBERS, LISTS, ENTRIES),
)


@pytest.fixture(scope="module")
def connection() -> apsw.Connection:
    made = apsw.Connection(":memory:")
    bring_up_to_date(made)
    return made


@settings(max_examples=300)
@given(steps=st.lists(STEPS, max_size=25))
def test_the_sums_are_what_counting_comes_to_after_any_changes(
    connection: apsw.Connection, steps: list[tuple[object, ...]]
) -> None:
    connection.execute("BEGIN")
    try:
        for what, *details in steps:
            _change(connection, str(what), details)
            assert is_counted_right(connection)
        counted = connection.execute("SELECT count(*) FROM attendee").get
        assert sum(count.registered for count in category_counts(connection)) == counted
        for list_id in ("door", "dinner"):
            standing = "SELECT count(*) FROM check_in WHERE list = ? AND standing"
            assert (
                present_count(connection, list_id) == connection.execute(standing, (list_id,)).get
            )
    finally:
        connection.execute("ROLLBACK")


def test_who_has_come_on_a_list_is_not_gone_there_but_may_be_on_another(
    connection: apsw.Connection,
) -> None:
    connection.execute("BEGIN")
    try:
        _change(connection, "person", [1, ("Press", "confirmed", False, 7, 9)])
        _change(connection, "check-in", [1, "door", 1, True])
        assert [(count.arrived, count.gone) for count in category_counts(connection, "door")] == [
            (1, 0)
        ]
        assert [(count.arrived, count.gone) for count in category_counts(connection, "dinner")] == [
            (0, 1)
        ]
    finally:
        connection.execute("ROLLBACK")


def test_a_wrong_sum_is_noticed(connection: apsw.Connection) -> None:
    connection.execute("BEGIN")
    try:
        _change(connection, "person", [1, ("", "confirmed", False, None, None)])
        connection.execute("UPDATE headcount SET people = people + 1")
        assert not is_counted_right(connection)
    finally:
        connection.execute("ROLLBACK")


def test_nothing_is_left_of_a_category_that_nobody_has(connection: apsw.Connection) -> None:
    connection.execute("BEGIN")
    try:
        _change(connection, "person", [1, ("Guests of Anna", "confirmed", False, None, 9)])
        _change(connection, "check-in", [1, "door", 1, True])
        _change(connection, "person", [1, ("Guest", "confirmed", False, None, 9)])
        left = connection.execute("SELECT DISTINCT category FROM headcount").fetchall()
        assert left == [("Guest",)]
    finally:
        connection.execute("ROLLBACK")


def _change(connection: apsw.Connection, what: str, details: list[object]) -> None:
    number = details[0]
    if what == "person":
        _write_person(connection, number, details[1])
    elif what == "gone":
        connection.execute("DELETE FROM check_in WHERE attendee = ?", (number,))
        connection.execute("DELETE FROM attendee WHERE number = ?", (number,))
    elif what == "check-in":
        connection.execute(
            "INSERT INTO check_in SELECT number, ?, ?, 1, 'Desk', '', ? FROM attendee"
            " WHERE number = ? ON CONFLICT DO UPDATE SET standing = excluded.standing",
            (details[1], bytes([details[2]]), details[3], number),
        )
    else:
        connection.execute(
            "DELETE FROM check_in WHERE attendee = ? AND list = ? AND entry = ?",
            (number, details[1], bytes([details[2]])),
        )


def _write_person(connection: apsw.Connection, number: object, person: object) -> None:
    connection.execute(
        "UPDATE attendee SET (category, status, walk_in, gone_at, checked_in_at) = (?, ?, ?, ?, ?)"
        " WHERE number = ?",
        (*person, number),
    )
    connection.execute(
        "INSERT INTO attendee (category, status, walk_in, gone_at, checked_in_at, number, id,"
        " sort_key, first_key, badge_prints, code, title, first_name, last_name, organisation,"
        " role, country, email, attention, extra)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, '', '', 0, '', '', '', '', '', '', '', '', '', '{}')"
        " ON CONFLICT (number) DO NOTHING",
        (*person, number, bytes([number])),
    )
