"""Has small pictures of layouts drawn in a lane, one after the other, and keeps them."""

from __future__ import annotations

from collections import deque
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from checkin_app.domain.badges.badge_layout import BadgeLayout
from checkin_app.domain.badges.stock import Stock
from checkin_app.errors import CheckinError
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.badges.sheets.page_picture import LayoutSample, Picture, draw_layout
from checkin_app.gui.badges.sheets.screen_image import image_of
from checkin_app.gui.workplace import Workplace
from checkin_app.scratch_folder import ScratchFolder

_Key = tuple[str, str, float, float, str]


class LayoutGallery(QObject):
    """The pictures of layouts.

    Signals:
        drawn: a ``BadgeLayout`` and its ``QImage``.
    """

    drawn = Signal(object, QImage)

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._folder = ScratchFolder()
        self.destroyed.connect(self._folder.remove)
        self._images: dict[_Key, QImage | None] = {}
        self._waiting: deque[tuple[BadgeLayout, Stock, LayoutSample, int]] = deque()
        self._is_drawing = False

    def want(self, layout: BadgeLayout, stock: Stock, sample: LayoutSample, width_px: int) -> None:
        """Ask for the picture of a layout: the badge of a person, as on this stock."""
        key = _key(layout, stock, sample)
        if key in self._images:
            image = self._images[key]
            if image is not None:
                self.drawn.emit(layout, image)
            return
        self._images[key] = None
        self._waiting.append((layout, stock, sample, width_px))
        self._go_on()

    def _go_on(self) -> None:
        if self._is_drawing or not self._waiting:
            return
        layout, stock, sample, width_px = self._waiting.popleft()
        self._is_drawing = True
        # In the lane of the preview: no two threads may write PDFs at once.
        self._workplace.tasks.run(
            Lane.SEARCH,
            partial(
                draw_layout,
                layout,
                stock,
                sample,
                width_px,
                self._folder.path,
            ),
            partial(self._take, layout, _key(layout, stock, sample)),
            self._fail,
        )

    def _take(self, layout: BadgeLayout, key: _Key, picture: Picture) -> None:
        self._is_drawing = False
        image = self._images[key] = image_of(picture)
        self.drawn.emit(layout, image)
        self._go_on()

    def _fail(self, error: BaseException) -> None:
        """A layout without a picture can still be chosen, and then says what is wrong."""
        self._is_drawing = False
        if not isinstance(error, CheckinError):
            self._workplace.show_error(error)
        self._go_on()


def _key(layout: BadgeLayout, stock: Stock, sample: LayoutSample) -> _Key:
    face = stock.face_width_mm, stock.face_height_mm
    return layout.name, layout.source, *face, sample.person.id
