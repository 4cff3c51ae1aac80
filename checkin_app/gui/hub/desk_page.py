"""The dialog of a laptop that joined: where the hub is, who else is there, and taking over."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from checkin_app.gui.appearance.theme import TOUCH_PX, sized
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.hub.desks_list import DesksList
from checkin_app.gui.plain_text import shown


class DeskPage(QWidget):
    """How this desk shares.

    Signals:
        take_over_wanted: this laptop is to be the hub from now on.
        join_wanted: the text (str) of a new pairing.

    Attributes:
        state: the state line.
        desks: those that joined.
        link: a new pairing, when the old one does not work any more.
        take_over, join: the buttons.
    """

    take_over_wanted = Signal()
    join_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = plain_label()
        self.state.setFont(sized(self.font(), 1.15, bold=True))
        self.state.setWordWrap(True)
        self._about = quiet_label()
        self.desks = DesksList()
        self.link = QLineEdit()
        self.link.setMinimumHeight(TOUCH_PX)
        self.link.setPlaceholderText(self.tr("Scan, paste or type a new code of the hub"))
        self.link.setAccessibleName(self.tr("Another code or link"))
        self.link.returnPressed.connect(self._join)
        self.join = QPushButton(self.tr("Join again"))
        self.join.clicked.connect(self._join)
        self.take_over = QPushButton(self.tr("Make this laptop the hub…"))
        self.take_over.clicked.connect(self.take_over_wanted)
        again = QHBoxLayout()
        again.addWidget(self.link, 1)
        again.addWidget(self.join)
        foot = QHBoxLayout()
        foot.addWidget(
            quiet_label(
                self.tr(
                    "If the hub's laptop is broken or gone, this one can take its place with all"
                    " that is in its file. The others then join it."
                )
            ),
            1,
        )
        foot.addWidget(self.take_over)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.state)
        column.addWidget(self._about)
        column.addWidget(self.desks, 1)
        column.addLayout(again)
        column.addLayout(foot)
        self.setFocusProxy(self.link)

    def show_state(self, state: str, about: str) -> None:
        """How this desk stands to the others, and what to do about it."""
        self.state.setText(shown(state, 120))
        self._about.setText(shown(about, 400))
        self._about.setVisible(bool(about))

    def show_link(self, text: str) -> None:
        """A pairing was scanned: only the question is left whether to join."""
        self.link.setText(text)
        self.join.setFocus()

    def _join(self) -> None:
        if text := self.link.text().strip():
            self.join_wanted.emit(text)
        else:
            self.link.setFocus()
