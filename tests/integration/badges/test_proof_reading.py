"""What is read back from a finished file: everything, and whatever is not as it should be."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from multiprocessing.process import BaseProcess
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.document import BadgeDocument, write_badges
from checkin_app.badges.layouts.built_in import built_in_layout
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_elements import Code128, CodeFormat, QrCode
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.badge_layout import BadgeDesign, BadgeLayout, Part
from checkin_app.domain.badges.imposition import Duplex, Imposition, PrinterOffset
from checkin_app.domain.badges.stock import A6_ON_A4, A6_SINGLE, CARD_ON_A4, Fold, Stock
from checkin_app.domain.programme import Event
from checkin_app.domain.tickets.codes import code_from_bits
from checkin_app.errors import Cancelled, PictureError
from checkin_app.gui.background.process_work import run_in_process
from checkin_app.services.bulk_badges.badge_printing import BadgeJob, run_badge_job, run_proof_sheet
from checkin_app.services.bulk_badges.proof_readers import ProofReaders
from checkin_app.services.bulk_badges.proof_reading import (
    ProofSettings,
    chunks,
    has_codes,
    proof_settings,
)

MEETING = Event("European Meeting", "Europe/Brussels", date(2024, 5, 6), date(2024, 5, 6))
TEN = 10


def people(count: int) -> tuple[Attendee, ...]:
    return tuple(
        Attendee(
            id=f"{number:032x}",
            code=code_from_bits((number + 1) * 0x9E3779B97F4A7C15F39CC06 % 2**100),
            first_name="Żaneta",
            last_name=f"Ó Súilleabháin {number}",
            organisation=f"Organisation {number}",
            email=f"person{number}@example.org",
        )
        for number in range(count)
    )


def layout(front: tuple[Part, ...], back: tuple[Part, ...] = ()) -> BadgeLayout:
    colours = {"ink": "#000000", "no_category": "#333333"}
    return BadgeLayout("test", "Test", (BadgeDesign(85, 54, front, back),), colours)


def plan(
    design: BadgeLayout | None = None, stock: Stock = CARD_ON_A4, **choices: object
) -> BadgePlan:
    imposition = Imposition(**choices)  # type: ignore[arg-type]
    return BadgePlan(design or built_in_layout(), stock, MEETING, imposition)


def misread(document: BadgeDocument, design: BadgePlan, readers: int = 0) -> list[int]:
    """Numbers of the slots that are not as they should be."""
    with ProofReaders(readers) as process:
        found = process.read(
            chunks(document), proof_settings(document, design), lambda _more: None, lambda: False
        )
    assert found is not None
    return list(found)


VCARD = Part(QrCode(Box(48, 4, 36, 36), format=CodeFormat.VCARD))
BARS = Part(Code128(Box(3, 35, 79, 14)))
UPRIGHT_BARS = Part(Code128(Box(16, 20, 52, 14), rotation_deg=90))
SMALL = Part(QrCode(Box(70, 20, 11, 11)))
TURNED = Part(QrCode(Box(10, 10, 20, 20), rotation_deg=33))
SAME_FOR_ALL = Part(QrCode(Box(5, 5, 20, 20), content="https://example.org/programme"))


@pytest.mark.parametrize(
    ("design", "stock", "choices"),
    [
        (None, CARD_ON_A4, {}),
        (None, A6_ON_A4, {"copies": 2, "first_slot": 3}),
        (None, A6_SINGLE, {}),
        (None, CARD_ON_A4, {"offset": PrinterOffset(4, -3, 0.97, 1.03)}),
        (layout((VCARD,)), CARD_ON_A4, {}),
        (layout((BARS,)), CARD_ON_A4, {}),
        (layout((UPRIGHT_BARS,)), CARD_ON_A4, {}),
        (layout((SMALL, BARS, SAME_FOR_ALL)), CARD_ON_A4, {}),
        (layout((TURNED, VCARD)), CARD_ON_A4, {}),
        (layout((SMALL,), (VCARD,)), CARD_ON_A4, {"duplex": Duplex.LONG_EDGE}),
        (layout((SMALL,), (VCARD,)), CARD_ON_A4, {"duplex": Duplex.SHORT_EDGE}),
        (layout((SMALL,), (VCARD,)), replace(CARD_ON_A4, rows=2, pitch_y_mm=110), {}),
    ],
)
def test_every_code_of_a_good_file_is_read(
    tmp_path: Path, design: BadgeLayout | None, stock: Stock, choices: dict[str, object]
) -> None:
    made = plan(design, stock, **choices)
    report = run_badge_job(BadgeJob(tmp_path / "badges.pdf", people(13), made))
    assert report.misread == ()
    assert report.proof_read == report.badges == 13 * made.imposition.copies


def test_both_faces_of_a_folded_badge_are_read(tmp_path: Path) -> None:
    tent = replace(
        CARD_ON_A4, badge_height_mm=108, rows=2, pitch_y_mm=110, fold=Fold.TENT, columns=1
    )
    made = plan(layout((SMALL,), (VCARD,)), tent)
    document = write_badges(tmp_path / "badges.pdf", people(3), made)
    assert len(document.slots) == 6
    assert misread(document, made) == []


def test_a_layout_without_codes_has_nothing_to_be_read(tmp_path: Path) -> None:
    made = plan(layout(()))
    assert not has_codes(made)
    report = run_badge_job(BadgeJob(tmp_path / "badges.pdf", people(3), made))
    assert (report.proof_read, report.misread) == (None, ())


# Files that are not as they should be


def test_two_exchanged_codes_are_both_caught(tmp_path: Path) -> None:
    document = write_badges(tmp_path / "badges.pdf", exchanged(people(25), 3, 14), plan())
    document = with_slots_of(document, people(25))
    assert misread(document, plan()) == [3, 14]


@settings(max_examples=15)
@given(st.permutations(range(12)))
def test_whoever_has_the_code_of_another_is_named(
    tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    everybody = people(12)
    mixed = [replace(everybody[at], code=everybody[other].code) for at, other in enumerate(order)]
    path = tmp_path_factory.mktemp("mixed") / "badges.pdf"
    document = with_slots_of(write_badges(path, mixed, plan()), everybody)
    wrong = [place for place, other in enumerate(order) if place != other]
    assert misread(document, plan()) == wrong


def test_badges_that_are_shifted_by_one_slot_are_caught(tmp_path: Path) -> None:
    meant = write_badges(tmp_path / "meant.pdf", people(12), plan())
    shifted = write_badges(tmp_path / "shifted.pdf", people(12), plan(first_slot=2))
    assert misread(replace(meant, file=shifted.file), plan()) == list(range(12))


def test_a_page_that_is_printed_elsewhere_is_caught(tmp_path: Path) -> None:
    right = write_badges(tmp_path / "right.pdf", people(10), plan())
    moved = plan(offset=PrinterOffset(right_mm=-100))
    document = write_badges(tmp_path / "moved.pdf", people(10), moved)
    assert misread(document, moved) != []
    assert len(misread(replace(right, file=document.file), plan())) == 10


def test_exchanged_pages_are_caught(tmp_path: Path) -> None:
    document = write_badges(tmp_path / "badges.pdf", people(30), plan())
    with pikepdf.open(document.file, allow_overwriting_input=True) as pdf:
        pdf.pages.reverse()
        pdf.save(document.file)
    assert misread(document, plan()) == [*range(10), *range(20, 30)]


def test_a_code_that_is_painted_over_is_unreadable(tmp_path: Path) -> None:
    document = write_badges(tmp_path / "badges.pdf", people(20), plan())
    paint_over(document, 13)
    assert misread(document, plan()) == [13]


def test_a_second_code_in_a_slot_is_caught(tmp_path: Path) -> None:
    made = plan(layout((SMALL, SAME_FOR_ALL)))
    document = write_badges(tmp_path / "badges.pdf", people(4), made)
    expected = write_badges(tmp_path / "other.pdf", people(4), plan(layout((SMALL,))))
    assert misread(replace(document, slots=expected.slots), made) == [0, 1, 2, 3]


def test_a_badge_whose_code_cannot_be_printed_is_named_once(tmp_path: Path) -> None:
    crowd = (*people(2), Attendee("e" * 32, "", last_name="Codeless"))
    job = BadgeJob(tmp_path / "badges.pdf", crowd, plan(copies=3))
    report = run_badge_job(job)
    assert report.misread == ("e" * 32,)
    assert (report.badges, report.proof_read) == (9, 6)
    assert [slot.slot for slot in report.misread_slots] == [7, 8, 9]


# Proofs


def test_a_proof_is_one_sheet_of_the_most_telling_badges(tmp_path: Path) -> None:
    crowd = (*people(40), Attendee("f" * 32, "CODE", "", "Wolfgang-Maximilian", "Wohlgemuth"))
    whole = plan(copies=2, first_slot=4, cut_and_stack=False, offset=PrinterOffset(1, 1))
    proof = run_proof_sheet(BadgeJob(tmp_path / "proof.pdf", crowd, whole))
    assert proof.picks[0] == (crowd[-1], "longest name")
    report = proof.report
    assert (report.badges, report.sheets, report.proof_read) == (10, 1, 10)
    assert len(proof.picks) == 10


def test_a_proof_of_single_badges_takes_a_few_pages(tmp_path: Path) -> None:
    proof = run_proof_sheet(BadgeJob(tmp_path / "proof.pdf", people(40), plan(stock=A6_SINGLE)))
    assert (proof.report.badges, proof.report.sheets) == (4, 4)


# Readers


def test_readers_beside_find_the_same(tmp_path: Path) -> None:
    document = write_badges(tmp_path / "badges.pdf", exchanged(people(300), 7, 290), plan())
    document = with_slots_of(document, people(300))
    assert misread(document, plan(), readers=2) == [7, 290]


@pytest.fixture
def readers_alive() -> Callable[[], list[BaseProcess]]:
    """The processes that a test started and that are still there; others may be from before."""
    before = set(multiprocessing.active_children())
    return lambda: [one for one in multiprocessing.active_children() if one not in before]


def test_what_a_dying_reader_had_is_read_all_the_same(
    tmp_path: Path, readers_alive: Callable[[], list[BaseProcess]]
) -> None:
    document = write_badges(tmp_path / "badges.pdf", exchanged(people(300), 7, 290), plan())
    document = with_slots_of(document, people(300))
    with ProofReaders(2) as readers:
        doomed = readers_alive()
        assert len(doomed) == 2

        def chunks_with_a_murder() -> Iterator[object]:
            for number, chunk in enumerate(chunks(document)):
                if number == 2:
                    for process in doomed:
                        process.kill()
                yield chunk

        read = 0

        def count(more: int) -> None:
            nonlocal read
            read += more

        found = readers.read(
            chunks_with_a_murder(),  # type: ignore[arg-type]
            proof_settings(document, plan()),
            count,
            lambda: False,
        )
    assert found == (7, 290)
    assert read == 300
    assert readers_alive() == []


def test_cancelling_ends_the_readers_and_leaves_no_file(
    tmp_path: Path, readers_alive: Callable[[], list[BaseProcess]]
) -> None:
    job = BadgeJob(tmp_path / "badges.pdf", people(220), plan())
    done_of_all: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        done_of_all.append((done, total))

    with pytest.raises(Cancelled):
        run_badge_job(job, progress, lambda: any(done > total for done, total in done_of_all))
    assert list(tmp_path.iterdir()) == []
    assert readers_alive() == []


def test_progress_counts_what_is_drawn_and_then_what_is_read(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    job = BadgeJob(tmp_path / "badges.pdf", people(230), plan())
    run_badge_job(job, lambda done, total: seen.append((done, total)))
    assert {total for _done, total in seen} == {230}
    assert [done for done, _total in seen] == sorted(done for done, _total in seen)
    assert seen[-1] == (460, 230)


def test_the_windows_process_may_have_readers_of_its_own(tmp_path: Path) -> None:
    seen: list[int] = []
    job = BadgeJob(tmp_path / "badges.pdf", people(230), plan())
    report = run_in_process(
        run_badge_job, (job,), lambda done, _total: seen.append(done), lambda: False
    )
    assert (report.proof_read, report.misread) == (230, ())
    assert seen[-1] == 460


def test_a_damaged_file_is_told_in_words(tmp_path: Path) -> None:
    document = write_badges(tmp_path / "badges.pdf", people(3), plan())
    document.file.write_bytes(document.file.read_bytes()[:500])
    with pytest.raises(PictureError, match=r"badges\.pdf"):
        misread(document, plan())


@pytest.mark.skipif(os.name == "nt", reason="signals are sent differently there")
def test_ctrl_c_at_the_terminal_does_not_reach_the_readers(
    tmp_path: Path, readers_alive: Callable[[], list[BaseProcess]]
) -> None:
    document = write_badges(tmp_path / "badges.pdf", people(200), plan())
    with ProofReaders(1) as readers:
        settings_ = proof_settings(document, plan())
        for _ in range(2):
            assert readers.read(chunks(document), settings_, lambda _: None, lambda: False) == ()
            (process,) = readers_alive()
            assert process.pid is not None
            os.kill(process.pid, signal.SIGINT)


def test_the_finer_the_modules_the_finer_the_look(tmp_path: Path) -> None:
    def dpi(design: BadgeLayout) -> float:
        made = plan(design)
        document = write_badges(tmp_path / "badges.pdf", people(1), made)
        found: ProofSettings = proof_settings(document, made)
        return found.dpi

    large, small = Part(QrCode(Box(5, 5, 40, 40))), Part(QrCode(Box(5, 5, 8, 8)))
    assert dpi(layout((large,))) < dpi(layout((VCARD,))) < dpi(layout((small,)))
    assert dpi(layout((large, small))) == dpi(layout((small,)))


def exchanged(everybody: tuple[Attendee, ...], one: int, other: int) -> tuple[Attendee, ...]:
    """The same people, two of them with each other's code."""
    mixed = list(everybody)
    mixed[one] = replace(everybody[one], code=everybody[other].code)
    mixed[other] = replace(everybody[other], code=everybody[one].code)
    return tuple(mixed)


def with_slots_of(document: BadgeDocument, meant: tuple[Attendee, ...]) -> BadgeDocument:
    """A file as if it had been meant for these people."""
    slots = [
        replace(slot, codes=(person.code,))
        for slot, person in zip(document.slots, meant, strict=True)
    ]
    return replace(document, slots=slots)


def paint_over(document: BadgeDocument, number: int) -> None:
    """Covers one badge with white."""
    slot = document.slots[number]
    mm = 72 / 25.4
    with pikepdf.open(document.file, allow_overwriting_input=True) as pdf:
        page = pdf.pages[slot.page]
        bottom_mm = float(page.mediabox[3]) / mm - slot.box.bottom_mm
        corner_and_size = (slot.box.x_mm, bottom_mm, slot.box.width_mm, slot.box.height_mm)
        numbers = " ".join(f"{length * mm:.2f}" for length in corner_and_size)
        page.contents_add(pikepdf.Stream(pdf, f"q 1 g {numbers} re f Q".encode()))
        pdf.save(document.file)
