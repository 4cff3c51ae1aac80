"""Which admissions of one person stand, and which of them two desks decided apart.

The earliest admission on a check-in list stands. A later one that was recorded without a reason
was decided by a desk that did not know of the first: a conflict, until somebody says what it was.

* *same person*: the person came by twice. Nothing changes: one person is in, once.
* *passed-on badge*: somebody else came in with the badge. That was no arrival of this person, so
  it never stands, not even when the first admission is taken back.
* *mistake*: nobody came in. The admission is taken back, for as long as that finding holds.

Of several findings about one admission the latest holds. They are no undoings: who takes a finding
back finds everything as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checkin_app.domain.attendee import CheckIn
from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.domain.sharing import Conflict, ResolvedAs

_FINDINGS = {finding.value: finding for finding in ResolvedAs}


class CheckIns:
    """The admissions of one person and of the doubles merged into it.

    Attributes:
        standing: the earliest that counts on each check-in list, by list id.
        later: further ones of this person, oldest first.
        conflicts: those that were or are to be looked into, oldest first.
    """

    def __init__(self, attendee_id: str, entries: Sequence[Entry]) -> None:
        """Take the entries about them, in order, without those that were taken back."""
        self.standing: dict[str, CheckIn] = {}
        self.later: list[CheckIn] = []
        self._not_first: list[CheckIn] = []
        self._findings = _latest_findings(entries)
        for entry in entries:
            if entry.kind is EntryKind.CHECKED_IN:
                self._take(entry)
        self.conflicts = tuple(self._conflicts(attendee_id))

    def _take(self, entry: Entry) -> None:
        check_in = check_in_of(entry)
        finding = self._findings.get(entry.id)
        if finding is not None and _found(finding) is not ResolvedAs.SAME_PERSON:
            self._not_first.append(check_in)
        elif entry.list_id not in self.standing:
            self.standing[entry.list_id] = check_in
        else:
            self.later.append(check_in)
            self._not_first.append(check_in)

    def _conflicts(self, attendee_id: str) -> Iterable[Conflict]:
        for later in self._not_first:
            stands = self.standing.get(later.list_id)
            finding = self._findings.get(later.entry_id)
            if stands is None or (finding is None and later.forced_reason):
                continue
            yield Conflict(
                attendee_id=attendee_id,
                list_id=later.list_id,
                stands=stands.entry_id,
                stands_at=stands.at,
                stands_desk=stands.desk,
                later=later.entry_id,
                later_at=later.at,
                later_desk=later.desk,
                resolved_as=None if finding is None else _found(finding),
                note="" if finding is None else str(finding.payload.get("note", "")),
                resolution="" if finding is None else finding.id,
            )


def check_in_of(entry: Entry) -> CheckIn:
    """The admission that a ``checked in`` entry records."""
    return CheckIn(
        at=entry.at,
        desk=entry.desk,
        list_id=entry.list_id,
        entry_id=entry.id,
        forced_reason=entry.payload.get("reason", ""),
    )


def _latest_findings(entries: Iterable[Entry]) -> dict[str, Entry]:
    return {
        entry.payload["later"]: entry
        for entry in entries
        if entry.kind is EntryKind.CONFLICT_RESOLVED
        and _found(entry) is not None
        and isinstance(entry.payload.get("later"), str)
    }


def _found(finding: Entry) -> ResolvedAs | None:
    """What was found; None is what a newer program may know."""
    return _FINDINGS.get(str(finding.payload.get("as")))
