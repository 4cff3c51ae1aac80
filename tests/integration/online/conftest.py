"""Servers on this computer that answer as documented."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from online_server import IndicoServer, PretixServer, serving


@pytest.fixture
def pretix_server() -> Iterator[PretixServer]:
    with serving(PretixServer()) as server:
        yield server


@pytest.fixture
def indico_server() -> Iterator[IndicoServer]:
    with serving(IndicoServer()) as server:
        yield server
