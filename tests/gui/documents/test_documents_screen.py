"""The documents screen: what is seen is saved, and ticks go in as fast as they are typed."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
from answered_dialogs import answer_with
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from settable_clock import SettableClock

from checkin_app.domain.tickets.short_codes import short_codes
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.documents.answer_card import Meaning
from checkin_app.gui.documents.documents_screen import DocumentsScreen
from checkin_app.gui.documents.products import PRODUCTS, Product
from checkin_app.gui.documents.wishes import ListWish, PagesLook, TableLook
from checkin_app.gui.opening import at_desk
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.services.bulk_badges.badge_choice import choose_attendees
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.documents.document_making import Made
from checkin_app.services.documents.exports import Export
from checkin_app.settings import Settings


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def screen(qtbot, workplace, clock):
    workplace.clock = clock
    screen = DocumentsScreen(workplace)
    qtbot.addWidget(screen)
    screen.resize(1180, 780)
    screen.show()
    return screen


def codes_of(event_file) -> dict[str, str]:
    return short_codes(event_file.people.ids_by_registration())


def wait_for_pages(qtbot, screen) -> PagesLook:
    qtbot.waitUntil(lambda: isinstance(screen.look.shown, PagesLook))
    qtbot.waitUntil(lambda: screen.look.pages.page.has_picture)
    return screen.look.shown


def let_in(workplace, clock, count: int) -> None:
    desk = CheckInDesk(
        workplace.event_file, "Desk 1", workplace.event_file.check_in_lists()[0], clock
    )
    for person in choose_attendees(workplace.event_file)[:count]:
        desk.check_in(person.id)


def test_a_list_shows_its_first_rows_and_is_saved_with_all(qtbot, screen, workplace, tmp_path):
    qtbot.waitUntil(lambda: isinstance(screen.look.shown, TableLook))
    assert screen.look.shown.columns[:2] == ("code", "title")
    screen.options.what.setCurrentIndex(screen.options.what.findData(Export.NO_SHOWS.value))
    qtbot.waitUntil(lambda: screen.look.shown.columns[0:2] == ("code", "last_name"))
    screen.options.ending.choose(1)
    path = tmp_path / "missing.csv"
    with qtbot.waitSignal(screen.making.made) as made:
        screen.making.make(screen.options.wish(), path)
    assert made.args == [path, Made(147)]
    assert "147" in screen.line.text()
    assert screen.open.isVisible()
    screen.options.ending.choose(0)
    assert not screen.open.isVisible()


@pytest.mark.parametrize(
    "product", [Product.ATTENDANCE, Product.SIGNATURES, Product.NO_SHOWS, Product.PAPER_LIST]
)
def test_a_document_shows_its_first_pages_and_is_saved(qtbot, screen, tmp_path, product):
    screen.choose(product)
    look = wait_for_pages(qtbot, screen)
    assert look.height_to_width == pytest.approx(297 / 210, abs=0.01)
    path = tmp_path / "list.pdf"
    with qtbot.waitSignal(screen.making.made):
        screen.making.make(screen.options.wish(), path)
    document = pypdfium2.PdfDocument(path)
    assert len(document) == look.pages
    document.close()


def test_certificates_wait_for_somebody_to_come(qtbot, screen, workplace, clock, tmp_path):
    screen.choose(Product.CERTIFICATES)
    qtbot.waitUntil(lambda: "Nobody has come" in screen.look.why_not.text())
    let_in(workplace, clock, 2)
    workplace.changed.emit()
    look = wait_for_pages(qtbot, screen)
    assert look.pages == 2
    assert look.height_to_width == pytest.approx(210 / 297, abs=0.01)
    folder = tmp_path / "certificates"
    with qtbot.waitSignal(screen.making.made):
        screen.making.make(screen.options.wish(), folder)
    assert len([*folder.glob("*.pdf")]) == 2


def test_many_people_are_drawn_by_a_process(qtbot, screen):
    screen.look.most_people = 10
    screen.choose(Product.SIGNATURES)
    assert wait_for_pages(qtbot, screen).pages > 5
    assert screen.look.is_slow


def test_each_product_asks_only_what_it_has_a_use_for(screen):
    asked = {}
    for product in PRODUCTS:
        screen.choose(product)
        if product is not Product.PAPER_TICKS:
            rows = screen.options._rows
            asked[product] = {
                rows.labelForField(field).text()
                for row in range(rows.rowCount())
                if rows.isRowVisible(row) and (field := rows.itemAt(row, rows.ItemRole(1)).widget())
            }
    assert asked[Product.SPREADSHEETS] == {"List", "Format"}
    assert asked[Product.SIGNATURES] == {"Check-in list", "To be signed"}
    assert asked[Product.PAPER_LIST] == {"Check-in list"}
    assert asked[Product.CERTIFICATES] == {
        *("Who came to", "Files", "Signed by", "Signature", "Layout")
    }


def test_saving_asks_where_and_proposes_a_name(qtbot, screen, workplace, tmp_path):
    names = answer_with(tmp_path / "mine")
    used = []
    workplace.folder_used.connect(used.append)
    screen.choose(Product.PAPER_LIST)
    with qtbot.waitSignal(screen.making.made):
        QTest.keyClick(screen, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert (tmp_path / "mine.pdf").exists()
    assert names[0].endswith(" - paper list.pdf")
    assert used == [tmp_path]


def test_the_export_of_the_event_menu_leads_here(qtbot, qapp, sample_event_file, tmp_path):
    window = MainWindow(Settings(sounds_on=False), tmp_path / "log")
    qtbot.addWidget(window)
    window.show_event(at_desk(sample_event_file, "Desk 1"))
    window.show()
    menu = window._menu_is_needed().menu
    next(action for action in menu.actions() if action.text() == "Export…").trigger()
    screen = window.findChild(DocumentsScreen)
    assert screen.isVisible()
    assert screen.product is Product.SPREADSHEETS
    window.close()


def test_what_was_stopped_leaves_nothing_and_says_nothing(qtbot, screen, workplace, tmp_path):
    gate = threading.Event()
    workplace.tasks.run(Lane.WORK, gate.wait)
    with qtbot.waitSignal(screen.making.ended):
        screen.making.make(ListWish(Export.ATTENDEES), tmp_path / "people.xlsx")
        assert screen.cancel.isVisible()
        screen.cancel.click()
        gate.set()
    assert [file.name for file in tmp_path.glob("*.xlsx")] == []
    assert workplace.messages.text == ""
    assert screen.save.isVisible()


def test_a_code_and_enter_check_somebody_in_at_the_time_chosen(qtbot, screen, workplace, clock):
    screen.choose(Product.PAPER_TICKS)
    panel = screen.ticks
    person = choose_attendees(workplace.event_file)[0]
    came = clock.now - timedelta(minutes=30)
    panel.came.setDateTime(QDateTime.fromSecsSinceEpoch(round(came.timestamp())))
    QTest.keyClicks(panel.field, codes_of(workplace.event_file)[person.id])
    qtbot.waitUntil(lambda: person.full_name in panel.answer.name.text())
    assert panel.answer.meaning is Meaning.NOTHING_YET
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.answer.meaning is Meaning.DONE)
    assert panel.field.text() == ""
    record = workplace.event_file.record(person.id)
    assert record.checked_in_at == datetime.fromtimestamp(round(came.timestamp()), UTC)
    assert panel.log.count() == 1
    QTest.keyClick(panel.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: panel.log.standing == [])
    assert not workplace.event_file.record(person.id).check_ins
    assert panel.log.count() == 0


def test_codes_typed_without_waiting_are_all_taken(qtbot, screen, workplace):
    screen.choose(Product.PAPER_TICKS)
    panel = screen.ticks
    codes = codes_of(workplace.event_file)
    people = choose_attendees(workplace.event_file)[:8]
    for person in people:
        QTest.keyClicks(panel.field, codes[person.id])
        QTest.keyClick(panel.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.log.standing) == 8)
    assert [tick.attendee.id for tick in panel.log.standing] == [person.id for person in people]


def test_a_slip_is_told_before_and_after_enter_and_stays_to_be_corrected(qtbot, screen, workplace):
    screen.choose(Product.PAPER_TICKS)
    panel = screen.ticks
    code = next(c for c in codes_of(workplace.event_file).values() if c[0] != c[1])
    slip = code[1] + code[0] + code[2:]
    QTest.keyClicks(panel.field, slip)
    qtbot.waitUntil(lambda: panel.answer.meaning is Meaning.WRONG)
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.field.selectedText() == slip)
    assert "mistyped" in panel.answer.sentence.text()
    assert panel.log.standing == []


def test_a_name_is_chosen_with_the_arrow_keys(qtbot, screen, workplace):
    screen.choose(Product.PAPER_TICKS)
    panel = screen.ticks
    panel.setFocus()
    QTest.keyClicks(panel.field, "nowak")
    qtbot.waitUntil(lambda: panel.names.count() == 2)
    for _ in range(2):
        QTest.keyClick(panel.field, Qt.Key.Key_Down)
    second = panel.names.item(1).data(Qt.ItemDataRole.UserRole)
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.log.standing) == 1)
    assert panel.log.standing[0].attendee.id == second


def test_enter_takes_nobody_who_was_not_chosen(qtbot, screen):
    screen.choose(Product.PAPER_TICKS)
    panel = screen.ticks
    QTest.keyClicks(panel.field, "nowak")
    qtbot.waitUntil(lambda: panel.names.count() == 2)
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    assert panel.answer.meaning is Meaning.ATTENTION
    assert panel.field.text() == "nowak"
    QTest.keyClick(panel.field, Qt.Key.Key_Down)
    assert panel.names.chosen
    QTest.keyClicks(panel.field, "a")
    assert not panel.names.chosen
    assert panel.log.standing == []


def test_a_name_entered_too_soon_does_not_write_over_what_is_typed_next(qtbot, screen, workplace):
    screen.choose(Product.PAPER_TICKS)
    panel = screen.ticks
    person, code = next(iter(codes_of(workplace.event_file).items()))
    panel.field.setText("nowak")
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    QTest.keyClicks(panel.field, code)
    qtbot.waitUntil(lambda: panel.log.count() == 1)
    assert panel.log.item(0).text() == "Not entered: nowak"
    assert panel.field.text() == code
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.log.standing) == 1)
    assert panel.log.standing[0].attendee.id == person


def test_what_could_not_be_entered_is_kept_in_sight(qtbot, screen, workplace, clock):
    screen.choose(Product.PAPER_TICKS)
    panel = screen.ticks
    code = next(iter(codes_of(workplace.event_file).values()))
    ahead = clock.now + timedelta(hours=30)
    panel.came.setDateTime(QDateTime.fromSecsSinceEpoch(round(ahead.timestamp())))
    QTest.keyClicks(panel.field, code)
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "lies ahead" in workplace.messages.text)
    assert panel.log.item(0).text() == f"Not entered: {code}"


def test_the_lists_are_as_high_as_what_they_hold(qtbot, screen, workplace):
    screen.choose(Product.PAPER_TICKS)
    panel = screen.ticks
    assert not panel.log.isVisible()
    QTest.keyClicks(panel.field, "nowak")
    qtbot.waitUntil(lambda: panel.names.count() == 2)
    qtbot.waitUntil(lambda: panel.names.height() < 3 * panel.names.sizeHintForRow(0))
    assert panel.names.verticalScrollBar().maximum() == 0


def test_a_name_and_a_quick_enter_choose_nobody(qtbot, screen):
    screen.choose(Product.PAPER_TICKS)
    panel = screen.ticks
    panel.field.setText("nowak")
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.names.count() == 2)
    assert panel.log.standing == []
    assert panel.field.text() == "nowak"


def test_looks_that_are_over_leave_no_files(qtbot, screen, workplace):
    for product in (Product.SIGNATURES, Product.ATTENDANCE, Product.NO_SHOWS):
        screen.choose(product)
        look = wait_for_pages(qtbot, screen)
    for _ in range(3):
        workplace.changed.emit()
        qtbot.waitUntil(lambda before=look: screen.look.shown not in (None, before))
        look = screen.look.shown
    files = look.file.parent
    qtbot.waitUntil(lambda: [*files.iterdir()] == [screen.look.shown.file])


def test_a_look_that_came_too_late_is_not_shown(qtbot, screen):
    screen.choose(Product.SIGNATURES)
    screen.choose(Product.NO_SHOWS)
    look = wait_for_pages(qtbot, screen)
    assert look is screen.look.shown
    screen.look._show((ListWish(Export.LEDGER), TableLook((), ())))
    assert screen.look.shown is look


def test_the_arrow_keys_come_past_the_entry_of_ticks_and_enter_begins_it(qtbot, screen):
    screen.products.setFocus()
    for _ in range(len(PRODUCTS) - 1):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert screen.product is Product.CERTIFICATES
    QTest.keyClick(screen.products, Qt.Key.Key_Up)
    QTest.keyClick(screen.products, Qt.Key.Key_Return)
    assert screen.ticks.field.hasFocus()


def test_pages_are_turned_with_the_keys_their_buttons_name(qtbot, screen):
    screen.choose(Product.SIGNATURES)
    look = wait_for_pages(qtbot, screen)
    preview = screen.look.pages
    assert preview.number.text() == f"Page 1 of {look.pages}"
    screen.products.setFocus()
    QTest.keyClick(screen.products, Qt.Key.Key_PageDown)
    assert preview.number.text() == f"Page 2 of {look.pages}"
    assert screen.product is Product.SIGNATURES
    QTest.keyClick(screen.products, Qt.Key.Key_PageUp)
    assert preview.number_of_page == 0


def test_the_keys_of_pages_are_left_to_a_list_of_rows(qtbot, screen):
    qtbot.waitUntil(lambda: isinstance(screen.look.shown, TableLook))
    screen.look.table.setFocus()
    QTest.keyClick(screen.look.table, Qt.Key.Key_PageDown)
    assert screen.look.table.currentIndex().row() > 0
