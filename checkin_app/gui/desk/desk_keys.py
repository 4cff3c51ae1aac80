"""The keys of the desk screen. They work wherever the focus is within it."""

from __future__ import annotations

from checkin_app.gui.desk.desk_screen import DeskScreen
from checkin_app.gui.desk.side.camera_place import SWITCH_KEY
from checkin_app.gui.keys import add_key
from checkin_app.gui.printing.print_line import QUEUE_KEY


def add_desk_keys(screen: DeskScreen) -> None:
    """Connect every key of the cheat sheet that the field does not handle itself."""
    for keys, act in (
        (("Esc",), screen.clear),
        (("Ctrl+Z",), screen.checking_in.undo),
        (("Ctrl+Return", "Ctrl+Enter"), screen.ask_anyway),
        (("Ctrl+N",), screen.open_walk_in),
        (("Ctrl+E",), screen.open_correction),
        (("Ctrl+H",), screen.open_history),
        (("Ctrl+P",), screen.device_views.printing.want_badge),
        (("Ctrl+Shift+P",), screen.device_views.printing.want_bulk_print),
        ((QUEUE_KEY,), screen.device_views.printing.open_queue),
        (("Ctrl+L",), screen.open_lists),
        ((SWITCH_KEY,), screen.device_views.camera.switch),
        (("F5",), screen.checking_in.retry),
        (("F1",), screen.switch_cheat_sheet),
    ):
        for key in keys:
            add_key(key, screen, act)
