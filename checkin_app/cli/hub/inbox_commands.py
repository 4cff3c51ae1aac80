"""``conflicts``, ``resolve`` and ``merge-people``."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from checkin_app.cli.attendee_json import attendee_json
from checkin_app.cli.hub.inbox_options import FINDINGS
from checkin_app.cli.output import Output
from checkin_app.cli.this_desk import now_at
from checkin_app.domain.event_document import iso_utc
from checkin_app.domain.programme import Event
from checkin_app.services.event_files import ORGANISER, open_event
from checkin_app.services.sharing.inbox.conflicts import (
    InboxConflict,
    find_conflict,
    resolve,
    wait_again,
)
from checkin_app.services.sharing.inbox.doubles import Double, keep_apart, merge, part
from checkin_app.services.sharing.inbox.inbox import read_inbox
from checkin_app.services.sharing.inbox.inbox_wording import conflict_line, double_line

_SHOWN_OF_ID = 20


def run_conflicts(arguments: Namespace, output: Output) -> bool:
    """List what waits in the inbox, and what was said already."""
    event_file = open_event(arguments.event)
    contents, event = read_inbox(event_file), event_file.event()
    event_file.close()
    if contents.is_empty:
        output.say("Nothing waits, and nothing was said.")
    for one in contents.conflicts:
        id_ = one.conflict.later[:_SHOWN_OF_ID]
        output.say(f"{id_}  {one.record.attendee.full_name} · {conflict_line(one, event)}")
    for pair in (*contents.doubles, *contents.merged):
        ids = f"{pair.kept.attendee.id} {pair.double.attendee.id}"
        output.say(f"{ids}  {pair.kept.attendee.full_name} · {double_line(pair)}")
    output.result(
        {
            "conflicts": [_conflict_json(one, event) for one in contents.conflicts],
            "doubles": [_double_json(one) for one in (*contents.doubles, *contents.merged)],
        }
    )
    return True


def run_resolve(arguments: Namespace, output: Output) -> bool:
    """Say what a second check-in was, or let it wait again."""
    event_file = open_event(arguments.event)
    desk = arguments.desk or ORGANISER
    conflict = find_conflict(event_file, arguments.check_in)
    found = FINDINGS.get(arguments.found)
    if found is None:
        wait_again(event_file, desk, now_at(event_file), conflict)
    else:
        resolve(
            event_file,
            desk,
            now_at(event_file),
            conflict.later,
            found,
            arguments.note,
            conflict.attendee_id,
        )
    event_file.close()
    output.say("It waits in the inbox again." if found is None else f"Noted: {found.value}.")
    output.result({"check_in": conflict.later, "as": found.value if found else None})
    return True


def run_merge_people(arguments: Namespace, output: Output) -> bool:
    """Merge two records, take them apart, or say that they are two people."""
    event_file = open_event(arguments.event)
    desk, ids = arguments.desk or ORGANISER, sorted((arguments.first, arguments.second))
    double = event_file.record(ids[1])
    is_merged = double is not None and double.merged_into == ids[0]
    if not arguments.apart:
        merge(event_file, desk, now_at(event_file), *ids)
    elif is_merged:
        part(event_file, desk, now_at(event_file), ids[1])
    else:
        keep_apart(event_file, desk, now_at(event_file), *ids)
    event_file.close()
    output.say("They are two people." if arguments.apart else "They are one person.")
    output.result({"kept": ids[0], "double": ids[1], "merged": not arguments.apart})
    return True


def _conflict_json(one: InboxConflict, event: Event) -> dict[str, Any]:
    conflict = one.conflict
    return {
        "check_in": conflict.later,
        "attendee": attendee_json(one.record),
        "list": one.list_name,
        "stands": {"desk": conflict.stands_desk, "at": iso_utc(conflict.stands_at)},
        "later": {"desk": conflict.later_desk, "at": iso_utc(conflict.later_at)},
        "as": conflict.resolved_as.value if conflict.resolved_as else None,
        "note": conflict.note,
        "message": conflict_line(one, event),
    }


def _double_json(one: Double) -> dict[str, Any]:
    return {
        "kept": attendee_json(one.kept),
        "double": attendee_json(one.double),
        "desks": [one.kept_from.desk, one.double_from.desk],
        "same_code": one.same_code,
        "merged": one.is_merged,
    }
