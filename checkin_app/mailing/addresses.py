"""E-mail addresses as lists hold them → addresses that a mail can go to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parseaddr

_LONGEST = 254
_LONGEST_LOCAL = 64
# RFC 5321 dot-string, and what RFC 6531 adds to it; quoted local parts are in nobody's list.
_LOCAL = re.compile(
    r"[^\s\x00-\x1f\x7f-\x9f@<>()\[\]\\,;:\".]+(?:\.[^\s\x00-\x1f\x7f-\x9f@<>()\[\]\\,;:\".]+)*"
)
_LABEL = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)")
_ANYWHERE = re.compile(r"[^\s@<>()\[\],;:\"]+@[^\s@<>()\[\],;:\"]+")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name and an address.

    Attributes:
        address: as ``usable_address`` gives it.
    """

    name: str
    address: str


def usable_address(text: str) -> str:
    """The one address that a text holds, its domain in ASCII; empty when it holds none or several.

    A domain in other letters is written as its A-labels (IDNA 2008), which every server takes.
    What stands before the @ stays: other letters there need a server with SMTPUTF8.
    """
    text = text.strip().removeprefix("mailto:").strip()
    if text.endswith(">"):
        text = parseaddr(text)[1]
    local, at, domain = text.rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or len(local.encode()) > _LONGEST_LOCAL:
        return ""
    ascii_domain = _ascii_domain(domain)
    address = f"{local}@{ascii_domain}"
    return address if ascii_domain and len(address.encode()) <= _LONGEST else ""


def same_address(address: str) -> str:
    """A form in which two spellings of one address are equal."""
    return usable_address(address).casefold()


def addresses_in(text: str) -> tuple[str, ...]:
    """All addresses in a text, each once, in the form of ``same_address``."""
    found = (same_address(match.group().strip(".'`")) for match in _ANYWHERE.finditer(text))
    return tuple(dict.fromkeys(filter(None, found)))


def without_addresses(text: str) -> str:
    """A text with its addresses left out, as in "<…>: user unknown"."""
    return _ANYWHERE.sub("…", text)


def _ascii_domain(domain: str) -> str:
    if not domain.isascii():
        import idna

        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except idna.IDNAError:
            return ""
    labels = domain.split(".")
    is_name = len(labels) > 1 and all(map(_LABEL.fullmatch, labels)) and not labels[-1].isdigit()
    return domain.lower() if is_name else ""
