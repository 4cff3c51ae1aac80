"""Shows the mail and the ticket of one person, as they arrive."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QTextDocument
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import TOUCH_PX, colours_of, sized
from checkin_app.gui.badges.sheets.page_picture import Picture
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.form.segments import Segments
from checkin_app.gui.plain_text import shown
from checkin_app.services.mail.mail_making import QR_ADDRESS, MailPreview

_MARGIN_PX = 16


class MailPreviewPanel(QFrame):
    """The mail at left, the ticket by a press; any person by name.

    Signals:
        searched: the name of somebody whose mail is to be shown (str).
        stepped: one person on (1) or back (-1).

    Attributes:
        view: mail, plain text, or ticket.
        mail, plain, ticket: what they show.
    """

    searched = Signal(str)
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.view = Segments((self.tr("Mail"), self.tr("Plain text"), self.tr("Ticket")))
        self.search = QLineEdit(placeholderText=self.tr("Show somebody else's"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(self.tr("Whose mail is shown"))
        self.back = self._button("previous", self.tr("The person before"))
        self.on = self._button("next", self.tr("The next person"))
        self.recipient = plain_label()
        self.subject = plain_label()
        self.subject.setFont(sized(self.font(), 1.1, bold=True))
        self.subject.setWordWrap(True)
        self.mail = _page()
        self.plain = _page()
        self.ticket = TicketPicture()
        self.nothing = quiet_label()
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedWidget()
        for page in (self.mail, self.plain, self.ticket, self.nothing):
            self._pages.addWidget(page)
        self._lay_out()
        self.view.chosen.connect(self._pages.setCurrentIndex)
        self.search.textEdited.connect(self.searched)
        self.back.clicked.connect(self._go_back)
        self.on.clicked.connect(self._go_on)

    def show_mail(self, preview: MailPreview, ticket: Picture | None, place: str) -> None:
        """Show what somebody gets.

        Args:
            place: who it is among all, as in "3 of 126".
        """
        self.recipient.setText(shown(f"{preview.recipient}  {place}"))
        self.subject.setText(shown(preview.subject))
        document = self.mail.document()
        qr = QImage.fromData(preview.qr)
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(QR_ADDRESS), qr)
        self.mail.setHtml(preview.html)
        self.plain.setPlainText(preview.plain)
        self.ticket.show_picture(ticket)
        self._pages.setCurrentIndex(self.view.current)

    def show_nothing(self, why: str) -> None:
        """There is no mail to show."""
        self.recipient.clear()
        self.subject.clear()
        self.nothing.setText(shown(why))
        self._pages.setCurrentWidget(self.nothing)

    def _go_back(self) -> None:
        self.search.clear()
        self.stepped.emit(-1)

    def _go_on(self) -> None:
        self.search.clear()
        self.stepped.emit(1)

    def _button(self, icon_name: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(icon_name))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFixedSize(TOUCH_PX, TOUCH_PX)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.view)
        head.addWidget(self.search, 1)
        head.addWidget(self.back)
        head.addWidget(self.on)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN_PX, 12, _MARGIN_PX, _MARGIN_PX)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.recipient)
        column.addWidget(self.subject)
        column.addWidget(self._pages, 1)


class TicketPicture(QWidget):
    """A ticket, as large as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self.setAccessibleName(self.tr("Ticket"))

    @property
    def has_picture(self) -> bool:
        """Whether there is a ticket to see."""
        return self._image is not None

    def show_picture(self, picture: Picture | None) -> None:
        """Show this one; None for a mail without a ticket."""
        self._image = None
        if picture is not None:
            form = QImage.Format.Format_RGB32
            size = (picture.width_px, picture.height_px, picture.stride)
            self._image = QImage(picture.pixels, *size, form).copy()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The page, whole, in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image is None:
            painter.setPen(colours_of(self.palette()).muted)
            middle = Qt.AlignmentFlag.AlignCenter
            painter.drawText(self.rect(), middle, self.tr("No ticket is attached."))
            return
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        place = QRectF(left, top, size.width(), size.height())
        painter.drawImage(place, self._image)
        painter.setPen(colours_of(self.palette()).border)
        painter.drawRect(place.adjusted(0, 0, -1, -1))


def _page() -> QTextBrowser:
    """Mail programs show mails on white, whatever the window looks like."""
    page = QTextBrowser()
    page.setOpenLinks(False)
    page.setFrameShape(QFrame.Shape.NoFrame)
    page.setStyleSheet("background: #ffffff; color: #12161f; border-radius: 8px; padding: 8px;")
    return page
