"""What is said of an accident: in the window, and where there is none."""

from __future__ import annotations

import pickle

from checkin_app.errors import HubError


def test_a_command_is_named_in_a_terminal_only() -> None:
    error = HubError("The hub is not running. Start it.", command="checkin-app hub start")
    assert str(error) == "The hub is not running. Start it."
    assert error.for_a_terminal == "The hub is not running. Start it: checkin-app hub start."
    again = pickle.loads(pickle.dumps(error))
    assert again.for_a_terminal == error.for_a_terminal


def test_without_a_command_both_are_the_same() -> None:
    assert HubError("Nobody answers.").for_a_terminal == "Nobody answers."
