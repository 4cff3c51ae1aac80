"""Names of files that are made one for each person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.language.search_text import fold

_LONGEST = 80
_DEVICES = ("con", "nul", "aux", "prn", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10)))
"""No file may be called so on Windows, whatever its ending
(https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file)."""


def person_file_names(people: Sequence[Attendee], without_letters: str) -> list[str]:
    """A file name per person, readable and unique: "boratynski-jakub", "nowak-anna-2".

    All in small letters, so that they are unique on a disk that ignores case too.

    Args:
        without_letters: the name for people whose own has no letter or digit.
    """
    taken = set(_DEVICES)
    numbers: dict[str, int] = {}
    names: list[str] = []
    for person in people:
        folded = re.sub(r"[^a-z0-9]+", "-", fold(f"{person.last_name} {person.first_name}"))
        wanted = name = folded.strip("-")[:_LONGEST] or without_letters
        while name in taken:
            numbers[wanted] = numbers.get(wanted, 1) + 1
            name = f"{wanted}-{numbers[wanted]}"
        taken.add(name)
        names.append(name)
    return names
