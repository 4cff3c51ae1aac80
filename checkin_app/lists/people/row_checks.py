"""What is done to the fields of every row, and what is said about them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter

from checkin_app.domain.attendee import AttendeeStatus
from checkin_app.lists.mapping.columns import ColumnMapping
from checkin_app.lists.mapping.presets import OWN_EXPORT, folded
from checkin_app.lists.mapping.vocabulary import (
    FULL_NAME,
    LONGEST_NAME,
    answer_of,
    recognise_status,
)
from checkin_app.lists.people.name_order import name_order
from checkin_app.lists.people.names import NameOrder, split_name
from checkin_app.lists.problems import Problem, Severity
from checkin_app.lists.table import Table

_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\".]+(?:\.[^@\s,;<>\".]+)+")
_SHORTENED_NUMBER = re.compile(r"\d[.,]\d+E\+\d\d")

RowCheck = Callable[[int, dict[str, str]], Problem | None]


def row_checks(table: Table, mapping: ColumnMapping) -> Sequence[RowCheck]:
    """What is to be done to the values of each row, given which fields there are."""
    checks: list[RowCheck] = []
    preset = mapping.preset
    if preset and (blank := preset.blank_words.keys() & mapping.columns.keys()):
        checks += [_blanker(field, preset.blank_words[field]) for field in sorted(blank)]
    if FULL_NAME in mapping.columns:
        checks.append(_name_splitter(name_order(table, mapping)))
    if _has_shortened_codes(table, mapping):
        checks.append(_code_check(mapping.columns["code"]))
    if "attention" in mapping.columns and not (preset and preset.id == OWN_EXPORT):
        checks.append(_attention_check(mapping))
    if "email" in mapping.columns:
        checks.append(_email_check(mapping.columns["email"]))
    if "status" in mapping.columns:
        words = preset.status_words if preset else {}
        checks.append(_status_check(mapping.columns["status"], words))
    return checks


def _blanker(field: str, blank_words: frozenset[str]) -> RowCheck:
    """Empties a field that holds a word which says nothing."""
    known: dict[str, bool] = {}

    def check(_number: int, values: dict[str, str]) -> None:
        value = values[field]
        if len(value) <= LONGEST_NAME:
            if value not in known:
                known[value] = folded(value) in blank_words
            if known[value]:
                values[field] = ""

    return check


def _attention_check(mapping: ColumnMapping) -> RowCheck:
    """Puts the question in place of a bare yes, which a desk could not understand; empties a no.

    Of several columns the last is the one that is answered so; the others hold texts.
    """
    question = (mapping.columns["attention"], *mapping.substitutes.get("attention", ()))[-1]

    def check(_number: int, values: dict[str, str]) -> None:
        answer = answer_of(values["attention"])
        if answer is not None:
            values["attention"] = question if answer else ""

    return check


def _name_splitter(order: NameOrder) -> RowCheck:
    """Puts the parts of the full name where the list has no part of its own."""

    def check(_number: int, values: dict[str, str]) -> None:
        full_name = values.pop(FULL_NAME)
        if values.get("first_name") or values.get("last_name"):
            return
        parts = split_name(full_name, order, values.get("email", ""))
        values["title"] = values.get("title") or parts.title
        values["first_name"] = parts.first_name
        values["last_name"] = parts.last_name

    return check


def _has_shortened_codes(table: Table, mapping: ColumnMapping) -> bool:
    if "code" not in mapping.columns:
        return False
    codes = map(itemgetter(table.columns.index(mapping.columns["code"])), table.rows)
    return any("E+" in code for code in codes)


def _code_check(column: str) -> RowCheck:
    is_shortened = _SHORTENED_NUMBER.fullmatch
    reason = (
        "A spreadsheet program has cut the last digits off this code, so it was left out. Export "
        "the list again and import that file before it is opened anywhere."
    )

    def check(number: int, values: dict[str, str]) -> Problem | None:
        code = values["code"]
        if not is_shortened(code):
            return None
        values["code"] = ""
        return Problem(number, column, code, reason, Severity.WARNING)

    return check


def _email_check(column: str) -> RowCheck:
    looks_right = _EMAIL.fullmatch
    reason = "This does not look like an e-mail address; it was kept as it is."

    def check(number: int, values: dict[str, str]) -> Problem | None:
        email = values["email"]
        if not email or looks_right(email):
            return None
        return Problem(number, column, email, reason, Severity.WARNING)

    return check


def _status_check(column: str, words: Mapping[str, AttendeeStatus]) -> RowCheck:
    known: dict[str, AttendeeStatus | None] = {}

    def check(number: int, values: dict[str, str]) -> Problem | None:
        word = values["status"]
        if not word:
            return None
        if word not in known:
            known[word] = words.get(folded(word)) or recognise_status(word)
        status = known[word]
        values["status"] = status.value if status else ""
        if status is not None:
            return None
        reason = f"{word!r} is not a known status; a new person counts as confirmed."
        return Problem(number, column, word, reason, Severity.WARNING)

    return check
