"""A list as it comes from the web: plain columns and rows, before anything is understood."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checkin_app.domain.language.text import storable
from checkin_app.errors import OnlineRefused

Progress = Callable[[int, int], None]
"""Called with registrations fetched and in all."""


@dataclass(frozen=True, slots=True)
class OnlineEvent:
    """An event as its system describes it.

    Attributes:
        title: its name.
        registrations: how many orders or registrations it has; None when that is not told.
    """

    title: str
    registrations: int | None = None


@dataclass(frozen=True, slots=True)
class OnlineList:
    """The registrations of an event.

    Attributes:
        columns: their names, all different.
        rows: as long as ``columns`` each.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def plain_list(people: Sequence[Mapping[str, str]], first: Sequence[str]) -> OnlineList:
    """People as rows: the columns named ``first`` in their order, then the others as they come.

    Columns that are empty for everybody are left out.
    """
    filled = {column for person in people for column, text in person.items() if text}
    later = dict.fromkeys(column for person in people for column in person)
    columns = tuple(column for column in dict.fromkeys((*first, *later)) if column in filled)
    return OnlineList(
        columns, tuple(tuple(person.get(column, "") for column in columns) for person in people)
    )


def of_kind(value: Any, kind: type, system: str) -> Any:
    """A part of an answer, which must be an object or a list.

    Raises:
        OnlineRefused: it is something else; the system speaks otherwise than documented.
    """
    if not isinstance(value, kind):
        raise OnlineRefused(
            f"{system} answered otherwise than its documentation says. Is this address the right"
            " one, and the server up to date?"
        )
    return value


def objects_in(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects in what should be a list of them; none in anything else."""
    for one in value if isinstance(value, list) else ():
        if isinstance(one, Mapping):
            yield one


def object_of(value: Any) -> Mapping[str, Any]:
    """What should be an object; an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def number_of(value: Any) -> int:
    """A number that names something; -1, which names nothing, for anything else."""
    return value if isinstance(value, int) else -1


def text_of(value: Any) -> str:
    """A value of an answer as text; nothing for null and for what is no single value.

    JSON can spell half of a character (a name that was cut within an emoji), which no file can.
    """
    match value:
        case str():
            return storable(value)
        case bool() | None:
            return ""
        case int() | float():
            return str(value)
        case _:
            return ""
