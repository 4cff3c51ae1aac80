"""The page of the online list: connect, try, fetch, and send check-ins back.

Nothing goes out but by a button of this page, or while the switch is on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from checkin_app.errors import Cancelled, CheckinError, UsageError
from checkin_app.gui.background.receivers import Progress
from checkin_app.gui.background.tasks import CancelledCheck, Job, Lane
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import grouped, shown
from checkin_app.gui.settings.online.connection_form import ConnectionForm
from checkin_app.gui.settings.online.sending_form import SendingForm
from checkin_app.gui.workplace import Workplace
from checkin_app.secrets_store.passwords import Keeping, Passwords
from checkin_app.services.online.online_lists import (
    FetchedList,
    OnlineAnswer,
    fetch,
    keep_token,
    kept_token,
    token_place,
    try_connection,
)
from checkin_app.settings.online_settings import OnlineConnection, OnlineSystem


@dataclass(frozen=True, slots=True)
class _Asked:
    """What came of asking a system: its answer, and how long a new token is kept."""

    answer: OnlineAnswer | FetchedList
    keeping: Keeping | None


class OnlinePage(QWidget):
    """Asks where people register, and brings them in from there.

    Attributes:
        connection: the form above.
        try_out: asks for the event's name.
        fetch: brings the registrations to the import.
        stop: gives up fetching.
        state: what came of it.
        sending: the form below.
    """

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._event_key = ""
        self._job: Job | None = None
        self._asked = OnlineConnection()
        self.connection = ConnectionForm()
        self.try_out = QPushButton(self.tr("Try connection"))
        self.fetch = QPushButton(self.tr("Fetch registrations"))
        self.fetch.setProperty("primary", True)
        self.stop = QPushButton(self.tr("Stop"))
        self.state = plain_label()
        self.state.setWordWrap(True)
        self.sending = SendingForm(workplace.desk.event, workplace.check_in_lists)
        self._lay_out()
        self._show_busy(is_busy=True)
        self.try_out.clicked.connect(self._try)
        self.fetch.clicked.connect(self._fetch)
        self.stop.clicked.connect(self._give_up)
        self.connection.forget.clicked.connect(self._forget)
        self.sending.wanted.connect(self._want)
        self.sending.again.connect(self._try_again)
        workplace.check_in_sending.changed.connect(self._show_sending)
        workplace.tasks.run(
            Lane.NUMBERS,
            workplace.event_file.online_sends.event_key,
            self._take_key,
            workplace.show_error,
        )

    # Shown

    @property
    def _held(self) -> OnlineConnection:
        return self._workplace.settings.online.of(self._event_key)

    def _take_key(self, event_key: str) -> None:
        self._event_key = event_key
        self.connection.show_connection(self._held)
        self.sending.show_connection(self._held)
        self._show_busy(is_busy=False)
        self._show_sending()

    def _show_sending(self) -> None:
        runner = self._workplace.check_in_sending
        self.sending.show_state(runner.state)
        if runner.state is not None and runner.state.counts.refused:
            runner.ask_not_taken(self.sending.show_not_taken)

    def _show_busy(self, *, is_busy: bool) -> None:
        had_focus = self.stop.hasFocus()
        self.connection.setEnabled(not is_busy)
        self.try_out.setEnabled(not is_busy)
        self.fetch.setEnabled(not is_busy)
        self.stop.setVisible(self._job is not None)
        if had_focus and not is_busy:
            self.try_out.setFocus()

    # Asked

    def _try(self) -> None:
        language = self._workplace.desk.event.language
        self._ask(partial(_tried, language=language), self._take_answer, self.tr("Asking…"))

    def _fetch(self) -> None:
        language = self._workplace.desk.event.language
        self._ask(partial(_fetched, language=language), self._take_list, self.tr("Fetching…"))

    def _ask(self, work: partial[_Asked], done: Callable[[_Asked], None], words: str) -> None:
        """Ask the system in the work lane; what was typed is kept when it answers."""
        try:
            connection = self.connection.connection()
        except UsageError as error:
            self.state.setText(shown(str(error)))
            return
        self._asked = connection
        token = self.connection.token.text().strip()
        self._job = self._workplace.tasks.run_job(
            partial(work, connection, self._workplace.passwords, token),
            done,
            self._take_failure,
            self._show_progress,
        )
        self.state.setText(words)
        self._show_busy(is_busy=True)
        # Where the focus waits: the button that was pressed cannot have it meanwhile.
        self.stop.setFocus()

    def _give_up(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _show_progress(self, done: int, total: int) -> None:
        if self._job is not None:
            self.state.setText(
                self.tr("Fetched {done} of {total}").format(
                    done=grouped(done), total=grouped(total)
                )
            )

    def _take_answer(self, asked: _Asked) -> None:
        answer = asked.answer
        assert isinstance(answer, OnlineAnswer)
        self._end(asked.keeping)
        event = answer.event
        words = self.tr("Connected: {title}.").format(title=event.title or self._asked.event)
        if event.registrations is not None:
            words += f" {self._number_of(event.registrations)}."
        if asked.keeping is not None:
            words += " " + asked.keeping.sentence
        self.state.setText(shown(words))
        self.sending.offer_lists(answer.check_in_lists)

    def _number_of(self, registrations: int) -> str:
        if self._asked.system is OnlineSystem.PRETIX:
            return self.tr("{number} orders").format(number=grouped(registrations))
        return self.tr("{number} registrations").format(number=grouped(registrations))

    def _take_list(self, asked: _Asked) -> None:
        assert isinstance(asked.answer, FetchedList)
        self._end(asked.keeping)
        rows = len(asked.answer.table.rows)
        words = self.tr("Fetched {number} registrations.").format(number=grouped(rows))
        self.state.setText(
            " ".join(filter(None, (words, asked.keeping and asked.keeping.sentence)))
        )
        self._workplace.fetched_wanted.emit(asked.answer)

    def _end(self, keeping: Keeping | None) -> None:
        """It answered: remember where it is."""
        self._job = None
        self._show_busy(is_busy=False)
        self._want(self._asked)
        self.connection.show_connection(self._held)
        if keeping is not None:
            self.connection.show_token_is_kept()

    def _take_failure(self, error: BaseException) -> None:
        self._job = None
        self._show_busy(is_busy=False)
        if not isinstance(error, CheckinError):
            self._workplace.show_error(error)
        words = self.tr("Stopped.") if isinstance(error, Cancelled) else str(error)
        self.state.setText(shown(words) if isinstance(error, CheckinError) else "")

    # Chosen

    def _want(self, connection: OnlineConnection) -> None:
        online = self._workplace.settings.online
        if connection != self._held:
            self._workplace.online_wanted.emit(online.keep(connection))
        self.sending.show_connection(self._held)

    def _forget(self) -> None:
        """Nothing more can go out or come in until somebody enters a token."""
        self.connection.token.clear()
        self._want(replace(self._held, sends_check_ins=False))
        self._workplace.tasks.run(
            Lane.ONLINE,
            partial(self._workplace.passwords.forget, *token_place(self._held)),
            self._say_forgotten,
            self._take_failure,
        )

    def _say_forgotten(self, _nothing: None) -> None:
        self.connection.show_connection(self._held)
        self.state.setText(self.tr("The token is forgotten here. Withdraw it in the system, too."))

    def _try_again(self) -> None:
        self._workplace.check_in_sending.try_again()

    # Inside

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(
            quiet_label(
                self.tr(
                    "Registrations straight from the system in which people register. What was"
                    " fetched is looked at before anything changes, as with a file."
                )
            )
        )
        column.addWidget(self.connection)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.try_out, self.fetch, self.stop):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addWidget(self.state)
        column.addWidget(self.sending)
        column.addStretch(1)


def _tried(
    connection: OnlineConnection,
    passwords: Passwords,
    token: str,
    _progress: Progress,
    _cancelled: CancelledCheck,
    *,
    language: str,
) -> _Asked:
    known = token or kept_token(passwords, connection)
    answer = try_connection(connection, known, language)
    return _Asked(answer, keep_token(passwords, connection, token) if token else None)


def _fetched(
    connection: OnlineConnection,
    passwords: Passwords,
    token: str,
    progress: Progress,
    cancelled: CancelledCheck,
    *,
    language: str,
) -> _Asked:
    known = token or kept_token(passwords, connection)
    fetched = fetch(connection, known, language, progress=progress, cancelled=cancelled)
    return _Asked(fetched, keep_token(passwords, connection, token) if token else None)
