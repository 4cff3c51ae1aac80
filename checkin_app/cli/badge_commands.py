"""``badges`` and ``tickets``."""

from __future__ import annotations

from argparse import Namespace

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.findings import Finding
from checkin_app.badges.layouts import DEFAULT_LAYOUT, built_in_layout
from checkin_app.cli.output import Output
from checkin_app.domain.imposition import Imposition
from checkin_app.domain.stock import CARD_ON_A4
from checkin_app.services.badge_choice import Wanted, choose_attendees
from checkin_app.services.badge_printing import BadgeJob, run_badge_job
from checkin_app.services.badge_records import record_job
from checkin_app.services.clock import utc_now
from checkin_app.services.event_files import ORGANISER, open_event
from checkin_app.services.tickets import write_tickets
from checkin_app.stock.search import find_stock

_FINDINGS_SHOWN = 20


def run_badges(arguments: Namespace, output: Output) -> bool:
    """Write the badges of the chosen people as one PDF and note them as printed."""
    event_file = open_event(arguments.event)
    sort = tuple(name.strip() for name in arguments.sort.split(",") if name.strip())
    people = choose_attendees(event_file, Wanted(arguments.status), arguments.category, sort)
    plan = BadgePlan(
        layout=built_in_layout(arguments.layout or DEFAULT_LAYOUT),
        stock=find_stock(arguments.stock) if arguments.stock else CARD_ON_A4,
        event=event_file.event(),
        imposition=Imposition(first_slot=arguments.first_slot, crop_marks=arguments.crop_marks),
        categories=event_file.categories(),
    )
    job = BadgeJob(arguments.output, people, plan, proof=not arguments.no_proof)
    with output.progress("Drawing badges") as progress:
        report = run_badge_job(job, progress)
    if not report.misread:
        record_job(event_file, ORGANISER, utc_now(), job)
    event_file.close()
    names = {person.id: person.full_name for person in people}
    output.say(f"{report.file}: {report.badges} badges on {report.sheets} sheets.")
    for finding in report.findings[:_FINDINGS_SHOWN]:
        output.say(f"  {names[finding.attendee_id]}: {finding.kind.value} {finding.detail}")
    if report.proof_read is not None:
        output.say(f"{report.proof_read} of {report.badges} codes were read back from the file.")
    for attendee_id in report.misread:
        output.say(f"  Not readable: {names[attendee_id]}. Do not print this file.")
    output.result(
        {
            "badges": report.badges,
            "sheets": report.sheets,
            "file": str(report.file),
            "findings": [_finding(finding) for finding in report.findings],
            "proof_read": report.proof_read,
            "seconds": report.seconds,
        }
    )
    return not report.misread


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "attendee": finding.attendee_id,
        "kind": finding.kind.value,
        "field": finding.field,
        "detail": finding.detail,
    }


def run_tickets(arguments: Namespace, output: Output) -> bool:
    """Write a ticket PDF and a QR picture per attendee, and a list for a mail merge."""
    event_file = open_event(arguments.event)
    with output.progress("Writing tickets") as progress:
        tickets = write_tickets(event_file, arguments.output, progress)
    event_file.close()
    output.say(f"{len(tickets)} tickets in {arguments.output}.")
    output.result({"tickets": len(tickets), "folder": str(arguments.output)})
    return True
