"""The inbox screen: what waits at the left, both sides of it at the right, and the answers."""

from __future__ import annotations

from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import size_px, sized
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.inbox.answer_choice import AnswerChoice
from checkin_app.gui.inbox.conflict_page import ConflictPage
from checkin_app.gui.inbox.double_page import DoublePage
from checkin_app.gui.inbox.inbox_items import InboxItem, items_of, translated
from checkin_app.gui.inbox.inbox_list import InboxList
from checkin_app.gui.inbox.inbox_work import InboxWork
from checkin_app.gui.inbox.several_page import SeveralPage
from checkin_app.gui.keys import add_key
from checkin_app.gui.plain_text import grouped, label
from checkin_app.gui.workplace import Workplace
from checkin_app.services.sharing.inbox.conflicts import InboxConflict
from checkin_app.services.sharing.inbox.doubles import Double, is_plainly_one
from checkin_app.services.sharing.inbox.inbox import InboxContents
from checkin_app.services.sharing.inbox.inbox_wording import waiting_sentence

_MARGIN_PX = 16
_WIDEST = 68
"""Of a page, in multiples of the size of ordinary text: eyes go from one side to the other."""
_MANY = 2
"""So many of one kind are offered an answer in one go."""
_EMPTY, _CONFLICT, _DOUBLE, _SEVERAL = range(4)
"""The pages, in this order."""


class InboxScreen(QWidget):
    """Joins the list, the pages and the work."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        event = workplace.desk.event
        names = {one.id: one.name for one in workplace.check_in_lists}
        self._wanted = ""
        self.work = InboxWork(workplace, self)
        self.waiting = plain_label()
        self.waiting.setFont(sized(self.font(), 1.1, bold=True))
        self.waiting.setWordWrap(True)
        self.choose_many, self.merge_many = QPushButton(), QPushButton()
        self.list = InboxList(event)
        self.conflict = ConflictPage(event, names)
        self.double = DoublePage(event, names)
        self.several = SeveralPage(event)
        self.empty = quiet_label(
            self.tr("Nothing waits. Whoever is let in at two desks, or registered twice, is here.")
        )
        self.pages = QStackedWidget()
        self._left = QWidget()
        self._lay_out()
        self._connect()

    def show_person(self, attendee_id: str) -> None:
        """Bring what waits about a person to the front, now or when it is known."""
        self._wanted = attendee_id
        self.list.show_key(attendee_id)
        self.work.look()

    def showEvent(self, event: QShowEvent) -> None:
        """Look what waits now."""
        super().showEvent(event)
        self.work.look()

    def _show_contents(self, contents: InboxContents) -> None:
        items = items_of(contents)
        if items != self.list.items:
            self.list.show_items(items)
        self.list.show_key(self._wanted)
        self._wanted = ""
        self._left.setVisible(bool(items))
        _offer(
            self.choose_many,
            self.tr("Choose all {count} who were let in twice"),
            sum(one.conflict.is_open for one in contents.conflicts),
        )
        _offer(
            self.merge_many,
            self.tr("Merge all {count} with the same code and name"),
            len(self._plain_doubles()),
        )

    def _show_count(self) -> None:
        words = waiting_sentence(self._workplace.inbox.count, translated)
        self.waiting.setText(f"{words}." if words else self.tr("Nothing waits"))
        if self.isVisible():
            self.work.look()

    def _show_item(self, item: InboxItem | None) -> None:
        if item is None:
            self.pages.setCurrentIndex(_EMPTY)
        elif isinstance(item.about, InboxConflict):
            self.conflict.show_conflict(item.about)
            self.pages.setCurrentIndex(_CONFLICT)
        else:
            self.double.show_double(item.about)
            self.pages.setCurrentIndex(_DOUBLE)

    def _show_several(self, items: tuple[InboxItem, ...]) -> None:
        self.several.show_items(items)
        self.pages.setCurrentIndex(_SEVERAL)

    def _choose_many(self) -> None:
        """The answer is given at the right, where it says what it means."""
        items = enumerate(self.list.items)
        rows = [row for row, item in items if item.is_open and item.conflict is not None]
        if rows:
            self.list.choose(rows)
            self.list.setFocus()

    def _merge_many(self) -> None:
        self.work.merge_several(self._plain_doubles())

    def _plain_doubles(self) -> tuple[Double, ...]:
        return tuple(filter(is_plainly_one, self.work.contents.doubles))

    def _connect(self) -> None:
        self.work.read.connect(self._show_contents)
        self.list.looked_at.connect(self._show_item)
        self.list.several_chosen.connect(self._show_several)
        self.conflict.said.connect(self.work.say)
        self.conflict.taking_back_wanted.connect(self.work.take_answer_back)
        self.double.merging_wanted.connect(self.work.merge)
        self.double.keeping_apart_wanted.connect(self.work.keep_apart)
        self.double.parting_wanted.connect(self.work.part)
        self.several.said.connect(self.work.say_several)
        self.several.merging_wanted.connect(self.work.merge_several)
        self.choose_many.clicked.connect(self._choose_many)
        self.merge_many.clicked.connect(self._merge_many)
        self._workplace.inbox.changed.connect(self._show_count)
        for key, choices in groupby(sorted(self._choices(), key=_key), _key):
            add_key(key, self, partial(_press_the_seen, tuple(choices)))
        add_key(QKeySequence.StandardKey.Undo, self, self.work.undo)
        self.setFocusProxy(self.list)
        self._show_count()

    def _choices(self) -> tuple[AnswerChoice, ...]:
        """The answers of all pages; those of several pages that mean the same have one key."""
        return (
            *self.conflict.choices.values(),
            *self.several.choices.values(),
            self.double.merge,
            self.double.keep_apart,
            self.several.merge,
        )

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.waiting)
        for button, icon_name in ((self.choose_many, "inbox"), (self.merge_many, "attendees")):
            button.setIcon(icon(icon_name))
            button.hide()
            left.addWidget(button)
        left.addWidget(self.list, 1)
        self._left.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        self._left.setFixedWidth(self.list.minimumWidth())
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages.addWidget(self.empty)
        for page in (self.conflict, self.double, self.several):
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QScrollArea.Shape.NoFrame)
            scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            scroll.setWidget(page)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            page.setMaximumWidth(round(_WIDEST * size_px(self.font())))
            for ground in (scroll.viewport(), page):
                ground.setAutoFillBackground(False)
            self.pages.addWidget(scroll)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, 12)
        row.setSpacing(_MARGIN_PX)
        row.addWidget(self._left)
        row.addWidget(self.pages, 1)


def _offer(button: QPushButton, words: str, count: int) -> None:
    button.setText(label(words.format(count=grouped(count))))
    button.setVisible(count >= _MANY)


def _key(choice: AnswerChoice) -> str:
    return choice.key


def _press_the_seen(choices: tuple[AnswerChoice, ...]) -> None:
    """One page is in front."""
    seen = [choice for choice in choices if choice.isVisible()]
    if seen:
        seen[0].click()
