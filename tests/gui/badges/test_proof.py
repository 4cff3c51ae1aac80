"""The proof sheet: made when somebody looks, saved when wanted."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from answered_dialogs import answer_with
from pytestqt.qtbot import QtBot

from checkin_app.gui.badges.badges_screen import BadgesScreen
from checkin_app.services.bulk_badges.badge_choice import Wanted


def test_the_proof_shows_the_longest_name_and_says_why(qtbot: QtBot, screen: BadgesScreen) -> None:
    view = screen.views.proof
    assert not view.preview.page.has_picture
    screen.views.which.choose(2)
    qtbot.waitUntil(lambda: view.preview.page.has_picture)
    assert "longest name" in view.note.text()
    assert view.preview.number.text() == "Sheet 1 of 1"


def test_the_proof_is_saved(qtbot: QtBot, screen: BadgesScreen, tmp_path: Path) -> None:
    screen.views.which.choose(2)
    qtbot.waitUntil(screen.views.proof.save.isEnabled)
    file = tmp_path / "proof.pdf"
    proposed = answer_with(tmp_path / "proof")
    screen.views.proof.save.click()
    assert proposed == ["Proof.pdf"]
    qtbot.waitUntil(file.exists)
    document = pypdfium2.PdfDocument(file)
    assert len(document) == 1
    document.close()


def test_nobody_has_no_proof(qtbot: QtBot, screen: BadgesScreen) -> None:
    screen.views.which.choose(2)
    screen.choice.people.choose_wanted(Wanted.SPOILT)
    qtbot.waitUntil(lambda: "nobody" in screen.views.proof.note.text())
    assert not screen.views.proof.save.isEnabled()
