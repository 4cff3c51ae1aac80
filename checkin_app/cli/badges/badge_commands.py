"""``badges`` and ``tickets``."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.filled_slots import FilledSlot
from checkin_app.badges.layouts.built_in import DEFAULT_LAYOUT
from checkin_app.badges.preflight.findings import Finding, gravest_first
from checkin_app.badges.text.font_files import FontShelf, own_fonts_folder
from checkin_app.cli.output import Output
from checkin_app.cli.this_desk import now_at
from checkin_app.domain.badges.imposition import (
    Duplex,
    Fill,
    Imposition,
    PrinterOffset,
    SheetRange,
    Tray,
)
from checkin_app.domain.badges.stock import CARD_ON_A4, Stock
from checkin_app.domain.badges.trays import OTHERS, split_into_trays
from checkin_app.errors import CheckinError, EventFileError, UsageError
from checkin_app.services.bulk_badges.badge_choice import Wanted, choose_attendees, moment_at_venue
from checkin_app.services.bulk_badges.badge_layouts import find_layout
from checkin_app.services.bulk_badges.badge_printing import (
    BadgeJob,
    BadgeReport,
    run_badge_job,
    run_proof_sheet,
)
from checkin_app.services.bulk_badges.badge_records import last_runs, record_spoilt, run_places
from checkin_app.services.bulk_badges.badge_stock import find_stock
from checkin_app.services.bulk_badges.finished_runs import remember_run
from checkin_app.services.event_files import ORGANISER, open_event, set_language
from checkin_app.stock.own_stock import own_stock_path
from checkin_app.stock.printer_offsets import printer_offset, printer_offsets_path
from checkin_app.storage.event_file import EventFile

_FINDINGS_SHOWN = 20


def run_badges(arguments: Namespace, output: Output) -> bool:
    """Write the badges of the chosen people as one PDF and note them as printed."""
    with open_event(arguments.event) as event_file:
        if arguments.language is not None:
            set_language(event_file, ORGANISER, arguments.language)
        job = _job(arguments, event_file, output)
        if arguments.proof_sheet:
            return _write_proof(job, output)
        with output.progress("Drawing badges") as progress:
            # Each badge is drawn and then read back, which counts on beyond their number.
            steps = 2 if job.proof else 1
            report = run_badge_job(job, lambda done, total: progress(done, steps * total))
        if not report.misread:
            _record(event_file, job)
    _tell(job, report, output)
    return not report.misread


def _record(event_file: EventFile, job: BadgeJob) -> None:
    """Note who was printed, on what."""
    try:
        remember_run(event_file, ORGANISER, now_at(event_file), job)
    except EventFileError as error:
        raise CheckinError(
            f"{job.file} is written and good, but not everybody is noted as printed. {error}"
        ) from error


def _job(arguments: Namespace, event_file: EventFile, output: Output) -> BadgeJob:
    """The people and the plan that the options ask for."""
    event = event_file.event()
    sort = tuple(name.strip() for name in arguments.sort.split(",") if name.strip())
    people = choose_attendees(
        event_file,
        Wanted(arguments.status),
        arguments.category,
        sort,
        since=moment_at_venue(event, arguments.since) if arguments.since else None,
    )
    trays: tuple[Tray, ...] = ()
    if arguments.tray_split:
        split = split_into_trays(people, arguments.tray_split, event.language)
        people, trays = split.attendees, split.trays
        for tray in trays:
            output.say(f"Tray {tray.name}: {tray.size}")
        if split.others:
            output.say(f"  Names in “{OTHERS}” begin with no letter of the other trays.")
    stock = CARD_ON_A4
    if arguments.stock:
        stock = find_stock(event_file, arguments.stock, own_stock_path())
    plan = BadgePlan(
        layout=find_layout(event_file, arguments.layout or DEFAULT_LAYOUT),
        stock=stock,
        event=event,
        imposition=_imposition(arguments, stock, output),
        categories=event_file.categories(),
        trays=trays,
        photos=arguments.photos,
        tray_pages=bool(trays),
        fonts=_fonts(arguments.fonts, output),
    )
    return BadgeJob(
        arguments.output, people, plan, proof=not arguments.no_proof, printer_dpi=arguments.dpi
    )


def _fonts(wanted: Path | None, output: Output) -> Path:
    """The folder of added fonts; what cannot be used there is said."""
    folder = wanted or own_fonts_folder()
    for reason in FontShelf(folder).refused.values():
        output.say(reason)
    return folder


def _imposition(arguments: Namespace, stock: Stock, output: Output) -> Imposition:
    offset = arguments.offset
    if offset is None:
        offset = printer_offset(arguments.printer, stock.name, printer_offsets_path())
        if arguments.printer and offset == PrinterOffset():
            output.say(
                f"No offset of the printer “{arguments.printer}” is kept for {stock.name}:"
                " nothing is moved."
            )
    return Imposition(
        first_slot=arguments.first_slot,
        skipped_slots=arguments.skip_slots,
        copies=arguments.copies,
        fill=Fill(arguments.fill),
        duplex=Duplex(arguments.duplex),
        cut_and_stack=arguments.cut_and_stack,
        crop_marks=arguments.crop_marks,
        registration_marks=arguments.registration_marks,
        outlines=arguments.outlines,
        sheets=arguments.sheets or SheetRange(),
        offset=offset,
    )


def _write_proof(job: BadgeJob, output: Output) -> bool:
    """Write the proof; nobody counts as printed by it."""
    proof = run_proof_sheet(job)
    output.say(f"{proof.report.file}: a proof of {proof.report.badges} badges.")
    for attendee, reason in proof.picks:
        output.say(f"  {attendee.full_name}: {reason}")
    output.result(
        {
            **_report_json(proof.report),
            "proof": [{"attendee": one.id, "reason": reason} for one, reason in proof.picks],
        }
    )
    return not proof.report.misread


def _tell(job: BadgeJob, report: BadgeReport, output: Output) -> None:
    """What was printed, and what to look at first."""
    names = {person.id: person.full_name for person in job.attendees}
    output.say(f"{report.file}: {report.badges} badges on {report.sheets} sheets.")
    for finding in gravest_first(report.findings)[:_FINDINGS_SHOWN]:
        output.say(f"  {_line(finding, names)}")
    if len(report.findings) > _FINDINGS_SHOWN:
        output.say(f"  and {len(report.findings) - _FINDINGS_SHOWN} more (--json has them all)")
    if report.proof_read is not None:
        output.say(f"{report.proof_read} of {report.badges} codes were read back from the file.")
    for slot in report.misread_slots:
        output.say(
            f"  Not readable: {names[slot.attendee_id]}, sheet {slot.sheet}, slot {slot.slot}."
            " Do not print this file."
        )
    output.result(_report_json(report))


def _report_json(report: BadgeReport) -> dict[str, Any]:
    return {
        "badges": report.badges,
        "sheets": report.sheets,
        "file": str(report.file),
        "findings": [
            *(_misread(slot) for slot in report.misread_slots),
            *(_finding(finding) for finding in report.findings),
        ],
        "proof_read": report.proof_read,
        "seconds": report.seconds,
    }


def _line(finding: Finding, names: Mapping[str, str]) -> str:
    """Who, what and how bad; what all badges share is nobody's."""
    whose = "All" if finding.is_shared else names.get(finding.attendee_id, "")
    parts = (whose, finding.kind.value.replace("_", " "), finding.detail)
    return ": ".join(part for part in parts if part)


def _misread(slot: FilledSlot) -> dict[str, str]:
    """A code that could not be read back, as programs are told of findings."""
    return {
        "attendee": slot.attendee_id,
        "kind": "code_misread",
        "field": "code",
        "detail": f"sheet {slot.sheet}, slot {slot.slot}",
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "attendee": finding.attendee_id,
        "kind": finding.kind.value,
        "field": finding.field,
        "detail": finding.detail,
    }


def run_spoilt(arguments: Namespace, output: Output) -> bool:
    """Note which printed badges were spoilt, so that they can be printed again."""
    with open_event(arguments.event) as event_file:
        places = _places_of_last_run(event_file)
        found: dict[str, str] = {}
        for what in arguments.what:
            attendee_id = places.get(what) or _holder(event_file, what)
            if attendee_id is None:
                raise UsageError(
                    f"“{what}” is no code, and no SHEET:SLOT of the last run. Nothing was noted."
                )
            found[attendee_id] = what
        record_spoilt(event_file, ORGANISER, now_at(event_file), found)
        records = [event_file.record(attendee_id) for attendee_id in found]
    people = [record.attendee for record in records if record is not None]
    for person in people:
        output.say(f"Spoilt: {person.full_name}")
    output.say("Print them again with --status spoilt.")
    output.result({"spoilt": [person.id for person in people]})
    return True


def _places_of_last_run(event_file: EventFile) -> Mapping[str, str]:
    """Who lies where in the last run, by "SHEET:SLOT".

    In stacks the copies of a badge lie on other sheets: there its first place names it.
    """
    return {
        f"{place.sheet}:{slot}": place.attendee_id
        for run in last_runs(event_file, 1)
        for place in run_places(event_file, run.id)
        for slot in range(
            place.slot, place.slot + (1 if run.imposition.cut_and_stack else place.copies)
        )
    }


def _holder(event_file: EventFile, code: str) -> str | None:
    """The one person whom a code means."""
    with event_file.transaction(ORGANISER, now_at(event_file)) as transaction:
        holders = [match for match in transaction.find_code(code) if match.current]
    return holders[0].attendee_id if len(holders) == 1 else None
