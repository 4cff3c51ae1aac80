"""A plan as somebody looks at it: counted, and row by row. Rows are made when they are asked for.

A list of 100,000 rows has few that are looked at, so the plan holds no object for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from checkin_app.domain.attendee import FIELDS, Attendee
from checkin_app.services.list_merge.plan import (
    EXTRA,
    FieldChange,
    ImportPlan,
    PlannedRow,
    PlanSummary,
    RowKind,
    UnclearRow,
    Update,
)


def summary(plan: ImportPlan) -> PlanSummary:
    """How many rows are of which kind."""
    undecided = _undecided(plan)
    made = [update for update in plan.updates if update.is_made]
    unchanged = [update.row for update in plan.updates if not update.is_made]
    counted = {
        "new": _count(plan.addition_rows, undecided),
        "changed": _count((update.row for update in made), undecided),
        "unchanged": _count(plan.same_rows, undecided) + _count(unchanged, undecided),
        "rejected": _count(plan.rejected_rows, undecided),
        "repeated": _count(plan.repeated_rows, undecided),
    }
    return PlanSummary(
        read=plan.read,
        **counted,
        # A row that stands for several people is in doubt as a whole.
        unclear=plan.read - sum(counted.values()),
        gone=len(plan.gone),
        missing=len(plan.missing),
        back=sum(update.is_back for update in made),
        kept=sum(len(update.kept) for update in plan.updates),
    )


def planned_rows(
    plan: ImportPlan, kind: RowKind, start: int = 0, stop: int | None = None
) -> tuple[PlannedRow, ...]:
    """The rows of one kind, in the order of the list; of ``UNCLEAR`` those decided as well.

    A person whose fields a desk corrected, and about whom the list says nothing else, is the
    ``SAME``, with the changes that are not made. Of ``REPEATED`` and ``REJECTED`` only rows that
    were in doubt can be shown; the problems tell of the others.
    """
    return tuple(islice(_rows(plan, kind), start, stop))


def _rows(plan: ImportPlan, kind: RowKind) -> Iterator[PlannedRow]:
    undecided = _undecided(plan)
    match kind:
        case RowKind.NEW:
            for row, attendee in zip(plan.addition_rows, plan.additions, strict=True):
                if row not in undecided:
                    yield _with_doubt(plan, PlannedRow(row, kind, attendee))
        case RowKind.CHANGED:
            for update in plan.updates:
                if update.is_made and update.row not in undecided:
                    yield _with_doubt(plan, _updated(update, kind))
        case RowKind.SAME:
            yield from sorted(_same(plan, undecided), key=lambda one: one.row)
        case RowKind.UNCLEAR:
            updates = {update.row: update for update in plan.updates}
            for number in sorted(plan.unclear):
                yield _unclear(plan.unclear[number], updates.get(number))
        case RowKind.GONE:
            marked = {attendee.id for attendee in plan.gone}
            for attendee in plan.missing:
                yield PlannedRow(0, kind, attendee, attendee.id, is_made=attendee.id in marked)
        case RowKind.REJECTED | RowKind.REPEATED:
            rows = plan.rejected_rows if kind is RowKind.REJECTED else plan.repeated_rows
            for number in rows:
                if number in plan.unclear and number not in undecided:
                    yield _with_doubt(plan, PlannedRow(number, kind, plan.unclear[number].attendee))


def _same(plan: ImportPlan, undecided: frozenset[int]) -> Iterator[PlannedRow]:
    for row, attendee in zip(plan.same_rows, plan.same, strict=True):
        if row not in undecided:
            yield _with_doubt(plan, PlannedRow(row, RowKind.SAME, attendee, attendee.id))
    for update in plan.updates:
        if not update.is_made and update.row not in undecided:
            yield _with_doubt(plan, _updated(update, RowKind.SAME))


def _updated(update: Update, kind: RowKind) -> PlannedRow:
    person = update.attendee
    return PlannedRow(
        row=update.row,
        kind=kind,
        attendee=person.with_changes({**update.kept, **update.unwanted, **update.changes}),
        attendee_id=person.id,
        changes=field_changes(update),
        is_back=update.is_back,
    )


def _unclear(doubt: UnclearRow, update: Update | None) -> PlannedRow:
    """A row in doubt with what its decision, or else its proposal, would change."""
    return PlannedRow(
        row=doubt.row,
        kind=RowKind.UNCLEAR,
        attendee=doubt.attendee,
        attendee_id=(doubt.decision or doubt.proposal).attendee_id,
        changes=field_changes(update) if update else (),
        doubt=doubt.doubt,
        reason=doubt.reason,
        candidates=doubt.candidates,
        proposal=doubt.proposal,
        decision=doubt.decision,
        is_back=update.is_back if update else False,
    )


def _with_doubt(plan: ImportPlan, planned: PlannedRow) -> PlannedRow:
    """The row with the doubt that a person settled, if there was one."""
    known = plan.unclear.get(planned.row)
    if known is None:
        return planned
    return replace(
        planned,
        doubt=known.doubt,
        reason=known.reason,
        candidates=known.candidates,
        proposal=known.proposal,
        decision=known.decision,
    )


def field_changes(update: Update) -> tuple[FieldChange, ...]:
    """What the list says about a person and the event does not, in the order of the fields."""
    groups = ((update.changes, False, True), (update.kept, True, True))
    found = [
        FieldChange(name, before, after, kept_because_of_desk=kept, is_wanted=wanted)
        for values, kept, wanted in (*groups, (update.unwanted, False, False))
        for name, before, after in _texts(update.attendee, values)
    ]
    return tuple(sorted(found, key=_place))


def _texts(person: Attendee, values: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, value in values.items():
        if name == "extra":
            for column, text in value.items():
                yield f"{EXTRA}{column}", person.extra.get(column, ""), text
        else:
            yield name, str(getattr(person, name)), str(value)


def _place(change: FieldChange) -> tuple[int, str]:
    place = FIELDS.index(change.field) if change.field in FIELDS else len(FIELDS)
    return place, change.field


def _undecided(plan: ImportPlan) -> frozenset[int]:
    return frozenset(row for row, doubt in plan.unclear.items() if doubt.decision is None)


def _count(rows: Iterable[int], undecided: frozenset[int]) -> int:
    return sum(row not in undecided for row in rows)
