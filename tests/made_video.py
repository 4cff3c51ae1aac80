"""Writes pictures as a video that every player knows: Motion JPEG in an AVI file.

Format: RIFF, a main header, one stream of frames that are JPEG files, an index
(https://learn.microsoft.com/en-us/windows/win32/directshow/avi-riff-file-reference).
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

_HAS_INDEX = 0x10
_KEY_FRAME = 0x10


def write_video(
    path: Path, frames: Iterable[Image.Image], frames_a_second: int = 30, quality: int = 90
) -> Path:
    """Write frames of one size; their number and size are learnt while writing."""
    packed, size = [], (0, 0)
    for frame in frames:
        size = frame.size
        buffer = io.BytesIO()
        # Half the colour resolution, as cameras send it.
        frame.convert("RGB").save(buffer, "JPEG", quality=quality, subsampling="4:2:0")
        packed.append(buffer.getvalue())
    path.write_bytes(_riff(packed, size, frames_a_second))
    return path


def _riff(frames: list[bytes], size: tuple[int, int], frames_a_second: int) -> bytes:
    width, height = size
    longest = max(map(len, frames))
    main = struct.pack(
        "<14I",
        1_000_000 // frames_a_second,
        longest * frames_a_second,
        0,
        _HAS_INDEX,
        len(frames),
        0,
        1,
        longest,
        width,
        height,
        *(0, 0, 0, 0),
    )
    stream = struct.pack(
        "<4s4sIHHIIIIIIII4H",
        *(b"vids", b"MJPG", 0, 0, 0, 0, 1, frames_a_second, 0, len(frames), longest, 0, 0),
        *(0, 0, width, height),
    )
    picture = struct.pack(
        "<IiiHH4sIiiII", 40, width, height, 1, 24, b"MJPG", width * height * 3, 0, 0, 0, 0
    )
    header = _list(
        b"hdrl",
        _chunk(b"avih", main),
        _list(b"strl", _chunk(b"strh", stream), _chunk(b"strf", picture)),
    )
    chunks = [_chunk(b"00dc", frame) for frame in frames]
    index, offset = b"", 4
    for frame, chunk in zip(frames, chunks, strict=True):
        index += struct.pack("<4sIII", b"00dc", _KEY_FRAME, offset, len(frame))
        offset += len(chunk)
    body = b"AVI " + header + _list(b"movi", *chunks) + _chunk(b"idx1", index)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def _list(name: bytes, *chunks: bytes) -> bytes:
    return _chunk(b"LIST", name + b"".join(chunks))
