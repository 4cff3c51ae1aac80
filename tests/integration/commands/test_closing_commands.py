"""``close``, ``erase`` and ``person`` without a screen, killed at any moment, on a full disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import apsw
import pytest
from busy_day import OWN_WORDS, busy_day
from command_line import COMMAND, answer, environment, run, start
from erased_data import found_in, tell_tales
from pseudo_terminals import open_pair

from checkin_app.cli import main
from checkin_app.domain.ledger import EntryKind
from checkin_app.services.privacy.end_pack import MANIFEST, PACK_FILES, RECORD_JSON, RECORD_TEXT
from checkin_app.storage.event_file import EventFile


@pytest.fixture
def busy_path(sample_path: Path) -> Path:
    with closing(EventFile(sample_path)) as event_file:
        busy_day(event_file)
    return sample_path


def tales_of(path: Path) -> set[str]:
    with closing(EventFile(path)) as event_file:
        return tell_tales(event_file.records()) | set(OWN_WORDS)


def frame_of(path: Path) -> list[str]:
    """What may still be read in the file of a closed event."""
    with closing(EventFile(path)) as event_file:
        event = event_file.event()
        return [
            event.name, event.venue, event.city, event.timezone,
            *(session.title for session in event.sessions),
            *(one.name for one in event_file.check_in_lists()),
            *event_file.categories(), *PACK_FILES, *(kind.value for kind in EntryKind),
        ]  # fmt: skip


def test_close_writes_the_pack_and_leaves_nobody(busy_path: Path, tmp_path: Path) -> None:
    tales, folder = tales_of(busy_path), tmp_path / "pack"
    before = counts_of(busy_path)
    told = answer("close", busy_path, "-o", folder)
    assert told == {"erased": 151, "folder": str(folder), "resumed": False}
    assert found_in(busy_path, tales, frame_of(busy_path)) == set()
    assert counts_of(busy_path) == before
    assert answer("verify", busy_path)["ok"]
    assert {one.name for one in folder.iterdir()} == {
        *PACK_FILES, MANIFEST, RECORD_TEXT, RECORD_JSON,
    }  # fmt: skip
    again = run("close", busy_path, "-o", folder)
    assert again.returncode == 2
    assert "already" in again.stderr
    for words in (("scan", busy_path, "CODE"), ("erase", busy_path, "CODE")):
        refused = run(*words)
        assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)


def counts_of(path: Path) -> dict[str, object]:
    """The numbers that stay; those by organisation and country are in the pack alone."""
    told = answer("stats", path)
    return {name: told[name] for name in told if name not in ("by_organisation", "by_country")}


def test_close_asks_for_a_folder(sample_path: Path) -> None:
    refused = run("close", sample_path)
    assert refused.returncode == 2
    assert "-o" in refused.stderr


@pytest.mark.parametrize(("typed", "status"), [(b"Another meeting\n", 2), (b"Meeting\n", 0)])
def test_on_a_terminal_the_name_has_to_be_typed(tmp_path: Path, typed: bytes, status: int) -> None:
    event = tmp_path / "meeting.checkin"
    answer("new", event, "--name", "Meeting", "--date", "2024-05-06")
    keyboard, terminal = open_pair()
    os.write(keyboard, typed)
    done = subprocess.run(
        [*COMMAND, "close", str(event), "-o", str(tmp_path / "pack")],
        stdin=terminal,
        capture_output=True,
        env=environment(),
        check=False,
    )
    os.close(terminal)
    os.close(keyboard)
    assert done.returncode == status
    assert (tmp_path / "pack").exists() == (status == 0)


def test_erase_takes_an_id_or_a_code(busy_path: Path, tmp_path: Path) -> None:
    people = answer("find", busy_path, "a", "--limit", "30")["results"]
    first, second = people[0], people[1]
    assert answer("erase", busy_path, first["id"])["erased"] == first["id"]
    assert answer("erase", busy_path, second["code"])["erased"] == second["id"]
    left = answer("person", busy_path, first["id"])["attendee"]
    assert (left["last_name"], left["code"], left["erased"]) == ("", "", True)
    assert answer("verify", busy_path)["ok"]
    assert answer("stats", busy_path)["registered"] == 151
    for file in ("out.csv", "out.json"):
        answer("export", busy_path, tmp_path / file)
        assert first["email"].encode() not in (tmp_path / file).read_bytes()
    unknown = run("erase", busy_path, "0" * 32)
    assert (unknown.returncode, unknown.stderr.count("\n")) == (2, 1)


def test_person_tells_everything_and_writes_it(busy_path: Path, tmp_path: Path) -> None:
    someone = answer("find", busy_path, "Vocaskova")["results"][0]
    told = answer("person", busy_path, someone["id"])
    assert told["attendee"]["last_name"] == "Vocaskova"
    assert told["history"][0]["what"] == "registered"
    assert told["in_programme"]
    answer("person", busy_path, someone["id"], "-o", tmp_path / "one.json")
    assert json.loads((tmp_path / "one.json").read_bytes())["attendee"] == told["attendee"]
    assert run("person", busy_path, someone["id"], "-o", tmp_path / "one.pdf").returncode == 0
    assert (tmp_path / "one.pdf").read_bytes().startswith(b"%PDF")
    assert "Vocaskova" in run("person", busy_path, someone["id"]).stdout
    assert run("person", busy_path, someone["id"], "-o", tmp_path / "one.txt").returncode == 2


def test_while_another_program_reads_the_file_it_is_done_but_not_called_finished(
    busy_path: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("checkin_app.storage.connections.BUSY_TIMEOUT_MS", 50)
    person = answer("find", busy_path, "a", "--limit", "1")["results"][0]["id"]
    pack = str(tmp_path / "pack")
    with closing(apsw.Connection(str(busy_path))) as other:
        for words in (["erase", str(busy_path), person], ["close", str(busy_path), "-o", pack]):
            other.execute("BEGIN; SELECT count(*) FROM entry").fetchall()
            assert main([*words, "--json"], lambda _event: 0) == 1
            told = capsys.readouterr()
            assert json.loads(told.out)["unfinished"]
            assert "traces may still lie in the file" in told.err
            other.execute("COMMIT")
    assert answer("close", busy_path, "-o", pack)["resumed"]
    assert (tmp_path / "pack" / RECORD_TEXT).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX word")
@pytest.mark.parametrize(
    "moment",
    [
        lambda event, folder: len(files_in(folder)) >= 1,
        lambda event, folder: len(files_in(folder)) > len(PACK_FILES),
        lambda event, folder: has_digests(folder) and log_bytes(event) > 0,
        lambda event, folder: has_digests(folder) and log_bytes(event) > 150_000,
        lambda event, folder: (folder / RECORD_TEXT).exists(),
    ],
    ids=["pack begun", "pack written", "erasing", "written anew", "record"],
)
def test_killed_at_any_moment_an_event_is_whole_or_is_closed_to_the_end(
    busy_path: Path, tmp_path: Path, moment: Callable[[Path, Path], bool]
) -> None:
    tales, folder = tales_of(busy_path), tmp_path / "pack"
    command = start("close", busy_path, "-o", folder)
    while command.poll() is None and not moment(busy_path, folder):
        pass
    command.kill()
    command.communicate()
    with closing(EventFile(busy_path)) as event_file:
        assert event_file.verify().ok
        erased = {record.is_erased for record in event_file.records()}
        is_closed = event_file.erasures.closing() is not None
        assert erased == {is_closed}
        is_unfinished = event_file.erasures.is_unfinished()
    done = run("close", busy_path, "-o", folder)
    # Refused only where nothing was left to do.
    assert done.returncode == 0 or (is_closed and (folder / RECORD_JSON).exists()), done.stderr
    assert not is_unfinished or done.returncode == 0 or "already" in done.stderr
    assert (folder / RECORD_TEXT).exists()
    assert found_in(busy_path, tales, frame_of(busy_path)) == set()
    assert [one.name for one in folder.iterdir() if one.suffix == ".part"] == []
    attendance = (folder / "attendance.xlsx").stat().st_size
    assert attendance > 10_000


def files_in(folder: Path) -> list[Path]:
    return [one for one in folder.iterdir() if one.suffix != ".part"] if folder.is_dir() else []


def has_digests(folder: Path) -> bool:
    try:
        return bool(json.loads((folder / MANIFEST).read_bytes())["sha256"])
    except (OSError, ValueError):
        return False


def log_bytes(event: Path) -> int:
    log = Path(f"{event}-wal")
    try:
        return log.stat().st_size
    except OSError:
        return 0
