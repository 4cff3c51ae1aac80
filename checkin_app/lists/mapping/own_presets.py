"""Presets of the organiser: a mapping kept under a name, and recognised again by its columns.

They lie in one JSON file in the user's own folder. A file that is missing or damaged never keeps
a list from being imported: what can be read is taken.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from checkin_app.errors import CheckinError, UsageError
from checkin_app.lists.mapping.columns import MAPPABLE_FIELDS, ColumnMapping
from checkin_app.lists.mapping.presets import ListPreset, folded, known_presets
from checkin_app.settings.stored import read_section, stored_section
from checkin_app.whole_file import whole_file

NAME_MAX_CHARACTERS = 60

_FILE_NAME = "list-presets.json"
_IN_COMMON = 0.8


@dataclass(frozen=True, slots=True)
class FilledField:
    """One field and the column that fills it.

    Attributes:
        otherwise: the columns that fill it where that one is empty, the best first.
    """

    field: str = ""
    column: str = ""
    otherwise: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnPreset:
    """A mapping that is kept.

    Attributes:
        name: as the organiser calls it.
        columns: all columns of the list it was made for.
        fields: which of them fill a field.
        left_out: which of them are not kept as extra fields.
        order_column: which of them names the order, or empty.
        system: id of the program's preset whose words for states hold in the list, or empty.
    """

    name: str = ""
    columns: tuple[str, ...] = ()
    fields: tuple[FilledField, ...] = ()
    left_out: tuple[str, ...] = ()
    order_column: str = ""
    system: str = ""

    @property
    def id(self) -> str:
        """The name as the command line takes it: small letters and digits."""
        return folded(self.name)

    def as_preset(self) -> ListPreset:
        """The preset that maps lists with the same columns in the same way.

        A list follows it when it has all columns that fill a field, and four fifths of all.
        """
        keys = tuple(dict.fromkeys(filter(None, map(folded, self.columns))))
        fields = {
            filled.field: tuple(
                key for key in map(folded, (filled.column, *filled.otherwise)) if key in keys
            )
            for filled in self.fields
            if filled.field in MAPPABLE_FIELDS and folded(filled.column) in keys
        }
        system = next((known for known in known_presets() if known.id == self.system), None)
        return ListPreset(
            id=self.id,
            name=self.name,
            columns={key: frozenset({key}) for key in keys},
            must=tuple(key for key, *_ in fields.values()),
            telling=keys,
            least=max(1, ceil(_IN_COMMON * len(keys))),
            fields=fields,
            order=folded(self.order_column),
            left_out=frozenset(map(folded, self.left_out)).intersection(keys),
            status_words=system.status_words if system else {},
            blank_words=system.blank_words if system else {},
            is_complete=True,
            is_own=True,
            system=self.system,
        )


def own_presets_folder() -> Path:
    """Where the current user's presets lie; the folder need not exist."""
    import platformdirs

    return platformdirs.user_data_path("checkin-app", appauthor=False)


def make_own_preset(name: str, mapping: ColumnMapping, columns: Sequence[str]) -> OwnPreset:
    """A preset of this name that remembers a mapping as it was corrected.

    Args:
        columns: all columns of the list.

    Raises:
        UsageError: the name is empty, too long, or that of a preset of the program.
    """
    name = " ".join(name.split())
    if not folded(name) or len(name) > NAME_MAX_CHARACTERS:
        raise UsageError(f"Give the preset a name of up to {NAME_MAX_CHARACTERS} letters.")
    if any(folded(name) in (folded(known.id), folded(known.name)) for known in known_presets()):
        raise UsageError(f"{name} is a preset of the program. Choose another name.")
    return OwnPreset(
        name,
        tuple(columns),
        tuple(
            FilledField(field, column, mapping.substitutes.get(field, ()))
            for field, column in mapping.columns.items()
        ),
        tuple(sorted(mapping.left_out)),
        mapping.order_column,
        mapping.preset.system if mapping.preset else "",
    )


def own_presets(folder: Path) -> tuple[OwnPreset, ...]:
    """The presets kept in a folder, in their order; those that cannot be read are passed over."""
    try:
        stored = json.loads((folder / _FILE_NAME).read_bytes())
    except (OSError, ValueError, RecursionError):
        return ()
    documents = stored.get("presets") if isinstance(stored, dict) else None
    read = (
        [read_section(OwnPreset, one) for one in documents if isinstance(one, dict)]
        if (isinstance(documents, list))
        else []
    )
    return tuple({one.id: one for one in read if one.id and one.fields}.values())


def save_own_preset(folder: Path, preset: OwnPreset) -> None:
    """Keep a preset, in place of one of the same name; the folder is made if need be.

    Raises:
        CheckinError: the file cannot be written; the presets from before are still there.
    """
    _write(folder, (*(one for one in own_presets(folder) if one.id != preset.id), preset))


def forget_own_preset(folder: Path, preset_id: str) -> None:
    """Keep a preset no longer; one that is not there is no error.

    Raises:
        CheckinError: the file cannot be written.
    """
    kept = own_presets(folder)
    left = tuple(one for one in kept if one.id != preset_id)
    if left != kept:
        _write(folder, left)


def _write(folder: Path, presets: Sequence[OwnPreset]) -> None:
    document = {"presets": [stored_section(preset) for preset in presets]}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with whole_file(folder / _FILE_NAME) as unfinished:
            unfinished.write_text(
                json.dumps(document, ensure_ascii=False, indent=2), encoding="utf-8"
            )
    except (CheckinError, OSError) as error:
        raise CheckinError(
            f"The preset could not be kept. Check the disk and the folder {folder}."
        ) from error
