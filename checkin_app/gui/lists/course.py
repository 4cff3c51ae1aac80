"""Where one can go in an import: on, back, and straight to other steps."""

from __future__ import annotations

from dataclasses import dataclass

from checkin_app.gui.lists.checking.check_lines import CheckKind
from checkin_app.gui.lists.list_look import ListLook
from checkin_app.gui.lists.steps_line import Step


@dataclass(frozen=True, slots=True)
class Course:
    """An import as far as it is.

    Attributes:
        step: where one is.
        look: how the list was understood; None before that is known.
        is_writing: whether the event file is being written.
    """

    step: Step
    look: ListLook | None
    is_writing: bool = False

    @property
    def is_understood(self) -> bool:
        """Whether the list can be imported as it is read now."""
        return self.look is not None and not self.look.obstacle

    @property
    def changes_anything(self) -> bool:
        """Whether importing writes anything."""
        return self.look is not None and self.is_understood and self.look.people > 0

    @property
    def has_figures(self) -> bool:
        """Whether there are figures to be shown."""
        return self.is_understood and self.step is not Step.DONE

    @property
    def has_questions(self) -> bool:
        """Whether anything should be looked at before one goes on."""
        return any(self._lines(kind) for kind in CheckKind if kind < CheckKind.REPEATED)

    @property
    def reachable(self) -> frozenset[Step]:
        """The steps that can be gone to."""
        if self.step is Step.DONE or self.is_writing:
            return frozenset()
        steps = {Step.FILE}
        if self.look is not None:
            steps.add(Step.UNDERSTOOD)
        if self.is_understood:
            steps.add(Step.CHANGES)
            if any(map(self._lines, CheckKind)):
                steps.add(Step.CHECK)
        return frozenset(steps)

    @property
    def next(self) -> Step:
        """The next step that has anything to do."""
        if self.step is Step.UNDERSTOOD and not self.has_questions:
            return Step.CHANGES
        return Step(min(self.step + 1, Step.DONE))

    @property
    def before(self) -> Step | None:
        """The step to go back to; None when there is none but the way out."""
        if self.step is Step.CHANGES and self.has_questions:
            return Step.CHECK
        return Step.UNDERSTOOD if self.step in (Step.CHECK, Step.CHANGES) else None

    def _lines(self, kind: CheckKind) -> int:
        return len(self.look.to_check.get(kind, ())) if self.look is not None else 0
