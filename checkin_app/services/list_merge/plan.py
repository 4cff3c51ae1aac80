"""What an import would do: to the event in lists that are cheap, to a screen row by row."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from checkin_app.domain.attendee import Attendee
from checkin_app.lists.problems import Problem
from checkin_app.services.list_merge.decisions import (
    UNDECIDED,
    MergeDecisions,
    Missing,
    RowDecision,
)

EXTRA = "extra:"
"""Before the name of a column that is kept as an extra field: the field of its change."""


class RowKind(StrEnum):
    """What becomes of a row. Every row that was read is of one kind; gone people have no row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    UNCLEAR = "unclear"
    REPEATED = "repeated"
    REJECTED = "rejected"
    GONE = "gone"


class Doubt(StrEnum):
    """Why a row is unclear."""

    CODE_OF_ANOTHER = "code of another"
    CODE_TWICE = "code twice"
    CODE_SPELLED_OTHERWISE = "code, name spelled otherwise"
    OTHER_EMAIL = "other e-mail"
    OTHER_NAME = "other name"
    SEVERAL_PEOPLE = "several people"
    SAME_NAME = "same name"
    MAY_BE_GUEST = "may be guest"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one person, now and in the list.

    Attributes:
        field: of ``FIELDS``, or ``EXTRA`` and the name of the column.
        before, after: as texts; a status as AttendeeStatus writes it.
        kept_because_of_desk: a desk corrected the field; the list does not change it.
        is_wanted: false for a change that a person unchecked.
    """

    field: str
    before: str
    after: str
    kept_because_of_desk: bool = False
    is_wanted: bool = True

    @property
    def is_made(self) -> bool:
        """Whether importing makes this change."""
        return self.is_wanted and not self.kept_because_of_desk


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row, or one person who is gone, for somebody to look at.

    Attributes:
        row: as a spreadsheet program counts it; 0 for a person who is gone.
        kind: UNCLEAR until a person decides, then what was decided.
        attendee: the person as the list has them; of somebody who is gone, as the event does.
        attendee_id: whom of the event the row is; empty for somebody new.
        changes: what differs, whether or not it is changed.
        doubt: why the row is unclear; None when it never was. It stays when that is decided.
        reason: a sentence for people; empty when there is nothing to say.
        candidates: the people of the event that the row may be, likeliest first.
        proposal: what becomes of an unclear row if nobody decides.
        decision: what a person decided about the row.
        is_back: the person was gone and is on the list again.
        is_made: false for a missing person who will not be marked as gone.
    """

    row: int
    kind: RowKind
    attendee: Attendee
    attendee_id: str = ""
    changes: tuple[FieldChange, ...] = ()
    doubt: Doubt | None = None
    reason: str = ""
    candidates: tuple[Attendee, ...] = ()
    proposal: RowDecision | None = None
    decision: RowDecision | None = None
    is_back: bool = False
    is_made: bool = True


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """How many rows are of which kind; but for ``gone`` they add up to the rows read.

    Attributes:
        gone: people who will be marked as gone.
        missing: people whom the list does not name, marked or not.
        back: of the changed, those who were gone.
        kept: fields of people that keep what a desk corrected.
    """

    read: int
    new: int
    changed: int
    unchanged: int
    unclear: int
    rejected: int
    repeated: int
    gone: int = 0
    missing: int = 0
    back: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Update:
    """New values for a person who is in the event already.

    Attributes:
        changes: what is made: field → value as an ``amended`` entry has it, and ``code``.
        kept: what the list says where a desk decided otherwise.
        unwanted: what a person unchecked.
        is_back: the person was gone.
    """

    row: int
    attendee: Attendee
    changes: dict[str, Any]
    kept: dict[str, Any] = field(default_factory=dict)
    unwanted: dict[str, Any] = field(default_factory=dict)
    is_back: bool = False

    @property
    def is_made(self) -> bool:
        """Whether anything is written about the person."""
        return self.is_back or bool(self.changes)


@dataclass(frozen=True, slots=True)
class UnclearRow:
    """A row that may mean several people, or one that it should not mean."""

    row: int
    attendee: Attendee
    doubt: Doubt
    reason: str
    candidates: tuple[Attendee, ...]
    proposal: RowDecision
    decision: RowDecision | None = None


@dataclass(slots=True)
class ImportPlan:
    """What an import would do. Nothing is written yet.

    Attributes:
        additions: new people, without id; without code where the list has none.
        addition_rows: the row of each.
        updates: people about whom the list says something else; see ``Update.is_made``.
        same: people about whom it says nothing new.
        same_rows: the row of each.
        unclear: the rows that were ever in doubt, decided or not, by row. Each of them is also
            where its decision, or else its proposal, puts it.
        rejected_rows, repeated_rows: rows that are not taken.
        passed_over: ids of people of the event whom rejected rows mean, or may mean.
        missing: people who came by a list and whom this one does not name.
        gone: those of them who will be marked as gone.
        assumed_missing: what becomes of the missing if nobody decides.
        missing_reason: why so, a sentence for people.
        names_all: whether the missing are those of all lists, not only of lists of its kind.
        source, content: by what a list of the same kind, and this very list, is known again.
        people_mark: the ``EventFile.people_mark`` that the plan was made for.
    """

    read: int = 0
    additions: list[Attendee] = field(default_factory=list)
    addition_rows: array[int] = field(default_factory=lambda: array("q"))
    updates: list[Update] = field(default_factory=list)
    same: list[Attendee] = field(default_factory=list)
    same_rows: array[int] = field(default_factory=lambda: array("q"))
    unclear: dict[int, UnclearRow] = field(default_factory=dict)
    rejected_rows: array[int] = field(default_factory=lambda: array("q"))
    repeated_rows: array[int] = field(default_factory=lambda: array("q"))
    passed_over: set[str] = field(default_factory=set)
    missing: list[Attendee] = field(default_factory=list)
    gone: list[Attendee] = field(default_factory=list)
    assumed_missing: Missing = Missing.KEEP
    missing_reason: str = ""
    names_all: bool = False
    problems: list[Problem] = field(default_factory=list)
    decisions: MergeDecisions = UNDECIDED
    source: str = ""
    content: str = ""
    people_mark: tuple[int, bytes] | None = None

    @property
    def updated(self) -> int:
        """How many people of the event will be changed by their rows."""
        return sum(update.is_made for update in self.updates)

    @property
    def unchanged(self) -> int:
        """How many rows say nothing that would be changed."""
        return len(self.same) + len(self.updates) - self.updated

    @property
    def rejected(self) -> int:
        """How many rows are not taken, but for repeats."""
        return len(self.rejected_rows)

    @property
    def repeats(self) -> int:
        """How many rows say the same person, or all the same, again."""
        return len(self.repeated_rows)

    @property
    def writes(self) -> bool:
        """Whether importing changes anything."""
        return bool(self.additions or self.gone or any(one.is_made for one in self.updates))

    @property
    def missing_choice(self) -> Missing:
        """What becomes of the missing: as decided, else as assumed."""
        return self.decisions.missing or self.assumed_missing
