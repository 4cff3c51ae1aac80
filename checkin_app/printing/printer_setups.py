"""What the user told of each printer, and how many labels are on its roll: one small JSON file.

A comfort, as the printers' offsets are: a file that is missing or damaged never keeps anybody from
printing, what can be read is taken.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from checkin_app.domain.printers import PrinterId
from checkin_app.errors import CheckinError
from checkin_app.whole_file import whole_file

USUAL_WARNING_AT = 20
_MOST_LABELS = 1_000_000


@dataclass(frozen=True, slots=True)
class PrinterSetup:
    """One printer, as this desk uses it.

    Attributes:
        title: what people call it; empty for its address.
        stock: name of the stock that lies in it; empty for the usual badge.
        density: darkness within ``PrinterAbilities.densities``; None leaves it to the printer.
        is_two_sided: it prints the back as well, where the layout has one.
        roll: labels on a new roll; 0 when that is not known.
        labels_left: on the roll in it; None where nobody counts.
        warn_at: from this number on the desk is warned.
    """

    printer: PrinterId
    title: str = ""
    stock: str = ""
    density: int | None = None
    is_two_sided: bool = False
    roll: int = 0
    labels_left: int | None = None
    warn_at: int = USUAL_WARNING_AT

    @property
    def name(self) -> str:
        """What to call it."""
        return self.title or self.printer.address

    @property
    def is_low(self) -> bool:
        """Whether the desk wants to be warned of the end of the roll."""
        return self.labels_left is not None and self.labels_left <= self.warn_at


def printer_setups_path() -> Path:
    """Where the setups of the current user lie; the file need not exist."""
    import platformdirs

    return platformdirs.user_config_path("checkin-app", appauthor=False) / "printer_setups.json"


class PrinterSetups:
    """The setups in a file; what another window changed there is noticed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: dict[PrinterId, PrinterSetup] = {}
        self._read_from: tuple[int, int] | None = None

    def of(self, printer: PrinterId) -> PrinterSetup:
        """The setup of a printer; of one that nobody set up, the usual."""
        return self._load().get(printer, PrinterSetup(printer))

    def all(self) -> tuple[PrinterSetup, ...]:
        """All setups kept, sorted by printer."""
        return tuple(setup for _printer, setup in sorted(self._load().items()))

    def keep(self, setup: PrinterSetup) -> None:
        """Keep a setup in the place of the one before. Missing folders are made.

        Raises:
            CheckinError: the file cannot be written; it is as it was.
        """
        self._store({**self._load(), setup.printer: setup})

    def forget(self, printer: PrinterId) -> None:
        """Use a printer as any other from now on.

        Raises:
            CheckinError: the file cannot be written; it is as it was.
        """
        self._store({id_: one for id_, one in self._load().items() if id_ != printer})

    def put_in_roll(self, printer: PrinterId, labels: int | None) -> None:
        """Begin to count a new roll; None ends counting.

        Raises:
            CheckinError: the file cannot be written; it is as it was.
        """
        setup = self.of(printer)
        self.keep(replace(setup, labels_left=labels, roll=labels or setup.roll))

    def count(self, printer: PrinterId, labels: int = 1) -> None:
        """Take labels off the roll, if anybody counts them; a negative number gives back.

        Raises:
            CheckinError: the file cannot be written; it is as it was.
        """
        setup = self.of(printer)
        if setup.labels_left is not None:
            self.keep(replace(setup, labels_left=max(setup.labels_left - labels, 0)))

    def _load(self) -> Mapping[PrinterId, PrinterSetup]:
        try:
            status = self._path.stat()
        except OSError:
            self._read, self._read_from = {}, None
            return self._read
        mark = status.st_mtime_ns, status.st_ino
        if mark != self._read_from:
            self._read, self._read_from = _read(self._path), mark
        return self._read

    def _store(self, setups: Mapping[PrinterId, PrinterSetup]) -> None:
        printers = [{**asdict(one), "printer": str(one.printer)} for one in setups.values()]
        text = json.dumps({"printers": printers}, indent=2, ensure_ascii=False)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CheckinError(
                f"The folder {self._path.parent} for what you told of your printers cannot be "
                "made. Check its permissions."
            ) from error
        with whole_file(self._path) as file:
            file.write_text(text + "\n", encoding="utf-8")


def _read(path: Path) -> dict[PrinterId, PrinterSetup]:
    try:
        stored = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    entries = stored.get("printers") if isinstance(stored, dict) else None
    setups = map(_stored_setup, entries if isinstance(entries, list) else ())
    return {setup.printer: setup for setup in setups if setup is not None}


def _stored_setup(entry: object) -> PrinterSetup | None:
    if not isinstance(entry, dict):
        return None
    printer = PrinterId.from_text(_text(entry, "printer"))
    if printer is None:
        return None
    warn_at = _number(entry, "warn_at")
    return PrinterSetup(
        printer,
        title=_text(entry, "title"),
        stock=_text(entry, "stock"),
        density=_signed(entry.get("density")),
        is_two_sided=entry.get("is_two_sided") is True,
        roll=_number(entry, "roll") or 0,
        labels_left=_number(entry, "labels_left"),
        warn_at=USUAL_WARNING_AT if warn_at is None else warn_at,
    )


def _text(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name)
    return value if isinstance(value, str) else ""


def _number(entry: Mapping[str, Any], name: str) -> int | None:
    value = _signed(entry.get(name))
    return value if value is not None and 0 <= value <= _MOST_LABELS else None


def _signed(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
