"""Writes what a plan says into the event, within one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence

from checkin_app.domain.fold import FROM_LIST
from checkin_app.domain.ledger import EntryKind
from checkin_app.lists.progress import CancelledCheck, Progress, stop_if
from checkin_app.services.list_merge.decisions import Missing
from checkin_app.services.list_merge.plan import ImportPlan, Update
from checkin_app.storage.event_transaction import EventTransaction
from checkin_app.storage.imports.bulk_writes import NewEntry

_PEOPLE_PER_STEP = 2000


def write_import(
    transaction: EventTransaction,
    plan: ImportPlan,
    file_name: str,
    preset: str,
    *,
    progress: Progress,
    cancelled: CancelledCheck,
) -> str:
    """Append the entries of an import. Returns the id that each of them carries.

    Raises:
        Cancelled: ``cancelled`` said so; the caller lets the transaction go.
    """
    import_id = secrets.token_hex(16)
    marked = plan.missing_choice is Missing.MARK
    described = {
        "file": file_name,
        "preset": preset,
        "source": plan.source,
        "content": plan.content,
        "marked": marked,
        "whole": marked and plan.names_all,
        "read": plan.read,
        "added": len(plan.additions),
        "changed": plan.updated,
        "gone": len(plan.gone),
    }
    transaction.append(EntryKind.LIST_IMPORTED, payload={"import": import_id, **described})
    updates = [update for update in plan.updates if update.is_made]
    total = len(plan.additions) + len(updates) + len(plan.gone)
    for start in range(0, len(plan.additions), _PEOPLE_PER_STEP):
        stop_if(cancelled)
        progress(start, total)
        people = plan.additions[start : start + _PEOPLE_PER_STEP]
        transaction.register_many(people, {"import": import_id})
    entries = [*_amendments(updates, import_id), *_gone(plan, import_id)]
    for done in transaction.append_many(entries):
        stop_if(cancelled)
        progress(len(plan.additions) + done * (total - len(plan.additions)) // len(entries), total)
    progress(total, total)
    return import_id


def _amendments(updates: Sequence[Update], import_id: str) -> Iterator[NewEntry]:
    """What the list says of people who are in the event already."""
    origin = {"import": import_id}
    for update in updates:
        attendee_id = update.attendee.id
        changes = {name: value for name, value in update.changes.items() if name != "code"}
        if update.is_back:
            yield NewEntry(EntryKind.BACK_ON_LIST, attendee_id, origin)
        if code := update.changes.get("code"):
            yield NewEntry(EntryKind.CODE_REPLACED, attendee_id, {"code": code, **origin})
        if changes:
            payload = {"changes": changes, "source": FROM_LIST, **origin}
            yield NewEntry(EntryKind.AMENDED, attendee_id, payload)


def _gone(plan: ImportPlan, import_id: str) -> Iterator[NewEntry]:
    for person in plan.gone:
        yield NewEntry(EntryKind.GONE_FROM_LIST, person.id, {"import": import_id})
