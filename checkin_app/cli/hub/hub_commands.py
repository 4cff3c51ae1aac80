"""``hub start`` and its kin: the hub of an event, for the laptop that organises it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from checkin_app.badges.codes.qr import qr_png
from checkin_app.cli.hub.hub_words import (
    at_hub_json,
    borrowed_lines,
    desk_json,
    how_long,
    status_lines,
)
from checkin_app.cli.hub.terminal_qr import qr_lines
from checkin_app.cli.output import Output
from checkin_app.cli.this_desk import desk_name, remember_name
from checkin_app.domain.event_document import iso_utc
from checkin_app.errors import CheckinError, HubError, UsageError
from checkin_app.services.clock import utc_now
from checkin_app.services.event_files import open_event
from checkin_app.services.sharing.hubs.finding import share_now
from checkin_app.services.sharing.hubs.hosting import Hosting, HubStarted
from checkin_app.services.sharing.hubs.hub_places import usual_places
from checkin_app.services.sharing.hubs.hub_status import hub_status
from checkin_app.services.sharing.hubs.organised_hub import PAIRING_VALID
from checkin_app.services.sharing.hubs.shown_pairing import (
    ShownPairing,
    further_pairing,
    shown_pairing,
)
from checkin_app.services.sharing.sharing_wording import what_to_do
from checkin_app.storage.event_file import EventFile
from checkin_app.whole_file import whole_file


def run_start(arguments: Namespace, output: Output) -> bool:
    """Run the hub, and show how others join."""
    with _hosting(arguments) as (event_file, hosting):
        _require_one_place(arguments)
        started = (
            hosting.found_elsewhere(arguments.dsn)
            if arguments.dsn
            else hosting.start(arguments.port)
        )
        return _say_started(event_file, hosting, started, arguments, output)


def run_take_over(arguments: Namespace, output: Output) -> bool:
    """Make this laptop the hub."""
    with _hosting(arguments) as (event_file, hosting):
        _require_one_place(arguments)
        started = hosting.take_over(arguments.port, dsn=arguments.dsn, anyway=arguments.anyway)
        output.say(
            "The hub is in that database from now on. All other desks join it anew:"
            if arguments.dsn
            else "This laptop is the hub from now on. All other desks join it anew:"
        )
        return _say_started(event_file, hosting, started, arguments, output)


def run_stop(arguments: Namespace, output: Output) -> bool:
    """Stop the hub on this laptop."""
    with _hosting(arguments) as (_event_file, hosting):
        stopped = hosting.stop()
    output.say(
        "The hub is stopped. The desks work on by themselves."
        if stopped
        else "The hub did not run."
    )
    output.result({"stopped": stopped})
    return True


def run_remove(arguments: Namespace, output: Output) -> bool:
    """Delete the hub for good."""
    with _hosting(arguments) as (_event_file, hosting):
        hosting.remove()
    output.say("The hub is deleted. Every desk keeps what it has in its own file.")
    output.result({"removed": hosting.event_id})
    return True


def run_status(arguments: Namespace, output: Output) -> bool:
    """How the hub is doing."""
    places = usual_places()
    with open_event(arguments.event) as event_file:
        # The desks' names are in the ledger.
        with suppress(HubError, UsageError):
            share_now(event_file, desk_name(event_file), places.memberships, utc_now)
        status = hub_status(event_file, places)
        event = event_file.event()
        borrowed = event_file.sharing.borrowed_names()
    for line in (*status_lines(status, event), *borrowed_lines(status, borrowed)):
        output.say(line)
    output.result(
        {
            "hub": status.hub_id,
            "here": status.is_here,
            "running": status.is_running,
            "since": iso_utc(status.running_since) if status.running_since else None,
            "addresses": [str(address) for address in status.addresses],
            "desks": [desk_json(desk) for desk in status.desks],
            "pairings": [at_hub_json(pairing) for pairing in status.pairings],
            "parcels": status.parcels,
            "bytes": status.size_bytes,
            "free_bytes": status.free_bytes,
            "trouble": status.trouble or None,
            "borrowed": [asdict(one) for one in borrowed],
        }
    )
    return True


def run_pair(arguments: Namespace, output: Output) -> bool:
    """A new link and code."""
    with _hosting(arguments) as (event_file, hosting):
        pairing = _say_pairing(_further(event_file, hosting, arguments), arguments, output)
    output.result(pairing)
    return _has_picture(pairing, arguments)


def run_withdraw(arguments: Namespace, output: Output) -> bool:
    """Take the right to share back."""
    with _hosting(arguments) as (_event_file, hosting):
        withdrawn = hosting.withdraw(arguments.which)
        code = hosting.code_of(withdrawn)
        if code is not None and arguments.with_its_code:
            hosting.withdraw(code.id)
    output.say(f"Withdrawn: {withdrawn}. What was shared before stays.")
    result = {"withdrawn": withdrawn}
    if code is not None and arguments.with_its_code:
        output.say(f"The code it joined with lets nobody in any more: {code.id}.")
        result["code_withdrawn"] = code.id
    elif code is not None:
        output.say(
            "The code it joined with lets laptops in for another"
            f" {how_long(code.valid_until - utc_now())}. To end that:"
            f" checkin-app hub withdraw {arguments.event} {code.id}"
        )
        result["code_holds"] = code.id
    output.result(result)
    return True


@contextmanager
def _hosting(arguments: Namespace) -> Iterator[tuple[EventFile, Hosting]]:
    with open_event(arguments.event) as event_file:
        name = desk_name(event_file, arguments.desk)
        yield event_file, Hosting(event_file, name, usual_places(), utc_now)
        if arguments.desk:
            remember_name(event_file)


def _require_one_place(arguments: Namespace) -> None:
    if arguments.dsn and arguments.port:
        raise UsageError("A PostgreSQL elsewhere has its port in --dsn: leave out --port.")


def _say_started(
    event_file: EventFile,
    hosting: Hosting,
    started: HubStarted,
    arguments: Namespace,
    output: Output,
) -> bool:
    where = ", ".join(map(str, started.addresses)) or "this laptop only: it is in no network"
    output.say(f"The hub runs at {where}.")
    if started.moved_from:
        output.say(
            f"Another program has taken port {started.moved_from}. Desks in this network find the"
            " new one by themselves."
        )
    for sentence in filter(None, (started.trouble, what_to_do(started.state))):
        output.say(sentence)
    pairing = None
    if started.addresses:
        # A code that was given away goes on, unless one is wanted that holds for so long.
        kept = None if arguments.valid else shown_pairing(event_file, usual_places(), utc_now())
        further = kept or _further(event_file, hosting, arguments)
        pairing = _say_pairing(further, arguments, output)
    output.result(
        {
            "event": str(arguments.event),
            "event_id": hosting.event_id,
            "new": started.is_new,
            "was_running": started.was_running,
            "addresses": [str(address) for address in started.addresses],
            "moved_from": started.moved_from or None,
            "waiting": started.state.waiting,
            "trouble": started.trouble or None,
            "pairing": pairing,
        }
    )
    is_whole = pairing is None or _has_picture(pairing, arguments)
    return is_whole and not started.state.waiting


def _further(event_file: EventFile, hosting: Hosting, arguments: Namespace) -> ShownPairing:
    valid = timedelta(hours=arguments.valid) if arguments.valid else PAIRING_VALID
    return further_pairing(hosting, event_file, usual_places(), utc_now(), valid)


def _say_pairing(shown: ShownPairing, arguments: Namespace, output: Output) -> dict[str, Any]:
    code, link = shown.pairing.code, shown.pairing.link()
    picture = _written_picture(arguments.qr, link, output) if arguments.qr else None
    for line in qr_lines(link):
        output.say(line)
    output.say(f"Link: {link}")
    output.say(f"Code: {code.printed()}")
    output.say(
        f"Others can join with it for {how_long(shown.valid_until - utc_now())}. To end that"
        f" sooner: checkin-app hub withdraw {arguments.event} {code.id}"
    )
    return {
        "id": code.id,
        "code": code.printed(),
        "link": link,
        "valid_until": iso_utc(shown.valid_until),
        "qr": str(picture) if picture else None,
    }


def _written_picture(path: Path, link: str, output: Output) -> Path | None:
    """The picture, or None where it cannot be written: the pairing holds all the same."""
    try:
        with whole_file(path) as unfinished:
            unfinished.write_bytes(qr_png(link))
    except CheckinError as error:
        output.error(str(error))
        return None
    return path


def _has_picture(pairing: dict[str, Any], arguments: Namespace) -> bool:
    """Whether a picture that was wanted is there."""
    return pairing["qr"] is not None or arguments.qr is None
