"""Turns names into words that are found whatever keyboard, accent or alphabet is typed.

Every text gets one or more ASCII spellings: the plain one (Nögel → nogel, Παπαδόπουλος →
papadopoylos), the German and Nordic one with digraphs (noegel) and the Greek transcription of
ISO 843 type 2 (papadopoulos). The search index stores all of them; a typed word matches when
any of its own spellings begins an indexed word.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LONGEST_WORD = 200
"""The full-text index cuts endless words by rules of its own; ours stay far below them."""
_WORD = re.compile(f"[a-z0-9]{{1,{_LONGEST_WORD}}}")
_TYPED_WORD = re.compile(r"[\w'’ʼ]+")
_APOSTROPHES = str.maketrans("", "", "'’ʼ`")
_DIGRAPHS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "ae", "Ö": "oe", "Ü": "ue"}
    | {"Ø": "oe", "Å": "aa"}
)
_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_GREEK_PAIRS = {
    "ου": "ou",
    "ού": "ou",
    "αυ": "av",
    "αύ": "av",
    "ευ": "ev",
    "εύ": "ev",
    "γγ": "ng",
    "υ": "y",
    "χ": "ch",
    "φ": "f",
}
_GREEK_PAIR = re.compile("|".join(_GREEK_PAIRS))


def fold(text: str) -> str:
    """Lower-case ASCII spelling of a text: "Kíncső Ó Súilleabháin" → "kincso o suilleabhain"."""
    return text.lower() if text.isascii() else _folded(text)


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    from anyascii import anyascii

    return anyascii(text).lower()


def spellings(text: str) -> tuple[str, ...]:
    """All distinct lower-case ASCII spellings of a text, the plain one first."""
    plain = fold(text)
    if text.isascii():
        return (plain,)
    found = {plain: None, fold(text.translate(_DIGRAPHS)): None}
    if _GREEK.search(text):
        found[fold(_GREEK_PAIR.sub(lambda m: _GREEK_PAIRS[m[0]], text.lower()))] = None
    return tuple(found)


@lru_cache(maxsize=20_000)
def index_words(text: str) -> str:
    """The words under which a text is found, separated by blanks.

    O'Connor is found as "oconnor" and as "connor". Names and organisations repeat, so most are
    looked up.
    """
    return " ".join(dict.fromkeys(map(_index_forms, text.split())))


def index_text(text: str) -> str:
    """A text as the search index takes it: as it is, or as ``index_words`` of it.

    The index cuts plain ASCII into words itself, which is quicker.
    """
    if text.isascii() and len(text) <= _LONGEST_WORD and "'" not in text and "`" not in text:
        return text
    return index_words(text)


@lru_cache(maxsize=20_000)
def _index_forms(word: str) -> str:
    """All indexed spellings of one written word; names and organisations share most words."""
    forms: dict[str, None] = {}
    for spelling in spellings(word):
        forms.update(dict.fromkeys(_WORD.findall(spelling.translate(_APOSTROPHES))))
        if "'" in spelling:
            forms.update(dict.fromkeys(_WORD.findall(spelling)))
    return " ".join(forms)


def query_words(text: str) -> tuple[tuple[str, ...], ...]:
    """What was typed, word by word, each with its spellings: all words must be found."""
    words: dict[tuple[str, ...], None] = {}
    for typed in _TYPED_WORD.findall(text):
        folded = ("".join(_WORD.findall(s)) for s in spellings(typed))
        choices = tuple(dict.fromkeys(choice for choice in folded if choice))
        if choices:
            words[choices] = None
    return tuple(words)


def sort_key(last_name: str, first_name: str) -> str:
    """Key that sorts people by last name, then first name, ignoring case and accents."""
    return f"{fold(last_name)}\t{fold(first_name)}" if last_name else fold(first_name)


def match_spans(text: str, words: tuple[tuple[str, ...], ...]) -> tuple[tuple[int, int], ...]:
    """Where in a shown text the typed words begin a word: (start, end) character offsets."""
    spans: list[tuple[int, int]] = []
    for shown in re.finditer(r"[\w'’ʼ]+", text):
        lengths = [
            length
            for choices in words
            for choice in choices
            if (length := _matched_length(shown[0], choice))
        ]
        if lengths:
            spans.append((shown.start(), shown.start() + max(lengths)))
    return tuple(spans)


def _matched_length(word: str, prefix: str) -> int:
    """How many characters of a shown word spell the prefix; 0 when none do."""
    for index, spelling in enumerate(spellings(word)):
        if not spelling.translate(_APOSTROPHES).startswith(prefix):
            continue
        for end in range(1, len(word) + 1):
            part = spellings(word[:end])
            if len(part[min(index, len(part) - 1)].translate(_APOSTROPHES)) >= len(prefix):
                return end
    return 0
