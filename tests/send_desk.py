"""A desk that sends check-ins, as a process: ``python send_desk.py EVENT SERVER [DIES_AT]``.

Works until nothing waits. With a number it is killed, as by a power cut, at that step: before or
after any commit to the event file, before or after any request to the server.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from online_server import TOKEN

from checkin_app.online_lists.web import Web
from checkin_app.secrets_store.passwords import SessionPasswords
from checkin_app.services.online.online_lists import keep_token
from checkin_app.services.online.online_sends import CheckInSending
from checkin_app.settings.online_settings import OnlineConnection
from checkin_app.storage.event_file import EventFile


def connection_to(server: str) -> OnlineConnection:
    """The connection that all of a test share."""
    return OnlineConnection(
        "0a",
        server=server,
        organiser="bigevents",
        event="sampleconf",
        sends_check_ins=True,
        list_id=1,
    )


def sending(event_file: EventFile, server: str, **choices: Any) -> CheckInSending:
    """Sends the check-ins of an event to a server of the tests."""
    passwords = SessionPasswords()
    keep_token(passwords, connection_to(server), TOKEN)
    return CheckInSending(event_file, connection_to(server), passwords, "Desk 1", **choices)


class _Death:
    """Counts steps and kills the process at one of them."""

    def __init__(self, at: int) -> None:
        self._left = at

    def step(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def _let_die(death: _Death) -> None:
    post, transaction = Web.post, EventFile.transaction

    def watched_post(web: Web, *words: Any) -> Any:
        death.step()
        answer = post(web, *words)
        death.step()
        return answer

    @contextmanager
    def watched_transaction(event_file: EventFile, *words: Any) -> Iterator[Any]:
        death.step()
        with transaction(event_file, *words) as writing:
            yield writing
            death.step()
        death.step()

    _replace(Web, "post", watched_post)
    _replace(EventFile, "transaction", watched_transaction)


def _replace(owner: type, name: str, method: Callable[..., Any]) -> None:
    setattr(owner, name, method)


def main(event: str, server: str, dies_at: str = "0") -> None:
    _let_die(_Death(int(dies_at)))
    with EventFile(Path(event)) as event_file:
        desk = sending(event_file, server)
        while desk.round().pause_s is not None:
            pass
        desk.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
