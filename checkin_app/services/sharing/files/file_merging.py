"""Merges two files of one event, without any hub: afterwards both have all that either had.

For laptops that were apart, and for a stick that goes from desk to desk. It may be done any number
of times, in any order. The other file takes all it lacks in one transaction, or stays as it was: a
stick may be full. The desk's own takes it bit by bit, so that scans come between; what came stays.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from checkin_app.domain.parcels import SignedParcel
from checkin_app.errors import (
    ErasureUnfinished,
    EventFileUnwritable,
    OtherEvent,
    ParcelRefused,
    UsageError,
)
from checkin_app.hub.sealing import verify
from checkin_app.scratch_folder import ScratchFolder
from checkin_app.services.sharing.exchanging.counted import Counted, Progress
from checkin_app.services.sharing.files.meeting_lists import merge_met_lists
from checkin_app.storage.connections import log_of
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.event_transaction import EventTransaction
from checkin_app.storage.ledger_contents import Contents

_ENTRIES_AT_ONCE = 1_000
_BREATH_S = 0.005
"""Between two portions, so that a scan that waits for the file has its turn."""


@dataclass(frozen=True, slots=True)
class MergedFiles:
    """What came of merging a file with another one.

    Attributes:
        came: entries that the file took from the other one.
        went: entries that the other one took; None when it could not be written to.
        conflicts: second admissions that came to light and wait to be looked into.
        merged: people whom both files had from a list, who are one again.
        is_closed: the event is closed, and so are both files now.
        is_unfinished: traces of erased people may still lie on the disk; opening finishes that.
    """

    came: int
    went: int | None
    conflicts: int = 0
    merged: int = 0
    is_closed: bool = False
    is_unfinished: bool = False


def merge_event_files(
    path: Path,
    other_path: Path,
    desk: str,
    now: datetime,
    progress: Progress = lambda done, total: None,
) -> MergedFiles:
    """Merge two files of one event. From one that may only be read, the first takes all it lacks.

    Args:
        desk: the name under which this is done; what others recorded keeps theirs.
        progress: told how many entries are done, of how many.

    Raises:
        OtherEvent: they are not of the same event.
        UsageError: they are the same file.
        EventFileError: one is missing, foreign or damaged, or the first cannot be written to.
    """
    with ExitStack() as stack:
        file = stack.enter_context(EventFile(path))
        other, is_copy = _opened(other_path, stack)
        if path.samefile(other_path):
            raise UsageError("This is one and the same file. Choose two.")
        _refuse_other_event(file, other)
        had, other_had = file.sharing.contents(), other.sharing.contents()
        lacking, other_lacks = other_had.lacking_in(had), had.lacking_in(other_had)
        counted = Counted(progress, len(lacking.entries) + len(other_lacks.entries))
        event_id = file.sharing.event_id()
        here = partial(file.transaction, desk, now, even_closed=True)
        suspects = _give(other, lacking, event_id, here, counted)
        made_one = merge_met_lists(file, desk, now)
        if made_one:
            other_lacks = file.sharing.contents().lacking_in(other_had)
        went: int | None = None
        if not is_copy:
            with suppress(EventFileUnwritable):
                with other.transaction(desk, now, even_closed=True) as whole:
                    _give(file, other_lacks, event_id, lambda: nullcontext(whole), counted)
                went = len(other_lacks.entries)
        is_unfinished = not _finish(file) or (went is not None and not _finish(other))
        return MergedFiles(
            came=len(lacking.entries),
            went=went,
            conflicts=_open_conflicts(file, suspects.union(made_one)),
            merged=len(made_one),
            is_closed=file.erasures.closing() is not None,
            is_unfinished=is_unfinished,
        )


def merged_sentence(merged: MergedFiles, other_name: str) -> str:
    """What came of it, for people."""
    if not merged.came and not merged.went and merged.went is not None:
        return f"{other_name} has nothing that is not here, and lacks nothing."
    sentences = [f"{_entries(merged.came)} came from {other_name}."]
    if merged.went is None:
        sentences.append(
            f"{other_name} could not be written to, so it stays as it was. To give it all that is"
            " here, copy it to a disk that can be written to and merge once more."
        )
    else:
        sentences.append(f"{_entries(merged.went)} went to it. Both have the same now.")
    if merged.merged:
        people = "Somebody" if merged.merged == 1 else f"{merged.merged} people"
        verb = "was" if merged.merged == 1 else "were"
        sentences.append(f"{people} whom both had from a list {verb} merged.")
    if merged.conflicts:
        people = "One second admission" if merged.conflicts == 1 else f"{merged.conflicts} second"
        ending = " waits" if merged.conflicts == 1 else " admissions wait"
        sentences.append(f"{people}{ending} in the inbox.")
    if merged.is_closed:
        sentences.append("The event is closed: no personal data are left in either.")
    if merged.is_unfinished:
        sentences.append(
            "Traces of people who are erased may still lie on the disk. Close all other programs"
            " that use the files, and open each once more: that removes them."
        )
    return " ".join(sentences)


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def _opened(path: Path, stack: ExitStack) -> tuple[EventFile, bool]:
    """The file, or a copy of one that may only be read."""
    try:
        return stack.enter_context(EventFile(path)), False
    except EventFileUnwritable:
        folder = stack.enter_context(ScratchFolder()).path
        for part in (path, log_of(path)):
            if part.is_file():
                shutil.copyfile(part, folder / part.name)
        return stack.enter_context(EventFile(folder / path.name)), True


def _refuse_other_event(file: EventFile, other: EventFile) -> None:
    if file.sharing.event_id() != other.sharing.event_id():
        raise OtherEvent(
            f"{file.path.name} is of “{file.event().name}”, {other.path.name} of"
            f" “{other.event().name}” and was made by itself, not as a copy. Only files of one"
            " event can be merged. Nothing was changed."
        )


def _give(
    source: EventFile,
    lacking: Contents,
    event_id: str,
    begin: Callable[[], AbstractContextManager[EventTransaction]],
    counted: Counted,
) -> set[str]:
    """Give a file all it lacks. Returns ids of people who may have been let in twice.

    Args:
        begin: gives the transaction for the next portion.
    """
    left = set(lacking.entries)
    suspects: set[str] = set()
    for parcels in _some_at_a_time(_proved(source.sharing.parcels(lacking.parcels), event_id)):
        with begin() as transaction:
            taken = transaction.take_in(parcels)
        left.difference_update(
            bytes.fromhex(entry.id) for one in parcels for entry in one.parcel.entries
        )
        suspects.update(conflict.attendee_id for conflict in taken.conflicts)
        counted.add(taken.new_entries)
        time.sleep(_BREATH_S)
    for entries in source.sharing.entries(left):
        with begin() as transaction:
            taken = transaction.take_in_unshared(entries)
        suspects.update(conflict.attendee_id for conflict in taken.conflicts)
        counted.add(taken.new_entries)
        time.sleep(_BREATH_S)
    with begin() as transaction:
        transaction.take_in_unshared(source.sharing.blanked_refusals())
    return suspects


def _proved(parcels: Iterable[SignedParcel], event_id: str) -> Iterator[SignedParcel]:
    """Those that their desks signed. A file may hold anything; the entries of others come all the
    same, and whoever merged will vouch for having received them.
    """
    for one in parcels:
        with suppress(ParcelRefused):
            verify(one, event_id)
            yield one


def _some_at_a_time(parcels: Iterable[SignedParcel]) -> Iterator[Sequence[SignedParcel]]:
    some: list[SignedParcel] = []
    entries = 0
    for one in parcels:
        some.append(one)
        entries += len(one.parcel.entries)
        if entries >= _ENTRIES_AT_ONCE:
            yield some
            some, entries = [], 0
    if some:
        yield some


def _open_conflicts(file: EventFile, suspects: Iterable[str]) -> int:
    """What is left of them now that all is here: some were taken back or resolved since."""
    records = [file.record(attendee_id) for attendee_id in suspects]
    return sum(len(record.open_conflicts) for record in records if record is not None)


def _finish(file: EventFile) -> bool:
    """Take off the disk what was erased; False when that has to wait."""
    try:
        file.erasures.finish()
    except ErasureUnfinished:
        return False
    return True
