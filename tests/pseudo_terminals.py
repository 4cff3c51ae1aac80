"""Pairs of pseudo-terminals, which stand in for serial ports and device files."""

from __future__ import annotations

import os

import pytest


def open_pair() -> tuple[int, int]:
    """The two ends of one. Skips the test where the system has none to give."""
    try:
        return os.openpty()
    except (AttributeError, OSError):
        pytest.skip("this system gives no pseudo-terminals")
