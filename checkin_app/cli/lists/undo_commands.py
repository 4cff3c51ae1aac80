"""``undo-import``: a whole import taken back."""

from __future__ import annotations

from argparse import Namespace

from checkin_app.cli.output import Output
from checkin_app.cli.this_desk import now_at
from checkin_app.services.event_files import ORGANISER, open_event
from checkin_app.services.list_import.import_undo import UndoPlan, plan_undo, undo_import

_PEOPLE_SHOWN = 20


def run_undo_import(arguments: Namespace, output: Output) -> bool:
    """Take back what an import did; say who stays, and why."""
    event_file = open_event(arguments.event)
    if arguments.dry_run:
        plan = plan_undo(event_file, arguments.import_id)
    else:
        with output.progress("Undoing") as progress:
            plan = undo_import(
                event_file, ORGANISER, now_at(event_file), arguments.import_id, progress=progress
            )
    event_file.close()
    _say_plan(plan, output, dry_run=arguments.dry_run)
    return not plan.staying


def _say_plan(plan: UndoPlan, output: Output, *, dry_run: bool) -> None:
    done = plan.done
    output.say(f"Import {done.id[:8]} of {done.file}, {done.at:%Y-%m-%d %H:%M} UTC:")
    if dry_run:
        output.say("Nothing was written. This is what undoing it would do:")
    output.say(f"People taken out: {plan.removed}; put back as they were: {plan.restored}.")
    if plan.staying:
        output.say(
            f"Stay as the list has them: {len(plan.staying)}, who have been checked in, printed,"
            " mailed or changed since:"
        )
    for person in plan.staying[:_PEOPLE_SHOWN]:
        output.say(f"  {person.full_name}")
    if len(plan.staying) > _PEOPLE_SHOWN:
        output.say(f"  … and {len(plan.staying) - _PEOPLE_SHOWN} more; --json lists all.")
    for newer in plan.newer:
        output.say(f"Import {newer.id[:8]} of {newer.file} came later and stands.")
    output.result(
        {
            "import": done.id,
            "file": done.file,
            "removed": plan.removed,
            "restored": plan.restored,
            "staying": [{"id": one.id, "name": one.full_name} for one in plan.staying],
            "newer": [newer.id for newer in plan.newer],
        }
    )
