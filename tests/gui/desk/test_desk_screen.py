"""What a volunteer does at the desk, with real keys on a real event file."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.attendee import Attendee, AttendeeStatus
from checkin_app.gui.desk.answers.faces import AnswerClass, Sign
from checkin_app.gui.lists.steps_line import Step
from checkin_app.gui.opening import at_desk
from checkin_app.gui.window.screens import DESK, IMPORT
from checkin_app.services.registrations import walk_in

CTRL = Qt.KeyboardModifier.ControlModifier
# What a scanner with a US setting makes of digits on a computer with a French keyboard.
ON_AZERTY = str.maketrans("1234567890AQWZM", "&é\"'(-è_çàQAZW,")


class TestScanning:
    def test_a_code_of_the_list_is_welcomed_by_name(self, desk_screen):
        person = desk_screen.people()[0]
        desk_screen.scan(person.code)
        answer = desk_screen.wait_for_answer("Welcome", person.full_name)
        assert answer.face.answer_class is AnswerClass.IN
        assert person.organisation in answer.about
        assert answer.category == person.category
        assert [c.desk for c in desk_screen.check_ins(person)] == ["Desk 7"]

    def test_the_second_scan_says_when_and_at_which_desk(self, desk_screen):
        person = desk_screen.people()[0]
        desk_screen.scan(person.code)
        desk_screen.wait_for_answer("Welcome")
        desk_screen.scan(person.code)
        answer = desk_screen.wait_for_answer("Already in", person.full_name)
        assert "Desk 7" in answer.step
        assert "Checked in at" in answer.step
        assert answer.face.answer_class is AnswerClass.ATTENTION
        assert len(desk_screen.check_ins(person)) == 1

    def test_an_unknown_code_is_shown_with_what_it_looks_like(self, desk_screen):
        desk_screen.scan("https://example.org/<b>ticket</b>")
        answer = desk_screen.wait_for_answer("Unknown code")
        assert answer.name == "https://example.org/<b>ticket</b>"
        assert "web link" in answer.step
        assert answer.face.sign is Sign.QUESTION

    def test_a_code_garbled_by_an_azerty_keyboard_is_repaired(self, desk_screen):
        person = desk_screen.people()[1]
        desk_screen.scan(person.code.translate(ON_AZERTY))
        answer = desk_screen.wait_for_answer("Welcome", person.full_name)
        assert any("keyboard" in remark for remark in answer.remarks)

    def test_the_answer_stays_while_somebody_searches(self, desk_screen):
        person = desk_screen.people()[0]
        desk_screen.scan(person.code)
        desk_screen.wait_for_answer("Welcome")
        desk_screen.search("nowak", "Anna Nowak")
        assert desk_screen.answer.name == person.full_name

    def test_a_scan_is_heard_on_another_screen_and_brings_the_answer_forward(self, desk_screen):
        desk_screen.press(Qt.Key.Key_2, CTRL)
        desk_screen.wait_until(lambda: not desk_screen.screen.isVisible())
        person = desk_screen.people()[0]
        desk_screen.scan(person.code)
        desk_screen.wait_for_answer("Welcome", person.full_name)
        assert desk_screen.screen.isVisible()

    def test_attention_text_is_shown_and_heard_as_attention(self, desk_screen):
        person = next(p for p in desk_screen.people() if p.attention)
        desk_screen.scan(person.code)
        assert person.attention in desk_screen.wait_for_answer("Welcome").attention

    def test_every_outcome_has_a_face_of_its_own(self):
        from checkin_app.gui.desk.answers.faces import FACES

        assert set(FACES) == set(OutcomeKind)
        assert len({face.sign for face in FACES.values()}) == len(FACES)

    def test_a_cancelled_registration_is_refused(self, desk_screen):
        person = desk_screen.people(AttendeeStatus.CANCELLED)[0]
        desk_screen.scan(person.code)
        answer = desk_screen.wait_for_answer("Cancelled", person.full_name)
        assert answer.face.answer_class is AnswerClass.REFUSED
        assert desk_screen.check_ins(person) == []


class TestSearching:
    def test_accents_and_alphabets_do_not_matter(self, desk_screen):
        desk_screen.search("noegel", "Lukas Nögel")

    def test_arrows_and_enter_check_in_the_person_meant(self, desk_screen):
        desk_screen.search("nowak anna", "Anna Nowak", "Anna Nowak")
        first, second = desk_screen.screen.parts.results.results[:2]
        assert first.attendee.organisation != second.attendee.organisation
        desk_screen.press(Qt.Key.Key_Down)
        desk_screen.enter()
        desk_screen.wait_for_answer("Welcome", "Anna Nowak")
        assert desk_screen.check_ins(second.attendee)
        assert not desk_screen.check_ins(first.attendee)
        assert desk_screen.field_text == ""

    def test_enter_that_outruns_the_results_waits_for_them(self, desk_screen):
        desk_screen.screen.parts.field.setText("kincso")
        desk_screen.screen.parts.field.entered.emit("kincso")
        desk_screen.wait_for_answer("Welcome", "Kíncső")

    def test_a_typed_code_is_looked_up_when_nobody_is_found(self, desk_screen):
        desk_screen.type("zz9 qq 000 111")
        desk_screen.wait_until(lambda: desk_screen.screen.parts.nobody.isVisible())
        desk_screen.enter()
        desk_screen.wait_for_answer("Unknown code")

    def test_escape_clears_the_field_and_shows_the_arrivals(self, desk_screen):
        desk_screen.search("nowak", "Anna Nowak")
        desk_screen.press(Qt.Key.Key_Escape)
        assert desk_screen.field_text == ""
        assert desk_screen.screen.parts.arrivals.isVisible()

    def test_people_who_arrived_are_marked_with_the_time(self, desk_screen):
        person = desk_screen.person("Lukas Nögel")
        desk_screen.scan(person.code)
        desk_screen.wait_for_answer("Welcome")
        desk_screen.search("nogel", "Lukas Nögel")
        assert desk_screen.screen.parts.results.results[0].arrived_at is not None


class TestUndo:
    def test_ctrl_z_takes_back_the_last_check_in(self, desk_screen):
        person = desk_screen.people()[0]
        desk_screen.scan(person.code)
        desk_screen.wait_for_answer("Welcome")
        assert person.full_name in desk_screen.screen.parts.actions.undo.words
        assert re.search(r"\b[1-6]?\d s\b", desk_screen.screen.parts.actions.undo.words)
        desk_screen.press(Qt.Key.Key_Z, CTRL)
        desk_screen.wait_for_answer("Taken back", person.full_name)
        assert desk_screen.check_ins(person) == []
        assert not desk_screen.screen.parts.actions.undo.isEnabled()

    def test_enter_after_an_undo_checks_nobody_in(self, desk_screen):
        person = desk_screen.people()[0]
        desk_screen.scan(person.code)
        desk_screen.wait_for_answer("Welcome")
        desk_screen.press(Qt.Key.Key_Z, CTRL)
        desk_screen.wait_for_answer("Taken back")
        desk_screen.enter()
        desk_screen.scan(desk_screen.people()[1].code)
        desk_screen.wait_for_answer("Welcome")
        assert desk_screen.check_ins(person) == []

    def test_ctrl_z_undoes_the_check_in_and_not_the_typing(self, desk_screen):
        person = desk_screen.people()[0]
        desk_screen.scan(person.code)
        desk_screen.wait_for_answer("Welcome")
        desk_screen.type("abc")
        desk_screen.wait_until(lambda: desk_screen.field_text == "abc")
        desk_screen.press(Qt.Key.Key_Z, CTRL)
        desk_screen.wait_for_answer("Taken back")
        assert desk_screen.field_text == "abc"


class TestAdmittingAnyway:
    def test_two_keys_overrule_the_answer_with_a_reason(self, desk_screen):
        person = desk_screen.people(AttendeeStatus.CANCELLED)[0]
        desk_screen.scan(person.code)
        desk_screen.wait_for_answer("Cancelled")
        desk_screen.press(Qt.Key.Key_Return, CTRL)
        desk_screen.type("2")
        answer = desk_screen.wait_for_answer("Welcome", person.full_name)
        assert any("Organiser agrees" in remark for remark in answer.remarks)
        assert [c.forced_reason for c in desk_screen.check_ins(person)] == ["Organiser agrees"]
        desk_screen.wait_until(desk_screen.screen.parts.field.hasFocus)

    def test_whoever_a_search_found_is_meant_and_tried_by_the_rules_first(self, desk_screen):
        shown = desk_screen.people()[0]
        desk_screen.scan(shown.code)
        desk_screen.wait_for_answer("Welcome")
        desk_screen.scan(shown.code)
        desk_screen.wait_for_answer("Already in")
        other = desk_screen.people(AttendeeStatus.CANCELLED)[0]
        desk_screen.search(other.last_name.lower(), other.full_name)
        desk_screen.press(Qt.Key.Key_Return, CTRL)
        desk_screen.wait_for_answer("Cancelled", other.full_name)
        desk_screen.press(Qt.Key.Key_Return, CTRL)
        desk_screen.type("2")
        desk_screen.wait_for_answer("Welcome", other.full_name)
        assert len(desk_screen.check_ins(shown)) == 1

    def test_an_own_reason_is_typed_and_entered(self, desk_screen):
        person = desk_screen.people(AttendeeStatus.CANCELLED)[0]
        desk_screen.scan(person.code)
        desk_screen.wait_for_answer("Cancelled")
        desk_screen.press(Qt.Key.Key_Return, CTRL)
        desk_screen.type("paid in cash 2 times")
        panel = desk_screen.screen.panels.current
        desk_screen.wait_until(lambda: panel.first_field.text() == "paid in cash 2 times")
        desk_screen.enter()
        desk_screen.wait_for_answer("Welcome")
        assert desk_screen.check_ins(person)[0].forced_reason == "paid in cash 2 times"

    def test_there_is_nothing_to_overrule_after_a_welcome(self, desk_screen):
        desk_screen.scan(desk_screen.people()[0].code)
        desk_screen.wait_for_answer("Welcome")
        desk_screen.press(Qt.Key.Key_Return, CTRL)
        assert desk_screen.screen.panels.current is None


class TestShortCodes:
    """Lists that number people: too short to be told from typing by their speed."""

    @pytest.fixture
    def holder(self, desk_screen, clock):
        fields = {"first_name": "Zuzanna", "last_name": "Wiśniewska", "code": "N1"}
        with desk_screen.event_file.transaction("Desk 7", clock()) as transaction:
            (holder,) = transaction.register((Attendee("", **fields),))
        return holder

    def test_one_that_is_scanned_means_its_holder(self, desk_screen, holder):
        desk_screen.scan(holder.code)
        desk_screen.wait_for_answer("Welcome", holder.full_name)

    def test_one_that_nobody_has_lets_nobody_in(self, desk_screen, holder):
        desk_screen.scan("N7")
        desk_screen.wait_until(lambda: desk_screen.screen.finder.is_answered)
        desk_screen.wait_for_answer("Unknown code")


class TestWalkIns:
    def test_name_and_organisation_are_enough(self, desk_screen):
        desk_screen.press(Qt.Key.Key_N, CTRL)
        desk_screen.type("Zuzanna")
        desk_screen.press(Qt.Key.Key_Tab)
        desk_screen.type("Wiśniewska")
        desk_screen.press(Qt.Key.Key_Tab)
        desk_screen.type("Klaster")
        form = desk_screen.screen.panels.current.form
        desk_screen.wait_until(lambda: form.fields()["organisation"] == "Klaster")
        desk_screen.enter()
        desk_screen.wait_for_answer("Welcome", "Zuzanna Wiśniewska")
        person = desk_screen.person("Zuzanna Wiśniewska")
        assert person.walk_in
        assert person.code
        assert person.organisation == "Klaster"
        assert len(desk_screen.check_ins(person)) == 1

    def test_a_name_searched_in_vain_is_taken_over(self, desk_screen):
        desk_screen.type("Zuzanna Maria Wiśniewska")
        below = desk_screen.screen.parts.below
        desk_screen.wait_until(
            lambda: (
                desk_screen.field_text.endswith("ewska")
                and below.currentWidget() is desk_screen.screen.parts.nobody
            )
        )
        desk_screen.press(Qt.Key.Key_N, CTRL)
        fields = desk_screen.screen.panels.current.form.fields()
        assert fields["first_name"] == "Zuzanna Maria"
        assert fields["last_name"] == "Wiśniewska"
        assert desk_screen.field_text == ""

    def test_a_code_searched_in_vain_is_not_taken_for_a_name(self, desk_screen):
        desk_screen.type("QQ99QQ")
        below = desk_screen.screen.parts.below
        desk_screen.wait_until(
            lambda: (
                desk_screen.field_text == "QQ99QQ"
                and below.currentWidget() is desk_screen.screen.parts.nobody
            )
        )
        desk_screen.press(Qt.Key.Key_N, CTRL)
        assert desk_screen.screen.panels.current.form.fields()["last_name"] == ""
        assert desk_screen.field_text == "QQ99QQ"

    def test_people_who_may_be_the_same_are_shown_while_typing(self, desk_screen):
        desk_screen.press(Qt.Key.Key_N, CTRL)
        desk_screen.type("Ana")
        desk_screen.press(Qt.Key.Key_Tab)
        desk_screen.type("Nowak")
        panel = desk_screen.screen.panels.current
        desk_screen.wait_until(
            lambda: "Anna Nowak" in [result.attendee.full_name for result in panel.possible_doubles]
        )

    def test_half_typed_text_survives_a_scan(self, desk_screen):
        desk_screen.press(Qt.Key.Key_N, CTRL)
        desk_screen.type("Zuzanna")
        panel = desk_screen.screen.panels.current
        desk_screen.wait_until(lambda: panel.first_field.text() == "Zuzanna")
        person = desk_screen.people()[0]
        desk_screen.scan(person.code)
        desk_screen.wait_for_answer("Welcome", person.full_name)
        assert panel.isVisible()
        assert panel.first_field.text() == "Zuzanna"
        assert panel.first_field.hasFocus()


class TestCorrecting:
    def test_a_name_is_corrected_on_the_spot(self, desk_screen):
        person = desk_screen.people()[0]
        desk_screen.scan(person.code)
        desk_screen.wait_for_answer("Welcome")
        desk_screen.press(Qt.Key.Key_E, CTRL)
        desk_screen.wait_until(desk_screen.screen.panels.current.first_field.hasFocus)
        desk_screen.screen.panels.current.first_field.selectAll()
        desk_screen.type("Annika")
        desk_screen.wait_until(
            lambda: desk_screen.screen.panels.current.first_field.text() == "Annika"
        )
        desk_screen.enter()
        desk_screen.wait_for_answer("Welcome", f"Annika {person.last_name}")
        assert desk_screen.event_file.record(person.id).attendee.first_name == "Annika"

    def test_the_history_names_check_in_and_undo(self, desk_screen):
        person = desk_screen.people()[0]
        desk_screen.scan(person.code)
        desk_screen.wait_for_answer("Welcome")
        desk_screen.press(Qt.Key.Key_Z, CTRL)
        desk_screen.wait_for_answer("Taken back")
        desk_screen.press(Qt.Key.Key_H, CTRL)
        panel = desk_screen.screen.panels.current
        desk_screen.wait_until(lambda: len(panel.texts) == 3)
        assert panel.texts[0] == "Check-in taken back"
        assert panel.texts[1].endswith("(taken back)")
        assert panel.texts[2] == "Registered"


class TestCheckInLists:
    def test_another_list_is_chosen_with_two_keys(self, desk_screen):
        desk_screen.press(Qt.Key.Key_L, CTRL)
        desk_screen.type("2")
        second = desk_screen.event_file.check_in_lists()[1]
        desk_screen.wait_until(lambda: desk_screen.screen.parts.lists.words == second.name)
        person = desk_screen.people()[0]
        desk_screen.scan(person.code)
        desk_screen.wait_for_answer("Welcome")
        assert desk_screen.check_ins(person)[0].list_id == second.id


class TestSeeing:
    def test_counters_and_arrivals_follow(self, desk_screen):
        person = desk_screen.people()[0]
        desk_screen.scan(person.code)
        parts = desk_screen.screen.parts
        desk_screen.wait_until(lambda: parts.numbers.numbers and parts.numbers.numbers.arrived == 1)
        assert [a.listed.attendee.id for a in parts.arrivals.arrivals] == [person.id]

    def test_what_another_program_checks_in_is_counted(self, desk_screen, sample_path, desk):
        desk.check_in(desk_screen.people()[3].id)
        numbers = desk_screen.screen.parts.numbers
        desk_screen.wait_until(lambda: numbers.numbers and numbers.numbers.arrived == 1)

    def test_the_cheat_sheet_comes_with_f1_and_goes_with_a_scan(self, desk_screen):
        desk_screen.press(Qt.Key.Key_F1)
        assert desk_screen.screen.cheat_sheet.isVisible()
        assert "Ctrl+8: the inbox" in desk_screen.screen.cheat_sheet.accessibleDescription()
        desk_screen.scan(desk_screen.people()[0].code)
        desk_screen.wait_for_answer("Welcome")
        assert not desk_screen.screen.cheat_sheet.isVisible()

    def test_the_focus_stays_in_the_field(self, desk_screen):
        field = desk_screen.screen.parts.field
        desk_screen.scan(desk_screen.people()[0].code)
        desk_screen.wait_for_answer("Welcome")
        for button in (
            desk_screen.screen.parts.actions.history,
            desk_screen.screen.parts.actions.correction,
            desk_screen.screen.parts.walk_in,
            desk_screen.screen.parts.lists,
        ):
            button.click()
            assert desk_screen.screen.panels.current is not None
            desk_screen.press(Qt.Key.Key_Escape)
            assert QApplication.focusWidget() is field

    def test_typing_while_a_button_has_the_focus_goes_to_the_field(self, desk_screen):
        desk_screen.screen.parts.walk_in.setFocus()
        desk_screen.type("now")
        desk_screen.wait_until(lambda: desk_screen.field_text == "now")

    def test_a_key_with_ctrl_is_no_typing(self, desk_screen):
        desk_screen.press(Qt.Key.Key_7, CTRL)
        assert desk_screen.field_text == ""

    def test_everything_touched_is_large_enough_and_has_a_name(self, desk_screen):
        from PySide6.QtWidgets import QAbstractButton

        for button in desk_screen.window.findChildren(QAbstractButton):
            if button.isVisible() and button.parent() is not desk_screen.screen.parts.field:
                assert min(button.width(), button.height()) >= 44
                assert button.accessibleName() or button.text()


class TestOtherScreens:
    def test_a_person_looked_up_is_checked_in_by_enter(self, desk_screen):
        person = desk_screen.people()[2]
        desk_screen.window.workplace.desk_wanted.emit(person.id)
        desk_screen.wait_for_answer("Looked up", person.full_name)
        desk_screen.enter()
        desk_screen.wait_for_answer("Welcome", person.full_name)

    def test_a_scan_shows_the_answer_and_keeps_an_import_begun(self, desk_screen, tmp_path):
        path = tmp_path / "list.csv"
        path.write_text("First name,Last name\nZuzanna,Nowak\n", encoding="utf-8")
        desk_screen.window.imports.show_path(path)
        desk_screen.wait_until(lambda: not desk_screen.screen.isVisible())
        begun = desk_screen.window.screens.currentWidget()
        person = desk_screen.people()[0]
        desk_screen.scan(person.code)
        desk_screen.wait_for_answer("Welcome", person.full_name)
        assert desk_screen.screen.isVisible()
        desk_screen.window.show_screen(IMPORT)
        assert begun.isVisible()
        begun.finished.emit()
        assert desk_screen.screen.isVisible()
        desk_screen.window.show_screen(IMPORT)
        assert desk_screen.screen.isVisible()

    def test_a_scan_closes_the_menu_that_would_cover_its_answer(self, desk_screen):
        menu = QMenu(desk_screen.window)
        menu.addAction("Open event…")
        menu.popup(desk_screen.window.mapToGlobal(QPoint(10, 10)))
        assert QApplication.activePopupWidget() is menu
        person = desk_screen.people()[0]
        desk_screen.scan(person.code)
        desk_screen.wait_for_answer("Welcome", person.full_name)
        assert QApplication.activePopupWidget() is None

    def test_an_import_that_ends_behind_the_desk_says_how(self, desk_screen, tmp_path):
        path = tmp_path / "list.csv"
        path.write_text("First name,Last name\nZuzanna,Nowak\n", encoding="utf-8")
        window = desk_screen.window
        window.imports.show_path(path)
        importing = window.screens.currentWidget()
        desk_screen.wait_until(importing.foot.go.isEnabled)
        importing.foot.go.click()
        desk_screen.wait_until(lambda: importing.step is Step.CHANGES)
        importing.foot.go.click()
        window.imports.show_path(path)
        assert window.screens.currentWidget() is importing
        window.show_screen(DESK)
        desk_screen.wait_until(lambda: "list.csv: Imported: 1 new" in window.messages.text)

    def test_another_event_takes_the_place_of_the_first(self, desk_screen, empty_event_file):
        desk_screen.window.show_event(at_desk(empty_event_file, "Desk 7"))
        assert "Assembly" in desk_screen.window.windowTitle()
        arrivals = desk_screen.window.screens.currentWidget().parts.arrivals
        desk_screen.wait_until(lambda: "Import the registration list" in arrivals.nobody)
        desk_screen.scan("ABC")
        screen = desk_screen.window.screens.currentWidget()
        desk_screen.wait_until(lambda: screen.parts.answer.answer.word == "Unknown code")


class TestHostileText:
    def test_markup_and_direction_marks_are_shown_and_not_obeyed(self, desk_screen, clock):
        person = walk_in(
            desk_screen.event_file,
            "Desk 7",
            clock(),
            {"first_name": "<b>Bo</b>", "last_name": "\u202eevil" * 200, "organisation": "<img>"},
        )
        desk_screen.scan(person.code)
        answer = desk_screen.wait_for_answer("Welcome", "<b>Bo</b>")
        assert "\u202e" not in answer.full_text
        assert len(answer.name) <= 400
        panel = desk_screen.screen.parts.answer
        assert "&lt;b&gt;Bo&lt;/b&gt;" in panel.toolTip()
        assert not panel.grab().isNull()

    def test_a_very_long_code_with_control_characters_is_answered(self, desk_screen):
        from checkin_app.domain.scan import Scan

        desk_screen.screen.take_scan(Scan("\x00\x07\ud800\u202e" + "A" * 10_000))
        answer = desk_screen.wait_for_answer("Unknown code")
        assert "\x00" not in answer.name
        assert not desk_screen.window.grab().isNull()


class TestFailing:
    def test_a_vanished_file_is_told_and_the_scan_is_kept_for_another_try(self, desk_screen):
        person = desk_screen.people()[0]
        path = desk_screen.event_file.path
        away = path.with_suffix(".away")
        path.rename(away)
        desk_screen.scan(person.code)
        answer = desk_screen.wait_for_answer("Not stored")
        assert answer.name == person.code
        assert answer.face.answer_class is AnswerClass.REFUSED
        assert path.name in desk_screen.window.messages.text
        assert desk_screen.screen.parts.actions.retry.isVisible()
        away.rename(path)
        desk_screen.press(Qt.Key.Key_F5)
        desk_screen.wait_for_answer("Welcome", person.full_name)
        assert len(desk_screen.check_ins(person)) == 1
        assert desk_screen.window.messages.text == ""
        assert not desk_screen.screen.parts.actions.retry.isVisible()

    def test_a_walk_in_that_cannot_be_stored_keeps_its_text(self, desk_screen):
        desk_screen.press(Qt.Key.Key_N, CTRL)
        desk_screen.type("Zuzanna")
        panel = desk_screen.screen.panels.current
        desk_screen.wait_until(lambda: panel.first_field.text() == "Zuzanna")
        path = desk_screen.event_file.path
        away = path.with_suffix(".away")
        path.rename(away)
        desk_screen.enter()
        desk_screen.wait_until(lambda: desk_screen.window.messages.text != "")
        assert panel.isVisible()
        assert panel.first_field.text() == "Zuzanna"
        away.rename(path)
        desk_screen.enter()
        desk_screen.wait_for_answer("Welcome", "Zuzanna")


class TestArrivals:
    def test_a_name_that_is_cut_is_read_in_full_by_pointing_at_it(self, desk_screen, clock):
        person = walk_in(
            desk_screen.event_file,
            "Desk 7",
            clock(),
            {"first_name": "<i>Maria</i>", "last_name": "Papadimitrakopoulou " * 6},
        )
        desk_screen.scan(person.code)
        panel = desk_screen.screen.parts.arrivals
        desk_screen.wait_until(lambda: len(panel.arrivals) == 1)
        panel.grab()
        place = panel._places[0][0].center().toPoint()
        QApplication.sendEvent(
            panel, QHelpEvent(QEvent.Type.ToolTip, place, panel.mapToGlobal(place))
        )
        desk_screen.wait_until(lambda: "&lt;i&gt;Maria" in QToolTip.text())
        QToolTip.hideText()
