"""Search as you type over everybody: by prefix of any word, then by one typing mistake.

A single word is answered in steps that need no sorting of many hits: the code, last names in
order, first names in order, then the full-text index. So a keystroke costs the same for a
hundred people and for a million.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import apsw

from checkin_app.domain.language.search_text import query_words
from checkin_app.domain.language.text import storable
from checkin_app.domain.tickets.codes import code_readings

Choices = tuple[str, ...]
_SHORTEST_CODE_PREFIX = 4
_SHORTEST_MISTYPED = 3
_LONGEST_QUERY = 200
"""Characters of a search that are looked at: a scanner may send 10,000 into the field."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SORTED_HITS = 1000
"""More hits of the full-text index than this are not all sorted; another letter narrows them."""
_HEAD_LETTERS = 3
"""All indexed words that begin with so many letters are few enough to be looked through."""


class Search:
    """The search of one connection."""

    def __init__(self, connection: apsw.Connection) -> None:
        self.connection = connection
        connection.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.known_word USING fts5vocab(main, search, row)"
        )

    def numbers(self, text: str, limit: int) -> list[int]:
        """Row numbers of the people found, best first; at most ``limit``."""
        text = storable(text[:_LONGEST_QUERY])
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
        trimmed = text.strip()
        # Of short texts only whole codes: lists that number people have them.
        further = "\U0010ffff" if len(trimmed) >= _SHORTEST_CODE_PREFIX else ""
        for code in dict.fromkeys((*code_readings(text), trimmed.upper(), trimmed.lower())):
            yield from self._numbers(
                "SELECT attendee FROM code WHERE code BETWEEN ? AND ? LIMIT ?",
                (code, code + further, limit),
            )

    def _by_key(self, column: str, choices: Choices, limit: int) -> Iterator[int]:
        for choice in choices:
            yield from self._numbers(
                f"SELECT number FROM attendee WHERE {column} >= ? AND {column} < ?"
                f" ORDER BY {column} LIMIT ?",
                (choice, choice + "\x7f", limit),
            )

    def _by_words(self, words: Iterable[Choices], limit: int) -> Iterator[int]:
        yield from self._numbers(
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
            choices + self._corrections(choices) if doubtful else choices
            for choices, doubtful in zip(words, suspect, strict=True)
        )
        if corrected == words:
            return []
        return _first_distinct([self._by_words(corrected, limit)], limit)

    def _corrections(self, choices: Choices) -> Choices:
        """What is one mistake away from what was typed, as far as it may begin a word.

        A long word has 700 texts near it, and the index takes some 10 microseconds for each. Most
        differ behind its first letters: of those, only what begins a known word is kept.
        """
        corrections: dict[str, None] = {}
        for typed in choices:
            if len(typed) < _SHORTEST_MISTYPED:
                continue
            near = _one_mistake_away(typed)
            head = typed[:_HEAD_LETTERS]
            beginnings = self._beginnings(head, {len(text) for text in near})
            corrections |= dict.fromkeys(
                text for text in near if text in beginnings or not text.startswith(head)
            )
        return tuple(corrections)

    def _beginnings(self, head: str, lengths: set[int]) -> set[str]:
        """The first letters, in these numbers, of all indexed words that begin with ``head``."""
        words = self.connection.execute(
            "SELECT term FROM known_word WHERE term >= ? AND term < ?", (head, head + "\x7f")
        )
        return {word[:length] for (word,) in words for length in lengths if len(word) >= length}

    def _is_known(self, choices: Choices) -> bool:
        return (
            self.connection.execute(
                "SELECT 1 FROM search WHERE search MATCH ? LIMIT 1", (match_expression([choices]),)
            ).get
            is not None
        )


def _one_mistake_away(typed: str) -> dict[str, None]:
    """Every text that is one letter more, less, other, or two swapped, from what was typed."""
    near: dict[str, None] = {}
    for cut in range(len(typed) + 1):
        head, tail = typed[:cut], typed[cut:]
        near[head + tail[1:]] = None
        near[head + tail[1:2] + tail[:1] + tail[2:]] = None
        for letter in _LETTERS:
            near[head + letter + tail] = None
            near[head + letter + tail[1:]] = None
    return near


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
