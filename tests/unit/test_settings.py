"""What the laptop remembers survives a restart, and a damaged file never stops the desk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.errors import CheckinError
from checkin_app.settings import (
    DESK_NAME_MAX_CHARACTERS,
    Settings,
    Theme,
    load_settings,
    save_settings,
    settings_path,
    with_desk_id,
)
from checkin_app.settings.device_settings import (
    CameraSettings,
    CameraView,
    DeviceSettings,
    GuestSettings,
    PrintingSettings,
    PrintOnArrival,
    ScannerSettings,
    SerialScanner,
    SoundSettings,
)
from checkin_app.settings.mail_settings import MailSecurity, MailSettings
from checkin_app.settings.online_settings import OnlineConnection, OnlineSettings

CHOSEN = Settings(
    desk_name="Empfang Süd",
    last_event=Path("events") / "Assemblée générale.checkin",
    last_folder=Path("Ψηφία") / "lists",
    theme=Theme.DARK,
    sounds_on=False,
    desk_id="0123456789abcdef",
    devices=DeviceSettings(
        camera=CameraSettings(is_on=True, device="/dev/video0", view=CameraView.LARGE),
        scanners=ScannerSettings(prefix="]Q1", serial=(SerialScanner("COM3", baud_rate=115200),)),
        sound=SoundSettings(volume=0.4, output="Kopfhörer", speaks_names=True),
        guest=GuestSettings(is_on=True, asks_if_correct=False),
        printing=PrintingSettings(
            printer="cups:Badges",
            when=PrintOnArrival.UNLESS_PRINTED,
            categories=("Speaker", "Πρόεδρος"),
        ),
    ),
    mail=MailSettings("mail.example.org", 465, MailSecurity.TLS, "desk", per_minute=12),
    online=OnlineSettings(
        (OnlineConnection("0a", server="https://pretix.eu", organiser="demo", event="forum"),)
    ),
)


def test_what_was_saved_is_loaded_again(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save_settings(CHOSEN, path)
    assert load_settings(path) == CHOSEN


def test_saving_again_replaces_the_former_settings_and_leaves_nothing_beside_them(
    tmp_path: Path,
) -> None:
    path = tmp_path / "settings.json"
    save_settings(CHOSEN, path)
    save_settings(Settings(), path)
    assert load_settings(path) == Settings()
    assert list(tmp_path.iterdir()) == [path]


def test_the_folder_of_the_settings_is_made_when_it_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "never" / "seen" / "settings.json"
    save_settings(CHOSEN, path)
    assert load_settings(path) == CHOSEN


def test_the_first_start_has_the_defaults(tmp_path: Path) -> None:
    settings = load_settings(tmp_path / "settings.json")
    assert settings == Settings()
    assert settings.desk_name == "Desk 1"
    assert settings.last_event is None
    assert settings.theme is Theme.AUTO
    assert settings.sounds_on


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"null", b"[1, 2]", b'"text"', b"\xff\xfe\x00", b"[" * 100_000, b"\x00" * 4096],
    ids=["empty", "cut off", "null", "a list", "a text", "not UTF-8", "too deep", "zeros"],
)
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert load_settings(path) == Settings()


def test_a_folder_in_place_of_the_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


def test_one_damaged_setting_does_not_cost_the_others(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    stored = {"desk_name": "Desk 7", "last_event": 12, "theme": "purple", "sounds_on": False}
    path.write_text(json.dumps(stored), encoding="utf-8")
    assert load_settings(path) == Settings(desk_name="Desk 7", sounds_on=False)


@pytest.mark.parametrize("name", ["", "   ", "\x00\x1b", 4, None, ["Desk"]])
def test_an_unusable_desk_name_gives_the_default(tmp_path: Path, name: object) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"desk_name": name}), encoding="utf-8")
    assert load_settings(path).desk_name == "Desk 1"


def test_a_desk_name_is_one_line_without_control_characters(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"desk_name": " Guichet\u00a02\n\x07 (entrée) "}), encoding="utf-8")
    assert load_settings(path).desk_name == "Guichet 2 (entrée)"


def test_a_desk_name_is_never_longer_than_the_screen_can_show(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"desk_name": "D" * 10_000}), encoding="utf-8")
    assert len(load_settings(path).desk_name) == DESK_NAME_MAX_CHARACTERS


def test_settings_of_a_newer_program_are_read_as_far_as_they_are_known(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": "light", "volume": 11}), encoding="utf-8")
    assert load_settings(path) == Settings(theme=Theme.LIGHT)


def test_one_damaged_device_does_not_cost_the_others(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    stored = {
        "camera": {"is_on": "yes", "width_px": 1280, "view": "huge"},
        "scanners": {"serial": [{"port": "COM3"}, 7, {"port": None, "baud_rate": True}]},
        "sound": {"volume": float("nan"), "output": "x" * 100_000},
        "printing": {"when": "always", "categories": ["Press", 3]},
        "guest": "none",
    }
    path.write_text(json.dumps({"devices": stored}), encoding="utf-8")
    assert load_settings(path).devices == DeviceSettings(
        camera=CameraSettings(width_px=1280),
        scanners=ScannerSettings(serial=(SerialScanner("COM3"), SerialScanner())),
        printing=PrintingSettings(when=PrintOnArrival.ALWAYS, categories=("Press",)),
    )


def test_a_desk_gets_its_id_once_and_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    first = with_desk_id(load_settings(path))
    save_settings(first, path)
    assert first.desk_id
    assert with_desk_id(load_settings(path)) == first
    assert with_desk_id(Settings()).desk_id != first.desk_id


@pytest.mark.parametrize("stored", ["", "desk", "0123456789ABCDEF", 7, "0123456789abcdef0"])
def test_an_id_that_is_none_is_given_anew(tmp_path: Path, stored: object) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"desk_id": stored}), encoding="utf-8")
    assert load_settings(path).desk_id == ""


def test_settings_that_cannot_be_saved_are_said_so_and_leave_the_former_ones(
    tmp_path: Path,
) -> None:
    blocked = tmp_path / "a file, not a folder"
    blocked.write_text("something else", encoding="utf-8")
    with pytest.raises(CheckinError, match="settings could not be saved"):
        save_settings(CHOSEN, blocked / "settings.json")
    assert blocked.read_text(encoding="utf-8") == "something else"


def test_a_folder_in_place_of_the_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.mkdir()
    with pytest.raises(CheckinError, match="settings could not be saved"):
        save_settings(CHOSEN, path)
    assert list(tmp_path.iterdir()) == [path]


def test_the_settings_lie_in_a_folder_of_the_program() -> None:
    assert settings_path().name == "settings.json"
    assert settings_path().parent.name == "checkin-app"


@given(st.binary(max_size=200))
def test_no_content_stops_the_desk(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert load_settings(path).desk_name


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(Settings.__slots__, json_values)))
def test_any_stored_values_give_settings_that_survive_a_save(
    tmp_path: Path, stored: dict[str, object]
) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(stored), encoding="utf-8")
    loaded = load_settings(path)
    save_settings(loaded, path)
    assert load_settings(path) == loaded
