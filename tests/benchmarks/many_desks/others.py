"""``python -m tests.benchmarks.many_desks.others FILE``: the rest of a congress, without files.

Many desks that only hand in, with a login and a connection each: for the laptop that is measured
the same as other laptops, and of little weight to the computer on which it is measured.
"""

from __future__ import annotations

import json
import random
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from checkin_app.domain.ledger import RANDOM_BITS, Entry, EntryKind, entry_id, next_clock
from checkin_app.domain.parcels import Parcel, SealedParcel
from checkin_app.hub.access import HubAccess
from checkin_app.hub.connection import HubConnection
from checkin_app.hub.sealing import seal, sign
from checkin_app.services.clock import utc_now
from tests.benchmarks.many_desks.desk import key_of


@dataclass(frozen=True, slots=True)
class OthersOrders:
    """What they do.

    Attributes:
        people: ids of those who are let in, one after the other.
        list_id: the check-in list.
    """

    accesses: list[dict[str, Any]]
    people: list[str]
    list_id: str
    per_second: float
    seconds: float
    report: str

    def write(self, path: Path) -> None:
        """For the process."""
        path.write_text(json.dumps(asdict(self)))


@dataclass(frozen=True, slots=True)
class Played:
    """What the others did; filled when they have ended.

    Attributes:
        put_at: entry → when it was put.
        late_ms: by how much each was put later than it was due.
    """

    put_at: dict[int, float] = field(default_factory=dict)
    late_ms: list[float] = field(default_factory=list)


@contextmanager
def the_others(orders: OthersOrders, folder: Path) -> Iterator[Played]:
    """They begin with the block, and end with it."""
    path = folder / "others-orders.json"
    orders.write(path)
    played = Played()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.many_desks.others", str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            assert process.stdout.readline().strip() == "ready"
            process.stdin.write("begin\n")
            process.stdin.flush()
            yield played
            process.stdin.close()
            assert process.wait(60) == 0
            found = json.loads(Path(orders.report).read_text())
            played.put_at.update((int(key), at) for key, at in found["put_at"].items())
            played.late_ms.extend(found["late_ms"])
        finally:
            process.kill()


def _main() -> None:
    orders = OthersOrders(**json.loads(Path(sys.argv[1]).read_text()))
    accesses = [HubAccess.from_document(one) for one in orders.accesses]
    with ExitStack() as stack:
        hubs = [stack.enter_context(HubConnection.open(access)) for access in accesses]
        _say("ready")
        sys.stdin.readline()
        random_, begin = random.Random(1), time.monotonic()
        due, put_at, late_ms, sequences = begin, {}, [], [0] * len(hubs)
        for attendee_id in orders.people:
            due += random_.expovariate(orders.per_second)
            if due > begin + orders.seconds:
                break
            desk = random_.randrange(len(hubs))
            sequences[desk] += 1
            entry = _check_in(attendee_id, orders.list_id, f"Other {desk}")
            parcel = _sealed(accesses[desk], sequences[desk], entry)
            time.sleep(max(0.0, due - time.monotonic()))
            now = time.monotonic()
            put_at[str(key_of(entry.id))] = now
            late_ms.append((now - due) * 1000)
            hubs[desk].put([parcel])
            for hub in hubs:
                hub.has_news()
        _say("done")
        Path(orders.report).write_text(json.dumps({"put_at": put_at, "late_ms": late_ms}))
        sys.stdin.readline()


def _check_in(attendee_id: str, list_id: str, desk: str) -> Entry:
    now = utc_now()
    id_ = entry_id(next_clock(0, now), secrets.randbits(RANDOM_BITS))
    return Entry(id_, EntryKind.CHECKED_IN, now, desk, attendee_id, list_id, {"source": "keyboard"})


def _sealed(access: HubAccess, sequence: int, entry: Entry) -> SealedParcel:
    id_ = entry_id(next_clock(0, utc_now()), secrets.randbits(RANDOM_BITS))
    parcel = Parcel(id_, access.desk_key.id, sequence, (entry,))
    return seal(sign(parcel, access.desk_key, access.event_id), access.event_key, access.event_id)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _main()
