"""Ticks of the paper list, entered at a typist's speed: code, Enter, code, Enter."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QDateTime, Qt, QTimeZone
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QDateTimeEdit,
    QFormLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.attendee import Attendee
from checkin_app.gui.attendees.calm_combo_box import CalmComboBox
from checkin_app.gui.attendees.presence_card import plain_label
from checkin_app.gui.documents.answer_card import AnswerCard, Meaning
from checkin_app.gui.documents.tick_field import TickField
from checkin_app.gui.form.form_rows import add_row, quiet_label
from checkin_app.gui.icons import icon
from checkin_app.gui.keys import add_key
from checkin_app.gui.plain_text import grouped, label, shown
from checkin_app.gui.tasks import Lane
from checkin_app.gui.theme import TOUCH_PX, size_px, sized
from checkin_app.gui.workplace import Workplace
from checkin_app.services.desk_printing.paper_wording import tick_sentence
from checkin_app.services.documents.paper_list import PaperTicks, Tick, TickKind, likely_arrival

_WIDEST_EM = 44
_ENTERED_SHOWN = 200
_MEANINGS = {
    TickKind.TAKEN: Meaning.DONE,
    TickKind.ALREADY_IN: Meaning.ATTENTION,
    TickKind.SLIP: Meaning.WRONG,
    TickKind.UNKNOWN: Meaning.WRONG,
    TickKind.NAMES: Meaning.NOTHING_YET,
}


class PaperTicksPanel(QWidget):
    """One field, the answer below it, and what was entered so far.

    Attributes:
        entered: the ticks that stand, the last one last.
    """

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._ticks: PaperTicks | None = None
        self._has_chosen_time = False
        self._proposed = workplace.clock()
        self.entered: list[Tick] = []
        self.list = CalmComboBox()
        for check_in_list in workplace.check_in_lists:
            self.list.addItem(label(check_in_list.name))
        ids = [check_in_list.id for check_in_list in workplace.check_in_lists]
        if workplace.desk.check_in_list.id in ids:
            self.list.setCurrentIndex(ids.index(workplace.desk.check_in_list.id))
        self.came = QDateTimeEdit()
        self.came.setDisplayFormat("d MMM yyyy  HH:mm")
        self.came.setCalendarPopup(True)
        self.came.setTimeZone(QTimeZone(workplace.desk.event.timezone.encode()))
        self.field = TickField()
        self.field.setPlaceholderText(self.tr("Code or name"))
        self.field.setAccessibleName(self.tr("Code or name on the paper list"))
        self.field.setFont(sized(self.font(), 1.7, bold=True))
        self.field.setMinimumHeight(round(TOUCH_PX * 1.4))
        self.answer = AnswerCard()
        self.names = QListWidget()
        self.names.setAccessibleName(self.tr("People of this name"))
        self.count = plain_label()
        self.count.setFont(sized(self.font(), 1.15, bold=True))
        self.undo = QPushButton(icon("undo"), self.tr("Undo the last"))
        self.undo.setToolTip(self.tr("Ctrl+Z in the empty field"))
        self.log = QListWidget()
        self.log.setAccessibleName(self.tr("What was entered"))
        self.log.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.log.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self._take_list()
        self._show_ready()
        self.list.currentIndexChanged.connect(self._take_list)
        self.came.dateTimeChanged.connect(self._keep_time)
        self.field.textEdited.connect(self._look)
        self.field.returnPressed.connect(self._enter)
        self.names.itemActivated.connect(self._enter_named)
        self.names.itemClicked.connect(self._enter_named)
        self.undo.clicked.connect(self.undo_last)
        self.field.undo_wanted.connect(self.undo_last)
        for key, step in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, -1)):
            add_key(QKeySequence(key), self.field, partial(self._move, step))
        self.setFocusProxy(self.field)

    def showEvent(self, event: QShowEvent) -> None:
        """Time went on."""
        super().showEvent(event)
        self._take_time()

    def arrived_at(self) -> datetime:
        """The time of arrival that was chosen, else the one proposed (UTC)."""
        if not self._has_chosen_time:
            return self._proposed
        return datetime.fromtimestamp(self.came.dateTime().toSecsSinceEpoch(), UTC)

    def undo_last(self) -> None:
        """Take back the last tick that stands."""
        if self.entered and self._ticks is not None:
            tick = self.entered[-1]
            self._workplace.tasks.run(
                Lane.DESK,
                partial(self._ticks.take_back, tick),
                partial(self._show_undone, tick),
                self._workplace.show_error,
            )

    def _take_list(self) -> None:
        """Ticks count there from now on."""
        self._take_time()
        place = max(self.list.currentIndex(), 0)
        self._ticks = PaperTicks(
            self._workplace.event_file,
            self._workplace.desk.desk_name,
            self._workplace.check_in_lists[place],
            self._workplace.clock,
        )

    def _take_time(self) -> None:
        """Propose a time, while no other was chosen."""
        if self._has_chosen_time:
            return
        check_in_list = self._workplace.check_in_lists[max(self.list.currentIndex(), 0)]
        self._proposed = likely_arrival(
            self._workplace.desk.event, check_in_list, self._workplace.clock()
        )
        moment = QDateTime.fromSecsSinceEpoch(round(self._proposed.timestamp()))
        self.came.blockSignals(True)
        self.came.setDateTime(moment.toTimeZone(self.came.timeZone()))
        self.came.blockSignals(False)

    def _keep_time(self) -> None:
        self._has_chosen_time = True

    def _look(self, typed: str) -> None:
        """Say what is being typed, before Enter."""
        if not typed.strip() or self._ticks is None:
            self._show_ready()
            return
        self._workplace.tasks.run_newest(
            Lane.SEARCH,
            partial(self._ticks.understand, typed),
            self._show_understood,
            self._workplace.show_error,
        )

    def _show_understood(self, tick: Tick) -> None:
        if tick.typed != self.field.text():
            return
        self._show_names(tick)
        match tick.kind:
            case TickKind.TAKEN if tick.attendee:
                self._show_person(Meaning.NOTHING_YET, tick.attendee, self.tr("Enter: is in."))
            case TickKind.ALREADY_IN if tick.attendee:
                self._show_person(Meaning.ATTENTION, tick.attendee, self._sentence(tick))
            case TickKind.SLIP:
                self.answer.show_answer(Meaning.WRONG, self.tr("Mistyped"), self._sentence(tick))
            case TickKind.NAMES:
                words = self.tr("Choose with the arrow keys, then Enter.")
                self.answer.show_answer(Meaning.NOTHING_YET, self.tr("Whom?"), words)
            case _:
                self.answer.show_answer(Meaning.NOTHING_YET, "…", "")

    def _show_names(self, tick: Tick) -> None:
        self.names.clear()
        for person in tick.people:
            item = QListWidgetItem(shown(_who(person)), self.names)
            item.setData(Qt.ItemDataRole.UserRole, person.id)
        self.names.setVisible(bool(tick.people))
        if tick.people:
            self.names.setCurrentRow(0)

    def _move(self, step: int) -> None:
        row = self.names.currentRow() + step
        if not self.names.isHidden() and 0 <= row < self.names.count():
            self.names.setCurrentRow(row)

    def _enter(self) -> None:
        typed = self.field.text()
        if not typed.strip() or self._ticks is None:
            return
        if not self.names.isHidden() and self.names.currentItem() is not None:
            self._enter_named(self.names.currentItem())
            return
        self._run(partial(self._ticks.enter, typed, self.arrived_at()))

    def _enter_named(self, item: QListWidgetItem) -> None:
        if self._ticks is not None:
            attendee_id = str(item.data(Qt.ItemDataRole.UserRole))
            self._run(partial(self._ticks.enter_person, attendee_id, self.arrived_at()))

    def _run(self, enter: partial[Tick]) -> None:
        self.names.hide()
        self._workplace.tasks.run(Lane.DESK, enter, self._show, self._workplace.show_error)
        self.field.clear()
        self.field.setFocus()

    def _show(self, tick: Tick) -> None:
        sentence = self._sentence(tick)
        if tick.attendee is not None:
            self._show_person(_MEANINGS[tick.kind], tick.attendee, sentence)
        elif tick.kind is TickKind.NAMES:
            # Enter came before the names were there: nobody was chosen yet.
            self.field.setText(tick.typed)
            self._look(tick.typed)
        else:
            self.answer.show_answer(_MEANINGS[tick.kind], tick.typed, sentence)
            # To be corrected rather than typed again, unless the next one is on its way.
            if not self.field.text():
                self.field.setText(tick.typed)
                self.field.selectAll()
        if tick.kind is TickKind.TAKEN:
            self.entered.append(tick)
            self.log.insertItem(0, shown(f"{sentence}  {_organisation(tick)}".strip()))
            self.log.takeItem(_ENTERED_SHOWN)
            self._workplace.changed.emit()
        self._take_time()
        self._show_count()

    def _show_undone(self, tick: Tick, _nothing: None) -> None:
        if tick in self.entered:
            place = len(self.entered) - 1 - self.entered.index(tick)
            self.entered.remove(tick)
            self.log.takeItem(place)
        if tick.attendee is not None:
            self._show_person(Meaning.ATTENTION, tick.attendee, self.tr("Taken back."))
        self._show_count()
        self.field.setFocus()
        self._workplace.changed.emit()

    def _show_person(self, meaning: Meaning, person: Attendee, sentence: str) -> None:
        self.answer.show_answer(meaning, _who(person), sentence)

    def _show_ready(self) -> None:
        self.names.hide()
        words = self.tr("A slip of the finger is told at once; it never means somebody else.")
        self.answer.show_answer(Meaning.NOTHING_YET, self.tr("Type a code"), words)
        self._show_count()

    def _show_count(self) -> None:
        self.count.setText(self.tr("Entered: {count}").format(count=grouped(len(self.entered))))
        self.undo.setEnabled(bool(self.entered))

    def _sentence(self, tick: Tick) -> str:
        return tick_sentence(tick, self._workplace.desk.event, self.tr)

    def _lay_out(self) -> None:
        rows = QFormLayout()
        add_row(rows, self.tr("Check-in list"), self.list)
        add_row(rows, self.tr("Came at"), self.came)
        rows.addRow(
            "", quiet_label(self.tr("The time of the venue; it holds until you change it."))
        )
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(self.undo)
        content = QWidget()
        content.setMaximumWidth(round(_WIDEST_EM * size_px(self.font())))
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(rows)
        column.addWidget(self.field)
        column.addWidget(self.answer)
        column.addWidget(self.names, 1)
        column.addLayout(foot)
        column.addWidget(self.log, 2)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(content, 1)
        line.addStretch(0)


def _who(person: Attendee) -> str:
    return "  ·  ".join(filter(None, (person.full_name, person.organisation)))


def _organisation(tick: Tick) -> str:
    return f"· {tick.attendee.organisation}" if tick.attendee else ""
