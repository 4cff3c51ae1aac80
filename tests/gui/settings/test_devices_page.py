"""The device page shows how each device is doing, and lets it be tried out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from pytestqt.qtbot import QtBot

from checkin_app.gui.devices.device_report import DeviceHealth, DeviceKind, DeviceReport
from checkin_app.gui.settings.devices_page import PAGE_OF, DevicesPage
from checkin_app.gui.settings.event.event_page import EventPage
from checkin_app.gui.settings.pages import PAGES
from checkin_app.gui.settings.settings_screen import SettingsScreen
from checkin_app.gui.workplace import Workplace

LAMP = DeviceReport(
    "lamp",
    DeviceKind.CAMERA,
    "Lamp <b>& more</b>",
    DeviceHealth.GOOD,
    "It shines.",
    last_event="Lit",
    last_event_at=datetime(2024, 5, 6, 10, 41, tzinfo=UTC),
    can_be_tested=True,
)
BELL = DeviceReport(
    "bell", DeviceKind.SCANNER, "Bell", DeviceHealth.TROUBLE, "It is silent.", "Plug it in."
)


class Shelf(QObject):
    """A device of the test: what it reports is put there by hand."""

    reports_changed = Signal()

    def __init__(self, *reports: DeviceReport) -> None:
        super().__init__()
        self._reports = reports
        self.tested: list[str] = []

    def reports(self) -> tuple[DeviceReport, ...]:
        return self._reports

    def test(self, key: str) -> None:
        self.tested.append(key)

    def change(self, *reports: DeviceReport) -> None:
        self._reports = reports
        self.reports_changed.emit()


@pytest.fixture
def shelf(workplace: Workplace) -> Shelf:
    """A lamp and a bell at the desk."""
    shelf = Shelf(LAMP, BELL)
    workplace.devices.add(shelf)
    return shelf


@pytest.fixture
def page(qtbot: QtBot, workplace: Workplace, shelf: Shelf) -> DevicesPage:
    """The page with both devices."""
    page = DevicesPage(workplace)
    qtbot.addWidget(page)
    page.show()
    return page


def test_each_device_says_how_it_is_doing_and_when_something_happened(page: DevicesPage) -> None:
    card = page.cards["lamp"]
    assert card.title.text() == "Lamp <b>& more</b>"
    assert card.title.textFormat() is Qt.TextFormat.PlainText
    assert card.words.text() == "It shines."
    assert card.last.text() == "Lit, 12:41"
    assert not card.next_step.isVisible()


def test_trouble_says_what_to_do(page: DevicesPage) -> None:
    assert page.cards["bell"].next_step.text() == "Plug it in."
    assert page.cards["bell"].next_step.isVisible()


def test_scanners_come_before_cameras(page: DevicesPage) -> None:
    assert page.cards["bell"].y() < page.cards["lamp"].y()


def test_only_what_can_be_tried_out_has_a_button_for_it(page: DevicesPage, shelf: Shelf) -> None:
    assert not page.cards["bell"].test.isVisible()
    page.cards["lamp"].test.click()
    assert shelf.tested == ["lamp"]


def test_a_device_that_is_gone_leaves_and_a_new_state_takes_its_place(
    page: DevicesPage, shelf: Shelf
) -> None:
    before = page.cards["bell"]
    repaired = DeviceReport("bell", DeviceKind.SCANNER, "Bell", DeviceHealth.GOOD, "It rings.")
    shelf.change(repaired)
    assert {"bell"} == page.cards.keys() & {"bell", "lamp"}
    assert page.cards["bell"] is before
    assert before.words.text() == "It rings."
    assert not before.next_step.isVisible()


def test_a_device_leads_to_the_page_where_it_is_set_up(
    qtbot: QtBot, page: DevicesPage, workplace: Workplace
) -> None:
    with qtbot.waitSignal(workplace.settings_wanted) as wanted:
        page.cards["bell"].set_up.click()
    assert wanted.args == ["scanners"]


def test_the_settings_open_on_the_event_and_go_to_a_page_by_its_key(
    qtbot: QtBot, workplace: Workplace
) -> None:
    screen = SettingsScreen(workplace)
    qtbot.addWidget(screen)
    screen.show()
    assert isinstance(screen.page, EventPage)
    for plan in PAGES:
        screen.choose(plan.key)
        assert screen.page.isVisible()
    first = screen.page
    screen.choose("devices")
    screen.choose(PAGES[-1].key)
    assert screen.page is first


def test_every_kind_of_device_has_a_page_of_settings() -> None:
    assert set(PAGE_OF.values()) <= {plan.key for plan in PAGES}
