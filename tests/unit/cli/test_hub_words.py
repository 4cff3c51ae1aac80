"""What the ``hub`` commands tell people."""

from __future__ import annotations

from datetime import timedelta

import pytest

from checkin_app.cli.hub.hub_words import how_long


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (24 * 60 - 0.01, "24 hours"),
        (22 * 60 + 34, "22.5 hours"),
        (105, "1.75 hours"),
        (61, "1 hour"),
        (50, "50 minutes"),
        (1, "1 minute"),
        (0.2, "1 minute"),
        (-3, "1 minute"),
    ],
)
def test_how_long_a_code_holds_is_said_as_closely_as_matters(minutes: float, said: str) -> None:
    assert how_long(timedelta(minutes=minutes)) == said
