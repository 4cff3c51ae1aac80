"""What CUPS and its printers go through in a day, and what the desk is told of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from paper import badge_sheet, until
from print_system import LabelPrinter, OfficePrinter, PrintSystem, running_print_system
from spooler_contract import new_token

from checkin_app.domain.printers import PrinterActivity, PrinterState, PrinterTrouble
from checkin_app.errors import PrinterError
from checkin_app.printing.cups.cups_spooler import CupsSpooler
from checkin_app.printing.spooler import SpooledState


@pytest.fixture
def cups(print_system: PrintSystem) -> CupsSpooler:
    return CupsSpooler(print_system.server)


def until_stopped(cups: CupsSpooler, printer: LabelPrinter, trouble: PrinterTrouble) -> None:
    until(lambda: cups.state(printer.queue).stopped_by is trouble)


@pytest.mark.parametrize(
    ("reasons", "trouble"),
    [
        (("media-empty", "media-needed"), PrinterTrouble.OUT_OF_PAPER),
        (("media-jam",), PrinterTrouble.JAM),
        (("cover-open",), PrinterTrouble.COVER_OPEN),
        (("marker-supply-empty",), PrinterTrouble.INK_EMPTY),
    ],
)
def test_a_printer_says_what_it_waits_for_and_goes_on_when_it_is_mended(
    cups: CupsSpooler,
    label_printer: LabelPrinter,
    reasons: tuple[str, ...],
    trouble: PrinterTrouble,
) -> None:
    label_printer.stop_with(*reasons)
    accepted = cups.submit(label_printer.queue, badge_sheet(), new_token())
    until_stopped(cups, label_printer, trouble)
    assert cups.job(label_printer.queue, accepted.id).state is SpooledState.PRINTING
    label_printer.go_on()
    until(label_printer.received)
    until(lambda: cups.state(label_printer.queue).troubles == ())


def test_a_printer_without_paper_is_told_that_its_badge_is_taken_back(
    cups: CupsSpooler, label_printer: LabelPrinter
) -> None:
    label_printer.stop_with("media-empty")
    accepted = cups.submit(label_printer.queue, badge_sheet(), new_token())
    until_stopped(cups, label_printer, PrinterTrouble.OUT_OF_PAPER)
    assert cups.cancel(label_printer.queue, accepted.id)
    until(label_printer.was_told_to_cancel)


def test_paper_put_in_after_the_badge_was_taken_back_is_noticed_without_another_badge(
    cups: CupsSpooler, label_printer: LabelPrinter
) -> None:
    label_printer.stop_with("media-empty")
    accepted = cups.submit(label_printer.queue, badge_sheet(), new_token())
    until_stopped(cups, label_printer, PrinterTrouble.OUT_OF_PAPER)
    cups.cancel(label_printer.queue, accepted.id)
    label_printer.go_on()
    until(lambda: cups.state(label_printer.queue).troubles == ())


def test_a_badge_that_is_coming_out_is_not_taken_back(
    cups: CupsSpooler, label_printer: LabelPrinter
) -> None:
    label_printer.stop_with()
    accepted = cups.submit(label_printer.queue, badge_sheet(), new_token())
    until(lambda: cups.job(label_printer.queue, accepted.id).state is SpooledState.PRINTING)
    until(lambda: cups.state(label_printer.queue).stopped_by is None)
    until(lambda: label_printer.names())
    assert cups.cancel(label_printer.queue, accepted.id) is False
    label_printer.go_on()
    until(label_printer.received)


def test_a_badge_for_a_printer_that_is_off_waits_and_can_be_taken_back(
    cups: CupsSpooler, label_printer: LabelPrinter
) -> None:
    label_printer.turn_off()
    accepted = cups.submit(label_printer.queue, badge_sheet("TAKEN BACK"), new_token())
    until_stopped(cups, label_printer, PrinterTrouble.OFFLINE)
    assert cups.cancel(label_printer.queue, accepted.id)
    label_printer.turn_on()
    cups.submit(label_printer.queue, badge_sheet("BEHIND"), new_token())
    until(label_printer.received)
    assert [page.codes for page in label_printer.received()] == [["BEHIND"]]


def test_a_paused_queue_takes_badges_and_says_that_it_is_paused(
    cups: CupsSpooler, print_system: PrintSystem, label_printer: LabelPrinter
) -> None:
    print_system.command("cupsdisable", label_printer.queue)
    accepted = cups.submit(label_printer.queue, badge_sheet(), new_token())
    state = cups.state(label_printer.queue)
    assert (state.activity, state.troubles) == (PrinterActivity.STOPPED, (PrinterTrouble.PAUSED,))
    assert cups.job(label_printer.queue, accepted.id).state is SpooledState.WAITING
    print_system.command("cupsenable", label_printer.queue)
    until(label_printer.received)


def test_a_closed_queue_refuses_badges_in_plain_words(
    cups: CupsSpooler, print_system: PrintSystem, label_printer: LabelPrinter
) -> None:
    print_system.command("cupsreject", label_printer.queue)
    assert cups.state(label_printer.queue).stopped_by is PrinterTrouble.REFUSES
    with pytest.raises(PrinterError, match="takes no jobs"):
        cups.submit(label_printer.queue, badge_sheet(), new_token())
    print_system.command("cupsaccept", label_printer.queue)
    cups.submit(label_printer.queue, badge_sheet(), new_token())
    until(label_printer.received)


def test_a_job_cancelled_in_the_print_settings_is_told(
    cups: CupsSpooler, print_system: PrintSystem, label_printer: LabelPrinter
) -> None:
    print_system.command("cupsdisable", label_printer.queue)
    accepted = cups.submit(label_printer.queue, badge_sheet(), new_token())
    print_system.command("cancel", accepted.id.partition("/")[0])
    assert cups.job(label_printer.queue, accepted.id).state is SpooledState.CANCELLED
    assert cups.cancel(label_printer.queue, accepted.id) is False


@pytest.mark.parametrize("size_mm", [(86.0, 54.0), (54.0, 86.0), (62.0, 100.0), (50.8, 25.4)])
def test_the_printer_is_told_the_paper_to_the_hundredth_of_a_millimetre(
    cups: CupsSpooler, label_printer: LabelPrinter, size_mm: tuple[float, float]
) -> None:
    cups.submit(label_printer.queue, badge_sheet("SIZE", *size_mm), new_token())
    until(label_printer.received)
    width, height = (round(length_mm * 100) for length_mm in size_mm)
    assert f"x-dimension={width} y-dimension={height}" in label_printer.asked()[0]


def test_a_label_wider_than_the_roll_comes_out_turned(
    cups: CupsSpooler, label_printer: LabelPrinter
) -> None:
    cups.submit(label_printer.queue, badge_sheet("WIDE", 100, 62), new_token())
    page = until(label_printer.received)[0]
    assert (page.width_mm, page.height_mm) == pytest.approx((62, 100), abs=0.1)
    assert page.codes == ["WIDE"]
    assert "x-dimension=6200 y-dimension=10000" in label_printer.asked()[0]


def test_a_badge_is_printed_whole_in_the_middle_of_larger_paper(
    cups: CupsSpooler, office_printer: OfficePrinter
) -> None:
    cups.submit(office_printer.queue, badge_sheet("SMALL", 86, 54), new_token())
    page = until(office_printer.received)[0]
    assert page.codes == ["SMALL"]
    assert page.code_sides_mm == pytest.approx((18, 18), abs=0.2)
    assert page.width_mm >= 86
    assert page.height_mm >= 54


def test_a_badge_that_is_too_large_for_the_printer_is_refused(
    cups: CupsSpooler, label_printer: LabelPrinter
) -> None:
    with pytest.raises(PrinterError, match="takes no paper of 400 × 400 mm"):
        cups.submit(label_printer.queue, badge_sheet("HUGE", 400, 400), new_token())


def test_an_office_printer_gets_front_and_back_on_one_sheet(
    cups: CupsSpooler, office_printer: OfficePrinter
) -> None:
    sheet = badge_sheet("A4", 210, 297, pages=2)
    cups.submit(office_printer.queue, sheet, new_token())
    front, back = until(office_printer.received)
    for page in (front, back):
        assert (page.width_mm, page.height_mm) == pytest.approx((210, 297), abs=0.1)
        assert page.codes == ["A4"]
        assert page.code_sides_mm == pytest.approx((18, 18), abs=0.2)
    assert "two-sided-long-edge" in office_printer.asked()[0]


def test_the_darkness_of_a_badge_reaches_the_printer_as_its_quality(
    cups: CupsSpooler, office_printer: OfficePrinter
) -> None:
    lightest, darkest = cups.abilities(office_printer.queue).densities or (0, 0)
    assert lightest < darkest
    sheet = badge_sheet("A4", 210, 297, density=darkest)
    cups.submit(office_printer.queue, sheet, new_token())
    until(office_printer.received)
    assert "quality=high" in office_printer.asked()[0]


def test_the_resolution_of_a_label_printer_is_known(
    cups: CupsSpooler, label_printer: LabelPrinter
) -> None:
    assert cups.abilities(label_printer.queue).dpi == 300


def test_a_queue_is_called_by_its_description_and_the_default_comes_first(
    cups: CupsSpooler, print_system: PrintSystem, label_printer: LabelPrinter
) -> None:
    print_system.command("lpadmin", "-p", label_printer.queue, "-D", "Badges at the door")
    print_system.command("lpadmin", "-d", label_printer.queue)
    first = cups.printers()[0]
    assert (first.id.address, first.title, first.is_default) == (
        label_printer.queue,
        "Badges at the door",
        True,
    )
    assert first.model


def test_the_number_of_a_forgotten_job_given_to_another_is_no_news_of_the_first(
    cups: CupsSpooler, label_printer: LabelPrinter
) -> None:
    accepted = cups.submit(label_printer.queue, badge_sheet(), new_token())
    until(label_printer.received)
    other = f"{accepted.id.partition('/')[0]}/{new_token()}"
    assert cups.job(label_printer.queue, other).state is SpooledState.UNKNOWN
    assert cups.cancel(label_printer.queue, other) is False


def test_nobody_is_told_that_a_badge_was_not_accepted_when_its_queue_was_removed(
    cups: CupsSpooler, print_system: PrintSystem
) -> None:
    printer, token = LabelPrinter(print_system), new_token()
    cups.submit(printer.queue, badge_sheet(), token)
    until(printer.received)
    printer.remove()
    with pytest.raises(PrinterError, match="knows no printer"):
        cups.find(printer.queue, token)


@pytest.fixture
def own_system(print_system: PrintSystem) -> Iterator[PrintSystem]:
    """A print system that a test may stop."""
    with running_print_system() as system:
        yield system


def test_a_print_system_that_is_down_is_told_and_its_badges_are_found_when_it_is_back(
    own_system: PrintSystem,
) -> None:
    printer = LabelPrinter(own_system)
    cups, token = CupsSpooler(own_system.server), new_token()
    own_system.command("cupsdisable", printer.queue)
    accepted = cups.submit(printer.queue, badge_sheet(), token)
    own_system.stop_server()

    assert cups.state(printer.queue).stopped_by is PrinterTrouble.OFFLINE
    assert cups.printers() == ()
    with pytest.raises(PrinterError, match="does not answer"):
        cups.submit(printer.queue, badge_sheet(), new_token())
    with pytest.raises(PrinterError):
        cups.find(printer.queue, token)

    own_system.start_server()
    found = cups.find(printer.queue, token)
    assert found is not None
    assert found.id == accepted.id
    own_system.command("cupsenable", printer.queue)
    until(printer.received)
    assert len(printer.received()) == 1


def test_without_cups_there_are_no_printers_and_nothing_breaks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    cups = CupsSpooler()
    assert cups.printers() == ()
    assert cups.state("any").stopped_by in (PrinterTrouble.GONE, PrinterTrouble.OFFLINE)
    with pytest.raises(PrinterError, match="no CUPS"):
        cups.submit("any", badge_sheet(), new_token())


def test_a_server_that_is_not_there_is_an_absent_printer(tmp_path: object) -> None:
    cups = CupsSpooler(f"{tmp_path}/no-such.sock")
    assert isinstance(cups.state("any"), PrinterState)
    assert cups.state("any").stopped_by in (PrinterTrouble.GONE, PrinterTrouble.OFFLINE)
    assert cups.printers() == ()
