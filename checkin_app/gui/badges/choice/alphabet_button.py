"""Shows in whose alphabet the event's lists are sorted, and lets it be another."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from checkin_app.gui.plain_text import label, shown

LANGUAGES = (
    "bg cs da de el en es et fi fr ga hr hu is it lt lv mt nb nl pl pt ro sk sl sq sr sv tr uk"
)
"""Those of the European Union and its neighbours (BCP 47)."""


class AlphabetButton(QPushButton):
    """A quiet button with a menu of languages.

    Signals:
        chosen: the tag (BCP 47) of the language; empty for letters without accents.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("flat", True)
        self.setStyleSheet("text-align: left; padding-left: 2px; color: palette(placeholder-text);")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._group = QActionGroup(self)
        menu = QMenu(self)
        self._add(menu, self.tr("Any language"), "")
        for name, tag in sorted((language_name(tag), tag) for tag in LANGUAGES.split()):
            self._add(menu, name, tag)
        self.setMenu(menu)
        self._group.triggered.connect(self._tell)
        self.show_language("")

    def show_language(self, tag: str) -> None:
        """The language that sorts."""
        name = language_name(tag) if tag else self.tr("any language")
        self.setText(label(self.tr("Alphabet: {language}").format(language=shown(name))))
        self.setToolTip(self.tr("Decides where letters such as Ö, Č or Ł are sorted"))
        for action in self._group.actions():
            action.setChecked(action.data() == tag)

    def _add(self, menu: QMenu, name: str, tag: str) -> None:
        action = QAction(label(name), self)
        action.setCheckable(True)
        action.setData(tag)
        self._group.addAction(action)
        menu.addAction(action)

    def _tell(self, action: QAction) -> None:
        self.chosen.emit(action.data())


def language_name(tag: str) -> str:
    """The name of a language; its tag where it is not known."""
    locale = QLocale(tag)
    is_known = locale.language() is not QLocale.Language.C
    return QLocale.languageToString(locale.language()) if is_known else tag
