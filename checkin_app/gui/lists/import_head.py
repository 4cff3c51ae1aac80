"""The head of the import: the line of steps, the file, and the figures."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.lists.course import Course
from checkin_app.gui.lists.figures import Figures
from checkin_app.gui.lists.list_look import ListLook
from checkin_app.gui.lists.steps_line import Step, StepsLine
from checkin_app.gui.plain_text import grouped, shown

_SHOWN_ALWAYS = (0, 1, 6)
"""New, changed, unchanged."""


class ImportHead(QWidget):
    """What is imported, where one is, and what it comes to.

    Attributes:
        steps: the line of steps.
        figures: what importing would change, always as it is now.
        other_file: the button to take another file.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps = StepsLine(self)
        self.title = plain_label()
        self.title.setFont(sized(self.font(), 1.4, bold=True))
        self.facts = plain_label()
        self.facts.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.figures = Figures(
            (
                self.tr("new"),
                self.tr("changed"),
                self.tr("gone"),
                self.tr("unclear"),
                self.tr("not taken"),
                self.tr("repeated"),
                self.tr("unchanged"),
            )
        )
        self.other_file = QPushButton(self.tr("Another file…"))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.title)
        names.addWidget(self.facts)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(names, 1)
        row.addWidget(self.figures)
        top = QHBoxLayout()
        top.addWidget(self.steps, 1)
        top.addWidget(self.other_file)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addLayout(row)

    def show_name(self, name: str) -> None:
        """The file that is looked at; nothing is known of it yet."""
        self.title.setText(shown(name))
        self.facts.clear()
        self.figures.hide()

    def show_course(self, course: Course) -> None:
        """Where one is, and where one can go from there."""
        self.steps.show_step(course.step, course.reachable)
        self.other_file.setVisible(course.step is Step.UNDERSTOOD)
        self.figures.setVisible(course.has_figures)

    def show_look(self, look: ListLook) -> None:
        """What the list holds and would change."""
        self.facts.setText(
            self.tr("Titles in row {header}  ·  Rows below: {rows}").format(
                rows=grouped(look.row_count), header=look.header_row
            )
        )
        counted = look.summary
        self.figures.show_counts(
            counted.new,
            counted.changed,
            counted.gone,
            counted.unclear,
            counted.rejected,
            counted.repeated,
            counted.unchanged,
        )
        self.figures.hide_zeros(_SHOWN_ALWAYS)
