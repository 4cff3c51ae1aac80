"""What stands between the cells of a CSV file that the spreadsheet program of this desk opens.

Spreadsheet programs expect a semicolon where the comma is the decimal sign. Windows says it
outright; elsewhere the language and region of the system tell. Python's ``locale`` is not asked:
it can only say what the whole process was set to, and that differs between the window (Qt sets
it) and the command line (nobody does).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache

COMMA, SEMICOLON, TAB = ",", ";", "\t"
DELIMITERS = (COMMA, SEMICOLON, TAB)
"""What a CSV file may be written with."""

_WITH_COMMA = frozenset((
    "af", "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fo",
    "fr", "fy", "gl", "hr", "hu", "hy", "id", "is", "it", "ka", "kk", "ky", "lb", "lt", "lv",
    "mk", "mn", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv",
    "tr", "uk", "uz", "vi",
))  # fmt: skip
"""Languages that write 3,5 (CLDR 44, the symbol "decimal" of numbers)."""

_OTHERWISE = {
    **dict.fromkeys(
        ("es-419", "es-cu", "es-do", "es-gt", "es-hn", "es-mx", "es-ni", "es-pa", "es-pe"), COMMA
    ),
    **dict.fromkeys(("es-pr", "es-sv", "es-us"), COMMA),
    # They write 3.5, and Windows and Office separate lists by a semicolon all the same.
    **dict.fromkeys(("de-ch", "de-li", "fr-ch", "it-ch", "en-ch"), SEMICOLON),
    "en-za": SEMICOLON,
}
"""Regions that do not do as their language does."""

_REGISTRY_KEY = r"Control Panel\International"
_LONGEST_WAIT_S = 2.0


def delimiter_of(language: str) -> str:
    """The delimiter of a language and region: "de_DE.UTF-8", "fr-BE"; a comma for unknown ones."""
    tag = re.split(r"[.@]", language)[0].replace("_", "-").casefold()
    if tag in _OTHERWISE:
        return _OTHERWISE[tag]
    return SEMICOLON if tag.partition("-")[0] in _WITH_COMMA else COMMA


def system_delimiter() -> str:
    """The delimiter that the spreadsheet programs of this computer expect."""
    if sys.platform == "win32":
        return _list_separator_of_windows()
    return delimiter_of(_language_of_environment() or _language_of_mac())


def _language_of_environment() -> str:
    """As POSIX asks: LC_ALL before LC_NUMERIC before LANG, empty ones passed over."""
    names = ("LC_ALL", "LC_NUMERIC", "LANG")
    return next((value for name in names if (value := os.environ.get(name))), "")


@cache
def _language_of_mac() -> str:
    """A program that is opened from the Finder has no language in its environment."""
    if sys.platform != "darwin":
        return ""
    try:
        asked = subprocess.run(
            ["/usr/bin/defaults", "read", "-g", "AppleLocale"],
            capture_output=True,
            text=True,
            timeout=_LONGEST_WAIT_S,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout.strip()


def _list_separator_of_windows() -> str:
    """What the region settings call the list separator, which is what Excel goes by."""
    if sys.platform != "win32":
        return COMMA
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _REGISTRY_KEY) as key:
            separator = str(winreg.QueryValueEx(key, "sList")[0])
    except OSError:
        return COMMA
    return separator if separator in DELIMITERS else COMMA
