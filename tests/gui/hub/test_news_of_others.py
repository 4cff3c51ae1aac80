"""What other desks did, in the window of this one."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from checkin_app.gui.workplace import Workplace
from checkin_app.services.sharing.exchanging.shared import Shared


def test_what_came_of_others_is_told_to_every_screen_at_once(
    qtbot: QtBot, workplace: Workplace
) -> None:
    with qtbot.waitSignal(workplace.changed):
        workplace.sharing.came.emit(Shared(came={"0" * 32: 7}))
