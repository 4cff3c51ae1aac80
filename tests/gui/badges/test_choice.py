"""What is chosen of the first sheet, as plain values."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checkin_app.badges.sheets.impose import impose, slot_boxes
from checkin_app.domain.badges.imposition import Fill, Imposition
from checkin_app.domain.badges.stock import A6_SINGLE, CARD_ON_A4, Feed, Fold, Stock
from checkin_app.gui.badges.choice.choices import (
    begun_at,
    filled_by,
    possible,
    used_slots,
    whole_sheet,
    with_used,
)

SLOTS = st.integers(1, CARD_ON_A4.slots)


def empty_places(imposition: Imposition) -> set[tuple[float, float]]:
    """Where no badge comes to lie on a first sheet that is filled."""
    boxes = slot_boxes(CARD_ON_A4, imposition.fill)
    filled = {place.slot for place in next(impose(50, CARD_ON_A4, imposition)).placements}
    return {(box.x_mm, box.y_mm) for slot, box in enumerate(boxes, 1) if slot not in filled}


@given(st.lists(SLOTS, max_size=20), SLOTS)
def test_whatever_is_marked_a_badge_can_still_be_printed(marks: list[int], first: int) -> None:
    imposition = begun_at(Imposition(), first)
    for slot in marks:
        imposition = with_used(imposition, slot, CARD_ON_A4)
    assert next(impose(1, CARD_ON_A4, imposition)).placements


@given(st.lists(SLOTS, max_size=6), SLOTS)
def test_another_direction_leaves_the_same_places_empty(marks: list[int], first: int) -> None:
    imposition = begun_at(Imposition(), first)
    for slot in marks:
        imposition = with_used(imposition, slot, CARD_ON_A4)
    turned = filled_by(imposition, CARD_ON_A4, Fill.BY_COLUMN)
    assert empty_places(turned) == empty_places(imposition)


def test_a_slot_before_the_first_is_freed_alone() -> None:
    imposition = with_used(begun_at(Imposition(), 4), 2, CARD_ON_A4)
    assert used_slots(imposition) == {1, 3}


def test_beginning_at_a_used_slot_frees_it() -> None:
    imposition = begun_at(with_used(Imposition(), 5, CARD_ON_A4), 5)
    assert used_slots(imposition) == {1, 2, 3, 4}


def test_a_whole_sheet_has_nothing_used() -> None:
    imposition = with_used(begun_at(Imposition(), 3), 7, CARD_ON_A4)
    assert not used_slots(whole_sheet(imposition))


def test_only_flat_sheets_and_cards_have_backs() -> None:
    roll = Stock("roll", 62, 100, 62, 100, feed=Feed.ROLL)
    tent = Stock("tent", 90, 110, 90, 110, fold=Fold.TENT)
    assert possible(CARD_ON_A4).backs
    assert possible(A6_SINGLE).backs
    assert not possible(roll).backs
    assert not possible(tent).backs
    assert not possible(A6_SINGLE).several
