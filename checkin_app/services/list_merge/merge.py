"""Decides what a registration list changes: who is new, who changed, what cannot be taken.

A row is matched with a person by code, else by e-mail and name, else by name and organisation;
one row of a list for each person. Empty cells never erase anything, and a field corrected at a
desk keeps its correction: such a person is still found under what the list said before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Any

from checkin_app.domain.attendee import TEXT_FIELDS, Attendee, AttendeeStatus
from checkin_app.domain.codes import LONGEST_CODE
from checkin_app.domain.search_text import fold
from checkin_app.lists.problems import Problem, Severity
from checkin_app.lists.rows import ListRow

Key = tuple[str, ...]
_SPELLED_ALIKE = 0.85
"""Of two names as difflib compares them: Jon and John Smith 0.95, Anna and Piotr Nowak 0.6."""


@dataclass(slots=True)
class Update:
    """New values for a person who is in the event already."""

    attendee: Attendee
    changes: dict[str, Any]


@dataclass(slots=True)
class ImportPlan:
    """What an import would do. Nothing is written yet.

    Attributes:
        additions: new people, without id; without code where the list has none.
        updates: people whose fields change.
        repeats: rows that say the same person again.
        people_mark: the ``EventFile.people_mark`` that the plan was made for.
    """

    read: int = 0
    additions: list[Attendee] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    unchanged: int = 0
    rejected: int = 0
    repeats: int = 0
    problems: list[Problem] = field(default_factory=list)
    people_mark: tuple[int, bytes] | None = None


def plan_merge(
    rows: Iterable[ListRow | Problem],
    attendees: Iterable[Attendee],
    code_column: str,
    as_listed: Mapping[str, Attendee] = MappingProxyType({}),
    replaced: Mapping[str, str] = MappingProxyType({}),
) -> ImportPlan:
    """Compare the rows of a list with the attendees of an event.

    Args:
        code_column: the name of the column that holds the codes, for problems.
        as_listed: those whom a desk corrected, as the lists had them, by id.
        replaced: codes that were replaced, and the ids of the people who had them.
    """
    merge = _Merge(attendees, code_column, as_listed, replaced)
    found = list(rows)
    merge.claim(row.values.get("code", "") for row in found if isinstance(row, ListRow))
    for row in found:
        if isinstance(row, Problem):
            merge.note(row)
        else:
            merge.take(row)
    return merge.plan


class _Merge:
    """The people known so far: those of the event, then those of the rows already taken."""

    def __init__(
        self,
        attendees: Iterable[Attendee],
        code_column: str,
        as_listed: Mapping[str, Attendee],
        replaced: Mapping[str, str],
    ) -> None:
        self.plan = ImportPlan()
        self._replaced = replaced
        self._code_column = code_column
        self._as_listed = as_listed
        self._by_code: dict[str, Attendee] = {}
        self._by_email: dict[Key, Attendee] = {}
        self._by_name: dict[Key, list[Attendee]] = {}
        self._taken: set[str] = set()
        self._claimed: set[str] = set()
        for attendee in attendees:
            self._remember(attendee, attendee)
            if attendee.id in as_listed:
                self._remember(attendee, as_listed[attendee.id])

    def claim(self, codes: Iterable[str]) -> None:
        """Keep the people whose codes are in the list for the rows with those codes."""
        known = self._by_code
        self._claimed = {known[code].id for code in codes if code in known}

    def note(self, problem: Problem) -> None:
        self.plan.problems.append(problem)
        if problem.severity is Severity.REJECTED:
            self.plan.rejected += 1

    def take(self, row: ListRow) -> None:
        code = row.values.get("code", "")
        known = self._by_code.get(code) if code else None
        if len(code) > LONGEST_CODE:
            self._reject(row, "The code is longer than any ticket's. Check the column.")
        elif known is not None and not self._is_person(known, row.values):
            self._reject(row, "This code belongs to another person. Check the list.")
        else:
            had_by = None if known else self._replaced.get(code)
            known = known or self._find(row)
            if had_by is not None and (known is None or known.id != had_by):
                self._reject(row, "This code was another person's before. Check the list.")
            else:
                self._merge(row, known)

    def _merge(self, row: ListRow, known: Attendee | None) -> None:
        if known is None:
            attendee = _attendee(row)
            self.plan.additions.append(attendee)
            self._remember(attendee, attendee)
        elif not known.id or known.id in self._taken:
            self.plan.repeats += 1
            self.plan.problems.append(
                Problem(
                    row.number,
                    "",
                    known.full_name,
                    "This person stands further up in the list already; this row was left out.",
                    Severity.WARNING,
                )
            )
        else:
            self._taken.add(known.id)
            self._update(row, known)

    def _update(self, row: ListRow, known: Attendee) -> None:
        changes = _changes(known, row)
        code = row.values.get("code", "")
        if code and code != known.code and self._replaced.get(code) != known.id:
            changes["code"] = code
            self._by_code[code] = known
            reason = "This person has another code now. The one from before no longer lets in."
            self.note(Problem(row.number, self._code_column, code[:40], reason, Severity.WARNING))
        if changes:
            self.plan.updates.append(Update(known, changes))
        else:
            self.plan.unchanged += 1

    def _find(self, row: ListRow) -> Attendee | None:
        """The person a row without a known code means.

        Two different codes are two people, however alike their names.
        """
        values = row.values
        first, last = fold(values.get("first_name", "")), fold(values.get("last_name", ""))
        email = values.get("email", "").lower()
        found = self._by_email.get((email, last, first)) if email else None
        if found is None:
            found = self._namesake((last, first, fold(values.get("organisation", ""))), row)
        if found and found.code and values.get("code") and found.code != values["code"]:
            is_free = found.id and found.id not in self._claimed
            return found if is_free and self._is_person(found, values) else None
        return found

    def _namesake(self, key: Key, row: ListRow) -> Attendee | None:
        """Somebody of this name and organisation whom no row has named yet.

        Of several the one whom the row says nothing new about. Two e-mail addresses are two
        people, and so are two rows of one list.
        """
        has_email = bool(row.values.get("email"))
        free = [
            person
            for person in self._by_name.get(key, ())
            if person.id
            and person.id not in self._taken
            and person.id not in self._claimed
            and not (has_email and person.email)
        ]
        return next((p for p in free if not _changes(p, row)), free[0] if free else None)

    def _is_person(self, known: Attendee, values: Mapping[str, str]) -> bool:
        listed = self._as_listed.get(known.id, known)
        return _same_person(known, values) or _same_person(listed, values)

    def _remember(self, attendee: Attendee, spelled: Attendee) -> None:
        """Find ``attendee`` from now on by what stands in ``spelled``."""
        last, first = fold(spelled.last_name), fold(spelled.first_name)
        if spelled.code:
            self._by_code[spelled.code] = attendee
        if spelled.email:
            self._by_email.setdefault((spelled.email.lower(), last, first), attendee)
        self._by_name.setdefault((last, first, fold(spelled.organisation)), []).append(attendee)

    def _reject(self, row: ListRow, reason: str) -> None:
        problem = Problem(
            row.number, self._code_column, row.values["code"][:40], reason, Severity.REJECTED
        )
        self.note(problem)


def _same_person(known: Attendee, values: Mapping[str, str]) -> bool:
    """Whether a row with a person's code may be that person.

    With more or fewer names, spelled better, or, at the same e-mail address, with a new last
    name. A family name in common is not enough: members of a family come together.
    """
    ours = fold(known.full_name)
    theirs = fold(f"{values.get('first_name', '')} {values.get('last_name', '')}".strip())
    our_words, their_words = set(ours.split()), set(theirs.split())
    if our_words <= their_words or their_words <= our_words:
        return True
    email = values.get("email", "").lower()
    first_names = set(fold(known.first_name).split())
    if email and email == known.email.lower() and first_names & their_words:
        return True
    return SequenceMatcher(None, ours, theirs).ratio() >= _SPELLED_ALIKE


def _attendee(row: ListRow) -> Attendee:
    values = row.values
    return Attendee(
        id="",
        code=values.get("code", ""),
        title=values.get("title", ""),
        first_name=values.get("first_name", ""),
        last_name=values.get("last_name", ""),
        organisation=values.get("organisation", ""),
        role=values.get("role", ""),
        country=values.get("country", ""),
        email=values.get("email", ""),
        category=values.get("category", ""),
        attention=values.get("attention", ""),
        status=AttendeeStatus(values.get("status") or AttendeeStatus.CONFIRMED),
        extra=row.extra,
    )


def _changes(known: Attendee, row: ListRow) -> dict[str, Any]:
    changes: dict[str, Any] = {
        name: value
        for name in (*TEXT_FIELDS, "status")
        if (value := row.values.get(name)) and value != getattr(known, name)
    }
    extra = {name: value for name, value in row.extra.items() if known.extra.get(name) != value}
    if extra:
        changes["extra"] = extra
    return changes
