"""The words of the guest window, from the program's own files: one file for each language."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from checkin_app.domain.language.guest_language import LanguageNames
from checkin_app.domain.language.search_text import fold
from checkin_app.resource_files import resource_path

_FOLDER = "guest"
_NAMES = "names.toml"


@dataclass(frozen=True, slots=True)
class GuestWords:
    """What the guest window says in one language.

    Attributes:
        language: what the language calls itself.
        starts_at: holds ``{time}``.
        right_to_left: the script is written so.
    """

    language: str
    welcome: str
    is_correct: str
    yes: str
    no: str
    now: str
    next: str
    starts_at: str
    speak_to_desk: str
    show_code: str
    thank_you: str
    right_to_left: bool = False


@lru_cache(maxsize=1)
def offered_languages() -> tuple[str, ...]:
    """The tags of all languages there are words for, sorted.

    Raises:
        ResourceMissing: the installation lacks the files.
    """
    return tuple(sorted(path.stem for path in resource_path(_FOLDER).glob("??.toml")))


@lru_cache(maxsize=64)
def guest_words(tag: str) -> GuestWords:
    """The words of one of ``offered_languages()``.

    Raises:
        ResourceMissing: the installation lacks the file.
    """
    table = _table(f"{tag}.toml")
    return GuestWords(
        **{one.name: table[one.name] for one in fields(GuestWords) if one.name in table}
    )


@lru_cache(maxsize=1)
def language_names() -> LanguageNames:
    """What languages and countries are called in all languages of the guest window.

    Raises:
        ResourceMissing: the installation lacks the file.
    """
    table = _table(_NAMES)
    return LanguageNames(
        languages=_by_name(table["languages"]),
        countries=_by_name(table["countries"]),
    )


def _by_name(table: dict[str, list[str]]) -> dict[str, str]:
    """Each name and the code itself, as ``fold`` spells them."""
    return {
        " ".join(fold(name).replace(".", "").split()): code
        for code, names in table.items()
        for name in (*names, code)
    }


def _table(name: str) -> dict[str, Any]:
    import tomllib

    with resource_path(_FOLDER, name).open("rb") as file:
        return tomllib.load(file)
