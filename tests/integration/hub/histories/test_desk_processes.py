"""Desks in processes of their own and a PostgreSQL on a disk: killed, cut off, out of space.

What they acknowledged before is on every desk afterwards. More runs: ``desk_runs.py``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from desk_runs import play_run
from postgres import PostgresServer, running_postgres


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with running_postgres(fsync=True) as server:
        yield server


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", [2, 4, 6, 9])
def test_whatever_is_killed_nothing_that_a_desk_acknowledged_is_lost(
    server: PostgresServer, seed: int
) -> None:
    run = play_run(server, seed)
    if os.name == "posix":
        assert run.disk is not None
