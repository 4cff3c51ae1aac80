"""Asks whether an import shall really be undone, and says what that does."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.lists.done.undo_jobs import UndoJobs
from checkin_app.gui.plain_text import grouped, shown
from checkin_app.services.list_import.import_undo import UndoPlan

_NAMES_SHOWN = 3


class UndoCard(QFrame):
    """A question with two buttons, then progress.

    Signals:
        closed: the question was answered, either way.
    """

    closed = Signal()

    def __init__(self, jobs: UndoJobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._jobs = jobs
        self._plan: UndoPlan | None = None
        self.title = plain_label()
        self.title.setFont(sized(self.font(), 1.1, bold=True))
        self.sentence = quiet_label()
        self.bar = QProgressBar(textVisible=False)
        self.keep = QPushButton(self.tr("Keep it"))
        self.undo = QPushButton(self.tr("Undo the import"))
        self.undo.setProperty("primary", True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.bar, 1)
        buttons.addStretch(0)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.undo)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        for widget in (self.title, self.sentence):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self.keep.clicked.connect(self._keep)
        self.undo.clicked.connect(self._undo)
        jobs.progressed.connect(self._show_progress)
        self.hide()

    def show_plan(self, plan: UndoPlan) -> None:
        """Ask about this import."""
        self._plan = plan
        self.title.setText(shown(self.tr("Undo the import of {file}?").format(file=plan.done.file)))
        self.sentence.setText(shown(self._words(plan), 1000))
        self.bar.hide()
        self.undo.setEnabled(True)
        self.show()
        self.keep.setFocus()

    def close_up(self) -> None:
        """Ask no more."""
        self.hide()
        self.closed.emit()

    def _words(self, plan: UndoPlan) -> str:
        counts = (
            (plan.removed, self.tr("{n} people vanish.")),
            (plan.restored, self.tr("{n} go back to what they were.")),
        )
        sentences = [words.format(n=grouped(n)) for n, words in counts if n]
        if plan.staying:
            names = ", ".join(person.full_name for person in plan.staying[:_NAMES_SHOWN])
            more = "…" if len(plan.staying) > _NAMES_SHOWN else ""
            sentences.append(
                self.tr(
                    "{count} stay, because something has happened to them since: {names}{more}."
                ).format(count=grouped(len(plan.staying)), names=names, more=more)
            )
        if plan.newer:
            sentences.append(
                self.tr(
                    "Newer imports stand; whom only this list added vanishes even if they name"
                    " the person, too."
                )
            )
        return " ".join(sentences)

    def _keep(self) -> None:
        """No; while it is being undone, stop."""
        if self._jobs.is_writing:
            self._jobs.cancel()
        else:
            self.close_up()

    def _undo(self) -> None:
        if self._plan is not None:
            self.undo.setEnabled(False)
            self.bar.setRange(0, 0)
            self.bar.show()
            self._jobs.undo(self._plan)

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setMaximum(max(total, 1))
        self.bar.setValue(done)
