"""What the ledger keeps of printed badges: who, in which run, where on paper, in which tray."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from dataclasses import fields as fields_of
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from checkin_app.domain.attendee import FIELDS, TEXT_FIELDS, Attendee
from checkin_app.domain.badges.imposition import (
    Duplex,
    Fill,
    Imposition,
    PrinterOffset,
    SheetRange,
)

_MARK_BYTES = 6
_COLUMN = "column:"
_ANY_BADGE = ("code", *(name for name in TEXT_FIELDS if name != "attention"))
"""What a badge may show when nobody said what it does; the attention text is for the desk alone."""


@dataclass(frozen=True, slots=True)
class BadgePrint:
    """One badge that was printed.

    Attributes:
        attendee: the person as printed, who may be another by the time the print is recorded.
        run: id of the run it belongs to, or empty.
        sheet, slot: where its first copy lies, both from 1; 0 when that is not known.
        tray: the box it lies in, or empty.
        place: position in the tray, from 1.
        fields: names of the attendee's fields that the badge shows, as layouts name them; empty
            when that is not known.
        reason: why another one was needed: "lost", "damaged", "wrong data"; empty otherwise.
    """

    attendee: Attendee
    run: str = ""
    sheet: int = 0
    slot: int = 0
    copies: int = 1
    tray: str = ""
    place: int = 0
    fields: tuple[str, ...] = ()
    reason: str = ""

    def payload(self) -> dict[str, Any]:
        """The payload of its ``badge printed`` entry; what is not known is left out."""
        known = {
            "run": self.run,
            "sheet": self.sheet,
            "slot": self.slot,
            "copies": self.copies,
            "tray": self.tray,
            "place": self.place,
            "fields": list(self.fields),
            "reason": self.reason,
        }
        payload = {name: value for name, value in known.items() if value}
        return {**payload, "mark": print_mark(self.attendee, self.fields)}


def print_mark(attendee: Attendee, shown: Sequence[str] = ()) -> str:
    """A short digest of what a badge shows of a person: it differs when the badge would.

    Args:
        shown: names of fields as layouts name them, "column:Diet" for one of the list's own;
            those that say nothing about the person are passed over. Empty: all text fields.
    """
    fields, columns = _personal(tuple(shown) or _ANY_BADGE)
    values = [getattr(attendee, name) for name in fields]
    values += [attendee.column(name) for name in columns]
    return blake2b("\n".join(values).encode(), digest_size=_MARK_BYTES).hexdigest()


@lru_cache(maxsize=100)
def _personal(shown: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which fields of an attendee, and which columns of the list, are among what a badge shows."""
    named = {"code" if name == "code_in_groups" else name for name in shown}
    columns = {name.removeprefix(_COLUMN) for name in named if name.startswith(_COLUMN)}
    return tuple(name for name in FIELDS if name in named), tuple(sorted(columns))


@dataclass(frozen=True, slots=True)
class PrintRun:
    """One bulk print, as needed to draw its sheets again.

    Attributes:
        id: short, given by whoever prints.
        stock: name of the stock.
        layout: name of the layout.
        badges: how many people have a badge in it.
        at: when it was recorded (UTC); None until then.
        desk: who recorded it; empty until then.
    """

    id: str
    stock: str = ""
    layout: str = ""
    imposition: Imposition = field(default_factory=Imposition)
    badges: int = 0
    at: datetime | None = None
    desk: str = ""

    def payload(self) -> dict[str, Any]:
        """The payload of its ``badge run`` entry."""
        return {
            "run": self.id,
            "stock": self.stock,
            "layout": self.layout,
            "badges": self.badges,
            "imposition": imposition_document(self.imposition),
        }


@dataclass(frozen=True, slots=True)
class RunPlace:
    """Where in a run a person's badge lies: its first copy, sheet and slot from 1."""

    attendee_id: str
    sheet: int
    slot: int
    copies: int = 1


def run_from_payload(payload: Mapping[str, Any], at: datetime, desk: str) -> PrintRun:
    """The run that a ``badge run`` entry describes."""
    return PrintRun(
        id=payload["run"],
        stock=payload.get("stock", ""),
        layout=payload.get("layout", ""),
        imposition=imposition_from_document(payload.get("imposition", {})),
        badges=payload.get("badges", 0),
        at=at,
        desk=desk,
    )


def place_from_payload(attendee_id: str, payload: Mapping[str, Any]) -> RunPlace:
    """The place that a ``badge printed`` entry names."""
    return RunPlace(
        attendee_id, payload.get("sheet", 0), payload.get("slot", 0), payload.get("copies", 1)
    )


def imposition_document(imposition: Imposition) -> dict[str, Any]:
    """The choices of a run as JSON values."""
    return {**asdict(imposition), "skipped_slots": sorted(imposition.skipped_slots)}


def imposition_from_document(document: Mapping[str, Any]) -> Imposition:
    """The choices of a run from JSON values; what an older program did not write is as usual."""
    known = {choice.name for choice in fields_of(Imposition)} & document.keys()
    return Imposition(
        **{
            name: _READERS[name](document[name]) if name in _READERS else document[name]
            for name in known
        }
    )


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "skipped_slots": frozenset,
    "fill": Fill,
    "duplex": Duplex,
    "sheets": lambda document: SheetRange(**document),
    "offset": lambda document: PrinterOffset(**document),
}
