"""How Hypothesis draws the examples of all property tests: the same in every run, without a clock.

``pytest --hypothesis-profile searching`` draws others each time.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings


def set_up() -> None:
    """Before the first test module is read: what a test says of its own counts besides."""
    settings.register_profile(
        "repeatable",
        # A machine that stalls for a second says nothing about the program.
        deadline=None,
        suppress_health_check=[
            HealthCheck.too_slow,
            # Their fixtures are folders and files that each example writes anew.
            HealthCheck.function_scoped_fixture,
        ],
        # Chance finds what nobody thought of, but not while somebody changes something else.
        derandomize=True,
        database=None,
        print_blob=True,
    )
    settings.register_profile("searching", settings.get_profile("repeatable"), derandomize=False)
    settings.load_profile("repeatable")
