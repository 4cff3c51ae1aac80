"""What this laptop remembers between two starts."""

from checkin_app.settings.desk_settings import (
    DESK_NAME_MAX_CHARACTERS,
    Settings,
    Theme,
    load_settings,
    save_settings,
    settings_path,
    with_desk_id,
)

__all__ = (
    "DESK_NAME_MAX_CHARACTERS",
    "Settings",
    "Theme",
    "load_settings",
    "save_settings",
    "settings_path",
    "with_desk_id",
)
