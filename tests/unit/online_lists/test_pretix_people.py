"""Whatever an order holds, it gives rows of text; what cannot be understood costs only itself."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from online_server import stored

from checkin_app.online_lists.plain_list import plain_list
from checkin_app.online_lists.pretix_people import FIRST_COLUMNS, catalogue, people_of

texts = st.text(st.characters(exclude_categories=()), max_size=5)
scalars = st.none() | st.booleans() | st.integers(-9, 9) | st.floats() | texts
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["en", "id", "name", "question", "answer"]), inner)
    ),
    max_leaves=8,
)


def keys_of(value: Any) -> set[str]:
    """The names of all fields in a value."""
    match value:
        case dict():
            return set(value).union(*map(keys_of, value.values()))
        case list():
            return set[str]().union(*map(keys_of, value))
        case _:
            return set()


FIELDS = sorted(keys_of(stored("pretix_orders")) | keys_of(stored("pretix_items")))


@given(st.data())
def test_any_value_in_any_field_is_survived(data: st.DataObject) -> None:
    orders, items, questions = (
        stored(f"pretix_{name}") for name in ("orders", "items", "questions")
    )
    spoilt = data.draw(st.dictionaries(st.sampled_from(FIELDS), values, min_size=1, max_size=6))
    known = catalogue(_spoil(items, spoilt), _spoil(questions, spoilt), "en")
    people = [person for order in _spoil(orders, spoilt) for person in people_of(order, known)]
    found = plain_list(people, FIRST_COLUMNS)
    assert all(isinstance(cell, str) for row in found.rows for cell in row)
    assert len(set(found.columns)) == len(found.columns)
    # Half of a character, which JSON can spell, is in no file.
    assert all(cell.encode() or not cell for row in (found.columns, *found.rows) for cell in row)


def _spoil(value: Any, spoilt: dict[str, Any]) -> Any:
    """The same with other values in some fields."""
    match value:
        case dict():
            return {key: spoilt.get(key, _spoil(one, spoilt)) for key, one in value.items()}
        case list():
            return [_spoil(one, spoilt) for one in value]
        case _:
            return value
