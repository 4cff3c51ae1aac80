"""The right of the badges screen: the sheets as printed, the first to be touched, a proof."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from checkin_app.domain.badges.badge_face import Box
from checkin_app.gui.badges.run.badge_run import BadgeRun
from checkin_app.gui.badges.sheets.first_sheet import FirstSheetView
from checkin_app.gui.badges.sheets.preview import SheetPreview
from checkin_app.gui.badges.sheets.proof_view import ProofView
from checkin_app.gui.form.segments import Segments

SHEETS, FIRST_SHEET, PROOF = range(3)


class SheetViews(QWidget):
    """Views of one run, one in front."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview = SheetPreview()
        self.first_sheet = FirstSheetView()
        self.proof = ProofView()
        self.which = Segments((self.tr("Sheets"), self.tr("First sheet"), self.tr("Proof")))
        self._stack = QStackedWidget()
        for view in (self.preview, self.first_sheet, self.proof):
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.which)
        column.addWidget(self._stack, 1)
        self.which.chosen.connect(self._stack.setCurrentIndex)

    def show_run(self, run: BadgeRun | None) -> None:
        """Show another run in the views that do not wait for a drawing; None shows nothing."""
        self.first_sheet.show_run(run)

    def show_badge(self, page: int, box: Box, paper_width_mm: float) -> None:
        """Bring a badge to the front and mark it."""
        self.which.choose(SHEETS)
        self.preview.go_to(page, box, paper_width_mm)
