"""A ticket of alf.io is read as the ID under which alf.io lists it."""

from __future__ import annotations

import pytest

from checkin_app.domain.tickets.codes import code_readings

ID = "0c9f8ad5-7d4f-4a52-9a8e-2f6b7b0c1d3e"
SIGNATURE = "nfp6/oCWoQ8yYx7Nk+3mYc0sBGuT1zq5bqk4z2w0mEo="


def test_a_ticket_of_alf_io_is_read_as_its_id() -> None:
    assert code_readings(f"{ID}/{SIGNATURE}\n")[-1] == ID


@pytest.mark.parametrize(
    "text",
    [
        f"{ID}/",
        f"{ID}/{SIGNATURE[:-2]}",
        f"{ID}/{SIGNATURE}x",
        f"x{ID}/{SIGNATURE}",
        f"https://example.org/{ID}/{SIGNATURE}",
        f"{ID.replace('-', '')}/{SIGNATURE}",
    ],
)
def test_what_only_looks_like_one_is_read_as_it_came(text: str) -> None:
    assert code_readings(text) == (text,)
