"""The panels of the desk screen, made when first opened; one is open at a time, or none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from checkin_app.gui.desk.panels.inline_panel import InlinePanel
from checkin_app.gui.workplace import Workplace

if TYPE_CHECKING:
    from checkin_app.gui.desk.panels.correction_panel import CorrectionPanel
    from checkin_app.gui.desk.panels.history_panel import HistoryPanel
    from checkin_app.gui.desk.panels.lists_panel import ListsPanel
    from checkin_app.gui.desk.panels.reason_panel import ReasonPanel
    from checkin_app.gui.desk.panels.several_panel import SeveralPanel
    from checkin_app.gui.desk.panels.walk_in_panel import WalkInPanel

Panel = TypeVar("Panel", bound=InlinePanel)


class DeskPanels(QObject):
    """Keeps the panels in a stack.

    Attributes:
        current: the open panel, or None.

    Signals:
        opened: an ``InlinePanel`` that is now in front and has the focus.
        closed: no panel is open any more.
        walk_in_wanted: the fields of a person to register.
        person_chosen: the ``Attendee`` on the list who was meant instead.
        correction_wanted: the id of a person and the changes.
        reason_given: id and name of a person, and why that person is let in anyway.
        list_chosen: a ``CheckInList``.
        scan_chosen: the ``Scan`` that counts, of several that were in one picture.
    """

    opened = Signal(object)
    closed = Signal()
    walk_in_wanted = Signal(object)
    person_chosen = Signal(object)
    correction_wanted = Signal(str, object)
    reason_given = Signal(str, str, str)
    list_chosen = Signal(object)
    scan_chosen = Signal(object)

    def __init__(self, workplace: Workplace, stack: QStackedWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._stack = stack
        self._panels: dict[str, InlinePanel] = {}
        self.current: InlinePanel | None = None

    def walk_in(self) -> WalkInPanel:
        """The walk-in panel."""
        return self.panel("walk-in", self._make_walk_in)

    def correction(self) -> CorrectionPanel:
        """The correction panel."""
        return self.panel("correction", self._make_correction)

    def history(self) -> HistoryPanel:
        """The history panel."""
        return self.panel("history", self._make_history)

    def reason(self) -> ReasonPanel:
        """The panel that asks why somebody is let in anyway."""
        return self.panel("reason", self._make_reason)

    def lists(self) -> ListsPanel:
        """The chooser of check-in lists."""
        return self.panel("lists", self._make_lists)

    def several(self) -> SeveralPanel:
        """The panel that asks which of several codes counts."""
        return self.panel("several", self._make_several)

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
        if self.current is not None and not self.current.survives_scans:
            self.close()

    def panel(self, name: str, make: Callable[[], Panel]) -> Panel:
        """The panel of a name, made now if it was never opened."""
        if name not in self._panels:
            panel = make()
            self._panels[name] = panel
            self._stack.addWidget(panel)
            panel.closed.connect(self.close)
        return cast("Panel", self._panels[name])

    def _make_walk_in(self) -> WalkInPanel:
        from checkin_app.gui.desk.panels.walk_in_panel import WalkInPanel

        panel = WalkInPanel(self._workplace, self._stack)
        panel.wanted.connect(self.walk_in_wanted)
        panel.known_chosen.connect(self.person_chosen)
        return panel

    def _make_correction(self) -> CorrectionPanel:
        from checkin_app.gui.desk.panels.correction_panel import CorrectionPanel

        panel = CorrectionPanel(self._workplace, self._stack)
        panel.wanted.connect(self.correction_wanted)
        return panel

    def _make_history(self) -> HistoryPanel:
        from checkin_app.gui.desk.panels.history_panel import HistoryPanel

        return HistoryPanel(self._workplace, self._stack)

    def _make_reason(self) -> ReasonPanel:
        from checkin_app.gui.desk.panels.reason_panel import ReasonPanel

        panel = ReasonPanel(self._stack)
        panel.given.connect(self.reason_given)
        return panel

    def _make_lists(self) -> ListsPanel:
        from checkin_app.gui.desk.panels.lists_panel import ListsPanel

        panel = ListsPanel(self._workplace, self._stack)
        panel.chosen.connect(self.list_chosen)
        return panel

    def _make_several(self) -> SeveralPanel:
        from checkin_app.gui.desk.panels.several_panel import SeveralPanel

        panel = SeveralPanel(self._stack)
        panel.chosen.connect(self.scan_chosen)
        return panel
