"""Has the pages that the preview wants drawn in a lane, one at a time, the newest wish next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from checkin_app.errors import CheckinError
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.badges.run.badge_run import BadgeRun
from checkin_app.gui.badges.sheets.page_picture import PageDrawer, PagePicture
from checkin_app.gui.badges.sheets.preview import SheetPreview
from checkin_app.gui.workplace import Workplace
from checkin_app.scratch_folder import ScratchFolder


class PreviewDrawing(QObject):
    """Draws for one preview.

    Signals:
        shown: a page of the present run is on the screen, as it is or as it was before.
        failed: why the page cannot be drawn (str).
    """

    shown = Signal()
    failed = Signal(str)

    def __init__(
        self, workplace: Workplace, preview: SheetPreview, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._preview = preview
        self._folder = ScratchFolder()
        self.destroyed.connect(self._folder.remove)
        self._drawer = PageDrawer(self._folder.path)
        self._run: BadgeRun | None = None
        self._wanted: tuple[int, int] | None = None
        self._is_drawing = False
        preview.wanted.connect(self._want)

    def show_run(self, run: BadgeRun) -> None:
        """Another run is previewed."""
        self._run = run
        if run.pages:
            self._preview.show_run(run)
        else:
            self._preview.show_nothing(self.tr("Nobody fits this choice."))

    def show_nothing(self, why: str) -> None:
        """There is no run, and why."""
        self._run = None
        self._preview.show_nothing(why)

    def _want(self, page: int, width_px: int) -> None:
        self._wanted = page, width_px
        if not self._is_drawing:
            self._draw()

    def _draw(self) -> None:
        if self._wanted is None or self._run is None:
            return
        page, width_px = self._wanted
        self._wanted, self._is_drawing = None, True
        self._workplace.tasks.run(
            Lane.SEARCH,
            partial(self._drawer.draw, self._run, min(page, self._run.pages - 1), width_px),
            self._show,
            self._fail,
        )

    def _show(self, drawn: PagePicture) -> None:
        self._is_drawing = False
        if drawn.run is self._run and drawn.page == self._preview.number_of_page:
            self._preview.show_picture(drawn.picture)
            self.shown.emit()
        self._draw()

    def _fail(self, error: BaseException) -> None:
        self._is_drawing = False
        match error:
            case CheckinError():
                self.failed.emit(str(error))
            case _:
                self._workplace.show_error(error)
        self._draw()
