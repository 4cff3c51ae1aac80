"""The badges screen: whom, on what, how it will look, what to look at first; then the PDF."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTemporaryDir, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from checkin_app.badges.findings import Finding
from checkin_app.badges.impose import slot_boxes
from checkin_app.errors import CheckinError
from checkin_app.gui.badges.choice import BadgeRun, prepare_run
from checkin_app.gui.badges.choice_form import ChoiceForm
from checkin_app.gui.badges.findings_view import FindingsView
from checkin_app.gui.badges.page_picture import PagePicture, draw_page
from checkin_app.gui.badges.preview import SheetPreview
from checkin_app.gui.badges.run_bar import RunBar
from checkin_app.gui.tasks import Job, Lane
from checkin_app.gui.theme import size_px
from checkin_app.gui.workplace import Workplace
from checkin_app.services.badge_printing import BadgeJob, BadgeReport, preflight, run_badge_job
from checkin_app.services.badge_records import record_job

_LEFT_EM = 26
_PAUSE_MS = 80


class BadgesScreen(QWidget):
    """Form and findings at the left, the sheets at the right, the run at the foot."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._folder = QTemporaryDir()
        self._run: BadgeRun | None = None
        self._asked = 0
        self._wanted_picture: tuple[int, int] | None = None
        self._is_drawing = False
        self._is_outdated = True
        self._job: Job | None = None
        self.form = ChoiceForm()
        self.findings = FindingsView()
        self.preview = SheetPreview()
        self.run_bar = RunBar()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.form.whom)

    def choose_attendees(self, attendee_ids: Sequence[str]) -> None:
        """Badges of these people are wanted."""
        self.form.choose_selection(attendee_ids)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)
        if self._is_outdated:
            # Not at once: whoever brought this screen to the front may choose people now.
            self._pause.start()

    # The choice and its people

    def _refresh(self) -> None:
        self._is_outdated = True
        if self.isVisible() and self._job is None:
            self._pause.start()

    def _prepare(self) -> None:
        """An answer to an older question is not listened to."""
        self._is_outdated = False
        self._asked += 1
        self._workplace.tasks.run(
            Lane.NUMBERS,
            partial(prepare_run, self._workplace.event_file, self.form.choice()),
            partial(self._show_run, self._asked),
            self._workplace.show_error,
        )

    def _show_run(self, asked: int, run: BadgeRun) -> None:
        if asked != self._asked:
            return
        before, self._run = self._run, run
        self.form.offer_categories(run.categories)
        self.form.offer_layouts(run.layouts)
        if before is not None and before == run:
            return
        self.run_bar.show_plan(len(run.job.attendees), run.sheets)
        stock = run.choice.stock
        self.preview.show_run(run.sheets, stock.paper_height_mm / stock.paper_width_mm)
        self.findings.show_checking()
        self._workplace.tasks.run(
            Lane.NUMBERS,
            partial(preflight, run.job),
            partial(self._show_findings, asked),
            self._workplace.show_error,
        )

    def _show_findings(self, asked: int, findings: Sequence[Finding]) -> None:
        if asked == self._asked and self._run is not None:
            self.findings.show_findings(findings, self._run.job.attendees)

    def _go_to_badge(self, attendee_id: str) -> None:
        place = self._run.sheet_of(attendee_id) if self._run else None
        if place is None or self._run is None:
            return
        sheet, slot = place
        stock = self._run.choice.stock
        self.preview.go_to(sheet, slot_boxes(stock)[slot - 1], stock.paper_width_mm)

    # The preview

    def _want_picture(self, sheet: int, width_px: int) -> None:
        """One picture at a time; when it comes, the newest wish if there is one."""
        self._wanted_picture = sheet, width_px
        if not self._is_drawing:
            self._draw()

    def _draw(self) -> None:
        if self._wanted_picture is None or self._run is None or not self._run.sheets:
            return
        sheet, width_px = self._wanted_picture
        self._wanted_picture, self._is_drawing = None, True
        folder = Path(self._folder.path())
        self._workplace.tasks.run(
            Lane.SEARCH,
            partial(draw_page, self._run, min(sheet, self._run.sheets - 1), width_px, folder),
            self._show_picture,
            self._picture_failed,
        )

    def _show_picture(self, picture: PagePicture) -> None:
        self._is_drawing = False
        if picture.run is self._run and picture.sheet == self.preview.sheet:
            self.preview.show_picture(picture)
        self._draw()

    def _picture_failed(self, error: BaseException) -> None:
        self._is_drawing = False
        self._workplace.show_error(error)

    # The run

    def _ask_where(self) -> None:
        name = self._workplace.desk.event.name
        safe = "".join(letter if letter.isalnum() else " " for letter in name)
        proposed = Path.home() / f"{self.tr('Badges')} {' '.join(safe.split())}.pdf"
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the badges"), str(proposed), self.tr("PDF (*.pdf)")
        )
        if chosen:
            path = Path(chosen)
            self.save_to(path if path.suffix else path.with_suffix(".pdf"))

    def save_to(self, path: Path) -> None:
        """Write the badges of the choice to a PDF, in a process of its own."""
        if self._run is None or self._job is not None:
            return
        self.form.setEnabled(False)
        self.run_bar.show_started()
        job = self._run.job_for(path)
        self._job = self._workplace.tasks.run_in_process(
            run_badge_job,
            (job,),
            partial(self._show_report, job),
            self._show_failure,
            self.run_bar.show_progress,
        )

    def _show_report(self, job: BadgeJob, report: BadgeReport) -> None:
        self._end_run()
        self.run_bar.show_report(report)
        if self.form.record.isChecked():
            self._workplace.tasks.run(
                Lane.WORK,
                partial(
                    record_job,
                    self._workplace.event_file,
                    self._workplace.desk.desk_name,
                    self._workplace.clock(),
                    job,
                ),
                self._tell_recorded,
                self._workplace.show_error,
            )

    def _tell_recorded(self, _run: str) -> None:
        self._workplace.changed.emit()

    def _show_failure(self, error: BaseException) -> None:
        self._end_run()
        match error:
            case CheckinError():
                self.run_bar.show_stopped(str(error))
            case _:
                self.run_bar.show_stopped(self.tr("No file was written. Try again."))
                self._workplace.show_error(error)

    def _end_run(self) -> None:
        self._job = None
        self.form.setEnabled(True)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _tell_where(self, path: str) -> None:
        self._workplace.messages.show_message(
            self.tr("No program here shows PDF files. The badges are in {path}.").format(path=path)
        )

    # How it is put together

    def _connect(self) -> None:
        self.form.changed.connect(self._pause.start)
        self._pause.timeout.connect(self._prepare)
        self.preview.wanted.connect(self._want_picture)
        self.findings.chosen.connect(self._go_to_badge)
        self.findings.opened.connect(self._workplace.attendee_wanted)
        self.run_bar.save_wanted.connect(self._ask_where)
        self.run_bar.cancel_wanted.connect(self._cancel)
        self.run_bar.open_failed.connect(self._tell_where)
        self._workplace.changed.connect(self._refresh)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key, act in (
            (QKeySequence(Qt.Key.Key_PageDown), self.preview.go_on),
            (QKeySequence(Qt.Key.Key_PageUp), self.preview.go_back),
            (QKeySequence(QKeySequence.StandardKey.ZoomIn), self.preview.zoom_in),
            (QKeySequence(QKeySequence.StandardKey.ZoomOut), self.preview.zoom_out),
            (QKeySequence(QKeySequence.StandardKey.Save), self._ask_where),
        ):
            QShortcut(key, self, act, context=within)

    def _lay_out(self) -> None:
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(_LEFT_EM * size_px(self.font()))
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.form)
        column.addWidget(self.findings, 1)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(card)
        top.addWidget(self.preview, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addLayout(top, 1)
        layout.addWidget(self.run_bar)
