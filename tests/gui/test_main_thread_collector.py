"""Garbage is collected on the main thread, whatever thread makes it."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from weakref import finalize

import pytest
from pytestqt.qtbot import QtBot

from checkin_app.gui.background.main_thread_collector import MainThreadCollector


class Ring:
    """Refers to itself, so that only the collector can free it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[MainThreadCollector]:
    collector = MainThreadCollector()
    collector.start()
    yield collector
    collector.stop()
    gc.unfreeze()


def test_what_a_background_thread_leaves_is_freed_on_the_main_thread(
    qtbot: QtBot, collector: MainThreadCollector
) -> None:
    freed_on: list[threading.Thread] = []

    def litter() -> None:
        for _ in range(5000):
            Ring()
        finalize(Ring(), lambda: freed_on.append(threading.current_thread()))

    worker = threading.Thread(target=litter)
    worker.start()
    worker.join()
    assert freed_on == []
    qtbot.waitUntil(lambda: bool(freed_on))
    assert freed_on == [threading.main_thread()]


def test_it_gives_collection_back(qtbot: QtBot) -> None:
    collector = MainThreadCollector()
    collector.start()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
    gc.unfreeze()
