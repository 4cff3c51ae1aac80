"""A folder as a printer: it collects one PDF for each badge.

For print shops and hot folders, for a desk without a printer, and for trying things out. The
address of such a printer is the path of its folder. A file is there whole or not at all, and its
name holds the token, so what was accepted is found again as long as nobody takes the file away.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from checkin_app.domain.printers import (
    BadgeSheet,
    FoundPrinter,
    PrinterAbilities,
    PrinterActivity,
    PrinterId,
    PrinterState,
    PrinterTrouble,
    SpoolerKind,
)
from checkin_app.errors import CheckinError, PrinterError
from checkin_app.printing.spooler import SpooledJob, SpooledState
from checkin_app.whole_file import whole_file

_LEAST_FREE_BYTES = 1_000_000
"""A badge with a photo takes some 200 KB, and the disk of a desk has other work as well."""


class FolderSpooler:
    """Puts badges into folders; see ``Spooler``."""

    kind = SpoolerKind.FOLDER
    remembers = True

    def printers(self) -> tuple[FoundPrinter, ...]:
        """None: any folder may be chosen."""
        return ()

    def abilities(self, address: str) -> PrinterAbilities:
        """Nothing: a PDF has neither dots nor darkness."""
        return PrinterAbilities()

    def state(self, address: str) -> PrinterState:
        """Whether a badge could be written there now. A missing folder may be on a stick."""
        printer = PrinterId(self.kind, address)
        trouble, detail = _trouble(Path(address))
        if trouble is None:
            return PrinterState(printer, PrinterActivity.IDLE)
        return PrinterState(printer, PrinterActivity.STOPPED, (trouble,), detail)

    def submit(self, address: str, sheet: BadgeSheet, token: str) -> SpooledJob:
        """Write one file.

        Raises:
            PrinterError: the folder is missing, read-only or full; nothing was left there.
        """
        path = _file_of(address, token)
        try:
            with whole_file(path) as unfinished:
                unfinished.write_bytes(sheet.pdf)
        except CheckinError as error:
            raise PrinterError(str(error)) from error
        return SpooledJob(path.name, SpooledState.DONE)

    def job(self, address: str, job_id: str) -> SpooledJob:
        """Done, while the file is there."""
        is_there = (Path(address) / job_id).is_file()
        return SpooledJob(job_id, SpooledState.DONE if is_there else SpooledState.UNKNOWN)

    def find(self, address: str, token: str) -> SpooledJob | None:
        """The file whose name holds the token.

        Raises:
            PrinterError: the folder is not there, so nobody can tell.
        """
        path = _file_of(address, token)
        if not path.parent.is_dir():
            raise PrinterError(f"There is no folder {path.parent}. Plug it in or choose another.")
        return SpooledJob(path.name, SpooledState.DONE) if path.is_file() else None

    def cancel(self, address: str, job_id: str) -> bool:
        """Never: a file counts as printed as soon as it is there."""
        return False


def _file_of(address: str, token: str) -> Path:
    return Path(address) / f"badge-{token}.pdf"


def _trouble(folder: Path) -> tuple[PrinterTrouble | None, str]:
    """What keeps badges from being written, and in words."""
    try:
        if not folder.exists():
            return PrinterTrouble.OFFLINE, "The folder is not there."
        if not folder.is_dir():
            return PrinterTrouble.GONE, "This is not a folder."
        if not os.access(folder, os.W_OK | os.X_OK):
            return PrinterTrouble.REFUSES, "The folder is read-only."
        if shutil.disk_usage(folder).free < _LEAST_FREE_BYTES:
            return PrinterTrouble.OTHER, "The disk is full."
    except OSError as error:
        return PrinterTrouble.OFFLINE, error.strerror or "The folder cannot be read."
    return None, ""
