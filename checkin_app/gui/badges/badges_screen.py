"""The badges screen: whom, on what, how it will look, what to look at first; then the PDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checkin_app.badges.preflight.findings import Finding, FindingKind
from checkin_app.badges.sheets.impose import slot_boxes
from checkin_app.gui.badges.choice.choice_panel import ChoicePanel
from checkin_app.gui.badges.choice.choosing import Choosing
from checkin_app.gui.badges.choice.offers import UserFiles
from checkin_app.gui.badges.findings.findings_view import FindingsView
from checkin_app.gui.badges.findings.found import Found
from checkin_app.gui.badges.findings.name_repairing import NameRepairing
from checkin_app.gui.badges.run.badge_run import BadgeRun
from checkin_app.gui.badges.run.planner import RunPlanner
from checkin_app.gui.badges.run.printing import Printing
from checkin_app.gui.badges.run.run_bar import RunBar
from checkin_app.gui.badges.screen_dialogs import ScreenDialogs
from checkin_app.gui.badges.sheets.preview_drawing import PreviewDrawing
from checkin_app.gui.badges.sheets.proofing import Proofing
from checkin_app.gui.badges.sheets.sheet_views import SheetViews
from checkin_app.gui.badges.three_columns import CHOICE, FINDINGS, ThreeColumns
from checkin_app.gui.file_dialogs import as_file_name, ask_to_save
from checkin_app.gui.keys import add_key
from checkin_app.gui.workplace import Workplace
from checkin_app.services.bulk_badges.badge_printing import BadgeReport


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
        self._is_outdated = True
        self._shown: BadgeRun | None = None
        self._printed: tuple[str, ...] = ()
        files = files or UserFiles.usual()
        self.choice = ChoicePanel()
        self.findings = FindingsView()
        self.views = SheetViews()
        self.run_bar = RunBar()
        self.columns = ThreeColumns(self.choice, self.findings, self.views)
        self.choosing = Choosing(workplace, self.choice, files, self)
        self.planner = RunPlanner(workplace, self)
        self.printing = Printing(workplace, self)
        self.dialogs = ScreenDialogs(workplace, files, self)
        self._drawing = PreviewDrawing(workplace, self.views.preview, self)
        self._proofing = Proofing(workplace, self.views.proof, self)
        self._repairing = NameRepairing(workplace, self.findings, self)
        # Together, what one gesture changes in several places.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._lay_out()
        self._connect_choice()
        self._connect_run()
        add_key(QKeySequence.StandardKey.Save, self, self._ask_where)
        self.setFocusProxy(self.choice.people.whom)

    def choose_attendees(self, attendee_ids: Sequence[str]) -> None:
        """Badges of these people are wanted."""
        self.choice.show_forms()
        self.columns.show_choice()
        self.choice.people.choose_selection(attendee_ids)

    def save_to(self, path: Path) -> None:
        """Write the badges of the choice to a PDF, in a process of its own."""
        run = self.planner.run
        if run is not None and not self.printing.is_under_way:
            self.planner.stop_check()
            self.choice.setEnabled(False)
            record = self.choice.paper.more.record.isChecked()
            self._printed = tuple(person.id for person in run.people.attendees)
            self.printing.save(run, path, record=record)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)
        self._order_tabs()
        if self._is_outdated:
            # Not at once: whoever brought this screen to the front may choose people now.
            self._soon.start()

    # The choice becomes a run

    def _refresh(self) -> None:
        self._is_outdated = True
        if self.isVisible() and not self.printing.is_under_way:
            self._soon.start()

    def _find(self) -> None:
        if self.choosing.offers is None:
            self.choosing.read()
            return
        self._is_outdated = False
        self.planner.find(self.choice.people.choice(), self.choice.paper.choice())

    def _lay(self) -> None:
        self.choosing.choose_offset()
        self.planner.lay(self.choice.paper.choice())

    def _show_run(self, run: BadgeRun) -> None:
        before, self._shown = self._shown, run
        self.choice.show_run(run)
        imposition = run.paper.imposition
        badges = len(run.job.attendees) * imposition.copies
        self.run_bar.show_plan(badges, run.sheets, imposition.sheets, len(run.job.plan.trays))
        self.views.show_run(run)
        self._drawing.show_run(run)
        self._proofing.show_run(run)
        self.choosing.show_run(run)
        if not run.job.attendees:
            self.findings.show_nothing()
            self.columns.show_count(0)
            return
        if before is None or before.people is not run.people:
            self.findings.drop(run.changed_since(self.findings.model.found.people))
        self.findings.show_checking()

    def _show_refusal(self, sentence: str) -> None:
        self.run_bar.show_impossible(sentence)
        self.views.show_run(None)
        self._drawing.show_nothing(sentence)
        self._proofing.show_run(None)
        self.choice.show_refusal(sentence)

    def _show_found(self, found: Found) -> None:
        self.findings.show_found(found)
        self.columns.show_count(found.count)

    def _go_to_badge(self, attendee_id: str) -> None:
        run = self.planner.run
        place = run.place_of(attendee_id) if run else None
        if run is None or place is None:
            return
        sheet, slot = place
        plan = run.job.plan
        box = slot_boxes(plan.stock, plan.imposition.fill)[slot - 1]
        self.views.show_badge(run.page_of_sheet(sheet), box, plan.stock.paper_width_mm)

    def _put_right(self, finding: Finding) -> None:
        """Where that can be chosen otherwise which all badges share."""
        if finding.kind is FindingKind.STOCK_UNVERIFIED:
            self._open_test_sheet()
            return
        self.columns.show_choice()
        if finding.kind is FindingKind.PHOTO_MISSING:
            self.choice.ask_for_photos()
        else:
            self.choice.open_layouts()

    # The run becomes a file

    def _ask_where(self) -> None:
        name = f"{self.tr('Badges')} {as_file_name(self._workplace.desk.event.name)}"
        kinds = {self.tr("PDF (*.pdf)"): ".pdf"}
        path = ask_to_save(self._workplace, self, self.tr("Save the badges"), name, kinds)
        if path is not None:
            self.save_to(path)

    def _show_report(self, report: BadgeReport) -> None:
        run = self.planner.run
        misread = run.people_of(report.misread) if run is not None else {}
        self.choosing.keep_choice()
        self.run_bar.show_report(report, [person.full_name for person in misread.values()])
        self._end_run()

    def _show_stopped(self, sentence: str) -> None:
        self.run_bar.show_stopped(sentence)
        self._end_run()

    def _end_run(self) -> None:
        self.choice.setEnabled(True)
        self.planner.check_later()

    def _tell_where(self, path: str) -> None:
        self._workplace.messages.show_message(
            self.tr("No program here shows PDF files. The badges are in {path}.").format(path=path)
        )

    # Dialogs

    def _open_own_stock(self) -> None:
        self.dialogs.open_own_stock(self.choice.paper.choice().stock)

    def _open_test_sheet(self) -> None:
        printer = self.choice.paper.more.printer.currentData() or ""
        self.dialogs.open_test_sheet(self.choice.paper.choice(), printer)

    def _open_spoilt(self) -> None:
        if self.choosing.offers is not None:
            self.dialogs.open_spoilt(self.choosing.offers)

    def _print_again(self, attendee_ids: tuple[str, ...]) -> None:
        self._workplace.changed.emit()
        self.choose_attendees(attendee_ids)

    def _resume(self) -> None:
        """The same people again, from a sheet on; by now the choice may fit nobody."""
        run = self.planner.run
        if run is None or tuple(person.id for person in run.people.attendees) != self._printed:
            self.choose_attendees(self._printed)
        self.columns.show_choice()
        self.choice.resume()

    def _offer_jam(self) -> None:
        offers = self.choosing.offers
        self.run_bar.offer_jam(offers is not None and bool(offers.runs))

    # How it is put together

    def _connect_choice(self) -> None:
        choice, dialogs = self.choice, self.dialogs
        self._soon.timeout.connect(self._find)
        self._workplace.changed.connect(self._refresh)
        choice.people.changed.connect(self.run_bar.forget_result)
        choice.people.changed.connect(self._soon.start)
        choice.paper.changed.connect(self.run_bar.forget_result)
        choice.paper.changed.connect(self._lay)
        choice.paper.more.test_sheet_wanted.connect(self._open_test_sheet)
        choice.stock.own_wanted.connect(self._open_own_stock)
        self.choosing.ready.connect(self._find)
        self.choosing.offers_read.connect(self._offer_jam)
        dialogs.offers_changed.connect(self.choosing.read)
        dialogs.offset_kept.connect(self.choosing.choose_printer)
        dialogs.stock_kept.connect(choice.take_stock)
        dialogs.spoilt.connect(self._print_again)
        self.views.first_sheet.imposition_chosen.connect(choice.paper.choose_imposition)

    def _connect_run(self) -> None:
        run_bar, printing = self.run_bar, self.printing
        self.planner.planned.connect(self._show_run)
        self.planner.refused.connect(self._show_refusal)
        self.planner.checking.connect(self.findings.show_checking)
        self.planner.checked.connect(self._show_found)
        self._drawing.shown.connect(self.planner.check_later)
        self._drawing.failed.connect(run_bar.show_impossible)
        self.findings.chosen.connect(self._go_to_badge)
        self.findings.opened.connect(self._workplace.attendee_wanted)
        self.findings.shared_opened.connect(self._put_right)
        run_bar.save_wanted.connect(self._ask_where)
        run_bar.cancel_wanted.connect(printing.cancel)
        run_bar.open_failed.connect(self._tell_where)
        run_bar.resume_wanted.connect(self._resume)
        run_bar.jam_wanted.connect(self._open_spoilt)
        printing.started.connect(run_bar.show_started)
        printing.progressed.connect(run_bar.show_progress)
        printing.finished.connect(self._show_report)
        printing.stopped.connect(self._show_stopped)
        printing.recorded.connect(self.choosing.read)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(self.columns, 1)
        layout.addWidget(self.run_bar)

    def _order_tabs(self) -> None:
        """The focus enters at the first question; the words above it come round at the end.

        An order given before the screen is part of its window does not last.
        """
        choice, findings = (self.columns.which.button(number) for number in (CHOICE, FINDINGS))
        self.setTabOrder(self.run_bar.save, choice)
        self.setTabOrder(choice, findings)
