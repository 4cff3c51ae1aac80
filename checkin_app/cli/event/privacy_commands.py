"""``close``, ``erase`` and ``person``."""

from __future__ import annotations

import sys
from argparse import Namespace

from checkin_app.cli.output import Output
from checkin_app.cli.this_desk import now_at
from checkin_app.errors import Cancelled, ErasureUnfinished
from checkin_app.services.event_files import ORGANISER, open_event
from checkin_app.services.privacy.closing import close_event
from checkin_app.services.privacy.person_data import (
    erase_person,
    field_lines,
    find_person,
    history_lines,
    person_data,
    person_document,
    write_person,
)


def run_close(arguments: Namespace, output: Output) -> bool:
    """Write the end pack, then erase everybody."""
    with open_event(arguments.event) as event_file:
        if event_file.erasures.closing() is None:
            _confirm(
                arguments,
                "The attendance list, the no-shows and the numbers are written to"
                f" {arguments.output}. Then everybody's data are erased from {arguments.event} for"
                " good.",
                event_file.event().name,
            )
        try:
            with output.progress("Closing the event") as progress:
                closed = close_event(
                    event_file, ORGANISER, now_at(event_file), arguments.output, progress
                )
        except ErasureUnfinished as error:
            output.error(f"{error} Closing once more, with the same folder, writes the record.")
            closing = event_file.erasures.closing()
            erased = closing.payload["erased"] if closing is not None else 0
            output.result({"erased": erased, "folder": str(arguments.output), "unfinished": True})
            return False
    if closed.was_resumed:
        output.say("The event was closed before, but not to the end. It is finished now.")
    output.say(f"The personal data of {closed.erased} people are erased from {arguments.event}.")
    output.say(f"The end pack and the record are in {closed.folder}.")
    output.result(
        {"erased": closed.erased, "folder": str(closed.folder), "resumed": closed.was_resumed}
    )
    return True


def run_erase(arguments: Namespace, output: Output) -> bool:
    """Erase one person."""
    with open_event(arguments.event) as event_file:
        attendee_id = find_person(event_file, arguments.who)
        data = person_data(event_file, attendee_id)
        _confirm(
            arguments,
            f"This erases the data of one person from {arguments.event} for good.",
            data.record.attendee.full_name,
        )
        is_finished = True
        try:
            erase_person(event_file, ORGANISER, now_at(event_file), attendee_id)
        except ErasureUnfinished as error:
            is_finished = False
            output.error(str(error))
    if is_finished:
        output.say("The person's data are erased. What is left only counts.")
    if data.in_programme:
        output.say(f"The programme still names this person: {'; '.join(data.in_programme)}.")
    told = {"erased": attendee_id, "in_programme": list(data.in_programme)}
    output.result(told if is_finished else {**told, "unfinished": True})
    return is_finished


def run_person(arguments: Namespace, output: Output) -> bool:
    """Show everything about one person, or write it to a file."""
    with open_event(arguments.event) as event_file:
        data = person_data(event_file, find_person(event_file, arguments.who))
    if arguments.output is not None:
        write_person(data, arguments.output)
        output.say(f"The person's data are in {arguments.output}.")
    else:
        for name, content in field_lines(data):
            output.say(f"{name}: {content}")
        output.say()
        for line in history_lines(data):
            output.say("  ".join(line))
    output.result(person_document(data))
    return True


def _confirm(arguments: Namespace, what: str, name: str) -> None:
    """On a terminal, let the name be typed first; a script has decided already."""
    if arguments.yes or arguments.json or not name or not sys.stdin or not sys.stdin.isatty():
        return
    sys.stderr.write(f"{what}\nIt cannot be undone. Type “{name}” to go on: ")
    sys.stderr.flush()
    if sys.stdin.readline().strip() != name:
        raise Cancelled("Stopped. Nothing was erased.")
