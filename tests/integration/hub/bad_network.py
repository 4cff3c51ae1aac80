"""A network that fails in every way a hotel's does, between a desk and the hub.

One thread and an event loop forward bytes from a local port to the hub. What goes wrong is chosen
at any time from any thread; it never changes bytes, for TCP and TLS would notice, but what it does
to connections is all that TCP lets through. It cannot duplicate or reorder the bytes of one
connection either; what is said twice, or after what was said later, comes over different ones
(``DEAF``, ``LATE``).
"""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from types import TracebackType
from typing import Any, Self

_CHUNK = 65536
_ANY_TIME_S = 60.0
_LATE_AT_ONCE = 3
"""So many connections wait at most: the hub lets in a few of each desk, no more."""


class Weather(Enum):
    """How the network is."""

    FAIR = auto()
    """Everything passes."""

    SLOW = auto()
    """Every piece is late by a random time, connections overtake one another."""

    CUT = auto()
    """Connections end at once, new ones are refused."""

    HALF_OPEN = auto()
    """Connections stay open and new ones are accepted, but nothing passes."""

    DEAF = auto()
    """What desks send arrives, what the hub answers is lost, then the connection breaks: so the
    desk does not know that it was heard, and says it again."""

    LATE = auto()
    """What desks send stays on its way, and the connection breaks for the desk alone; new ones are
    refused. It arrives at ``let_late_arrive``, long after what the desk said since."""


class _HeldUp(ConnectionResetError):
    """What a desk said last on a connection."""

    def __init__(self, data: bytes) -> None:
        self.data = data


@dataclass(frozen=True)
class _Late:
    """A connection that the desk has lost and the hub has not."""

    data: bytes
    hub: asyncio.StreamReader
    to_hub: asyncio.StreamWriter


class BadNetwork:
    """Forwards a local port to a hub.

    Attributes:
        port: where desks find it, on 127.0.0.1.
    """

    def __init__(self, host: str, port: int, seed: int = 0) -> None:
        self._target = (host, port)
        self._random = random.Random(seed)
        self._weather = Weather.FAIR
        self._slowest_s = 0.0
        self._writers: set[asyncio.StreamWriter] = set()
        self._late: list[_Late] = []
        self._clear: asyncio.Event | None = None
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.port = self._do(self._listen())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def be(self, weather: Weather, slowest_s: float = 0.2) -> None:
        """Let the network be so from now on.

        Args:
            slowest_s: the longest delay of one piece when it is slow.
        """
        self._slowest_s = slowest_s
        self._do(self._change(weather))

    def let_late_arrive(self) -> int:
        """Let the hub hear, now, what was on its way. Returns how much of it there was."""
        arrived: int = self._do(self._deliver())
        return arrived

    def lose_late(self) -> None:
        """What was on its way never arrives."""
        self._do(self._lose(0))

    def close(self) -> None:
        """End all connections and the thread."""
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_ANY_TIME_S)

    async def _listen(self) -> int:
        self._clear = asyncio.Event()
        self._clear.set()
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def _change(self, weather: Weather) -> None:
        assert self._clear is not None
        self._weather = weather
        if weather is Weather.HALF_OPEN:
            self._clear.clear()
        else:
            self._clear.set()
        if weather is Weather.CUT:
            self._cut_all()

    async def _end(self) -> None:
        assert self._server is not None
        assert self._clear is not None
        self._weather = Weather.CUT
        self._clear.set()
        self._server.close()
        self._cut_all()
        await self._lose(0)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others:
            # Cancelled, those that hold a connection would complain.
            await asyncio.wait(others, timeout=_ANY_TIME_S)

    def _cut_all(self) -> None:
        for writer in tuple(self._writers):
            writer.transport.abort()

    async def _deliver(self) -> int:
        late, self._late = self._late, []
        for one in late:
            with suppress(OSError):
                one.to_hub.write(one.data)
                one.to_hub.write_eof()
                # The hub ends the connection when it has done what it heard.
                while await one.hub.read(_CHUNK):
                    pass
            one.to_hub.transport.abort()
        return len(late)

    async def _lose(self, but: int) -> None:
        while len(self._late) > but:
            self._late.pop(0).to_hub.transport.abort()

    async def _connect(self, desk: asyncio.StreamReader, to_desk: asyncio.StreamWriter) -> None:
        if self._weather in (Weather.CUT, Weather.LATE):
            to_desk.transport.abort()
            return
        try:
            hub, to_hub = await asyncio.open_connection(*self._target)
        except OSError:
            to_desk.transport.abort()
            return
        ends = {to_desk, to_hub}
        self._writers |= ends
        asks = asyncio.ensure_future(self._forward(desk, to_hub, is_answer=False))
        answers = asyncio.ensure_future(self._forward(hub, to_desk, is_answer=True))
        await asyncio.wait((asks, answers), return_when=asyncio.FIRST_COMPLETED)
        if asks.done() and isinstance(sent := asks.exception(), _HeldUp):
            ends.remove(to_hub)
            self._writers.remove(to_hub)
            self._late.append(_Late(sent.data, hub, to_hub))
            await self._lose(_LATE_AT_ONCE)
        self._writers -= ends
        for writer in ends:
            writer.transport.abort()
        # Nobody else holds them: let go of, they would be collected at work.
        for one in (asks, answers):
            one.cancel()
        for fault in await asyncio.gather(asks, answers, return_exceptions=True):
            if isinstance(fault, Exception) and not isinstance(fault, OSError):
                raise fault

    async def _forward(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, is_answer: bool
    ) -> None:
        assert self._clear is not None
        while data := await source.read(_CHUNK):
            await self._clear.wait()
            match self._weather:
                case Weather.SLOW:
                    await asyncio.sleep(self._random.uniform(0, self._slowest_s))
                case Weather.DEAF if is_answer:
                    raise ConnectionResetError
                case Weather.LATE if not is_answer:
                    raise _HeldUp(data)
                case _:
                    pass
            target.write(data)
            await target.drain()
        raise ConnectionResetError
