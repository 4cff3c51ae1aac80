"""Makes the pictures of README from the running program: ``make screenshots``.

The sample event is opened in the real window, without a display, at 12:41 on its day, when most
of the people have come. What the pictures show is what the program shows.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from PIL import Image  # noqa: E402
from PySide6.QtCore import QDeadlineTimer, QEventLoop  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from checkin_app.domain.scan import Scan  # noqa: E402
from checkin_app.gui.badges.badges_screen import BadgesScreen  # noqa: E402
from checkin_app.gui.badges.sheets.sheet_views import FIRST_SHEET, SHEETS  # noqa: E402
from checkin_app.gui.badges.three_columns import FINDINGS  # noqa: E402
from checkin_app.gui.desk.desk_screen import DeskScreen  # noqa: E402
from checkin_app.gui.desk.search_field import SearchField  # noqa: E402
from checkin_app.gui.main_window import MainWindow  # noqa: E402
from checkin_app.gui.opening import OpenedEvent  # noqa: E402
from checkin_app.gui.screens import ATTENDEES, BADGES  # noqa: E402
from checkin_app.gui.theme import apply_theme, set_up_look  # noqa: E402
from checkin_app.services.check_in import CheckInDesk  # noqa: E402
from checkin_app.services.event_files import create_sample_event  # noqa: E402
from checkin_app.settings import Settings, Theme  # noqa: E402
from checkin_app.storage.event_file import EventFile  # noqa: E402

PICTURES = HERE / "pictures"
LIST = HERE.parent / "tests" / "data" / "lists" / "excel-deutsch.csv"
WIDTH_PX, HEIGHT_PX = 1280, 800
SHOWN = {
    "desk-admitted-light",
    "desk-already-in-light",
    "desk-search-dark",
    "attendees-light",
    "badges-dark",
    "badges-findings-light",
    "badges-first-sheet-light",
    "badges-stock-light",
    "import-light",
}
"""The pictures that README and badges.md show."""


def main() -> None:
    """Make all pictures, in light and dark."""
    PICTURES.mkdir(exist_ok=True)
    application = QApplication(sys.argv[:1])
    for theme in (Theme.LIGHT, Theme.DARK):
        with tempfile.TemporaryDirectory() as folder:
            _photograph(application, theme, Path(folder))


def _photograph(application: QApplication, theme: Theme, folder: Path) -> None:
    set_up_look(application, theme)
    apply_theme(application, theme)
    event_file = create_sample_event(folder / "sample.checkin")
    event = event_file.event()
    opening = event.utc(event.starts_on, 12, 30)
    people = _arrived(event_file, opening)
    now = opening + timedelta(minutes=11)
    window = MainWindow(Settings(theme=theme, sounds_on=False), folder, clock=lambda: now)
    window.show_event(_at_desk(event_file, lambda: now))
    window.resize(WIDTH_PX, HEIGHT_PX)
    window.show()
    _settle(1.5)

    def save(name: str) -> None:
        picture = PICTURES / f"{name}-{theme.value}.png"
        if picture.stem in SHOWN:
            window.grab().save(str(picture))
            _shrink(picture)

    desk = window.findChild(DeskScreen)
    desk.take_scan(Scan(people["Lukas Nögel"]))
    _settle()
    save("desk-admitted")
    desk.take_scan(Scan(people["Jakub Boratynski"]))
    _settle()
    save("desk-already-in")
    desk.take_scan(Scan("https://example.org/menu"))
    _settle()
    save("desk-unknown")
    desk.clear()
    desk.findChild(SearchField).setText("papad")
    _settle()
    save("desk-search")
    desk.clear()
    window.show_screen(ATTENDEES)
    _settle()
    save("attendees")
    window.show_screen(BADGES)
    _settle(4)
    save("badges")
    _show_part_used_sheet(window.findChild(BadgesScreen))
    save("badges-first-sheet")
    _show_findings(window.findChild(BadgesScreen))
    save("badges-findings")
    _show_stock(window.findChild(BadgesScreen))
    save("badges-stock")
    window.import_list(str(LIST))
    _settle(2)
    save("import")
    window.close()


def _show_part_used_sheet(screen: BadgesScreen) -> None:
    screen.views.which.choose(FIRST_SHEET)
    screen.views.first_sheet.drawing.pressed.emit(4)
    screen.views.first_sheet.drawing.marked.emit(7)
    _settle()


def _show_findings(screen: BadgesScreen) -> None:
    screen.views.which.choose(SHEETS)
    screen.columns.which.choose(FINDINGS)
    screen.findings.list.setCurrentIndex(screen.findings.model.index(1, 0))
    _settle(2)


def _show_stock(screen: BadgesScreen) -> None:
    screen.columns.show_choice()
    screen.choice.paper.stock_button.click()
    screen.choice.stock.text.setText("avery l47")
    _settle(2)


def _shrink(picture: Path) -> None:
    """Flat colours need no more than a palette: a third of the size, and nothing to be seen."""
    with Image.open(picture) as image:
        image.convert("RGB").quantize(256).save(picture, optimize=True)


def _arrived(event_file: EventFile, opening: datetime) -> dict[str, str]:
    """Let two in three people in, one every few seconds. Returns everybody's code by name."""
    records = event_file.records()
    desk_list = event_file.check_in_lists()[0]
    for number, record in enumerate(records):
        if number % 3 and record.attendee.last_name != "Nögel":
            moment = opening + timedelta(seconds=4 * number)
            CheckInDesk(event_file, "Desk 1", desk_list, _standing_at(moment)).handle(
                Scan(record.attendee.code)
            )
    return {record.attendee.full_name: record.attendee.code for record in records}


def _standing_at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def _at_desk(event_file: EventFile, clock: Callable[[], datetime]) -> OpenedEvent:
    lists = event_file.check_in_lists()
    return OpenedEvent(event_file, CheckInDesk(event_file, "Desk 1", lists[0], clock), lists)


def _settle(seconds: float = 0.8) -> None:
    """Let the window work: background lanes bring their results home meanwhile."""
    deadline = QDeadlineTimer(int(seconds * 1000))
    while not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


if __name__ == "__main__":
    main()
