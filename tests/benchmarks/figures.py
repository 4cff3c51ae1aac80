"""What a benchmark found, and how it is shown."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Attributes:
        what: what was done, with how many people.
        ours: what the program took.
        floor: what the bare minimum took in the same run; None where there is nothing to compare.
        unit: of both: "ms", "s" or "MB".
        aim: what we want of the ratio ("2x") or of our figure ("10 ms"), in words.
        met: whether it was reached; None without an aim.
    """

    what: str
    ours: float
    unit: str
    floor: float | None = None
    aim: str = ""
    met: bool | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the floor."""
        return self.ours / self.floor if self.floor else None


def against_floor(
    what: str, ours: float, floor: float, unit: str, most: float | None = None
) -> Figure:
    """A figure with its floor; ``most`` is the ratio aimed at."""
    if most is None:
        return Figure(what, ours, unit, floor)
    return Figure(what, ours, unit, floor, f"{most:g}x", ours <= most * floor)


def against_limit(what: str, ours: float, unit: str, most: float) -> Figure:
    """A figure that should stay below ``most``."""
    return Figure(what, ours, unit, None, f"{most:g} {unit}", ours < most)


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that ``percent`` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def peak_memory_mb() -> float:
    """The most memory this process has ever held, in MB (resident).

    On Linux from VmHWM: getrusage() there also counts the parent at the moment of the fork.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    if sys.platform == "win32":
        return float("nan")
    import resource

    per_mb = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / per_mb


def print_table(figures: Sequence[Figure]) -> None:
    """The figures as a table that is also Markdown."""
    lines = [("what", "ours", "floor", "ratio", "aim", "met")]
    lines += [_cells(figure) for figure in figures]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for place, line in enumerate(lines):
        print("| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |")
        if not place:
            print("|-" + "-|-".join("-" * width for width in widths) + "-|")


def _cells(figure: Figure) -> tuple[str, ...]:
    ratio = figure.ratio
    return (
        figure.what,
        _measure(figure.ours, figure.unit),
        "" if figure.floor is None else _measure(figure.floor, figure.unit),
        "" if ratio is None else f"{ratio:.2f}x",
        figure.aim,
        {None: "", True: "yes", False: "NO"}[figure.met],
    )


def _measure(value: float, unit: str) -> str:
    digits = {"MB": 0, "s": 2}.get(unit, 2)
    return f"{value:.{digits}f} {unit}"
