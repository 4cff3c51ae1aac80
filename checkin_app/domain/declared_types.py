"""Whether what was read from somewhere else is of the types that its class declares."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

_FIRST_YEAR, _LAST_YEAR = 1970, 2500
"""Far enough from the ends of Python's calendar for any time zone."""


def is_as_declared(value: object, declared: Any) -> bool:
    """Whether a value, and all within it, is of a type; moments have to have a time zone.

    Args:
        declared: a dataclass, a plain type, ``tuple[X, ...]``, ``frozenset[X]`` or a union.
    """
    origin = get_origin(declared)
    if origin is UnionType:
        return any(is_as_declared(value, one) for one in get_args(declared))
    if origin in (tuple, frozenset):
        inner = get_args(declared)[0]
        return isinstance(value, origin) and all(is_as_declared(one, inner) for one in value)
    if isinstance(declared, type) and is_dataclass(declared):
        return isinstance(value, declared) and all(
            is_as_declared(getattr(value, name), type_) for name, type_ in _declared(declared)
        )
    if declared is float:
        return type(value) in (int, float)
    if type(value) is not declared:
        return False
    if isinstance(value, datetime):
        return is_moment(value)
    return not isinstance(value, date) or _FIRST_YEAR <= value.year <= _LAST_YEAR


def is_moment(value: datetime) -> bool:
    """Whether it can be shown in any time zone."""
    return value.tzinfo is not None and _FIRST_YEAR <= value.year <= _LAST_YEAR


@cache
def _declared(class_: type) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(class_)
    return tuple((field.name, hints[field.name]) for field in fields(class_))
