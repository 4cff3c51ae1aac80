"""What this laptop remembers between two starts: one small JSON file in the user's own folder.

Settings are a comfort. A file that is missing, damaged or of another version never keeps the
desk from opening: what can be read is taken, the rest is as on the first day.
"""

from __future__ import annotations

import json
import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from checkin_app.errors import CheckinError
from checkin_app.settings.device_settings import DeviceSettings
from checkin_app.settings.mail_settings import MailSettings
from checkin_app.settings.online_settings import OnlineSettings
from checkin_app.settings.stored import read_section, stored_section
from checkin_app.whole_file import whole_file

DESK_NAME_MAX_CHARACTERS = 60
_DESK_ID_BYTES = 8


class Theme(StrEnum):
    """The colours of the window; ``auto`` follows the operating system."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """What this laptop remembers.

    Attributes:
        desk_name: as it stands on screen and beside each check-in made here.
        desk_id: tells this desk from any other of the same name; empty before the first start.
        last_event: the event file to open when none is named; None before the first.
        last_folder: where a file was chosen or saved last; None before the first.
        theme: the colours of the window.
        sounds_on: whether an outcome is heard as well as seen.
        devices: the scanners, camera, printers and the rest of this desk.
        mail: the account that tickets are sent from.
        online: the registration systems on the web, by event.
    """

    desk_name: str = "Desk 1"
    desk_id: str = ""
    last_event: Path | None = None
    last_folder: Path | None = None
    theme: Theme = Theme.AUTO
    sounds_on: bool = True
    devices: DeviceSettings = field(default_factory=DeviceSettings)
    mail: MailSettings = field(default_factory=MailSettings)
    online: OnlineSettings = field(default_factory=OnlineSettings)


def with_desk_id(settings: Settings) -> Settings:
    """The same settings; a desk that has no id yet gets one."""
    if settings.desk_id:
        return settings
    return replace(settings, desk_id=secrets.token_hex(_DESK_ID_BYTES))


def settings_path() -> Path:
    """Where the settings of the current user lie; the file need not exist."""
    import platformdirs

    return platformdirs.user_config_path("checkin-app", appauthor=False) / "settings.json"


def load_settings(path: Path) -> Settings:
    """The settings stored at ``path``; for each one that cannot be read there, its default."""
    stored = _stored_values(path)
    defaults = Settings()
    return Settings(
        desk_name=_desk_name(stored.get("desk_name")) or defaults.desk_name,
        last_event=_file_path(stored.get("last_event")),
        last_folder=_file_path(stored.get("last_folder")),
        theme=_theme(stored.get("theme")) or defaults.theme,
        sounds_on=stored.get("sounds_on") is not False,
        desk_id=_desk_id(stored.get("desk_id")),
        devices=read_section(DeviceSettings, stored.get("devices")),
        mail=read_section(MailSettings, stored.get("mail")),
        online=read_section(OnlineSettings, stored.get("online")),
    )


def save_settings(settings: Settings, path: Path) -> None:
    """Store the settings at ``path``, whole or not at all; missing folders are made.

    Raises:
        CheckinError: the file cannot be written; the former settings are still there.
    """
    text = json.dumps(
        {
            "desk_name": settings.desk_name,
            "desk_id": settings.desk_id,
            "last_event": str(settings.last_event) if settings.last_event else None,
            "last_folder": str(settings.last_folder) if settings.last_folder else None,
            "theme": settings.theme,
            "sounds_on": settings.sounds_on,
            "devices": stored_section(settings.devices),
            "mail": stored_section(settings.mail),
            "online": stored_section(settings.online),
        },
        indent=2,
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as unfinished:
            unfinished.write_text(text, encoding="utf-8")
    except (CheckinError, OSError) as error:
        raise CheckinError(
            "The settings could not be saved, so they hold until the program is closed. "
            f"Check the disk and the folder {path.parent}."
        ) from error


def _stored_values(path: Path) -> Mapping[str, Any]:
    try:
        stored = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _desk_name(value: object) -> str | None:
    """A name of one line; None when nothing is left of it."""
    if not isinstance(value, str):
        return None
    visible = "".join(letter for letter in value if letter.isprintable() or letter.isspace())
    return " ".join(visible.split())[:DESK_NAME_MAX_CHARACTERS].strip() or None


def _desk_id(value: object) -> str:
    if not isinstance(value, str) or len(value) != 2 * _DESK_ID_BYTES:
        return ""
    return value if set(value) <= set(string.hexdigits.lower()) else ""


def _file_path(value: object) -> Path | None:
    return Path(value) if isinstance(value, str) and value and "\0" not in value else None


def _theme(value: object) -> Theme | None:
    return next((theme for theme in Theme if theme == value), None)
