"""The panels of the desk screen, made when first opened; one is open at a time, or none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from checkin_app.gui.desk.correction_panel import CorrectionPanel
from checkin_app.gui.desk.history_panel import HistoryPanel
from checkin_app.gui.desk.inline_panel import InlinePanel
from checkin_app.gui.desk.lists_panel import ListsPanel
from checkin_app.gui.desk.reason_panel import ReasonPanel
from checkin_app.gui.desk.walk_in_panel import WalkInPanel
from checkin_app.gui.workplace import Workplace

Panel = TypeVar("Panel", bound=InlinePanel)


class DeskPanels(QObject):
    """Keeps the panels in a stack.

    Attributes:
        current: the open panel, or None.

    Signals:
        opened: an ``InlinePanel`` that is now in front and has the focus.
        closed: no panel is open any more.
        made: a panel was made, to be connected.
    """

    opened = Signal(object)
    closed = Signal()
    made = Signal(object)

    def __init__(self, workplace: Workplace, stack: QStackedWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._stack = stack
        self._panels: dict[type[InlinePanel], InlinePanel] = {}
        self.current: InlinePanel | None = None

    def walk_in(self) -> WalkInPanel:
        """The walk-in panel."""
        return self._panel(WalkInPanel, lambda: WalkInPanel(self._workplace, self._stack))

    def correction(self) -> CorrectionPanel:
        """The correction panel."""
        return self._panel(CorrectionPanel, lambda: CorrectionPanel(self._workplace, self._stack))

    def history(self) -> HistoryPanel:
        """The history panel."""
        return self._panel(HistoryPanel, lambda: HistoryPanel(self._workplace, self._stack))

    def reason(self) -> ReasonPanel:
        """The panel that asks why somebody is let in anyway."""
        return self._panel(ReasonPanel, lambda: ReasonPanel(self._stack))

    def lists(self) -> ListsPanel:
        """The chooser of check-in lists."""
        return self._panel(ListsPanel, lambda: ListsPanel(self._workplace, self._stack))

    def open(self, panel: InlinePanel) -> None:
        """Bring a panel to the front and let typing go to it."""
        self.current = panel
        self._stack.setCurrentWidget(panel)
        panel.first_field.setFocus()
        self.opened.emit(panel)

    def close(self) -> None:
        """Close the open panel."""
        if self.current is not None:
            self.current = None
            self.closed.emit()

    def close_what_a_scan_outdates(self) -> None:
        """Half-typed text survives a scan; questions about the person before do not."""
        match self.current:
            case WalkInPanel() | ListsPanel() | None:
                return
            case CorrectionPanel() if self.current.is_changed:
                return
            case _:
                self.close()

    def _panel(self, kind: type[Panel], make: Callable[[], Panel]) -> Panel:
        panel = self._panels.get(kind)
        if not isinstance(panel, kind):
            panel = make()
            self._panels[kind] = panel
            self._stack.addWidget(panel)
            panel.closed.connect(self.close)
            self.made.emit(panel)
        return panel
