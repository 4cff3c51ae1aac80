"""Badges for a Zebra printer: a real TCP server that understands ZPL."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from free_ports import free_port
from paper import Received, badge_sheet, until
from spooler_contract import (
    HASTY,
    PATIENT,
    SpoolerContract,
    final_state,
    new_token,
    submit_despite_stalls,
)
from zebra_printer import ZebraPrinter

from checkin_app.domain.printers import PrinterActivity, PrinterTrouble
from checkin_app.errors import PrinterError, PrinterUncertain
from checkin_app.printing.spooler import SpooledState
from checkin_app.printing.zebra.zebra_spooler import ZebraSpooler


class ZebraBench:
    """A Zebra printer on the desk.

    Attributes:
        hasty: another spooler, for when the printer is silent.
    """

    lists_printers = False
    sees_absence = True

    def __init__(self) -> None:
        self.printer = ZebraPrinter()
        self.spooler = ZebraSpooler(PATIENT)
        self.hasty = ZebraSpooler(HASTY)
        self.address = self.printer.address
        self.unknown_address = f"127.0.0.1:{free_port()}"

    def restarted(self) -> ZebraSpooler:
        return ZebraSpooler(PATIENT)

    def received(self) -> list[Received]:
        with self.printer.lock:
            return list(self.printer.printed)

    def public_names(self) -> list[str]:
        return list(self.printer.heard)

    def hold_back(self) -> None:
        self.printer.is_held = True
        self.printer.flags.add("pause")

    def go_on(self) -> None:
        self.printer.flags.discard("pause")
        self.printer.go_on()

    def take_away(self) -> None:
        self.printer.switch_off()

    def bring_back(self) -> None:
        self.printer.plug_in()


@pytest.fixture
def bench() -> Iterator[ZebraBench]:
    bench = ZebraBench()
    yield bench
    bench.printer.unplug()


class TestZebra(SpoolerContract):
    """Zebra printers keep the contract of all spoolers."""


def test_a_printer_with_300_dots_an_inch_prints_the_same_size() -> None:
    printer = ZebraPrinter(dots_per_mm=12, dpi=300)
    ZebraSpooler(PATIENT).submit(printer.address, badge_sheet("FINE"), new_token())
    page = until(lambda: printer.printed)[0]
    assert page.codes == ["FINE"]
    assert (page.width_mm, page.height_mm) == pytest.approx((86, 54), abs=0.1)
    assert ZebraSpooler(PATIENT).abilities(printer.address).dpi == 300
    printer.unplug()


def test_front_and_back_are_two_labels(bench: ZebraBench) -> None:
    bench.spooler.submit(bench.address, badge_sheet(pages=2), new_token())
    until(lambda: len(bench.received()) == 2)


def test_the_density_is_told_to_the_printer(bench: ZebraBench) -> None:
    assert bench.spooler.abilities(bench.address).densities == (0, 30)
    bench.spooler.submit(bench.address, badge_sheet(), new_token())
    assert bench.printer.darkness is None
    bench.spooler.submit(bench.address, replace(badge_sheet(), density=22), new_token())
    assert bench.printer.darkness == 22


@pytest.mark.parametrize(
    ("flags", "troubles"),
    [
        ({"paper out"}, (PrinterTrouble.OUT_OF_PAPER,)),
        ({"pause"}, (PrinterTrouble.PAUSED,)),
        ({"head open"}, (PrinterTrouble.COVER_OPEN,)),
        ({"ribbon out"}, (PrinterTrouble.INK_EMPTY,)),
        ({"buffer full"}, (PrinterTrouble.REFUSES,)),
        ({"hot"}, (PrinterTrouble.OTHER,)),
        (
            {"pause", "head open", "paper out"},
            (PrinterTrouble.COVER_OPEN, PrinterTrouble.OUT_OF_PAPER, PrinterTrouble.PAUSED),
        ),
    ],
)
def test_what_stops_the_printer_is_said_in_our_words(
    bench: ZebraBench, flags: set[str], troubles: tuple[PrinterTrouble, ...]
) -> None:
    bench.printer.flags = flags
    state = bench.spooler.state(bench.address)
    assert state.troubles == troubles
    assert state.activity is PrinterActivity.STOPPED


def test_a_printer_that_falls_silent_when_open_is_asked_another_way(bench: ZebraBench) -> None:
    bench.printer.is_mute, bench.printer.errors = True, 0x4
    until(lambda: bench.hasty.state(bench.address).stopped_by is PrinterTrouble.COVER_OPEN)


def test_a_printer_that_says_nothing_is_no_good_printer(bench: ZebraBench) -> None:
    bench.printer.is_mute = True
    assert bench.hasty.state(bench.address).stopped_by is PrinterTrouble.OTHER
    with pytest.raises(PrinterError, match="takes no label") as refusal:
        bench.hasty.submit(bench.address, badge_sheet(), new_token())
    assert not isinstance(refusal.value, PrinterUncertain)


def test_a_job_is_done_when_the_printer_has_nothing_left(bench: ZebraBench) -> None:
    bench.hold_back()
    job = bench.spooler.submit(bench.address, badge_sheet(), new_token())
    assert bench.spooler.job(bench.address, job.id).state is SpooledState.PRINTING
    bench.go_on()
    assert final_state(bench, job) is SpooledState.DONE
    assert bench.spooler.job(bench.address, job.id).state is SpooledState.DONE


def test_a_job_of_a_printer_that_was_switched_off_meanwhile_is_not_called_done(
    bench: ZebraBench,
) -> None:
    bench.hold_back()
    job = bench.spooler.submit(bench.address, badge_sheet(), new_token())
    bench.take_away()
    assert bench.spooler.job(bench.address, job.id).state is SpooledState.PRINTING
    bench.bring_back()
    bench.go_on()
    assert bench.spooler.job(bench.address, job.id).state is SpooledState.UNKNOWN


def test_the_only_label_of_a_printer_that_stands_still_can_be_taken_back(
    bench: ZebraBench,
) -> None:
    bench.hold_back()
    job = bench.spooler.submit(bench.address, badge_sheet("TAKEN BACK"), new_token())
    assert bench.spooler.cancel(bench.address, job.id)
    bench.go_on()
    bench.spooler.submit(bench.address, badge_sheet("BEHIND"), new_token())
    until(bench.received)
    assert [page.codes for page in bench.received()] == [["BEHIND"]]


def test_one_of_several_labels_can_be_taken_back_and_the_others_keep_their_order(
    bench: ZebraBench,
) -> None:
    bench.hold_back()
    jobs = [
        bench.spooler.submit(bench.address, badge_sheet(code), new_token())
        for code in ("FIRST", "TAKEN BACK", "THIRD")
    ]
    assert bench.spooler.cancel(bench.address, jobs[1].id)
    assert bench.spooler.job(bench.address, jobs[1].id).state is SpooledState.CANCELLED
    bench.go_on()
    until(lambda: len(bench.received()) == 2)
    assert [page.codes for page in bench.received()] == [["FIRST"], ["THIRD"]]
    assert final_state(bench, jobs[2]) is SpooledState.DONE


def test_a_label_is_not_taken_back_where_another_desk_waits_for_its_own(bench: ZebraBench) -> None:
    bench.hold_back()
    job = bench.spooler.submit(bench.address, badge_sheet(), new_token())
    bench.restarted().submit(bench.address, badge_sheet("OF ANOTHER DESK"), new_token())
    assert not bench.spooler.cancel(bench.address, job.id)
    bench.go_on()
    until(lambda: len(bench.received()) == 2)


def test_a_printer_that_fails_when_it_gets_the_others_again_fails_them(bench: ZebraBench) -> None:
    bench.hold_back()
    taken_back = bench.spooler.submit(bench.address, badge_sheet(), new_token())
    other = bench.spooler.submit(bench.address, badge_sheet(), new_token())
    bench.printer.hangs_up_after = 200
    assert bench.spooler.cancel(bench.address, taken_back.id)
    assert bench.spooler.job(bench.address, other.id).state is SpooledState.FAILED


def test_the_first_of_two_labels_is_done_while_the_second_waits(bench: ZebraBench) -> None:
    first = bench.spooler.submit(bench.address, badge_sheet("FIRST"), new_token())
    bench.printer.is_held = True
    second = bench.spooler.submit(bench.address, badge_sheet("SECOND"), new_token())
    assert bench.spooler.job(bench.address, first.id).state is SpooledState.DONE
    assert bench.spooler.job(bench.address, second.id).state is SpooledState.PRINTING
    bench.go_on()
    assert final_state(bench, second) is SpooledState.DONE


@pytest.mark.parametrize("bytes_read", [60, 400, 1500])
def test_a_printer_that_stops_reading_in_a_label_prints_nothing(
    bench: ZebraBench, bytes_read: int
) -> None:
    bench.printer.stops_reading_after = bytes_read
    with pytest.raises(PrinterError) as failure:
        bench.hasty.submit(bench.address, badge_sheet(), new_token())
    assert not isinstance(failure.value, PrinterUncertain)
    assert "^XZ" not in bench.printer.heard


@pytest.mark.parametrize("bytes_read", [0, 1, 60, 400, 1500])
def test_a_printer_that_hangs_up_in_a_label_prints_nothing(
    bench: ZebraBench, bytes_read: int
) -> None:
    bench.printer.hangs_up_after = bytes_read
    with pytest.raises(PrinterError) as failure:
        bench.spooler.submit(bench.address, badge_sheet(), new_token())
    assert not isinstance(failure.value, PrinterUncertain)
    assert "^XZ" not in bench.printer.heard


@pytest.mark.parametrize("bytes_read", [1, 1200])
def test_a_printer_that_says_goodbye_in_a_label_prints_nothing(
    bench: ZebraBench, bytes_read: int
) -> None:
    bench.printer.falls_silent_after = bytes_read
    with pytest.raises(PrinterError) as failure:
        bench.spooler.submit(bench.address, badge_sheet(), new_token())
    assert not isinstance(failure.value, PrinterUncertain)
    assert "^XZ" not in bench.printer.heard


def test_a_printer_that_reads_slowly_but_steadily_gets_its_label(bench: ZebraBench) -> None:
    bench.printer.pause_s = 0.05
    hasty_on_its_way = ZebraSpooler(replace(PATIENT, taking=0.3))
    submit_despite_stalls(hasty_on_its_way, bench.address, badge_sheet("SLOW"))
    pages = until(bench.received)
    assert {tuple(page.codes) for page in pages} == {("SLOW",)}


def test_the_rest_of_a_broken_label_does_not_swallow_the_next(bench: ZebraBench) -> None:
    bench.printer.hangs_up_after = 400
    with pytest.raises(PrinterError):
        bench.spooler.submit(bench.address, badge_sheet("BROKEN"), new_token())
    bench.printer.hangs_up_after = None
    ours = ZebraSpooler(replace(PATIENT, others=0))
    ours.submit(bench.address, badge_sheet("WHOLE"), new_token())
    until(bench.received)
    assert [page.codes for page in bench.received()] == [["WHOLE"]]
    assert "~JX" in bench.printer.heard


def test_a_label_that_another_desk_is_just_sending_is_left_alone(bench: ZebraBench) -> None:
    with (
        socket.create_connection(("127.0.0.1", bench.printer.port)) as other_desk,
        ThreadPoolExecutor(1) as lane,
    ):
        other_desk.sendall(b"^XA^PW16^LL2^FO0,0^GFA,4,4,2,FFFFFFFF^FS")
        until(lambda: "^GF" in bench.printer.heard)
        ours = lane.submit(bench.spooler.submit, bench.address, badge_sheet("OURS"), new_token())
        until(lambda: "~HS" in bench.printer.heard)
        other_desk.sendall(b"^XZ")
        ours.result()
    assert "~JX" not in bench.printer.heard
    assert [page.codes for page in bench.received()] == [[], ["OURS"]]


def test_silence_after_the_end_of_a_label_is_a_doubt(bench: ZebraBench) -> None:
    bench.printer.mute_after_end = True

    def doubt() -> str:
        try:
            bench.hasty.submit(bench.address, badge_sheet(), new_token())
        except PrinterUncertain as uncertain:
            return str(uncertain)
        except PrinterError:  # this machine stalled before the end of the label
            return ""
        return "no doubt"

    assert "Look whether the badge came out" in until(doubt)
    until(bench.received)
    assert len(bench.received()) == 1


@pytest.mark.parametrize("address", ["", "a b", "http://printer/", "printer:99999", "printer:0"])
def test_what_is_no_address_is_refused_with_an_example(address: str) -> None:
    with pytest.raises(PrinterError, match="Write it like"):
        ZebraSpooler().state(address)
