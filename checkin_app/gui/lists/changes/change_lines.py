"""What importing a list would do, line by line: new people, changed fields, gone people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from checkin_app.domain.attendee import FIELDS, Attendee
from checkin_app.gui.lists.packed_lines import PackedLines
from checkin_app.lists.mapping.vocabulary import FULL_NAME
from checkin_app.services.list_import.registration_lists import ListReading
from checkin_app.services.list_merge.decisions import Missing
from checkin_app.services.list_merge.plan import EXTRA, ImportPlan, PlannedRow, RowKind
from checkin_app.services.list_merge.planned_rows import planned_rows

IS_BACK = "back"
"""Stands where a field would: the person was gone, and is on the list again."""

_NAME_FIELDS = ("title", "first_name", "last_name")


@dataclass(frozen=True, slots=True)
class NewLine:
    """Somebody new.

    Attributes:
        texts: what the list says, for each of ``ChangeLines.new_fields``.
    """

    row: int
    texts: tuple[str, ...]

    @property
    def key(self) -> object:
        """By what a decision about it is known."""
        return self.row

    @property
    def is_ticked(self) -> bool:
        """New people are added unless somebody decides otherwise."""
        return True

    @property
    def can_be_ticked(self) -> bool:
        """Anybody can be left out."""
        return True


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """One field of somebody who is in the event.

    Attributes:
        name: the person.
        field: as ``FieldChange.field``, or ``IS_BACK``.
        before, after: now, and in the list.
        is_kept: a desk corrected the field, and that holds.
        is_first: the first line about the person.
    """

    row: int
    name: str
    field: str
    before: str
    after: str
    is_kept: bool
    is_wanted: bool
    is_first: bool

    @property
    def key(self) -> object:
        """By what a decision about it is known."""
        return self.row, self.field

    @property
    def is_ticked(self) -> bool:
        """Whether importing makes the change."""
        return self.is_wanted and not self.is_kept

    @property
    def can_be_ticked(self) -> bool:
        """What a desk corrected is kept; that somebody is back is no choice."""
        return not self.is_kept and self.field != IS_BACK


@dataclass(frozen=True, slots=True)
class GoneLine:
    """Somebody whom the list does not name."""

    attendee: Attendee
    is_ticked: bool
    can_be_ticked: bool

    @property
    def key(self) -> object:
        """By what a decision about it is known."""
        return self.attendee.id


@dataclass(frozen=True, slots=True)
class ChangeLines:
    """All lines.

    Attributes:
        new_fields: fields of an attendee that the list fills, and with ``EXTRA`` its own columns.
        changed_by_field: the changed lines of each field, the most frequent first.
    """

    new_fields: tuple[str, ...] = ()
    new: PackedLines[NewLine] = field(default_factory=PackedLines)
    changed: PackedLines[ChangedLine] = field(default_factory=PackedLines)
    changed_by_field: Mapping[str, PackedLines[ChangedLine]] = field(default_factory=dict)
    gone: PackedLines[GoneLine] = field(default_factory=PackedLines)


def change_lines(plan: ImportPlan, reading: ListReading) -> ChangeLines:
    """The lines of a plan, in the order of the list."""
    fields = _fields_of(reading)
    new = planned_rows(plan, RowKind.NEW)
    changed = list(_changed(plan))
    marks = plan.missing_choice is Missing.MARK
    return ChangeLines(
        new_fields=fields,
        new=PackedLines(NewLine(one.row, _texts(one.attendee, fields)) for one in new),
        changed=PackedLines(changed),
        changed_by_field=_by_field(changed),
        gone=PackedLines(
            GoneLine(one.attendee, one.is_made, marks) for one in planned_rows(plan, RowKind.GONE)
        ),
    )


def _changed(plan: ImportPlan) -> Iterator[ChangedLine]:
    """Also what stays as it is because a desk or a person here said so."""
    kinds = (RowKind.CHANGED, RowKind.SAME)
    rows = [one for kind in kinds for one in planned_rows(plan, kind) if one.changes or one.is_back]
    for planned in sorted(rows, key=lambda one: one.row):
        yield from _lines_of(planned)


def _by_field(lines: Iterable[ChangedLine]) -> dict[str, PackedLines[ChangedLine]]:
    found: dict[str, list[ChangedLine]] = {}
    for line in lines:
        found.setdefault(line.field, []).append(replace(line, is_first=True))
    often = sorted(found.items(), key=lambda one: -len(one[1]))
    return {name: PackedLines(some) for name, some in often}


def _lines_of(planned: PlannedRow) -> Iterator[ChangedLine]:
    name, row = planned.attendee.full_name, planned.row
    if planned.is_back:
        yield ChangedLine(row, name, IS_BACK, "", "", False, True, True)
    for place, change in enumerate(planned.changes):
        yield ChangedLine(
            row,
            name,
            change.field,
            change.before,
            change.after,
            change.kept_because_of_desk,
            change.is_wanted,
            is_first=place == 0 and not planned.is_back,
        )


def _fields_of(reading: ListReading) -> tuple[str, ...]:
    columns = reading.mapping.columns
    filled = set(columns)
    if FULL_NAME in filled:
        filled.update(_NAME_FIELDS[1:])
    known = sorted(filled.intersection(FIELDS), key=_place)
    extra = reading.mapping.extra_columns(reading.table.columns)
    return (*known, *(f"{EXTRA}{column}" for column in extra))


def _place(name: str) -> int:
    """Names first, the code after what people know each other by."""
    return len(FIELDS) if name == "code" else FIELDS.index(name)


def _texts(attendee: Attendee, fields: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        attendee.extra.get(name.removeprefix(EXTRA), "")
        if name.startswith(EXTRA)
        else str(getattr(attendee, name))
        for name in fields
    )
