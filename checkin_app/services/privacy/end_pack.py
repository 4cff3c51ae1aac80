"""The end pack: what an organiser must keep of an event, written before its data are erased.

The attendance list and the no-shows name people, the numbers do not. A manifest beside them says
for which event they were written and what is in each file to the byte.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from checkin_app.domain.event_document import iso_utc
from checkin_app.errors import Cancelled, CheckinError, UsageError
from checkin_app.reports.pages_file import Writing
from checkin_app.services.attendance import Numbers, event_numbers
from checkin_app.services.clock import utc_now
from checkin_app.services.dashboard import write_report
from checkin_app.services.documents.attendance_documents import (
    write_attendance_list,
    write_no_show_list,
)
from checkin_app.services.documents.exports import Export, export
from checkin_app.storage.event_file import EventFile
from checkin_app.whole_file import remove_drafts, whole_file

MANIFEST = "end-pack.json"
RECORD_TEXT, RECORD_JSON = "erasure-record.txt", "erasure-record.json"

_NUMBERS = "numbers.json"
_DOCUMENTS = {
    "attendance-list.pdf": write_attendance_list,
    "no-shows.pdf": write_no_show_list,
}
_LISTS = {"attendance.xlsx": Export.ATTENDANCE, "no-shows.xlsx": Export.NO_SHOWS}
_REPORT = "numbers.pdf"
_SHEET = "xl/worksheets/sheet1.xml"
_CHUNK_BYTES = 1 << 20
_STEPS = 1000
"""Of progress, for each file."""
PACK_FILES = (*_DOCUMENTS, *_LISTS, _REPORT, _NUMBERS)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class EndPack:
    """An end pack that was written and read back.

    Attributes:
        folder: where it lies.
        digests: SHA-256 of each of its files, as hexadecimal digits, by name.
        numbers: of the whole event.
    """

    folder: Path
    digests: Mapping[str, str]
    numbers: Numbers


def write_end_pack(
    event_file: EventFile,
    folder: Path,
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> EndPack:
    """Write the end pack into a folder, and read every file of it back.

    The folder is made if it is missing. A pack of the same event that is there already, without
    a record of an erasure, is replaced; nothing else ever is.

    Raises:
        UsageError: something else lies in the folder under a name of the pack.
        CheckinError: a file cannot be written, or is not as it should be when it is read back.
        Cancelled: ``cancelled`` said so.
    """
    _check_free(event_file, folder)
    _make(folder)
    try:
        # First, so that a pack which was cut short is known as one that may be replaced.
        _write_json(folder / MANIFEST, _manifest(event_file, {}))
        digests = _written(event_file, folder, progress, cancelled)
        _write_json(folder / MANIFEST, _manifest(event_file, digests))
    except BaseException as error:
        _take_back(folder)
        if isinstance(error, Cancelled):
            raise Cancelled("Stopped. Nothing was erased.") from error
        raise
    progress(len(PACK_FILES), len(PACK_FILES))
    return EndPack(folder, digests, event_numbers(event_file))


def _written(
    event_file: EventFile, folder: Path, progress: Progress, cancelled: Callable[[], bool]
) -> dict[str, str]:
    """Write the files of the pack. Returns the digest of each, once all are read back."""
    rows: dict[str, int] = {}
    for place, name in enumerate(PACK_FILES):
        tell = _part(progress, place)
        tell(0, 1)
        if cancelled():
            raise Cancelled
        rows[name] = _write(event_file, folder / name, tell, cancelled)
    return {name: _read_back(folder / name, rows[name]) for name in PACK_FILES}


def _take_back(folder: Path) -> None:
    """Leave no lists of people behind that belong to no erasure."""
    for name in (*PACK_FILES, MANIFEST):
        # On a stick that was pulled out there is nothing left to tidy.
        with suppress(OSError):
            (folder / name).unlink()


def remove_half_made(folder: Path) -> None:
    """Remove what closings that were killed left half-made in the folder of an end pack."""
    for name in (*PACK_FILES, MANIFEST, RECORD_TEXT, RECORD_JSON):
        remove_drafts(folder / name)


def is_pack_of(event_file: EventFile, folder: Path) -> bool:
    """Whether the end pack in a folder was written for this event."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        manifest = json.loads((folder / MANIFEST).read_bytes())
        return bool(manifest["event_id"] == event_file.mail_jobs.identity().uid)
    return False


def _check_free(event_file: EventFile, folder: Path) -> None:
    ours = is_pack_of(event_file, folder) and not (folder / RECORD_JSON).exists()
    names = () if ours else (*PACK_FILES, MANIFEST)
    for name in (*names, RECORD_TEXT, RECORD_JSON):
        if (folder / name).exists():
            raise UsageError(
                f"There is a file {name} in {folder} already, and the end pack replaces nothing."
                " Choose an empty folder."
            )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CheckinError(
            f"The folder {folder} cannot be made. Nothing was erased: choose another folder."
        ) from error


def _part(progress: Progress, place: int) -> Progress:
    """Progress of one file as a part of the whole."""

    def tell(done: int, total: int) -> None:
        steps = _STEPS * place + _STEPS * done // max(total, 1)
        progress(steps, _STEPS * len(PACK_FILES))

    return tell


def _write(event_file: EventFile, path: Path, tell: Progress, cancelled: Callable[[], bool]) -> int:
    """Write one file of the pack. Returns how many people it names."""
    if path.name in _DOCUMENTS:
        writing = Writing(progress=tell, cancelled=cancelled)
        return _DOCUMENTS[path.name](event_file, path, writing=writing)
    if path.name in _LISTS:
        most = event_numbers(event_file).registered

        def count(rows: int) -> None:
            tell(rows, most)

        return export(event_file, path, _LISTS[path.name], progress=count, cancelled=cancelled)
    if path.name == _REPORT:
        write_report(event_file, path)
    else:
        _write_json(path, numbers_document(event_file))
    return 0


def numbers_document(event_file: EventFile) -> dict[str, Any]:
    """The numbers of the event and of each check-in list, as JSON values."""
    event = event_file.event()
    return {
        "event": event.name,
        "starts_on": event.starts_on.isoformat(),
        "ends_on": event.ends_on.isoformat(),
        **_numbers(event_numbers(event_file)),
        "countries": _countries(event_file),
        "lists": {
            one.name: _numbers(event_numbers(event_file, one))
            for one in event_file.check_in_lists()
        },
    }


def _numbers(numbers: Numbers) -> dict[str, Any]:
    values = asdict(numbers)
    values["by_category"] = {
        category: {"registered": registered, "checked_in": checked_in}
        for category, (registered, checked_in) in numbers.by_category.items()
    }
    values["arrivals"] = [[iso_utc(minute), count] for minute, count in numbers.arrivals]
    return values


def _countries(event_file: EventFile) -> dict[str, dict[str, int]]:
    """Registered and arrived by country: the event file keeps no countries after it is closed."""
    counts: dict[str, dict[str, int]] = {}
    for record in event_file.people.records():
        if record.attendee.country:
            count = counts.setdefault(record.attendee.country, {"registered": 0, "checked_in": 0})
            count["registered"] += 1
            count["checked_in"] += record.checked_in_at is not None
    return dict(sorted(counts.items()))


def _manifest(event_file: EventFile, digests: Mapping[str, str]) -> dict[str, Any]:
    return {
        "event": event_file.event().name,
        "event_id": event_file.mail_jobs.identity().uid,
        "written_at": iso_utc(utc_now()),
        "sha256": dict(digests),
    }


def _write_json(path: Path, values: Mapping[str, Any]) -> None:
    with whole_file(path) as unfinished:
        unfinished.write_text(json.dumps(values, ensure_ascii=False, indent=2), encoding="utf-8")


def _read_back(path: Path, rows: int) -> str:
    """The digest of a file of the pack that can be opened and holds what it should."""
    try:
        content = path.read_bytes()
        is_whole = _READERS[path.suffix](path, rows)
    except OSError as error:
        raise _not_whole(path) from error
    if not is_whole:
        raise _not_whole(path)
    return hashlib.sha256(content).hexdigest()


def _is_whole_json(path: Path, _rows: int) -> bool:
    return bool(json.loads(path.read_bytes()))


def _is_whole_workbook(path: Path, rows: int) -> bool:
    """Every part by its checksum, and every row counted; Python's threads go on meanwhile."""
    try:
        with ZipFile(path) as book:
            if book.testzip() is not None:
                return False
            with book.open(_SHEET) as sheet:
                return _count(sheet, b"<row ") == rows + 1
    except (BadZipFile, KeyError):
        return False


def _count(file: IO[bytes], mark: bytes) -> int:
    found, tail = 0, b""
    while chunk := file.read(_CHUNK_BYTES):
        found += (tail + chunk).count(mark)
        tail = chunk[1 - len(mark) :]
    return found


def _is_whole_document(path: Path, _rows: int) -> bool:
    import pypdfium2

    from checkin_app.pdfium_lock import PDFIUM_LOCK

    with PDFIUM_LOCK:
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError:
            return False
        try:
            return len(document) > 0
        finally:
            document.close()


_READERS: Mapping[str, Callable[[Path, int], bool]] = {
    ".json": _is_whole_json,
    ".xlsx": _is_whole_workbook,
    ".pdf": _is_whole_document,
}


def _not_whole(path: Path) -> CheckinError:
    return CheckinError(
        f"{path.name} could not be read back from {path.parent}. Nothing was erased: check the"
        " disk, or choose another folder."
    )
