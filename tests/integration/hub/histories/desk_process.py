"""A desk in a process of its own, which can be killed: the real file, desk and sharing thread.

Told what to do by lines of JSON, it answers each by one. What it has answered is acknowledged: the
entries that it names must never be lost. See ``desk_runs.py``, which starts it.
"""

from __future__ import annotations

import json
import random
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[level]) for level in (1, 3, 4)]

from happenings import Cast, Happenings

from checkin_app.domain.check_in_list import CheckInList
from checkin_app.errors import CheckinError
from checkin_app.hub.access import HubAccess
from checkin_app.hub.owner import HubOwner
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.clock import utc_now
from checkin_app.services.sharing.exchanging import sharing_thread
from checkin_app.services.sharing.exchanging.shared_clock import SharedClock
from checkin_app.services.sharing.exchanging.sharing_thread import SharingThread
from checkin_app.services.sharing.hubs.membership import Membership
from checkin_app.storage.event_file import EventFile

_LONGEST_WAIT_S = 1.0
"""A run must not wait as long as people may for a desk that finds its hub again."""


class DeskProcess:
    """The desk that the first line describes."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.name: str = given["name"]
        self.error = timedelta(seconds=given["clock_error_s"])
        self.file = EventFile(Path(given["path"]))
        self.clock = SharedClock(laptop=lambda: utc_now() + self.error)
        access = HubAccess.from_document(given["access"])
        dsn: str = given["owner"]
        self._thread = SharingThread(
            self.file,
            Membership(access),
            self.name,
            self.clock,
            state_changed=lambda _state: None,
            came=lambda _shared: None,
            owner=(lambda: HubOwner(dsn, access.event_id)) if dsn else None,
        )
        self._thread.start()

    @property
    def lists(self) -> tuple[CheckInList, ...]:
        return self.file.check_in_lists()

    def desk(self, place: int) -> CheckInDesk:
        """The desk at one of the check-in lists."""
        desk = CheckInDesk(self.file, self.name, self.lists[place], self.clock)
        return desk.with_sharing(self._thread)

    def do(self, what: str, seed: int) -> dict[str, Any]:
        """Let something happen. Answers which entries are durable now, and what it was."""
        try:
            return self._do(what, seed)
        except CheckinError as refusal:
            # The disk fails: what was stored nevertheless was not acknowledged.
            return {"said": f"{what} -> {refusal}", "entries": [], "erased": [], "marks": []}
        finally:
            self._thread.wake()

    def _do(self, what: str, seed: int) -> dict[str, Any]:
        people = [record.attendee for record in self.file.records()]
        codes = [person.code for person in people if person.code]
        cast = Cast([person.id for person in people], [*codes, "NOBODYS-CODE"])
        happen = getattr(Happenings(random.Random(seed), cast, None), what)
        known = self._own_entries()
        try:
            said = happen(self)
        except CheckinError as refusal:
            said = f"{what} -> {refusal}"
        return {
            "said": said,
            "entries": sorted(self._own_entries() - known),
            "erased": cast.erased,
            "marks": cast.marks,
        }

    def state(self) -> dict[str, Any]:
        """Whether all is shared, and what it comes to."""
        try:
            return self._state()
        except CheckinError as trouble:
            return {"is_shared": False, "unfinished": True, "altered": 0, "digest": str(trouble)}

    def _state(self) -> dict[str, Any]:
        return {
            "is_shared": self._thread.state.is_all_shared,
            "trouble": self._thread.state.trouble,
            "altered": len(self.file.sharing.altered()),
            "unfinished": self.file.erasures.is_unfinished(),
            "digest": self.file.sharing.fold_digest(),
        }

    def restart(self) -> None:
        """Not from within: the run kills and starts processes."""

    def close(self) -> None:
        """An orderly end."""
        self._thread.stop()
        self._thread.join(20)
        self.file.close()

    def _own_entries(self) -> set[str]:
        return {entry.id for entry in self.file.ledger() if entry.desk == self.name}


def _limit_files(size: int) -> None:
    """Let no file of this process become longer than that; as if the disk were full there."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size if size else hard, hard))


def _main() -> None:
    sharing_thread._LONGEST_WAIT_S = sharing_thread._BLANK_AGAIN_S = _LONGEST_WAIT_S
    desk = DeskProcess(json.loads(sys.stdin.readline()))
    _answer({"ready": True})
    for line in sys.stdin:
        match json.loads(line):
            case {"do": what, "seed": seed}:
                _answer(desk.do(what, seed))
            case {"limit": size}:
                _limit_files(size)
                _answer({})
            case _:
                _answer(desk.state())
    desk.close()


def _answer(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _main()
