"""What every spooler owes the print queue, whoever stands behind it.

A test module subclasses ``SpoolerContract`` and gives it a fixture ``bench``: the spooler under
test with a printer at its other end.
"""

from __future__ import annotations

import uuid
from typing import Protocol

import pytest
from paper import CODE_MM, PERSON, Received, badge_sheet, until

from checkin_app.domain.printers import BadgeSheet, PrinterId, PrinterTrouble
from checkin_app.errors import PrinterError
from checkin_app.printing.printer_connection import Patience
from checkin_app.printing.spooler import SpooledJob, SpooledState, Spooler

AWAY = (PrinterTrouble.OFFLINE, PrinterTrouble.GONE)
OVER = (SpooledState.DONE, SpooledState.FAILED, SpooledState.CANCELLED)

TOLERANCE_MM = 0.3
"""Two dots of a label printer with 203 dots an inch, and some rounding."""


PATIENT = Patience(connecting=60, answering=60, taking=60, ending=60, others=60)
"""With a printer that answers: it runs in this process, which the machine may stall."""

HASTY = Patience(connecting=60, answering=0.3, taking=0.3, ending=0.3, others=60)
"""With a printer that is silent: whatever the machine does, the end is the same."""


class PrinterBench(Protocol):
    """A spooler and its printer on the test bench.

    Attributes:
        address: of the printer, as the spooler calls it.
        unknown_address: of the same kind, but there is no printer.
        lists_printers: ``Spooler.printers`` finds this printer without being told of it.
        sees_absence: ``Spooler.state`` notices a printer that is away before a badge is sent.
    """

    address: str
    unknown_address: str
    lists_printers: bool
    sees_absence: bool

    @property
    def spooler(self) -> Spooler:
        """The spooler; always the same one."""

    def restarted(self) -> Spooler:
        """Another one like it, which has seen nothing of what the first did."""

    def received(self) -> list[Received]:
        """The pages that came out so far, oldest first."""

    def public_names(self) -> list[str]:
        """All that others may read of the jobs: names of jobs, of files."""

    def hold_back(self) -> None:
        """The printer goes on accepting, but what it accepts does not come out."""

    def go_on(self) -> None:
        """What was held back comes out."""

    def take_away(self) -> None:
        """The printer is unplugged."""

    def bring_back(self) -> None:
        """It is plugged in again."""


def new_token() -> str:
    """A token as the queue makes them."""
    return uuid.uuid4().hex


class SpoolerContract:
    """Holds for every spooler."""

    def test_an_accepted_badge_comes_out_once(self, bench: PrinterBench) -> None:
        accepted = bench.spooler.submit(bench.address, badge_sheet(), new_token())
        assert accepted.id
        assert accepted.state not in (SpooledState.FAILED, SpooledState.CANCELLED)
        until(bench.received)
        assert final_state(bench, accepted) in (SpooledState.DONE, SpooledState.UNKNOWN)
        assert len(bench.received()) == 1

    @pytest.mark.parametrize(
        ("width_mm", "height_mm"), [(54.0, 86.0), (86.0, 54.0), (62.0, 100.0), (50.8, 25.4)]
    )
    def test_a_label_comes_out_in_its_own_size(
        self, bench: PrinterBench, width_mm: float, height_mm: float
    ) -> None:
        bench.spooler.submit(bench.address, badge_sheet("SIZE", width_mm, height_mm), new_token())
        page = until(bench.received)[0]
        assert page.codes == ["SIZE"]
        assert page.code_sides_mm == pytest.approx((CODE_MM, CODE_MM), abs=2 * TOLERANCE_MM)
        # Label printers turn what is wider than their roll.
        assert sorted((page.width_mm, page.height_mm)) == pytest.approx(
            sorted((width_mm, height_mm)), abs=TOLERANCE_MM
        )

    def test_badges_come_out_in_the_order_in_which_they_were_accepted(
        self, bench: PrinterBench
    ) -> None:
        codes = ["FIRST", "SECOND", "THIRD"]
        for code in codes:
            bench.spooler.submit(bench.address, badge_sheet(code), new_token())
        until(lambda: len(bench.received()) == len(codes))
        assert [page.codes for page in bench.received()] == [[code] for code in codes]

    def test_an_accepted_badge_is_found_by_its_token(self, bench: PrinterBench) -> None:
        token = new_token()
        bench.spooler.submit(bench.address, badge_sheet(), new_token())
        accepted = bench.spooler.submit(bench.address, badge_sheet(), token)
        found = bench.spooler.find(bench.address, token)
        assert (found.id if found else None) == (accepted.id if bench.spooler.remembers else None)

    def test_a_badge_is_found_after_a_restart_also_when_it_is_done(
        self, bench: PrinterBench
    ) -> None:
        token = new_token()
        accepted = bench.spooler.submit(bench.address, badge_sheet(), token)
        until(bench.received)
        final_state(bench, accepted)
        found = bench.restarted().find(bench.address, token)
        if bench.spooler.remembers:
            assert found is not None
            assert (found.id, found.state) == (accepted.id, SpooledState.DONE)
        else:
            assert found is None

    def test_a_token_that_nobody_sent_is_not_found(self, bench: PrinterBench) -> None:
        bench.spooler.submit(bench.address, badge_sheet(), new_token())
        assert bench.spooler.find(bench.address, new_token()) is None

    def test_a_job_that_nobody_sent_is_unknown(self, bench: PrinterBench) -> None:
        assert bench.spooler.job(bench.address, "99999").state is SpooledState.UNKNOWN

    def test_a_badge_taken_back_does_not_come_out_unless_it_was_too_late(
        self, bench: PrinterBench
    ) -> None:
        bench.hold_back()
        bench.spooler.submit(bench.address, badge_sheet("AHEAD"), new_token())
        accepted = bench.spooler.submit(bench.address, badge_sheet("TAKEN BACK"), new_token())
        was_taken_back = bench.spooler.cancel(bench.address, accepted.id)
        bench.go_on()
        bench.spooler.submit(bench.address, badge_sheet("BEHIND"), new_token())
        until(lambda: ["BEHIND"] in printed_codes(bench))
        assert (["TAKEN BACK"] in printed_codes(bench)) is not was_taken_back
        if was_taken_back:
            assert bench.spooler.job(bench.address, accepted.id).state in (
                SpooledState.CANCELLED,
                SpooledState.UNKNOWN,
            )

    def test_a_badge_that_came_out_cannot_be_taken_back(self, bench: PrinterBench) -> None:
        accepted = bench.spooler.submit(bench.address, badge_sheet(), new_token())
        until(bench.received)
        final_state(bench, accepted)
        assert bench.spooler.cancel(bench.address, accepted.id) is False

    def test_a_ready_printer_has_no_trouble_that_stops_it(self, bench: PrinterBench) -> None:
        state = bench.spooler.state(bench.address)
        assert state.printer == PrinterId(bench.spooler.kind, bench.address)
        assert state.stopped_by is None, state

    def test_a_printer_nobody_knows_is_away_and_takes_nothing(self, bench: PrinterBench) -> None:
        assert bench.spooler.state(bench.unknown_address).stopped_by in AWAY
        with pytest.raises(PrinterError):
            bench.spooler.submit(bench.unknown_address, badge_sheet(), new_token())

    def test_a_badge_for_a_printer_that_is_away_is_refused_or_comes_out_when_it_is_back(
        self, bench: PrinterBench
    ) -> None:
        bench.take_away()
        if bench.sees_absence:
            assert bench.spooler.state(bench.address).stopped_by in AWAY
        refusal = submitted_or_refused(bench, badge_sheet("LATER"))
        if refusal:
            assert refusal.endswith(".")
            bench.bring_back()
            bench.spooler.submit(bench.address, badge_sheet("LATER"), new_token())
        else:
            until(lambda: bench.spooler.state(bench.address).stopped_by in AWAY)
            bench.bring_back()
        until(bench.received)
        assert printed_codes(bench) == [["LATER"]]
        until(lambda: bench.spooler.state(bench.address).stopped_by is None)

    def test_the_printer_is_among_those_to_choose_from(self, bench: PrinterBench) -> None:
        found = {printer.id: printer for printer in bench.spooler.printers()}
        assert all(printer.spooler is bench.spooler.kind for printer in found)
        assert all(printer.title for printer in found.values())
        if bench.lists_printers:
            assert PrinterId(bench.spooler.kind, bench.address) in found

    def test_what_may_be_asked_of_a_printer_makes_sense(self, bench: PrinterBench) -> None:
        abilities = bench.spooler.abilities(bench.address)
        assert abilities.dpi == 0 or 100 <= abilities.dpi <= 2400
        if abilities.densities is not None:
            lowest, highest = abilities.densities
            assert lowest < highest

    def test_nothing_outside_the_badge_names_the_person(self, bench: PrinterBench) -> None:
        accepted = bench.spooler.submit(bench.address, badge_sheet(), new_token())
        until(bench.received)
        state = bench.spooler.state(bench.address)
        words = [*bench.public_names(), accepted.id, accepted.detail, state.detail]
        for part in PERSON.split():
            assert not [word for word in words if part.lower() in word.lower()]


def printed_codes(bench: PrinterBench) -> list[list[str]]:
    """The codes of each page that came out."""
    return [page.codes for page in bench.received()]


def final_state(bench: PrinterBench, accepted: SpooledJob) -> SpooledState:
    """What became of a job, once that is settled."""

    def settled() -> SpooledState | None:
        state = bench.spooler.job(bench.address, accepted.id).state
        return state if state in (*OVER, SpooledState.UNKNOWN) else None

    return until(settled)


def submit_despite_stalls(spooler: Spooler, address: str, sheet: BadgeSheet) -> None:
    """Send a badge with little patience: a machine that stalls is a silent printer, too."""

    def is_accepted() -> bool:
        try:
            spooler.submit(address, sheet, new_token())
        except PrinterError:
            return False
        return True

    until(is_accepted)


def submitted_or_refused(bench: PrinterBench, sheet: BadgeSheet) -> str:
    """Why a badge was not accepted; empty when it was."""
    try:
        bench.spooler.submit(bench.address, sheet, new_token())
    except PrinterError as error:
        return str(error)
    return ""
