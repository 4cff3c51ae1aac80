"""The page of the event: changed, saved, closed for good, and never by accident."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QCloseEvent
from pytestqt.qtbot import QtBot

from checkin_app.errors import CheckinError
from checkin_app.gui.opening import at_desk
from checkin_app.gui.settings.event.closing_dialog import ClosingDialog
from checkin_app.gui.settings.event.event_page import EventPage
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.services.clock import utc_now
from checkin_app.services.event_files import open_event
from checkin_app.services.privacy.closing import close_event
from checkin_app.services.privacy.end_pack import PACK_FILES, RECORD_TEXT
from checkin_app.settings import Settings
from checkin_app.storage.event_file import EventFile

NAME = "ECCP Meeting of the European Cluster Associations and Networks"


@pytest.fixture
def window(qtbot: QtBot, sample_path: Path, tmp_path: Path) -> Iterator[MainWindow]:
    window = MainWindow(Settings(), log_to=tmp_path)
    qtbot.addWidget(window)
    window.show_event(at_desk(open_event(sample_path), "Desk 1"))
    window.show()
    yield window
    window.close()


def page_of(window: MainWindow) -> EventPage:
    assert window.workplace is not None
    window.workplace.settings_wanted.emit("event")
    page = window.screens.currentWidget().page  # type: ignore[attr-defined]
    assert isinstance(page, EventPage)
    return page


def stored(path: Path) -> EventFile:
    return open_event(path)


def test_nothing_is_to_be_saved_until_something_is_typed(window: MainWindow) -> None:
    page = page_of(window)
    assert page.form.name.text() == NAME
    assert not page.save.isEnabled()
    page.form.city.setText("Łódź")
    assert page.save.isEnabled()
    page.discard.click()
    assert page.form.city.text() == "Brussels"
    assert not page.save.isEnabled()


def test_what_was_typed_is_saved_and_shown_everywhere(
    window: MainWindow, qtbot: QtBot, sample_path: Path
) -> None:
    page = page_of(window)
    page.form.name.setText("Κλάδοι στη Λευκωσία")
    page.form.timezone.setCurrentText("Asia/Nicosia")
    page.form.bring.setPlainText("A photo ID")
    page.form.erase_on.choices.setCurrentIndex(1)
    assert page.hint.isVisible()
    page.save.click()
    qtbot.waitUntil(lambda: "Λευκωσία" in window.windowTitle())
    with closing(stored(sample_path)) as event_file:
        event = event_file.event()
    assert (event.timezone, event.bring) == ("Asia/Nicosia", "A photo ID")
    assert event.erase_on == date(2024, 6, 5)
    assert page_of(window).form.name.text() == "Κλάδοι στη Λευκωσία"


def test_what_cannot_be_is_said_and_stays_typed(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    page.form.timezone.setCurrentText("Europe/Atlantis")
    page.save.click()
    qtbot.waitUntil(lambda: "time zone" in window.messages.text)
    assert page.form.timezone.currentText() == "Europe/Atlantis"
    assert page.save.isEnabled()


def test_the_last_day_follows_the_first_and_the_retention_the_last(window: MainWindow) -> None:
    page = page_of(window)
    page.form.erase_on.choices.setCurrentIndex(1)
    page.form.starts_on.set_day(date(2024, 5, 20))
    assert page.form.ends_on.day() == date(2024, 5, 20)
    assert page.form.settings().erase_on == date(2024, 6, 19)


def test_a_day_of_ones_own_is_kept(window: MainWindow) -> None:
    field = page_of(window).form.erase_on
    field.show_days(date(2024, 5, 6), date(2024, 9, 1))
    assert field.day() == date(2024, 9, 1)
    assert not field.other.isHidden()
    field.show_days(date(2024, 5, 6), date(2024, 8, 6))
    assert field.other.isHidden()


def dialog_of(page: EventPage) -> ClosingDialog:
    page.close_event.click()
    dialog = page.findChild(ClosingDialog)
    assert isinstance(dialog, ClosingDialog)
    return dialog


def test_without_a_folder_and_the_name_nothing_can_be_closed(
    window: MainWindow, tmp_path: Path
) -> None:
    dialog = dialog_of(page_of(window))
    assert not dialog.go.isEnabled()
    dialog.name.setText(NAME)
    assert not dialog.go.isEnabled()
    dialog.choose_folder(tmp_path / "pack")
    assert dialog.go.isEnabled()
    dialog.name.setText("ECCP Meeting")
    assert not dialog.go.isEnabled()
    dialog.name.setText(f"  {NAME.lower()} ")
    assert dialog.go.isEnabled()
    assert dialog.leave.isDefault()
    dialog.reject()


def test_an_event_is_closed_and_the_window_shows_what_is_left(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, sample_path: Path
) -> None:
    dialog = dialog_of(page_of(window))
    dialog.name.setText(NAME)
    dialog.choose_folder(tmp_path / "pack")
    old = window.workplace
    dialog.go.click()
    assert not dialog.go.isEnabled()
    qtbot.waitUntil(lambda: window.workplace is not old)
    assert "data of 150 people are erased" in window.messages.text
    assert {one.name for one in (tmp_path / "pack").iterdir()} > {*PACK_FILES, RECORD_TEXT}
    page = page_of(window)
    qtbot.waitUntil(lambda: "150 people" in page.state.text())
    assert not page.close_event.isVisible()
    assert not page.form.isEnabled()
    page.write_record(tmp_path / "again")
    qtbot.waitUntil(lambda: "record of the erasure" in window.messages.text)
    assert RECORD_TEXT in {one.name for one in (tmp_path / "again").iterdir()}
    with closing(stored(sample_path)) as event_file:
        assert all(record.is_erased for record in event_file.records())


def test_an_event_that_another_program_closed_cannot_be_described_anew(
    window: MainWindow, qtbot: QtBot, sample_path: Path, tmp_path: Path
) -> None:
    page = page_of(window)
    page.form.city.setText("Łódź")
    with closing(stored(sample_path)) as event_file:
        close_event(event_file, "Office", utc_now(), tmp_path / "pack")
    qtbot.waitUntil(lambda: not page.form.isEnabled())
    assert not page.save.isEnabled()
    assert page.close_event.isHidden()


def test_whoever_opens_a_closed_event_is_told(
    qtbot: QtBot, sample_path: Path, tmp_path: Path
) -> None:
    with closing(open_event(sample_path)) as event_file:
        close_event(event_file, "Office", utc_now(), tmp_path / "pack")
    window = MainWindow(Settings(), log_to=tmp_path)
    qtbot.addWidget(window)
    window.show_event(at_desk(open_event(sample_path), "Desk 1"))
    qtbot.waitUntil(lambda: "was closed on" in window.messages.text)
    window.close()


def test_what_keeps_an_event_open_is_said_in_the_dialog(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "numbers.json").write_text("another's")
    dialog = dialog_of(page_of(window))
    dialog.name.setText(NAME)
    dialog.choose_folder(tmp_path / "pack")
    dialog.go.click()
    qtbot.waitUntil(lambda: "empty folder" in dialog.said.text())
    assert dialog.go.isEnabled()
    assert dialog.isVisible()
    dialog.reject()


def test_what_fails_after_the_erasure_shows_the_event_as_closed(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, sample_path: Path
) -> None:
    """As if the stick with the pack was pulled out before the record was written."""
    dialog = dialog_of(page_of(window))
    old = window.workplace
    with closing(open_event(sample_path)) as event_file:
        close_event(event_file, "Office", utc_now(), tmp_path / "pack")
    dialog._show_failed(CheckinError("the record of it cannot be written"))
    qtbot.waitUntil(lambda: window.workplace is not old)
    assert "cannot be written" in window.messages.text
    page = page_of(window)
    qtbot.waitUntil(page.save_record.isVisible)


def test_the_dialog_stays_while_data_are_erased(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = dialog_of(page_of(window))
    dialog.name.setText(NAME)
    dialog.choose_folder(tmp_path / "pack")
    old = window.workplace
    dialog.go.click()
    asked = QCloseEvent()
    dialog.closeEvent(asked)
    assert asked.type() is QEvent.Type.Close
    assert not asked.isAccepted()
    # Either it was stopped in time, or it went on to the end.
    qtbot.waitUntil(lambda: window.workplace is not old or dialog_is_over(dialog))


def dialog_is_over(dialog: ClosingDialog) -> bool:
    return "Nothing was erased" in dialog.said.text()
