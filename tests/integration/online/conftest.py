"""Servers on this computer, and lines to them that do not wait long."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from online_server import IndicoServer, PretixServer, serving

from checkin_app.online_lists.web import Patience

IMPATIENT = Patience(connecting=5, silent=0.3, whole=5, first_pause=0.01)


@pytest.fixture
def pretix_server() -> Iterator[PretixServer]:
    with serving(PretixServer()) as server:
        yield server


@pytest.fixture
def indico_server() -> Iterator[IndicoServer]:
    with serving(IndicoServer()) as server:
        yield server
