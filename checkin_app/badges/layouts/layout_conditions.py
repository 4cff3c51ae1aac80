"""The key "only_if" of an element → when the element is there."""

from __future__ import annotations

from checkin_app.badges.fields import check_field
from checkin_app.badges.layouts.layout_reader import TableReader
from checkin_app.domain.badges.badge_layout import Comparison, Condition


def read_conditions(reader: TableReader) -> tuple[Condition, ...]:
    """All that must hold: "role", "not role", "role is x, y", "role is not x", "role contains x".

    Raises:
        LayoutProblem: something cannot be understood, or names no field.
    """
    written = reader.take("only_if", [])
    several = [written] if isinstance(written, str) else written
    if not isinstance(several, list) or not all(isinstance(one, str) for one in several):
        raise reader.problem('write "only_if" as a text, or a list of texts', "only_if")
    try:
        return tuple(_condition(one) for one in several)
    except ValueError as error:
        raise reader.problem(str(error), "only_if") from error


def _condition(text: str) -> Condition:
    for words, comparison in (
        (" is not ", Comparison.IS_NOT),
        (" is ", Comparison.IS),
        (" contains ", Comparison.CONTAINS),
    ):
        field, found, rest = text.partition(words)
        if found:
            values = tuple(value.strip() for value in rest.split(",") if value.strip())
            if not values:
                raise ValueError(f'"{text}" does not say what the field is compared with')
            return Condition(check_field(field.strip()), comparison, values)
    if text.startswith("not "):
        return Condition(check_field(text.removeprefix("not ").strip()), Comparison.EMPTY)
    return Condition(check_field(text.strip()))
