"""Closes an event: writes the end pack, then erases everybody, then says on paper what was done.

Nothing is erased before every file of the pack was read back. From the moment the erasure is
stored it cannot be taken back, and whoever opens or closes the event next finishes what was cut
short: the remains on the disk, and the record.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from checkin_app import __version__
from checkin_app.domain.event_document import iso_utc
from checkin_app.domain.language.spoken_dates import day_text, days_text
from checkin_app.domain.ledger import Entry
from checkin_app.domain.programme import Event
from checkin_app.errors import Cancelled, CheckinError, EventClosed, UsageError
from checkin_app.services.privacy.end_pack import (
    RECORD_JSON,
    RECORD_TEXT,
    is_pack_of,
    remove_half_made,
    write_end_pack,
)
from checkin_app.storage.event_file import EventFile
from checkin_app.whole_file import whole_file

Progress = Callable[[int, int], None]

_STEPS = 100
_PACK_STEPS, _ERASED_STEPS = 45, 85
_COUNTS = {
    "registered": "registered",
    "expected": "expected",
    "checked_in": "checked in",
    "walk_ins": "walk-ins",
    "no_shows": "no-shows",
}

ERASED_THINGS = (
    "names, titles and roles",
    "e-mail addresses, organisations and countries",
    "codes, old and new, and codes that were refused",
    "attention texts, notes, reasons and all further columns of the lists",
    "the words of the search",
    "who lay where on printed sheets and in trays, and the print queue",
    "mails, their texts and what came back",
    "speakers, talks, topics and descriptions of the programme",
    "badge layouts, own stock, and names of imported files",
)
KEPT_THINGS = (
    "name, days, venue and time zone of the event, titles and times of its sessions",
    "for each person only category, status, and whether registered at the desk",
    "when and at which desk people were let in or refused",
    "how often badges were printed, and that lists were imported and tickets sent",
)
OUT_OF_REACH = (
    "copies of the event file, also in backups and clouds",
    "lists, badges, tickets and reports that were saved or printed, and this end pack",
    "mails in mailboxes and on mail servers, and the registration system the lists came from",
    "what a printer or its queue keeps, and folders of photos",
    "blocks that a disk has set free but not yet overwritten: encrypt the disk",
)


@dataclass(frozen=True, slots=True)
class ClosedEvent:
    """An event that was closed.

    Attributes:
        folder: where the end pack and the record lie.
        erased: how many people.
        was_resumed: an earlier closing was cut short; only what it had left was done now.
    """

    folder: Path
    erased: int
    was_resumed: bool = False


def close_event(
    event_file: EventFile,
    desk: str,
    now: datetime,
    folder: Path,
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ClosedEvent:
    """Close an event for good.

    Args:
        folder: where the end pack goes; made if it is missing.
        cancelled: asked until the erasure begins.

    Raises:
        EventClosed: it was closed before, to the end.
        UsageError: the folder holds something else under a name of the pack.
        CheckinError: the pack cannot be written, or somebody was checked in meanwhile; nothing
            was erased.
        Cancelled: ``cancelled`` said so; nothing was erased.
        ErasureUnfinished: the data are erased, but traces may still lie on the disk.
    """
    closing = event_file.erasures.closing()
    if closing is not None:
        return _resume(event_file, closing, folder)
    before = event_file.erasures.last_entry()
    pack = write_end_pack(event_file, folder, _part(progress, 0, _PACK_STEPS), cancelled)
    if cancelled():
        raise Cancelled("Stopped. Nothing was erased.")
    details = {
        **{name: getattr(pack.numbers, name) for name in _COUNTS},
        "program": __version__,
        "pack": dict(pack.digests),
    }
    with event_file.transaction(desk, now) as transaction:
        if transaction.last_entry() != before:
            raise CheckinError(
                "Something was recorded while the end pack was written, so it is not complete."
                " Nothing was erased: close the event again."
            )
        transaction.erase_everybody(details, _part(progress, _PACK_STEPS, _ERASED_STEPS))
    event_file.erasures.finish()
    return _recorded(event_file, folder, progress)


def close_at(
    path: Path,
    desk: str,
    now: datetime,
    folder: Path,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> ClosedEvent:
    """As ``close_event``, by the path of the event file: for a process of its own.

    Raises:
        CheckinError: as ``close_event``, or the event file cannot be opened.
    """
    with EventFile(path) as event_file:
        return close_event(event_file, desk, now, folder, progress, cancelled)


def _resume(event_file: EventFile, closing: Entry, folder: Path) -> ClosedEvent:
    was_finished = not event_file.erasures.is_unfinished()
    event_file.erasures.finish()
    lacks_record = is_pack_of(event_file, folder) and not (folder / RECORD_JSON).exists()
    if was_finished and not lacks_record:
        raise EventClosed(
            f"This event was closed on {day_text(closing.at)} already. There is nothing left to"
            " erase."
        )
    closed = _recorded(event_file, folder, lambda done, total: None)
    return ClosedEvent(closed.folder, closed.erased, was_resumed=True)


def _recorded(event_file: EventFile, folder: Path, progress: Progress) -> ClosedEvent:
    closing = event_file.erasures.closing()
    assert closing is not None
    # Whoever else were closing the event would be refused: nobody writes there any more.
    remove_half_made(folder)
    write_record(event_file.event(), closing, folder)
    progress(_STEPS, _STEPS)
    return ClosedEvent(folder, closing.payload["erased"])


def save_record(event_file: EventFile, folder: Path) -> Path:
    """Write the record of a closed event once more, into any folder. Returns the folder.

    Raises:
        UsageError: the event is not closed.
        CheckinError: the folder cannot be written to.
    """
    closing = event_file.erasures.closing()
    if closing is None:
        raise UsageError("This event is not closed, so there is no record of its erasure.")
    write_record(event_file.event(), closing, folder)
    return folder


def write_record(event: Event, closing: Entry, folder: Path) -> None:
    """Write what was erased, when and by whom, for people and for programs.

    Raises:
        CheckinError: the folder cannot be written to; the message says that the event is closed.
    """
    document = json.dumps(record_document(event, closing), ensure_ascii=False, indent=2)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in ((RECORD_TEXT, record_text(event, closing)), (RECORD_JSON, document)):
            with whole_file(folder / name) as unfinished:
                unfinished.write_text(text, encoding="utf-8")
    except (OSError, CheckinError) as error:
        raise CheckinError(
            f"The event is closed and its data are erased, but the record of it cannot be written"
            f" to {folder}. See to the disk, then close the event once more with the same folder:"
            " that only writes the record."
        ) from error


def record_document(event: Event, closing: Entry) -> dict[str, Any]:
    """The record as JSON values."""
    return {
        "event": event.name,
        "starts_on": event.starts_on.isoformat(),
        "ends_on": event.ends_on.isoformat(),
        "closed_at": iso_utc(closing.at),
        "desk": closing.desk,
        **{name: told for name, told in closing.payload.items() if name != "titles"},
        "what_was_erased": list(ERASED_THINGS),
        "what_was_kept": list(KEPT_THINGS),
        "out_of_reach": list(OUT_OF_REACH),
    }


def record_text(event: Event, closing: Entry) -> str:
    """The record for people to file."""
    payload = closing.payload
    local = event.local(closing.at)
    counts = [f"{word}: {payload[name]}" for name, word in _COUNTS.items() if name in payload]
    lines = [
        "Record of erasure",
        "",
        f"Event:     {event.name}",
        f"Held:      {days_text(event.starts_on, event.ends_on)}",
        f"Closed:    {day_text(local)}, {local:%H:%M} ({event.timezone})",
        f"At desk:   {closing.desk}",
        f"Program:   checkin-app {payload.get('program', '')}",
        "",
        f"The personal data of {payload['erased']} people were erased from the event file: from"
        " its ledger,",
        "its tables, its search, its free pages and its log.",
        *_listed("What was erased", ERASED_THINGS),
        *_listed("What was kept, because it only counts", KEPT_THINGS),
        *_listed("Counts at closing", counts),
        *_listed("What the program cannot reach", OUT_OF_REACH),
        *_listed("End pack, with the SHA-256 of each file", _digest_lines(payload)),
    ]
    return "\n".join(lines) + "\n"


def _listed(title: str, lines: Any) -> list[str]:
    return ["", f"{title}:", *(f"  - {line}" for line in lines)]


def _digest_lines(payload: Mapping[str, Any]) -> list[str]:
    return [f"{name}  {digest}" for name, digest in payload.get("pack", {}).items()]


def _part(progress: Progress, start: int, end: int) -> Progress:
    """Progress of one stage as a part of the whole."""

    def tell(done: int, total: int) -> None:
        progress(start + (end - start) * done // max(total, 1), _STEPS)

    return tell
