"""What goes wrong on the web, as our errors: what happened, and what to do next.

No sentence holds an address, an answer or a token.
"""

from __future__ import annotations

import ssl

import httpx

from checkin_app.errors import OnlineNotFound, OnlineRefused, OnlineUnreachable


def check_status(system: str, status: int, retry_after: str) -> None:
    """The answers that mean the same whatever was asked.

    Raises:
        OnlineRefused: the token is not accepted, or does not allow it.
        OnlineUnreachable: the server is busy or in trouble.
    """
    if status in (401, 403):
        raise refusal(system, status)
    if status == 429:
        raise OnlineUnreachable(
            f"{system} asks for a pause: it was asked too often. Try again in some minutes.",
            _seconds(retry_after),
        )
    if status >= 500 or status == 408:
        raise OnlineUnreachable(
            f"{system} has trouble of its own (error {status}). Try again later.",
            _seconds(retry_after),
            is_there=status != 503,
        )


def refusal(system: str, status: int) -> OnlineRefused:
    """The server was not willing."""
    match status:
        case 401:
            sentence = (
                f"{system} does not accept the token. Copy it anew: it may have been withdrawn, or"
                " be one of another server."
            )
        case 403:
            sentence = (
                "The token does not open this event. Check how organiser and event are written, and"
                f" in {system} what the token may see."
            )
        case 404:
            sentence = f"{system} knows no such event. Check how organiser and event are written."
        case _:
            sentence = (
                f"{system} did not understand the question (error {status}). Check the address and"
                " the event."
            )
    return OnlineRefused(sentence)


def no_json(system: str, status: int, content: bytes) -> OnlineRefused | OnlineUnreachable:
    """What came is none of the system's answers, or not all of it."""
    if status == 404:
        return OnlineNotFound(
            f"There is no {system} at this address. Check the address, and how the event is"
            " written."
        )
    if content.lstrip()[:1] in (b"{", b"["):
        return OnlineUnreachable(f"The answer of {system} was cut off. Try again.")
    return OnlineRefused(
        f"What answers at this address is a web page, not the interface of {system}. Check the"
        " address; in a guest network, sign in with the browser first."
    )


def elsewhere(system: str) -> OnlineRefused:
    """The server sent us to another one."""
    return OnlineRefused(
        "This address leads to another one, and the token was not sent there. Enter the address at"
        f" which {system} itself answers; in a guest network, sign in with the browser first."
    )


def broken_line(system: str, error: httpx.TransportError) -> OnlineRefused | OnlineUnreachable:
    """There was no line to the server, or it broke."""
    if _is_about_certificate(error):
        return OnlineRefused(
            f"{system} could not prove that it is the server of this address: its certificate is"
            " not valid here. Nothing was sent. Check the address and the clock of this computer;"
            " in a guest network, sign in with the browser first."
        )
    if isinstance(error, httpx.UnsupportedProtocol):
        return OnlineRefused(f"{system} cannot be asked at this address.")
    return OnlineUnreachable(
        f"{system} cannot be reached. Check the connection to the internet and the address, and try"
        " again."
    )


def _is_about_certificate(error: BaseException) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def _seconds(retry_after: str) -> float:
    """The seconds that a Retry-After header names; 0 for a date or anything else."""
    text = retry_after.strip()
    return float(text[:6]) if text.isascii() and text.isdecimal() else 0.0
