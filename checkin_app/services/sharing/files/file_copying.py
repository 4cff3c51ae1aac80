"""A copy of the event on a stick, for laptops that no network joins."""

from __future__ import annotations

from pathlib import Path

from checkin_app.storage.copied_file import copy_event_file


def copy_to_stick(path: Path, to: Path) -> str:
    """Copy an event file that is in use. Returns what to do with it, for people.

    Raises:
        CheckinError: it cannot be written there; nothing is left of it.
    """
    copy_event_file(path, to)
    return (
        f"{to.name} has all that is here. On the other laptop choose “Merge with a file…”, or open"
        " it there if that has no file of the event yet. Then bring it back and merge it here."
    )
