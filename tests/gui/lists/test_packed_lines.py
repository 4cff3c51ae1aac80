"""Very many lines in little room."""

from __future__ import annotations

import pickle

import pytest

from checkin_app.gui.lists.packed_lines import ChainedLines, PackedLines


def test_packed_lines_are_a_sequence_like_any_other() -> None:
    lines = PackedLines((number, f"name {number}") for number in range(1001))
    assert len(lines) == 1001
    assert lines[0] == (0, "name 0")
    assert lines[-1] == lines[1000] == (1000, "name 1000")
    assert [number for number, _ in lines[198:202]] == [198, 199, 200, 201]
    assert [number for number, _ in lines] == list(range(1001))
    with pytest.raises(IndexError):
        lines[1001]


def test_packed_lines_look_the_same_after_the_way_from_another_process() -> None:
    lines = PackedLines(range(5000))
    assert lines[4321] == 4321
    assert list(pickle.loads(pickle.dumps(lines))) == list(lines)


def test_looking_all_through_keeps_only_a_few_lines_unpacked() -> None:
    lines = PackedLines(range(20_000))
    assert all(lines[place] == place for place in range(0, 20_000, 100))
    assert len(lines._at_hand) < 20


def test_chained_lines_are_one_sequence() -> None:
    chained = ChainedLines([PackedLines("ab"), PackedLines(), PackedLines("cde")])
    assert [chained[place] for place in range(len(chained))] == list("abcde")
    assert list(chained) == list("abcde")
    assert chained[1:4] == list("bcd")
    assert len(ChainedLines()) == 0
    with pytest.raises(IndexError):
        chained[5]
