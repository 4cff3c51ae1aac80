"""A folder that collects badges as PDF files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from paper import Received, badge_sheet, pages_of_pdf
from spooler_contract import SpoolerContract, new_token

from checkin_app.domain.printers import BadgeSheet, PrinterTrouble
from checkin_app.errors import PrinterError
from checkin_app.printing.folder_spooler import FolderSpooler
from checkin_app.printing.spooler import SpooledJob


class OneATick(FolderSpooler):
    """Ends each badge in a tick of its own of the file system's clock, which may be a coarse one.

    Args:
        probe: a file beside the folder, by which the clock is read.
    """

    def __init__(self, probe: Path) -> None:
        self._probe = probe

    def submit(self, address: str, sheet: BadgeSheet, token: str) -> SpooledJob:
        job = super().submit(address, sheet, token)
        written_at = (Path(address) / job.id).stat().st_mtime_ns
        self._probe.touch()
        while self._probe.stat().st_mtime_ns <= written_at:
            self._probe.touch()
        return job


class FolderBench:
    """A folder on a stick that can be pulled out."""

    lists_printers = False
    sees_absence = True

    def __init__(self, stick: Path) -> None:
        self.spooler = OneATick(stick / "probe")
        self._folder = stick / "badges"
        self._folder.mkdir()
        self._pulled_out = stick / "elsewhere"
        self.address = str(self._folder)
        self.unknown_address = str(stick / "nowhere")

    def restarted(self) -> FolderSpooler:
        return FolderSpooler()

    def received(self) -> list[Received]:
        files = sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        return [page for path in files for page in pages_of_pdf(path.read_bytes())]

    def public_names(self) -> list[str]:
        return [path.name for path in self._folder.iterdir()]

    def hold_back(self) -> None:
        """A folder takes at once."""

    def go_on(self) -> None:
        """Nothing was held back."""

    def take_away(self) -> None:
        self._folder.rename(self._pulled_out)

    def bring_back(self) -> None:
        self._pulled_out.rename(self._folder)


@pytest.fixture
def bench(tmp_path: Path) -> FolderBench:
    return FolderBench(tmp_path)


class TestFolder(SpoolerContract):
    """The folder keeps the contract of all spoolers."""


def test_a_badge_that_could_not_be_written_whole_leaves_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "badges"
    folder.mkdir()
    token = "x" * 300  # longer than any file name may be
    with pytest.raises(PrinterError):
        FolderSpooler().submit(str(folder), badge_sheet(), token)
    assert list(folder.iterdir()) == []


def test_nobody_is_told_that_a_badge_was_not_accepted_while_the_stick_is_out(
    tmp_path: Path,
) -> None:
    with pytest.raises(PrinterError, match="no folder"):
        FolderSpooler().find(str(tmp_path / "stick"), new_token())


def test_a_file_in_place_of_the_folder_is_no_printer(tmp_path: Path) -> None:
    file = tmp_path / "badges"
    file.write_text("not a folder")
    assert FolderSpooler().state(str(file)).stopped_by is PrinterTrouble.GONE


def test_a_full_disk_is_told_in_words_and_leaves_no_file(tmp_path: Path) -> None:
    with small_files_only(), pytest.raises(PrinterError, match="disk is full"):
        FolderSpooler().submit(str(tmp_path), badge_sheet(), new_token())
    assert list(tmp_path.iterdir()) == []


@contextmanager
def small_files_only() -> Iterator[None]:
    """The system writes no file beyond 100 bytes, as if the disk were full."""
    resource = pytest.importorskip("resource", reason="Windows has no limit on files")
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
