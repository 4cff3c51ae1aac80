"""The badges screen: whom, on what, how it will look, what to look at first; then the PDF."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from checkin_app.badges.impose import slot_boxes
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badge_layout import BadgeLayout
from checkin_app.errors import CheckinError
from checkin_app.gui.badges.badge_run import BadgeRun
from checkin_app.gui.badges.choice_panel import ChoicePanel
from checkin_app.gui.badges.findings_view import FindingsView
from checkin_app.gui.badges.found import Found
from checkin_app.gui.badges.layout_gallery import LayoutGallery
from checkin_app.gui.badges.name_repairs import NameRepair, apply_repairs, propose_repairs
from checkin_app.gui.badges.offers import Offers, UserFiles, found_stock, open_layout, read_offers
from checkin_app.gui.badges.planner import RunPlanner
from checkin_app.gui.badges.preview_drawing import PreviewDrawing
from checkin_app.gui.badges.printing import Printing
from checkin_app.gui.badges.run_bar import RunBar
from checkin_app.gui.badges.screen_dialogs import ScreenDialogs
from checkin_app.gui.badges.sheet_views import SheetViews
from checkin_app.gui.badges.three_columns import ThreeColumns
from checkin_app.gui.tasks import Lane
from checkin_app.gui.workplace import Workplace
from checkin_app.services.badge_printing import BadgeReport
from checkin_app.services.event_files import set_language


class BadgesScreen(QWidget):
    """Choice and findings at the left, the sheets at the right, the run at the foot."""

    def __init__(
        self,
        workplace: Workplace,
        parent: QWidget | None = None,
        *,
        files: UserFiles | None = None,
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._files = files or UserFiles.usual()
        self._offers: Offers | None = None
        self._is_outdated = True
        self._printer: str | None = None
        self.choice = ChoicePanel()
        self.findings = FindingsView()
        self.views = SheetViews()
        self.run_bar = RunBar()
        self.planner = RunPlanner(workplace, self)
        self.printing = Printing(workplace, self)
        self._drawing = PreviewDrawing(workplace, self.views.preview, self)
        self._gallery = LayoutGallery(workplace, self)
        self.dialogs = ScreenDialogs(workplace, self._files, self)
        # Together, what one gesture changes in several places.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._columns = ThreeColumns(self.choice, self.findings, self.views)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.choice.people.whom)

    def choose_attendees(self, attendee_ids: Sequence[str]) -> None:
        """Badges of these people are wanted."""
        self.choice.show_forms()
        self._columns.show_choice()
        self.choice.people.choose_selection(attendee_ids)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)
        if self._is_outdated:
            # Not at once: whoever brought this screen to the front may choose people now.
            self._soon.start()

    # What there is to choose from

    def _read_offers(self) -> None:
        self._workplace.tasks.run(
            Lane.SEARCH,
            partial(read_offers, self._workplace.event_file, self._files),
            self._take_offers,
            self._workplace.show_error,
        )

    def _take_offers(self, offers: Offers) -> None:
        is_first, self._offers = self._offers is None, offers
        if offers.problem:
            self._workplace.messages.show_message(offers.problem)
        if is_first:
            self.choice.begin_with(offers, self._workplace.desk.event)
            self._find()
        self.run_bar.offer_jam(bool(offers.runs))
        self._choose_offset()

    def _choose_offset(self) -> None:
        if self._offers is None:
            return
        paper, more = self.choice.paper, self.choice.paper.more
        printer = self._printer if self._printer is not None else more.printer.currentData() or ""
        self._printer = None
        more.offer_printers(self._offers.printers(), printer)
        paper.choose_offset(self._offers.offset(printer, paper.choice().stock))

    # The choice and its run

    def _refresh(self) -> None:
        self._is_outdated = True
        if self.isVisible() and not self.printing.is_under_way:
            self._soon.start()

    def _find(self) -> None:
        if self._offers is None:
            self._read_offers()
            return
        self._is_outdated = False
        self.planner.find(self.choice.people.choice(), self.choice.paper.choice())

    def _lay(self) -> None:
        self._choose_offset()
        self.planner.lay(self.choice.paper.choice())

    def _show_run(self, run: BadgeRun) -> None:
        self.choice.show_run(run)
        self.run_bar.show_plan(len(run.job.attendees) * run.paper.imposition.copies, run.sheets)
        self.views.show_run(run)
        self._drawing.show_run(run)
        self._want_layout_picture()
        if run.job.attendees:
            self.findings.drop(run.changed_since(self.findings.model.found.people))
            self.findings.show_checking()
        else:
            self.findings.show_nothing()
            self._columns.show_count(0)

    def _show_refusal(self, sentence: str) -> None:
        self.run_bar.show_impossible(sentence)
        self.views.show_run(None)
        self._drawing.show_run(None)
        self.choice.show_refusal(sentence)

    def _show_found(self, found: Found) -> None:
        self.findings.show_found(found)
        self._columns.show_count(found.count)

    def _propose_repairs(self, people: Sequence[Attendee]) -> None:
        self._workplace.tasks.run(
            Lane.NUMBERS,
            partial(propose_repairs, people, self._workplace.desk.event.language),
            self.findings.repairs.show_repairs,
            self._workplace.show_error,
        )

    def _repair(self, repairs: Sequence[NameRepair]) -> None:
        workplace = self._workplace
        workplace.tasks.run(
            Lane.WORK,
            partial(
                apply_repairs,
                workplace.event_file,
                workplace.desk.desk_name,
                workplace.clock(),
                repairs,
            ),
            self._tell_repaired,
            workplace.show_error,
        )

    def _tell_repaired(self, attendee_ids: frozenset[str]) -> None:
        self.findings.drop(attendee_ids)
        self._workplace.changed.emit()

    def _go_to_badge(self, attendee_id: str) -> None:
        run = self.planner.run
        place = run.place_of(attendee_id) if run else None
        if run is None or place is None:
            return
        sheet, slot = place
        plan = run.job.plan
        box = slot_boxes(plan.stock, plan.imposition.fill)[slot - 1]
        self.views.show_badge(run.page_of_sheet(sheet), box, plan.stock.paper_width_mm)

    # Layouts and stock

    def _open_layouts(self) -> None:
        if self._offers is not None:
            paper = self.choice.paper.choice()
            layouts = list(self._offers.layouts.values())
            self.choice.layouts.show_layouts(layouts, paper.stock, paper.layout)
            for layout in layouts:
                self._want_picture(layout)

    def _want_layout_picture(self) -> None:
        layout = self.choice.paper.choice().layout
        if layout is not None:
            self._want_picture(layout)

    def _want_picture(self, layout: BadgeLayout) -> None:
        run = self.planner.run
        if run is not None and run.job.attendees:
            self._gallery.want(
                layout,
                run.paper.stock,
                run.job.attendees[0],
                run.people.event,
                self.choice.layouts.picture_width_px(),
            )

    def _take_picture(self, layout: BadgeLayout, image: QImage) -> None:
        self.choice.layouts.show_image(layout, image)
        if layout == self.choice.paper.choice().layout:
            self.choice.paper.show_layout_image(image)

    def _open_layout_file(self, path: Path) -> None:
        self._workplace.tasks.run(
            Lane.SEARCH,
            partial(open_layout, self._workplace.event_file, path),
            self.choice.take_opened_layout,
            self._tell_layout_problem,
        )

    def _tell_layout_problem(self, error: BaseException) -> None:
        match error:
            case CheckinError():
                self.choice.layouts.show_problem(str(error))
            case _:
                self._workplace.show_error(error)

    def _search_stock(self, text: str) -> None:
        if self._offers is not None:
            self._workplace.tasks.run_newest(
                Lane.SEARCH,
                partial(found_stock, text, self._offers),
                self._show_stock,
                self._workplace.show_error,
            )

    def _show_stock(self, found: tuple[str, Sequence[object]]) -> None:
        self.choice.stock.show_found(*found)  # type: ignore[arg-type]

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
        run = self.planner.run
        if run is not None and not self.printing.is_under_way:
            self.planner.stop_check()
            self.choice.setEnabled(False)
            record = self.choice.paper.more.record.isChecked()
            self.printing.save(run, path, record=record)

    def _show_report(self, report: BadgeReport) -> None:
        run = self.planner.run
        misread = run.people_of(report.misread) if run is not None else {}
        self.run_bar.show_report(report, [person.full_name for person in misread.values()])

    def _end_run(self, _outcome: BadgeReport | str) -> None:
        self.choice.setEnabled(True)
        self.planner.check_later()

    def _open_test_sheet(self) -> None:
        more = self.choice.paper.more
        self.dialogs.open_test_sheet(self.choice.paper.choice(), more.printer.currentData() or "")

    def _take_printer(self, name: str) -> None:
        """An offset was kept: from now on this printer is printed for."""
        self._printer = name
        self._read_offers()

    def _open_spoilt(self) -> None:
        if self._offers is not None:
            self.dialogs.open_spoilt(self._offers)

    def _print_again(self, attendee_ids: tuple[str, ...]) -> None:
        self._workplace.changed.emit()
        self.choose_attendees(attendee_ids)

    def _choose_alphabet(self, language: str) -> None:
        workplace = self._workplace
        workplace.tasks.run(
            Lane.WORK,
            partial(set_language, workplace.event_file, workplace.desk.desk_name, language),
            self._tell_alphabet,
            workplace.show_error,
        )

    def _tell_alphabet(self, _nothing: None) -> None:
        self._workplace.changed.emit()

    def _tell_where(self, path: str) -> None:
        self._workplace.messages.show_message(
            self.tr("No program here shows PDF files. The badges are in {path}.").format(path=path)
        )

    # How it is put together

    def _connect(self) -> None:
        choice, views = self.choice, self.views
        self._soon.timeout.connect(self._find)
        choice.people.changed.connect(self._soon.start)
        choice.paper.changed.connect(self._lay)
        choice.paper.layout_wanted.connect(self._open_layouts)
        choice.layouts.file_chosen.connect(self._open_layout_file)
        choice.stock.searched.connect(self._search_stock)
        views.first_sheet.imposition_chosen.connect(choice.paper.choose_imposition)
        choice.paper.more.test_sheet_wanted.connect(self._open_test_sheet)
        choice.stock.own_wanted.connect(self.dialogs.open_own_stock)
        choice.people.alphabet.chosen.connect(self._choose_alphabet)
        self.dialogs.offers_changed.connect(self._read_offers)
        self.dialogs.offset_kept.connect(self._take_printer)
        self.dialogs.stock_kept.connect(choice.take_stock)
        self.dialogs.spoilt.connect(self._print_again)
        self._gallery.drawn.connect(self._take_picture)
        self.planner.planned.connect(self._show_run)
        self.planner.refused.connect(self._show_refusal)
        self.planner.checked.connect(self._show_found)
        self._drawing.shown.connect(self.planner.check_later)
        self._drawing.failed.connect(self.run_bar.show_impossible)
        self.findings.chosen.connect(self._go_to_badge)
        self.findings.opened.connect(self._workplace.attendee_wanted)
        self.findings.repairs_wanted.connect(self._propose_repairs)
        self.findings.repairs.applied.connect(self._repair)
        self.run_bar.save_wanted.connect(self._ask_where)
        self.run_bar.cancel_wanted.connect(self.printing.cancel)
        self.run_bar.open_failed.connect(self._tell_where)
        self.run_bar.resume_wanted.connect(choice.resume)
        self.run_bar.jam_wanted.connect(self._open_spoilt)
        self.printing.recorded.connect(self._read_offers)
        self.printing.started.connect(self.run_bar.show_started)
        self.printing.progressed.connect(self.run_bar.show_progress)
        self.printing.finished.connect(self._show_report)
        self.printing.stopped.connect(self.run_bar.show_stopped)
        self.printing.finished.connect(self._end_run)
        self.printing.stopped.connect(self._end_run)
        self._workplace.changed.connect(self._refresh)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key, act in (
            (QKeySequence(Qt.Key.Key_PageDown), views.preview.go_on),
            (QKeySequence(Qt.Key.Key_PageUp), views.preview.go_back),
            (QKeySequence("Ctrl+Home"), views.preview.go_to_first),
            (QKeySequence("Ctrl+End"), views.preview.go_to_last),
            (QKeySequence(QKeySequence.StandardKey.ZoomIn), views.preview.zoom_in),
            (QKeySequence(QKeySequence.StandardKey.ZoomOut), views.preview.zoom_out),
            (QKeySequence(QKeySequence.StandardKey.Save), self._ask_where),
        ):
            QShortcut(key, self, act, context=within)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(self._columns, 1)
        layout.addWidget(self.run_bar)
