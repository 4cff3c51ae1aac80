"""Event files of earlier versions are opened, brought up to date, and right."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import apsw
import pytest
from settable_clock import DURING_REGISTRATION
from version_1 import as_version_1

from checkin_app.domain.fold import FROM_DESK
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.print_jobs import PrintCause
from checkin_app.domain.printers import PrinterId, SpoolerKind
from checkin_app.errors import EventFileForeign
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.attendee_filter import AttendeeFilter
from checkin_app.storage.schema import SCHEMA_VERSION, file_version
from checkin_app.storage.sharing.left_out import LEFT_OUT_TABLES
from checkin_app.storage.sharing.shared_ledger import SHARING_TABLES

NOW = DURING_REGISTRATION
PRINTER = PrinterId(SpoolerKind.FOLDER, "badges")


@pytest.fixture
def old_path(sample_path: Path, tmp_path: Path) -> Path:
    """The sample event of version 1: Gudmundur's badge is out of date, another's is not."""
    with closing(EventFile(sample_path)) as event_file:
        first, second, third = event_file.attendees(AttendeeFilter())[:3]
        with event_file.transaction("Desk 1", NOW) as transaction:
            for person in (first, second):
                transaction.append(EntryKind.BADGE_PRINTED, person.id)
            transaction.append(EntryKind.CHECKED_IN, second.id, "registration")
            for person in (first, third):
                changes = {"changes": {"role": "Guest"}, "source": FROM_DESK}
                transaction.append(EntryKind.AMENDED, person.id, payload=changes)
    return as_version_1(sample_path, tmp_path / "old.checkin")


def test_a_file_of_version_1_is_brought_up_to_date(old_path: Path) -> None:
    with closing(EventFile(old_path)) as event_file:
        assert event_file.verify().ok
        first, second, third, *_others = records = event_file.records()
        assert [record.changed_since_print for record in (first, second, third)] == [1, 0, 0]
        assert [record.badge_prints for record in (first, second, third)] == [1, 1, 0]
        assert second.checked_in_at == NOW
        assert all(record.registered_at is not None for record in records)
        assert len(event_file.attendees(AttendeeFilter(changed=True))) == 1
        assert event_file.search(first.attendee.last_name)
    with closing(apsw.Connection(str(old_path))) as connection:
        assert file_version(connection) == SCHEMA_VERSION == 8


def test_a_file_brought_up_to_date_is_worked_with(old_path: Path) -> None:
    with closing(EventFile(old_path)) as event_file:
        person = event_file.records()[5].attendee
        with event_file.transaction("Desk 1", NOW) as transaction:
            transaction.append(
                EntryKind.BADGE_PRINTED, person.id, payload={"tray": "A–F", "place": 3}
            )
            transaction.keep_layout("mine", {"toml": "title = 'Mine'"})
        record = event_file.record(person.id)
        assert record is not None
        assert (record.tray, record.tray_place) == ("A–F", 3)
        assert event_file.verify().ok


def test_a_file_brought_up_to_date_has_the_tables_of_a_new_one(
    old_path: Path, empty_path: Path
) -> None:
    def tables(path: Path) -> list[tuple[str, ...]]:
        with closing(EventFile(path)), closing(apsw.Connection(str(path))) as connection:
            columns = connection.execute(
                "SELECT t.name, c.name, c.type, c.'notnull', c.dflt_value FROM sqlite_schema t"
                " JOIN pragma_table_info(t.name) c WHERE t.name NOT LIKE 'search%' ORDER BY 1, 2"
            ).fetchall()
            others = connection.execute(
                "SELECT name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger')"
                " ORDER BY name"
            ).fetchall()
        return columns + others

    assert tables(old_path) == tables(empty_path)


def _drop_what_came_after_version_5(connection: apsw.Connection) -> None:
    triggers = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    for (trigger,) in triggers.fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute("DROP TABLE headcount; DROP INDEX entry_of_erasure")
    for table in LEFT_OUT_TABLES:
        connection.execute(f"DROP TABLE {table}")


def test_a_file_of_version_2_gets_a_print_queue(sample_path: Path) -> None:
    with closing(apsw.Connection(str(sample_path))) as connection:
        _drop_what_came_after_version_5(connection)
        connection.execute(
            "DROP TABLE print_job; DROP TABLE mailing; DROP TABLE mail_job;"
            " DROP TABLE unfinished_erasure; DROP TABLE online_send; DROP INDEX undoing_entry;"
            " DROP TABLE merged; DROP INDEX attendee_in_conflict; DROP INDEX code_by_attendee;"
            " PRAGMA user_version = 2"
        )
        for table in SHARING_TABLES:
            connection.execute(f"DROP TABLE {table}")
        for column in (
            "gone_at", "ticket_sent_at", "is_erased", "open_conflicts", "resolved_conflicts",
        ):  # fmt: skip
            connection.execute(f"ALTER TABLE attendee DROP COLUMN {column}")
    with closing(EventFile(sample_path)) as event_file:
        person = event_file.attendees(AttendeeFilter())[0]
        with event_file.transaction("Desk 1", NOW) as transaction:
            transaction.add_print_job("desk-1", person.id, PRINTER, PrintCause.ASKED)
        assert len(event_file.print_jobs.of_desk("desk-1").open()) == 1
        assert event_file.verify().ok


def test_a_file_of_version_4_shares_and_sends(sample_path: Path) -> None:
    with closing(apsw.Connection(str(sample_path))) as connection:
        _drop_what_came_after_version_5(connection)
        for table in (*SHARING_TABLES, "merged"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute(
            "DROP INDEX attendee_in_conflict; DROP INDEX code_by_attendee; PRAGMA user_version = 4"
        )
        for table, column in (
            ("attendee", "open_conflicts"),
            ("attendee", "resolved_conflicts"),
            ("mail_job", "sent_before"),
            ("mail_job", "made_after"),
        ):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    with closing(EventFile(sample_path)) as event_file:
        assert len(event_file.sharing.unshared(1000)) > 150
        assert event_file.mail_jobs.people_not_reached() == frozenset()
        assert event_file.verify().ok


def test_a_file_of_version_5_counts_who_is_there_already(sample_path: Path) -> None:
    with closing(EventFile(sample_path)) as event_file:
        counts = event_file.category_counts()
    with closing(apsw.Connection(str(sample_path))) as connection:
        _drop_what_came_after_version_5(connection)
        connection.pragma("user_version", 5)
    with closing(EventFile(sample_path)) as event_file:
        assert event_file.category_counts() == counts
        assert event_file.verify().ok


def test_a_file_whose_ledger_cannot_be_folded_stays_as_it_was(
    old_path: Path, tmp_path: Path
) -> None:
    with closing(apsw.Connection(str(old_path))) as connection:
        connection.execute("UPDATE entry SET payload = '{' WHERE kind = 'badge printed'")
    before = Path(shutil.copy(old_path, tmp_path / "before.checkin")).read_bytes()
    with pytest.raises(EventFileForeign, match="damaged"):
        EventFile(old_path)
    with closing(apsw.Connection(str(old_path))) as connection:
        assert file_version(connection) == 1
        columns = connection.execute("SELECT name FROM pragma_table_info('attendee')").fetchall()
        assert ("tray",) not in columns
    assert old_path.read_bytes()[100:] == before[100:]
