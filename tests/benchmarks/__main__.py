"""``python -m tests.benchmarks``: runs benchmarks, each in a process of its own, prints a table.

Every figure stands beside a floor of the same run, because the machine is seldom quiet:
compare ratios, not seconds. Nothing here fails when an aim is missed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from tests.benchmarks.figures import Figure, print_table
from tests.benchmarks.suite import BENCHMARKS, FULL, QUICK, run


def main() -> None:
    """Run the benchmarks asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="a tenth of the people, fewer rounds")
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    parser.add_argument("--attendees", type=int, metavar="N", help="of desks and laptop-of-many")
    parser.add_argument("--desks", type=int, metavar="N", help="how many; each makes two scans/s")
    parser.add_argument("--seconds", type=float, metavar="S", help="how long desks scan")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(BENCHMARKS):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    wanted = {
        "attendees": arguments.attendees,
        "desks": arguments.desks,
        "desks_s": arguments.seconds,
    }
    scale = replace(
        QUICK if arguments.quick else FULL,
        **{name: value for name, value in wanted.items() if value is not None},
    )
    figures: list[Figure] = []
    for name in arguments.names or BENCHMARKS:
        begin = time.monotonic()
        print(f"{name} …", end="", flush=True)
        with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
            figures += run(name, Path(folder), scale)
        print(f" {time.monotonic() - begin:.0f} s", flush=True)
    print_table(figures)


if __name__ == "__main__":
    main()
