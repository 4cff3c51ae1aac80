"""Finds the files that come with the program: fonts, icons, sounds, layouts, the sample event.

They lie in ``resources/`` beside the package in a checkout, and inside the package
(``checkin_app/resources``) in an installed wheel.
"""

from __future__ import annotations

from pathlib import Path

from checkin_app.errors import ResourceMissing

_PACKAGE = Path(__file__).resolve().parent
_PLACES = (_PACKAGE / "resources", _PACKAGE.parent / "resources")


def resource_path(*parts: str) -> Path:
    """The path of a bundled file or folder, for example ``resource_path("fonts", "x.ttf")``.

    Raises:
        ResourceMissing: the installation lacks it.
    """
    for place in _PLACES:
        path = place.joinpath(*parts)
        if path.exists():
            return path
    raise ResourceMissing(
        f"The program's own file {'/'.join(parts)} is missing. Install the program again."
    )
