"""Choice, findings and sheets side by side where there is room; else choice and findings share."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from checkin_app.gui.appearance.theme import size_px
from checkin_app.gui.form.segments import Segments
from checkin_app.gui.plain_text import grouped

_CHOICE_EM = 27
_FINDINGS_EM = 22
_WIDE_EM = 92
CHOICE, FINDINGS = range(2)


class ThreeColumns(QWidget):
    """Arranges the parts of the badges screen by the width there is."""

    def __init__(
        self, choice: QWidget, findings: QWidget, sheets: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._findings = findings
        self.which = Segments((self.tr("Choice"), self.tr("Findings")))
        self._stack = QStackedWidget()
        self._stack.addWidget(choice)
        self._stack.addWidget(findings)
        left, column = self._card(_CHOICE_EM)
        column.addWidget(self.which)
        column.addWidget(self._stack)
        self._aside, self._beside = self._card(_FINDINGS_EM)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(left)
        row.addWidget(sheets, 1)
        row.addWidget(self._aside)
        self._aside.hide()
        self.which.chosen.connect(self._stack.setCurrentIndex)

    def show_choice(self) -> None:
        """Bring the choice to the front."""
        self.which.choose(CHOICE)

    def show_count(self, findings: int) -> None:
        """How many findings there are, beside their name."""
        self.which.set_words(
            FINDINGS,
            self.tr("Findings  {count}").format(count=grouped(findings))
            if findings
            else self.tr("Findings"),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may be wide enough for three."""
        super().resizeEvent(event)
        is_wide = event.size().width() >= _WIDE_EM * size_px(self.font())
        if is_wide == self._aside.isHidden():
            self._arrange(is_wide)

    def _arrange(self, is_wide: bool) -> None:
        if is_wide:
            self.show_choice()
            self._beside.addWidget(self._findings)
            self._findings.show()
        else:
            self._stack.addWidget(self._findings)
        self.which.setVisible(not is_wide)
        self._aside.setVisible(is_wide)

    def _card(self, width_em: int) -> tuple[QFrame, QVBoxLayout]:
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(width_em * size_px(self.font()))
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 10, 14, 14)
        column.setSpacing(8)
        return card, column
