"""Who is missing from a newer registration list, and whether that means anything.

A list that names only some people may be an addition. One that names most of those who came by
lists of its kind is taken to name everybody of them: who is missing is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from checkin_app.domain.attendee import Attendee, AttendeeStatus
from checkin_app.lists.table import Table
from checkin_app.services.list_merge.decisions import Missing
from checkin_app.services.list_merge.merge import named_people
from checkin_app.services.list_merge.plan import ImportPlan
from checkin_app.storage.imports.imports import EventPeople
from checkin_app.storage.imports.imports_done import ImportDone

_OF_SAME_SOURCE = 4
"""The part of its people that a list of the same kind as the last must name, one in so many."""


def source_of(columns: Iterable[str], preset: str) -> str:
    """By what a list of the same kind is known again: its preset and the titles of its columns."""
    described = "\n".join((preset, *sorted(columns)))
    return sha256(described.encode()).hexdigest()[:16]


def content_of(table: Table) -> str:
    """By what the same list is known again: a digest of all its cells."""
    digest = sha256("\x1f".join(table.columns).encode())
    for row in table.rows:
        digest.update("\x1f".join((*row, "\n")).encode())
    return digest.hexdigest()[:32]


def tell_missing(
    plan: ImportPlan,
    people: EventPeople,
    imports: Sequence[ImportDone],
    sources: Mapping[str, str],
) -> None:
    """Say in a plan who is missing from its list, and what becomes of them.

    Those who came by lists of the same kind count, if there were any; else all who came by lists.
    Walk-ins, cancelled people and those who are gone already do not.

    Args:
        imports: those that were done, newest first.
        sources: as ``Imports.sources`` gives them.
    """
    done = [one for one in imports if not one.is_undone]
    before = next((one.source for one in done if one.whole), "")
    came = [one for one in people.attendees if _came(one) and one.id not in people.gone]
    of_kind = [one for one in came if sources.get(one.id, before) == plan.source]
    expected = of_kind or came
    named = named_people(plan)
    plan.names_all = len(expected) == len(came)
    plan.missing = [one for one in expected if one.id not in named]
    count = len(expected) - len(plan.missing)
    is_same_source = bool(done) and done[0].source == plan.source
    covers = count * 2 >= len(expected) or (
        is_same_source and count * _OF_SAME_SOURCE >= len(expected)
    )
    # Those whom an addition added itself would make it look like a whole list the next time.
    if any(one.content == plan.content and not one.marked for one in done):
        covers = False
    plan.assumed_missing = Missing.MARK if covers else Missing.KEEP
    plan.missing_reason = _reason(count, len(expected), is_whole=covers)
    if plan.missing_choice is Missing.MARK:
        plan.gone = [one for one in plan.missing if one.id not in plan.decisions.kept]


def _came(person: Attendee) -> bool:
    return not person.walk_in and person.status is not AttendeeStatus.CANCELLED


def _reason(named: int, expected: int, *, is_whole: bool) -> str:
    if not expected:
        return "Nobody came by a list before."
    counted = f"This list names {named} of the {expected} people who came by such lists before"
    if named == expected:
        return f"{counted}: nobody is missing."
    if is_whole:
        return f"{counted}, so it is taken to name everybody: who is missing is gone."
    return f"{counted}, so it is taken as an addition: nobody is gone."
