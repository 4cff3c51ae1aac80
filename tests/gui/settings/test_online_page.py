"""The page of the online list: tried, fetched, switched on; nothing goes out before."""

from __future__ import annotations

from dataclasses import replace

import online_server
import pytest
from online_server import TOKEN, IndicoServer, Mood, PretixServer, serving
from PySide6.QtWidgets import QLabel, QLineEdit

from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.lists.import_screen import ImportScreen
from checkin_app.gui.opening import at_desk
from checkin_app.gui.settings.event.closing_dialog import ClosingDialog
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.gui.window.screens import SETTINGS
from checkin_app.secrets_store.passwords import SessionPasswords
from checkin_app.services.clock import utc_now
from checkin_app.services.list_import.registration_lists import apply_import, plan_import, read_list
from checkin_app.services.online.online_lists import fetch, keep_token
from checkin_app.settings import Settings
from checkin_app.settings.online_settings import OnlineConnection, OnlineSettings

PETER, ZOE = "z3fsn8jyufm5kpk768q69gkbyr5f4h6w", "def131fm5kpk768q69gkbyr5f4h6w"


@pytest.fixture
def server():
    with serving(PretixServer()) as server:
        yield server


@pytest.fixture
def window(qtbot, empty_event_file, tmp_path):
    window = MainWindow(Settings(sounds_on=False), tmp_path / "log", passwords=SessionPasswords())
    qtbot.addWidget(window)
    window.show_event(at_desk(empty_event_file, "Desk 1"))
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window._actions is not None)
    yield window
    window.close()


@pytest.fixture
def page(qtbot, window):
    window.workplace.settings_wanted.emit("online")
    page = window.screen_at(SETTINGS).page
    qtbot.waitUntil(page.try_out.isEnabled)
    return page


def enter(page, server, token=TOKEN):
    page.connection.address.setText(f"{server.url}/bigevents/sampleconf/")
    page.connection.address.editingFinished.emit()
    page.connection.token.setText(token)


def tried(qtbot, page, server):
    enter(page, server)
    page.try_out.click()
    qtbot.waitUntil(lambda: "Connected" in page.state.text())


def connection_of(window):
    return window.settings.online.connections[0]


def test_nothing_is_sent_before_somebody_asks_for_it(qtbot, window, page, server):
    enter(page, server)
    qtbot.waitUntil(page.try_out.isEnabled)
    assert server.asked == []
    assert not page.sending.is_on.isChecked()
    assert not page.sending.is_on.isEnabled()


def test_a_link_to_the_event_fills_the_other_fields(page):
    page.connection.address.setText("https://pretix.eu/demo/forum/")
    page.connection.address.editingFinished.emit()
    assert page.connection.address.text() == "https://pretix.eu"
    assert page.connection.organiser.text() == "demo"
    assert page.connection.event_name.text() == "forum"


def test_the_other_system_has_fields_of_its_own(qtbot, window, page, server):
    tried(qtbot, page, server)
    form = page.connection
    form.system.choose(1)
    assert (form.address.text(), form.event_name.text()) == ("", "")
    form.system.choose(0)
    assert (form.address.text(), form.event_name.text()) == (server.url, "sampleconf")


def test_an_address_that_others_can_read_along_is_said(page):
    page.connection.address.setText("http://pretix.eu/demo/forum/")
    page.try_out.click()
    assert "https://" in page.state.text()


def test_what_is_missing_is_said_without_asking_anybody(page, server):
    page.connection.address.setText(server.url)
    page.try_out.click()
    assert "short forms" in page.state.text()
    assert server.asked == []


def test_a_trial_tells_the_event_and_keeps_the_connection(qtbot, window, page, server):
    tried(qtbot, page, server)
    assert "Sample Conference" in page.state.text()
    assert "9 orders" in page.state.text()
    assert connection_of(window).server == server.url
    assert connection_of(window).list_name == "Default check-in list"
    assert not connection_of(window).sends_check_ins
    assert {asked.method for asked in server.asked} == {"GET"}


def test_the_token_is_hidden_kept_by_the_keyring_and_in_no_settings(qtbot, window, page, server):
    assert page.connection.token.echoMode() is QLineEdit.EchoMode.Password
    tried(qtbot, page, server)
    assert page.connection.token.text() == ""
    assert "until the program is closed" in page.state.text()
    assert TOKEN not in repr(window.settings)
    page.try_out.click()
    qtbot.waitUntil(lambda: "Connected" in page.state.text())


def test_a_token_can_be_forgotten(qtbot, window, page, server):
    tried(qtbot, page, server)
    page.sending.is_on.click()
    page.connection.forget.click()
    qtbot.waitUntil(lambda: "forgotten" in page.state.text())
    assert not connection_of(window).sends_check_ins
    page.try_out.click()
    qtbot.waitUntil(lambda: "No token is known" in page.state.text())


def test_a_wrong_token_is_not_kept(qtbot, window, page, server):
    enter(page, server, "wrong")
    page.try_out.click()
    qtbot.waitUntil(lambda: "does not accept the token" in page.state.text())
    assert window.settings.online.connections == ()
    assert page.try_out.isEnabled()


def test_what_was_fetched_comes_to_the_import(qtbot, window, page, server):
    enter(page, server)
    page.fetch.click()
    qtbot.waitUntil(lambda: isinstance(window.screens.passing, ImportScreen))
    screen = window.screens.passing
    qtbot.waitUntil(lambda: screen.course.look is not None)
    assert screen.head.title.text() == "sampleconf (pretix)"
    assert screen.course.look.people == 11


def test_a_long_list_is_looked_at_in_a_process_of_its_own(qtbot, window, page, server, monkeypatch):
    monkeypatch.setattr(online_server, "PAGE_SIZE", 1000)
    (peter,) = server.orders[0]["positions"]
    positions = [
        {**peter, "id": n, "positionid": n, "attendee_name": f"P {n}", "secret": f"s{n}"}
        for n in range(3000)
    ]
    server.orders[0]["positions"] = positions
    enter(page, server)
    page.fetch.click()
    qtbot.waitUntil(lambda: isinstance(window.screens.passing, ImportScreen))
    screen = window.screens.passing
    qtbot.waitUntil(lambda: screen.course.look is not None)
    assert screen.course.look.people == 3010


def test_fetching_can_be_stopped(qtbot, page, server):
    server.moods.append(Mood.BUSY)
    server.retry_after_s = 30
    enter(page, server)
    page.fetch.click()
    qtbot.waitUntil(lambda: len(server.asked) == 1)
    page.stop.click()
    qtbot.waitUntil(lambda: page.state.text() == "Stopped.")
    assert page.fetch.isEnabled()


def test_indico_needs_no_organiser_and_takes_no_check_ins(qtbot, page):
    with serving(IndicoServer()) as server:
        page.connection.system.choose(1)
        page.connection.address.setText(f"{server.url}/event/1234/")
        page.connection.address.editingFinished.emit()
        page.connection.token.setText(TOKEN)
        page.try_out.click()
        qtbot.waitUntil(lambda: "4 registrations" in page.state.text())
    assert not page.connection.organiser.isVisible()
    assert not page.sending.isVisible()


def test_another_event_switches_sending_off(qtbot, window, page, server):
    tried(qtbot, page, server)
    page.sending.is_on.click()
    assert connection_of(window).can_send
    server.orders.clear()
    page.connection.event_name.setText("another")
    page.try_out.click()
    qtbot.waitUntil(lambda: "knows no such event" in page.state.text())
    assert connection_of(window).event == "sampleconf"


class TestSending:
    @pytest.fixture
    def window(self, qtbot, empty_event_file, server, tmp_path):
        """A desk that sends from the start, with the people of pretix."""
        connection = OnlineConnection(
            empty_event_file.online_sends.event_key(),
            server=server.url,
            organiser="bigevents",
            event="sampleconf",
            sends_check_ins=True,
            list_id=1,
            list_name="Default check-in list",
        )
        fetched = fetch(connection, TOKEN, "en")
        reading = read_list(fetched.table, fetched.choices)
        plan = plan_import(empty_event_file, reading)
        opened = at_desk(empty_event_file, "Desk 1")
        apply_import(empty_event_file, "Desk 1", utc_now(), plan, reading)
        server.asked.clear()
        settings = Settings(sounds_on=False, online=OnlineSettings((connection,)))
        passwords = SessionPasswords()
        keep_token(passwords, connection, TOKEN)
        window = MainWindow(settings, tmp_path / "log", passwords=passwords)
        qtbot.addWidget(window)
        window.show_event(opened)
        with qtbot.waitExposed(window):
            window.show()
        yield window
        window.close()

    def scan(self, window, code):
        window.devices.scanned.emit(Scan(code, ScanSource.KEYBOARD))

    def scan_and_let_work(self, qtbot, window):
        """Until all is done that a check-in gives the lane to do which would send it."""
        with qtbot.waitSignal(window.workplace.changed):
            self.scan(window, PETER)
        is_over = []
        window.tasks.run(Lane.ONLINE, lambda: True, is_over.append)
        qtbot.waitUntil(lambda: is_over == [True])

    def test_a_check_in_goes_out_by_itself(self, qtbot, window, server):
        self.scan(window, PETER)
        qtbot.waitUntil(lambda: len(server.check_ins) == 1)

    def test_the_page_tells_how_far_they_are(self, qtbot, window, page, server):
        self.scan(window, PETER)
        qtbot.waitUntil(lambda: "1 sent" in page.sending.state.text())
        assert not page.sending.try_again.isVisible()

    def test_whom_pretix_refuses_is_named_and_can_be_sent_again(self, qtbot, window, page, server):
        server.refuses[PETER] = "unpaid"
        self.scan(window, PETER)
        qtbot.waitUntil(lambda: "Peter: The order is not paid" in page.sending.not_taken.text())
        server.refuses.clear()
        page.sending.try_again.click()
        qtbot.waitUntil(lambda: len(server.check_ins) == 1)
        qtbot.waitUntil(lambda: not page.sending.not_taken.isVisible())

    def test_without_a_line_the_desk_goes_on_and_the_rest_waits(self, qtbot, window, page, server):
        server.moods.extend([Mood.LOST] * 20)
        self.scan(window, PETER)
        qtbot.waitUntil(lambda: "1 check-in waits" in page.sending.state.text())
        self.scan(window, ZOE)
        qtbot.waitUntil(lambda: "2 check-ins wait" in page.sending.state.text())
        assert "cannot be reached" in page.sending.state.text()
        server.moods.clear()
        page.sending.try_again.click()
        qtbot.waitUntil(lambda: len(server.check_ins) == 2)

    def test_closing_the_event_says_what_was_not_sent_yet(self, qtbot, window, server):
        server.moods.extend([Mood.LOST] * 20)
        self.scan(window, PETER)
        qtbot.waitUntil(lambda: window.workplace.unsent_check_ins == 1)
        dialog = ClosingDialog(window.workplace)
        qtbot.addWidget(dialog)
        texts = [one.text() for one in dialog.findChildren(QLabel)]
        assert any("to be sent to pretix: 1" in text for text in texts)

    def test_a_token_that_was_withdrawn_is_said_once_on_every_screen(self, qtbot, window, server):
        server.authorization = "Token another"
        self.scan(window, PETER)
        qtbot.waitUntil(lambda: "not sent to pretix" in window.messages.text)

    def test_what_is_switched_off_sends_nothing_more(self, qtbot, window, page, server):
        qtbot.waitUntil(lambda: page.sending.is_on.isChecked())
        page.sending.is_on.click()
        assert not connection_of(window).can_send
        runner = window.workplace.check_in_sending
        qtbot.waitUntil(lambda: runner.state is None)
        self.scan_and_let_work(qtbot, window)
        assert server.check_ins == {}

    def test_another_event_file_sends_nothing(self, qtbot, window, server):
        other = replace(connection_of(window), event_key="ff")
        window.change_settings(online=OnlineSettings((other,)))
        runner = window.workplace.check_in_sending
        qtbot.waitUntil(lambda: not runner.rounds.is_working)
        self.scan_and_let_work(qtbot, window)
        assert (runner.state, server.check_ins) == (None, {})
