"""Ports of this laptop: which of them another program has taken."""

from __future__ import annotations

import errno
import socket
import sys

from checkin_app.errors import HubError

FIRST_PORT = 47620
_TRIED = 50
_ANSWER_S = 2.0
_TAKEN = {errno.EADDRINUSE, errno.EACCES}


def is_free(port: int) -> bool:
    """Whether nobody listens on the port, on any address of this laptop."""
    return all(_can_listen(family, port) for family in (socket.AF_INET, socket.AF_INET6))


def free_port(first: int = FIRST_PORT) -> int:
    """The first free port from here on.

    Raises:
        HubError: all of the next fifty are taken.
    """
    for port in range(first, min(first + _TRIED, 65536)):
        if is_free(port):
            return port
    raise HubError(
        f"Other programs have taken every port from {first} on. Name a free one with --port."
    )


def chosen_port(last: int, wanted: int | None) -> int:
    """The port that was asked for, else the one of last time, else a free one.

    Args:
        last: 0 before there was any.

    Raises:
        HubError: the one that was asked for is taken, or all are.
    """
    if wanted is not None:
        if not is_free(wanted):
            raise HubError(
                f"Another program has taken port {wanted}. Name another one, or leave out --port."
            )
        return wanted
    return last if last and is_free(last) else free_port()


def answers_at(address: str, port: int) -> bool:
    """Whether somebody listens there."""
    try:
        socket.create_connection((address, port), _ANSWER_S).close()
    except OSError:
        return False
    return True


def _can_listen(family: socket.AddressFamily, port: int) -> bool:
    try:
        listener = socket.socket(family, socket.SOCK_STREAM)
    except OSError:
        return True  # A system without IPv6: nobody can have taken it there.
    with listener:
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        if sys.platform == "win32":
            # There, the other option would let two programs listen at once.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # As PostgreSQL does: connections that ended lately do not count.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("::" if family == socket.AF_INET6 else "0.0.0.0", port))
        except OSError as error:
            return error.errno not in _TAKEN
        return True
