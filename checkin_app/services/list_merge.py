"""Decides what a registration list changes: who is new, who changed, what cannot be taken.

A row is matched with a person by code, else by e-mail and name, else by name and organisation.
Empty cells never erase anything, and a field corrected at a desk keeps its correction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from checkin_app.domain.attendee import TEXT_FIELDS, Attendee, AttendeeStatus
from checkin_app.domain.codes import LONGEST_CODE
from checkin_app.domain.search_text import fold
from checkin_app.lists.problems import Problem, Severity
from checkin_app.lists.rows import ListRow

Key = tuple[str, ...]


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
    """

    read: int = 0
    additions: list[Attendee] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    unchanged: int = 0
    rejected: int = 0
    repeats: int = 0
    problems: list[Problem] = field(default_factory=list)


def plan_merge(
    rows: Iterable[ListRow | Problem], attendees: Iterable[Attendee], code_column: str
) -> ImportPlan:
    """Compare the rows of a list with the attendees of an event.

    Args:
        code_column: the name of the column that holds the codes, for problems.
    """
    merge = _Merge(attendees, code_column)
    for row in rows:
        if isinstance(row, Problem):
            merge.note(row)
        else:
            merge.take(row)
    return merge.plan


class _Merge:
    """The people known so far: those of the event, then those of the rows already taken."""

    def __init__(self, attendees: Iterable[Attendee], code_column: str) -> None:
        self.plan = ImportPlan()
        self._code_column = code_column
        self._by_code: dict[str, Attendee] = {}
        self._by_email: dict[Key, Attendee] = {}
        self._by_name: dict[Key, Attendee] = {}
        self._rows: dict[str, int] = {}
        for attendee in attendees:
            self._remember(attendee)

    def note(self, problem: Problem) -> None:
        self.plan.problems.append(problem)
        if problem.severity is Severity.REJECTED:
            self.plan.rejected += 1

    def take(self, row: ListRow) -> None:
        code = row.values.get("code", "")
        known = self._by_code.get(code) if code else None
        if len(code) > LONGEST_CODE:
            self._reject(row, "The code is longer than any ticket's. Check the column.")
        elif known is not None and not _same_person(known, row.values):
            self._reject(row, "This code belongs to another person. Check the list.")
        else:
            self._merge(row, known or self._find(row))

    def _merge(self, row: ListRow, known: Attendee | None) -> None:
        if known is None:
            attendee = _attendee(row)
            self.plan.additions.append(attendee)
            self._remember(attendee)
        elif not known.id:
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
        elif changes := _changes(known, row):
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
            found = self._by_name.get((last, first, fold(values.get("organisation", ""))))
            if found and (found.id == "" or (email and found.email)):
                return None
        if found and found.code and values.get("code") and found.code != values["code"]:
            return found if found.id and _same_person(found, values) else None
        return found

    def _remember(self, attendee: Attendee) -> None:
        last, first = fold(attendee.last_name), fold(attendee.first_name)
        if attendee.code:
            self._by_code[attendee.code] = attendee
        if attendee.email:
            self._by_email.setdefault((attendee.email.lower(), last, first), attendee)
        self._by_name.setdefault((last, first, fold(attendee.organisation)), attendee)

    def _reject(self, row: ListRow, reason: str) -> None:
        problem = Problem(
            row.number, self._code_column, row.values["code"][:40], reason, Severity.REJECTED
        )
        self.note(problem)


def _same_person(known: Attendee, values: Mapping[str, str]) -> bool:
    """Whether a row with a person's code may be that person, perhaps spelled better."""
    email = values.get("email", "").lower()
    if email and email == known.email.lower():
        return True
    ours = {*fold(known.last_name).split(), *fold(known.first_name).split()}
    theirs = {
        *fold(values.get("last_name", "")).split(),
        *fold(values.get("first_name", "")).split(),
    }
    return bool(ours & theirs)


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
