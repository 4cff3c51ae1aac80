"""Whether this machine hears what it tells its network: containers often do not."""

from __future__ import annotations

import functools
import secrets
import socket
import struct

from checkin_app.hub.server.addresses import lan_addresses

_GROUP = "224.0.0.251"
_ANSWER_S = 2.0


@functools.cache
def hears_itself() -> bool:
    """Sends a word to the group of mDNS, at a port of this test's own."""
    own = next((address for address in lan_addresses() if ":" not in address), None)
    if own is None:
        return False
    word = secrets.token_bytes(8)
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mouth,
    ):
        ear.settimeout(_ANSWER_S)
        try:
            ear.bind(("", 0))
            group = struct.pack("4s4s", socket.inet_aton(_GROUP), socket.inet_aton(own))
            ear.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
            mouth.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(own))
            mouth.sendto(word, (_GROUP, ear.getsockname()[1]))
            return ear.recv(64) == word
        except OSError:
            return False
