"""Several codes in one picture: whose ticket counts is asked, never guessed."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from checkin_app.gui.appearance.theme import colours_of, size_px, sized
from checkin_app.gui.desk.answers.answers import about
from checkin_app.gui.desk.panels.inline_panel import InlinePanel
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import grouped, shown
from checkin_app.services.code_owners import OwnedScan

_COLUMNS = 2
_MOST = 9
"""One for each digit; who holds more tickets into a picture puts some away."""


class SeveralPanel(InlinePanel):
    """One large button for each code, with the name of its person.

    The panel itself has the focus, so that an Enter meant for something else chooses nobody.

    Signals:
        chosen: the ``Scan`` that counts.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._offered: tuple[OwnedScan, ...] = ()
        self.buttons: list[_PersonButton] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._rest = plain_label("", self)
        self.body.addLayout(self._grid)
        self.body.addWidget(self._rest)
        self.body.addStretch(1)

    @property
    def first_field(self) -> QWidget:
        """The panel takes the digits."""
        return self

    @property
    def texts(self) -> frozenset[str]:
        """What the codes say."""
        return frozenset(each.scan.text for each in self._offered)

    def offer(self, offered: tuple[OwnedScan, ...]) -> None:
        """Ask about these."""
        self._offered = offered
        self.set_title(
            self.tr("{count} codes in the picture: whose ticket counts?").format(
                count=grouped(len(offered))
            )
        )
        for button in self.buttons:
            self._grid.removeWidget(button)
            button.deleteLater()
        self.buttons = [
            _PersonButton(number, each, self)
            for number, each in enumerate(offered[:_MOST], start=1)
        ]
        for place, button in enumerate(self.buttons):
            button.setObjectName(str(place))
            button.clicked.connect(self._press)
            self._grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        rest = len(offered) - _MOST
        self._rest.setVisible(rest > 0)
        self._rest.setText(self.tr("And {count} more: show fewer at once.").format(count=rest))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose. A letter begins a name: the question gives way, the desk takes it."""
        text = event.text()
        if text.isdecimal() and 1 <= int(text) <= len(self.buttons):
            self._choose(int(text) - 1)
            return
        if text.isalpha():
            self.closed.emit()
        super().keyPressEvent(event)

    def _press(self) -> None:
        self._choose(int(self.sender().objectName()))

    def _choose(self, place: int) -> None:
        self.chosen.emit(self._offered[place].scan)


class _PersonButton(QPushButton):
    """Digit, name, and below it what the person is; the code where nobody is known."""

    def __init__(self, number: int, owned: OwnedScan, parent: QWidget) -> None:
        super().__init__(parent)
        self._digit = str(number)
        owner = owned.owner
        self.name = shown(owner.full_name if owner else owned.scan.text, 80)
        self.about = about(owner) if owner else self.tr("Not a ticket of this event")
        self.setAccessibleName(f"{self._digit}: {self.name}. {self.about}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(round(4.4 * size_px(self.font())))

    def sizeHint(self) -> QSize:
        """As wide as its column."""
        return QSize(200, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame as any button, the digit, two lines."""
        super().paintEvent(event)
        painter = QPainter(self)
        colours = colours_of(self.palette())
        large, small = sized(self.font(), 1.2, bold=True), self.font()
        upper, lower = QFontMetrics(large), QFontMetrics(small)
        block = upper.height() + lower.height()
        top = (self.height() - block) // 2
        painter.setFont(large)
        painter.setPen(colours.accent)
        left = 18
        painter.drawText(
            QRect(left, 0, 40, self.height()), Qt.AlignmentFlag.AlignVCenter, self._digit
        )
        left += upper.horizontalAdvance(self._digit) + 18
        width = self.width() - left - 14
        painter.setPen(colours.text)
        _draw_line(painter, self.name, QRect(left, top, width, upper.height()))
        painter.setPen(colours.muted)
        painter.setFont(small)
        _draw_line(painter, self.about, QRect(left, top + upper.height(), width, lower.height()))


def _draw_line(painter: QPainter, text: str, room: QRect) -> None:
    fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(room, int(flags), fitting)
