"""Stock ↔ a plain table of texts and numbers, as it lies in TOML files and in event files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from checkin_app.domain.badges.stock import Feed, Fold, Stock
from checkin_app.errors import UsageError

_TEXTS = ("name", "paper", "brand", "description", "source", "doubt")
_COUNTS = ("columns", "rows")
_CHOICES: dict[str, type[Fold | Feed]] = {"fold": Fold, "feed": Feed}
_NAMES = tuple(field.name for field in fields(Stock))
_NEEDED = ("name", "paper_width_mm", "paper_height_mm", "badge_width_mm", "badge_height_mm")
_DEFAULTS = {field.name: field.default for field in fields(Stock) if field.name not in _NEEDED}


def stock_document(stock: Stock) -> dict[str, Any]:
    """A stock as texts, numbers and lists, without what is as it is by default."""
    document: dict[str, Any] = {}
    for name in _NAMES:
        value = getattr(stock, name)
        if name in _NEEDED or value != _DEFAULTS[name]:
            document[name] = _plain(value)
    return document


def stock_from_document(document: Mapping[str, Any]) -> Stock:
    """The stock that a table describes; whether its measures are possible is not judged.

    Raises:
        UsageError: a key is missing, unknown or has a value of the wrong kind; the message
            names it.
    """
    called = f'the stock "{document["name"]}"' if document.get("name") else "a stock"
    for key in document:
        if key not in _NAMES:
            raise UsageError(f'There is no "{key}" in {called}.{_did_you_mean(key)}')
    for key in _NEEDED:
        if key not in document:
            raise UsageError(f'"{key}" is missing in {called}.')
    return Stock(**{key: _value(key, value, called) for key, value in document.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, (Fold, Feed)):
        return value.value
    return list(value) if isinstance(value, tuple) else value


def _value(key: str, value: Any, called: str) -> Any:
    if key in _TEXTS:
        if isinstance(value, str):
            return value
        raise UsageError(f'"{key}" of {called} has to be a text in quotation marks.')
    if key == "part_numbers":
        if isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value):
            return tuple(value)
        raise UsageError(f'"{key}" of {called} has to be a list of texts: ["Avery L4785"].')
    if key in _CHOICES:
        known = [one.value for one in _CHOICES[key]]
        if value in known:
            return _CHOICES[key](value)
        raise UsageError(f'"{key}" of {called} has to be one of: {", ".join(known)}.')
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise UsageError(f'"{key}" of {called} has to be a number: {key} = 54.')
    if key in _COUNTS and not isinstance(value, int):
        raise UsageError(f'"{key}" of {called} has to be a whole number: {key} = 2.')
    return value


def _did_you_mean(key: str) -> str:
    import difflib

    near = difflib.get_close_matches(key, _NAMES, 1)
    return f' Write "{near[0]}".' if near else f" Use {', '.join(_NAMES)}."
