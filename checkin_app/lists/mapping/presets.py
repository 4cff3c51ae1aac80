"""The layouts of known lists: which system a list comes from, and what its columns hold.

``resources/lists/presets.toml`` holds those that come with the program; the organiser's own are
kept by ``own_presets``. A list is recognised by the names of its columns alone. What the system
calls its own columns is told by its preset; the questions that organisers add are guessed from
their words, as in any other list.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from checkin_app.domain.attendee import AttendeeStatus
from checkin_app.errors import UsageError
from checkin_app.lists.mapping.vocabulary import folded_words
from checkin_app.lists.table import Table
from checkin_app.resource_files import resource_path

OWN_EXPORT = "checkin-app"
"""Id of the preset for this program's own list of attendees (``own_export``)."""


@dataclass(frozen=True, slots=True)
class ListPreset:
    """How the lists of one system, or of one organiser, are laid out.

    Names of columns and words in cells are folded: case, accents and punctuation do not matter.
    Columns are spoken of by keys.

    Attributes:
        id: short, lower case; what the command line and the settings call it.
        name: for people.
        columns: key → names the column may have.
        first: keys of the first columns of the list, in order.
        must: keys of which the list has all.
        telling: keys that other lists hardly have.
        least: so many of the telling columns make it this list.
        fields: field of an attendee → keys; the first column that holds something fills it.
        order: key of the column that names the order; empty when lines are no orders.
        left_out: keys of columns that say nothing about the person; not kept as extra fields.
        status_words: word → status, before the words every list may use.
        blank_words: field → words that say nothing, as "anonymous" for an e-mail address.
        asks_first: what organisers ask is better than what the system knows (its account names).
        is_complete: the preset knows all there is; no other column fills a field.
        is_own: the organiser made it.
        system: id of the program's preset whose words it uses; empty when it has none.
    """

    id: str
    name: str
    columns: Mapping[str, frozenset[str]]
    first: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    least: int = 0
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = ""
    left_out: frozenset[str] = frozenset()
    status_words: Mapping[str, AttendeeStatus] = field(default_factory=dict)
    blank_words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    asks_first: bool = False
    is_complete: bool = False
    is_own: bool = False
    system: str = ""

    def columns_in(self, columns: Sequence[str]) -> dict[str, str]:
        """Key → the column of a list, for the columns of this preset that the list has."""
        keys = {name: key for key, names in self.columns.items() for name in names}
        found: dict[str, str] = {}
        for column in columns:
            if key := keys.get(folded(column)):
                found.setdefault(key, column)
        return found


def folded(text: str) -> str:
    """A name or word as presets compare it."""
    return "".join(folded_words(text))


def recognise_preset(table: Table, own: Sequence[ListPreset] = ()) -> ListPreset | None:
    """The preset that a list follows, by its columns; None for an ordinary list.

    The organiser's own come before the program's. Of several the one that knows most of the
    list's columns is taken.
    """
    return _best(own, table.columns) or _best(known_presets(), table.columns)


def choose_preset(preset_id: str, own: Sequence[ListPreset] = ()) -> ListPreset:
    """The preset a person asked for; case and punctuation do not matter ("alf.io").

    Raises:
        UsageError: there is none of this id; the message lists those there are.
    """
    presets = (*own, *known_presets())
    for preset in presets:
        if folded(preset.id) == folded(preset_id):
            return preset
    there_are = ", ".join(preset.id for preset in presets)
    raise UsageError(f"There is no preset {preset_id!r}. Presets: {there_are}.")


@cache
def known_presets() -> tuple[ListPreset, ...]:
    """The presets that come with the program."""
    text = resource_path("lists", "presets.toml").read_text(encoding="utf-8")
    return tuple(_preset(table) for table in tomllib.loads(text)["preset"])


def _best(presets: Sequence[ListPreset], columns: Sequence[str]) -> ListPreset | None:
    names = [*map(folded, columns)]
    fits = [(_columns_known(preset, names), preset) for preset in presets]
    known, best = max(fits, key=lambda fit: fit[0], default=(0, None))
    return best if known else None


def _columns_known(preset: ListPreset, names: Sequence[str]) -> int:
    """How many of the columns the preset knows, if they follow it; else 0."""
    there = {key for key, spellings in preset.columns.items() if not spellings.isdisjoint(names)}
    if not there.issuperset(preset.must) or len(there.intersection(preset.telling)) < preset.least:
        return 0
    if len(names) < len(preset.first) or not all(_first_columns_fit(preset, names)):
        return 0
    return len(there)


def _first_columns_fit(preset: ListPreset, names: Sequence[str]) -> Iterator[bool]:
    for key, name in zip(preset.first, names, strict=False):
        yield name in preset.columns[key]


def _preset(table: Mapping[str, Any]) -> ListPreset:
    return ListPreset(
        id=table["id"],
        name=table["name"],
        columns={key: frozenset(map(folded, names)) for key, names in table["columns"].items()},
        first=tuple(table.get("first", ())),
        must=tuple(table.get("must", ())),
        telling=tuple(table["telling"]),
        least=table["least"],
        fields={name: tuple(keys) for name, keys in table["fields"].items()},
        order=table.get("order", ""),
        left_out=frozenset(table.get("left_out", ())),
        status_words={
            folded(word): AttendeeStatus(status)
            for status, words in table.get("status_words", {}).items()
            for word in words
        },
        blank_words={
            name: frozenset(map(folded, words))
            for name, words in table.get("blank_words", {}).items()
        },
        asks_first=table.get("asks_first", False),
        is_complete=table.get("is_complete", False),
        system=table["id"],
    )
