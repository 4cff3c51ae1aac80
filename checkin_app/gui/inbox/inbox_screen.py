"""The inbox screen: what waits at the left, both sides of it at the right, and the answers."""

from __future__ import annotations

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
from checkin_app.gui.inbox.conflict_page import ConflictPage
from checkin_app.gui.inbox.double_page import DoublePage
from checkin_app.gui.inbox.inbox_items import InboxItem, items_of, translated
from checkin_app.gui.inbox.inbox_list import InboxList
from checkin_app.gui.inbox.inbox_work import InboxWork
from checkin_app.gui.keys import add_key
from checkin_app.gui.plain_text import grouped, label
from checkin_app.gui.workplace import Workplace
from checkin_app.services.sharing.conflicts import InboxConflict
from checkin_app.services.sharing.doubles import is_plainly_one
from checkin_app.services.sharing.inbox import InboxContents
from checkin_app.services.sharing.inbox_wording import waiting_sentence

_MARGIN_PX = 16
_WIDEST = 68
"""Of a page, in multiples of the size of ordinary text: eyes go from one side to the other."""
_MANY = 2
"""So many records with one code and one name are offered for merging in one go."""


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
        self.merge_many = QPushButton()
        self.list = InboxList(event)
        self.conflict = ConflictPage(event, names)
        self.double = DoublePage(event, names)
        self.empty = quiet_label(
            self.tr("Nothing waits. Whoever is let in at two desks, or registered twice, is here.")
        )
        self.pages = QStackedWidget()
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
        self.list.setVisible(bool(items))
        count = sum(map(is_plainly_one, contents.doubles))
        words = self.tr("Merge all {count} with the same code and name")
        self.merge_many.setText(label(words.format(count=grouped(count))))
        self.merge_many.setVisible(count >= _MANY)

    def _show_count(self) -> None:
        words = waiting_sentence(self._workplace.inbox.count, translated)
        self.waiting.setText(f"{words}." if words else self.tr("Nothing waits"))
        if self.isVisible():
            self.work.look()

    def _show_item(self, item: InboxItem | None) -> None:
        if item is None:
            self.pages.setCurrentIndex(0)
        elif isinstance(item.about, InboxConflict):
            self.conflict.show_conflict(item.about)
            self.pages.setCurrentIndex(1)
        else:
            self.double.show_double(item.about)
            self.pages.setCurrentIndex(2)

    def _merge_many(self) -> None:
        self.work.merge_many(self.work.contents.doubles)

    def _connect(self) -> None:
        self.work.read.connect(self._show_contents)
        self.list.looked_at.connect(self._show_item)
        self.conflict.said.connect(self.work.say)
        self.conflict.taking_back_wanted.connect(self.work.take_answer_back)
        self.double.merging_wanted.connect(self.work.merge)
        self.double.keeping_apart_wanted.connect(self.work.keep_apart)
        self.double.parting_wanted.connect(self.work.part)
        self.merge_many.clicked.connect(self._merge_many)
        self._workplace.inbox.changed.connect(self._show_count)
        choices = (*self.conflict.choices.values(), self.double.merge, self.double.keep_apart)
        for choice in choices:
            add_key(choice.key, self, choice.press_if_seen)
        add_key(QKeySequence.StandardKey.Undo, self, self.work.undo)
        self.setFocusProxy(self.list)
        self._show_count()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.waiting)
        self.merge_many.setIcon(icon("attendees"))
        self.merge_many.hide()
        left.addWidget(self.merge_many)
        left.addWidget(self.list, 1)
        place = QWidget()
        place.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        place.setFixedWidth(self.list.minimumWidth())
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages.addWidget(self.empty)
        for page in (self.conflict, self.double):
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
        row.addWidget(place)
        row.addWidget(self.pages, 1)
