"""How long a scan waits for the hub, and how long a desk goes on asking one that is slow."""

from __future__ import annotations

from checkin_app.services.sharing.exchanging.offers import Offers, Settled

NO_TIME_S = 0.0


def test_a_scan_whose_entry_the_hub_has_already_waits_for_nothing() -> None:
    offers = Offers()
    offers.settle({"mine": 7}, {}, is_quick=True)
    assert offers.wait_for("mine", NO_TIME_S, lambda: None) == Settled(7)


def test_what_is_settled_while_a_scan_waits_is_its_answer() -> None:
    offers = Offers()
    answer = offers.wait_for("mine", 10.0, lambda: offers.settle({"mine": 7}, {}, is_quick=True))
    assert answer == Settled(7)


def test_nobody_waits_for_a_hub_that_is_gone() -> None:
    offers = Offers()
    assert offers.wait_for("mine", 10.0, offers.give_up) is None


def test_a_hub_that_is_always_late_is_waited_for_three_times_and_again_once_it_is_quick() -> None:
    offers = Offers()
    for entry in ("1", "2", "3"):
        assert offers.wait_for(entry, NO_TIME_S, lambda: None) is None
    asked: list[str] = []
    assert offers.wait_for("4", 10.0, lambda: asked.append("4")) is None
    offers.settle({"4": 4}, {}, is_quick=False)
    assert offers.wait_for("5", 10.0, lambda: asked.append("5")) is None
    assert asked == ["4", "5"]
    offers.settle({"5": 5}, {}, is_quick=True)
    answered = {"6": 6}
    in_time = offers.wait_for("6", 10.0, lambda: offers.settle(answered, {}, is_quick=True))
    assert in_time == Settled(6)


def test_an_entry_that_comes_again_in_another_parcel_keeps_its_first_number() -> None:
    offers = Offers()
    offers.settle({}, {"theirs": 5}, is_quick=True)
    offers.settle({}, {"theirs": 50}, is_quick=True)
    assert offers.number_of("theirs") == 5


def test_a_scan_is_answered_whose_entry_another_window_of_this_desk_handed_in() -> None:
    offers = Offers()
    answer = offers.wait_for("mine", 10.0, lambda: offers.settle({}, {"mine": 7}, is_quick=True))
    assert answer == Settled(7)


def test_of_two_numbers_of_an_own_entry_the_first_counts_as_it_does_for_all_others() -> None:
    offers = Offers()
    offers.settle({"mine": 9}, {"mine": 7, "theirs": 8}, is_quick=True)
    assert offers.wait_for("mine", NO_TIME_S, lambda: None) == Settled(7)


def test_numbers_of_a_hub_are_forgotten_with_the_connection_to_it() -> None:
    offers = Offers()
    offers.settle({"mine": 6}, {"theirs": 5}, is_quick=True)
    offers.give_up()
    assert offers.number_of("theirs") is None
    assert offers.wait_for("mine", NO_TIME_S, lambda: None) is None
