"""Has the beginning of what is wished for drawn in a lane, and shows it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from checkin_app.errors import Cancelled, CheckinError
from checkin_app.gui.background.tasks import Job, Lane
from checkin_app.gui.badges.sheets.page_picture import Picture, picture_of
from checkin_app.gui.badges.sheets.preview import SheetPreview
from checkin_app.gui.documents.wishes import (
    MANY_PEOPLE,
    MOST_PAGES_SHOWN,
    PagesLook,
    TableLook,
    TooMany,
    Wish,
    look_here,
    look_in_process,
)
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.tables.text_table import TextTable
from checkin_app.gui.tables.text_table_model import TextTableModel
from checkin_app.gui.workplace import Workplace
from checkin_app.scratch_folder import ScratchFolder
from checkin_app.services.documents.document_making import DocumentWish
from checkin_app.storage.event_file import EventFile


class Look(QStackedWidget):
    """The first pages of a document, or the first rows of a list.

    Attributes:
        shown: what is on the screen; None while nothing is.
        why_not: why there is nothing to be seen.
        most_people: of so many, documents are drawn in a thread; of more, in a process.
        is_slow: so many people are drawn that it is not done again with every arrival.
    """

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._folder = ScratchFolder()
        self.destroyed.connect(self._folder.remove)
        self._files = 0
        self._wish: Wish | None = None
        self._job: Job | None = None
        self._rows = TextTableModel(self)
        self.shown: TableLook | PagesLook | None = None
        self.is_slow = False
        self.most_people = MANY_PEOPLE
        self.table = TextTable(self._rows)
        self.pages = SheetPreview(is_of_document=True)
        self.why_not = quiet_label()
        self.why_not.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.only_first = quiet_label(
            self.tr("The first {count} pages; the file has all.").format(count=MOST_PAGES_SHOWN)
        )
        self.only_first.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._paper = QWidget()
        column = QVBoxLayout(self._paper)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages, 1)
        column.addWidget(self.only_first)
        for view in (self.table, self._paper, self.why_not):
            self.addWidget(view)
        self.pages.wanted.connect(self._draw_page)

    def show_wish(self, wish: Wish) -> None:
        """Show the beginning of this; what was shown before stays until it is there."""
        self._wish = wish
        if self._job is not None:
            self._job.cancel()
            self._job = None
        # Where badges are drawn too: fonts of layouts belong to one document at a time.
        self._workplace.tasks.run_newest(
            Lane.SEARCH,
            partial(_look, self._workplace.event_file, wish, self._next_file(), self.most_people),
            self._show,
            partial(self._fail, wish),
        )

    def forget(self) -> None:
        """What is on the screen is of something else."""
        self._drop(self.shown)
        self.shown = None
        self._wish = None
        self.is_slow = False
        self.pages.show_pages(0)
        self.why_not.setText(self.tr("Drawing…"))
        self.setCurrentWidget(self.why_not)

    def _next_file(self) -> Path:
        """One for each look: that on the screen is still read."""
        self._files += 1
        return self._folder.path / f"look-{self._files}.pdf"

    def _show(self, answer: tuple[Wish, TableLook | PagesLook]) -> None:
        wish, look = answer
        if wish != self._wish:
            self._drop(look)
            return
        self._drop(self.shown)
        self.shown = look
        if isinstance(look, TableLook):
            self._rows.show_rows(look.columns, look.rows, range(1, len(look.rows) + 1))
            self.setCurrentWidget(self.table)
            return
        self.only_first.setVisible(look.pages >= MOST_PAGES_SHOWN)
        self.setCurrentWidget(self._paper)
        self.pages.show_pages(look.pages, look.height_to_width)

    def _drop(self, look: TableLook | PagesLook | None) -> None:
        """Remove the file of a look, in the lane that reads it: no page of it is drawn any more."""
        if isinstance(look, PagesLook):
            self._workplace.tasks.run(Lane.SEARCH, partial(look.file.unlink, missing_ok=True))

    def _show_pages(self, wish: Wish, look: PagesLook) -> None:
        self._job = None
        self._show((wish, look))

    def _fail(self, wish: Wish, error: BaseException) -> None:
        """Of something else that is wished for meanwhile, nobody wants to hear."""
        if wish != self._wish:
            return
        self._job = None
        match error:
            case TooMany():
                self._draw_in_process()
            case Cancelled():
                pass
            case CheckinError():
                self.shown = None
                self.why_not.setText(str(error))
                self.setCurrentWidget(self.why_not)
            case _:
                self._workplace.show_error(error)

    def _draw_in_process(self) -> None:
        wish = self._wish
        if not isinstance(wish, DocumentWish) or self._job is not None:
            return
        self.is_slow = True
        self._job = self._workplace.tasks.run_in_process(
            look_in_process,
            (self._workplace.event_file.path, wish, self._next_file()),
            partial(self._show_pages, wish),
            partial(self._fail, wish),
        )
        # What others have to make waits behind it.
        self.destroyed.connect(self._job.cancel)

    def _draw_page(self, page: int, width_px: int) -> None:
        if isinstance(self.shown, PagesLook):
            self._workplace.tasks.run_newest(
                Lane.SEARCH,
                partial(_picture, self.shown, page, width_px),
                self._show_picture,
                self._workplace.show_error,
            )

    def _show_picture(self, answer: tuple[PagesLook, int, Picture]) -> None:
        look, page, picture = answer
        if look is self.shown and page == self.pages.number_of_page:
            self.pages.show_picture(picture)


def _look(
    event_file: EventFile, wish: Wish, file: Path, most_people: int
) -> tuple[Wish, TableLook | PagesLook]:
    return wish, look_here(event_file, wish, file, most_people)


def _picture(look: PagesLook, page: int, width_px: int) -> tuple[PagesLook, int, Picture]:
    return look, page, picture_of(look.file, page, width_px)
