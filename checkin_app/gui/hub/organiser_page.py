"""The dialog of the laptop that is the hub, or organises it: the code for others, the desks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.said_line import SaidLine
from checkin_app.gui.hub.desks_list import DesksList
from checkin_app.gui.hub.pairing_card import PairingCard
from checkin_app.gui.plain_text import shown


class OrganiserPage(QWidget):
    """Code at the left, desks at the right, stop below.

    Signals:
        start_wanted: the hub, which stands still, is to run again.
        stop_wanted: the hub is to stop.
        other_hub_wanted: this laptop is to be a desk of another hub.

    Attributes:
        pairing: the card with the code.
        desks: those that joined.
        start, stop, other_hub: the buttons.
        state: how the hub is doing.
        trouble: what may keep others out.
    """

    start_wanted = Signal()
    stop_wanted = Signal()
    other_hub_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pairing = PairingCard()
        self.desks = DesksList()
        self.start = QPushButton(self.tr("Share again"))
        self.start.setProperty("primary", True)
        self.stop = QPushButton(self.tr("Stop sharing"))
        self.other_hub = QPushButton(self.tr("Join another laptop…"))
        self.other_hub.clicked.connect(self.other_hub_wanted)
        self.start.clicked.connect(self.start_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self.state = quiet_label()
        self.trouble = SaidLine()
        self._steps = quiet_label(
            self.tr(
                "On each other laptop: open the program and scan this code with its scanner or"
                " camera. Or choose “Event”, “Other desks…” there, and paste the link or type the"
                " code."
            )
        )
        cards = QHBoxLayout()
        cards.setSpacing(16)
        cards.addWidget(self.pairing, 1)
        cards.addWidget(self.desks, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.state, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.other_hub)
        foot.addWidget(self.start)
        foot.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._steps)
        column.addLayout(cards, 1)
        column.addWidget(self.trouble)
        column.addLayout(foot)

    def show_hub(self, state: str, trouble: str, *, is_here: bool, is_running: bool) -> None:
        """How the hub is doing.

        Args:
            is_here: it is on this laptop, which starts and stops it.
        """
        self.state.setText(shown(state, 200))
        self.trouble.say(trouble, is_worrying=True)
        self._steps.setVisible(is_running)
        self.pairing.setEnabled(is_running)
        self.setFocusProxy(self.pairing if is_running else self.start)
        self.other_hub.setVisible(not is_running)
        self.start.setVisible(is_here and not is_running)
        self.stop.setVisible(is_here and is_running)
