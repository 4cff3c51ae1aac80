"""A spooler that writes what it accepts into a folder, so that another process can read it.

It stands for a printer whose behaviour a test chooses. What it accepted it accepted for good: it
survives the death of the process that sent it, as a print system does.
"""

from __future__ import annotations

import json
import os
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
from checkin_app.errors import PrinterError, PrinterUncertain
from checkin_app.printing.spooler import SpooledJob, SpooledState

PRINTED_AT_ONCE = "at-once"
"""Address of a printer that is done with a badge when it has accepted it."""


class NotebookSpooler:
    """Keeps one file for each accepted badge; printers are whatever addresses are used.

    Attributes:
        troubles: of printers, by address.
        refuses: addresses of printers that take nothing.
        breaks_off: it accepts a badge and does not say so.
        is_too_late: nothing can be taken back any more.
        asked: how often a printer's state was asked for.
    """

    def __init__(
        self, folder: Path, kind: SpoolerKind = SpoolerKind.CUPS, *, remembers: bool = True
    ) -> None:
        self.kind = kind
        self.remembers = remembers
        self.troubles: dict[str, PrinterTrouble] = {}
        self.refuses: set[str] = set()
        self.breaks_off = False
        self.is_too_late = False
        self.asked = 0
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def printer(self, address: str) -> PrinterId:
        """The id of one of its printers."""
        return PrinterId(self.kind, address)

    def printers(self) -> tuple[FoundPrinter, ...]:
        return ()

    def abilities(self, address: str) -> PrinterAbilities:
        return PrinterAbilities()

    def state(self, address: str) -> PrinterState:
        self.asked += 1
        trouble = self.troubles.get(address)
        activity = PrinterActivity.STOPPED if trouble else PrinterActivity.IDLE
        return PrinterState(self.printer(address), activity, (trouble,) if trouble else ())

    def submit(self, address: str, sheet: BadgeSheet, token: str) -> SpooledJob:
        if address in self.refuses:
            raise PrinterError("It takes nothing. Try another printer.")
        number = f"{address}-{len(self.accepted()) + 1}"
        state = SpooledState.DONE if address == PRINTED_AT_ONCE else SpooledState.PRINTING
        self._write(number, token, address, state, sheet.pdf.decode(errors="replace"))
        if self.breaks_off:
            raise PrinterUncertain("It fell silent. Look at the printer.")
        return SpooledJob(number, state)

    def job(self, address: str, job_id: str) -> SpooledJob:
        path = self._folder / f"{job_id}.json"
        if not path.exists():
            return SpooledJob(job_id, SpooledState.UNKNOWN)
        return SpooledJob(job_id, SpooledState(json.loads(path.read_text())["state"]))

    def find(self, address: str, token: str) -> SpooledJob | None:
        for entry in self.accepted():
            if entry["token"] == token:
                return SpooledJob(entry["number"], SpooledState(entry["state"]))
        return None

    def cancel(self, address: str, job_id: str) -> bool:
        if self.is_too_late or self.job(address, job_id).state is SpooledState.DONE:
            return False
        self.put(job_id, SpooledState.CANCELLED)
        return True

    # What a test sees and does at the printer

    def accepted(self, address: str = "") -> list[dict[str, str]]:
        """All that was ever accepted, in order, for one printer or all."""
        entries = [json.loads(path.read_text()) for path in self._folder.glob("*.json")]
        entries.sort(key=lambda entry: int(entry["number"].rpartition("-")[2]))
        return [entry for entry in entries if address in ("", entry["address"])]

    def not_taken_back(self, address: str = "") -> list[dict[str, str]]:
        """What was accepted and comes out, or came out, of a printer."""
        return [
            entry
            for entry in self.accepted(address)
            if entry["state"] not in (SpooledState.CANCELLED, SpooledState.FAILED)
        ]

    def print_all(self, address: str = "") -> None:
        """Let everything come out that was accepted."""
        for entry in self.not_taken_back(address):
            self.put(entry["number"], SpooledState.DONE)

    def put(self, number: str, state: SpooledState) -> None:
        """Let a job be in another state."""
        entry = json.loads((self._folder / f"{number}.json").read_text())
        self._write(number, entry["token"], entry["address"], state, entry["content"])

    def forget(self, number: str) -> None:
        """Lose a job."""
        (self._folder / f"{number}.json").unlink()

    def _write(
        self, number: str, token: str, address: str, state: SpooledState, content: str
    ) -> None:
        entry = {
            "number": number,
            "token": token,
            "address": address,
            "state": state.value,
            "content": content,
        }
        unfinished = self._folder / f"{number}.{os.getpid()}.part"
        unfinished.write_text(json.dumps(entry))
        unfinished.replace(self._folder / f"{number}.json")
