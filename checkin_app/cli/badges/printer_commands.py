"""``printers`` and ``print``: the printers of this computer, and single badges on them."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from checkin_app.cli.output import Output
from checkin_app.cli.this_desk import settings_with_id
from checkin_app.domain.print_jobs import JobTrouble, PrintCause, PrintJob, PrintJobState
from checkin_app.domain.printers import (
    FoundPrinter,
    PrinterActivity,
    PrinterId,
    PrinterState,
    PrinterTrouble,
    SpoolerKind,
)
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.errors import PrinterError, UsageError
from checkin_app.printing.printer_setups import (
    PrinterSetup,
    PrinterSetups,
    printer_setups_path,
)
from checkin_app.printing.spooler import Spooler
from checkin_app.printing.spoolers import Spoolers, makers
from checkin_app.services.bulk_badges.badge_layouts import find_layout
from checkin_app.services.bulk_badges.badge_stock import find_stock
from checkin_app.services.code_owners import owned_scans
from checkin_app.services.desk_printing.badge_on_demand import BadgeFiles, BadgeOnDemand
from checkin_app.services.desk_printing.print_queue import PrintQueue
from checkin_app.services.desk_printing.printer_watch import asked
from checkin_app.services.device_wording import job_sentence, trouble_sentence, trouble_step
from checkin_app.services.event_files import open_event
from checkin_app.settings import (
    Settings,
    load_settings,
    save_settings,
    settings_path,
)
from checkin_app.storage.event_file import EventFile

_LONGEST_PAUSE_S = 0.2
_ENDS = {
    PrintJobState.DONE: "Printed: {name}",
    PrintJobState.SENDING: "On its way to the printer: {name}",
    PrintJobState.PRINTING: "With the printer: {name}",
    PrintJobState.CANCELLED: "Cancelled: {name}",
    PrintJobState.WAITING: "Waits in the queue of this desk: {name}",
    PrintJobState.HELD: "Waits in the queue of this desk: {name}",
    PrintJobState.FAILED: "Not printed: {name}",
}


def run_printers(_arguments: Namespace, output: Output) -> bool:
    """List the printers of this computer, those that were set up, and how each is doing."""
    spoolers = Spoolers(makers())
    setups = PrinterSetups(printer_setups_path())
    choice = load_settings(settings_path()).devices.printing
    chosen = (PrinterId.from_text(name) for name in (choice.printer, choice.fallback))
    named = [*(setup.printer for setup in setups.all()), *filter(None, chosen)]
    states = [
        (found, setups.of(found.id), _state(spoolers, found.id))
        for found in _known_printers(spoolers, setups, named)
    ]
    for found, setup, state in states:
        output.say(f"{found.id}  {found.title}{'  (the usual one)' if found.is_default else ''}")
        output.say(f"    {_words(setup, state)}")
    if not states:
        output.say("No printer is known here. Folders and label printers are named as in")
        output.say("folder:/home/desk/badges, zebra:10.0.0.7:9100, brother:10.0.0.8:9100.")
    output.result({"printers": [_printer_json(*one) for one in states]})
    return True


def run_print(arguments: Namespace, output: Output) -> bool:
    """Print the badges of single people at once, through the queue of this desk."""
    settings = settings_with_id()
    printer = arguments.printer or PrinterId.from_text(settings.devices.printing.printer)
    spoolers = Spoolers(makers())
    if arguments.printer is not None:
        _refuse_nonsense(spoolers, arguments.printer)
    with open_event(arguments.event) as event_file:
        people = _people(event_file, arguments.codes)
        setups = PrinterSetups(printer_setups_path())
        files = BadgeFiles.usual()
        if arguments.stock and printer is not None:
            stock = find_stock(event_file, arguments.stock, files.own_stock)
            setups.keep(replace(setups.of(printer), stock=stock.name))
        if arguments.layout:
            settings = _remember_layout(event_file, settings, arguments.layout)
        choice = settings.devices.printing
        badges = BadgeOnDemand(event_file, setups, choice, files)
        queue = PrintQueue(
            event_file, settings.desk_id, settings.desk_name, spoolers, badges, setups, choice
        )
        try:
            asked = queue.enqueue(people, PrintCause(arguments.reason.replace("-", " ")), printer)
            jobs = _printed(queue, [job.id for job in asked], arguments.wait)
        finally:
            queue.close()
    for job in jobs:
        output.say(_end(job))
    output.result({"jobs": [_job_json(job) for job in jobs]})
    return all(job.state is PrintJobState.DONE for job in jobs)


def _known_printers(
    spoolers: Mapping[SpoolerKind, Spooler], setups: PrinterSetups, named: Sequence[PrinterId]
) -> Iterator[FoundPrinter]:
    """Those that a system lists, then those that somebody named by their address; each once."""
    listed = set()
    for spooler in spoolers.values():
        try:
            found = asked(spooler.printers)
        except PrinterError:
            continue
        for printer in found:
            listed.add(printer.id)
            yield printer
    for printer_id in dict.fromkeys(named):
        if printer_id not in listed:
            yield FoundPrinter(printer_id, setups.of(printer_id).name)


def _state(spoolers: Mapping[SpoolerKind, Spooler], printer: PrinterId) -> PrinterState:
    spooler = spoolers.get(printer.spooler)
    if spooler is None:
        return PrinterState(printer)
    try:
        return asked(lambda: spooler.state(printer.address))
    except PrinterError as error:
        return PrinterState(printer, troubles=(PrinterTrouble.OTHER,), detail=str(error))


def _words(setup: PrinterSetup, state: PrinterState) -> str:
    if state.troubles:
        trouble = state.troubles[0]
        sentence = trouble_sentence(trouble, printer=setup.printer)
        words = f"{sentence} {trouble_step(trouble, printer=setup.printer)}"
        if trouble is PrinterTrouble.OTHER and state.detail:
            words += f" It is said: {state.detail}"
    elif state.activity is PrinterActivity.UNKNOWN:
        words = "It does not say how it is doing."
    else:
        words = "Printing." if state.activity is PrinterActivity.PRINTING else "Ready."
    left = "" if setup.labels_left is None else f" {setup.labels_left} labels left."
    stock = f" Set up for {setup.stock}." if setup.stock else ""
    return words + stock + left


def _people(event_file: EventFile, codes: Sequence[str]) -> list[str]:
    """The ids of the people whom the codes mean; nobody is printed unless all are known."""
    owned = owned_scans(event_file, (Scan(code, ScanSource.COMMAND_LINE) for code in codes))
    people: list[str] = []
    for one in owned:
        if one.owner is None:
            raise UsageError(f"“{one.scan.text}” is nobody's code. Nothing was printed.")
        people.append(one.owner.id)
    return people


def _refuse_nonsense(spoolers: Mapping[SpoolerKind, Spooler], printer: PrinterId) -> None:
    """Look at a printer that was named by hand, lest badges wait for one that cannot be.

    Raises:
        UsageError: nobody here drives such printers.
        PrinterError: it is no address of a printer.
    """
    if printer.spooler not in spoolers:
        raise UsageError(
            f"Printers like {printer} work from the window only. See which there are: "
            "checkin-app printers."
        )
    spoolers[printer.spooler].state(printer.address)


def _remember_layout(event_file: EventFile, settings: Settings, wanted: str) -> Settings:
    """From now on the badges of this desk have this layout, whoever asks for them."""
    find_layout(event_file, wanted)
    name = str(Path(wanted).resolve()) if Path(wanted).is_file() else wanted
    printing = replace(settings.devices.printing, layout=name)
    settings = replace(settings, devices=replace(settings.devices, printing=printing))
    save_settings(settings, settings_path())
    return settings


def _printed(queue: PrintQueue, ids: Sequence[str], wait_s: float) -> list[PrintJob]:
    """The jobs once all are over, or when the time is up."""
    until = time.monotonic() + wait_s
    while True:
        pause_s = queue.work()
        jobs = [job for job in map(queue.job, ids) if job is not None]
        if all(job.state.is_over for job in jobs) or time.monotonic() > until:
            return jobs
        time.sleep(min(pause_s, _LONGEST_PAUSE_S))


def _end(job: PrintJob) -> str:
    is_uncertain = job.trouble is JobTrouble.UNCERTAIN
    ending = "Nobody knows: {name}" if is_uncertain else _ENDS[job.state]
    return ". ".join(filter(None, (ending.format(name=job.name), job_sentence(job))))


def _printer_json(found: FoundPrinter, setup: PrinterSetup, state: PrinterState) -> dict[str, Any]:
    return {
        "id": str(found.id),
        "title": found.title,
        "model": found.model,
        "default": found.is_default,
        "activity": state.activity.value,
        "troubles": [trouble.value for trouble in state.troubles],
        "stock": setup.stock,
        "labels_left": setup.labels_left,
    }


def _job_json(job: PrintJob) -> dict[str, Any]:
    return {
        "attendee": job.attendee_id,
        "printer": str(job.printer),
        "state": job.state.value,
        "reason": job.cause.value,
        "trouble": None if job.trouble is None else job.trouble.value,
        "tries": job.tries,
    }
