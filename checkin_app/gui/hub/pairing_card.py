"""What another laptop scans, pastes or types to join."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.hub.qr_picture import QrPicture

if TYPE_CHECKING:
    from checkin_app.hub.pairing import Pairing


class PairingCard(QFrame):
    """A QR code, the code in letters, and the link.

    Signals:
        new_wanted: another pairing, in place of none or of this one.
        withdraw_wanted: this one is to let nobody in any more.

    Attributes:
        qr: the picture.
        code: the code in letters and digits.
        copy, new, withdraw: the buttons.
    """

    new_wanted = Signal()
    withdraw_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._link = ""
        self.qr = QrPicture()
        self.qr.setAccessibleName(self.tr("Code for other laptops to scan"))
        self.code = plain_label()
        self.code.setFont(sized(self.font(), 1.25, bold=True))
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._until = quiet_label()
        self._until.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.copy = QPushButton(self.tr("Copy link"))
        self.new = QPushButton(self.tr("New code"))
        self.withdraw = QPushButton(self.tr("Withdraw code"))
        self.new.setToolTip(self.tr("The code before it lets nobody in any more."))
        self.withdraw.setToolTip(self.tr("It lets nobody in any more. Who has joined stays."))
        self.copy.clicked.connect(self._copy)
        self.new.clicked.connect(self.new_wanted)
        self.withdraw.clicked.connect(self.withdraw_wanted)
        buttons = QHBoxLayout()
        for button in (self.copy, self.new, self.withdraw):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(8)
        column.addWidget(self.qr, 1)
        column.addWidget(self.code)
        column.addWidget(self._until)
        column.addLayout(buttons)
        self.show_none()

    @property
    def link(self) -> str:
        """The link shown; empty when there is none."""
        return self._link

    def show_pairing(self, pairing: Pairing, valid_until: datetime) -> None:
        """Let others join with this.

        Args:
            valid_until: in the time of the venue.
        """
        self._link = pairing.link()
        self.qr.show_code(self._link)
        self.code.setText(pairing.code.printed())
        self._until.setText(
            self.tr("Lets laptops join until {until}").format(until=f"{valid_until:%d.%m. %H:%M}")
        )
        self._enable(has_pairing=True)

    def show_none(self) -> None:
        """Nobody can join at the moment."""
        self._link = ""
        if self.isEnabled():
            words = self.tr("No code is shown. Make a new one to let a laptop join.")
        else:
            words = self.tr("Nobody can join while sharing is stopped.")
        self.qr.show_words(words)
        self.code.clear()
        self._until.clear()
        self._enable(has_pairing=False)

    def _enable(self, *, has_pairing: bool) -> None:
        self.copy.setEnabled(has_pairing)
        self.withdraw.setEnabled(has_pairing)
        self.setFocusProxy(self.copy if has_pairing else self.new)
        self.new.setProperty("primary", not has_pairing)
        self.new.style().unpolish(self.new)
        self.new.style().polish(self.new)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._link)
