"""The last step of an import: what was done, and where to go from here."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from checkin_app.errors import Cancelled
from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.lists.checking.check_lines import CheckKind
from checkin_app.gui.lists.choosing.problem_files import SaveProblems
from checkin_app.gui.lists.done.undo_card import UndoCard
from checkin_app.gui.lists.done.undo_jobs import UndoJobs
from checkin_app.gui.lists.list_look import ListLook
from checkin_app.gui.plain_text import grouped
from checkin_app.gui.workplace import Workplace
from checkin_app.services.list_import.import_undo import UndoPlan
from checkin_app.services.list_import.registration_lists import ImportReport

_WIDTH_EM = 38


class DonePage(QWidget):
    """Says what was done; the whole of it can be undone.

    Signals:
        left: somebody goes elsewhere; the import is done with.
    """

    left = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._import_id = ""
        self._look: ListLook | None = None
        self.jobs = UndoJobs(workplace, self)
        self.title = plain_label()
        self.title.setFont(sized(self.font(), 1.5, bold=True))
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.title.setWordWrap(True)
        self.sentence = quiet_label()
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.attendees = QPushButton(self.tr("Go to attendees"))
        self.badges = QPushButton(self.tr("Print new badges…"))
        self.save = QPushButton(self.tr("Save rejected rows…"))
        self.undo = QPushButton(self.tr("Undo the import…"))
        self.card = UndoCard(self.jobs, self)
        self._lay_out()
        self._connect()

    def show_report(self, report: ImportReport, look: ListLook) -> None:
        """Say what an import did.

        Args:
            look: at the list that was imported.
        """
        self._import_id, self._look = report.import_id, look
        self.title.setText(self._words(report))
        self.sentence.setText(self._rest(report))
        self.badges.setVisible(report.added > 0)
        self.save.setVisible(report.rejected > 0)
        self.undo.setVisible(bool(report.import_id))

    def _words(self, report: ImportReport) -> str:
        """What was done."""
        counts = (
            (report.added, self.tr("{n} new")),
            (report.updated, self.tr("{n} changed")),
            (report.gone, self.tr("{n} marked as gone")),
        )
        done = ", ".join(words.format(n=grouped(n)) for n, words in counts if n)
        return self.tr("Imported: {what}.").format(what=done or self.tr("nothing"))

    def _rest(self, report: ImportReport) -> str:
        """What was not done."""
        counts = (
            (report.unchanged, self.tr("{n} unchanged.")),
            (report.repeated, self.tr("{n} rows said the same again.")),
            (report.rejected, self.tr("{n} rows were not taken.")),
            (report.unclear, self.tr("With {n} unclear rows the proposal was followed.")),
        )
        return " ".join(words.format(n=grouped(n)) for n, words in counts if n)

    def _go_to_attendees(self) -> None:
        self.left.emit()
        self._workplace.attendees_wanted.emit()

    def _ask_for_new(self) -> None:
        added = partial(self._workplace.event_file.imports.added, self._import_id)
        tasks = self._workplace.tasks
        tasks.run(Lane.NUMBERS, added, self._print_badges, self._workplace.show_error)

    def _print_badges(self, new: tuple[str, ...]) -> None:
        self.left.emit()
        self._workplace.badges_wanted.emit(new)

    def _save_rejected(self) -> None:
        if self._look is not None:
            rejected = self._look.to_check[CheckKind.NOT_TAKEN]
            save = SaveProblems(self._workplace, self)
            save.ask_where(self._look.name, rejected, self._look.columns)

    def _ask(self) -> None:
        if not self.jobs.is_writing:
            self.undo.setEnabled(False)
            self.jobs.plan(self._import_id)

    def _tell_undone(self, plan: UndoPlan) -> None:
        self.card.close_up()
        self.title.setText(self.tr("The import is undone"))
        counts = (
            (plan.removed, self.tr("{n} people vanished.")),
            (plan.restored, self.tr("{n} went back to what they were.")),
            (len(plan.staying), self.tr("{n} stayed.")),
        )
        self.sentence.setText(" ".join(words.format(n=grouped(n)) for n, words in counts if n))
        for button in (self.badges, self.undo):
            button.hide()

    def _tell_failure(self, error: BaseException) -> None:
        self.card.close_up()
        if isinstance(error, Cancelled):
            self._workplace.messages.show_message(self.tr("Stopped. Nothing was undone."))
        else:
            self._workplace.show_error(error)

    def _may_ask(self) -> None:
        self.undo.setEnabled(True)

    def _connect(self) -> None:
        self.attendees.clicked.connect(self._go_to_attendees)
        self.badges.clicked.connect(self._ask_for_new)
        self.save.clicked.connect(self._save_rejected)
        self.undo.clicked.connect(self._ask)
        self.card.closed.connect(self._may_ask)
        self.jobs.planned.connect(self.card.show_plan)
        self.jobs.undone.connect(self._tell_undone)
        self.jobs.failed.connect(self._tell_failure)

    def _lay_out(self) -> None:
        self.card.setMaximumWidth(_WIDTH_EM * self.fontMetrics().height())
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        for button in (self.badges, self.attendees, self.save, self.undo):
            buttons.addWidget(button)
        buttons.addStretch(1)
        asked = QHBoxLayout()
        asked.addStretch(1)
        asked.addWidget(self.card, 8)
        asked.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addStretch(2)
        layout.addWidget(self.title)
        layout.addWidget(self.sentence)
        layout.addLayout(buttons)
        layout.addLayout(asked)
        layout.addStretch(3)
