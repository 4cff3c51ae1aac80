"""Corrects name, organisation or category of one person on the spot."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from checkin_app.domain.attendee import Attendee
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.desk.key_button import KeyButton
from checkin_app.gui.desk.panels.inline_panel import InlinePanel
from checkin_app.gui.desk.panels.name_form import NameForm
from checkin_app.gui.plain_text import shown
from checkin_app.gui.workplace import Workplace


class CorrectionPanel(InlinePanel):
    """A name form filled with a person; only fields that were changed are stored.

    Signals:
        wanted: the id of the person and the changes by field name.
    """

    wanted = Signal(str, object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._workplace = workplace
        self._attendee = Attendee("")
        self.form = NameForm(self)
        self.form.entered.connect(self._enter)
        save = KeyButton(self.tr("Save the correction"), "check", "Return", self)
        save.setProperty("primary", True)
        save.clicked.connect(self._enter)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.body.addWidget(save)

    @property
    def survives_scans(self) -> bool:
        """A correction begun is not lost."""
        return self.is_changed

    @property
    def first_field(self) -> QWidget:
        """The first name."""
        return self.form.first_name

    @property
    def is_changed(self) -> bool:
        """Whether leaving would lose something."""
        return bool(self._changes())

    def show_attendee(self, attendee: Attendee) -> None:
        """Correct this person."""
        self._attendee = attendee
        self.form.show_attendee(attendee)
        self.set_title(self.tr("Correct: {name}").format(name=shown(attendee.full_name)))
        workplace = self._workplace
        workplace.tasks.run(
            Lane.NUMBERS, workplace.event_file.categories, self.form.offer_categories
        )

    def _changes(self) -> dict[str, str]:
        typed = self.form.fields()
        return {k: v for k, v in typed.items() if v != getattr(self._attendee, k).strip()}

    def _enter(self) -> None:
        if changes := self._changes():
            self.wanted.emit(self._attendee.id, changes)
        else:
            self.closed.emit()
