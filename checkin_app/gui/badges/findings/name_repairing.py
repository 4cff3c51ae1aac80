"""Proposes better names for those in capitals, and writes what was agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from checkin_app.domain.attendee import Attendee
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.badges.findings.findings_view import FindingsView
from checkin_app.gui.badges.findings.proposals import Proposal, proposals_for
from checkin_app.gui.workplace import Workplace
from checkin_app.services.name_repairs import apply


class NameRepairing(QObject):
    """Answers the repairs page of the findings."""

    def __init__(
        self, workplace: Workplace, findings: FindingsView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._findings = findings
        findings.repairs_wanted.connect(self._propose)
        findings.repairs.applied.connect(self._apply)

    def _propose(self, people: Sequence[Attendee]) -> None:
        self._workplace.tasks.run(
            Lane.NUMBERS,
            partial(proposals_for, people, self._workplace.desk.event.language),
            self._findings.repairs.show_proposals,
            self._workplace.show_error,
        )

    def _apply(self, agreed: Sequence[Proposal]) -> None:
        repairs = [proposal.repair for proposal in agreed]
        ids = frozenset(repair.attendee_id for repair in repairs)
        workplace = self._workplace
        workplace.tasks.run(
            Lane.WORK,
            partial(
                apply, workplace.event_file, workplace.desk.desk_name, workplace.clock(), repairs
            ),
            partial(self._tell, ids),
            workplace.show_error,
        )

    def _tell(self, attendee_ids: frozenset[str], _corrected: int) -> None:
        self._findings.drop(attendee_ids)
        self._workplace.changed.emit()
