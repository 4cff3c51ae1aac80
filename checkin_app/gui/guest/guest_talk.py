"""What is said to the guest, one message after the other.

A name leaves the screen by itself, for the next person may stand there. Somebody whose name was
wrong sees the corrected one, as soon as the desk has it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from checkin_app.domain.admission import Outcome, OutcomeKind
from checkin_app.domain.attendee import Attendee, AttendeeRecord
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.language.guest_language import guest_language
from checkin_app.domain.programme import Event
from checkin_app.domain.where_next import where_next
from checkin_app.gui.guest.guest_message import (
    GuestMessage,
    ask_desk_message,
    idle_message,
    noted_message,
    thanks_message,
    way_to,
    welcome_message,
)
from checkin_app.services.guest_words import (
    GuestWords,
    guest_words,
    language_names,
    offered_languages,
)

NAME_SHOWN_MS = 20_000
QUESTION_SHOWN_MS = 40_000
THANKS_SHOWN_MS = 8_000
_NEXT_LANGUAGE_MS = 6_000
_IDLE_LANGUAGES = (
    "en", "fr", "de", "es", "it", "pl", "nl", "el", "pt", "ro", "cs", "sv", "hu", "uk", "ar",
)  # fmt: skip
"""After the event's own: those that many guests of a European meeting read."""


class GuestTalk(QObject):
    """Decides what the guest reads, at one event and check-in list.

    Signals:
        changed: the ``GuestMessage`` that is shown from now on.
        correction_asked: the id (str) of an attendee who says that the name is wrong.
        confirmed: the id (str) of an attendee who says that it is right.

    Attributes:
        message: what is shown.
        greeted_at: when somebody was last welcomed (UTC); None before.
        asks_if_correct: guests may say that their name is wrong.
        over: runs out when the message has been there long enough.
        next_language: the pace of the greetings while nobody is there.
    """

    changed = Signal(object)
    correction_asked = Signal(str)
    confirmed = Signal(str)

    def __init__(
        self,
        event: Event,
        check_in_list: CheckInList,
        clock: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._programme = event
        self._check_in_list = check_in_list
        self._clock = clock
        self._attendee: Attendee | None = None
        self._refuted_id = ""
        self._words = self._event_words()
        self._idle_number = 0
        self.greeted_at: datetime | None = None
        self.asks_if_correct = True
        self.message = idle_message(event, self._words)
        self.over = QTimer(self)
        self.over.setSingleShot(True)
        self.over.timeout.connect(self.be_idle)
        self.next_language = QTimer(self)
        self.next_language.setInterval(_NEXT_LANGUAGE_MS)
        self.next_language.timeout.connect(self._greet_in_next_language)
        self.next_language.start()

    # Answers of the desk

    def show_outcome(self, outcome: Outcome) -> None:
        """The answer to a scan: a welcome, or the way to the desk."""
        self._refuted_id = ""
        if outcome.kind is OutcomeKind.ADMITTED and outcome.attendee is not None:
            self.welcome(outcome.attendee)
        else:
            self.ask_desk()

    def ask_desk(self) -> None:
        """Somebody was not let in, for whatever reason."""
        self._attendee = None
        self._show(ask_desk_message(self._event_words(), guest_words("en")), NAME_SHOWN_MS)

    def take_corrected(self, record: AttendeeRecord) -> None:
        """Show the new name of whom is shown, or of who said that it was wrong."""
        shown = self._attendee.id if self._attendee else self._refuted_id
        if record.attendee.id == shown:
            self.welcome(record.attendee)

    def welcome(self, attendee: Attendee) -> None:
        """Greet somebody who was let in, or an example."""
        event, now = self._programme, self._clock()
        tag = guest_language(attendee, event.language, language_names(), offered_languages())
        self._attendee, self._words = attendee, guest_words(tag)
        way = way_to(where_next(event, self._check_in_list, now), event, self._words)
        message = welcome_message(attendee, self._words, way, asks_if_correct=self.asks_if_correct)
        self.greeted_at = now
        self._show(message, QUESTION_SHOWN_MS if message.question else NAME_SHOWN_MS)

    def be_idle(self) -> None:
        """Show nobody's name."""
        self.over.stop()
        self._attendee = None
        self._idle_number = 0
        self._greet()

    def stop(self) -> None:
        """Nothing is shown any more."""
        self.over.stop()
        self.next_language.stop()

    # Answers of the guest

    def take_yes(self) -> None:
        """The name is right."""
        if self._attendee is not None:
            attendee_id = self._attendee.id
            self._attendee = None
            self._show(thanks_message(self._words, self.message.way), THANKS_SHOWN_MS)
            self.confirmed.emit(attendee_id)

    def take_no(self) -> None:
        """The name is wrong."""
        if self._attendee is not None:
            self._refuted_id, self._attendee = self._attendee.id, None
            self._show(noted_message(self._words), NAME_SHOWN_MS)
            self.correction_asked.emit(self._refuted_id)

    # Inside

    def _show(self, message: GuestMessage, for_ms: int) -> None:
        self.next_language.stop()
        self.over.start(for_ms)
        self.message = message
        self.changed.emit(message)

    def _greet(self) -> None:
        tags = tuple(dict.fromkeys((self._event_tag(), *_IDLE_LANGUAGES)))
        words = guest_words(tags[self._idle_number % len(tags)])
        self.message = idle_message(self._programme, words)
        self.next_language.start()
        self.changed.emit(self.message)

    def _greet_in_next_language(self) -> None:
        self._idle_number += 1
        self._greet()

    def _event_words(self) -> GuestWords:
        return guest_words(self._event_tag())

    def _event_tag(self) -> str:
        nobody = Attendee("")
        language = self._programme.language
        return guest_language(nobody, language, language_names(), offered_languages())
