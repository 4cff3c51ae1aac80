"""What is wrong with a printer or a badge, and what to do about it, in words for the desk.

As in ``wording``: constant English sentences, handed to a translation function first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from checkin_app.domain.print_jobs import (
    JobTrouble,
    PrintCause,
    PrintJob,
    PrintJobState,
    QueuedPrinter,
    QueueSummary,
)
from checkin_app.domain.printers import PrinterId, PrinterTrouble, SpoolerKind

Translate = Callable[[str], str]
K = TypeVar("K")

_TROUBLES: dict[PrinterTrouble | JobTrouble, str] = {
    PrinterTrouble.GONE: "This computer no longer knows the printer.",
    PrinterTrouble.OFFLINE: "The printer does not answer.",
    PrinterTrouble.JAM: "Paper is jammed in the printer.",
    PrinterTrouble.COVER_OPEN: "The printer's cover is open.",
    PrinterTrouble.OUT_OF_PAPER: "The printer is out of labels or paper.",
    PrinterTrouble.WRONG_PAPER: "Something else lies in the printer than was set up.",
    PrinterTrouble.INK_EMPTY: "The printer is out of ink or ribbon.",
    PrinterTrouble.PAUSED: "The printer is paused.",
    PrinterTrouble.REFUSES: "The printer takes no jobs.",
    PrinterTrouble.OTHER: "The printer has a trouble that it does not name.",
    PrinterTrouble.PAPER_LOW: "The printer has few labels left.",
    PrinterTrouble.INK_LOW: "The printer has little ink or ribbon left.",
    JobTrouble.NOT_COMPOSED: "The badge could not be made.",
    JobTrouble.NOT_ACCEPTED: "The printer did not take the badge.",
    JobTrouble.UNCERTAIN: "The badge may have been printed.",
    JobTrouble.PERSON_GONE: "The person is no longer on the list.",
    JobTrouble.STOPPED_AT_PRINTER: "The badge was cancelled at the printer.",
}

_STEPS: dict[PrinterTrouble | JobTrouble, str] = {
    PrinterTrouble.GONE: "Plug it in, or choose another printer in the settings.",
    PrinterTrouble.OFFLINE: "Switch it on and look at its cable. Printing goes on by itself.",
    PrinterTrouble.JAM: "Open it, take the paper out, close it. Printing goes on by itself.",
    PrinterTrouble.COVER_OPEN: "Close it until it clicks. Printing goes on by itself.",
    PrinterTrouble.OUT_OF_PAPER: "Put in a new roll or more paper. Printing goes on by itself.",
    PrinterTrouble.WRONG_PAPER: "Put in what was set up, or set up what lies in it.",
    PrinterTrouble.INK_EMPTY: "Put in a new cartridge or ribbon. Printing goes on by itself.",
    PrinterTrouble.PAUSED: "Press its pause button, or resume it in the system's printer settings.",
    PrinterTrouble.REFUSES: "Allow jobs in the system's printer settings, or choose another"
    " printer.",
    PrinterTrouble.OTHER: "Look at its display. Switching it off and on often helps.",
    PrinterTrouble.PAPER_LOW: "Have the next roll at hand.",
    PrinterTrouble.INK_LOW: "Have the next cartridge or ribbon at hand.",
    JobTrouble.NOT_COMPOSED: "Choose layout and labels in the settings, then print again.",
    JobTrouble.NOT_ACCEPTED: "Look at the printer, then print again.",
    JobTrouble.UNCERTAIN: "The printer or the program broke off. Look at the printer: if no badge"
    " lies there, print again.",
    JobTrouble.PERSON_GONE: "Cancel it.",
    JobTrouble.STOPPED_AT_PRINTER: "If the badge is still wanted, print again.",
}

_STATES = {
    PrintJobState.WAITING: "waiting",
    PrintJobState.HELD: "on hold",
    PrintJobState.SENDING: "being sent",
    PrintJobState.PRINTING: "printing",
    PrintJobState.DONE: "printed",
    PrintJobState.FAILED: "not printed",
    PrintJobState.CANCELLED: "cancelled",
}

_CAUSES = {
    PrintCause.ARRIVAL: "on arrival",
    PrintCause.ASKED: "asked for",
    PrintCause.LOST: "lost",
    PrintCause.DAMAGED: "damaged",
    PrintCause.WRONG_DATA: "wrong data",
}

_ONE_WORD = {
    PrinterTrouble.GONE: "printer gone",
    PrinterTrouble.OFFLINE: "printer does not answer",
    PrinterTrouble.JAM: "paper jam",
    PrinterTrouble.COVER_OPEN: "printer's cover open",
    PrinterTrouble.OUT_OF_PAPER: "printer out of labels",
    PrinterTrouble.WRONG_PAPER: "wrong labels in the printer",
    PrinterTrouble.INK_EMPTY: "printer out of ink",
    PrinterTrouble.PAUSED: "printer paused",
    PrinterTrouble.REFUSES: "printer takes no jobs",
    PrinterTrouble.OTHER: "printer in trouble",
    PrinterTrouble.PAPER_LOW: "few labels left",
    PrinterTrouble.INK_LOW: "little ink left",
}

# A folder has no cable and no display.

_FOLDER_TROUBLES: dict[PrinterTrouble | JobTrouble, str] = {
    PrinterTrouble.GONE: "This is no folder.",
    PrinterTrouble.OFFLINE: "The folder is not there.",
    PrinterTrouble.REFUSES: "The folder may not be written to.",
    PrinterTrouble.OTHER: "The disk of the folder is full.",
    JobTrouble.NOT_ACCEPTED: "The badge could not be written to the folder.",
}

_FOLDER_STEPS: dict[PrinterTrouble | JobTrouble, str] = {
    PrinterTrouble.GONE: "Choose another folder in the settings.",
    PrinterTrouble.OFFLINE: "Plug in its disk or make the folder again. Printing goes on by"
    " itself.",
    PrinterTrouble.REFUSES: "Allow writing to it, or choose another folder in the settings.",
    PrinterTrouble.OTHER: "Make room on it. Printing goes on by itself.",
    JobTrouble.NOT_ACCEPTED: "Look at the folder, then print again.",
}

_FOLDER_ONE_WORD = {
    PrinterTrouble.GONE: "no folder",
    PrinterTrouble.OFFLINE: "folder not there",
    PrinterTrouble.REFUSES: "folder not writable",
    PrinterTrouble.OTHER: "disk full",
}


def trouble_sentence(
    trouble: PrinterTrouble | JobTrouble,
    translate: Translate = str,
    printer: PrinterId | None = None,
) -> str:
    """What is wrong.

    Args:
        printer: where, if it is known.
    """
    return translate(_of(printer, _FOLDER_TROUBLES, _TROUBLES)[trouble])


def trouble_step(
    trouble: PrinterTrouble | JobTrouble,
    translate: Translate = str,
    printer: PrinterId | None = None,
) -> str:
    """What the volunteer does about it.

    Args:
        printer: where, if it is known.
    """
    return translate(_of(printer, _FOLDER_STEPS, _STEPS)[trouble])


def state_words(state: PrintJobState, translate: Translate = str) -> str:
    """How far a badge is, for a column of a table."""
    return translate(_STATES[state])


def cause_words(cause: PrintCause, translate: Translate = str) -> str:
    """Why a badge is printed, for a column of a table."""
    return translate(_CAUSES[cause])


def job_sentence(job: PrintJob, translate: Translate = str) -> str:
    """What keeps a badge from being printed and what to do; empty when all is well."""
    if job.trouble is None:
        return ""
    sentence = trouble_sentence(job.trouble, translate, job.printer)
    return f"{sentence} {trouble_step(job.trouble, translate, job.printer)}"


def printer_sentence(printer: QueuedPrinter, translate: Translate = str) -> str:
    """How a printer is doing."""
    if printer.trouble is not None:
        return trouble_sentence(printer.trouble, translate, printer.id)
    if printer.is_low:
        return labels_left_sentence(printer, translate)
    return translate("Ready.")


def printer_step(printer: QueuedPrinter, translate: Translate = str) -> str:
    """What to do about a printer; empty when there is nothing to do."""
    if printer.trouble is not None:
        return trouble_step(printer.trouble, translate, printer.id)
    return translate(_STEPS[PrinterTrouble.PAPER_LOW]) if printer.is_low else ""


def labels_left_sentence(printer: QueuedPrinter, translate: Translate = str) -> str:
    """How many labels are on the roll; empty where nobody counts."""
    match printer.labels_left:
        case None:
            return ""
        case 0:
            return translate("No labels left, by our count.")
        case 1:
            return translate("1 label left, by our count.")
        case number:
            return translate("{number} labels left, by our count.").format(number=number)


def queue_line(summary: QueueSummary, translate: Translate = str) -> str:
    """The queue in one line: "2 waiting, printer out of labels"; empty when it is quiet."""
    counted = (
        (summary.failed, "{number} not printed"),
        (summary.printing, "{number} printing"),
        (summary.waiting, "{number} waiting"),
        (summary.held, "{number} on hold"),
    )
    parts = [translate(words).format(number=number) for number, words in counted if number]
    for printer in summary.printers:
        if printer.trouble is not None:
            one_word = _of(printer.id, _FOLDER_ONE_WORD, _ONE_WORD)[printer.trouble]
            parts.append(translate(one_word))
        elif printer.is_low:
            parts.append(translate("{number} labels left").format(number=printer.labels_left))
    return ", ".join(dict.fromkeys(parts))


def _of(printer: PrinterId | None, folder: dict[K, str], usual: dict[K, str]) -> dict[K, str]:
    is_folder = printer is not None and printer.spooler is SpoolerKind.FOLDER
    return usual | folder if is_folder else usual
