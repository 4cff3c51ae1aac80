"""``scan``, ``find`` and ``stats``."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkin_app.cli.attendee_json import attendee_json, check_in_json
from checkin_app.cli.event.report_commands import dashboard_json
from checkin_app.cli.output import Output
from checkin_app.cli.this_desk import clock_of, desk_name, sharing_for_a_while
from checkin_app.domain.admission import Outcome, OutcomeKind
from checkin_app.domain.event_document import iso_utc
from checkin_app.domain.programme import Event
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.errors import UsageError
from checkin_app.scanning.keyboard_layouts import repairs
from checkin_app.services.attendance import event_numbers
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.dashboard import dashboard
from checkin_app.services.event_files import find_check_in_list, open_event
from checkin_app.services.wording import message, note_sentence
from checkin_app.storage.event_file import EventFile

if TYPE_CHECKING:
    from checkin_app.services.sharing.exchanging.sharing_thread import SharingThread


def run_scan(arguments: Namespace, output: Output) -> bool:
    """Check in every code given; one answer a line."""
    # All of them before anybody is checked in: one that is missing stops with nothing done.
    pictures = [_scans_of_picture(code[1:]) for code in arguments.codes if code.startswith("@")]
    at: datetime | None = arguments.at
    all_admitted = True
    with open_event(arguments.event) as event_file:
        desk = CheckInDesk(
            event_file,
            desk_name(event_file, arguments.desk),
            find_check_in_list(event_file, arguments.list),
            clock=clock_of(event_file) if at is None else lambda: at.astimezone(UTC),
        )
        lists = {found.id: found.name for found in event_file.check_in_lists()}
        with _sharing(event_file, at) as sharing:
            among_others = desk.with_sharing(sharing)
            for scan in _scans(arguments.codes, iter(pictures)):
                outcome = among_others.handle(scan)
                all_admitted &= outcome.kind is OutcomeKind.ADMITTED
                mark = " (not yet shared)" if outcome.is_shared is False else ""
                output.say(f"{message(outcome, desk.event)}{mark}")
                output.result(_outcome_json(outcome, desk.event, lists))
    return all_admitted


def _sharing(
    event_file: EventFile, at: datetime | None
) -> AbstractContextManager[SharingThread | None]:
    """The other desks, but for what was at another time: nobody waits for them with a list."""
    return sharing_for_a_while(event_file) if at is None else nullcontext()


def _scans(codes: Sequence[str], pictures: Iterator[list[Scan]]) -> Iterator[Scan]:
    for code in codes:
        if code == "-":
            yield from map(_typed, _lines_given())
        elif code.startswith("@"):
            yield from next(pictures)
        else:
            yield _typed(code)


def _scans_of_picture(name: str) -> list[Scan]:
    from checkin_app.scanning.pictures import codes_in_file

    found = codes_in_file(Path(name))
    return [Scan(text, ScanSource.PICTURE) for text in [code.text for code in found] or [""]]


def _lines_given() -> Iterator[str]:
    if sys.stdin is None:
        raise UsageError("There is no standard input to read codes from.")
    for line in sys.stdin:
        if not line.isspace():
            yield line.rstrip("\r\n")


def _typed(text: str) -> Scan:
    return Scan(text, ScanSource.COMMAND_LINE, repairs(text))


def _outcome_json(outcome: Outcome, event: Event, lists: dict[str, str]) -> dict[str, Any]:
    # Only where somebody shares it.
    shared = {} if outcome.is_shared is None else {"shared": outcome.is_shared}
    return {
        "code": outcome.code,
        "outcome": outcome.kind.value,
        "attendee": attendee_json(outcome.record) if outcome.record else None,
        "check_in": check_in_json(outcome.check_in, lists) if outcome.check_in else None,
        "notes": [note_sentence(note, event) for note in outcome.notes],
        "message": message(outcome, event),
        **shared,
    }


def run_find(arguments: Namespace, output: Output) -> bool:
    """Search for people as the desk does."""
    event_file = open_event(arguments.event)
    found = event_file.search(" ".join(arguments.text), arguments.limit)
    records = [event_file.record(listed.attendee.id) for listed in found]
    event_file.close()
    for listed in found:
        arrived = "in" if listed.checked_in_at else "  "
        person = listed.attendee
        output.say(f"{arrived}  {person.full_name} · {person.organisation} · {person.code}")
    if not found:
        output.say("Nobody found. Try fewer letters, or the organisation.")
    output.result({"results": [attendee_json(record) for record in records if record]})
    return True


def run_stats(arguments: Namespace, output: Output) -> bool:
    """The numbers of the event, or of one check-in list."""
    event_file = open_event(arguments.event)
    chosen = find_check_in_list(event_file, arguments.list) if arguments.list else None
    numbers = event_numbers(event_file, chosen)
    counted = dashboard(event_file, chosen)
    event_file.close()
    output.say(f"{numbers.checked_in} of {numbers.expected} expected have come.")
    output.say(
        f"{numbers.registered} registered, {numbers.walk_ins} walk-ins,"
        f" {numbers.no_shows} not here."
    )
    for category, (registered, arrived) in numbers.by_category.items():
        output.say(f"  {category or '(no category)'}: {arrived} of {registered}")
    output.result(
        {
            "registered": numbers.registered,
            "expected": numbers.expected,
            "checked_in": numbers.checked_in,
            "walk_ins": numbers.walk_ins,
            "no_shows": numbers.no_shows,
            "by_category": {
                category: {"registered": registered, "checked_in": arrived}
                for category, (registered, arrived) in numbers.by_category.items()
            },
            "arrivals": [[iso_utc(minute), count] for minute, count in numbers.arrivals],
            **dashboard_json(counted),
        }
    )
    return True
