"""A full, read-only or pulled disk is said clearly, and the work goes on when it is mended."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import answer, run, start
from erased_data import found_in, tell_tales

from checkin_app.domain.scan import Scan
from checkin_app.errors import CheckinError, ErasureUnfinished, EventFileUnwritable
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.clock import utc_now
from checkin_app.services.documents.exports import Export, export
from checkin_app.services.event_files import create_sample_event, open_event
from checkin_app.services.privacy.closing import close_event
from checkin_app.storage.event_file import EventFile

DISK_BYTES = 3 << 20


class Disk:
    """A small file system of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self) -> None:
        """Take all the space there is."""
        with (self.folder / "ballast").open("wb", buffering=0) as ballast:
            try:
                while ballast.write(b"x" * 4096):
                    pass
            except OSError:
                return

    def free(self) -> None:
        (self.folder / "ballast").unlink()

    def make_read_only(self) -> None:
        subprocess.run(["mount", "-o", "remount,ro", self.folder], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Skips where no disk can be mounted: not Linux, or not root."""
    folder = tmp_path / "stick"
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root on Linux")
    size = f"size={DISK_BYTES}"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this machine does not let a test mount a disk")
    yield Disk(folder)
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.fixture
def on_disk(disk: Disk) -> Iterator[EventFile]:
    event_file = create_sample_event(disk.folder / "event.checkin")
    yield event_file
    event_file.close()


def codes(event_file: EventFile) -> list[str]:
    return [record.attendee.code for record in event_file.records()]


def left_on(disk: Disk) -> set[str]:
    return {path.name for path in disk.folder.iterdir()}


def test_a_full_disk_refuses_the_check_in_and_takes_it_when_there_is_space(
    disk: Disk, on_disk: EventFile
) -> None:
    CheckInDesk(on_disk, "Desk 1", on_disk.check_in_lists()[0]).handle(Scan(codes(on_disk)[0]))
    on_disk.close()
    # Opened anew it has no log beside it yet, whose space the first failure would free.
    with open_event(on_disk.path) as event_file:
        desk = CheckInDesk(event_file, "Desk 1", event_file.check_in_lists()[0])
        first, second = codes(event_file)[:2]
        disk.fill()
        for _ in range(3):
            with pytest.raises(EventFileUnwritable, match=r"disk is full.*free some space"):
                desk.handle(Scan(second))
        arrived = [record.attendee.code for record in event_file.records() if record.check_ins]
        assert arrived == [first]
        assert event_file.search("a")
        disk.free()
        assert desk.handle(Scan(second)).kind == "admitted"
        assert event_file.verify().ok


def test_on_a_full_disk_no_file_is_left_half_written(disk: Disk, on_disk: EventFile) -> None:
    disk.fill()
    before = left_on(disk)
    for name in ("list.csv", "list.xlsx", "list.json"):
        with pytest.raises(CheckinError, match="disk is full"):
            export(on_disk, disk.folder / name, Export.ATTENDEES)
    with pytest.raises(CheckinError, match="disk is full"):
        export(on_disk, disk.folder / "list.pdf", Export.ATTENDANCE)
    with pytest.raises(CheckinError, match="space"):
        create_sample_event(disk.folder / "second.checkin")
    assert left_on(disk) == before


def test_commands_on_a_full_disk_say_one_clear_line(disk: Disk, on_disk: EventFile) -> None:
    event, code = on_disk.path, codes(on_disk)[0]
    disk.fill()
    before = left_on(disk)
    for words in (
        ("scan", event, code),
        ("badges", event, "-o", disk.folder / "badges.pdf"),
        ("tickets", event, "-o", disk.folder / "tickets"),
        ("export", event, disk.folder / "list.csv"),
    ):
        done = run(*words)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
        assert "space" in done.stderr
        assert "Traceback" not in done.stderr
    assert [
        path for path in disk.folder.rglob("*") if path.is_file() and path.name not in before
    ] == []
    disk.free()
    assert answer("scan", event, code)["outcome"] == "admitted"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on file sizes")
def test_a_file_that_may_not_grow_refuses_and_stays_whole(sample_path: Path) -> None:
    """The same without root: the kernel refuses to let the log grow."""
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "limit = Path(sys.argv[2]).stat().st_size\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))\n"
        "from checkin_app.__main__ import main\n"
        "sys.exit(main())\n"
    )
    given = "".join(f"unknown ticket {number}\n" for number in range(500)).encode()
    done = subprocess.run(
        [sys.executable, "-c", script, "scan", str(sample_path), "-"],
        input=given,
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[3],
    )
    errors = done.stderr.decode()
    assert done.returncode == 2, errors
    assert "Nothing was stored" in errors
    assert errors.count("\n") == 1
    assert 0 < done.stdout.count(b"\n") < 500
    assert answer("verify", sample_path)["ok"]


def test_a_read_only_disk_says_what_to_do(disk: Disk) -> None:
    path = disk.folder / "event.checkin"
    create_sample_event(path).close()
    disk.make_read_only()
    content = path.read_bytes()
    with pytest.raises(EventFileUnwritable, match=r"read-only.*open the copy"):
        open_event(path)
    with pytest.raises(CheckinError, match="Choose another folder"):
        create_sample_event(disk.folder / "second.checkin")
    done = run("export", path, disk.folder / "list.csv")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert left_on(disk) == {"event.checkin"}
    assert path.read_bytes() == content


def test_a_file_on_a_read_only_stick_is_merged_into_the_one_here(
    sample_path: Path, disk: Disk
) -> None:
    stick = Path(shutil.copy(sample_path, disk.folder / "event.checkin"))
    with open_event(stick) as event_file:
        code = codes(event_file)[0]
    assert answer("scan", stick, code)["outcome"] == "admitted"
    disk.make_read_only()
    content = stick.read_bytes()
    done = run("merge", sample_path, stick)
    assert (done.returncode, "could not be written to" in done.stdout) == (1, True), done.stderr
    assert stick.read_bytes() == content
    assert answer("stats", sample_path)["checked_in"] == 1


def test_a_full_stick_stays_as_it_was_and_gives_all_it_has(sample_path: Path, disk: Disk) -> None:
    stick = Path(shutil.copy(sample_path, disk.folder / "event.checkin"))
    with open_event(stick) as event_file:
        here, there = codes(event_file)[:2]
    assert answer("scan", stick, there)["outcome"] == "admitted"
    assert answer("scan", sample_path, here)["outcome"] == "admitted"
    disk.fill()
    merged = run("merge", sample_path, stick, "--json")
    assert (merged.returncode, '"went": null' in merged.stdout) == (1, True), merged.stderr
    disk.free()
    assert answer("stats", sample_path)["checked_in"] == 2
    assert answer("stats", stick)["checked_in"] == 1
    assert answer("merge", stick, sample_path)["came"] == 1
    assert answer("stats", stick)["checked_in"] == 2


def test_a_stick_that_is_pulled_and_plugged_in_again(sample_path: Path, tmp_path: Path) -> None:
    stick, pulled = tmp_path / "stick", tmp_path / "pulled"
    stick.mkdir()
    path = Path(shutil.move(sample_path, stick / "event.checkin"))
    event_file = open_event(path)
    desk = CheckInDesk(event_file, "Desk 1", event_file.check_in_lists()[0])
    first, second = codes(event_file)[:2]
    desk.handle(Scan(first))
    stick.rename(pulled)
    for _ in range(2):
        with pytest.raises(CheckinError, match="plug"):
            desk.handle(Scan(second))
    pulled.rename(stick)
    assert desk.handle(Scan(first)).kind == "already_in"
    assert desk.handle(Scan(second)).kind == "admitted"
    assert event_file.verify().ok
    event_file.close()


def test_a_running_command_whose_file_vanishes_says_so(sample_path: Path, tmp_path: Path) -> None:
    desk = start("scan", sample_path, "-", "--json")
    assert desk.stdin is not None
    assert desk.stdout is not None
    desk.stdin.write(b"unknown\n")
    desk.stdin.flush()
    assert b"unknown_code" in desk.stdout.readline()
    sample_path.rename(tmp_path / "away")
    output, errors = desk.communicate(b"another\n")
    assert (desk.returncode, output) == (2, b"")
    assert b"no longer where it was" in errors


def test_on_a_full_disk_nothing_is_erased_before_the_pack_is_written(
    disk: Disk, on_disk: EventFile
) -> None:
    disk.fill()
    with pytest.raises(CheckinError, match=r"full|cannot be made"):
        close_event(on_disk, "Office", utc_now(), disk.folder / "pack")
    assert on_disk.erasures.closing() is None
    disk.free()
    assert close_event(on_disk, "Office", utc_now(), disk.folder / "pack").erased == 150


def test_traces_that_a_full_disk_kept_go_when_there_is_space(
    disk: Disk, on_disk: EventFile
) -> None:
    tales = tell_tales(on_disk.records()[:5])
    with on_disk.transaction("Office", utc_now()) as transaction:
        for record in on_disk.records()[:5]:
            transaction.erase_person(record.attendee.id)
    disk.fill()
    with pytest.raises(ErasureUnfinished, match="Free as much space"):
        on_disk.erasures.finish()
    on_disk.close()
    with open_event(on_disk.path) as event_file:
        assert event_file.erasures.is_unfinished()
    disk.free()
    with open_event(on_disk.path) as event_file:
        assert not event_file.erasures.is_unfinished()
        assert event_file.verify().ok
    emails = {tale for tale in tales if "@" in tale}
    assert found_in(on_disk.path, emails) == set()
