"""``python -m tests.benchmarks.soak``: many scans through all devices at once, printing on.

A real window on a real event file, offscreen. Every eighth code is held into the camera in videos;
of the others one half comes as key events, one half through a pseudo-terminal. Every check-in
prints a badge into a folder, from which the codes are read back in the end. Linux only.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia*=false")

from tests.benchmarks.soak.account import Account, slope_mb_per_hour
from tests.benchmarks.soak.desk import Soak


def main() -> int:
    """Run one soak and say what it came to."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.soak", description=__doc__)
    parser.add_argument("--scans", type=int, default=20_000)
    parser.add_argument("--rate", type=float, default=5.0, help="scans a second (%(default)s)")
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary one)")
    parser.add_argument(
        "--again",
        type=int,
        default=0,
        help="how often a ticket that the camera did not read is held up again (%(default)s)",
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        # The user's own settings, queues and locks are left alone.
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = str(Path(folder) / name.lower())
        soak = Soak(Path(folder), arguments.scans, arguments.rate, arguments.again)
        started = time.monotonic()
        account = soak.run()
        _tell(account, soak, time.monotonic() - started)
    return 0 if account.is_clean else 1


def _tell(account: Account, soak: Soak, seconds: float) -> None:
    quarter = max(1, len(soak.memory) // 4)
    # The first quarter fills caches: fonts, tables, the pages of the event file.
    settled = soak.memory[quarter:]
    lateness = sorted(soak.late_ms)
    print(f"{account.brought:,} scans in {seconds:,.0f} s, by device: {account.by_source}")
    print(
        f"lost {len(account.lost)}, admitted twice {account.doubled}, refused {account.refused}, "
        f"without badge {account.unprinted}, printed twice {account.printed_twice}, "
        f"at the printer {account.at_printer:,}"
    )
    if account.lost:
        print("lost:", *account.lost[:20])
    first, later, last = soak.memory[0], settled[0], settled[-1]
    print(
        f"memory: {first.all_mb:.0f} MB at the start, {later.all_mb:.0f} after a quarter, "
        f"{last.all_mb:.0f} at the end; of that SQLite {first.sqlite_mb:.0f}, "
        f"{later.sqlite_mb:.0f}, {last.sqlite_mb:.0f}"
    )
    slopes = [
        slope_mb_per_hour([(one.at_s, mb(one)) for one in settled])
        for mb in (lambda one: one.all_mb, lambda one: one.all_mb - one.sqlite_mb)
    ]
    print(f"after the first quarter {slopes[0]:+.1f} MB an hour, without SQLite {slopes[1]:+.1f}")
    if lateness:
        print(
            f"window's thread late: p50 {lateness[len(lateness) // 2]:.1f} ms, "
            f"p99 {lateness[int(len(lateness) * 0.99)]:.1f}, most {lateness[-1]:.1f}"
        )


if __name__ == "__main__":
    raise SystemExit(main())
