"""A layout with its pictures as the plain value that an event file keeps, and back."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from checkin_app.badges.layouts.layout_file import layout_from_text
from checkin_app.domain.badges.badge_layout import BadgeLayout
from checkin_app.errors import BadgeError


def layout_document(layout: BadgeLayout) -> dict[str, Any]:
    """The text of the layout file and its pictures, as JSON values."""
    return {
        "text": layout.source,
        "pictures": {
            name: base64.b64encode(content).decode("ascii")
            for name, content in sorted(layout.pictures.items())
        },
    }


def layout_from_document(name: str, document: Mapping[str, Any]) -> BadgeLayout:
    """The layout that an event file keeps under a name.

    Raises:
        BadgeError: it cannot be used any more; the message names line and element.
    """
    try:
        pictures = {
            file: base64.b64decode(content, validate=True)
            for file, content in document.get("pictures", {}).items()
        }
        text = document["text"]
    except (KeyError, AttributeError, TypeError, ValueError) as error:
        raise BadgeError(
            f"The layout {name} in the event file is damaged. Open its layout file again."
        ) from error
    return layout_from_text(text, name, f"{name} of this event", pictures)
