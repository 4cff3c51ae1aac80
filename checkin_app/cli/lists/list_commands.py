"""``import``: registration lists in."""

from __future__ import annotations

from argparse import Namespace

from checkin_app.cli.output import Output
from checkin_app.cli.this_desk import now_at
from checkin_app.lists.mapping.own_presets import own_presets, own_presets_folder
from checkin_app.lists.problems import Problem
from checkin_app.services.event_files import ORGANISER, open_event
from checkin_app.services.list_import.registration_lists import (
    ImportReport,
    ListChoices,
    apply_import,
    plan_import,
    read_list,
    report_of,
)
from checkin_app.services.list_merge.decisions import MergeDecisions, Missing

_PROBLEMS_SHOWN = 20


def run_import(arguments: Namespace, output: Output) -> bool:
    """Take in a registration list."""
    choices = ListChoices(
        sheet=arguments.sheet,
        encoding=arguments.encoding,
        delimiter=arguments.delimiter,
        columns=dict(arguments.map),
        preset=arguments.preset,
        own_presets=tuple(one.as_preset() for one in own_presets(own_presets_folder())),
    )
    decisions = MergeDecisions(missing=Missing(arguments.missing) if arguments.missing else None)
    event_file = open_event(arguments.event)
    with output.progress("Reading") as progress:
        reading = read_list(arguments.list, choices, progress=progress)
        plan = plan_import(event_file, reading, decisions, progress=progress)
    if arguments.dry_run:
        report = report_of(plan, reading)
    else:
        with output.progress("Importing") as progress:
            report = apply_import(
                event_file, ORGANISER, now_at(event_file), plan, reading, progress=progress
            )
    event_file.close()
    say_report(report, output, dry_run=arguments.dry_run)
    return report.rejected == 0


def say_report(report: ImportReport, output: Output, *, dry_run: bool) -> None:
    """What an import did, or would do."""
    if report.preset:
        output.say(f"This is a list of the preset {report.preset}.")
    for field, column in report.mapping.items():
        output.say(f"  {column} → {field}")
    if dry_run:
        output.say("Nothing was written. This is what an import would do:")
    output.say(
        f"{report.read} rows: {report.added} new, {report.updated} changed,"
        f" {report.unchanged} unchanged, {report.rejected} rejected."
    )
    if report.unclear:
        output.say(f"Unclear rows: {report.unclear}; what is likely is done with them.")
    if report.missing:
        output.say(f"People who are not on it: {report.missing}; marked as gone: {report.gone}.")
        if report.missing_reason:
            output.say(report.missing_reason)
    for problem in report.problems[:_PROBLEMS_SHOWN]:
        output.say(f"  Row {problem.row} ({problem.severity.value}): {problem.reason}")
    if len(report.problems) > _PROBLEMS_SHOWN:
        output.say(f"  … and {len(report.problems) - _PROBLEMS_SHOWN} more; --json lists all.")
    if report.import_id:
        output.say(f"Import {report.import_id[:8]}: `checkin-app undo-import` takes it back.")
    output.result(
        {
            "read": report.read,
            "added": report.added,
            "updated": report.updated,
            "unchanged": report.unchanged,
            "rejected": report.rejected,
            "problems": [_problem(problem) for problem in report.problems],
            "mapping": dict(report.mapping),
            "encoding": report.encoding,
            "delimiter": report.delimiter,
            "preset": report.preset or None,
            "gone": report.gone,
            "missing": report.missing,
            "unclear": report.unclear,
            "import": report.import_id or None,
        }
    )


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "reason": problem.reason,
        "severity": problem.severity.value,
    }
