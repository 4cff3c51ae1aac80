"""Findings by kind, repaired where that can be proposed, gone as soon as they are put right."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from checkin_app.badges.preflight.findings import Finding, FindingKind
from checkin_app.gui.badges.badges_screen import BadgesScreen
from checkin_app.gui.badges.findings.finding_words import group_name, sentence
from checkin_app.gui.badges.findings.findings_model import FindingGroup
from checkin_app.gui.badges.printers.test_sheet_dialog import TestSheetDialog
from checkin_app.gui.workplace import Workplace
from checkin_app.services.registrations import walk_in


@pytest.fixture
def shouting(qtbot: QtBot, screen: BadgesScreen, workplace: Workplace) -> tuple[str, ...]:
    """Two people whose names are in capitals, and their findings."""
    ids = [
        walk_in(
            workplace.event_file,
            "Desk 1",
            workplace.clock(),
            {"first_name": first, "last_name": last, "organisation": "Assembly"},
        ).id
        for first, last in (("ANNA", "VAN DER BERG"), ("PETER", "MCDONALD"))
    ]
    workplace.changed.emit()
    qtbot.waitUntil(lambda: kinds(screen).get(FindingKind.NAME_CAPITALS, 0) > 0)
    return tuple(ids)


def kinds(screen: BadgesScreen) -> dict[FindingKind, int]:
    return {kind: len(some) for kind, some in screen.findings.model.found.by_kind}


def name(workplace: Workplace, attendee_id: str) -> str:
    record = workplace.event_file.record(attendee_id)
    assert record is not None
    return record.attendee.full_name


def test_the_gravest_come_first_and_heads_say_how_many(qtbot: QtBot, screen: BadgesScreen) -> None:
    model = screen.findings.model
    qtbot.waitUntil(lambda: model.rowCount() > 1)
    shown = [model.line(row) for row in range(model.rowCount())]
    heads = [line for line in shown if isinstance(line, FindingGroup)]
    severities = [head.kind.severity for head in heads]
    assert severities == sorted(severities)
    assert sum(head.count for head in heads) == model.found.count
    assert f"Findings  {model.found.count}" in screen.columns.which.button(1).text()


def test_a_head_folds_its_findings_by_pointer_and_keyboard(
    qtbot: QtBot, screen: BadgesScreen
) -> None:
    screen.columns.which.choose(1)
    view, model = screen.findings.list, screen.findings.model
    qtbot.waitUntil(lambda: model.rowCount() > 1)
    rows = model.rowCount()
    head = view.visualRect(model.index(0, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=head)
    assert model.rowCount() < rows
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert model.rowCount() == rows


def test_names_in_capitals_are_repaired_when_agreed_and_their_findings_go(
    qtbot: QtBot, screen: BadgesScreen, workplace: Workplace, shouting: tuple[str, ...]
) -> None:
    screen.columns.which.choose(1)
    assert screen.findings.repair.text() == "Repair 2 names…"
    qtbot.mouseClick(screen.findings.repair, Qt.MouseButton.LeftButton)
    page = screen.findings.repairs
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    texts = {page.model.item(row).text() for row in range(2)}
    assert "ANNA VAN DER BERG becomes Anna van der Berg" in texts
    assert name(workplace, shouting[0]) == "ANNA VAN DER BERG"
    qtbot.mouseClick(page.apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: FindingKind.NAME_CAPITALS not in kinds(screen))
    assert name(workplace, shouting[0]) == "Anna van der Berg"
    assert name(workplace, shouting[1]) == "Peter McDonald"


def test_a_proposal_that_is_left_out_changes_nothing(
    qtbot: QtBot, screen: BadgesScreen, workplace: Workplace, shouting: tuple[str, ...]
) -> None:
    screen.columns.which.choose(1)
    screen.findings.repair.click()
    page = screen.findings.repairs
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    first = page.list.visualRect(page.model.index(0, 0)).center()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert page.apply.text() == "Apply 1"
    page.apply.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert screen.findings.list.isVisible()
    qtbot.waitUntil(lambda: screen.findings.repair.text() == "Repair 1 name…")
    names = {name(workplace, id_) for id_ in shouting}
    assert len(names & {"ANNA VAN DER BERG", "PETER MCDONALD"}) == 1


def test_every_kind_has_a_name_and_a_sentence() -> None:
    for kind in FindingKind:
        assert group_name(kind)
        assert sentence(Finding("id", kind, "last_name", "measures"))


def test_what_all_badges_share_is_put_right_where_it_is_chosen(
    qtbot: QtBot, screen: BadgesScreen
) -> None:
    def finding(kind: FindingKind) -> Finding:
        return Finding("id", kind, "layout", is_shared=True)

    screen.columns.which.choose(1)
    screen.findings.shared_opened.emit(finding(FindingKind.LAYOUT_UNSUITED))
    assert screen.choice.layouts.isVisible()
    screen.findings.shared_opened.emit(finding(FindingKind.PHOTO_MISSING))
    assert screen.choice.paper.more.photos.choose.hasFocus()
    screen.findings.shared_opened.emit(finding(FindingKind.STOCK_UNVERIFIED))
    assert screen.findChild(TestSheetDialog) is not None
