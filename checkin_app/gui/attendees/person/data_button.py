"""The button of one person's data: show all of them, hand them out, erase them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget


class DataButton(QPushButton):
    """A quiet button with a menu.

    Signals:
        show_wanted, save_wanted, erase_wanted: what is to be done with the person's data.
    """

    show_wanted = Signal()
    save_wanted = Signal()
    erase_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(self.tr("Personal data"))
        self.setProperty("flat", True)
        self.setStyleSheet("text-align: left; padding-left: 2px;")
        menu = QMenu(self)
        menu.addAction(self.tr("Show all data…")).triggered.connect(self.show_wanted)
        menu.addAction(self.tr("Save all data as a file…")).triggered.connect(self.save_wanted)
        menu.addSeparator()
        self.erase = menu.addAction(self.tr("Erase…"))
        self.erase.triggered.connect(self.erase_wanted)
        self.setMenu(menu)
