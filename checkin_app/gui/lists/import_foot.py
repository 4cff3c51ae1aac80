"""The foot of the import: one sentence, how far it is, and the buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from checkin_app.errors import Cancelled, CheckinError, EventFileError
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.lists.course import Course
from checkin_app.gui.lists.steps_line import Step
from checkin_app.gui.plain_text import grouped, label


class ImportFoot(QWidget):
    """A sentence, progress, and the ways out, back and on.

    Attributes:
        line: one sentence.
        bar: shown while something is under way.
        cancel, back, go: the buttons.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = plain_label()
        self.line.setWordWrap(True)
        self.bar = QProgressBar(textVisible=False)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.back = QPushButton(self.tr("Back"))
        self.go = QPushButton(self.tr("Next"))
        self.go.setProperty("primary", True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        middle = QVBoxLayout()
        middle.setSpacing(6)
        middle.addWidget(self.line)
        middle.addWidget(self.bar)
        layout.addLayout(middle, 1)
        for button in (self.cancel, self.back, self.go):
            layout.addWidget(button)
        self.bar.hide()

    def show_busy(self, sentence: str, *, may_go: bool = False) -> None:
        """Something is under way; how long it takes is not known yet."""
        self.line.setText(sentence)
        self.go.setEnabled(may_go)
        self.bar.setRange(0, 0)
        self.bar.show()

    def show_progress(self, done: int, total: int) -> None:
        """So much of the whole is done."""
        self.bar.setMaximum(max(total, 1))
        self.bar.setValue(done)

    def show_idle(self, sentence: str, *, may_go: bool) -> None:
        """Nothing is under way."""
        self.bar.hide()
        self.line.setText(sentence)
        self.go.setEnabled(may_go)

    def show_failure(self, error: BaseException, *, may_go: bool) -> None:
        """The work under way came to nothing."""
        match error:
            case Cancelled():
                sentence = self.tr("Stopped. Nothing was imported.")
            case CheckinError() if not isinstance(error, EventFileError):
                sentence = str(error)
            case _:
                sentence = self.tr("Nothing was imported. Try again.")
        self.show_idle(sentence, may_go=may_go)
        self.go.setFocus()

    def show_warning(self) -> None:
        """Somebody is about to leave what was decided."""
        self.line.setText(
            self.tr("What you corrected and decided here would be lost. Once more to leave it.")
        )

    def show_rest(self, course: Course) -> None:
        """Nothing is under way: what there is to say about the step."""
        sentence = ""
        if course.look is not None and course.step is not Step.DONE:
            sentence = course.look.obstacle
            if course.step is Step.CHECK:
                sentence = self.tr("Enter puts a row right, Ctrl+Enter goes on.")
            elif course.is_understood and not course.changes_anything:
                sentence = self.tr("Everybody on this list is in the event already, unchanged.")
        self.show_idle(sentence, may_go=course.is_understood or course.step is Step.DONE)

    def show_course(self, course: Course) -> None:
        """Which buttons there are at a step, and what the one that goes on says."""
        step = course.step
        go = {Step.CHANGES: self._words_of_import(course), Step.DONE: self.tr("Done")}
        self.go.setText(label(go.get(step, self.tr("Next"))))
        self.go.setVisible(step is not Step.FILE or course.look is not None)
        self.back.setVisible(course.before is not None)
        self.back.setEnabled(not course.is_writing)
        self.cancel.setVisible(step is not Step.DONE)
        has_file = course.look is not None or step is not Step.FILE
        self.cancel.setText(self.tr("Cancel") if has_file else self.tr("Close"))

    def _words_of_import(self, course: Course) -> str:
        if course.look is None or not course.changes_anything:
            return self.tr("Close")
        return self.tr("Import {count}").format(count=grouped(course.look.people))
