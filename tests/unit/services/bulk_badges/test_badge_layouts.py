"""Which layouts and which stock an event can be printed with."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest

from checkin_app.badges.layouts.built_in import built_in_layout
from checkin_app.domain.badges.stock import CARD_ON_A4
from checkin_app.errors import BadgeError, UsageError
from checkin_app.services.bulk_badges.badge_layouts import find_layout, keep_layout, offered_layouts
from checkin_app.services.bulk_badges.badge_stock import find_stock, keep_stock, own_stock
from checkin_app.stock.own_stock import save_own_stock
from checkin_app.storage.event_file import EventFile

NOW = datetime(2024, 5, 5, 18, tzinfo=UTC)
OWN = dataclasses.replace(CARD_ON_A4, name="Ours", part_numbers=(), brand="", left_mm=14.0)


def test_an_event_keeps_the_layout_it_was_printed_with_whatever_the_program_brings(
    sample_event_file: EventFile,
) -> None:
    built_in = built_in_layout("name-first")
    used = dataclasses.replace(built_in, source=built_in.source.replace("Name first", "As used"))
    keep_layout(sample_event_file, used, "Desk 1", NOW)
    assert find_layout(sample_event_file, "name-first").title == "As used"
    assert offered_layouts(sample_event_file)["name-first"].title == "As used"


def test_a_layout_is_kept_once(sample_event_file: EventFile) -> None:
    keep_layout(sample_event_file, built_in_layout(), "Desk 1", NOW)
    entries = sum(1 for _entry in sample_event_file.ledger())
    keep_layout(sample_event_file, built_in_layout(), "Desk 1", NOW)
    assert sum(1 for _entry in sample_event_file.ledger()) == entries


def test_a_layout_file_is_found_by_its_path_and_afterwards_by_its_name(
    sample_event_file: EventFile, tmp_path: Path
) -> None:
    file = tmp_path / "gala.toml"
    file.write_text(built_in_layout().source, encoding="utf-8")
    keep_layout(sample_event_file, find_layout(sample_event_file, str(file)), "Desk 1", NOW)
    file.unlink()
    assert find_layout(sample_event_file, "gala").name == "gala"
    assert "gala" in offered_layouts(sample_event_file)


def test_an_unknown_layout_is_answered_with_the_known_ones(sample_event_file: EventFile) -> None:
    with pytest.raises(UsageError, match=r"name-first.*layout file"):
        find_layout(sample_event_file, "brutalist")
    with pytest.raises(BadgeError, match=r"gone\.toml"):
        find_layout(sample_event_file, "gone.toml")


def test_own_stock_travels_with_the_event(sample_event_file: EventFile, tmp_path: Path) -> None:
    here, elsewhere = tmp_path / "stock.toml", tmp_path / "other.toml"
    save_own_stock(OWN, here)
    assert find_stock(sample_event_file, "ours", here) == OWN
    keep_stock(sample_event_file, OWN, "Desk 1", NOW)
    assert own_stock(sample_event_file, elsewhere) == (OWN,)
    assert find_stock(sample_event_file, "Ours", elsewhere) == OWN


def test_stock_of_the_catalogue_is_not_kept(sample_event_file: EventFile, tmp_path: Path) -> None:
    keep_stock(sample_event_file, CARD_ON_A4, "Desk 1", NOW)
    assert own_stock(sample_event_file, tmp_path / "none.toml") == ()


def test_a_damaged_file_of_own_stock_does_not_hide_the_catalogue(
    sample_event_file: EventFile, tmp_path: Path
) -> None:
    file = tmp_path / "stock.toml"
    file.write_text("[[stock", encoding="utf-8")
    assert "L4785" in " ".join(find_stock(sample_event_file, "L4785", file).part_numbers)


def test_an_own_layout_of_a_built_in_name_does_not_take_its_place(
    sample_event_file: EventFile, tmp_path: Path
) -> None:
    file = tmp_path / "name-first.toml"
    changed = built_in_layout().source.replace('title = "Name first"', 'title = "Mine"')
    file.write_text(changed, encoding="utf-8")
    keep_layout(sample_event_file, find_layout(sample_event_file, str(file)), "Desk 1", NOW)
    assert find_layout(sample_event_file, "name-first").title == "Name first"
    assert find_layout(sample_event_file, "name-first-own").title == "Mine"
