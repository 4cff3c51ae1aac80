"""What the answer panel says: texts and face of an outcome, ready to be painted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from checkin_app.domain.admission import Note, NoteKind, Outcome, OutcomeKind, twice_notes
from checkin_app.domain.attendee import Attendee, AttendeeRecord
from checkin_app.domain.programme import Event
from checkin_app.gui.desk.answers.faces import FACES, NOT_STORED, READY, TAKEN_BACK, Face
from checkin_app.gui.plain_text import shown
from checkin_app.services.wording import headline, next_step, note_sentence, shown_days

_CONTEXT = "DeskAnswers"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as people read it, every text harmless to show.

    Attributes:
        word: the one or two words that say it all.
        name: who; or the code when nobody is known by it.
        about: organisation and role.
        category: shown as a label of its own.
        step: what to do next.
        attention: what the desk must be told about this person.
        remarks: early, practice, repaired, and so on.
        full_text: everything uncut, for the tool tip and for screen readers.
        is_person: whether ``name`` names a person.
        mark: what is small beside it and asks nothing of anybody: not yet shared.
    """

    face: Face
    word: str
    name: str = ""
    about: str = ""
    category: str = ""
    step: str = ""
    attention: str = ""
    remarks: tuple[str, ...] = ()
    is_person: bool = True
    mark: str = ""

    @property
    def full_text(self) -> str:
        """All of it in reading order."""
        parts = (self.word, self.name, self.about, self.category, self.attention, self.step)
        return ". ".join(part for part in (*parts, *self.remarks, self.mark) if part)


def translated(text: str) -> str:
    """A sentence of ``services.wording`` in the language of the window."""
    return QCoreApplication.translate("wording", text)


def answer_of(outcome: Outcome, event: Event) -> Answer:
    """The answer to a scan or a check-in."""
    attendee = outcome.attendee
    attention = [note.text for note in outcome.notes if note.kind is NoteKind.ATTENTION]
    return Answer(
        face=FACES[outcome.kind],
        word=headline(outcome, translated),
        name=_name(outcome),
        about=_about(attendee) if attendee else _candidates(outcome),
        category=shown(attendee.category) if attendee else "",
        step=shown(next_step(outcome, event, translated)),
        attention=shown(" · ".join(attention)),
        remarks=_remarks(outcome.notes, event),
        is_person=attendee is not None,
        mark=_tr("Not yet shared") if outcome.is_shared is False else "",
    )


def ready_answer(event: Event) -> Answer:
    """Before the first scan."""
    place = ", ".join(part for part in (event.venue, event.city) if part)
    return Answer(
        face=READY,
        word=_tr("Scan a ticket"),
        name=_tr("or type a name"),
        step=shown(event.name),
        remarks=(shown(" · ".join(part for part in (shown_days(event), place) if part)),),
        is_person=False,
    )


def taken_back_answer(record: AttendeeRecord) -> Answer:
    """After an undo."""
    attendee = record.attendee
    return Answer(
        face=TAKEN_BACK,
        word=_tr("Taken back"),
        name=shown(attendee.full_name),
        about=_about(attendee),
        category=shown(attendee.category),
        step=_tr("The check-in was undone. The history keeps both."),
    )


def not_stored_answer(what: str, waiting: int) -> Answer:
    """When the event file could not take it.

    Args:
        what: the code or name that was asked for.
        waiting: how many requests wait for another try, this one included.
    """
    several = _tr("{count} scans wait to be stored.").format(count=waiting)
    return Answer(
        face=NOT_STORED,
        word=_tr("Not stored"),
        name=shown(what),
        step=_tr("Nobody was checked in. When the cause is removed, press F5 to try again."),
        remarks=(several,) if waiting > 1 else (),
        is_person=False,
    )


def person_answer(record: AttendeeRecord, event: Event) -> Answer:
    """A person that was looked up, not yet asked about."""
    attendee = record.attendee
    return Answer(
        face=READY,
        word=_tr("Looked up"),
        name=shown(attendee.full_name),
        about=_about(attendee),
        category=shown(attendee.category),
        attention=shown(attendee.attention),
        step=_tr("Press Enter to check in."),
        remarks=_remarks(twice_notes(record), event),
    )


def _remarks(notes: Iterable[Note], event: Event) -> tuple[str, ...]:
    return tuple(
        shown(_sentence(note_sentence(note, event, translated)))
        for note in notes
        if note.kind is not NoteKind.ATTENTION
    )


def about(attendee: Attendee) -> str:
    """Organisation, role and country in one line."""
    return _about(attendee)


def _about(attendee: Attendee) -> str:
    parts = (attendee.organisation, attendee.role)
    return shown(" · ".join(part for part in parts if part))


def _name(outcome: Outcome) -> str:
    if outcome.attendee:
        return shown(outcome.attendee.full_name)
    if outcome.kind is OutcomeKind.AMBIGUOUS:
        return ""
    return shown(outcome.code) or _tr("Empty code")


def _candidates(outcome: Outcome) -> str:
    return shown(" · ".join(person.full_name for person in outcome.candidates))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _tr(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)
