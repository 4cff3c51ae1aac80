"""In which order a list writes whole names, and of how many family names.

The name of the column tells ("Név" is Hungarian, where the family name stands first; "Apellidos y
nombre" says so). What is written often differs from what was asked, so the e-mail addresses of the
same rows are believed before it: whoever is called "Dupont Jean" and has jean.dupont@ is Jean.
"""

from __future__ import annotations

import re

from checkin_app.lists.mapping.columns import ColumnMapping
from checkin_app.lists.mapping.vocabulary import FULL_NAME, folded_words, name_words
from checkin_app.lists.people.names import AS_SPOKEN, NameOrder
from checkin_app.lists.table import Table

_ROWS_LOOKED_AT = 300
_LEAST_ADDRESSES = 5
_MOSTLY = 0.8
_WORD = re.compile(r"[^\W\d_]+")


def name_order(table: Table, mapping: ColumnMapping) -> NameOrder:
    """How the whole names of a list are written."""
    column = mapping.columns.get(FULL_NAME)
    if column is None:
        return AS_SPOKEN
    called = "".join(folded_words(column))
    told_by_addresses = _told_by_addresses(table, mapping)
    if told_by_addresses is None:
        told_by_addresses = called in name_words().family_first
    return NameOrder(told_by_addresses, called in name_words().two_family_names)


def _told_by_addresses(table: Table, mapping: ColumnMapping) -> bool | None:
    """Whether the family name stands first; None when too few addresses tell, or not as one."""
    if "email" not in mapping.columns:
        return None
    name_place = table.columns.index(mapping.columns[FULL_NAME])
    email_place = table.columns.index(mapping.columns["email"])
    found = [
        _family_stands_first(row[name_place], row[email_place])
        for row in table.rows[:_ROWS_LOOKED_AT]
    ]
    family_first, given_first = found.count(True), found.count(False)
    told = family_first + given_first
    if told < _LEAST_ADDRESSES or max(family_first, given_first) < _MOSTLY * told:
        return None
    return family_first > given_first


def _family_stands_first(name: str, email: str) -> bool | None:
    """Compares a name of two words with first.last@; None when they say nothing of each other."""
    words = name.split()
    if len(words) != 2 or "," in name or "@" not in email:
        return None
    parts = _WORD.findall(email.partition("@")[0].lower())
    first, last = ("".join(folded_words(word)) for word in words)
    if len(parts) != 2 or first == last:
        return None
    return {(first, last): False, (last, first): True}.get((parts[0], parts[1]))
