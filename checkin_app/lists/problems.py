"""What was wrong with a row of a registration list, in words for the organiser."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """``REJECTED``: the row was not taken. ``WARNING``: taken, or an exact repeat dropped."""

    REJECTED = "rejected"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One remark about one row.

    Attributes:
        row: number of the row as a spreadsheet program counts it, from 1.
        column: name of the column it is about, or empty when it is about the whole row.
        value: the cell as it was read.
        reason: a sentence for people.
    """

    row: int
    column: str
    value: str
    reason: str
    severity: Severity
