"""Attendees' photos: upright, no larger than print needs, and never from elsewhere."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from made_pictures import LOGO, clear_png, jpeg, png
from PIL import Image

from checkin_app.badges.pictures.photos import photo_jpeg, photo_problem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "large.jpg").write_bytes(jpeg(size=(2000, 1000)))
    (photos / "turned.jpg").write_bytes(jpeg(size=(2000, 1000), orientation=6))
    (photos / "clear.png").write_bytes(clear_png())
    (photos / "logo.svg").write_bytes(LOGO)
    (photos / "torn.jpg").write_bytes(jpeg(size=(400, 400))[:900])
    (photos / "note.txt").write_text("no picture")
    (tmp_path / "secret.png").write_bytes(png())
    return photos


def opened(photo: tuple[bytes, int, int, int] | None) -> Image.Image:
    assert photo is not None
    data, width, height, components = photo
    picture = Image.open(io.BytesIO(data))
    assert (picture.width, picture.height, len(picture.getbands())) == (width, height, components)
    return picture


def test_a_photo_is_scaled_to_300_dpi_of_its_box(folder: Path) -> None:
    whole = opened(photo_jpeg(folder, "large.jpg", 25.4, 25.4, covers=False))
    assert whole.size == (300, 150)
    cut = opened(photo_jpeg(folder, "large.jpg", 25.4, 25.4, covers=True))
    assert cut.size == (300, 300)


def test_a_small_photo_is_not_blown_up(folder: Path) -> None:
    assert opened(photo_jpeg(folder, "clear.png", 25.4, 25.4, covers=False)).size == (40, 20)
    assert opened(photo_jpeg(folder, "clear.png", 25.4, 25.4, covers=True)).size == (20, 20)


def test_a_photo_stands_upright_as_its_camera_was_held(folder: Path) -> None:
    """Orientation 6: what is stored at the upper left is looked at at the upper right."""
    picture = opened(photo_jpeg(folder, "turned.jpg", 20, 40, covers=False)).convert("L")
    assert picture.width < picture.height
    assert picture.getpixel((picture.width - 5, 5)) < 60  # type: ignore[operator]
    assert picture.getpixel((5, 5)) > 200  # type: ignore[operator]


def test_what_is_clear_becomes_white(folder: Path) -> None:
    picture = opened(photo_jpeg(folder, "clear.png", 10, 5, covers=False)).convert("L")
    assert picture.getpixel((38, 10)) > 240  # type: ignore[operator]


@pytest.mark.parametrize(
    "name",
    ["gone.jpg", "../secret.png", "/etc/passwd", "", ".", "torn.jpg", "note.txt", "logo.svg"],
)
def test_what_is_missing_damaged_or_elsewhere_is_left_out_and_said(folder: Path, name: str) -> None:
    assert photo_jpeg(folder, name, 20, 20, covers=True) is None
    assert photo_problem(folder, name)


def test_a_link_out_of_the_folder_is_not_followed(folder: Path) -> None:
    try:
        (folder / "link.png").symlink_to(folder.parent / "secret.png")
    except OSError:
        pytest.skip("this system does not let one make links")
    assert photo_jpeg(folder, "link.png", 20, 20, covers=True) is None
    assert photo_problem(folder, "link.png")


def test_a_good_photo_has_no_problem(folder: Path) -> None:
    assert photo_problem(folder, "large.jpg") is None
    assert photo_problem(None, "large.jpg")


def test_sixteen_bits_of_grey_keep_their_grey(folder: Path) -> None:
    Image.new("I;16", (40, 40), 30_000).save(folder / "deep.png")
    photo = opened(photo_jpeg(folder, "deep.png", 20, 20, covers=True))
    assert abs(photo.getpixel((10, 10)) - 30_000 / 256) < 3
