"""Fixed sets of degraded pictures, one for each way in which a desk's camera is put to the test.

Each set goes from easy to hopeless, so that a better reader reads more of it. Tests and
benchmarks share the sets; the n-th picture of a set is the same for everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from PIL import Image

from tests.degraded_pictures import (
    HD,
    Pose,
    Size,
    curved,
    defocused,
    glaring,
    moved,
    noisy,
    posed,
    room,
    scratched,
    shadowed,
    toned,
    torn,
)
from tests.ticket_pictures import Held, badge, foreign_ticket, phone, ticket

_OWN = (ticket, badge, phone)


@dataclass(frozen=True, slots=True)
class Degraded:
    """One picture of a set.

    Attributes:
        frame: in grey.
        held: what is on it; its code is what should be read.
    """

    frame: Image.Image
    held: Held


def pictures(name: str, count: int, size: Size = HD, first: int = 0) -> Iterator[Degraded]:
    """Pictures of a set of ``CLASSES``, from one number on."""
    for number in range(first, first + count):
        random = Random(f"{name} {number}")
        frame, held = CLASSES[name](random, size)
        # No sensor is without.
        yield Degraded(noisy(frame, 1.5, random.randrange(1 << 30)), held)


def _own(random: Random) -> Held:
    return random.choice(_OWN)()


def _held(
    random: Random,
    size: Size,
    held: Held,
    module_px: tuple[float, float] = (3, 9),
    tilt: float = 20,
) -> tuple[Image.Image, Pose]:
    """Held as people do: nearly upright, not quite in the middle."""
    scale = size[0] / HD[0]
    pose = Pose(
        scale * random.uniform(*module_px),
        random.uniform(0.35, 0.65),
        random.uniform(0.35, 0.65),
        random.uniform(-15, 15),
        random.uniform(-tilt, tilt),
        random.uniform(-tilt, tilt),
    )
    return posed(held, pose, room(size, random.randrange(1000))), pose


def _upright(random: Random, size: Size) -> tuple[Image.Image, Held]:
    held = _own(random)
    return _held(random, size, held)[0], held


def _tilted(random: Random, size: Size) -> tuple[Image.Image, Held]:
    held = _own(random)
    pose = Pose(
        random.uniform(5, 9),
        turn=random.uniform(-20, 20),
        tilt_x=random.choice((-1, 1)) * random.uniform(30, 68),
        tilt_y=random.uniform(-30, 30),
    )
    if random.random() < 0.5:
        pose = Pose(pose.module_px, turn=pose.turn, tilt_x=pose.tilt_y, tilt_y=pose.tilt_x)
    return posed(held, pose, room(size, random.randrange(1000))), held


def _turned(random: Random, size: Size) -> tuple[Image.Image, Held]:
    held = _own(random)
    pose = Pose(random.uniform(2.5, 7), turn=random.uniform(0, 360), tilt_x=random.uniform(-20, 20))
    return posed(held, pose, room(size, random.randrange(1000))), held


def _small(random: Random, size: Size) -> tuple[Image.Image, Held]:
    held = _own(random)
    return _held(random, size, held, (1.1, 2.6))[0], held


def _out_of_focus(random: Random, size: Size) -> tuple[Image.Image, Held]:
    held = _own(random)
    frame, pose = _held(random, size, held)
    return defocused(frame, random.uniform(0.35, 1.0) * pose.module_px), held


def _in_motion(random: Random, size: Size) -> tuple[Image.Image, Held]:
    held = _own(random)
    frame, pose = _held(random, size, held)
    length = random.uniform(0.7, 2.6) * pose.module_px
    return moved(frame, length, random.uniform(0, 180)), held


def _dark_room(random: Random, size: Size) -> tuple[Image.Image, Held]:
    held = random.choice((ticket, badge))()
    frame, _ = _held(random, size, held)
    dark = toned(frame, random.uniform(0, 12), random.uniform(16, 40))
    return noisy(dark, random.uniform(1, 7), random.randrange(1 << 30)), held


def _dim_phone(random: Random, size: Size) -> tuple[Image.Image, Held]:
    black = random.randrange(8, 60)
    held = phone(white=black + random.randrange(6, 50), black=black)
    frame, _ = _held(random, size, held)
    return defocused(noisy(frame, random.uniform(1, 4), random.randrange(1 << 30)), 0.6), held


def _dark_phone(random: Random, size: Size) -> tuple[Image.Image, Held]:
    held = phone(dark=True, white=random.randrange(60, 240))
    frame, pose = _held(random, size, held, (1.6, 6))
    return defocused(frame, random.uniform(0.2, 0.7) * pose.module_px), held


def _pale(random: Random, size: Size) -> tuple[Image.Image, Held]:
    held = _own(random)
    frame, _ = _held(random, size, held)
    black = random.uniform(60, 190)
    return noisy(toned(frame, black, black + random.uniform(6, 40)), 1.5, 1), held


def _noisy(random: Random, size: Size) -> tuple[Image.Image, Held]:
    held = _own(random)
    frame, _ = _held(random, size, held)
    return noisy(toned(frame, 40, 200), random.uniform(20, 90), random.randrange(1 << 30)), held


def _reflecting(random: Random, size: Size) -> tuple[Image.Image, Held]:
    held = _own(random)
    frame, pose = _held(random, size, held, (4, 9))
    module = pose.module_px
    centre = (
        pose.x * size[0] + random.uniform(-9, 9) * module,
        pose.y * size[1] + random.uniform(-9, 9) * module,
    )
    dimmed = toned(frame, 20, random.uniform(110, 200))
    return glaring(dimmed, centre, random.uniform(5, 22) * module, random.uniform(0.7, 1.1)), held


def _in_shadow(random: Random, size: Size) -> tuple[Image.Image, Held]:
    held = _own(random)
    frame, pose = _held(random, size, held)
    through = (pose.x * size[0], pose.y * size[1])
    share = random.uniform(0.08, 0.35)
    return shadowed(frame, through, random.uniform(0, 360), share, random.uniform(1, 20)), held


def _torn(random: Random, size: Size) -> tuple[Image.Image, Held]:
    held = torn(random.choice((ticket, badge))(), random.uniform(0.15, 0.6), random.randrange(1000))
    return _held(random, size, held, (4, 9))[0], held


def _creased(random: Random, size: Size) -> tuple[Image.Image, Held]:
    held = scratched(
        random.choice((ticket, badge))(),
        random.randrange(1, 7),
        random.uniform(0.15, 0.9),
        random.randrange(1000),
    )
    return _held(random, size, held, (4, 9))[0], held


def _bent(random: Random, size: Size) -> tuple[Image.Image, Held]:
    held = curved(random.choice((ticket, badge))(), random.uniform(60, 175))
    return _held(random, size, held, (4, 9))[0], held


def _all_at_once(random: Random, size: Size) -> tuple[Image.Image, Held]:
    held = phone(white=random.randrange(80, 230), black=20) if random.random() < 0.4 else badge()
    frame, pose = _held(random, size, held, (2.5, 6), tilt=45)
    module = pose.module_px
    frame = moved(frame, random.uniform(0.3, 1.2) * module, random.uniform(0, 180))
    frame = defocused(frame, random.uniform(0.2, 0.5) * module)
    frame = toned(frame, random.uniform(5, 40), random.uniform(60, 200))
    return noisy(frame, random.uniform(2, 12), random.randrange(1 << 30)), held


def _foreign(format_name: str, module_px: tuple[float, float]) -> _Maker:
    """As issued by another program, in fair light or spoilt a little."""

    def made(random: Random, size: Size) -> tuple[Image.Image, Held]:
        held = foreign_ticket(format_name)
        frame, pose = _held(random, size, held, module_px)
        module = pose.module_px
        match random.randrange(5):
            case 0:
                frame = defocused(frame, random.uniform(0.3, 0.8) * module)
            case 1:
                frame = moved(frame, random.uniform(0.5, 1.6) * module, random.uniform(0, 180))
            case 2:
                frame = toned(frame, 4, random.uniform(20, 60))
                frame = noisy(frame, random.uniform(1, 4), random.randrange(1 << 30))
            case 3:
                centre = (pose.x * size[0], pose.y * size[1])
                frame = glaring(toned(frame, 20, 170), centre, 12 * module, 0.8)
        return frame, held

    return made


def _turned_code128(random: Random, size: Size) -> tuple[Image.Image, Held]:
    held = foreign_ticket("Code128")
    pose = Pose(random.uniform(1.4, 2.4), turn=random.uniform(0, 360))
    return posed(held, pose, room(size, random.randrange(1000))), held


_Maker = Callable[[Random, Size], tuple[Image.Image, Held]]

CLASSES: dict[str, _Maker] = {
    "upright": _upright,
    "tilted": _tilted,
    "turned": _turned,
    "small": _small,
    "out of focus": _out_of_focus,
    "in motion": _in_motion,
    "dark room": _dark_room,
    "dim phone": _dim_phone,
    "phone, light on dark": _dark_phone,
    "pale": _pale,
    "noisy": _noisy,
    "reflecting": _reflecting,
    "in shadow": _in_shadow,
    "torn": _torn,
    "creased": _creased,
    "bent": _bent,
    "all at once": _all_at_once,
    "Code 128": _foreign("Code128", (1.0, 2.6)),
    "Code 128, turned": _turned_code128,
    "PDF417": _foreign("PDF417", (1.6, 4)),
    "Aztec": _foreign("Aztec", (2, 8)),
    "Data Matrix": _foreign("DataMatrix", (2, 8)),
}
"""By what is wrong with the picture. QR codes unless the name says another kind."""
