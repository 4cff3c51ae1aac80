"""An attendee's details as a contact card that telephones take in from a QR code."""

from __future__ import annotations

from collections.abc import Mapping


def vcard(values: Mapping[str, str]) -> str:
    """A vCard 3.0 (RFC 2426, the version that all telephones read)."""
    first, last = _vcard_text(values["first_name"]), _vcard_text(values["last_name"])
    title = _vcard_text(values["title"])
    shown = " ".join(part for part in (first, last) if part)
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{last};{first};;{title};", f"FN:{shown}"]
    for key, field in (("ORG", "organisation"), ("TITLE", "role"), ("EMAIL", "email")):
        if values[field]:
            lines.append(f"{key}:{_vcard_text(values[field])}")
    if values["country"]:
        lines.append(f"ADR:;;;;;;{_vcard_text(values['country'])}")
    return "\r\n".join([*lines, "END:VCARD"])


def mecard(values: Mapping[str, str]) -> str:
    """A MeCard (NTT DoCoMo), about half as long."""
    names = [_mecard_text(values[field]) for field in ("last_name", "first_name")]
    fields = [f"N:{','.join(name for name in names if name)}"]
    if values["organisation"]:
        fields.append(f"ORG:{_mecard_text(values['organisation'])}")
    if values["email"]:
        fields.append(f"EMAIL:{_mecard_text(values['email'])}")
    return f"MECARD:{';'.join(fields)};;"


def _vcard_text(text: str) -> str:
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return text


def _mecard_text(text: str) -> str:
    for char in '\\;:,"':
        text = text.replace(char, f"\\{char}")
    return text
