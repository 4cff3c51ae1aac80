"""What must hold once the laptops of a history have healed, checked from the recorded entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from happenings import Cast
from history import History

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.ledger import Entry, EntryKind, undone_ids
from checkin_app.domain.sharing import ResolvedAs
from checkin_app.storage.event_file import EventFile


def check_history(history: History) -> None:
    """Whether the laptops, after they healed, are what they must be.

    Raises:
        AssertionError: they are not.
    """
    laptops = history.laptops
    for laptop in laptops:
        held = laptop.entry_ids()
        lost = {what for id_, what in history.told.items() if id_ not in held}
        assert not lost, f"{laptop.name} has lost {lost}"
    check_files([laptop.file for laptop in laptops], history.seed)
    if not history.has_gone_back:
        _check_numbers(laptops[history.seed % len(laptops)].file)
    for laptop in laptops:
        waiting = laptop.file.sharing.waiting(laptop.line.access.hub_id)
        assert waiting == 0, f"{laptop.name} says that {waiting} wait"
        # One that went with a file may be missed for good: the hub that had it may be lost, too.
        missing = laptop.file.sharing.missing()
        assert missing <= len(history.lost_parcels), f"{laptop.name} misses {missing} parcels"
    codes = erased_codes(laptops[0].file, history.cast)
    for laptop in laptops:
        check_disk(laptop.path, codes)


def _check_numbers(event_file: EventFile) -> None:
    """No desk gives a parcel the number of another: by them others notice that one is missing.

    A desk whose file was put back to an older copy, when nobody has what it lost, cannot know.
    """
    sharing = event_file.sharing
    parcels = [signed.parcel for signed in sharing.parcels(sharing.contents().parcels)]
    twice = Counter((parcel.desk, parcel.sequence) for parcel in parcels) - Counter(
        {(parcel.desk, parcel.sequence) for parcel in parcels}
    )
    assert not twice, f"parcels of one number: {twice}"


def erased_codes(event_file: EventFile, cast: Cast) -> list[str]:
    """Codes, and what else was written of one person alone, that nothing may be left of."""
    is_closed = event_file.erasures.closing() is not None
    return [
        text
        for person, text in (*cast.erased, *cast.marks)
        # An erasure may be lost with a file.
        if is_closed or ((record := event_file.record(person)) is not None and record.is_erased)
    ]


def check_disk(path: Path, codes: Iterable[str]) -> None:
    """Whether nothing is left of some codes in an event file and the log beside it.

    Raises:
        AssertionError: something is.
    """
    log = path.with_name(f"{path.name}-wal")
    content = path.read_bytes() + (log.read_bytes() if log.exists() else b"")
    for code in codes:
        assert code.encode() not in content, f"{path.name} still has {code}"


def check_files(files: Sequence[EventFile], seed: int) -> None:
    """Whether files that took in the same entries are equal and right.

    Raises:
        AssertionError: they are not.
    """
    digests = [file.sharing.fold_digest() for file in files]
    if len(set(digests)) > 1:
        raise AssertionError(f"the files differ: {_differences(files)}")
    # All are equal: one that is right stands for all.
    differences = files[seed % len(files)].verify().differences
    assert not differences, differences
    _check_admissions(files[0])


def _check_admissions(event_file: EventFile) -> None:
    """One admission stands on each list, the earliest, and every other one is accounted for.

    Told from the entries alone, without the fold.
    """
    ledger = list(event_file.ledger())
    undone = undone_ids(ledger)
    entries = [entry for entry in ledger if entry.id not in undone]
    stays = _who_stays(entries)
    findings: dict[str, dict[str, ResolvedAs]] = {}
    for entry in entries:
        if entry.kind is EntryKind.CONFLICT_RESOLVED:
            of_person = findings.setdefault(stays(entry.attendee_id), {})
            of_person[str(entry.payload.get("later"))] = ResolvedAs(entry.payload["as"])
    check_ins: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        if entry.kind is EntryKind.CHECKED_IN:
            place = (stays(entry.attendee_id), entry.list_id)
            check_ins.setdefault(place, []).append(entry)
    vanished = _vanished(ledger)
    for (person, list_id), admissions in check_ins.items():
        record = event_file.record(person)
        if record is not None:
            _check_one(record, list_id, admissions, findings.get(person, {}))
            continue
        since = vanished.get(person, "~")
        assert all(one.id > since for one in admissions if one.attendee_id == person), (
            f"{person} came, and is gone with an import"
        )


def _vanished(ledger: Iterable[Entry]) -> dict[str, str]:
    """Whose registration was taken back, with the id of the first entry that did it."""
    registered: dict[str, str] = {}
    vanished: dict[str, str] = {}
    for entry in ledger:
        if entry.kind is EntryKind.REGISTERED:
            registered[entry.id] = entry.attendee_id
        elif entry.kind is EntryKind.UNDONE and entry.payload["undoes"] in registered:
            vanished.setdefault(registered[entry.payload["undoes"]], entry.id)
    return vanished


def _check_one(
    record: AttendeeRecord,
    list_id: str,
    admissions: Sequence[Entry],
    findings: Mapping[str, ResolvedAs],
) -> None:
    person = record.attendee.id
    arrivals = [one for one in admissions if findings.get(one.id) in (None, ResolvedAs.SAME_PERSON)]
    standing = record.check_ins.get(list_id)
    earliest = arrivals[0].id if arrivals else None
    assert (standing.entry_id if standing else None) == earliest, f"{person}: not the earliest"
    if standing is None or record.is_erased:
        return
    waiting = {conflict.later for conflict in record.open_conflicts}
    for one in admissions:
        has_reason = bool(one.payload.get("reason")) or one.id in findings
        assert (one.id in waiting) == (one.id != earliest and not has_reason), (
            f"{person}: {one.id} is wrongly (not) a conflict"
        )


def _who_stays(entries: Iterable[Entry]) -> Callable[[str], str]:
    """Whom each record is shown as: the last word about it, if the other record is still there."""
    into: dict[str, str] = {}
    registered, erased = set(), set()
    for entry in entries:
        match entry.kind:
            case EntryKind.REGISTERED:
                registered.add(entry.attendee_id)
            case EntryKind.ERASED:
                erased.add(entry.attendee_id)
            case EntryKind.MERGED if entry.payload["into"] < entry.attendee_id:
                into[entry.attendee_id] = entry.payload["into"]
            case EntryKind.NOT_DOUBLE if into.get(entry.attendee_id) == entry.payload["of"]:
                del into[entry.attendee_id]

    def stays(person: str) -> str:
        while (other := into.get(person)) in registered and (
            other not in erased or person in erased
        ):
            person = other
        return person

    return stays


def _differences(files: Sequence[EventFile]) -> str:
    """Which entries not all have, and whose tables differ, for whoever looks for the cause."""
    ledgers = [{entry.id: entry for entry in file.ledger()} for file in files]
    everything = {id_ for ledger in ledgers for id_ in ledger}
    told = []
    for id_ in sorted(everything):
        forms = {repr(ledger.get(id_)) for ledger in ledgers}
        if len(forms) > 1:
            told += [f"file {place}: {ledger.get(id_)}" for place, ledger in enumerate(ledgers, 1)]
    records = [{record.attendee.id: record for record in file.records()} for file in files]
    for person in sorted({id_ for some in records for id_ in some}):
        if len({repr(some.get(person)) for some in records}) > 1:
            told += [f"file {place}: {some.get(person)}" for place, some in enumerate(records, 1)]
    return "\n".join(told) or "in something that is neither an entry nor a person"
