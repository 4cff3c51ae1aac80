"""Real local servers that answer as pretix and Indico are documented to, in any mood.

The answers lie in ``tests/data/online``. A server writes down what it was asked, and counts
check-ins as pretix does: once for each nonce.
"""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

ANSWERS = Path(__file__).parent / "data" / "online"
TOKEN = "e1l6gq2ye72thbwkacj7jbri7a7tvxe614ojv8ybureain92ocub46t5gab5966k"
PAGE_SIZE = 4


class Mood(Enum):
    """What a server does with one request instead of answering it well."""

    BUSY = auto()
    """429 with Retry-After."""
    BROKEN = auto()
    """500, as a web page."""
    CUT = auto()
    """The line breaks in the middle of the answer."""
    HALF = auto()
    """The answer is whole for HTTP, but half of the JSON."""
    SILENT = auto()
    """Nothing comes."""
    WEB_PAGE = auto()
    """200, as a sign-in page of a hotel does."""
    ELSEWHERE = auto()
    """A redirect to another server."""
    MOVED = auto()
    """A redirect on the same server."""
    LOST = auto()
    """What was asked is done, but the answer is lost."""


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: Any = None


@dataclass
class OnlineServer:
    """A server on this computer.

    Attributes:
        moods: of the next requests; without any it is well.
        asked: all requests, oldest first.
        location: where ``Mood.ELSEWHERE`` leads.
        retry_after_s: what ``Mood.BUSY`` asks for.
    """

    moods: deque[Mood] = field(default_factory=deque)
    asked: list[Asked] = field(default_factory=list)
    location: str = ""
    retry_after_s: int = 1
    authorization: str = f"Token {TOKEN}"
    url: str = ""
    closing: threading.Event = field(default_factory=threading.Event)
    lock: threading.Condition = field(default_factory=threading.Condition)

    def was_asked(self, times: int) -> bool:
        """Whether it was asked so often; waits for what is still on its way to it."""
        with self.lock:
            return self.lock.wait_for(lambda: len(self.asked) >= times, timeout=60)

    def answer(self, asked: Asked) -> tuple[int, Any]:
        """Status and value."""
        if asked.headers.get("authorization") != self.authorization:
            return 401, {"detail": "Invalid token."}
        with self.lock:
            return self.willing_answer(asked)

    def willing_answer(self, asked: Asked) -> tuple[int, Any]:
        raise NotImplementedError


def stored(name: str) -> Any:
    """One of the answers in ``tests/data/online``."""
    return json.loads((ANSWERS / f"{name}.json").read_bytes())


@dataclass
class PretixServer(OnlineServer):
    """pretix, with the event bigevents/sampleconf.

    Attributes:
        orders: its orders.
        check_ins: nonce → what was told, of every check-in that stands.
        refuses: secret → the reason for which it is not let in.
    """

    orders: list[dict[str, Any]] = field(default_factory=lambda: stored("pretix_orders"))
    check_ins: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    annulled: list[str] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)

    def willing_answer(self, asked: Asked) -> tuple[int, Any]:
        organiser = "/api/v1/organizers/bigevents"
        event = f"{organiser}/events/sampleconf"
        match asked.method, asked.path.removeprefix(event):
            case "GET", "/":
                return 200, stored("pretix_event")
            case "GET", "/items/" | "/questions/" | "/checkinlists/" as place:
                return self._page(asked, stored(f"pretix_{place.strip('/')}"))
            case "GET", "/orders/":
                return self._page(asked, self._orders(asked))
        match asked.method, asked.path.removeprefix(organiser):
            case "POST", "/checkinrpc/redeem/":
                return self._redeem(asked.body)
            case "POST", "/checkinrpc/annul/":
                return self._annul(asked.body)
        return 404, {"detail": "Not found."}

    def _orders(self, asked: Asked) -> list[dict[str, Any]]:
        orders = [
            one
            for one in self.orders
            if asked.query.get("testmode") != ["false"] or not one["testmode"]
        ]
        if asked.query.get("include_canceled_positions") == ["true"]:
            return orders
        return [
            {**one, "positions": [p for p in one["positions"] if not p["canceled"]]}
            for one in orders
        ]

    def _page(self, asked: Asked, results: list[Any]) -> tuple[int, Any]:
        number = int(asked.query.get("page", ["1"])[0])
        start = (number - 1) * PAGE_SIZE
        if number > 1 and start >= len(results):
            return 404, {"detail": "Invalid page."}
        has_more = start + PAGE_SIZE < len(results)
        return 200, {
            "count": len(results),
            "next": f"{self.url}{asked.path}?page={number + 1}" if has_more else None,
            "previous": None,
            "results": results[start : start + PAGE_SIZE],
        }

    def _redeem(self, told: Mapping[str, Any]) -> tuple[int, Any]:
        if told["lists"] != [1]:
            return 400, {"lists": ["Invalid pk - object does not exist."]}
        known = {p["secret"] for one in self.orders for p in one["positions"]}
        if told["secret"] not in known:
            return 404, stored("pretix_redeem_invalid")
        if reason := self.refuses.get(told["secret"]):
            return 200, {**stored("pretix_redeem_unpaid"), "reason": reason}
        self.check_ins.setdefault(told["nonce"], told)
        return 201, stored("pretix_redeem_ok")

    def _annul(self, told: Mapping[str, Any]) -> tuple[int, Any]:
        if told["nonce"] in self.annulled:
            return 400, {"detail": "Check-in already annulled"}
        if told["nonce"] not in self.check_ins:
            return 404, {"detail": "No check-in found."}
        del self.check_ins[told["nonce"]]
        self.annulled.append(told["nonce"])
        return 200, {"status": "ok"}


@dataclass
class IndicoServer(OnlineServer):
    """Indico, with event 1234.

    Attributes:
        has_newer, has_older: which half of its interface is there.
    """

    authorization: str = f"Bearer {TOKEN}"
    has_newer: bool = True
    has_older: bool = True

    def willing_answer(self, asked: Asked) -> tuple[int, Any]:
        newer = "/api/checkin/event/1234"
        answers: dict[str, str] = {}
        if self.has_newer:
            answers |= {
                f"{newer}/": "indico_event",
                f"{newer}/forms/": "indico_forms",
                f"{newer}/forms/5/registrations/": "indico_registrations_5",
                f"{newer}/forms/6/registrations/": "indico_registrations_6",
            }
        if self.has_older:
            answers["/api/events/1234/registrants"] = "indico_registrants"
        if asked.path in answers:
            return 200, stored(answers[asked.path])
        return 404, {"message": "Not found"}


@contextmanager
def serving(server: OnlineServer, certificate: Path | None = None) -> Iterator[Any]:
    """The server at work on a free port of this computer."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            _handle(self, server)

        def do_POST(self) -> None:
            _handle(self, server)

        def log_message(self, *_arguments: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_arguments: object) -> None:
            pass

    at_work = Quiet(("127.0.0.1", 0), Handler)
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        at_work.socket = context.wrap_socket(at_work.socket, server_side=True)
        scheme = "https"
    host = "localhost" if certificate else "127.0.0.1"
    server.url = f"{scheme}://{host}:{at_work.server_port}"
    thread = threading.Thread(target=at_work.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        at_work.shutdown()
        at_work.server_close()
        thread.join()


def _handle(request: BaseHTTPRequestHandler, server: OnlineServer) -> None:
    parts = urlsplit(request.path)
    length = int(request.headers.get("content-length", 0))
    asked = Asked(
        request.command,
        parts.path,
        parse_qs(parts.query),
        {name.lower(): value for name, value in request.headers.items()},
        json.loads(request.rfile.read(length)) if length else None,
    )
    with server.lock:
        server.asked.append(asked)
        server.lock.notify_all()
        mood = server.moods.popleft() if server.moods else None
    match mood:
        case Mood.BUSY:
            later = {"Retry-After": str(server.retry_after_s)}
            _send(request, 429, b'{"detail": "Too many requests"}', later)
        case Mood.BROKEN:
            _send(request, 500, b"<h1>Internal Server Error</h1>", {"Content-Type": "text/html"})
        case Mood.WEB_PAGE:
            _send(request, 200, b"<!doctype html><h1>Welcome</h1>", {"Content-Type": "text/html"})
        case Mood.ELSEWHERE:
            _send(request, 302, b"", {"Location": server.location})
        case Mood.MOVED:
            _send(request, 301, b"", {"Location": request.path})
        case Mood.SILENT:
            server.closing.wait(30)
            _hang_up(request)
        case _:
            status, value = server.answer(asked)
            content = json.dumps(value).encode()
            if mood is Mood.CUT:
                _send(request, status, content, cut=True)
            elif mood is Mood.LOST:
                _hang_up(request)
            else:
                half = content[: len(content) // 2]
                _send(request, status, half if mood is Mood.HALF else content)


def _send(
    request: BaseHTTPRequestHandler,
    status: int,
    content: bytes,
    headers: Mapping[str, str] | None = None,
    *,
    cut: bool = False,
) -> None:
    request.send_response(status)
    for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
        request.send_header(name, value)
    request.send_header("Content-Length", str(len(content)))
    request.end_headers()
    request.wfile.write(content[: len(content) // 2] if cut else content)
    if cut:
        _hang_up(request)


def _hang_up(request: BaseHTTPRequestHandler) -> None:
    request.close_connection = True
    request.wfile.flush()
    try:
        request.connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
