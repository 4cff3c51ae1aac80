"""What the devices tell of an answer: its sound."""

from __future__ import annotations

from PySide6.QtCore import QObject

from checkin_app.domain.admission import NoteKind, Outcome, OutcomeKind
from checkin_app.gui.desk.faces import FACES, AnswerClass
from checkin_app.gui.devices.sounds import Sound
from checkin_app.gui.workplace import Workplace


def sound_of(outcome: Outcome) -> Sound:
    """The sound of an answer: somebody let in whom the desk must tell something is not routine."""
    if outcome.kind is OutcomeKind.ALREADY_IN:
        return Sound.ALREADY_IN
    answer_class = FACES[outcome.kind].answer_class
    if answer_class is AnswerClass.REFUSED:
        return Sound.REFUSED
    needs_attention = any(note.kind is NoteKind.ATTENTION for note in outcome.notes)
    if answer_class is AnswerClass.ATTENTION or needs_attention:
        return Sound.ATTENTION
    return Sound.IN


class ToldAnswers(QObject):
    """Hands each answer of the desk to the devices that tell it."""

    def __init__(self, workplace: Workplace, parent: QObject) -> None:
        super().__init__(parent)
        self._devices = workplace.devices

    def tell(self, outcome: Outcome) -> None:
        """The answer to a scan or check-in."""
        self._devices.sounds.play(sound_of(outcome))

    def tell_not_stored(self) -> None:
        """The event file could not take it."""
        self._devices.sounds.play(Sound.NOT_STORED)
