"""Makes any text safe to show: one line, no hidden characters, never markup.

Codes and list cells may hold anything. Control characters become their visible pictures, and
the characters that turn the direction of the rest of a line become a replacement mark.
"""

from __future__ import annotations

import html
import re

LONGEST_SHOWN = 400
"""Characters of one text that are laid out; measuring more would stall the window."""

_LONGEST_TOOL_TIP = 1500
_BLANKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
    r"\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def shown(text: str, longest: int = LONGEST_SHOWN) -> str:
    """The text as one harmless line, cut with an ellipsis when it is far too long."""
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    return _HIDDEN.sub(_picture, _BLANKS.sub(" ", text))


def _picture(match: re.Match[str]) -> str:
    number = ord(match[0])
    if number < 0x20:
        return chr(0x2400 + number)
    return "␡" if number == 0x7F else "\ufffd"


def tool_tip(text: str) -> str:
    """The text for ``setToolTip``, which would take anything that looks like HTML for HTML."""
    return f"<p>{html.escape(shown(text, _LONGEST_TOOL_TIP))}</p>" if text else ""


def label(text: str) -> str:
    """The text for a button, menu or tab, where "&" would mark a key; not for a drop-down."""
    return shown(text).replace("&", "&&")


def grouped(count: int) -> str:
    """A number with its thousands set apart by a narrow blank."""
    return f"{count:,}".replace(",", "\u202f")
