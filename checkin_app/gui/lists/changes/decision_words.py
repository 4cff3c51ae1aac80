"""What becomes of a row, in words for a drop-down."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from checkin_app.domain.attendee import Attendee
from checkin_app.gui.lists.checking.check_lines import CheckKind, CheckLine
from checkin_app.gui.plain_text import shown
from checkin_app.services.list_merge.decisions import RowChoice, RowDecision

_CONTEXT = "RowDecisions"
_KINDS = {
    CheckKind.NOT_TAKEN: QT_TRANSLATE_NOOP("RowDecisions", "Not taken"),
    CheckKind.UNCLEAR: QT_TRANSLATE_NOOP("RowDecisions", "Unclear"),
    CheckKind.DOUBTFUL: QT_TRANSLATE_NOOP("RowDecisions", "Doubtful"),
    CheckKind.REPEATED: QT_TRANSLATE_NOOP("RowDecisions", "Repeated"),
    CheckKind.SETTLED: QT_TRANSLATE_NOOP("RowDecisions", "Settled"),
}


def kind_word(kind: CheckKind) -> str:
    """A kind of line, on screen."""
    return QCoreApplication.translate(_CONTEXT, str(_KINDS[kind]))


def choices_for(line: CheckLine) -> Iterator[tuple[str, RowDecision | None]]:
    """What can be decided about a row, in words; None goes back to what the program does.

    Nothing can be decided about a remark that is not about one row of people.
    """
    if not line.cells:
        return
    if line.proposal is not None:
        for person in line.candidates:
            yield (
                _tr("This is {person}").format(person=_described(person)),
                RowDecision(RowChoice.IS_PERSON, person.id),
            )
        yield _tr("Somebody new"), RowDecision(RowChoice.ADD)
        yield _tr("Leave out"), RowDecision(RowChoice.LEAVE_OUT)
    elif line.decision is not None:
        yield _tr("Take it"), None
        yield _tr("Leave out"), RowDecision(RowChoice.LEAVE_OUT)


def decision_word(line: CheckLine) -> str:
    """What becomes of a row as things stand."""
    standing = line.decision or line.proposal
    word = next((words for words, choice in choices_for(line) if choice == standing), "")
    if line.decision is None and line.proposal is not None:
        return _tr("Proposed: {what}").format(what=word[:1].lower() + word[1:])
    if line.kind is CheckKind.REPEATED:
        return _tr("Left out")
    return word


def reason_of(line: CheckLine) -> str:
    """Why a row stands there."""
    if line.reason:
        return line.reason
    if line.decision is not None and line.decision.choice is RowChoice.LEAVE_OUT:
        return _tr("You left this row out.")
    return _tr("You corrected this row; it is taken now.")


def _described(person: Attendee) -> str:
    return shown(", ".join(filter(None, (person.full_name, person.organisation or person.email))))


def _tr(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)
