"""Registrations straight from the system they are made in → a list to import as any other.

Nothing goes out but questions, and only when somebody asks for them here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from checkin_app.errors import OnlineRefused
from checkin_app.lists.progress import CancelledCheck, Progress, never_cancelled, no_progress
from checkin_app.lists.reading.cleaning import clean_cell, clean_column
from checkin_app.lists.reading.header import distinct_names
from checkin_app.lists.table import Table
from checkin_app.online_lists.addresses import EventLink, indico_link, pretix_link, server_address
from checkin_app.online_lists.indico import Indico
from checkin_app.online_lists.plain_list import OnlineEvent, OnlineList
from checkin_app.online_lists.pretix import Pretix, PretixCheckInList
from checkin_app.online_lists.web import Patience, Web
from checkin_app.secrets_store.passwords import Keeping, Passwords
from checkin_app.services.list_import.registration_lists import ListChoices
from checkin_app.settings.online_settings import OnlineConnection, OnlineSystem

SYSTEM_NAMES = {OnlineSystem.PRETIX: "pretix", OnlineSystem.INDICO: "Indico"}
"""What people call them; the presets of their lists are called the same, in small letters."""

_HEADERS = {OnlineSystem.PRETIX: "Token {}", OnlineSystem.INDICO: "Bearer {}"}
_COLUMNS = {
    OnlineSystem.PRETIX: {"code": "Ticket secret", "attention": "Check-in text"},
    OnlineSystem.INDICO: {"code": "Checkin secret", "email": "Email Address"},
}
"""What the preset of the exported list does not say of the fetched one."""

OpenWeb = Callable[[OnlineConnection, str, CancelledCheck], Web]


@dataclass(frozen=True, slots=True)
class FetchedList:
    """A list that came from the web, and how lists of its system are understood."""

    table: Table
    choices: ListChoices


@dataclass(frozen=True, slots=True)
class OnlineAnswer:
    """What a trial of a connection brought.

    Attributes:
        check_in_lists: pretix's; none of Indico.
    """

    event: OnlineEvent
    check_in_lists: tuple[PretixCheckInList, ...] = ()


def open_web(
    connection: OnlineConnection,
    token: str,
    cancelled: CancelledCheck = never_cancelled,
    patience: Patience | None = None,
) -> Web:
    """The line to a system; nothing is sent yet.

    Args:
        cancelled: whether whoever waits has given up.
        patience: how long is waited for it; None for as long as somebody who looks on would.

    Raises:
        OnlineRefused: what is no token cannot be sent.
    """
    return Web(
        SYSTEM_NAMES[connection.system],
        connection.server,
        _HEADERS[connection.system].format(token),
        cancelled=cancelled,
        patience=patience,
    )


def with_link(connection: OnlineConnection, text: str) -> OnlineConnection:
    """A connection to what a person typed or pasted: an address, or a link to the event.

    What the link does not name stays as it is; another server forgets what belongs to the first.

    Raises:
        UsageError: it is no address, or one that others can read along.
    """
    is_pretix = connection.system is OnlineSystem.PRETIX
    link: EventLink = pretix_link(text) if is_pretix else indico_link(text)
    server = server_address(link.server)
    named = replace(
        connection,
        server=server,
        organiser=(link.organiser or connection.organiser) if is_pretix else "",
        event=link.event or connection.event,
    )
    return named if _place(named) == _place(connection) else _without_list(named)


def with_event(connection: OnlineConnection, organiser: str, event: str) -> OnlineConnection:
    """A connection to another event of the same server."""
    named = replace(connection, organiser=organiser.strip(), event=event.strip())
    return named if _place(named) == _place(connection) else _without_list(named)


def token_place(connection: OnlineConnection) -> tuple[str, str]:
    """Service and account under which the token is kept: what it opens, not which event."""
    account = " ".join(filter(None, (connection.server, connection.organiser)))
    return f"checkin-app {connection.system.value}", account


def kept_token(passwords: Passwords, connection: OnlineConnection) -> str:
    """The token of a connection.

    Raises:
        OnlineRefused: none is known.
        PasswordsUnavailable: the keyring does not hand it out.
    """
    token = passwords.get(*token_place(connection))
    if not token:
        raise OnlineRefused(
            f"No token is known for {SYSTEM_NAMES[connection.system]}. Enter it in the settings,"
            " under “Online list”."
        )
    return token


def keep_token(passwords: Passwords, connection: OnlineConnection, token: str) -> Keeping:
    """Keep the token of a connection; says for how long."""
    return passwords.set(*token_place(connection), token.strip())


def try_connection(
    connection: OnlineConnection, token: str, language: str, opened: OpenWeb = open_web
) -> OnlineAnswer:
    """Ask for the name of the event and the number of its registrations.

    Raises:
        OnlineError: it cannot be asked, or does not want to answer.
    """
    with opened(connection, token, never_cancelled) as web:
        if connection.system is OnlineSystem.INDICO:
            return OnlineAnswer(Indico(web, connection.event).describe())
        pretix = Pretix(web, connection.organiser, connection.event)
        return OnlineAnswer(pretix.describe(language), pretix.check_in_lists())


def fetch(
    connection: OnlineConnection,
    token: str,
    language: str,
    *,
    progress: Progress = no_progress,
    cancelled: CancelledCheck = never_cancelled,
    opened: OpenWeb = open_web,
) -> FetchedList:
    """All registrations, to be understood as a list of that system is.

    Raises:
        OnlineError: they cannot be had.
        Cancelled: the person stopped it.
    """
    with opened(connection, token, cancelled) as web:
        if connection.system is OnlineSystem.INDICO:
            plain = Indico(web, connection.event).registrations(progress)
        else:
            pretix = Pretix(web, connection.organiser, connection.event)
            plain = pretix.registrations(language, progress)
    if not plain.rows:
        raise OnlineRefused(
            f"{SYSTEM_NAMES[connection.system]} has no registrations of this event yet."
        )
    table = _table(connection, plain)
    columns = {
        field: column
        for field, column in _COLUMNS[connection.system].items()
        if column in table.columns
    }
    return FetchedList(table, ListChoices(columns=columns, preset=connection.system.value))


def _table(connection: OnlineConnection, plain: OnlineList) -> Table:
    """The list as one that was read from a file; its name is not one of a file."""
    header = [clean_cell(name) for name in plain.columns]
    cells = [clean_column(column) for column in zip(*plain.rows, strict=True)]
    return Table(
        path=Path(f"{connection.event} ({SYSTEM_NAMES[connection.system]})"),
        columns=distinct_names(header, len(header)),
        rows=list(zip(*cells, strict=True)),
        # As they would be counted in a file.
        numbers=range(2, len(plain.rows) + 2),
        header_row=1,
    )


def _place(connection: OnlineConnection) -> tuple[str, str, str, str]:
    return connection.system, connection.server, connection.organiser, connection.event


def _without_list(connection: OnlineConnection) -> OnlineConnection:
    """Another event has other check-in lists, and nothing goes there before one is chosen."""
    return replace(connection, list_id=0, list_name="", sends_check_ins=False)
