"""``export``, ``document`` and ``paper-ticks``: lists and documents out, and ticks in."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence

from checkin_app.cli.attendee_json import attendee_json
from checkin_app.cli.output import Output
from checkin_app.domain.event_document import iso_utc
from checkin_app.errors import UsageError
from checkin_app.reports.pages_file import Writing
from checkin_app.services.bulk_badges.badge_choice import moment_at_venue
from checkin_app.services.clock import utc_now
from checkin_app.services.documents.document_making import DocumentKind, DocumentWish, make_document
from checkin_app.services.documents.exports import Export, export
from checkin_app.services.documents.paper_list import PaperTicks, Tick, TickKind, likely_arrival
from checkin_app.services.documents.paper_wording import tick_sentence
from checkin_app.services.event_files import find_check_in_list, open_event


def run_export(arguments: Namespace, output: Output) -> bool:
    """Write a list for a spreadsheet, a program or people."""
    is_pdf = arguments.file.suffix.lower() == ".pdf"
    what = Export(arguments.what or ("attendance" if is_pdf else "attendees"))
    if arguments.list and what not in (Export.ATTENDANCE, Export.NO_SHOWS):
        raise UsageError(
            "A check-in list is of use for attendance and no-shows only: add --what attendance."
        )
    with open_event(arguments.event) as event_file:
        check_in_list = find_check_in_list(event_file, arguments.list) if arguments.list else None
        people, _last = event_file.people_mark()
        with output.progress("Writing") as progress:
            rows = export(
                event_file,
                arguments.file,
                what,
                check_in_list,
                delimiter=arguments.delimiter or "",
                progress=lambda done: progress(done, max(done, people)),
            )
    output.say(f"{arguments.file}: {rows} rows.")
    output.result({"rows": rows, "file": str(arguments.file)})
    return True


def run_document(arguments: Namespace, output: Output) -> bool:
    """Make a document about who came."""
    kind = DocumentKind(arguments.kind)
    _check_options(arguments, kind)
    with open_event(arguments.event) as event_file:
        wish = DocumentWish(
            kind=kind,
            check_in_list=find_check_in_list(event_file, arguments.list)
            if arguments.list
            else None,
            after=arguments.after,
            per_day=arguments.per_day,
            layout=arguments.layout,
            signature=arguments.signature,
            signed_by=arguments.signed_by,
            one_file=arguments.one_file,
        )
        with output.progress("Writing") as progress:
            made = make_document(event_file, arguments.output, wish, Writing(progress=progress))
    output.say(f"{arguments.output}: {made.count} people.")
    if made.remark:
        output.say(made.remark)
    output.result({"people": made.count, "file": str(arguments.output), "remark": made.remark})
    return True


_OF_KINDS = {
    "after": (DocumentKind.SIGNATURES,),
    "before": (DocumentKind.SIGNATURES,),
    "per_day": (DocumentKind.ATTENDANCE, DocumentKind.SIGNATURES),
    "layout": (DocumentKind.CERTIFICATES,),
    "signature": (DocumentKind.CERTIFICATES,),
    "signed_by": (DocumentKind.CERTIFICATES,),
    "one_file": (DocumentKind.CERTIFICATES,),
}


def _check_options(arguments: Namespace, kind: DocumentKind) -> None:
    for name, kinds in _OF_KINDS.items():
        if getattr(arguments, name) and kind not in kinds:
            option = name.replace("_", "-")
            of = " and ".join(one.value for one in kinds)
            raise UsageError(f"--{option} is of use for {of} only.")
    if not (kind is DocumentKind.CERTIFICATES and not arguments.one_file) and (
        arguments.output.suffix.lower() != ".pdf"
    ):
        raise UsageError(f"{arguments.output.name} cannot be written: its name must end in .pdf.")


def run_paper_ticks(arguments: Namespace, output: Output) -> bool:
    """Check people in from the ticks on the paper list."""
    with open_event(arguments.event) as event_file:
        event = event_file.event()
        check_in_list = find_check_in_list(event_file, arguments.list)
        arrived_at = (
            moment_at_venue(event, arguments.at)
            if arguments.at
            else likely_arrival(event, check_in_list, utc_now())
        )
        ticks = PaperTicks(event_file, arguments.desk, check_in_list)
        all_taken = True
        for typed in _typed(arguments.codes):
            tick = ticks.enter(typed, arrived_at)
            all_taken &= tick.kind is TickKind.TAKEN
            output.say(f"{typed}: {tick_sentence(tick, event)}")
            output.result(_tick_json(tick))
    return all_taken


def _typed(codes: Sequence[str]) -> Iterator[str]:
    for code in codes:
        if code != "-":
            yield code
        elif sys.stdin is None:
            raise UsageError("There is no standard input to read codes from.")
        else:
            yield from (line.strip() for line in sys.stdin if not line.isspace())


def _tick_json(tick: Tick) -> dict[str, object]:
    check_in = tick.check_in
    return {
        "typed": tick.typed,
        "result": tick.kind.value,
        "attendee": attendee_json(tick.record) if tick.record else None,
        "at": iso_utc(check_in.at) if check_in else None,
    }
