"""What is asked of a print server by IPP and what it answers, as plain values.

Only what badges need of the Internet Printing Protocol: operations and value tags of RFC 8010 and
8011 and the operations that CUPS added (https://openprinting.github.io/cups/doc/spec-ipp.html).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple, TypeAlias


class Operation(IntEnum):
    """What is asked."""

    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B
    CUPS_GET_DEFAULT = 0x4001
    CUPS_GET_PRINTERS = 0x4002


class Group(IntEnum):
    """Which part of a message an attribute belongs to."""

    OPERATION = 0x01
    JOB = 0x02
    PRINTER = 0x04


class Tag(IntEnum):
    """The type of a value."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    RESOLUTION = 0x32
    RANGE = 0x33
    COLLECTION = 0x34
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    MIME_TYPE = 0x49


class Status(IntEnum):
    """How a request went; below 0x0100 it was done."""

    NOT_FOUND = 0x0406
    NOT_POSSIBLE = 0x0404
    FORBIDDEN = 0x0401
    NOT_AUTHENTICATED = 0x0402
    NOT_AUTHORISED = 0x0403
    NOT_ACCEPTING_JOBS = 0x0506


class Range(NamedTuple):
    """A rangeOfInteger; both ends belong to it."""

    lowest: int
    highest: int


class Resolution(NamedTuple):
    """Dots an inch, across and along."""

    across_dpi: int
    along_dpi: int


Attributes: TypeAlias = "Mapping[str, tuple[Value, ...]]"
Value: TypeAlias = "str | int | bool | Range | Resolution | Attributes"


class Asked(NamedTuple):
    """One attribute of a request.

    Attributes:
        values: text, whole numbers, or for a collection its members, of one kind.
    """

    group: Group
    tag: Tag
    name: str
    values: tuple[str | int | tuple[Asked, ...], ...]


@dataclass(frozen=True, slots=True)
class IppRequest:
    """A question to a print server.

    Attributes:
        resource: the path in the server that it is posted to.
        asked: its attributes; those of the operation first.
        document: what is to be printed, for an operation that prints.
    """

    operation: Operation
    resource: str
    asked: tuple[Asked, ...]
    document: bytes = b""


@dataclass(frozen=True, slots=True)
class IppAnswer:
    """What the server said.

    Attributes:
        status: see ``Status``.
        message: in the server's own words; may be empty.
        groups: one for each printer or job, without the group of the operation.
    """

    status: int
    message: str
    groups: tuple[Attributes, ...]

    @property
    def is_done(self) -> bool:
        """The request was carried out, perhaps without some of the wishes."""
        return self.status < 0x0100

    @property
    def first(self) -> Attributes:
        """The only printer or job asked about; empty when the server told nothing."""
        return self.groups[0] if self.groups else {}


def keyword(name: str, *values: str) -> Asked:
    """A wish about the job, in words of the protocol."""
    return Asked(Group.JOB, Tag.KEYWORD, name, values)


def texts(attributes: Attributes, name: str) -> tuple[str, ...]:
    """The words of an attribute; none when it is not there."""
    return tuple(value for value in attributes.get(name, ()) if isinstance(value, str))


def text(attributes: Attributes, name: str) -> str:
    """The first word of an attribute; empty when it is not there."""
    return next(iter(texts(attributes, name)), "")


def number(attributes: Attributes, name: str, otherwise: int = 0) -> int:
    """The first number of an attribute."""
    numbers = (value for value in attributes.get(name, ()) if isinstance(value, int))
    return next(numbers, otherwise)
