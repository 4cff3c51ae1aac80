"""A badge PDF, against the least a bare ReportLab canvas needs for the same texts and codes."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.layouts import built_in_layout
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.lengths import POINTS_PER_MM
from checkin_app.domain.stock import CARD_ON_A4
from checkin_app.resource_files import resource_path
from checkin_app.services.badge_printing import BadgeJob, run_badge_job
from tests.benchmarks.figures import Figure, against_floor, median
from tests.benchmarks.people import EVENT, people

_QR_SIDE = 20 * POINTS_PER_MM


def measure(folder: Path, badges: int, rounds: int) -> list[Figure]:
    """Print the same people bare, without and with proof-reading, in turn."""
    attendees = attendees_to_print(badges)
    bare, plain, proofed = [], [], []
    for _ in range(rounds):
        bare.append(_seconds(lambda: bare_badges(folder / "bare.pdf", attendees)))
        plain.append(_seconds(lambda: print_badges(folder / "ours.pdf", attendees, proof=False)))
        proofed.append(_seconds(lambda: print_badges(folder / "ours.pdf", attendees, proof=True)))
    return [
        against_floor(f"{badges:,} badges", median(plain), median(bare), "s"),
        against_floor(f"{badges:,} badges, proof-read", median(proofed), median(bare), "s"),
    ]


def attendees_to_print(badges: int) -> tuple[Attendee, ...]:
    """People with the ids that a badge job asks for."""
    return tuple(replace(p, id=f"{n:032x}") for n, p in enumerate(people(badges)))


def print_badges(file: Path, attendees: tuple[Attendee, ...], *, proof: bool) -> None:
    """The program's own way."""
    plan = BadgePlan(built_in_layout(), CARD_ON_A4, EVENT)
    report = run_badge_job(BadgeJob(file, attendees, plan, proof=proof))
    assert report.badges == len(attendees)
    assert not report.misread


def bare_badges(file: Path, attendees: tuple[Attendee, ...]) -> None:
    """The floor: texts of one size, codes by zxing as image masks, nothing fitted or checked."""
    import zxingcpp
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Bare", str(resource_path("fonts", "Inter-Regular.ttf"))))
    canvas = Canvas(str(file), pagesize=A4, pageCompression=1, initialFontName="Bare")
    for place, person in enumerate(attendees):
        slot = place % CARD_ON_A4.slots
        if place and not slot:
            canvas.showPage()
        column, row = slot % CARD_ON_A4.columns, slot // CARD_ON_A4.columns
        x = (CARD_ON_A4.left_mm + column * CARD_ON_A4.pitch_x_mm + 4) * POINTS_PER_MM
        y = A4[1] - (CARD_ON_A4.top_mm + row * CARD_ON_A4.pitch_y_mm + 12) * POINTS_PER_MM
        canvas.setFont("Bare", 16)
        canvas.drawString(x, y, person.full_name)
        canvas.setFont("Bare", 8)
        for line, text in enumerate((person.organisation, person.role, person.country), 2):
            canvas.drawString(x, y - 12 * line, text)
        canvas._code.append(_mask(person.code, x, y - 36 * POINTS_PER_MM, zxingcpp))
    canvas.save()


def _mask(code: str, x: float, y: float, zxingcpp: object) -> str:
    """A QR as a one-bit image mask of the page's content."""
    barcode = zxingcpp.create_barcode(code, zxingcpp.QRCode, ec_level="M")  # type: ignore[attr-defined]
    image = memoryview(barcode.to_image(add_quiet_zones=False))
    side = image.shape[0]
    width_bytes = (side + 7) // 8
    flat = bytes(image)
    rows = (flat[at : at + side] for at in range(0, side * side, side))
    packed = "".join(
        f"{int(''.join('0' if dot else '1' for dot in row), 2) << -side % 8:0{width_bytes * 2}x}"
        for row in rows
    )
    return (
        f"q {_QR_SIDE:.2f} 0 0 {_QR_SIDE:.2f} {x:.2f} {y:.2f} cm BI /W {side} /H {side} /IM true"
        f" /D [1 0] /F /AHx ID {packed}> EI Q"
    )


def _seconds(work: object) -> float:
    begin = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - begin
