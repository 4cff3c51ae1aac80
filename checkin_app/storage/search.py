"""Search as you type over everybody: by prefix of any word, then by one typing mistake.

A single word is answered in steps that need no sorting of many hits: the code, last names in
order, first names in order, then the full-text index. So a keystroke costs the same for a
hundred people and for a million.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import apsw

from checkin_app.domain.codes import code_readings
from checkin_app.domain.search_text import query_words

Choices = tuple[str, ...]
_SHORTEST_CODE_PREFIX = 4
_SHORTEST_MISTYPED = 3
_SORTED_HITS = 4000
"""More hits of the full-text index than this are not all sorted; another letter narrows them."""


class Search:
    """The search of one connection. Remembers the distinct words for typing mistakes."""

    def __init__(self, connection: apsw.Connection) -> None:
        self.connection = connection
        self._words: list[str] = []
        self._words_of_version = (-1, -1)

    def numbers(self, text: str, limit: int) -> list[int]:
        """Row numbers of the people found, best first; at most ``limit``."""
        words = query_words(text)
        if not words:
            return []
        found = self._found(words, text, limit)
        return found or self._mistyped(words, limit)

    def _found(self, words: tuple[Choices, ...], text: str, limit: int) -> list[int]:
        steps = [self._by_code(text, limit)]
        if len(words) == 1:
            steps += [
                self._by_key("sort_key", words[0], limit),
                self._by_key("first_key", words[0], limit),
            ]
        steps.append(self._by_words(words, limit))
        return _first_distinct(steps, limit)

    def _by_code(self, text: str, limit: int) -> Iterator[int]:
        if len(text.strip()) < _SHORTEST_CODE_PREFIX:
            return
        for code in dict.fromkeys((*code_readings(text), text.strip().upper())):
            yield from self._numbers(
                "SELECT attendee FROM code WHERE code >= ? AND code < ? LIMIT ?",
                (code, code + "\U0010ffff", limit),
            )

    def _by_key(self, column: str, choices: Choices, limit: int) -> Iterator[int]:
        for choice in choices:
            yield from self._numbers(
                f"SELECT number FROM attendee WHERE {column} >= ? AND {column} < ?"
                f" ORDER BY {column} LIMIT ?",
                (choice, choice + "\x7f", limit),
            )

    def _by_words(self, words: Iterable[Choices], limit: int) -> Iterator[int]:
        return self._numbers(
            "SELECT number FROM (SELECT rowid FROM search WHERE search MATCH ? LIMIT ?) AS hit"
            " JOIN attendee ON number = hit.rowid ORDER BY sort_key LIMIT ?",
            (match_expression(words), _SORTED_HITS, limit),
        )

    def _numbers(self, statement: str, bindings: tuple[object, ...]) -> Iterator[int]:
        return (row[0] for row in self.connection.execute(statement, bindings))

    def _mistyped(self, words: tuple[Choices, ...], limit: int) -> list[int]:
        """People found when each word that finds nobody is read with one mistake."""
        alone = [self._is_known(choices) for choices in words]
        suspect = [not known or all(alone) for known in alone]
        corrected = tuple(
            choices + self._similar(choices) if doubtful else choices
            for choices, doubtful in zip(words, suspect, strict=True)
        )
        if corrected == words:
            return []
        return _first_distinct([self._by_words(corrected, limit)], limit)

    def _is_known(self, choices: Choices) -> bool:
        return (
            self.connection.execute(
                "SELECT 1 FROM search WHERE search MATCH ? LIMIT 1", (match_expression([choices]),)
            ).get
            is not None
        )

    def _similar(self, choices: Choices) -> Choices:
        """Known words, or beginnings of them, that are one mistake away from what was typed."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        similar: dict[str, None] = {}
        for typed in choices:
            if len(typed) < _SHORTEST_MISTYPED:
                continue
            for length in (len(typed), len(typed) + 1, len(typed) - 1):
                beginnings = dict.fromkeys(word[:length] for word in self._distinct_words())
                hits = extract(typed, beginnings.keys(), scorer=OSA.distance, score_cutoff=1)
                similar.update(dict.fromkeys(hit[0] for hit in hits))
        return tuple(similar)

    def _distinct_words(self) -> list[str]:
        version = (int(self.connection.pragma("data_version")), self.connection.total_changes())
        if version != self._words_of_version:
            rows = self.connection.execute("SELECT term FROM search_word")
            self._words = [row[0] for row in rows]
            self._words_of_version = version
        return self._words


def match_expression(words: Iterable[Choices]) -> str:
    """The full-text query: every word, each by any of its spellings, as a prefix."""
    return " AND ".join(
        "(" + " OR ".join(f'"{choice}" *' for choice in choices) + ")" for choices in words
    )


def _first_distinct(steps: Iterable[Iterable[int]], limit: int) -> list[int]:
    found: dict[int, None] = {}
    for step in steps:
        for number in step:
            found[number] = None
            if len(found) == limit:
                return list(found)
    return list(found)
