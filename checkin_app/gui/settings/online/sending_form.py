"""Whether check-ins go back to pretix, to which of its lists, and how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.programme import Event
from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.form.calm_combo_box import CalmComboBox
from checkin_app.gui.form.form_rows import add_row, quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.online.sending_at_work import NotTaken
from checkin_app.gui.plain_text import shown
from checkin_app.online_lists.pretix import PretixCheckInList
from checkin_app.services.online.online_sends import SendRound
from checkin_app.services.online.online_wording import refusal_words, sending_line
from checkin_app.settings.online_settings import OnlineConnection, OnlineSystem

_NAMES_SHOWN = 8


class SendingForm(QWidget):
    """The questions about check-ins on their way back.

    Signals:
        wanted: the connection as it should be now.
        again: what was not taken is to be sent once more.

    Attributes:
        is_on: the switch.
        lists: pretix's check-in lists.
        desk_lists: our check-in lists.
        state: how far they are.
        not_taken: whose check-ins pretix did not take, and why.
        try_again: sends these once more.
    """

    wanted = Signal(object)
    again = Signal()

    def __init__(
        self, event: Event, desk_lists: Sequence[CheckInList], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._event = event
        self._held = OnlineConnection()
        self.is_on = QCheckBox(self.tr("Send check-ins back to pretix"))
        self.lists, self.desk_lists = CalmComboBox(), CalmComboBox()
        self.state, self.not_taken = plain_label(), plain_label()
        self.state.setWordWrap(True)
        self.not_taken.setWordWrap(True)
        self.hint = quiet_label()
        self.try_again = QPushButton(icon("retry"), self.tr("Try again"))
        for place, one in enumerate(desk_lists):
            self.desk_lists.addItem(shown(one.name), one.id if place else "")
        self._lay_out()
        self.is_on.clicked.connect(self._switch)
        self.lists.activated.connect(self._choose_list)
        self.desk_lists.activated.connect(self._choose_desk_list)
        self.try_again.clicked.connect(self.again)

    def show_connection(self, connection: OnlineConnection) -> None:
        """Show what is chosen; the form is there for pretix only."""
        is_same = replace(connection, list_id=0) == replace(self._held, list_id=0)
        self._held = connection
        self.setVisible(connection.system is OnlineSystem.PRETIX)
        if not is_same and self.lists.findData(connection.list_id) < 0:
            self.lists.clear()
        if connection.list_id and self.lists.findData(connection.list_id) < 0:
            self.lists.addItem(shown(connection.list_name), connection.list_id)
        self.lists.setCurrentIndex(self.lists.findData(connection.list_id))
        self.desk_lists.setCurrentIndex(max(0, self.desk_lists.findData(connection.desk_list)))
        self._show_switch()

    def offer_lists(self, lists: Sequence[PretixCheckInList]) -> None:
        """Pretix's check-in lists are known now; the only one is chosen."""
        chosen = self._held.list_id
        self.lists.clear()
        for one in lists:
            self.lists.addItem(shown(one.name), one.id)
        place = self.lists.findData(chosen)
        self.lists.setCurrentIndex(0 if place < 0 and len(lists) == 1 else place)
        if self.lists.currentIndex() >= 0:
            self._choose_list()
        self._show_switch()

    def show_state(self, state: SendRound | None) -> None:
        """How sending is doing."""
        is_working = state is not None
        self.state.setVisible(is_working)
        if state is not None:
            line = sending_line(state.counts, self._event, self.tr)
            self.state.setText(shown(" ".join(filter(None, (f"{line}.", state.trouble)))))
        has_refused = state is not None and bool(state.counts.refused)
        has_trouble = state is not None and bool(state.trouble)
        self.try_again.setVisible(has_refused or has_trouble)
        if not has_refused:
            self.not_taken.hide()

    def show_not_taken(self, people: Sequence[NotTaken]) -> None:
        """Whose check-ins pretix did not take, and why."""
        lines = [
            f"{one.name or self.tr('Somebody')}: {refusal_words(one.reason, self.tr)}"
            for one in people[:_NAMES_SHOWN]
        ]
        if len(people) > _NAMES_SHOWN:
            lines.append(self.tr("… and {count} more").format(count=len(people) - _NAMES_SHOWN))
        self.not_taken.setText("\n".join(map(shown, lines)))
        self.not_taken.setVisible(bool(lines))

    # Chosen

    def _switch(self, is_on: bool) -> None:
        self.wanted.emit(replace(self._held, sends_check_ins=is_on))

    def _choose_list(self) -> None:
        chosen = self.lists.currentData()
        if isinstance(chosen, int) and chosen != self._held.list_id:
            self.wanted.emit(
                replace(self._held, list_id=chosen, list_name=self.lists.currentText())
            )

    def _choose_desk_list(self) -> None:
        self.wanted.emit(replace(self._held, desk_list=str(self.desk_lists.currentData())))

    def _show_switch(self) -> None:
        can_be_on = self._held.is_complete and self._held.list_id > 0
        self.is_on.setChecked(self._held.sends_check_ins)
        self.is_on.setEnabled(can_be_on or self._held.sends_check_ins)
        self.lists.setEnabled(self.lists.count() > 0)
        self.hint.setText(
            self.tr(
                "Off unless you switch it on. The desk never waits for it: without a line,"
                " check-ins wait and go later. Each counts once, however often it has to be sent."
            )
            if can_be_on
            else self.tr("Try the connection first; then choose pretix's check-in list here.")
        )

    # Inside

    def _lay_out(self) -> None:
        rows = QFormLayout()
        add_row(rows, self.tr("Our list"), self.desk_lists)
        add_row(rows, self.tr("pretix's list"), self.lists)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._heading(self.tr("Check-ins back to pretix")))
        column.addWidget(self.hint)
        column.addLayout(rows)
        column.addWidget(self.is_on)
        column.addWidget(self.state)
        column.addWidget(self.not_taken)
        column.addWidget(self.try_again, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.state, self.not_taken, self.try_again):
            widget.hide()

    def _heading(self, text: str) -> QLabel:
        heading = plain_label(text)
        heading.setFont(sized(self.font(), 1.07, bold=True))
        heading.setContentsMargins(0, 14, 0, 0)
        return heading
