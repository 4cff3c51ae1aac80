"""Pictures for tests, as bytes of files."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

LOGO = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">
<defs><linearGradient id="g"><stop offset="0" stop-color="#0000ff"/>
<stop offset="1" stop-color="#ff0000"/></linearGradient></defs>
<rect width="120" height="40" fill="url(#g)"/><circle cx="60" cy="20" r="8" fill="#ffffff"/>
</svg>"""


def svg(body: str, attributes: str = 'viewBox="0 0 10 10"') -> bytes:
    """An SVG with something in it."""
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {names} {attributes}>{body}</svg>".encode()


def png(mode: str = "RGB", size: tuple[int, int] = (40, 20), colour: object = "red") -> bytes:
    """A PNG of one colour."""
    return _saved(Image.new(mode, size, colour), "PNG")  # type: ignore[arg-type]


def clear_png() -> bytes:
    """Red to the left, nothing at all to the right."""
    picture = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((0, 0, 19, 19), fill=(255, 0, 0, 255))
    return _saved(picture, "PNG")


def jpeg(mode: str = "RGB", size: tuple[int, int] = (40, 20), orientation: int = 1) -> bytes:
    """A JPEG whose upper left quarter is black, the rest white, as its pixels are stored."""
    picture = Image.new("L", size, 255)
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2 - 1, size[1] // 2 - 1), fill=0)
    exif = Image.Exif()
    exif[0x0112] = orientation
    target = io.BytesIO()
    picture.convert("RGB").convert(mode).save(target, "JPEG", quality=95, exif=exif)
    return target.getvalue()


def _saved(picture: Image.Image, kind: str) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind)
    return target.getvalue()
