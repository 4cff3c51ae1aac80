"""Two records that may be one person: field by field, and the two answers."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.attendee import TEXT_FIELDS, Attendee
from checkin_app.domain.programme import Event
from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.attendees.field_names import field_name
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.inbox.answer_choice import AnswerChoice
from checkin_app.gui.inbox.inbox_items import translated
from checkin_app.gui.inbox.person_head import PersonHead
from checkin_app.gui.plain_text import shown
from checkin_app.services.sharing.inbox.doubles import Double
from checkin_app.services.sharing.inbox.inbox_wording import origin_sentence, presence_sentence


@dataclass(frozen=True, slots=True)
class _Row:
    """What both records say of one thing."""

    name: str
    kept: str
    double: str

    @property
    def differs(self) -> bool:
        return self.kept != self.double


class DoublePage(QWidget):
    """Shows one pair and says what was chosen.

    Signals:
        merging_wanted, keeping_apart_wanted, parting_wanted: the ``Double``.
    """

    merging_wanted = Signal(object)
    keeping_apart_wanted = Signal(object)
    parting_wanted = Signal(object)

    def __init__(
        self, event: Event, list_names: dict[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._programme = event
        self._list_names = list_names
        self._shown: Double | None = None
        self.head = PersonHead()
        self.merge = AnswerChoice(
            self.tr("Merge"),
            self.tr("One person. Both codes and check-ins go on; empty fields are filled."),
            "Alt+M",
        )
        self.keep_apart = AnswerChoice(
            self.tr("Not the same person"),
            self.tr("Two people. They are not offered again, at any desk."),
            "Alt+N",
        )
        self.part = QPushButton(icon("undo"), self.tr("Take apart again"))
        self._card = QFrame()
        self._table: QWidget | None = None
        self._lay_out()
        self._connect()

    def show_double(self, one: Double) -> None:
        """Show this pair."""
        self._shown = one
        same_code = self.tr("One code for both") if one.same_code else ""
        self.head.show_attendee(one.kept.attendee, same_code)
        if self._table is not None:
            self._table.hide()
            self._table.deleteLater()
        self._table = self._compared(self._rows(one), one)
        layout = self._card.layout()
        assert layout is not None
        layout.addWidget(self._table)
        self.merge.setVisible(not one.is_merged)
        self.keep_apart.setVisible(not one.is_merged)
        self.part.setVisible(one.is_merged)

    def _rows(self, one: Double) -> list[_Row]:
        kept, double = one.kept.attendee, one.double.attendee
        rows = [
            _Row(
                self.tr("Registered"),
                origin_sentence(one.kept_from, self._programme, translated),
                origin_sentence(one.double_from, self._programme, translated),
            ),
            _Row(self.tr("Code"), kept.code, double.code),
        ]
        rows += [
            _Row(field_name(name), getattr(kept, name), getattr(double, name))
            for name in TEXT_FIELDS
        ]
        rows += [_Row(name, kept.column(name), double.column(name)) for name in _columns(one)]
        in_words = (
            presence_sentence(record, self._list_names, self._programme, translated)
            for record in (one.kept, one.double)
        )
        rows.append(_Row(self.tr("In"), *in_words))
        return [row for row in rows if row.kept or row.double]

    def _compared(self, rows: list[_Row], one: Double) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(16, 10, 16, 12)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        second = self.tr("Merged into it") if one.is_merged else self.tr("Second record")
        for column, title in ((1, self.tr("First record: this one stays")), (2, second)):
            head = plain_label(title)
            head.setWordWrap(True)
            head.setFont(sized(self.font(), 1.0, bold=True))
            grid.addWidget(head, 0, column)
        for number, row in enumerate(rows, 1):
            grid.addWidget(quiet_label(row.name), number, 0)
            kept = _cell(row.kept, bold=row.differs)
            if not row.kept and not one.is_merged:
                kept = quiet_label(self.tr("to be filled in"))
            grid.addWidget(kept, number, 1)
            grid.addWidget(_cell(row.double, bold=row.differs), number, 2)
        grid.setRowStretch(len(rows) + 1, 1)
        return table

    def _connect(self) -> None:
        for button, signal in (
            (self.merge, self.merging_wanted),
            (self.keep_apart, self.keeping_apart_wanted),
            (self.part, self.parting_wanted),
        ):
            button.clicked.connect(lambda _checked=False, to=signal: self._want(to))

    def _want(self, signal: Signal) -> None:
        if self._shown is not None:
            signal.emit(self._shown)  # type: ignore[attr-defined]

    def _lay_out(self) -> None:
        self._card.setObjectName("card")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(0, 0, 0, 0)
        answers = QHBoxLayout()
        answers.setSpacing(12)
        answers.addWidget(self.merge, 1)
        answers.addWidget(self.keep_apart, 1)
        answers.addWidget(self.part)
        answers.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.head)
        column.addWidget(self._card)
        column.addLayout(answers)
        column.addStretch(1)


def _columns(one: Double) -> list[str]:
    """The columns of lists that either record has, in their order."""
    people: tuple[Attendee, ...] = (one.kept.attendee, one.double.attendee)
    return list({name.casefold(): name for person in people for name in person.extra}.values())


def _cell(text: str, *, bold: bool) -> QLabel:
    cell = plain_label(shown(text) or "–")
    cell.setWordWrap(True)
    cell.setFont(sized(cell.font(), 1.0, bold=bold and bool(text)))
    cell.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return cell
