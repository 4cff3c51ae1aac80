"""A ticket before the camera is one scan; several at once are nobody's guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.scanning.frame_search import SeenCode
from checkin_app.scanning.sightings import AWAY_MS, BACKGROUND_MS, LINGER_MS, Sightings

FRAME_MS = 33


def code(text: str, kind: str = "QRCode") -> SeenCode:
    return SeenCode(text, kind, ((0, 0), (9, 0), (9, 9), (0, 9)))


ANNA, BORIS, POSTER = code("ANNA"), code("BORIS"), code("https://example.org")


class Film:
    """Frames of a camera at thirty a second, one after the other."""

    def __init__(self) -> None:
        self.sightings = Sightings()
        self.at_ms = 0
        self.scans: list[str] = []
        self.asked: list[set[str]] = []

    def show(self, *codes: SeenCode, for_ms: int = FRAME_MS) -> Film:
        until_ms = self.at_ms + for_ms
        while self.at_ms < until_ms:
            seen = self.sightings.see(codes, self.at_ms)
            if seen.scan:
                self.scans.append(seen.scan.text)
            several = {one.text for one in seen.several}
            if several and (not self.asked or self.asked[-1] != several):
                self.asked.append(several)
            self.is_asking = bool(several)
            self.at_ms += FRAME_MS
        return self


@pytest.fixture
def film() -> Film:
    return Film()


def test_a_ticket_is_a_scan_in_its_first_frame(film):
    assert film.sightings.see([ANNA], 0).scan == ANNA


def test_a_ticket_that_stays_is_one_scan_however_long(film):
    film.show(ANNA, for_ms=60_000)
    assert film.scans == ["ANNA"]


def test_a_ticket_that_is_lost_for_a_moment_now_and_then_is_one_scan(film):
    for _ in range(50):
        film.show(ANNA).show(for_ms=AWAY_MS - 5 * FRAME_MS)
    assert film.scans == ["ANNA"]


def test_a_ticket_that_was_away_and_comes_back_is_a_new_scan(film):
    film.show(ANNA, for_ms=500).show(for_ms=AWAY_MS).show(ANNA, for_ms=500)
    assert film.scans == ["ANNA", "ANNA"]


def test_a_ticket_that_is_still_there_when_a_busy_computer_looks_again_is_one_scan(film):
    for _ in range(3):
        film.show(ANNA, for_ms=500)
        film.at_ms += 3 * AWAY_MS
    film.show(ANNA, for_ms=500)
    assert film.scans == ["ANNA"]


def test_a_ticket_that_left_while_a_busy_computer_did_not_look_may_come_again(film):
    film.show(ANNA, for_ms=500)
    film.at_ms += 3 * AWAY_MS
    film.show(for_ms=AWAY_MS).show(ANNA, for_ms=500)
    assert film.scans == ["ANNA", "ANNA"]


def test_a_choice_made_while_no_frame_comes_settles_the_codes_all_the_same(film):
    film.show(ANNA, BORIS, for_ms=1000)
    film.at_ms += 3 * AWAY_MS
    film.sightings.settle(film.at_ms)
    film.show(ANNA, BORIS, for_ms=1000)
    assert film.scans == []
    assert not film.is_asking


def test_tickets_one_after_the_other_are_a_scan_each(film):
    film.show(ANNA, for_ms=500).show(for_ms=100).show(BORIS, for_ms=600).show(ANNA, for_ms=500)
    assert film.scans == ["ANNA", "BORIS"]
    assert not film.asked


def test_a_ticket_that_leaves_while_the_next_one_comes_asks_nothing(film):
    film.show(ANNA, for_ms=500).show(ANNA, BORIS, for_ms=200).show(BORIS, for_ms=600)
    assert film.scans == ["ANNA", "BORIS"]
    assert not film.asked


def test_two_tickets_held_up_together_are_asked_about_and_none_is_a_scan(film):
    film.show(ANNA, BORIS, for_ms=3000)
    assert film.scans == []
    assert film.asked == [{"ANNA", "BORIS"}]
    assert film.is_asking


def test_a_second_ticket_beside_one_just_scanned_is_asked_about(film):
    film.show(ANNA, for_ms=200).show(ANNA, BORIS, for_ms=1000)
    assert film.scans == ["ANNA"]
    assert film.asked == [{"ANNA", "BORIS"}]


def test_taking_one_of_two_tickets_away_answers_the_question(film):
    film.show(ANNA, BORIS, for_ms=1000).show(BORIS, for_ms=LINGER_MS + 2 * FRAME_MS)
    assert film.scans == ["BORIS"]
    assert not film.is_asking


def test_a_choice_settles_all_codes_in_the_picture(film):
    film.show(ANNA, BORIS, for_ms=1000)
    film.sightings.settle(film.at_ms)
    film.show(ANNA, BORIS, for_ms=2000)
    assert film.scans == []
    assert not film.is_asking


def test_codes_that_take_turns_from_frame_to_frame_are_there_together(film):
    for _ in range(30):
        film.show(ANNA).show(BORIS)
    assert film.scans == ["ANNA"]
    assert film.asked == [{"ANNA", "BORIS"}]


def test_a_badge_that_says_the_same_in_two_kinds_of_codes_is_one_scan(film):
    film.show(ANNA, code("ANNA", "Code128"), for_ms=1000)
    assert film.scans == ["ANNA"]
    assert not film.asked


def test_a_poster_that_stays_is_in_nobodys_way_after_a_while(film):
    film.show(POSTER, for_ms=BACKGROUND_MS + 500)
    film.show(POSTER, ANNA, for_ms=500).show(POSTER, for_ms=1000).show(POSTER, BORIS, for_ms=500)
    assert film.scans == [POSTER.text, "ANNA", "BORIS"]
    assert not film.asked


def test_bars_count_from_their_second_frame(film):
    bars = code("ANNA", "Code128")
    assert film.sightings.see([bars], 0).scan is None
    assert film.sightings.see([bars], FRAME_MS).scan == bars


def test_bars_misread_in_single_frames_are_never_a_scan(film):
    for number in range(100):
        film.show(code(f"{number}", "Code128")).show(for_ms=100)
    assert film.scans == []
    assert not film.asked


def test_misread_bars_beside_a_ticket_do_not_keep_it_waiting_for_long(film):
    for number in range(12):
        film.show(ANNA, code(f"{number}ERR", "Code128"))
    assert film.scans == ["ANNA"]
    assert not film.asked


def test_bars_that_say_something_else_than_the_code_beside_them_are_asked_about(film):
    film.show(ANNA, code("ORDER 17", "Code128"), for_ms=1000)
    assert film.scans == []
    assert film.asked == [{"ANNA", "ORDER 17"}]


def test_everything_counts_again_after_a_new_start(film):
    film.show(ANNA, for_ms=500)
    film.sightings.start_anew()
    film.show(ANNA, for_ms=500)
    assert film.scans == ["ANNA", "ANNA"]


@given(st.lists(st.tuples(st.sets(st.sampled_from("ABC")), st.integers(1, 60)), max_size=40))
def test_no_code_is_a_scan_twice_without_having_been_away(shown):
    film = Film()
    # Of those that were scanned and have not been away since.
    last_seen_ms: dict[str, int] = {}
    for texts, frames in shown:
        for _ in range(frames):
            before = len(film.scans)
            film.show(*(code(text) for text in texts))
            for text in texts & last_seen_ms.keys():
                if film.at_ms - last_seen_ms[text] >= AWAY_MS:
                    del last_seen_ms[text]
            for text in film.scans[before:]:
                assert text not in last_seen_ms
            for text in texts:
                if text in last_seen_ms or text in film.scans[before:]:
                    last_seen_ms[text] = film.at_ms
