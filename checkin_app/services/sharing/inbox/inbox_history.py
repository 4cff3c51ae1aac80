"""What a person's history says of the inbox, in sentences to be translated."""

from __future__ import annotations

from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.domain.sharing import ResolvedAs

_FOUND = {
    ResolvedAs.SAME_PERSON: "Second check-in: the same person came by twice",
    ResolvedAs.PASSED_ON_BADGE: "Second check-in: somebody else with this badge",
    ResolvedAs.MISTAKE: "Second check-in: a mistake, nobody came in",
}
_TAKEN_BACK = {
    EntryKind.CONFLICT_RESOLVED: "What was said about the second check-in, taken back",
    EntryKind.MERGED: "No longer merged with another record",
    EntryKind.NOT_DOUBLE: "May be registered twice after all",
    EntryKind.AMENDED: "What was filled in from the other record, taken back",
}


def said_in_inbox(entry: Entry) -> str:
    """What somebody said in the inbox; empty for any other entry. May name {fields}."""
    match entry.kind:
        case EntryKind.CONFLICT_RESOLVED:
            return _FOUND.get(entry.payload.get("as", ""), "Second check-in looked into")
        case EntryKind.MERGED:
            return "Merged with another record of the same person"
        case EntryKind.NOT_DOUBLE:
            return "Found to be somebody else than a person of the same name"
        case EntryKind.AMENDED if "double" in entry.payload:
            return "Filled in from another record: {fields}"
        case EntryKind.UNDONE:
            return _TAKEN_BACK.get(entry.payload.get("said", ""), "")
        case _:
            return ""
