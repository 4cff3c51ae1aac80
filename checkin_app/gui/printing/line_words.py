"""What the line of the print queue says, and what may be pressed in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication

from checkin_app.domain.print_jobs import (
    AT_SPOOLER,
    PrintJob,
    PrintJobState,
    QueuedPrinter,
    QueueSummary,
)
from checkin_app.domain.printers import PrinterId
from checkin_app.gui.plain_text import grouped, shown
from checkin_app.gui.printing.printer_reports import words
from checkin_app.services.device_wording import (
    printer_step,
    queue_line,
    trouble_sentence,
    trouble_step,
)


class LineTone(Enum):
    """How much the line asks to be looked at."""

    QUIET = auto()
    BUSY = auto()
    CARE = auto()
    """Somebody has to do something, now or soon."""


@dataclass(frozen=True, slots=True)
class LineWords:
    """The line at one moment.

    Attributes:
        text: how the queue is doing.
        step: what to do; empty when there is nothing to do.
        moves_from, moves_to: a printer that cannot print what waits for it, and one that could;
            None where there is no such pair.
        can_release: badges are on hold, and nothing else keeps them.
    """

    tone: LineTone
    text: str
    step: str = ""
    moves_from: PrinterId | None = None
    moves_to: PrinterId | None = None
    can_release: bool = False

    @property
    def full_text(self) -> str:
        """All of it in one line."""
        return " ".join(filter(None, (self.text, self.step)))


def line_words(summary: QueueSummary, jobs: Sequence[PrintJob]) -> LineWords:
    """The line for a queue.

    Args:
        jobs: as ``QueueRunner.jobs``.
    """
    stopped = next(filter(_is_stopped, summary.printers), None)
    if stopped is not None:
        return _stopped_words(summary, stopped)
    if summary.failed:
        return _failed_words(summary, jobs)
    worried = next((one for one in summary.printers if one.trouble or one.is_low), None)
    if worried is not None:
        step = _named(printer_step(worried, words), worried, summary)
        return LineWords(LineTone.CARE, _sentence(_work_words(summary, jobs)), step)
    if not summary.is_quiet:
        return LineWords(
            LineTone.BUSY, _sentence(_work_words(summary, jobs)), can_release=bool(summary.held)
        )
    return LineWords(LineTone.QUIET, _ready_words(summary))


def _stopped_words(summary: QueueSummary, stopped: QueuedPrinter) -> LineWords:
    others = [one for one in summary.printers if one != stopped and not _is_stopped(one)]
    has_work = bool(summary.waiting or summary.printing)
    return LineWords(
        LineTone.CARE,
        _sentence(queue_line(summary, words)),
        _named(printer_step(stopped, words), stopped, summary),
        moves_from=stopped.id if others and has_work else None,
        moves_to=others[0].id if others and has_work else None,
    )


def _failed_words(summary: QueueSummary, jobs: Sequence[PrintJob]) -> LineWords:
    failed = [job for job in jobs if job.state is PrintJobState.FAILED]
    if summary.failed > 1 or not failed:
        text = _sentence(queue_line(summary, words))
        return LineWords(LineTone.CARE, text, _tr("Open the queue to see why."))
    job = failed[0]
    text = _tr("{name} has no badge yet.").format(name=shown(job.name, 60))
    if job.trouble is None:
        return LineWords(LineTone.CARE, text, _tr("Open the queue to see why."))
    why = trouble_sentence(job.trouble, words, job.printer)
    return LineWords(LineTone.CARE, f"{text} {why}", trouble_step(job.trouble, words, job.printer))


def _work_words(summary: QueueSummary, jobs: Sequence[PrintJob]) -> str:
    """The queue in one line; of a single badge at the printer it says whose."""
    printing = [job for job in jobs if job.state in AT_SPOOLER]
    rest = queue_line(summary, words)
    if len(printing) != 1 or summary.printing != 1 or not printing[0].name:
        return rest
    whose = _tr("badge of {name} is printing").format(name=shown(printing[0].name, 60))
    counted = words("{number} printing").format(number=1)
    return rest.replace(counted, whose, 1)


def _ready_words(summary: QueueSummary) -> str:
    if not summary.printers:
        return _tr("Looking for the printer …")
    printer = summary.printers[0]
    ready = _tr("{printer} is ready").format(printer=shown(printer.title, 60))
    if printer.labels_left is None:
        return ready
    left = _tr("{number} labels left").format(number=grouped(printer.labels_left))
    return f"{ready} · {left}"


def _is_stopped(printer: QueuedPrinter) -> bool:
    return printer.trouble is not None and printer.trouble.stops_printing


def _named(step: str, printer: QueuedPrinter, summary: QueueSummary) -> str:
    """What to do, with the printer where there are several."""
    if not step or len(summary.printers) < 2:
        return step
    return f"{shown(printer.title, 40)}: {step}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("PrintLine", text)
