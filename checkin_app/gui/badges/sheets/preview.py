"""Shows the sheets of a run, one page at a time, as they will be printed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.badges.badge_face import Box
from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import TOUCH_PX, colours_of, sized
from checkin_app.gui.badges.run.badge_run import BadgeRun
from checkin_app.gui.badges.sheets.page_picture import Picture
from checkin_app.gui.badges.sheets.screen_image import image_of
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import grouped

_MARGIN_PX = 20
_WHEEL_STEP = 120
_ZOOMS = (1.0, 1.5, 2.0, 3.0, 4.0)


class SheetPreview(QWidget):
    """One sheet with its page and zoom buttons, whose keys act wherever the focus is.

    Signals:
        wanted: page (from 0) and width in pixels of the picture that is needed.
    """

    wanted = Signal(int, int)

    def __init__(self, parent: QWidget | None = None, *, is_of_document: bool = False) -> None:
        """Nothing to be seen yet.

        Args:
            is_of_document: what is shown has pages, as a document says at its own foot.
        """
        super().__init__(parent)
        self._is_of_document = is_of_document
        self._pages = 0
        self._page = 0
        self._has_backs = False
        self._zoom = 0
        self.page = _Page()
        self.area = QScrollArea()
        self.area.setWidget(self.page)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.viewport().installEventFilter(self)
        self.nothing = quiet_label()
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number = plain_label()
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        before, after = self.tr("Sheet before (Page up)"), self.tr("Next sheet (Page down)")
        if is_of_document:
            before, after = self.tr("Page before (Page up)"), self.tr("Next page (Page down)")
        self.previous = self._button("previous", before)
        self.next = self._button("next", after)
        self.smaller = self._button("", self.tr("Smaller (Ctrl+-)"), "−")
        self.larger = self._button("", self.tr("Larger (Ctrl++)"), "+")
        self.previous.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.smaller.clicked.connect(self.zoom_out)
        self.larger.clicked.connect(self.zoom_in)
        self._lay_out()
        self._add_keys()
        self.show_run(None)

    @property
    def number_of_page(self) -> int:
        """The page shown, from 0; backs are counted."""
        return self._page

    def show_run(self, run: BadgeRun | None) -> None:
        """Show another run, at the sheet one was at if there is one."""
        if run is None:
            self.show_pages(0)
            return
        stock = run.job.plan.stock
        height_to_width = stock.paper_height_mm / stock.paper_width_mm
        self.show_pages(run.pages, height_to_width, has_backs=run.has_backs)

    def show_nothing(self, why: str) -> None:
        """There is no sheet, and why."""
        self.nothing.setText(why)
        self.show_pages(0)

    def show_pages(
        self, pages: int, height_to_width: float = 1.0, *, has_backs: bool = False
    ) -> None:
        """Show so many pages of one shape, at the sheet one was at if there is one.

        Args:
            has_backs: whether every other page is the back of the one before.
        """
        sheet = self._page // 2 if self._has_backs else self._page
        self._has_backs = has_backs
        self._pages = pages
        self._page = max(0, min(sheet * 2 if has_backs else sheet, pages - 1))
        self.page.marked = None
        if pages:
            self.page.height_to_width = height_to_width
        else:
            self.page.show_picture(None)
        self._update()

    def go_to(self, page: int, marked: Box | None = None, width_mm: float = 1.0) -> None:
        """Show a page (from 0), with one badge marked."""
        self._page = max(0, min(page, self._pages - 1))
        self.page.marked = marked
        self.page.width_mm = width_mm
        self._update()

    def go_on(self) -> None:
        """The next page."""
        self.go_to(self._page + 1)

    def go_back(self) -> None:
        """The page before."""
        self.go_to(self._page - 1)

    def go_to_first(self) -> None:
        """The first page."""
        self.go_to(0)

    def go_to_last(self) -> None:
        """The last page."""
        self.go_to(self._pages - 1)

    def zoom_in(self) -> None:
        """Larger."""
        self._set_zoom(self._zoom + 1)

    def zoom_out(self) -> None:
        """Smaller, down to the whole sheet."""
        self._set_zoom(self._zoom - 1)

    def show_picture(self, picture: Picture) -> None:
        """Here is what was wanted."""
        self.page.show_picture(image_of(picture))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Fit the sheet to the room there is; zoom with the wheel and Ctrl."""
        if isinstance(event, QResizeEvent):
            self._fit()
        if isinstance(event, QWheelEvent):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._set_zoom(self._zoom + (1 if event.angleDelta().y() > 0 else -1))
                return True
            if self._zoom == 0 and abs(event.angleDelta().y()) >= _WHEEL_STEP:
                self.go_to(self._page + (-1 if event.angleDelta().y() > 0 else 1))
                return True
        return False

    def _set_zoom(self, step: int) -> None:
        self._zoom = max(0, min(step, len(_ZOOMS) - 1))
        self._update()

    def _update(self) -> None:
        self.area.setVisible(self._pages > 0)
        self.nothing.setVisible(not self._pages)
        for button in (self.previous, self.next, self.smaller, self.larger):
            button.setVisible(self._pages > 0)
        self.previous.setEnabled(self._page > 0)
        self.next.setEnabled(self._page < self._pages - 1)
        self.smaller.setEnabled(self._zoom > 0)
        self.larger.setEnabled(self._zoom < len(_ZOOMS) - 1)
        self.number.setText(self._words_of_page() if self._pages else "")
        self._fit()

    def _words_of_page(self) -> str:
        if not self._has_backs:
            page = self.tr("Page {number} of {count}")
            words = page if self._is_of_document else self.tr("Sheet {number} of {count}")
            return words.format(number=grouped(self._page + 1), count=grouped(self._pages))
        sheet, is_back = divmod(self._page, 2)
        return self.tr("Sheet {number} of {count}, {side}").format(
            number=grouped(sheet + 1),
            count=grouped(self._pages // 2),
            side=self.tr("back") if is_back else self.tr("front"),
        )

    def _fit(self) -> None:
        room = self.area.viewport().size() - QSize(2 * _MARGIN_PX, 2 * _MARGIN_PX)
        fitting = min(room.width(), int(room.height() / self.page.height_to_width))
        width = max(round(fitting * _ZOOMS[self._zoom]), 1)
        height = int(width * self.page.height_to_width)
        self.page.resize(width + 2 * _MARGIN_PX, height + 2 * _MARGIN_PX)
        self.page.update()
        if self._pages and width > 1:
            self.wanted.emit(self._page, round(width * self.devicePixelRatioF()))

    def _add_keys(self) -> None:
        """Heard in the whole window, for as long as the preview is seen in it."""
        for key, act in (
            (QKeySequence(Qt.Key.Key_PageDown), self.go_on),
            (QKeySequence(Qt.Key.Key_PageUp), self.go_back),
            (QKeySequence("Ctrl+Home"), self.go_to_first),
            (QKeySequence("Ctrl+End"), self.go_to_last),
            (QKeySequence(QKeySequence.StandardKey.ZoomIn), self.zoom_in),
            (QKeySequence(QKeySequence.StandardKey.ZoomOut), self.zoom_out),
        ):
            QShortcut(key, self).activated.connect(act)

    def _button(self, icon_name: str, tip: str, text: str = "") -> QToolButton:
        button = QToolButton()
        if icon_name:
            button.setIcon(icon(icon_name))
        button.setText(text)
        button.setFont(sized(button.font(), 1.4))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFixedSize(TOUCH_PX, TOUCH_PX)
        return button

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for widget in (self.previous, self.number, self.next):
            buttons.addWidget(widget)
        buttons.addSpacing(24)
        for button in (self.smaller, self.larger):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.nothing, 1)
        layout.addLayout(buttons)


class _Page(QWidget):
    """The sheet of paper."""

    def __init__(self) -> None:
        super().__init__()
        self.height_to_width = 1.4
        self.width_mm = 1.0
        self.marked: Box | None = None
        self._image: QImage | None = None

    @property
    def has_picture(self) -> bool:
        """Whether there is anything to be seen."""
        return self._image is not None

    def show_picture(self, image: QImage | None) -> None:
        """The drawn sheet, in pixels of the screen; None while there is none."""
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper with its edge, the picture, a frame around the marked badge."""
        if self._image is None:
            return
        colours = colours_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paper = QRectF(self.rect()).adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
        painter.fillRect(paper, QColor("white"))
        ratio = self.devicePixelRatioF()
        if abs(self._image.width() - paper.width() * ratio) < 2:
            self._image.setDevicePixelRatio(self._image.width() / paper.width())
            painter.drawImage(QPointF(paper.topLeft()), self._image)
        else:
            painter.drawImage(paper, self._image)
        painter.setPen(colours.border)
        painter.drawRect(paper)
        if self.marked is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colours.refused.fill, 3))
            painter.drawRoundedRect(self._on_screen(self.marked, paper), 6, 6)

    def _on_screen(self, box: Box, paper: QRectF) -> QRectF:
        scale = paper.width() / self.width_mm
        return QRectF(
            paper.left() + box.x_mm * scale,
            paper.top() + box.y_mm * scale,
            box.width_mm * scale,
            box.height_mm * scale,
        )
