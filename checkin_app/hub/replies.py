"""What PostgreSQL or the network says, in the words of this program's errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors

from checkin_app.errors import HubError, HubFull, HubRefused, HubUnreachable
from checkin_app.hub.schema_steps import HELD_UP

_REFUSALS = (
    "password authentication failed",
    "is not permitted to log in",
    "no pg_hba.conf entry",
    "pg_hba.conf rejects",
    "does not exist",
    "permission denied",
)
"""A login that fails has no SQLSTATE in psycopg, and libpq passes on the server's words. A server
that speaks another language is taken for one that cannot be reached, and tried again."""

_DISTRUST = (
    "certificate verify failed",
    "does not match host name",
    "channel binding",
    "authentication method requirement",
    "server signature",
)

_TRY_AGAIN = ("08", "40", "53", "55", "57")
"""Classes of SQLSTATE: connection, rolled back for another, resources, in use, operator (PostgreSQL
manual, appendix A)."""


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turns what psycopg raises into a ``HubError`` that a volunteer can read."""
    try:
        yield
    except psycopg.Error as error:
        raise in_plain_words(error) from error
    except OSError as error:
        raise unreachable() from error


def unreachable() -> HubUnreachable:
    """Nobody answers, or no longer."""
    return HubUnreachable(
        "The hub does not answer. This desk works on by itself and shares as soon as the hub is "
        "there again. Check that both laptops are on the same network."
    )


def in_plain_words(error: psycopg.Error) -> HubError:
    """What it means for a desk."""
    if error.sqlstate is None:
        return _login_failed(error)
    if isinstance(error, errors.InsufficientPrivilege | errors.InvalidAuthorizationSpecification):
        return HubRefused(
            "The hub says no: this desk or this pairing was withdrawn, or the login has not the "
            "right. Ask at the laptop with the hub for a new pairing."
        )
    if error.sqlstate == HELD_UP:
        return HubRefused(
            "The hub takes nothing from this desk for ten minutes, because it held up all others "
            "several times. Restart the program here; if it comes again, ask the organiser."
        )
    if isinstance(error, errors.UndefinedTable | errors.InvalidSchemaName):
        return HubRefused(
            "This database holds no hub of this event. Ask at the laptop with the hub for a new "
            "pairing."
        )
    if isinstance(error, errors.DiskFull):
        return HubFull(
            "The disk of the hub is full. This desk works on by itself; make room on the laptop or "
            "server with the hub."
        )
    if error.sqlstate.startswith(_TRY_AGAIN):
        return unreachable()
    return HubError(
        f"The database did not do what the hub needs of it (SQLSTATE {error.sqlstate}). It has to "
        "be PostgreSQL 14 or later; tell whoever looks after it."
    )


def _login_failed(error: psycopg.Error) -> HubError:
    said = str(error)
    if any(doubt in said for doubt in _DISTRUST):
        return HubRefused(
            "The hub cannot prove that it is the one of the pairing, so nothing was sent to it. "
            "Ask the organiser which certificate it has and for a new pairing."
        )
    if isinstance(error, psycopg.ProgrammingError) or any(text in said for text in _REFUSALS):
        return HubRefused(
            "The hub does not let this laptop in: the pairing or the desk was withdrawn, or the "
            "pairing has run out. Ask at the laptop with the hub for a new one."
        )
    return unreachable()
