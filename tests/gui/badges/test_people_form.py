"""Whose badges: since a moment at the event's place, in the alphabet of the event's language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDateTime
from pytestqt.qtbot import QtBot

from checkin_app.gui.badges.badges_screen import BadgesScreen
from checkin_app.gui.badges.choice.choices import Sort
from checkin_app.gui.workplace import Workplace
from checkin_app.services.registrations import walk_in


def register(workplace: Workplace, last_name: str) -> None:
    fields = {"first_name": "Eva", "last_name": last_name}
    walk_in(workplace.event_file, "Desk 1", workplace.clock(), fields)
    workplace.changed.emit()


def last_names(screen: BadgesScreen) -> list[str]:
    run = screen.planner.run
    return [person.last_name for person in run.job.attendees] if run else []


def test_those_registered_since_a_moment_are_found(
    qtbot: QtBot, screen: BadgesScreen, workplace: Workplace
) -> None:
    form = screen.choice.people
    assert not form.since.isVisible()
    form.whom.setCurrentIndex(form.whom.findText("Registered since …"))
    assert form.since.isVisible()
    moment = workplace.desk.event.local(datetime.now(UTC) - timedelta(minutes=5))
    form.since.setDateTime(QDateTime(moment.year, moment.month, moment.day, moment.hour, 0, 0))
    form.since.setDateTime(form.since.dateTime().addSecs(moment.minute * 60))
    since = form.choice().since
    assert since is not None
    assert abs(since - moment) < timedelta(minutes=1)
    register(workplace, "Latecomer")
    qtbot.waitUntil(lambda: "Latecomer" in last_names(screen))


def test_the_alphabet_of_the_event_sorts(
    qtbot: QtBot, screen: BadgesScreen, workplace: Workplace
) -> None:
    register(workplace, "Österberg")
    qtbot.waitUntil(lambda: "Österberg" in last_names(screen))
    assert last_names(screen)[-1] != "Österberg"
    button = screen.choice.people.alphabet
    assert button.text() == "Alphabet: any language"
    button.chosen.emit("sv")
    qtbot.waitUntil(lambda: button.text() == "Alphabet: Swedish")
    qtbot.waitUntil(lambda: last_names(screen).index("Österberg") > 140)
    assert workplace.event_file.event().language == "sv"


def test_another_order_reads_nobody_anew(qtbot: QtBot, screen: BadgesScreen) -> None:
    run = screen.planner.run
    assert run is not None
    form = screen.choice.people
    form.sort.setCurrentIndex(form.sort.findData(Sort.ORGANISATION))
    qtbot.waitUntil(lambda: screen.planner.run is not run)
    assert screen.planner.run is not None
    before = {id(person) for person in run.job.attendees}
    assert {id(person) for person in screen.planner.run.job.attendees} == before


def test_a_category_that_is_gone_is_no_longer_asked_for(qtbot: QtBot, screen: BadgesScreen) -> None:
    form = screen.choice.people
    form.category.setCurrentIndex(1)
    chosen = form.choice().category
    qtbot.waitUntil(lambda: len(last_names(screen)) < 147)
    form.offer_categories(["Something else"])
    assert chosen is not None
    assert form.choice().category is None
