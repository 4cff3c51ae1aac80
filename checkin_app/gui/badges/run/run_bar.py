"""The foot of the badges screen: how a run is going, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from checkin_app.domain.badges.imposition import SheetRange
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import grouped, shown
from checkin_app.services.bulk_badges.badge_printing import BadgeReport

_NAMES_SHOWN = 120
_SETTLED_MS = 300
"""Before that a rate says nothing."""


class _Pace:
    """How many badges a second, from the first report on: what came before is starting up."""

    def __init__(self) -> None:
        self._clock = QElapsedTimer()
        self._first = 0

    def begin(self) -> None:
        """Nothing was reported yet."""
        self._clock.invalidate()

    def rate(self, done: int) -> float:
        """Badges a second; 0 while that cannot be said."""
        if not self._clock.isValid():
            self._clock.start()
            self._first = done
        elapsed_ms = self._clock.elapsed()
        if elapsed_ms < _SETTLED_MS or done <= self._first:
            return 0.0
        return (done - self._first) * 1000 / elapsed_ms


class RunBar(QWidget):
    """Progress with rate and time left; then the result, with the way to open the file.

    Signals:
        save_wanted: write the file.
        cancel_wanted: stop writing.
        resume_wanted: print the same run again, from a sheet on.
        jam_wanted: some badges that were printed are spoilt.
        open_failed: the system has no program that shows the file at this path.
    """

    save_wanted = Signal()
    cancel_wanted = Signal()
    resume_wanted = Signal()
    jam_wanted = Signal()
    open_failed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing = _Pace()
        self._reading = _Pace()
        self._file: Path | None = None
        self._was_printed = False
        self.line = plain_label()
        self.line.setWordWrap(True)
        self.bar = QProgressBar(textVisible=False)
        self.open_file = QPushButton(self.tr("Open the PDF"))
        self.resume = QPushButton(self.tr("Again from a sheet…"))
        self.jam = QPushButton(self.tr("Something jammed…"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.save = QPushButton(self.tr("Save PDF…"))
        self.save.setProperty("primary", True)
        self.save.clicked.connect(self.save_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.open_file.clicked.connect(self._open)
        self.resume.clicked.connect(self.resume_wanted)
        self.jam.clicked.connect(self.jam_wanted)
        left = QVBoxLayout()
        left.addWidget(self.line)
        left.addWidget(self.bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(left, 1)
        for button in (self.jam, self.resume, self.open_file, self.cancel, self.save):
            layout.addWidget(button)
        self._show_running(False)
        self._show_file(None)

    def show_plan(
        self, badges: int, sheets: int, only: SheetRange | None = None, trays: int = 0
    ) -> None:
        """What would be written now. What was written stays in sight until it is forgotten.

        Args:
            only: the sheets that are written, where those are not all.
            trays: how many begin with pages of their own, which the sheets leave out.
        """
        self.save.setEnabled(badges > 0)
        if self._file is not None or not self.bar.isHidden():
            return
        if not badges:
            self.line.setText(self.tr("Nobody fits this choice. Choose other people on the left."))
            return
        text = self.tr("Badges: {badges}  ·  Sheets: {sheets}").format(
            badges=grouped(badges), sheets=grouped(sheets)
        )
        if trays:
            text += "  ·  " + self.tr("and a title and an index for each of {trays} trays").format(
                trays=grouped(trays)
            )
        if only is not None and only != SheetRange():
            text += "  ·  " + self.tr("of which only {first} to {last}").format(
                first=grouped(only.first), last=grouped(only.last or sheets)
            )
        self.line.setText(text)

    def forget_result(self) -> None:
        """Something else is asked for."""
        if self.bar.isHidden():
            self._show_file(None)

    def offer_jam(self, is_possible: bool) -> None:
        """Whether anything was printed that may have jammed."""
        self._was_printed = is_possible
        self.jam.setVisible(is_possible and self.bar.isHidden())

    def show_impossible(self, sentence: str) -> None:
        """Nothing can be written with this choice, and why."""
        if not self.bar.isHidden():
            return
        self._show_file(None)
        self.line.setText(sentence)
        self.save.setEnabled(False)

    def show_started(self) -> None:
        """Writing begins."""
        self._drawing.begin()
        self._reading.begin()
        self.bar.setRange(0, 0)
        self.line.setText(self.tr("Starting…"))
        self._show_running(True)

    def show_progress(self, done: int, total: int) -> None:
        """Badges drawn, and beyond their number in all, badges read back."""
        if self.bar.isHidden():
            return
        self.bar.setRange(0, 2 * total)
        self.bar.setValue(done)
        if done < total:
            words, pace, count = self.tr("Drawing"), self._drawing, done
        else:
            words, pace, count = self.tr("Reading the codes back"), self._reading, done - total
        text = self.tr("{words}: {done} of {total}").format(
            words=words, done=grouped(count), total=grouped(total)
        )
        rate = pace.rate(count)
        if rate:
            text += "  ·  " + self.tr("{rate} badges a second, {left} left").format(
                rate=grouped(round(rate)), left=_spoken((total - count) / rate)
            )
        self.line.setText(text)

    def show_report(self, report: BadgeReport, misread: Sequence[str] = ()) -> None:
        """Written and read back.

        Args:
            misread: the names of those whose code was not read back.
        """
        parts = [
            self.tr("{file} written in {seconds} s").format(
                file=shown(report.file.name), seconds=f"{report.seconds:.1f}"
            ),
            self.tr("Badges: {count}").format(count=grouped(report.badges)),
            self.tr("Sheets: {count}").format(count=grouped(report.sheets)),
        ]
        if report.proof_read is not None:
            parts.append(
                self.tr("Codes read back: {count}").format(count=grouped(report.proof_read))
            )
        if report.misread:
            names = shown(", ".join(misread), _NAMES_SHOWN)
            parts.append(
                self.tr("Not read back: {names}. Do not print this file.").format(names=names)
            )
        self.line.setText("  ·  ".join(parts))
        self._show_running(False)
        self._show_file(report.file)

    def show_stopped(self, sentence: str) -> None:
        """Nothing was written, and why."""
        self.line.setText(sentence)
        self._show_running(False)

    def _show_running(self, is_running: bool) -> None:
        self.bar.setVisible(is_running)
        self.cancel.setVisible(is_running)
        self.save.setVisible(not is_running)
        self.jam.setVisible(self._was_printed and not is_running)
        if is_running:
            self._show_file(None)

    def _show_file(self, file: Path | None) -> None:
        self._file = file
        self.open_file.setVisible(file is not None)
        self.resume.setVisible(file is not None)

    def _open(self) -> None:
        if self._file and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file))):
            self.open_failed.emit(str(self._file))


def _spoken(seconds: float) -> str:
    """A time that is left: seconds, or minutes and seconds."""
    minutes, rest = divmod(max(round(seconds), 1), 60)
    if not minutes:
        return QCoreApplication.translate("RunBar", "{seconds} s").format(seconds=rest)
    return QCoreApplication.translate("RunBar", "{minutes} min {seconds} s").format(
        minutes=minutes, seconds=rest
    )
