"""Columns that name further people of one row: "Guest 2", "Name of participant 3"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checkin_app.lists.mapping.vocabulary import LONGEST_NAME, folded_words
from checkin_app.lists.table import Table

_PERSON = (
    "guest|attendee|participant|person|delegate|companion|accompanying person|ticket holder"
    "|gast|teilnehmer|teilnehmerin|begleitperson|personne|invite|accompagnateur|ospite"
    "|partecipante|accompagnatore|invitado|asistente|acompanante|participante|convidado|deelnemer"
    "|gosc|uczestnik|osoba|ucastnik|host|resztvevo|vendeg"
)
_COLUMN = re.compile(
    rf"(?:(?:full )?name (?:of |der |des )?|nom (?:du |de )?)?(?:{_PERSON}) (?P<number>\d\d?)"
    r"(?: full)?(?: name| nom| nome| nombre)?"
)
_ROWS_LOOKED_AT = 200
_LONGEST = 80


def companion_columns(table: Table, names: Sequence[str]) -> tuple[str, ...]:
    """Those of some columns that name one more person each, by the number they bear.

    Their cells must look like names, most of two words or more.
    """
    places = {name: place for place, name in enumerate(table.columns)}
    found: list[tuple[int, str]] = []
    for name in names:
        told = (
            _COLUMN.fullmatch(" ".join(folded_words(name))) if len(name) <= LONGEST_NAME else None
        )
        if told and _look_like_names([row[places[name]] for row in table.rows[:_ROWS_LOOKED_AT]]):
            found.append((int(told["number"]), name))
    return tuple(name for _, name in sorted(found, key=lambda numbered: numbered[0]))


def _look_like_names(values: Sequence[str]) -> bool:
    filled = [value for value in values if value]
    likely = sum(
        " " in value and len(value) <= _LONGEST and not any(map(str.isdigit, value))
        for value in filled
    )
    return likely * 2 > len(filled)
