"""Frozen dataclasses as JSON values, and back again however the file was damaged.

Whatever cannot be read is as the class has it by default: one bad value never costs the others.
"""

from __future__ import annotations

import math
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Section = TypeVar("Section")
_UNREADABLE = object()
_LONGEST_TEXT = 1000
_LARGEST_NUMBER = 10**9


def stored_section(section: object) -> dict[str, Any]:
    """The fields of a dataclass as JSON values."""
    assert is_dataclass(section)
    return {one.name: _stored(getattr(section, one.name)) for one in fields(section)}


def read_section(kind: type[Section], stored: object) -> Section:
    """The dataclass that JSON values describe; fields that cannot be read keep their default.

    Fields may be bool, int, float, str, an enum, a dataclass, a tuple of one of these, or None.
    """
    assert is_dataclass(kind)
    values = stored if isinstance(stored, Mapping) else {}
    hints = get_type_hints(kind)
    read = {
        one.name: _read(hints[one.name], values[one.name])
        for one in fields(kind)
        if one.name in values
    }
    known = {name: value for name, value in read.items() if value is not _UNREADABLE}
    return typing.cast("Section", kind(**known))


def _stored(value: object) -> Any:
    if is_dataclass(value):
        return stored_section(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_stored(one) for one in value]
    return value


def _read(hint: Any, value: object) -> object:
    if get_origin(hint) in (typing.Union, types.UnionType):
        if value is None:
            return None
        (hint,) = (one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) is tuple:
        return _read_tuple(get_args(hint)[0], value)
    if is_dataclass(hint) and isinstance(hint, type):
        return read_section(hint, value) if isinstance(value, Mapping) else _UNREADABLE
    if issubclass(hint, Enum):
        return next((one for one in hint if one.value == value), _UNREADABLE)
    if hint is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value) if _is_sane(value) else _UNREADABLE
    return value if type(value) is hint and _is_sane(value) else _UNREADABLE


def _read_tuple(hint: Any, value: object) -> object:
    if not isinstance(value, list):
        return _UNREADABLE
    read = (_read(hint, one) for one in value)
    return tuple(one for one in read if one is not _UNREADABLE)


def _is_sane(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= _LONGEST_TEXT and "\0" not in value
    if isinstance(value, (int, float)):
        return abs(value) <= _LARGEST_NUMBER and math.isfinite(value)
    return True
