"""Millimetres and points. Everything is measured in millimetres until the last drawing call."""

from __future__ import annotations

MM_PER_INCH = 25.4
POINTS_PER_INCH = 72.0
POINTS_PER_MM = POINTS_PER_INCH / MM_PER_INCH


def points(length_mm: float) -> float:
    """A length in PDF points."""
    return length_mm * POINTS_PER_MM


def millimetres(length_pt: float) -> float:
    """A length in millimetres."""
    return length_pt / POINTS_PER_MM
