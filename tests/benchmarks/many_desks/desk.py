"""``python -m tests.benchmarks.many_desks.desk FILE``: one desk in a process of its own.

It speaks with whoever started it in lines: it says ``ready``, is told ``scan``, says ``done``; to
``count`` it says how many entries of others it has, and at the end of its input it writes down
what it measured and ends. All moments are of the clock that processes of one computer share.
"""

from __future__ import annotations

import json
import os
import random
import socket
import struct
import sys
import threading
import time
from array import array
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.hub.access import HubAccess
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.clock import utc_now
from checkin_app.services.sharing.exchanging.offers import Settled
from checkin_app.services.sharing.exchanging.shared import Shared
from checkin_app.services.sharing.exchanging.shared_clock import SharedClock
from checkin_app.services.sharing.exchanging.sharing_thread import SharingThread
from checkin_app.services.sharing.hubs.membership import Membership
from checkin_app.storage.event_file import EventFile

_TCP_INFO = 11
_BYTES_AT = 120
"""tcpi_bytes_acked and tcpi_bytes_received in Linux's struct tcp_info (linux/tcp.h)."""
KEY_DIGITS = 16
"""Of an entry's id: its random end, which is as good as the whole."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What a desk is to do.

    Attributes:
        access: as ``HubAccess.document`` gives it; None for a desk without a hub.
        codes: scanned one after the other.
        per_second: on average; the gaps are random, as people's are.
    """

    path: str
    name: str
    report: str
    access: dict[str, Any] | None
    codes: list[str]
    per_second: float
    seconds: float

    @classmethod
    def read(cls, path: Path) -> Orders:
        """What ``write`` wrote."""
        return cls(**json.loads(path.read_text()))

    def write(self, path: Path) -> None:
        """For the desk's process."""
        path.write_text(json.dumps(asdict(self)))


@dataclass
class Report:
    """What a desk measured: milliseconds, and moments in seconds.

    Attributes:
        local: from the scan until its entry is durable here.
        answered: from the scan until the answer for the screen.
        shared: how many answers knew what the hub says.
        durable: own entry → when it was durable.
        came: keys of entries of others, and when they were in the file, in the same order.
        kinds: how often each answer was given.
        late: by how much each scan began later than it was due.
        processor_s: of the whole process while it scanned.
        sent, received: bytes on the wire while it scanned; 0 where the system does not count.
    """

    local: array[float] = field(default_factory=lambda: array("d"))
    answered: array[float] = field(default_factory=lambda: array("d"))
    late: array[float] = field(default_factory=lambda: array("d"))
    shared: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    durable: dict[str, float] = field(default_factory=dict)
    came: array[int] = field(default_factory=lambda: array("Q"))
    came_at: array[float] = field(default_factory=lambda: array("d"))
    processor_s: float = 0.0
    sent: int = 0
    received: int = 0

    def write(self, path: Path) -> None:
        """For whoever started the desk."""
        values = {**self.__dict__}
        for name, value in values.items():
            if isinstance(value, array):
                values[name] = value.tolist()
        path.write_text(json.dumps(values))

    @classmethod
    def read(cls, path: Path) -> Report:
        """What ``write`` wrote."""
        values = json.loads(path.read_text())
        for name, kind in (("came", "Q"), ("came_at", "d")):
            values[name] = array(kind, values[name])
        return cls(**values)


def key_of(entry_id: str) -> int:
    """What an entry is remembered by."""
    return int(entry_id[-KEY_DIGITS:], 16)


class _MeasuredThread(SharingThread):
    """Remembers when an entry was durable, which is when it is offered, and how long that took."""

    offered: tuple[float, float] | None = None

    def offer(self, entry_id: str, timeout_s: float) -> Settled | None:
        begin = time.monotonic()
        try:
            return super().offer(entry_id, timeout_s)
        finally:
            self.offered = begin, time.monotonic() - begin


class BenchDesk:
    """An open desk with its thread."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self.report = Report()
        self._file = EventFile(Path(orders.path))
        self._desk = CheckInDesk(self._file, orders.name, self._file.check_in_lists()[0])
        self._thread: _MeasuredThread | None = None
        self._is_shared = threading.Event()
        if orders.access is None:
            self._is_shared.set()
        else:
            self._share(HubAccess.from_document(orders.access))

    def _share(self, access: HubAccess) -> None:
        self._port = access.addresses[0].port
        self._thread = _MeasuredThread(
            self._file,
            Membership(access, timedelta()),
            self._orders.name,
            SharedClock(laptop=utc_now),
            state_changed=lambda state: self._is_shared.set() if state.is_all_shared else None,
            came=self._take_news,
        )
        self._desk = self._desk.with_sharing(self._thread)
        self._thread.start()

    def wait_until_shared(self) -> None:
        """Until the hub has what this desk has."""
        assert self._is_shared.wait(120)

    def _take_news(self, shared: Shared) -> None:
        now = time.monotonic()
        self.report.came.extend(map(key_of, shared.came))
        self.report.came_at.extend([now] * len(shared.came))

    def scan_all(self) -> None:
        """Scan as ordered. A scan that is due while another one is answered begins after it."""
        random_ = random.Random(self._orders.name)
        begin, cpu, (sent, received) = time.monotonic(), time.process_time(), self._wire()
        due = begin
        codes = iter(self._orders.codes)
        while True:
            due += random_.expovariate(self._orders.per_second) if self._orders.per_second else 1e9
            if due > begin + self._orders.seconds:
                break
            time.sleep(max(0.0, due - time.monotonic()))
            self._scan(next(codes), due)
        time.sleep(max(0.0, begin + self._orders.seconds - time.monotonic()))
        report = self.report
        report.processor_s = time.process_time() - cpu
        report.sent, report.received = (
            after - before for after, before in zip(self._wire(), (sent, received), strict=True)
        )

    def _scan(self, code: str, due: float) -> None:
        if self._thread is not None:
            self._thread.offered = None
        report, begin = self.report, time.monotonic()
        outcome = self._desk.handle(Scan(code, ScanSource.KEYBOARD))
        end = time.monotonic()
        report.late.append((begin - due) * 1000)
        report.answered.append((end - begin) * 1000)
        report.shared += bool(outcome.is_shared)
        report.kinds[outcome.kind.value] = report.kinds.get(outcome.kind.value, 0) + 1
        durable = end
        if self._thread is not None and self._thread.offered is not None:
            durable, waited = self._thread.offered
            report.local.append((end - begin - waited) * 1000)
        else:
            report.local.append((end - begin) * 1000)
        if outcome.check_in is not None:
            report.durable[str(key_of(outcome.check_in.entry_id))] = durable

    def _wire(self) -> tuple[int, int]:
        """Bytes sent to the hub and received from it."""
        if self._thread is None or not sys.platform.startswith("linux"):
            return 0, 0
        return bytes_on_the_wire(self._port)

    def close(self) -> None:
        """End, with all handed in."""
        if self._thread is not None:
            self._thread.stop()
            self._thread.join(10)
        self._file.close()


def bytes_on_the_wire(port: int) -> tuple[int, int]:
    """Of all connections of this process to a port: bytes sent and acknowledged, and received."""
    sent = received = 0
    for name in Path("/proc/self/fd").iterdir():
        with suppress(OSError), socket.socket(fileno=os.dup(int(name.name))) as one:
            if one.type == socket.SOCK_STREAM and one.family == socket.AF_INET:
                if one.getpeername()[1] != port:
                    continue
                info = one.getsockopt(socket.IPPROTO_TCP, _TCP_INFO, 256)
                more = struct.unpack_from("<QQ", info, _BYTES_AT)
                sent, received = sent + more[0], received + more[1]
    return sent, received


def _main() -> None:
    orders = Orders.read(Path(sys.argv[1]))
    desk = BenchDesk(orders)
    desk.wait_until_shared()
    _say("ready")
    for line in sys.stdin:
        match line.strip():
            case "scan":
                desk.scan_all()
                _say("done")
            case "count":
                _say(str(len(desk.report.came)))
    desk.close()
    desk.report.write(Path(orders.report))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _main()
