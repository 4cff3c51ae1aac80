"""Two laptops that share an event by commands."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hub_laptop import Laptop, two_laptops


@pytest.fixture
def laptops() -> Iterator[tuple[Laptop, Laptop]]:
    with two_laptops() as laptops:
        yield laptops


@pytest.fixture
def first(laptops: tuple[Laptop, Laptop], empty_path: Path) -> Laptop:
    shutil.copy(empty_path, laptops[0].file)
    return laptops[0]


@pytest.fixture
def second(laptops: tuple[Laptop, Laptop]) -> Laptop:
    return laptops[1]
