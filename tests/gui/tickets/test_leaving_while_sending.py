"""Whoever opens another event, or closes the window, while mails go out loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from mail_server import PostOffice, post_office, scripted
from pytestqt.qtbot import QtBot

from checkin_app.domain.mailings import MailState
from checkin_app.gui.opening import at_desk
from checkin_app.gui.tickets.tickets_screen import TicketsScreen
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.gui.window.screens import TICKETS
from checkin_app.services.event_files import create_sample_event
from checkin_app.settings import Settings
from checkin_app.settings.mail_settings import MailSecurity
from checkin_app.storage.event_file import EventFile


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office(MailSecurity.NONE) as office:
        yield office


@pytest.fixture
def window(
    qtbot: QtBot, office: PostOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """A window that has begun to send one mail a minute."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    window = sending_window(qtbot, office, tmp_path)
    qtbot.waitUntil(lambda: len(office.received) == 1)
    yield window
    window.close()


def sending_window(qtbot: QtBot, office: PostOffice, tmp_path: Path) -> MainWindow:
    account = office.account(security=MailSecurity.NONE, user="", per_minute=1)
    settings = Settings(sounds_on=False, mail=account, desk_id="0123456789abcdef")
    window = MainWindow(settings, tmp_path / "log")
    qtbot.addWidget(window)
    window.show_event(at_desk(create_sample_event(tmp_path / "one.checkin"), "Office"))
    window.show()
    window.show_screen(TICKETS)
    screen = window.findChild(TicketsScreen)
    assert screen is not None
    qtbot.waitUntil(lambda: screen.mail.foot.send.isEnabled())
    screen.mail.foot.send.click()
    screen.mail.foot.really.click()
    return window


def states_of(path: Path) -> tuple[int, int]:
    """How many mails wait, and how many were sent."""
    with EventFile(path) as event_file:
        mail = event_file.mail_jobs.of_desk("0123456789abcdef")
        mailing = mail.unfinished()
        assert mailing is not None
        counts = mail.counts(mailing.id)
        return sum(n for state, n in counts.items() if state.is_open), len(counts)


def test_another_event_can_be_opened(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    before = window.workplace
    assert before is not None
    with qtbot.waitSignal(before.destroyed):
        window.show_event(at_desk(create_sample_event(tmp_path / "two.checkin"), "Office"))
    assert "Tickets are still to be sent for ECCP" in window.messages.text
    asked = []
    window.tasks.run_after_all(lambda: asked.append(True))
    qtbot.waitUntil(lambda: bool(asked))
    assert states_of(tmp_path / "one.checkin") == (125, 2)


def test_the_window_can_be_closed(window: MainWindow, tmp_path: Path) -> None:
    window.close()
    assert states_of(tmp_path / "one.checkin") == (125, 2)


def test_the_window_can_be_closed_though_the_server_does_not_answer(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It answers after this test only: without leaving it, the window would wait for half a minute.

    What it was given is unsure then, and the rest waits.
    """
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with scripted("220 hi", "250 hello", "250 sender", "250 recipient", "354 go ahead") as office:
        window = sending_window(qtbot, office, tmp_path)
        qtbot.waitUntil(office.is_silent.is_set)
        window.close()
    with EventFile(tmp_path / "one.checkin") as event_file:
        (job,) = event_file.mail_jobs.last_jobs(MailState.UNSURE)
        assert job.reason == "the program was closed before the server's answer"
    assert states_of(tmp_path / "one.checkin") == (125, 2)
