"""``export``: lists out."""

from __future__ import annotations

from argparse import Namespace

from checkin_app.cli.output import Output
from checkin_app.errors import UsageError
from checkin_app.services.event_files import find_check_in_list, open_event
from checkin_app.services.exports import Export, export


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
        rows = export(
            event_file, arguments.file, what, check_in_list, delimiter=arguments.delimiter
        )
    output.say(f"{arguments.file}: {rows} rows.")
    output.result({"rows": rows, "file": str(arguments.file)})
    return True
