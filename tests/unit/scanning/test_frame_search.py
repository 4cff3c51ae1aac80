"""Codes are found in camera frames as tickets are really held: tilted, dim, torn, small."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from checkin_app.domain.tickets.codes import code_from_bits
from checkin_app.scanning.frame_search import FrameSearch, Luma, SeenCode
from tests.degraded_classes import CLASSES, pictures
from tests.degraded_pictures import HD, Pose, curved, noisy, posed, room, toned
from tests.ticket_pictures import CODE, Held, badge, foreign_ticket, phone, ticket

PATIENCE_FRAMES = 12
"""Less than half a second."""

KINDS = ("Aztec", "DataMatrix", "PDF417", "Code128")


def luma(frame: Image.Image) -> Luma:
    return Luma(frame.tobytes(), frame.width, frame.height, frame.width)


def found_in(frame: Image.Image, frames: int = PATIENCE_FRAMES) -> tuple[SeenCode, ...]:
    """What a new search finds in the first frame in which it finds something."""
    search, still = FrameSearch(), luma(frame)
    for _ in range(frames):
        if found := search.find(still):
            return found
    return ()


def texts(codes: tuple[SeenCode, ...]) -> list[str]:
    return [code.text for code in codes]


def centre(code: SeenCode) -> tuple[float, float]:
    return sum(x for x, _ in code.corners) / 4, sum(y for _, y in code.corners) / 4


@pytest.mark.parametrize("held", [ticket(), badge(), phone(), phone(dark=True)])
def test_ticket_badge_and_phone_are_read_in_the_first_frame(held):
    frame = posed(held, Pose(5, turn=12, tilt_x=15, tilt_y=-10), room(HD))
    assert texts(found_in(frame, frames=1)) == [CODE]


@pytest.mark.parametrize("kind", KINDS)
def test_other_kinds_of_codes_are_found_a_frame_or_two_later(kind):
    (found,) = found_in(posed(foreign_ticket(kind), Pose(3), room(HD)), frames=3)
    assert (found.text, found.format) == (CODE, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_once_read_is_found_at_once_from_then_on(kind):
    search, still = FrameSearch(), luma(posed(foreign_ticket(kind), Pose(3), room(HD)))
    empty = luma(room(HD))
    while not search.find(still):
        pass
    assert search.find(empty) == ()
    assert texts(search.find(still)) == [CODE]


@pytest.mark.parametrize("turn", [0, 40, 90, 180, 275])
def test_the_corners_are_where_the_code_is_in_its_own_order(turn):
    pose = Pose(6, x=0.4, y=0.6, turn=turn)
    (found,) = found_in(posed(phone(), pose, room(HD)))
    assert centre(found) == pytest.approx((0.4 * HD[0], 0.6 * HD[1]), abs=3)
    top_left, top_right = found.corners[0], found.corners[1]
    side = 21 * pose.module_px
    width = ((top_right[0] - top_left[0]) ** 2 + (top_right[1] - top_left[1]) ** 2) ** 0.5
    assert width == pytest.approx(side, rel=0.05)
    across = (top_right[0] - top_left[0]) / width
    assert (across > 0.5) == (turn in (0, 40))


@pytest.mark.parametrize(
    ("held", "pose"),
    [
        (ticket(), Pose(6, 0.45, 0.55, tilt_x=62)),
        (ticket(), Pose(6, 0.45, 0.55, tilt_y=62)),
        (badge(), Pose(1.2, 0.45, 0.55, turn=8)),
        (badge(), Pose(1.15, 0.45, 0.55, turn=8)),
        (foreign_ticket("Code128"), Pose(1.9, 0.45, 0.55, turn=33)),
        (foreign_ticket("Code128"), Pose(1.9, 0.45, 0.55, turn=62)),
    ],
)
def test_what_only_a_treated_frame_shows_is_placed_in_the_frame_itself(held, pose):
    frame = posed(held, pose, room(HD))
    assert not found_in(frame, frames=1)
    (found,) = found_in(frame)
    assert found.text == CODE
    assert centre(found) == pytest.approx((0.45 * HD[0], 0.55 * HD[1]), abs=25)


def test_a_look_that_finds_something_is_kept_while_it_does():
    search, still = FrameSearch(), luma(posed(badge(), Pose(6, tilt_x=62), room(HD)))
    while not search.find(still):
        pass
    assert all(texts(search.find(still)) == [CODE] for _ in range(20))


def test_a_frame_without_a_code_shows_none_whatever_look_is_taken():
    search = FrameSearch()
    for seed in range(20):
        frame = noisy(posed(without_code(ticket()), Pose(5, turn=seed), room(HD, seed)), 3, seed)
        assert search.find(luma(frame)) == ()


def without_code(held: Held) -> Held:
    picture = held.picture.copy()
    ImageDraw.Draw(picture).rectangle(held.code, fill=255)
    return Held(picture, "", "", held.code, held.modules)


def test_two_tickets_are_both_found():
    other = code_from_bits(12345)
    frame = posed(phone(), Pose(5, 0.3), room(HD))
    frame = posed(phone(other), Pose(5, 0.7), frame)
    assert sorted(texts(found_in(frame))) == sorted([CODE, other])


def test_a_code_of_another_kind_beside_a_qr_is_found_with_it():
    frame = posed(phone(), Pose(5, 0.2), room(HD))
    frame = posed(foreign_ticket("Code128", "ORDER0017"), Pose(2.5, 0.7), frame)
    assert sorted(texts(found_in(frame))) == [CODE, "ORDER0017"]


def test_a_code_of_another_kind_that_comes_later_is_found_within_ten_frames():
    search = FrameSearch()
    alone = posed(phone(), Pose(5, 0.2), room(HD))
    both = luma(posed(foreign_ticket("Code128", "ORDER0017"), Pose(2.5, 0.7), alone))
    for _ in range(5):
        assert texts(search.find(luma(alone))) == [CODE]
    assert any("ORDER0017" in texts(search.find(both)) for _ in range(10))


@pytest.mark.parametrize("turn", [0, 33])
def test_padded_rows_and_interleaved_pixels_are_understood(turn):
    frame = posed(foreign_ticket("Code128"), Pose(1.9, turn=turn), room(HD))
    (plain,) = found_in(frame)
    grey, (width, height) = frame.tobytes(), frame.size
    rows = [grey[start : start + width] for start in range(0, len(grey), width)]
    padded = b"".join(row + bytes(64) for row in rows)
    yuyv, uyvy = bytearray(2 * len(grey)), bytearray(2 * len(grey))
    yuyv[::2] = uyvy[1::2] = grey
    for other in (
        Luma(memoryview(padded), width, height, width + 64),
        Luma(memoryview(padded)[:-64], width, height, width + 64),
        Luma(yuyv, width, height, 2 * width, 2),
        Luma(memoryview(uyvy)[1:], width, height, 2 * width, 2),
    ):
        search = FrameSearch()
        assert (plain,) in [search.find(other) for _ in range(PATIENCE_FRAMES)]


def test_fewer_pixels_than_announced_are_refused():
    with pytest.raises(ValueError, match="inconsistent"):
        FrameSearch().find(Luma(bytes(1000), 1280, 720, 1280))


def test_frames_of_fine_cameras_are_searched_too():
    frame = posed(phone(), Pose(11, 0.4, 0.6, tilt_x=62), room((3840, 2160)))
    (found,) = found_in(frame)
    assert centre(found) == pytest.approx((0.4 * 3840, 0.6 * 2160), abs=60)


def test_a_bent_badge_and_a_dark_room_are_no_obstacle():
    assert texts(found_in(posed(curved(badge(), 150), Pose(5), room(HD)))) == [CODE]
    dark = noisy(toned(posed(ticket(), Pose(6), room(HD)), 3, 24), 4, 1)
    assert texts(found_in(dark)) == [CODE]


LEAST_OF_FOUR = {
    "upright": 4,
    "tilted": 2,
    "turned": 4,
    "small": 3,
    "out of focus": 1,
    "in motion": 2,
    "dark room": 4,
    "dim phone": 4,
    "phone, light on dark": 1,
    "pale": 4,
    "noisy": 3,
    "reflecting": 3,
    "in shadow": 4,
    "torn": 1,
    "creased": 2,
    "bent": 4,
    "all at once": 1,
    "Code 128": 2,
    "Code 128, turned": 2,
    "PDF417": 2,
    "Aztec": 2,
    "Data Matrix": 3,
}
"""Of pictures from easy to hopeless; ``tests/benchmarks/camera_decoding.py`` compares many."""


@pytest.mark.parametrize("name", CLASSES)
def test_degraded_pictures_are_read_and_never_misread(name):
    read = [
        (found_in(degraded.frame), degraded.held.text) for degraded in pictures(name, 4, first=100)
    ]
    assert all(set(texts(found)) <= {text} for found, text in read)
    assert sum(bool(found) for found, _ in read) >= LEAST_OF_FOUR[name]
