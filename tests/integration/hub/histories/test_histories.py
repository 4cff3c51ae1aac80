"""Thousands of short histories: whatever happens, laptops that meet again agree, and lose nothing.

A history that fails says with which command it is played again.
"""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

import playing
import pytest
from playing import play_many

HISTORIES = 2000
STEPS = 10
PROCESSES = 2


@pytest.mark.timeout(1800)
def test_desks_agree_after_whatever_happened_and_have_lost_nothing() -> None:
    share = HISTORIES // PROCESSES
    parts = [range(first, first + share) for first in range(0, HISTORIES, share)]
    afresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=afresh) as pool:
        played = [pool.submit(play_many, seeds, STEPS) for seeds in parts]
        for part in played:
            _, failure = part.result()
            assert not failure, failure


def test_a_history_is_played_again_by_one_command() -> None:
    words = (sys.executable, playing.__file__, "--seed", "17", "--steps", str(STEPS))
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(told) >= STEPS
    assert all(line.startswith("Desk ") for line in told)
