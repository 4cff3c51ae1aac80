"""A guest who says that the name is wrong is seen at the desk, and greeted anew when corrected."""

from __future__ import annotations

from dataclasses import replace

import pytest
from notebook_spooler import NotebookSpooler
from PySide6.QtCore import Qt

from checkin_app.domain.print_jobs import PrintJobState
from checkin_app.domain.printers import PrinterId, PrinterTrouble, SpoolerKind
from checkin_app.gui.guest.guest_message import GuestMood
from checkin_app.gui.printing.queue_at_work import PrintingPlaces
from checkin_app.gui.printing.queue_runner import QueueRunner
from checkin_app.services.desk_printing.badge_on_demand import BadgeFiles
from checkin_app.settings.device_settings import GuestSettings, PrintingSettings, PrintOnArrival


@pytest.fixture
def guest_desk(desk_screen):
    """The desk with a guest window, though there is no screen to show it on."""
    window = desk_screen.window
    devices = replace(window.settings.devices, guest=GuestSettings(is_on=True))
    window.change_settings(devices=devices)
    desk_screen.wait_until(lambda: window.devices.guest.talk is not None)
    return desk_screen


def talk_of(desk):
    return desk.window.devices.guest.talk


def admitted(desk):
    person = desk.people()[0]
    desk.scan(person.code)
    desk.wait_for_answer("Welcome", person.full_name)
    # The name leaves by itself, which a slow machine might see before the guest has answered.
    talk_of(desk).over.stop()
    return person


def line_of(desk):
    return desk.screen.device_views.doubts.line


class TestGuestWindow:
    def test_the_guest_reads_the_name_that_the_desk_let_in(self, guest_desk):
        person = admitted(guest_desk)
        page = guest_desk.window.devices.guest.window.page
        assert page.message.name == person.full_name
        assert not page.yes.isHidden()

    def test_an_unknown_code_sends_the_guest_to_the_desk(self, guest_desk):
        guest_desk.scan("XYZ123XYZ123")
        guest_desk.wait_for_answer("Unknown code")
        assert talk_of(guest_desk).message.mood is GuestMood.ASK_DESK
        assert "XYZ" not in talk_of(guest_desk).message.full_text

    def test_a_check_in_taken_back_takes_the_welcome_away(self, guest_desk):
        admitted(guest_desk)
        guest_desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        guest_desk.wait_for_answer("Taken back")
        assert talk_of(guest_desk).message.mood is GuestMood.IDLE

    def test_the_greeting_goes_to_where_the_desk_stands(self, guest_desk):
        lists = guest_desk.event_file.check_in_lists()
        door = next(one for one in lists if one.session_id)
        guest_desk.window.workplace.choose_list(door)
        guest_desk.wait_until(lambda: guest_desk.window.workplace.desk.check_in_list.id == door.id)
        assert talk_of(guest_desk).message.mood is GuestMood.IDLE


class TestDoubts:
    def test_no_shows_a_line_and_f9_opens_the_form(self, guest_desk):
        person = admitted(guest_desk)
        assert line_of(guest_desk).isHidden()
        talk_of(guest_desk).take_no()
        guest_desk.wait_until(line_of(guest_desk).isVisible)
        assert person.full_name in line_of(guest_desk).words.text()
        guest_desk.press(Qt.Key.Key_F9)
        panel = guest_desk.screen.panels.current
        assert panel is guest_desk.screen.panels.correction()
        assert panel.first_field.text() == person.first_name

    def test_the_line_stays_on_whom_it_names_while_others_are_scanned(self, guest_desk):
        person = admitted(guest_desk)
        talk_of(guest_desk).take_no()
        guest_desk.wait_until(line_of(guest_desk).isVisible)
        other = guest_desk.people()[1]
        guest_desk.scan(other.code)
        guest_desk.wait_for_answer("Welcome", other.full_name)
        assert person.full_name in line_of(guest_desk).words.text()
        guest_desk.press(Qt.Key.Key_F9)
        assert guest_desk.screen.panels.current.first_field.text() == person.first_name

    def test_a_correction_settles_it_and_the_guest_reads_the_new_name(self, guest_desk):
        person = admitted(guest_desk)
        talk_of(guest_desk).take_no()
        guest_desk.wait_until(line_of(guest_desk).isVisible)
        guest_desk.press(Qt.Key.Key_F9)
        guest_desk.screen.panels.current.first_field.setText("Corrected")
        guest_desk.enter()
        new_name = f"Corrected {person.last_name}"
        guest_desk.wait_until(lambda: talk_of(guest_desk).message.name == new_name)
        assert line_of(guest_desk).isHidden()

    def test_the_desk_may_find_the_name_right(self, guest_desk):
        admitted(guest_desk)
        talk_of(guest_desk).take_no()
        guest_desk.wait_until(line_of(guest_desk).isVisible)
        line_of(guest_desk).right.click()
        assert line_of(guest_desk).isHidden()
        guest_desk.press(Qt.Key.Key_F9)
        assert guest_desk.screen.panels.current is None

    def test_a_check_in_taken_back_takes_the_line_away(self, guest_desk):
        admitted(guest_desk)
        talk_of(guest_desk).take_no()
        guest_desk.wait_until(line_of(guest_desk).isVisible)
        guest_desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        guest_desk.wait_for_answer("Taken back")
        assert line_of(guest_desk).isHidden()

    def test_yes_leaves_no_line(self, guest_desk):
        admitted(guest_desk)
        talk_of(guest_desk).take_yes()
        assert talk_of(guest_desk).message.mood is GuestMood.THANKS
        assert line_of(guest_desk).isHidden()

    def test_an_example_from_the_device_page_is_nobodys_doubt(self, guest_desk):
        guest_desk.window.devices.test("guest screen")
        talk_of(guest_desk).take_no()
        assert line_of(guest_desk).isHidden()


class TestBadge:
    @pytest.fixture
    def spooler(self, tmp_path):
        return NotebookSpooler(tmp_path / "spool")

    @pytest.fixture
    def queue(self, guest_desk, spooler, tmp_path):
        """The print queue of the desk, which prints each badge on arrival."""
        window = guest_desk.window
        window.change_settings(desk_id="a" * 16)
        files = BadgeFiles(tmp_path / "stock.json", tmp_path / "offsets.json", tmp_path / "fonts")
        places = PrintingPlaces(tmp_path / "setups.json", files, tmp_path / "locks")
        runner = QueueRunner(window.workplace, {SpoolerKind.CUPS: spooler}, places)
        window.workplace.use_print_queue(runner)
        printing = PrintingSettings(
            printer=str(PrinterId(SpoolerKind.CUPS, "first")), when=PrintOnArrival.ALWAYS
        )
        window.change_settings(devices=replace(window.settings.devices, printing=printing))
        runner.start()
        return runner

    @pytest.mark.parametrize("is_stuck", [False, True], ids=["waiting", "stuck at its printer"])
    def test_a_badge_that_is_not_out_is_held_until_the_name_is_settled(
        self, guest_desk, queue, spooler, is_stuck
    ):
        if is_stuck:
            spooler.troubles["first"] = PrinterTrouble.COVER_OPEN
        else:
            spooler.refuses.add("first")
        before = PrintJobState.PRINTING if is_stuck else PrintJobState.WAITING

        def is_job(state):
            return [job.state for job in queue.jobs] == [state]

        admitted(guest_desk)
        guest_desk.wait_until(lambda: is_job(before) and is_stuck == bool(queue.jobs[0].trouble))
        talk_of(guest_desk).take_no()
        guest_desk.wait_until(lambda: is_job(PrintJobState.HELD))
        guest_desk.wait_until(line_of(guest_desk).isVisible)
        guest_desk.press(Qt.Key.Key_F9)
        guest_desk.screen.panels.current.first_field.setText("Corrected")
        guest_desk.enter()
        guest_desk.wait_until(lambda: is_job(before))
        assert queue.jobs[0].name.startswith("Corrected")
