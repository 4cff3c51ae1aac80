"""Makes the pictures of README from the running program: ``make screenshots``.

The sample event is opened in the real window, without a display, at 12:41 on its day, when most
of the people have come. What the pictures show is what the program shows.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
OWN = Path(tempfile.mkdtemp(prefix="screenshots-"))
"""The folder of settings and printers of this run; the user's own are left alone."""
for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
    os.environ[name] = str(OWN)
SCREENS = {
    "screens": [
        {"name": "Laptop", "x": 0, "y": 0, "width": 1280, "height": 800},
        {"name": "Guest", "x": 1280, "y": 0, "width": 1280, "height": 800},
    ]
}
(OWN / "screens.json").write_text(json.dumps(SCREENS))
os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={OWN / 'screens.json'}"

from PIL import Image  # noqa: E402
from PySide6.QtCore import QDeadlineTimer, QEventLoop  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from checkin_app.domain.print_jobs import PrintCause  # noqa: E402
from checkin_app.domain.printers import PrinterId, SpoolerKind  # noqa: E402
from checkin_app.domain.scan import Scan  # noqa: E402
from checkin_app.gui.appearance.look import apply_theme, set_up_look  # noqa: E402
from checkin_app.gui.badges.badges_screen import BadgesScreen  # noqa: E402
from checkin_app.gui.badges.sheets.page_picture import picture_of  # noqa: E402
from checkin_app.gui.badges.sheets.screen_image import image_of  # noqa: E402
from checkin_app.gui.badges.sheets.sheet_views import FIRST_SHEET, SHEETS  # noqa: E402
from checkin_app.gui.badges.three_columns import FINDINGS  # noqa: E402
from checkin_app.gui.desk.desk_screen import DeskScreen  # noqa: E402
from checkin_app.gui.desk.search_field import SearchField  # noqa: E402
from checkin_app.gui.documents.documents_screen import DocumentsScreen  # noqa: E402
from checkin_app.gui.documents.products import Product  # noqa: E402
from checkin_app.gui.hub.hub_dialog import HubDialog  # noqa: E402
from checkin_app.gui.lists.changes.changes_page import View  # noqa: E402
from checkin_app.gui.lists.import_screen import ImportScreen  # noqa: E402
from checkin_app.gui.lists.steps_line import Step  # noqa: E402
from checkin_app.gui.opening import OpenedEvent  # noqa: E402
from checkin_app.gui.window.main_window import MainWindow  # noqa: E402
from checkin_app.gui.window.screens import (  # noqa: E402
    ATTENDEES,
    BADGES,
    DASHBOARD,
    DOCUMENTS,
    INBOX,
    TICKETS,
)
from checkin_app.lists.writing.writers import write_rows  # noqa: E402
from checkin_app.printing.printer_setups import PrinterSetup  # noqa: E402
from checkin_app.secrets_store.memberships import Memberships  # noqa: E402
from checkin_app.services.check_in import CheckInDesk  # noqa: E402
from checkin_app.services.documents.document_making import (  # noqa: E402
    DocumentKind,
    DocumentWish,
    make_document,
)
from checkin_app.services.event_files import create_sample_event  # noqa: E402
from checkin_app.services.registrations import correct  # noqa: E402
from checkin_app.services.sharing.hubs.hub_places import HubPlaces  # noqa: E402
from checkin_app.settings import Settings, Theme, with_desk_id  # noqa: E402
from checkin_app.settings.device_settings import (  # noqa: E402
    CameraSettings,
    DeviceSettings,
    GuestSettings,
    PrintingSettings,
)
from checkin_app.settings.mail_settings import MailSettings  # noqa: E402
from checkin_app.storage.event_file import EventFile  # noqa: E402
from docs import desks_shown  # noqa: E402
from docs.dashboard_event import let_people_come  # noqa: E402
from docs.inbox_shown import let_two_desks_be_apart  # noqa: E402
from docs.still_camera import StillCamera  # noqa: E402
from tests.degraded_pictures import HD, Pose, posed, room  # noqa: E402
from tests.ticket_pictures import phone  # noqa: E402

PICTURES = HERE / "pictures"
LISTS = HERE.parent / "tests" / "data" / "lists"
LIST, HAND_KEPT = LISTS / "excel-deutsch.csv", LISTS / "hand-kept.xlsx"
WIDTH_PX, HEIGHT_PX = 1280, 800
PAGE_PX = 900
NOBODY = "192.0.2.20"
"""An address that nobody has (RFC 5737): a printer that is switched off."""
ACCOUNT = MailSettings("mail.example.org", sender_address="events@example.org")
SHOWN = {
    "desk-admitted-light",
    "desk-already-in-light",
    "desk-devices-light",
    "desk-search-dark",
    "attendees-light",
    "badges-dark",
    "badges-findings-light",
    "badges-first-sheet-light",
    "badges-stock-light",
    "dashboard-dark",
    "dashboard-light",
    "documents-light",
    "documents-ticks-light",
    "tickets-light",
    "import-light",
    "import-check-light",
    "import-changes-light",
    "settings-devices-light",
    "settings-printers-light",
    "settings-scanners-light",
    "guest-welcome-light",
    "inbox-light",
    "inbox-several-light",
    "many-desks-share-light",
    "many-desks-join-light",
    "many-desks-shared-light",
}
"""The pictures that README and the pages beside it show."""


def main() -> None:
    """Make all pictures, in light and dark."""
    PICTURES.mkdir(exist_ok=True)
    # As in the program: no widget is collected by a background lane.
    gc.disable()
    application = QApplication(sys.argv[:1])
    for theme in (Theme.LIGHT, Theme.DARK):
        with tempfile.TemporaryDirectory() as folder:
            _photograph(application, theme, Path(folder))
        with tempfile.TemporaryDirectory() as folder:
            _photograph_devices(application, theme, Path(folder))
        with tempfile.TemporaryDirectory() as folder:
            _photograph_dashboard(application, theme, Path(folder))
        with tempfile.TemporaryDirectory() as folder:
            _photograph_many_desks(theme, Path(folder))
        with tempfile.TemporaryDirectory() as folder:
            _photograph_inbox(theme, Path(folder))


def _photograph(application: QApplication, theme: Theme, folder: Path) -> None:
    set_up_look(application, theme)
    apply_theme(application, theme)
    event_file = create_sample_event(folder / "sample.checkin")
    event = event_file.event()
    opening = event.utc(event.starts_on, 12, 30)
    people = _arrived(event_file, opening)
    now = opening + timedelta(minutes=11)
    window = MainWindow(
        Settings(theme=theme, sounds_on=False, mail=ACCOUNT), folder, clock=lambda: now
    )
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
    window.show_screen(TICKETS)
    _settle(3)
    save("tickets")
    window.show_screen(DOCUMENTS)
    _show_documents(window.findChild(DocumentsScreen))
    save("documents")
    _show_ticks(window.findChild(DocumentsScreen))
    save("documents-ticks")
    if theme is Theme.LIGHT:
        _photograph_pages(event_file, folder)
    window.imports.show_path(LIST)
    _settle(2)
    save("import")
    _show_import(window, HAND_KEPT, Step.CHECK)
    save("import-check")
    _show_import(window, _newer_list(event_file, folder), Step.CHANGES)
    save("import-changes")
    window.close()


def _photograph_devices(application: QApplication, theme: Theme, folder: Path) -> None:
    """A desk with a camera, a label printer that is switched off, and a screen for guests."""
    event_file = create_sample_event(folder / "sample.checkin")
    event = event_file.event()
    opening = event.utc(event.starts_on, 12, 30)
    people = _arrived(event_file, opening)
    now = opening + timedelta(minutes=11)
    printer = PrinterId(SpoolerKind.ZEBRA, NOBODY)
    devices = DeviceSettings(
        camera=CameraSettings(is_on=True, is_mirrored=False),
        guest=GuestSettings(is_on=True),
        printing=PrintingSettings(printer=str(printer)),
    )
    settings = with_desk_id(Settings(theme=theme, sounds_on=False, devices=devices))
    window = MainWindow(settings, folder, clock=lambda: now)
    code = people["Lukas Nögel"]
    held = posed(phone(code), Pose(turn=9, tilt_y=18, module_px=9, y=0.55), room(HD, seed=4))
    window.devices.camera.feed_from(partial(StillCamera, held))
    window.show_event(_at_desk(event_file, lambda: now))
    window.resize(WIDTH_PX, HEIGHT_PX)
    window.show()
    assert window.workplace is not None
    queue = window.workplace.print_queue
    queue.keep_setup(PrinterSetup(printer, title="Label printer", labels_left=231))
    ids = [r.attendee.id for r in event_file.records() if r.attendee.last_name == "Nögel"]
    queue.enqueue(ids, PrintCause.ARRIVAL)
    _settle(5)

    def save(name: str, shown: QWidget) -> None:
        picture = PICTURES / f"{name}-{theme.value}.png"
        if picture.stem in SHOWN:
            shown.grab().save(str(picture))
            _shrink(picture)

    save("desk-devices", window)
    (guest,) = (w for w in application.topLevelWidgets() if w.objectName() == "guestWindow")
    save("guest-welcome", guest)
    for page in ("devices", "scanners", "printers"):
        window.workplace.settings_wanted.emit(page)
        _settle(1.5)
        save(f"settings-{page}", window)
    window.close()


def _photograph_dashboard(application: QApplication, theme: Theme, folder: Path) -> None:
    """Nineteen minutes after the desk opened, with three desks at work."""
    set_up_look(application, theme)
    event_file = create_sample_event(folder / "sample.checkin")
    event = event_file.event()
    opening = event.utc(event.starts_on, 12, 30)
    now = opening + timedelta(minutes=19)
    let_people_come(event_file, opening, now)
    window = MainWindow(Settings(theme=theme, sounds_on=False), folder, clock=lambda: now)
    window.show_event(_at_desk(event_file, lambda: now))
    window.resize(WIDTH_PX, HEIGHT_PX)
    window.show()
    window.show_screen(DASHBOARD)
    _settle(3)
    picture = PICTURES / f"dashboard-{theme.value}.png"
    window.grab().save(str(picture))
    _shrink(picture)
    window.close()


def _photograph_many_desks(theme: Theme, folder: Path) -> None:
    """What the first laptop shows, what the second asks, and its desk when it has joined."""
    event_file = create_sample_event(folder / "sample.checkin")
    event = event_file.event()
    opening = event.utc(event.starts_on, 12, 30)
    people = _arrived(event_file, opening)
    now = opening + timedelta(minutes=11)
    places = HubPlaces(folder / "hubs", Memberships(folder / "memberships"), folder)
    settings = Settings(theme=theme, sounds_on=False, desk_name="Side door")
    window = MainWindow(settings, folder, clock=lambda: now, hub_places=places)
    window.show_event(_at_desk(event_file, lambda: now, "Side door"))
    window.resize(WIDTH_PX, HEIGHT_PX)
    window.show()
    workplace = window.workplace
    assert workplace is not None
    _settle(1.5)

    def save(name: str, shown: QWidget) -> None:
        picture = PICTURES / f"many-desks-{name}-{theme.value}.png"
        if picture.stem in SHOWN:
            shown.grab().save(str(picture))
            _shrink(picture)

    workplace.hub_wanted.emit(desks_shown.LINK)
    _settle(1.5)
    (dialog,) = window.findChildren(HubDialog)
    save("join", dialog)
    dialog.state.say("")
    dialog.show_view(desks_shown.hub(now))
    _settle(0.3)
    save("share", dialog)
    dialog.close()
    workplace.sharing.state = desks_shown.SHARED
    workplace.sharing.changed.emit()
    window.findChild(DeskScreen).take_scan(Scan(people["Lukas Nögel"]))
    _settle()
    save("shared", window)
    window.close()


def _photograph_inbox(theme: Theme, folder: Path) -> None:
    """What waits for a word after two desks were apart."""
    event_file = create_sample_event(folder / "sample.checkin")
    event = event_file.event()
    opening = event.utc(event.starts_on, 12, 30)
    let_two_desks_be_apart(event_file, folder, opening)
    now = opening + timedelta(minutes=32)
    window = MainWindow(Settings(theme=theme, sounds_on=False), folder, clock=lambda: now)
    window.show_event(_at_desk(event_file, lambda: now))
    window.resize(WIDTH_PX, HEIGHT_PX)
    window.show()
    window.show_screen(INBOX)
    _settle(1.5)
    inbox = window.screen_at(INBOX)

    def save(name: str) -> None:
        picture = PICTURES / f"{name}-{theme.value}.png"
        if picture.stem in SHOWN:
            window.grab().save(str(picture))
            _shrink(picture)

    inbox.choose_many.click()
    _settle()
    save("inbox-several")
    inbox.list.choose([row for row, item in enumerate(inbox.list.items) if item.double][:1])
    _settle()
    save("inbox")
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


def _show_documents(screen: DocumentsScreen) -> None:
    screen.choose(Product.SIGNATURES)
    screen.options.when.choose(1)
    _settle(2)


def _show_ticks(screen: DocumentsScreen) -> None:
    screen.choose(Product.PAPER_TICKS)
    screen.ticks.field.setText("nowak")
    screen.ticks.field.textEdited.emit("nowak")
    _settle()
    screen.ticks.names.move_choice(1)


def _photograph_pages(event_file: EventFile, folder: Path) -> None:
    """The first page of each document, as it is printed."""
    for kind in (DocumentKind.PAPER_LIST, DocumentKind.CERTIFICATES):
        file = folder / f"{kind.value}.pdf"
        signed_by = "Kristina Sermuksnyte-Alesiuniene, Secretary General"
        make_document(event_file, file, DocumentWish(kind, one_file=True, signed_by=signed_by))
        picture = PICTURES / f"document-{kind.value}.png"
        image_of(picture_of(file, 0, PAGE_PX)).save(str(picture))
        _shrink(picture)


def _show_stock(screen: BadgesScreen) -> None:
    screen.columns.show_choice()
    screen.choice.paper.stock_button.click()
    screen.choice.stock.text.setText("avery l47")
    _settle(2)


def _show_import(window: MainWindow, path: Path, step: Step) -> None:
    window.imports.show_path(path)
    screen = window.findChildren(ImportScreen)[-1]
    _settle(2)
    while screen.step < step:
        screen.foot.go.click()
        _settle()
    if step is Step.CHECK:
        screen.check.table.go_to(1)
    else:
        screen.changes.which.choose(View.CHANGED)
    _settle()


def _newer_list(event_file: EventFile, folder: Path) -> Path:
    """The registration list of the sample event a week later: moves, newcomers, some are gone."""
    people = [record.attendee for record in event_file.records()]
    corrected = next(one for one in people if one.last_name == "Hoxhaj")
    now = datetime.now(UTC)
    correct(event_file, "Desk 1", now, corrected.id, {"organisation": "Tirana ICT Cluster"})
    titles = ("First name", "Last name", "E-mail", "Organisation", "Role", "Category")
    rows = [
        (
            one.first_name,
            one.last_name,
            one.email,
            one.organisation + (" AISBL" if number % 12 == 5 and one.organisation else ""),
            "Chair" if number % 17 == 3 else one.role,
            one.category,
        )
        for number, one in enumerate(people)
        if number % 40 != 9
    ]
    rows += [
        ("Zuzanna", "Brzęczyszczykiewicz", "zuzanna@example.pl", "Klaster Wschód", "", "Expert"),
        ("Παναγιώτα", "Παπαχριστοδούλου", "panagiota@example.gr", "Δίκτυο Κρήτης", "", "Expert"),
    ]
    path = folder / "registrations of 29 April.xlsx"
    write_rows(path, titles, rows)
    return path


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


def _at_desk(
    event_file: EventFile, clock: Callable[[], datetime], name: str = "Desk 1"
) -> OpenedEvent:
    lists = event_file.check_in_lists()
    return OpenedEvent(event_file, CheckInDesk(event_file, name, lists[0], clock), lists)


def _settle(seconds: float = 0.8) -> None:
    """Let the window work: background lanes bring their results home meanwhile."""
    deadline = QDeadlineTimer(int(seconds * 1000))
    while not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


if __name__ == "__main__":
    main()
