"""The tickets screen at work: mails by a real server, files, and what came back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from mail_server import PostOffice, post_office
from mailing_desk import DRAFT
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from checkin_app.domain.mailings import MailState
from checkin_app.gui.tickets.account_dialog import AccountDialog
from checkin_app.gui.tickets.tickets_screen import CAME_BACK, FILES, MAIL, TicketsScreen
from checkin_app.gui.workplace import Workplace
from checkin_app.secrets_store.passwords import SessionPasswords
from checkin_app.services.mail.mail_choice import MailChoice, Whom, plan_mailing
from checkin_app.services.mail.mail_desk import MailDesk
from checkin_app.services.mail.mailings import Mailings
from checkin_app.services.privacy.person_data import erase_person
from checkin_app.settings.mail_settings import MailSecurity, MailSettings

PLAIN = {"security": MailSecurity.NONE, "user": "", "per_minute": 6000}


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office(MailSecurity.NONE) as office:
        yield office


@pytest.fixture
def screen(
    qtbot: QtBot,
    workplace: Workplace,
    office: PostOffice,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> TicketsScreen:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    workplace.passwords = SessionPasswords()
    account = office.account(**PLAIN)
    workplace.take_settings(replace(workplace.settings, mail=account, desk_id="0123456789abcdef"))
    screen = TicketsScreen(workplace)
    qtbot.addWidget(screen)
    screen.resize(1180, 760)
    screen.show()
    qtbot.waitUntil(lambda: "people get this mail" in screen.mail.foot.line.text())
    return screen


def press(screen: TicketsScreen, *names: str) -> None:
    for name in names:
        getattr(screen.mail.foot, name).click()


def choose_three(screen: TicketsScreen, workplace: Workplace, qtbot: QtBot) -> tuple[str, ...]:
    ids = plan_mailing(workplace.event_file, MailChoice()).people[:3]
    screen.choose_attendees(ids)
    qtbot.waitUntil(lambda: screen.mail.foot.line.text() == "3 people get this mail.")
    return ids


def test_it_says_how_many_get_the_mail_and_who_is_left_out(screen: TicketsScreen) -> None:
    assert screen.mail.foot.line.text() == "126 people get this mail."
    assert screen.mail.foot.detail.text() == "Left out: 1 cancelled, 23 without e-mail."
    assert screen.mail.foot.send.text() == "Send 126 mails…"


def test_the_mail_and_the_ticket_of_anybody_are_shown_as_they_arrive(
    qtbot: QtBot, screen: TicketsScreen
) -> None:
    preview = screen.mail.preview
    qtbot.waitUntil(lambda: preview.ticket.has_picture)
    assert preview.subject.text().startswith("Your ticket for ECCP Meeting")
    assert "Dear Ardita Hoxhaj," in preview.mail.toPlainText()
    preview.search.setText("novo antonio")
    preview.searched.emit("novo antonio")
    qtbot.waitUntil(lambda: "Dear Antonio Novo," in preview.plain.toPlainText())
    preview.on.click()
    qtbot.waitUntil(lambda: "Novo" not in preview.plain.toPlainText())
    screen.mail.form.ticket_size.setCurrentIndex(2)
    qtbot.waitUntil(lambda: not preview.ticket.has_picture)


def test_somebody_who_is_erased_while_shown_makes_room_for_the_next(
    qtbot: QtBot, screen: TicketsScreen, workplace: Workplace
) -> None:
    preview = screen.mail.preview
    preview.on.click()
    qtbot.waitUntil(lambda: "(2 of 126)" in preview.recipient.text())
    shown = screen.mail._person
    erase_person(workplace.event_file, "Desk 1", workplace.clock(), shown)
    workplace.changed.emit()
    qtbot.waitUntil(lambda: screen.mail.foot.line.text() == "125 people get this mail.")
    qtbot.waitUntil(lambda: "(1 of 125)" in preview.recipient.text())


def test_a_placeholder_that_there_is_not_is_said_and_nothing_can_be_sent(
    qtbot: QtBot, screen: TicketsScreen
) -> None:
    screen.mail.form.subject.setText("Hello {fist_name}")
    nothing = screen.mail.preview.nothing
    qtbot.waitUntil(lambda: "Did you mean {first_name}?" in nothing.text())
    assert not screen.mail.foot.send.isEnabled()
    screen.mail.form.subject.setText("Hello {first_name}")
    qtbot.waitUntil(screen.mail.foot.send.isEnabled)


def test_nothing_goes_out_before_the_second_press(
    qtbot: QtBot, screen: TicketsScreen, workplace: Workplace, office: PostOffice
) -> None:
    choose_three(screen, workplace, qtbot)
    press(screen, "send")
    assert screen.mail.foot.line.text() == "Send 3 mails from team@example.org?"
    press(screen, "not_now")
    assert office.connections == 0
    press(screen, "send", "really")
    qtbot.waitUntil(lambda: workplace.messages.text.startswith("3 mails sent"))
    assert len(office.received) == 3
    sent = [r for r in workplace.event_file.records() if r.ticket_sent_at is not None]
    assert len(sent) == 3
    qtbot.waitUntil(screen.mail.form.isEnabled)


def test_a_mailing_that_was_paused_is_gone_on_with(
    qtbot: QtBot, screen: TicketsScreen, workplace: Workplace, office: PostOffice
) -> None:
    choose_three(screen, workplace, qtbot)
    foot = screen.mail.foot
    workplace.take_settings(
        replace(workplace.settings, mail=replace(workplace.settings.mail, per_minute=1))
    )
    press(screen, "send", "really")
    qtbot.waitUntil(lambda: len(office.received) == 1)
    press(screen, "pause")
    qtbot.waitUntil(
        lambda: foot.resume.text() == "Send the 2 that wait" and foot.resume.isVisible()
    )
    workplace.take_settings(replace(workplace.settings, mail=office.account(**PLAIN)))
    press(screen, "resume")
    qtbot.waitUntil(lambda: len(office.received) == 3)
    qtbot.waitUntil(lambda: not screen.mail.runner.is_under_way)
    assert len({mail.recipient for mail in office.received}) == 3


def test_the_rest_of_a_mailing_can_be_given_up(
    qtbot: QtBot, screen: TicketsScreen, workplace: Workplace, office: PostOffice
) -> None:
    choose_three(screen, workplace, qtbot)
    office.at_sender = lambda: "550 not from here"
    press(screen, "send", "really")
    qtbot.waitUntil(lambda: "550 not from here" in workplace.messages.text)
    qtbot.waitUntil(lambda: screen.mail.foot.give_up.isVisible())
    press(screen, "give_up")
    qtbot.waitUntil(lambda: screen.mail.foot.send.isVisible())
    qtbot.waitUntil(lambda: workplace.messages.text == "3 mails will not be sent.")
    assert office.received == []


def test_a_test_mail_goes_to_oneself(
    qtbot: QtBot, screen: TicketsScreen, workplace: Workplace, office: PostOffice
) -> None:
    screen.mail.send_test("me@example.org")
    qtbot.waitUntil(lambda: "on its way to me@example.org" in workplace.messages.text)
    assert [mail.recipient for mail in office.received] == ["me@example.org"]
    screen.mail.send_test("nobody")
    qtbot.waitUntil(lambda: "no e-mail address" in workplace.messages.text)


def test_unsure_mails_are_decided_and_refused_ones_listed(
    qtbot: QtBot, screen: TicketsScreen, workplace: Workplace, office: PostOffice
) -> None:
    choose_three(screen, workplace, qtbot)
    office.cuts = ["before answer"]
    office.answer = lambda to, tries: "550 unknown" if len(office.received) == 2 else None
    press(screen, "send", "really")
    qtbot.waitUntil(lambda: workplace.messages.text == "1 mail sent, 1 refused, 1 unsure.")
    screen.parts.choose(CAME_BACK)
    page = screen.came_back
    qtbot.waitUntil(
        lambda: (page.unsure.model().rowCount(), page.not_reached.model().rowCount()) == (1, 1)
    )
    part = screen.parts.button(CAME_BACK)
    qtbot.waitUntil(lambda: part.text().strip() == "Came back · 1 unsure")
    page.unsure.selectRow(0)
    page.was_sent.click()
    qtbot.waitUntil(lambda: not page.unsure.isVisible())
    assert page.not_reached.model().index(0, 2).data() == "refused: 550 unknown"


def test_pasted_addresses_are_marked_as_come_back(
    qtbot: QtBot, screen: TicketsScreen, workplace: Workplace
) -> None:
    (one, *_others) = choose_three(screen, workplace, qtbot)
    press(screen, "send", "really")
    qtbot.waitUntil(lambda: workplace.messages.text.startswith("3 mails sent"))
    record = workplace.event_file.record(one)
    assert record is not None
    screen.parts.choose(CAME_BACK)
    page = screen.came_back
    assert not page.mark.isEnabled()
    page.paste.setPlainText(f"<{record.attendee.email}> and nobody@example.org")
    page.mark.click()
    qtbot.waitUntil(lambda: page.not_reached.model().rowCount() == 1)
    assert page.state.text() == (
        "1 marked as come back. Nobody has the address nobody@example.org."
    )
    (job,) = workplace.event_file.mail_jobs.last_jobs(MailState.BOUNCED)
    assert job.attendee_id == one
    with qtbot.waitSignal(workplace.attendee_wanted) as wanted:
        page.not_reached.selectRow(0)
        page.edit.click()
    assert wanted.args == [one]


def test_tickets_are_written_into_a_folder(
    qtbot: QtBot, screen: TicketsScreen, tmp_path: Path
) -> None:
    screen.parts.choose(FILES)
    page = screen.files
    assert not page.make.isEnabled()
    page.folder.set_path(tmp_path / "tickets")
    page.ticket_sizes.choose(1)
    page.make.click()
    qtbot.waitUntil(lambda: not page.is_under_way)
    assert page.state.text() == ("149 tickets are in tickets, with a list for a mail merge.")
    assert len(list((tmp_path / "tickets").glob("*.phone.pdf"))) == 149


def test_the_account_is_tried_and_remembered(
    qtbot: QtBot, workplace: Workplace, office: PostOffice
) -> None:
    workplace.passwords = SessionPasswords()
    dialog = AccountDialog(workplace)
    qtbot.addWidget(dialog)
    dialog.save.click()
    assert "server's name" in dialog.state.text()
    dialog.host.setText("localhost")
    dialog.save.click()
    assert "address that mails are from" in dialog.state.text()
    dialog.sender_address.setText("team@example.org")
    dialog.security.choose(2)
    dialog.port.setValue(office.port)
    dialog.try_out.click()
    qtbot.waitUntil(lambda: "lets you in" in dialog.state.text())
    with qtbot.waitSignal(workplace.mail_wanted) as wanted:
        dialog.save.click()
    (account,) = wanted.args
    assert account == MailSettings(
        "localhost", office.port, MailSecurity.NONE, sender_address="team@example.org"
    )


def test_a_code_scanned_into_the_password_presses_nothing(
    qtbot: QtBot, workplace: Workplace
) -> None:
    dialog = AccountDialog(workplace)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.password.setFocus()
    QTest.keyClicks(dialog.password, "7XK3M9QRT2VWZ5ABCDEF")
    QTest.keyClick(dialog.password, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.state.text() == ""


def test_a_password_goes_to_the_keyring_and_nowhere_else(
    qtbot: QtBot, workplace: Workplace
) -> None:
    workplace.passwords = SessionPasswords()
    dialog = AccountDialog(workplace)
    qtbot.addWidget(dialog)
    dialog.host.setText("mail.example.org")
    dialog.sender_address.setText("team@example.org")
    dialog.user.setText("team")
    dialog.password.setText("secret")
    with qtbot.waitSignal(workplace.mail_wanted) as wanted:
        dialog.save.click()
    (account,) = wanted.args
    assert "secret" not in repr(account)
    assert workplace.passwords.get("checkin_app mail", account.account) == "secret"


def test_somebody_s_ticket_is_sent_again_on_demand(
    qtbot: QtBot, screen: TicketsScreen, workplace: Workplace
) -> None:
    (one,) = plan_mailing(workplace.event_file, MailChoice(Whom.ALL)).people[5:6]
    screen.choose_attendees((one,))
    qtbot.waitUntil(lambda: screen.mail.foot.send.text() == "Send 1 mail…")


def test_what_waits_at_a_lost_desk_is_taken_over(
    qtbot: QtBot, screen: TicketsScreen, workplace: Workplace
) -> None:
    lost = Mailings(workplace.event_file, MailDesk("fedcba9876543210", "Lost"))
    lost.start(DRAFT, plan_mailing(workplace.event_file, MailChoice()))
    screen.parts.choose(CAME_BACK)
    part = screen.came_back.lost_desk
    qtbot.waitUntil(part.isVisible)
    part.take_over.click()
    qtbot.waitUntil(part.isHidden)
    assert lost.unfinished() is None
    screen.parts.choose(MAIL)
    qtbot.waitUntil(lambda: screen.mail.foot.line.text() == "126 people get this mail.")
