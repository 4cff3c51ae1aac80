"""Findings as a list: groups of one kind, the gravest first, which can be folded away."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QObject, Qt

from checkin_app.badges.preflight.findings import Finding, FindingKind, Severity
from checkin_app.gui.badges.findings.finding_words import group_name, sentence
from checkin_app.gui.badges.findings.found import Found
from checkin_app.gui.plain_text import grouped, shown, tool_tip
from checkin_app.gui.tables.table_models import NOWHERE, AnyIndex

_FEW = {Severity.MUST_BE_SEEN: 60, Severity.MAY_BE_SEEN: 12}
"""So many findings of one kind are shown without being asked for; the heads stay in sight."""


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The head of all findings of a kind."""

    kind: FindingKind
    count: int
    is_open: bool


class FindingRole(IntEnum):
    """What a line of the list holds."""

    LINE = Qt.ItemDataRole.UserRole
    """A ``FindingGroup`` or a ``Finding``."""
    SENTENCE = Qt.ItemDataRole.UserRole + 1


class FindingsModel(QAbstractListModel):
    """The findings of a run, and whom they are about."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found = Found()
        self._lines: list[FindingGroup | Finding] = []
        self._folded: dict[FindingKind, bool] = {}

    @property
    def found(self) -> Found:
        """All findings, folded or not."""
        return self._found

    def show_found(self, found: Found) -> None:
        """Show these; what was folded stays folded."""
        self.beginResetModel()
        self._found = found
        self._lines = self._all_lines()
        self.endResetModel()

    def toggle(self, group: FindingGroup) -> None:
        """Fold the findings of a kind away, or show them."""
        self.beginResetModel()
        self._folded[group.kind] = group.is_open
        self._lines = self._all_lines()
        self.endResetModel()

    def row_of(self, group: FindingKind) -> int:
        """The row of a group's head; -1 when there is none."""
        for row, line in enumerate(self._lines):
            if isinstance(line, FindingGroup) and line.kind is group:
                return row
        return -1

    def line(self, row: int) -> FindingGroup | Finding:
        """What stands in a row."""
        return self._lines[row]

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """Heads and findings."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name and sentence of a finding; name and count of a group."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case FindingRole.LINE:
                return line
            case Qt.ItemDataRole.DisplayRole:
                return self._title(line)
            case FindingRole.SENTENCE:
                return "" if isinstance(line, FindingGroup) else shown(sentence(line))
            case Qt.ItemDataRole.ToolTipRole if isinstance(line, Finding):
                return tool_tip(f"{self._title(line)}: {sentence(line)}")
            case Qt.ItemDataRole.AccessibleTextRole:
                said = "" if isinstance(line, FindingGroup) else f", {shown(sentence(line))}"
                return self._title(line) + said
        return None

    def _title(self, line: FindingGroup | Finding) -> str:
        if isinstance(line, FindingGroup):
            return f"{group_name(line.kind)}  ·  {grouped(line.count)}"
        person = self._found.people.get(line.attendee_id)
        if line.is_shared or person is None:
            return self.tr("All badges") if line.is_shared else ""
        return shown(person.full_name) or self.tr("Without a name")

    def _all_lines(self) -> list[FindingGroup | Finding]:
        lines: list[FindingGroup | Finding] = []
        for kind, some in self._found.by_kind:
            is_folded = self._folded.get(kind, len(some) > _FEW[kind.severity])
            lines.append(FindingGroup(kind, len(some), not is_folded))
            if not is_folded:
                lines += some
        return lines
