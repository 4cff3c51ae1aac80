"""The tickets screen: files, mails, and what came back."""

from __future__ import annotations

from functools import cached_property, partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.form.segments import Segments
from checkin_app.gui.tickets.came_back_page import CameBackPage
from checkin_app.gui.tickets.files_page import FilesPage
from checkin_app.gui.tickets.mail_page import MailPage
from checkin_app.gui.tickets.mail_runner import post_of
from checkin_app.gui.tickets.mail_work import unsure_count
from checkin_app.gui.workplace import Workplace

MAIL, FILES, CAME_BACK = range(3)
_MARGIN_PX = 16


class TicketsScreen(QWidget):
    """Three parts, of which one is in front.

    Attributes:
        parts: which one.
        mail: the part that sends.
    """

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.parts = Segments((self.tr("Mail"), self.tr("Files"), self.tr("Came back")))
        self.mail = MailPage(workplace)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.mail)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN_PX, 12, _MARGIN_PX, 12)
        column.setSpacing(12)
        column.addWidget(self.parts)
        column.addWidget(self._pages, 1)
        self.parts.chosen.connect(self._show_part)
        self.mail.sent.connect(self._count_unsure)
        self.setFocusProxy(self.mail.form.subject)

    @cached_property
    def files(self) -> FilesPage:
        """The part that writes files."""
        page = FilesPage(self._workplace)
        self._pages.addWidget(page)
        return page

    @cached_property
    def came_back(self) -> CameBackPage:
        """The part about mails that did not arrive."""
        page = CameBackPage(self._workplace)
        page.counted.connect(self._show_unsure)
        self._pages.addWidget(page)
        return page

    def choose_attendees(self, ids: tuple[str, ...]) -> None:
        """Send the tickets of these people."""
        self.parts.choose(MAIL)
        self.mail.choose_attendees(ids)

    def _show_part(self, number: int) -> None:
        page = {MAIL: self._mail, FILES: self._files, CAME_BACK: self._came_back}[number]()
        self._pages.setCurrentWidget(page)

    def _mail(self) -> QWidget:
        return self.mail

    def _files(self) -> QWidget:
        return self.files

    def _came_back(self) -> QWidget:
        return self.came_back

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes sees whether a mail needs somebody."""
        super().showEvent(event)
        self._count_unsure()

    def _count_unsure(self) -> None:
        self._workplace.tasks.run(
            Lane.NUMBERS,
            partial(unsure_count, post_of(self._workplace)),
            self._show_unsure,
            self._workplace.show_error,
        )

    def _show_unsure(self, count: int) -> None:
        words = self.tr("Came back · {n} unsure").format(n=count)
        self.parts.set_words(CAME_BACK, words if count else self.tr("Came back"))
