"""What this user printed with last, in whichever event: one small JSON file.

A comfort: a file that is missing or damaged is as good as none, and one that cannot be written
is no reason to say so after a print that went well.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from checkin_app.errors import CheckinError
from checkin_app.whole_file import whole_file

_MOST_STOCK = 8


@dataclass(frozen=True, slots=True)
class RecentChoices:
    """Names, the latest first.

    Attributes:
        printer: empty for any.
    """

    stock: tuple[str, ...] = ()
    layout: str = ""
    printer: str = ""


def recent_choices_path() -> Path:
    """Where they lie on this computer; the file need not exist."""
    import platformdirs

    return platformdirs.user_config_path("checkin-app", appauthor=False) / "badge_choices.json"


def load_recent_choices(path: Path) -> RecentChoices:
    """What can be read."""
    try:
        stored = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return RecentChoices()
    if not isinstance(stored, dict):
        return RecentChoices()
    stock = stored.get("stock")
    names = [name for name in stock if isinstance(name, str)] if isinstance(stock, list) else []
    return RecentChoices(tuple(names), _text(stored.get("layout")), _text(stored.get("printer")))


def keep_recent_choices(path: Path, stock: str, layout: str, printer: str) -> None:
    """From now on these are the latest."""
    before = load_recent_choices(path)
    names = list(dict.fromkeys((stock, *before.stock)))[:_MOST_STOCK]
    content = json.dumps(
        {"stock": names, "layout": layout, "printer": printer}, indent=2, ensure_ascii=False
    )
    with suppress(OSError, CheckinError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as unfinished:
            unfinished.write_text(content + "\n", encoding="utf-8")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
