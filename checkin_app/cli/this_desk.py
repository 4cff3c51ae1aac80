"""What this laptop remembers of itself, for commands that work in the name of a desk."""

from __future__ import annotations

from checkin_app.settings import Settings, load_settings, save_settings, settings_path, with_desk_id


def settings_with_id() -> Settings:
    """The settings of this laptop, whose desk has an id from now on."""
    settings = load_settings(settings_path())
    named = with_desk_id(settings)
    if named != settings:
        save_settings(named, settings_path())
    return named
