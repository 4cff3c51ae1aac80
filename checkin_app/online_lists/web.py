"""The one door to the web: asks one server with one token, in JSON.

What comes back is as untrusted as any file: it may be late, cut, huge, or something else. The
token is sent to that server only, in a header; no address, answer or token is ever logged.
"""

from __future__ import annotations

import json
import logging
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import httpx

from checkin_app import __version__
from checkin_app.errors import Cancelled, OnlineRefused, OnlineUnreachable
from checkin_app.online_lists.web_troubles import (
    broken_line,
    check_status,
    elsewhere,
    no_json,
    refusal,
)

LONGEST_ANSWER_BYTES = 64 * 1024 * 1024
_LONGEST_PAUSE_S = 120.0
_TRIES = 4
_REDIRECTS = 3
_STEP_S = 0.1

Parameters = Sequence[tuple[str, str]]
CancelledCheck = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server is waited for, in seconds.

    Attributes:
        connecting: until it takes the call.
        silent: between two parts of an answer.
        whole: for one whole answer.
        first_pause: before the second try of a question; it doubles with each.
    """

    connecting: float = 10
    silent: float = 30
    whole: float = 120
    first_pause: float = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: the HTTP status, and the JSON value under it."""

    status: int
    value: Any


class Web:
    """One server, asked with one token. To be used by one thread at a time."""

    def __init__(
        self,
        system: str,
        server: str,
        authorization: str,
        *,
        patience: Patience | None = None,
        trusted: ssl.SSLContext | None = None,
        cancelled: CancelledCheck = lambda: False,
    ) -> None:
        """Nothing is sent yet.

        Args:
            system: what people call it, for the sentences.
            server: as ``addresses.server_address`` gives it.
            authorization: the header that holds the token.
            trusted: whose certificates count; None takes those this system trusts.
            cancelled: whether the person who waits has given up.
        """
        _keep_out_of_logs()
        self._system = system
        self._server = server
        self._patience = patience or Patience()
        self._cancelled = cancelled
        # A pasted line break, a blank, or a letter that no header can hold.
        if not (authorization.isascii() and authorization.isprintable()) or not all(
            authorization.partition(" ")
        ):
            raise OnlineRefused("This is no token: copy it anew, without anything around it.")
        self._client = httpx.Client(
            headers={
                "Authorization": authorization,
                "Accept": "application/json",
                "User-Agent": f"checkin-app/{__version__}",
            },
            timeout=httpx.Timeout(
                self._patience.silent, connect=self._patience.connecting, pool=None
            ),
            verify=trusted or _trusted(),
            follow_redirects=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def get(self, path: str, parameters: Parameters = ()) -> Answer:
        """Ask; again when the server is busy or breaks off.

        Returns: the answer when it is JSON and the server was willing (2xx), or the thing asked
            for is not there (404).

        Raises:
            OnlineRefused, OnlineUnreachable, Cancelled.
        """
        for number in range(_TRIES):
            try:
                answer = self._asked("GET", path, parameters)
                if not answer.status < 300 and answer.status != 404:
                    raise refusal(self._system, answer.status)
                return answer
            except OnlineUnreachable as error:
                if number == _TRIES - 1 or error.retry_after_s > _LONGEST_PAUSE_S:
                    raise
                self._pause(error.retry_after_s or self._patience.first_pause * 2**number)
        raise AssertionError

    def post(self, path: str, body: Mapping[str, Any]) -> Answer:
        """Tell the server something, once.

        Returns: the answer when it is JSON and not about the token or the server itself.

        Raises:
            OnlineRefused: the token does not allow it.
            OnlineUnreachable: whether it was heard is not known.
        """
        return self._asked("POST", path, body=body)

    # Inside

    def _asked(
        self,
        method: str,
        path: str,
        parameters: Parameters = (),
        body: Mapping[str, Any] | None = None,
    ) -> Answer:
        """One question and its answer, JSON in any case."""
        address = f"{self._server}{path}"
        for _ in range(_REDIRECTS):
            status, headers, content = self._exchange(method, address, parameters, body)
            if status not in (301, 302, 303, 307, 308):
                break
            if method != "GET":
                raise elsewhere(self._system)
            address, parameters = self._same_server(address, headers.get("location", "")), ()
        else:
            raise elsewhere(self._system)
        check_status(self._system, status, headers.get("retry-after", ""))
        return Answer(status, self._json(status, content))

    def _exchange(
        self, method: str, address: str, parameters: Parameters, body: Mapping[str, Any] | None
    ) -> tuple[int, Mapping[str, str], bytes]:
        """One request over the line."""
        try:
            request = self._client.build_request(
                method, address, params=list(parameters) or None, json=body
            )
            response = self._client.send(request, stream=True)
            try:
                return response.status_code, response.headers, self._content(response)
            finally:
                response.close()
        except httpx.TimeoutException as error:
            raise OnlineUnreachable(
                f"{self._system} did not answer in time. Check the connection to the internet and"
                " try again."
            ) from error
        except httpx.TransportError as error:
            raise broken_line(self._system, error) from error
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, UnicodeError) as error:
            raise OnlineRefused(
                f"{self._system} cannot be asked at this address. Check how it is written."
            ) from error

    def _content(self, response: httpx.Response) -> bytes:
        started_at, content = time.monotonic(), bytearray()
        for part in response.iter_bytes():
            content += part
            if self._cancelled():
                raise Cancelled("Stopped. Nothing was imported.")
            if len(content) > LONGEST_ANSWER_BYTES:
                raise OnlineRefused(
                    f"{self._system} sent more than an event can hold. Check the address."
                )
            if time.monotonic() - started_at > self._patience.whole:
                raise OnlineUnreachable(f"{self._system} answers too slowly. Try again later.")
        return bytes(content)

    def _json(self, status: int, content: bytes) -> Any:
        try:
            return json.loads(content)
        except (ValueError, RecursionError) as error:
            raise no_json(self._system, status, content) from error

    def _same_server(self, asked: str, location: str) -> str:
        """Where a redirect leads, on the server the token is for and no less safely.

        Raises:
            OnlineRefused: it leads elsewhere.
        """
        try:
            here = httpx.URL(asked)
            there = here.join(location)
        except (httpx.InvalidURL, UnicodeError) as error:
            raise elsewhere(self._system) from error
        if not location or _origin(there) != _origin(here):
            raise elsewhere(self._system)
        return str(there)

    def _pause(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if self._cancelled():
                raise Cancelled("Stopped. Nothing was imported.")
            time.sleep(min(left, _STEP_S))


def _origin(address: httpx.URL) -> tuple[str, str, int | None, bytes]:
    """Who is asked, and as whom, as the HTTP library understands it."""
    return address.scheme, address.host, address.port, address.userinfo


def _trusted() -> ssl.SSLContext:
    """What this system trusts, an organisation's own authority too, and the usual authorities.

    Python finds no authorities of its own on some systems (macOS from python.org).
    """
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _keep_out_of_logs() -> None:
    """The HTTP library logs every address, and at its lowest level every header."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.ERROR)
