"""Killed at any moment, the program loses nothing it acknowledged and leaves nothing half-done."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import ROOT, answer, environment, start
from settable_clock import DURING_REGISTRATION

from checkin_app.domain.attendee import Attendee, AttendeeRecord
from checkin_app.services.event_files import open_event

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX word")

KILLS = 24
MOST_SCANS = 25


_DIES_AT_SIZE = """
import resource, signal, sys
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
from checkin_app.__main__ import main
sys.exit(main())
"""


def people(count: int) -> list[Attendee]:
    return [
        Attendee("", f"PERSON-{number:05}", first_name="Anna", last_name=f"Nowak{number}")
        for number in range(count)
    ]


def write_long_list(path: Path, count: int) -> Path:
    rows = (f"PERSON-{n:05},Anna{n},Nowak{n},EAPN {n}" for n in range(count))
    header = "Ticket code,First name,Last name,Organisation"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def kill(child: subprocess.Popen[bytes]) -> None:
    child.send_signal(signal.SIGKILL)
    child.communicate()


def test_a_desk_killed_many_times_keeps_every_check_in_it_acknowledged(empty_path: Path) -> None:
    chance = random.Random(20240506)
    event_file = open_event(empty_path)
    with event_file.transaction("Organiser", DURING_REGISTRATION) as transaction:
        transaction.register(people(KILLS * MOST_SCANS))
    event_file.close()
    codes = iter(person.code for person in people(KILLS * MOST_SCANS))
    acknowledged: set[str] = set()

    for _ in range(KILLS):
        desk = start("scan", empty_path, "-", "--json")
        assert desk.stdin is not None
        assert desk.stdout is not None
        stream = "".join(f"{next(codes)}\n" for _ in range(MOST_SCANS))
        desk.stdin.write(stream.encode())
        desk.stdin.flush()
        for _ in range(chance.randint(0, MOST_SCANS - 1)):
            outcome = json.loads(desk.stdout.readline())
            assert outcome["outcome"] == "admitted"
            acknowledged.add(outcome["code"])
        kill(desk)
        # Half of the time the next desk has to find its own way out of the log.
        if chance.random() < 0.5:
            event_file = open_event(empty_path)
            assert acknowledged <= arrived_codes(event_file.records())
            event_file.close()

    event_file = open_event(empty_path)
    assert len(acknowledged) > KILLS
    assert acknowledged <= arrived_codes(event_file.records())
    assert event_file.verify().ok
    event_file.close()


def arrived_codes(records: list[AttendeeRecord]) -> set[str]:
    return {record.attendee.code for record in records if record.checked_in_at is not None}


def test_an_import_that_is_killed_brought_nobody_and_can_be_done_again(
    empty_path: Path, tmp_path: Path
) -> None:
    count = 12_000
    long_list = write_long_list(tmp_path / "list.csv", count)
    log = Path(f"{empty_path}-wal")
    for log_kilobytes in (40, 100, 1 << 10, 4 << 10):
        assert killed_at_size(log_kilobytes << 10, "import", empty_path, long_list)
        assert log.stat().st_size > log_kilobytes << 9
        event_file = open_event(empty_path)
        assert event_file.records() == []
        assert event_file.verify().ok
        event_file.close()
    assert answer("import", empty_path, long_list)["read"] == count
    assert answer("stats", empty_path)["registered"] == count


def killed_at_size(most_bytes: int, *words: object) -> bool:
    """Run a command that the system kills in the middle of writing beyond this size of a file.

    So it dies after an amount of work, however fast the machine is.
    """
    command = [sys.executable, "-B", "-c", _DIES_AT_SIZE, str(most_bytes), *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, check=False)
    return done.returncode == -signal.SIGXFSZ


@pytest.mark.parametrize(
    "words",
    [
        ("badges", "-o", "out.pdf"),
        ("export", "out.csv"),
        ("export", "out.xlsx"),
        ("export", "out.json", "--what", "ledger"),
        ("export", "out.pdf"),
        ("tickets", "-o", "out"),
    ],
    ids=lambda words: " ".join(words),
)
def test_a_killed_command_leaves_no_half_file_under_the_final_name(
    sample_path: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    name = next(word for word in words if word.startswith("out"))
    placed = [str(folder / word) if word == name else word for word in words]
    command = start(placed[0], sample_path, *placed[1:])
    while command.poll() is None and not written(folder):
        pass
    kill(command)
    finished = [path for path in written(folder) if not path.name.endswith(".part")]
    for path in finished:
        assert is_whole(path), path
    done = start(placed[0], sample_path, *placed[1:])
    done.communicate()
    assert done.returncode == 0
    assert (folder / name).exists()


def written(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def is_whole(path: Path) -> bool:
    content = path.read_bytes()
    match path.suffix:
        case ".pdf":
            return content.rstrip().endswith(b"%%EOF")
        case ".png":
            return content.endswith(b"IEND\xaeB`\x82")
        case ".xlsx":
            return b"PK\x05\x06" in content[-100:]
        case ".json":
            return isinstance(json.loads(content), list)
        case _:
            return content.endswith(b"\r\n")
