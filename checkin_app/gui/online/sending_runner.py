"""Keeps the check-ins of the open event on their way to pretix, in a lane of its own.

The desk never waits for it: whether there is a line, how slow it is and what the other side
thinks shows on the settings page only, and once in the message line when a person is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from checkin_app.domain.online_sends import SendCounts
from checkin_app.gui.background.rounds import Rounds
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.event_at_hand import EventAtHand
from checkin_app.gui.messages.message_bar import MessageKind
from checkin_app.gui.online.sending_at_work import NotTaken, SendingAtWork
from checkin_app.services.online.online_sends import SendRound
from checkin_app.settings.online_settings import OnlineSettings

PAGE = "online"
"""The page of the settings about all this."""

_AFTER_FAILURE_S = 30.0


class SendingRunner(QObject):
    """Sends what waits, for the main thread.

    Signals:
        changed: ``state`` is another.

    Attributes:
        state: how sending is doing, as last seen; None while nothing is to be sent.
        rounds: when to look what waits.
    """

    changed = Signal()

    def __init__(self, at_hand: EventAtHand, parent: QObject | None = None) -> None:
        """It rests until ``start``."""
        super().__init__(parent or at_hand)
        self.state: SendRound | None = None
        self._at_hand = at_hand
        self._online = at_hand.settings.online
        self._work = SendingAtWork(
            at_hand.event_file,
            at_hand.passwords,
            at_hand.desk.desk_name,
            at_hand.clock,
            self._online,
        )
        self._told = ""
        self.rounds = Rounds(self)
        self.rounds.wanted.connect(self._begin_round)
        at_hand.changed.connect(self._look)

    def start(self) -> None:
        """Work from now on."""
        self.rounds.start()

    def stop(self) -> None:
        """The event is about to be closed. What is being sent is still sent."""
        self.rounds.stop()
        self._work.end()

    @property
    def closing(self) -> Callable[[], None]:
        """Lets go of the line. To be called when its lane is at rest, from any thread."""
        return self._work.close

    def take_settings(self, online: OnlineSettings) -> None:
        """Follow what was chosen."""
        if online != self._online:
            self._online = online
            self._work.take(online)
            self.nudge()

    def try_again(self) -> None:
        """Send what was not taken once more, by a new line."""
        self._told = ""
        self._at_hand.tasks.run(
            Lane.ONLINE, self._work.try_again, failed=self._at_hand.faults.show_error
        )
        self.nudge()

    def ask_not_taken(self, done: Callable[[tuple[NotTaken, ...]], None]) -> None:
        """Whose check-ins were not taken."""
        self._at_hand.tasks.run(
            Lane.ONLINE, self._work.not_taken, done, self._at_hand.faults.show_error
        )

    def nudge(self) -> None:
        """Something may wait: look now."""
        self.rounds.nudge()

    def _begin_round(self) -> None:
        self._at_hand.tasks.run(Lane.ONLINE, self._work.round, self._take_round, self._take_failure)

    def _look(self) -> None:
        """The event file changed. In a pause after trouble what waits is only counted."""
        if self.state is None:
            return
        if self.state.trouble:
            self._at_hand.tasks.run_newest(
                Lane.ONLINE, self._work.counts, self._take_counts, self._take_failure
            )
        else:
            self.nudge()

    def _take_round(self, state: SendRound | None) -> None:
        is_another, self.state = state != self.state, state
        self.rounds.end(None if state is None else state.pause_s)
        if is_another:
            self._tell_trouble()
            self.changed.emit()

    def _take_counts(self, counts: SendCounts | None) -> None:
        if self.state is not None and counts is not None and counts != self.state.counts:
            self.state = replace(self.state, counts=counts)
            self.changed.emit()

    def _take_failure(self, error: BaseException) -> None:
        """The event file fails; the desk says so by itself when it writes next."""
        self.state = SendRound((self.state or SendRound(SendCounts())).counts, str(error))
        self.rounds.end(_AFTER_FAILURE_S)
        self.changed.emit()

    def _tell_trouble(self) -> None:
        """Once for each trouble that only a person can end."""
        state = self.state
        if state is None or not state.trouble:
            self._told = "" if state is None or not state.counts.waiting else self._told
        elif state.needs_person and state.trouble != self._told:
            self._told = state.trouble
            self._at_hand.messages.show_message(
                self.tr("Check-ins are not sent to pretix. {trouble}").format(
                    trouble=state.trouble
                ),
                MessageKind.WARNING,
                action_text=self.tr("Settings"),
                action=self._show_settings,
            )

    def _show_settings(self) -> None:
        self._at_hand.settings_wanted.emit(PAGE)
