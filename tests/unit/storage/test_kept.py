"""An event file keeps its layouts and stock; the latest of a name holds."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import apsw
import pytest
from settable_clock import DURING_REGISTRATION

from checkin_app.domain.ledger import EntryKind
from checkin_app.storage.event_file import EventFile

NOW = DURING_REGISTRATION
MINE = {"toml": "title = 'Mine'\n", "pictures": {"logo.svg": "PHN2Zy8+"}}
PAPER = {"width_mm": 210.0, "slots": [[1, 2], [3, 4]], "brand": "Ångström"}


def keep_layout(event_file: EventFile, name: str, document: dict[str, object] | None) -> None:
    with event_file.transaction("Desk 1", NOW) as transaction:
        transaction.keep_layout(name, document)


def kinds(event_file: EventFile) -> list[EntryKind]:
    return [e.kind for e in event_file.ledger() if e.kind.value.endswith("kept")]


def test_a_new_file_keeps_nothing(empty_event_file: EventFile) -> None:
    assert empty_event_file.kept_layouts() == empty_event_file.kept_stock() == {}


def test_what_is_kept_is_there_when_the_file_is_opened_again(empty_path: Path) -> None:
    event_file = EventFile(empty_path)
    with event_file.transaction("Desk 1", NOW) as transaction:
        transaction.keep_layout("mine", MINE)
        transaction.keep_stock("mine", PAPER)
        transaction.keep_stock("another", {})
    event_file.close()
    with closing(EventFile(empty_path)) as event_file:
        assert event_file.kept_layouts() == {"mine": MINE}
        assert list(event_file.kept_stock().items()) == [("another", {}), ("mine", PAPER)]
        assert event_file.verify().ok


def test_the_latest_of_a_name_holds_and_may_be_removed(empty_event_file: EventFile) -> None:
    keep_layout(empty_event_file, "mine", MINE)
    keep_layout(empty_event_file, "other", {"toml": ""})
    keep_layout(empty_event_file, "mine", {"toml": "title = 'Newer'"})
    assert empty_event_file.kept_layouts()["mine"] == {"toml": "title = 'Newer'"}
    keep_layout(empty_event_file, "mine", None)
    assert list(empty_event_file.kept_layouts()) == ["other"]
    assert empty_event_file.verify().ok
    assert len(kinds(empty_event_file)) == 4


def test_what_is_kept_already_is_not_written_again(empty_event_file: EventFile) -> None:
    keep_layout(empty_event_file, "mine", MINE)
    keep_layout(empty_event_file, "mine", dict(reversed(MINE.items())))
    keep_layout(empty_event_file, "never", None)
    assert kinds(empty_event_file) == [EntryKind.LAYOUT_KEPT]
    keep_layout(empty_event_file, "mine", None)
    keep_layout(empty_event_file, "mine", None)
    keep_layout(empty_event_file, "mine", MINE)
    assert kinds(empty_event_file) == [EntryKind.LAYOUT_KEPT] * 3


def test_what_another_connection_kept_is_seen(empty_path: Path) -> None:
    with closing(EventFile(empty_path)) as one, closing(EventFile(empty_path)) as other:
        keep_layout(one, "mine", MINE)
        keep_layout(other, "mine", MINE)
        assert other.kept_layouts() == {"mine": MINE}
        assert len(kinds(one)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kept SET document = '{}'",
        "UPDATE kept SET name = 'forged'",
        "DELETE FROM kept",
        "DELETE FROM entry WHERE kind = 'badge layout kept'",
    ],
)
def test_a_change_behind_the_ledgers_back_is_found(empty_path: Path, statement: str) -> None:
    with closing(EventFile(empty_path)) as event_file:
        keep_layout(event_file, "mine", MINE)
    with closing(apsw.Connection(str(empty_path))) as connection:
        connection.execute(statement)
    with closing(EventFile(empty_path)) as event_file:
        (difference,) = event_file.verify().differences
    assert difference == "The layouts and stock that are kept differ from the ledger."
