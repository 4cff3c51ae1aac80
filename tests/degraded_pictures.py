"""Tickets, badges and telephones as a bad camera sees them: one frame in grey, made by a seed.

``posed`` holds a thing before the camera; the functions after it spoil a thing or a frame in one
way each. The same seed makes the same picture on every machine. ``degraded_classes`` has sets of
them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from tests.ticket_pictures import Held

HD = (1280, 720)
FULL_HD = (1920, 1080)

Size = tuple[int, int]
Point = tuple[float, float]
Rows = tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Pose:
    """How a thing is held.

    Attributes:
        module_px: width of a module of its code, in pixels of the frame, seen straight on.
        x, y: where the middle of the code is, as shares of the frame's width and height.
        turn, tilt_x, tilt_y: degrees, in the plane of the picture, about its horizontal and
            its vertical axis.
    """

    module_px: float = 6
    x: float = 0.5
    y: float = 0.5
    turn: float = 0
    tilt_x: float = 0
    tilt_y: float = 0


def room(size: Size, seed: int = 1) -> Image.Image:
    """What is behind: walls, windows and furniture, out of focus."""
    random = Random(seed)
    width, height = size[0] // 8, size[1] // 8
    picture = Image.linear_gradient("L").resize((width, height)).point(lambda g: 70 + g // 3)
    draw = ImageDraw.Draw(picture)
    for _ in range(40):
        x, y = random.randrange(width), random.randrange(height)
        w, h = random.randrange(2, width // 3), random.randrange(2, height // 2)
        draw.rectangle((x, y, x + w, y + h), fill=random.randrange(30, 220))
    picture = picture.resize(size, Image.Resampling.BICUBIC)
    return picture.filter(ImageFilter.BoxBlur(size[0] / 300))


def posed(held: Held, pose: Pose, behind: Image.Image) -> Image.Image:
    """The thing held before a background, in the background's size."""
    shrink = max(1, int(held.module_px / (2 * pose.module_px)))
    picture = held.picture.reduce(shrink)
    middle = (
        (held.code[0] + held.code[2]) / 2 / shrink,
        (held.code[1] + held.code[3]) / 2 / shrink,
    )
    # Drawn twice as fine and averaged: what a sensor's pixel does.
    fine = (2 * behind.width, 2 * behind.height)
    scale = 2 * pose.module_px / (held.module_px / shrink)
    backwards = _inverse(_homography(pose, fine, scale, middle))
    (a, b, c), (d, e, f), (g, h, i) = backwards
    data = (a / i, b / i, c / i, d / i, e / i, f / i, g / i, h / i)
    sheet = Image.new("LA", (picture.width + 4, picture.height + 4), (0, 0))
    sheet.paste(Image.merge("LA", (picture, Image.new("L", picture.size, 255))), (0, 0))
    seen = sheet.transform(fine, Image.Transform.PERSPECTIVE, data, Image.Resampling.BILINEAR)
    grey, cover = seen.reduce(2).split()
    return Image.composite(grey, behind, cover)


def defocused(frame: Image.Image, radius_px: float) -> Image.Image:
    """Out of focus: a Gaussian of this standard deviation."""
    return frame.filter(ImageFilter.GaussianBlur(radius_px))


def moved(frame: Image.Image, length_px: float, degrees: float) -> Image.Image:
    """Moved while the shutter was open."""
    steps = max(2, math.ceil(length_px))
    across = length_px * math.cos(math.radians(degrees))
    down = length_px * math.sin(math.radians(degrees))
    total = frame
    for step in range(1, steps):
        share = step / (steps - 1)
        shifted = frame.transform(
            frame.size,
            Image.Transform.AFFINE,
            (1, 0, across * share, 0, 1, down * share),
            Image.Resampling.BILINEAR,
        )
        total = Image.blend(total, shifted, 1 / (step + 1))
    return total


def toned(frame: Image.Image, black: float, white: float) -> Image.Image:
    """With what was from 0 to 255 between two brightnesses: dim, washed out or of low contrast."""
    return frame.point(lambda grey: round(black + (white - black) * grey / 255))


def noisy(frame: Image.Image, deviation: float, seed: int) -> Image.Image:
    """With the noise of a sensor in the dark: nearly Gaussian, independent in every pixel."""
    random = Random(seed)
    count = frame.width * frame.height
    grains = [Image.frombytes("L", frame.size, random.randbytes(count)) for _ in range(4)]
    pairs = [ImageChops.add(grains[n], grains[n + 1], 2) for n in (0, 2)]
    # The mean of four even distributions over a byte has a deviation of 256 / sqrt(48).
    grain = ImageChops.add(pairs[0], pairs[1], 2)
    share = deviation / (256 / math.sqrt(48))
    offset = 128 - 127.5 * share
    spread = grain.point(lambda grey: round(offset + share * grey))
    return ImageChops.add(frame, spread, 1, -128)


def glaring(frame: Image.Image, centre: Point, radius_px: float, strength: float) -> Image.Image:
    """With a lamp reflected: white in the middle, fading out at the radius."""
    side = round(2 * radius_px)
    spot = ImageOps.invert(Image.radial_gradient("L").resize((side, side)))
    # The gradient reaches into the corners; a lamp is round.
    spot = spot.point(lambda grey: max(0, min(255, round((grey - 75) * 1.42 * strength))))
    light = Image.new("L", frame.size, 0)
    light.paste(spot, (round(centre[0] - radius_px), round(centre[1] - radius_px)))
    return ImageChops.add(frame, light)


def shadowed(
    frame: Image.Image, through: Point, degrees: float, share: float, softness_px: float = 6
) -> Image.Image:
    """With a shadow on one side of a line; there a share of the light is left."""
    reach = 2 * max(frame.size)
    along = (math.cos(math.radians(degrees)) * reach, math.sin(math.radians(degrees)) * reach)
    x, y = through
    shade = Image.new("L", frame.size, 255)
    ImageDraw.Draw(shade).polygon(
        (
            (x - along[0], y - along[1]),
            (x + along[0], y + along[1]),
            (x + along[0] - along[1], y + along[1] + along[0]),
            (x - along[0] - along[1], y - along[1] + along[0]),
        ),
        fill=round(255 * share),
    )
    return ImageChops.multiply(frame, shade.filter(ImageFilter.GaussianBlur(softness_px)))


def torn(held: Held, share: float, seed: int) -> Held:
    """With the lower right corner of the symbol torn off, along a share of its sides."""
    random = Random(seed)
    left, top, right, bottom = held.code
    x, y = right - share * (right - left), bottom - share * (bottom - top)
    rough = (right - left) / 40
    edge = [
        (
            x + (right - x) * n / 12 + random.uniform(-rough, rough),
            bottom + (y - bottom) * n / 12 + random.uniform(-rough, rough),
        )
        for n in range(13)
    ]
    outside = [(held.picture.width, y), (held.picture.width, held.picture.height)]
    picture = held.picture.copy()
    points = [(x, held.picture.height), *edge, *outside]
    ImageDraw.Draw(picture).polygon(points, fill=random.randrange(60, 140))
    return replace(held, picture=picture)


def scratched(held: Held, lines: int, width_modules: float, seed: int) -> Held:
    """With creases where the ink has gone, and one of dirt for every two of them."""
    random = Random(seed)
    left, top, right, bottom = held.code
    picture = held.picture.copy()
    draw = ImageDraw.Draw(picture)
    for line in range(lines):
        ends = [
            (random.uniform(left, right), random.choice((top, bottom)) + random.uniform(-20, 20)),
            (random.choice((left, right)) + random.uniform(-20, 20), random.uniform(top, bottom)),
        ]
        width = max(1, round(width_modules * held.module_px))
        draw.line(ends, fill=30 if line % 3 == 2 else 240, width=width)
    return replace(held, picture=picture)


def curved(held: Held, degrees: float) -> Held:
    """On a badge bent about its vertical axis, as far as the angle between its two edges.

    Seen from far away: each column takes the width that is left of it.
    """
    picture = held.picture
    half = math.radians(degrees) / 2
    middle = (held.code[0] + held.code[2]) / 2
    reach = max(middle, picture.width - middle)
    strips = 64
    edges = [2 * n * reach / strips - reach for n in range(strips + 1)]
    flat = [middle + edge for edge in edges]
    bent = [middle + reach * math.sin(half * edge / reach) / half for edge in edges]
    mesh = [
        (
            (round(bent[n]), 0, round(bent[n + 1]), picture.height),
            (flat[n], 0, flat[n], picture.height, flat[n + 1], picture.height, flat[n + 1], 0),
        )
        for n in range(strips)
        if 0 <= round(bent[n]) < round(bent[n + 1]) <= picture.width
    ]
    result = picture.transform(
        picture.size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC, fillcolor=90
    )
    width = (held.code[2] - held.code[0]) / 2
    seen = reach * math.sin(half * width / reach) / half
    box = (round(middle - seen), held.code[1], round(middle + seen), held.code[3])
    return replace(held, picture=result, code=box)


def _homography(pose: Pose, size: Size, scale: float, middle: Point) -> Rows:
    """From the thing's pixels to the frame's: turned in space, seen from a frame's width away."""
    roll, pitch, yaw = (math.radians(a) for a in (pose.turn, pose.tilt_x, pose.tilt_y))
    right = (
        math.cos(yaw) * math.cos(roll),
        math.cos(pitch) * math.sin(roll) + math.sin(pitch) * math.sin(yaw) * math.cos(roll),
        math.sin(pitch) * math.sin(roll) - math.cos(pitch) * math.sin(yaw) * math.cos(roll),
    )
    down = (
        -math.cos(yaw) * math.sin(roll),
        math.cos(pitch) * math.cos(roll) - math.sin(pitch) * math.sin(yaw) * math.sin(roll),
        math.sin(pitch) * math.cos(roll) + math.cos(pitch) * math.sin(yaw) * math.sin(roll),
    )
    distance = float(size[0])
    x, y = pose.x * size[0], pose.y * size[1]

    def row(axis: int, at: float) -> tuple[float, float, float]:
        """Of the frame's x or y, times the depth: the point at depth 0 is ``at``."""
        across = scale * (distance * right[axis] + at * right[2])
        along = scale * (distance * down[axis] + at * down[2])
        return across, along, at * distance - across * middle[0] - along * middle[1]

    depth_x, depth_y = scale * right[2], scale * down[2]
    depth = (depth_x, depth_y, distance - depth_x * middle[0] - depth_y * middle[1])
    return row(0, x), row(1, y), depth


def _inverse(matrix: Sequence[Sequence[float]]) -> Rows:
    """Up to a factor, which a homography does not have."""
    (a, b, c), (d, e, f), (g, h, i) = matrix
    return (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
