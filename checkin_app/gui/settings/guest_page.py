"""The page of the guest window: whether it is shown, on which screen, and what it looks like."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QFormLayout, QFrame, QPushButton, QVBoxLayout, QWidget

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.where_next import where_next
from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import size_px
from checkin_app.gui.form.calm_combo_box import CalmComboBox
from checkin_app.gui.form.form_rows import add_row, beside, quiet_label
from checkin_app.gui.form.segments import Segments
from checkin_app.gui.guest.guest_message import (
    GuestMessage,
    ask_desk_message,
    idle_message,
    way_to,
    welcome_message,
)
from checkin_app.gui.guest.guest_page import GuestPage as GuestPicture
from checkin_app.gui.guest.guest_window import add_guest_fonts
from checkin_app.gui.plain_text import shown
from checkin_app.gui.workplace import Workplace
from checkin_app.services.guest_words import guest_words, offered_languages
from checkin_app.settings.device_settings import GuestSettings

_PREVIEW_EM = 30
_LYING, _UPRIGHT = (16, 10), (10, 16)


class GuestPage(QWidget):
    """Asks all about the guest window and shows what the guest would read.

    Attributes:
        is_on, asks_if_correct: the boxes.
        screens, languages: the choices.
        picture: the preview.
        try_out: welcomes an example on the guest's screen.
        state: how the window is doing.
    """

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._devices = workplace.devices
        add_guest_fonts()
        self.is_on = QCheckBox(self.tr("Show a window to the guest, on a screen of its own"))
        self.state = quiet_label()
        self.screens, self.languages = CalmComboBox(), CalmComboBox()
        self.asks_if_correct = QCheckBox(self.tr("Guests may say that their name is wrong"))
        self.try_out = QPushButton(icon("guest"), self.tr("Welcome an example"))
        self.moment = Segments((self.tr("Nobody there"), self.tr("Let in"), self.tr("Not let in")))
        self.shape = Segments((self.tr("Lying"), self.tr("Upright")))
        for tag in offered_languages():
            self.languages.addItem(guest_words(tag).language, tag)
        self.languages.setCurrentIndex(offered_languages().index("en"))
        self.picture = GuestPicture(self._message(), self)
        # A picture of the window; its buttons are nobody's answer here.
        self.picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._lay_out()
        self._show_settings()
        self._show_picture()
        self.moment.choose(1)
        self._connect()

    def _connect(self) -> None:
        self.is_on.clicked.connect(self._switch)
        self.asks_if_correct.clicked.connect(self._ask)
        self.screens.activated.connect(self._choose_screen)
        self.try_out.clicked.connect(self._welcome_example)
        self.languages.currentIndexChanged.connect(self._show_picture)
        self.moment.chosen.connect(self._show_picture)
        self.shape.chosen.connect(self._show_picture)
        self._devices.reports_changed.connect(self._show_settings)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._show_settings)
        application.screenRemoved.connect(self._show_settings)
        self._show_picture()

    # Shown

    def _show_settings(self, *_: object) -> None:
        settings = self._settings
        self.is_on.setChecked(settings.is_on)
        self.asks_if_correct.setChecked(settings.asks_if_correct)
        (report,) = self._devices.guest.reports()
        self.state.setText(shown(" ".join(filter(None, (report.words, report.next_step)))))
        self.try_out.setEnabled(report.can_be_tested)
        self.screens.clear()
        self.screens.addItem(self.tr("The one that the desk does not use"), "")
        for screen in self._devices.guest.screens():
            self.screens.addItem(shown(f"{screen.title} ({screen.name})"), screen.name)
        if self.screens.findData(settings.screen) < 0:
            gone = self.tr("{screen} (unplugged)").format(screen=shown(settings.screen))
            self.screens.addItem(gone, settings.screen)
        self.screens.setCurrentIndex(self.screens.findData(settings.screen))
        self._show_picture()

    def _show_picture(self, *_: object) -> None:
        self.picture.show_message(self._message())
        longer = round(_PREVIEW_EM * size_px(self.font()))
        width, height = _UPRIGHT if self.shape.current else _LYING
        self.picture.setFixedSize(
            QSize(width, height) * (longer * (0.8 if self.shape.current else 1) / 16)
        )

    def _message(self) -> GuestMessage:
        desk = self._workplace.desk
        words = guest_words(str(self.languages.currentData()))
        match self.moment.current:
            case 0:
                return idle_message(desk.event, words)
            case 1:
                where = where_next(desk.event, desk.check_in_list, self._workplace.clock())
                if where is None and desk.event.sessions:
                    opening = desk.event.utc(desk.event.starts_on, 0)
                    where = where_next(desk.event, desk.check_in_list, opening)
                asks = self._settings.asks_if_correct
                way = way_to(where, desk.event, words)
                return welcome_message(self._example(), words, way, asks_if_correct=asks)
            case _:
                return ask_desk_message(words, guest_words("en"))

    def _example(self) -> Attendee:
        organisation = self.tr("Example organisation")
        return Attendee("", first_name="Alexis", last_name="Example", organisation=organisation)

    # Chosen

    @property
    def _settings(self) -> GuestSettings:
        return self._devices.guest.settings

    def _switch(self, is_on: bool) -> None:
        self._want(replace(self._settings, is_on=is_on))

    def _ask(self, asks: bool) -> None:
        self._want(replace(self._settings, asks_if_correct=asks))

    def _choose_screen(self) -> None:
        self._want(replace(self._settings, screen=str(self.screens.currentData())))

    def _want(self, guest: GuestSettings) -> None:
        if guest != self._settings:
            devices = self._workplace.settings.devices
            self._devices.settings_wanted.emit(replace(devices, guest=guest))

    def _welcome_example(self) -> None:
        self._devices.guest.test("")

    # Inside

    def _lay_out(self) -> None:
        rows = QFormLayout()
        add_row(rows, self.tr("Screen"), beside(self.screens, self.try_out))
        self.screens.setAccessibleName(self.tr("Screen"))
        add_row(rows, self.tr("Preview"), beside(self.moment, self.shape))
        add_row(rows, self.tr("Language"), self.languages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.is_on, self.state, self.asks_if_correct):
            column.addWidget(widget)
        column.addLayout(rows)
        column.addWidget(_framed(self.picture), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(
            quiet_label(
                self.tr(
                    "Each guest is greeted in the language that the list names, else in that of"
                    " the country, else in that of the event. The name leaves by itself."
                )
            )
        )
        column.addStretch(1)


def _framed(picture: QWidget) -> QFrame:
    """A picture in a frame, to be seen as the screen that it stands for."""
    frame = QFrame()
    frame.setObjectName("card")
    row = QVBoxLayout(frame)
    row.setContentsMargins(8, 8, 8, 8)
    row.addWidget(picture)
    return frame
