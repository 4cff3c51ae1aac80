"""Hubs make themselves known in their network, and desks look for them there (mDNS, DNS-SD).

Told is what anybody may hear: the hub's id, a digest of the event's id, the port and what the
laptop is called. No name of the event and of nobody. Multicast is often blocked in hotels: whoever
finds nothing joins by link.
"""

from __future__ import annotations

import hashlib
import logging
import queue
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Self

from checkin_app.errors import HubError
from checkin_app.hub.server.addresses import lan_addresses, laptop_name

if TYPE_CHECKING:
    from zeroconf import ServiceInfo, ServiceStateChange, Zeroconf

_SERVICE = "_checkin-hub._tcp.local."
_FORMAT = "1"
_ANSWER_MS = 3000
_LONGEST_NAME = 63
_ATTEMPTS = 3

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FoundHub:
    """A hub that made itself known.

    Attributes:
        hub_id: 32 hexadecimal digits.
        event_digest: as ``event_digest`` makes it.
        addresses: of the laptop, in its own order.
        laptop: what it is called.
    """

    hub_id: str
    event_digest: str
    addresses: tuple[str, ...]
    port: int
    laptop: str

    def is_of(self, event_id: str) -> bool:
        """Whether it is a hub of this event."""
        return self.event_digest == event_digest(event_id)


def event_digest(event_id: str) -> str:
    """What a hub tells of its event: those who have the event's file know it again by this."""
    return hashlib.sha256(b"checkin_app hub\0" + bytes.fromhex(event_id)).hexdigest()[:32]


class Announcement:
    """A hub makes itself known for as long as this lives. A network that forbids it is no error."""

    def __init__(self, hub_id: str, event_id: str, port: int) -> None:
        self._hub_id = hub_id
        self._digest = event_digest(event_id)
        self._port = port
        self._zeroconf: Zeroconf | None = None
        self._told: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        """Make it known; ``refresh`` keeps what is told right."""
        self.refresh()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _at: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def is_heard(self) -> bool:
        """Whether there is a network in which it is told."""
        return self._zeroconf is not None

    def refresh(self) -> None:
        """Look whether the laptop's addresses are others now, and tell those."""
        addresses = lan_addresses()
        if addresses == self._told:
            return
        # What listens at the old addresses is of no use at the new ones.
        self.close()
        if not addresses:
            return
        from zeroconf import Error, Zeroconf

        try:
            self._zeroconf = Zeroconf()
            self._zeroconf.register_service(self._service(addresses), allow_name_change=True)
        except (OSError, Error):
            self.close()
            return
        self._told = addresses

    def close(self) -> None:
        """Say good-bye."""
        if self._zeroconf is not None:
            _leave(self._zeroconf)
        self._zeroconf, self._told = None, ()

    def _service(self, addresses: tuple[str, ...]) -> ServiceInfo:
        from zeroconf import ServiceInfo

        told = {
            "v": _FORMAT,
            "hub": self._hub_id,
            "event": self._digest,
            "laptop": laptop_name()[:_LONGEST_NAME],
        }
        return ServiceInfo(
            _SERVICE,
            f"{self._hub_id}.{_SERVICE}",
            port=self._port,
            properties=told,
            parsed_addresses=list(addresses),
            # A name of its own: the system's may be announced by the system itself.
            server=f"hub-{self._hub_id[:12]}.local.",
        )


def find_hubs(
    timeout_s: float = 3.0, *, until: Callable[[FoundHub], bool] | None = None
) -> tuple[FoundHub, ...]:
    """The hubs that make themselves known, by laptop's name.

    Args:
        until: the search ends with the first one for which this is true.

    Raises:
        HubError: this laptop is in no network.
    """
    from zeroconf import ServiceBrowser

    heard = _Heard()
    found: dict[str, FoundHub] = {}
    # A browser not closed by itself leaves its thread behind, one for each search.
    with (
        _in_network() as zeroconf,
        ServiceBrowser(zeroconf, _SERVICE, handlers=[heard.note]),
    ):
        for name, is_there in heard.until(time.monotonic() + timeout_s):
            found.pop(name, None)
            hub = _asked(zeroconf, name) if is_there else None
            if hub is not None:
                found[name] = hub
                if until is not None and until(hub):
                    break
    return tuple(sorted(found.values(), key=lambda hub: (hub.laptop, hub.hub_id)))


def find_hub_of(event_id: str, hub_id: str = "", timeout_s: float = 3.0) -> FoundHub | None:
    """Where an event's hub is now; the first that is found, or that of an id.

    Raises:
        HubError: this laptop is in no network.
    """

    def is_wanted(hub: FoundHub) -> bool:
        return hub.is_of(event_id) and hub_id in ("", hub.hub_id)

    return next(filter(is_wanted, find_hubs(timeout_s, until=is_wanted)), None)


class _Heard:
    """What a thread of zeroconf heard, for the thread that waits for it.

    To ask back in zeroconf's own thread would fail whenever the search ends at that moment.
    """

    def __init__(self) -> None:
        self._names: queue.SimpleQueue[tuple[str, bool]] = queue.SimpleQueue()

    def note(
        self, zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange
    ) -> None:
        """A hub came, told something else, or said good-bye. The names are zeroconf's."""
        self._names.put((name, state_change.name != "Removed"))

    def until(self, moment_s: float) -> Iterator[tuple[str, bool]]:
        """Each name, with whether it is there, until the monotonic clock stands there."""
        while (left_s := moment_s - time.monotonic()) > 0:
            try:
                yield self._names.get(timeout=left_s)
            except queue.Empty:
                return


@contextmanager
def _in_network() -> Iterator[Zeroconf]:
    from zeroconf import Zeroconf

    try:
        zeroconf = Zeroconf()
    except OSError as error:
        raise HubError(
            "This laptop is in no network in which it could look for a hub. Connect it to the same"
            " Wi-Fi or cable as the hub’s laptop."
        ) from error
    try:
        yield zeroconf
    finally:
        _leave(zeroconf)


def _leave(zeroconf: Zeroconf) -> None:
    """Say good-bye and end its thread, also on a laptop that sleeps in the middle of that: then
    nobody answers in time, and the next attempt does what is left.
    """
    from zeroconf import Error

    for _ in range(_ATTEMPTS):
        with suppress(OSError, Error):
            zeroconf.close()
            return
    _log.warning("A search in the network does not end")


def _asked(zeroconf: Zeroconf, name: str) -> FoundHub | None:
    from zeroconf import Error

    info = None
    # On a laptop that slept meanwhile nobody answers in time.
    with suppress(Error):
        info = zeroconf.get_service_info(_SERVICE, name, _ANSWER_MS)
    return _hub_from(info) if info is not None else None


def _hub_from(info: ServiceInfo) -> FoundHub | None:
    """What somebody in the network tells, if it is in our form. Anybody can tell anything."""
    told = {key: value or "" for key, value in info.decoded_properties.items()}
    hub_id, digest = told.get("hub", ""), told.get("event", "")
    if told.get("v") != _FORMAT or not (_is_id(hub_id) and _is_id(digest)) or not info.port:
        return None
    laptop = "".join(filter(str.isprintable, told.get("laptop", "")))[:_LONGEST_NAME]
    return FoundHub(hub_id, digest, tuple(info.parsed_scoped_addresses()), info.port, laptop)


def _is_id(text: str) -> bool:
    return len(text) == 32 and set(text) <= set("0123456789abcdef")
