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
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.attendee import Attendee
from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import TOUCH_PX, size_px, sized
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.documents.answer_card import AnswerCard, Meaning
from checkin_app.gui.documents.entered_ticks import EnteredTicks
from checkin_app.gui.documents.offered_names import OfferedNames, name_and_organisation
from checkin_app.gui.documents.tick_field import TickField
from checkin_app.gui.form.calm_combo_box import CalmComboBox
from checkin_app.gui.form.form_rows import add_row, quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.keys import add_key
from checkin_app.gui.plain_text import grouped, shown
from checkin_app.gui.workplace import Workplace
from checkin_app.services.documents.paper_list import PaperTicks, Tick, TickKind, likely_arrival
from checkin_app.services.documents.paper_wording import tick_sentence

_WIDEST_EM = 44
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
        names: whom a typed name may mean.
        log: what was entered.
    """

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._ticks: PaperTicks | None = None
        self._has_chosen_time = False
        self._proposed = workplace.clock()
        self._offered_for = ""
        self.list = CalmComboBox()
        for check_in_list in workplace.check_in_lists:
            self.list.addItem(shown(check_in_list.name))
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
        self.names = OfferedNames()
        self.count = plain_label()
        self.count.setFont(sized(self.font(), 1.15, bold=True))
        self.undo = QPushButton(icon("undo"), self.tr("Undo the last"))
        self.undo.setToolTip(self.tr("Ctrl+Z in the empty field"))
        self.log = EnteredTicks()
        self._lay_out()
        self._take_list()
        self._show_ready()
        self.list.currentIndexChanged.connect(self._take_list)
        self.came.dateTimeChanged.connect(self._keep_time)
        self.field.textEdited.connect(self._look)
        self.field.returnPressed.connect(self._enter)
        self.names.named.connect(self._enter_named)
        self.undo.clicked.connect(self.undo_last)
        self.field.undo_wanted.connect(self.undo_last)
        for key, step in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, -1)):
            add_key(QKeySequence(key), self.field, partial(self.names.move_choice, step))
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
        if self.log.standing and self._ticks is not None:
            tick = self.log.standing[-1]
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
        # Who was chosen was chosen for what stood here before.
        self.names.setCurrentRow(-1)
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
        self._offered_for = tick.typed
        self.names.offer(tick.people)
        match tick.kind:
            case TickKind.TAKEN if tick.attendee:
                self._show_person(Meaning.NOTHING_YET, tick.attendee, self.tr("Enter: is in."))
            case TickKind.ALREADY_IN if tick.attendee:
                self._show_person(Meaning.ATTENTION, tick.attendee, self._sentence(tick))
            case TickKind.SLIP:
                self.answer.show_answer(Meaning.WRONG, self.tr("Mistyped"), self._sentence(tick))
            case TickKind.NAMES:
                self._ask_whom(Meaning.NOTHING_YET)
            case _:
                self.answer.show_answer(Meaning.NOTHING_YET, "…", "")

    def _enter(self) -> None:
        typed = self.field.text()
        if not typed.strip() or self._ticks is None:
            return
        if self.names.chosen:
            self._enter_named(self.names.chosen)
        elif self.names.isHidden() or self._offered_for != typed:
            self._run(partial(self._ticks.enter, typed, self.arrived_at()))
        else:
            self._ask_whom(Meaning.ATTENTION)

    def _enter_named(self, attendee_id: str) -> None:
        if self._ticks is not None:
            self._run(partial(self._ticks.enter_person, attendee_id, self.arrived_at()))

    def _ask_whom(self, meaning: Meaning) -> None:
        words = self.tr("Choose with the arrow keys, then Enter.")
        self.answer.show_answer(meaning, self.tr("Whom?"), words)

    def _run(self, enter: partial[Tick]) -> None:
        typed = self.field.text()
        self._workplace.tasks.run(Lane.DESK, enter, self._show, partial(self._fail, typed))
        self.names.offer(())
        self.field.clear()
        self.field.setFocus()

    def _fail(self, typed: str, error: BaseException) -> None:
        """The field was cleared for the next one: what was lost has to be seen somewhere."""
        self.log.tell_not_entered(typed)
        self._workplace.show_error(error)

    def _show(self, tick: Tick) -> None:
        sentence = self._sentence(tick)
        if tick.attendee is not None:
            self._show_person(_MEANINGS[tick.kind], tick.attendee, sentence)
        elif self.field.text():
            # The next one is on its way and must not be written over.
            self.log.tell_not_entered(tick.typed)
        else:
            self._put_back(tick, sentence)
        if tick.kind is TickKind.TAKEN:
            self.log.add(tick, f"{sentence}  {_organisation(tick)}".strip())
            self._workplace.changed.emit()
        self._take_time()
        self._show_count()

    def _put_back(self, tick: Tick, sentence: str) -> None:
        """To be corrected, or chosen from, rather than typed again."""
        self.field.setText(tick.typed)
        if tick.kind is TickKind.NAMES:
            # Enter came before the names were there: nobody was chosen yet.
            self._look(tick.typed)
        else:
            self.answer.show_answer(_MEANINGS[tick.kind], tick.typed, sentence)
            self.field.selectAll()

    def _show_undone(self, tick: Tick, _nothing: None) -> None:
        self.log.take_back(tick)
        if tick.attendee is not None:
            self._show_person(Meaning.ATTENTION, tick.attendee, self.tr("Taken back."))
        self._show_count()
        self.field.setFocus()
        self._workplace.changed.emit()

    def _show_person(self, meaning: Meaning, person: Attendee, sentence: str) -> None:
        self.answer.show_answer(meaning, name_and_organisation(person), sentence)

    def _show_ready(self) -> None:
        self.names.offer(())
        words = self.tr("A slip of the finger is told at once; it never means somebody else.")
        self.answer.show_answer(Meaning.NOTHING_YET, self.tr("Type a code"), words)
        self._show_count()

    def _show_count(self) -> None:
        entered = len(self.log.standing)
        self.count.setText(self.tr("Entered: {count}").format(count=grouped(entered)))
        self.undo.setEnabled(entered > 0)

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
        column.addWidget(self.names)
        column.addLayout(foot)
        column.addWidget(self.log)
        column.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(content, 1)
        line.addStretch(0)


def _organisation(tick: Tick) -> str:
    return f"· {tick.attendee.organisation}" if tick.attendee else ""
