"""The addresses at which the other laptops of a network reach this one."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterator

_WITHIN_THIS_LAPTOP = re.compile(r"docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|Loopback", re.I)
_MOST = 4
"""A pairing code carries them all: more would make it a larger symbol."""

_FAR_AWAY = (
    (socket.AF_INET, "198.51.100.1"),
    (socket.AF_INET6, "2001:db8::1"),
)
"""Addresses of documentation (RFC 5737, RFC 3849), to which nothing is sent."""


def lan_addresses() -> tuple[str, ...]:
    """This laptop's addresses in its networks, the one towards the internet first.

    IPv6 only where there is no other: its addresses are long. Empty without a network.
    """
    found = sorted(set(_adapter_addresses()), key=_order)
    towards = [one for one in map(_address_towards, *zip(*_FAR_AWAY, strict=True)) if one in found]
    ordered = list(dict.fromkeys([*towards, *found]))
    short = [one for one in ordered if ":" not in one]
    return tuple((short or ordered)[:_MOST])


def laptop_name() -> str:
    """What this laptop is called in its network."""
    return socket.gethostname().split(".")[0]


def _adapter_addresses() -> Iterator[str]:
    import ifaddr

    for adapter in ifaddr.get_adapters():
        if _WITHIN_THIS_LAPTOP.search(adapter.nice_name):
            continue
        for one in adapter.ips:
            text = one.ip if isinstance(one.ip, str) else one.ip[0]
            if _is_of_use(ipaddress.ip_address(text)):
                yield text


def _is_of_use(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    # An IPv6 address of the cable itself would need the name of each other laptop's own adapter.
    of_the_cable = address.version == 6 and address.is_link_local
    return not (
        of_the_cable or address.is_loopback or address.is_unspecified or address.is_multicast
    )


def _order(text: str) -> tuple[bool, bool, int]:
    address = ipaddress.ip_address(text)
    return (address.is_link_local, not address.is_private, int(address))


def _address_towards(family: int, target: str) -> str:
    """The own address that packets to the target would carry; empty without a way there."""
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((target, 9))
            return str(probe.getsockname()[0])
    except OSError:
        return ""
