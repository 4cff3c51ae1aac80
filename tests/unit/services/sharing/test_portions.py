"""Parcels of the hub are taken in some at a time."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from checkin_app.domain.parcels import SealedParcel
from checkin_app.services.sharing.exchanging.portions import LARGEST_PORTION_BYTES, in_portions

MOST = LARGEST_PORTION_BYTES


@pytest.mark.parametrize(
    ("sizes", "portions"),
    [
        ([], []),
        ([0], [[0]]),
        ([300] * 100, [[300] * 100]),
        ([MOST, 1, 2], [[MOST], [1, 2]]),
        ([1, MOST * 9, 1], [[1], [MOST * 9], [1]]),
        ([MOST // 2, MOST // 2, MOST // 2], [[MOST // 2, MOST // 2], [MOST // 2]]),
    ],
)
def test_many_scans_come_together_and_a_long_list_bit_by_bit(
    sizes: Sequence[int], portions: Sequence[Sequence[int]]
) -> None:
    sealed = [SealedParcel("id", "desk", bytes(size)) for size in sizes]
    assert [[len(one.body) for one in some] for some in in_portions(sealed)] == portions
