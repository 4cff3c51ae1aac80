"""What the devices tell of an answer: a sound, the spoken name, the guest window."""

from __future__ import annotations

from PySide6.QtCore import QObject

from checkin_app.domain.admission import NoteKind, Outcome, OutcomeKind
from checkin_app.domain.attendee import Attendee, AttendeeRecord
from checkin_app.gui.desk.answers.faces import FACES, AnswerClass
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
        self._workplace = workplace
        self._devices = workplace.devices
        workplace.list_chosen.connect(self._take_place)
        self._take_place()

    def tell(self, outcome: Outcome) -> None:
        """The answer to a scan or check-in."""
        self._devices.sounds.play(sound_of(outcome))
        if outcome.kind is OutcomeKind.ADMITTED and outcome.attendee is not None:
            self._say_name(outcome.attendee)
        else:
            self._devices.voice.be_silent()
        if self._devices.guest.talk is not None:
            self._devices.guest.talk.show_outcome(outcome)

    def tell_not_stored(self) -> None:
        """The event file could not take it."""
        self._devices.sounds.play(Sound.NOT_STORED)
        self._devices.voice.be_silent()
        if self._devices.guest.talk is not None:
            self._devices.guest.talk.ask_desk()

    def tell_undone(self) -> None:
        """A check-in was taken back: its welcome does not hold."""
        self._devices.voice.be_silent()
        if self._devices.guest.talk is not None:
            self._devices.guest.talk.be_idle()

    def tell_corrected(self, record: AttendeeRecord) -> None:
        """Somebody has another name now."""
        if self._devices.guest.talk is not None:
            self._devices.guest.talk.take_corrected(record)

    def _say_name(self, attendee: Attendee) -> None:
        if not self._devices.voice.is_wanted:
            return
        # Not at the top: most desks have no voice.
        from checkin_app.domain.language.guest_language import country_code, guest_language
        from checkin_app.services.guest_words import language_names, offered_languages

        names = language_names()
        language = guest_language(
            attendee, self._workplace.desk.event.language, names, offered_languages()
        )
        country = country_code(attendee.country, names)
        self._devices.voice.say_name(attendee.full_name, language, country)

    def _take_place(self) -> None:
        desk = self._workplace.desk
        self._devices.guest.take_place(desk.event, desk.check_in_list)
