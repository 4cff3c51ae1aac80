"""Makes the pictures of docs/layouts.md: ``python docs/make_layout_pictures.py [LAYOUT]…``.

Each built-in layout is printed to PDF as the program prints it, for made-up people with fixed
codes, and the pages are put side by side on a grey ground. The same program makes the same files.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import pypdfium2  # noqa: E402
from PIL import Image, ImageDraw  # noqa: E402

from checkin_app.badges.badge_plan import BadgePlan  # noqa: E402
from checkin_app.badges.document import write_badges  # noqa: E402
from checkin_app.badges.layouts.built_in import built_in_layout, layout_names  # noqa: E402
from checkin_app.domain.attendee import Attendee  # noqa: E402
from checkin_app.domain.badges.imposition import Duplex, Imposition  # noqa: E402
from checkin_app.domain.badges.stock import Stock  # noqa: E402
from checkin_app.domain.programme import Event  # noqa: E402
from checkin_app.services.event_files import create_sample_event  # noqa: E402

PICTURES = HERE / "pictures"
PX_PER_MM = 7.2
OVERSAMPLING = 3
"""Where outlines of a letter overlap, pdfium smooths their edge twice, which shows at this size."""
WIDEST_PX = 1760
GAP_MM = 7
GROUND = "#dfe3e8"
EDGE = "#b7bec8"


@dataclass(frozen=True)
class Shown:
    """One badge of a picture.

    Attributes:
        person: number in ``PEOPLE``.
        is_back: its other side.
    """

    width_mm: float
    height_mm: float
    person: int
    is_back: bool = False


def _person(number: int, name: str, organisation: str, role: str, *more: str) -> Attendee:
    first_name, last_name = name.split("/")
    country, category = more
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    code = "".join(alphabet[(number + 3) * (at + 7) ** 2 * 5 % 32] for at in range(20))
    return Attendee(
        f"{number:032x}",
        code,
        first_name=first_name,
        last_name=last_name,
        organisation=organisation,
        role=role,
        country=country,
        category=category,
        extra={"photo": f"{number}.png"},
    )


PEOPLE = tuple(
    _person(number, *texts)
    for number, texts in enumerate(
        (
            (
                "Lukas/Nögel",
                "VDI/VDE Innovation + Technik GmbH",
                "Consultant",
                "Germany",
                "Expert",
            ),
            (
                "Kristina/Šermukšnytė-Alesiūnienė",
                "European Cluster Collaboration Platform / AgriFood Lithuania DIH",
                "Master of the Ceremony",
                "Lithuania",
                "Speaker",
            ),
            (
                "Παναγιώτα/Παπαδοπούλου",
                "Ελληνικό Δίκτυο Συστάδων Καινοτομίας",
                "Διευθύντρια",
                "Greece",
                "National association",
            ),
            (
                "Doina/Bătrîncea",
                "Clusterul Vitivinicol Nistrul de Jos",
                "Project Manager",
                "Moldova",
                "Participant",
            ),
            ("Saga/Österberg", "Clusters of Sweden", "Editor", "Sweden", "Press"),
            ("Emir/Hadžić", "Klaster drvne industrije", "Host", "Bosnia and Herzegovina", "Staff"),
        )
    )
)

SHOWN: dict[str, tuple[Shown, ...]] = {
    "name-first": (Shown(85, 54, 0), Shown(85, 54, 1), Shown(63.5, 29.6, 2), Shown(105, 148, 3)),
    "eu-meeting": (Shown(85, 54, 3), Shown(85, 54, 5), Shown(105, 148, 1), Shown(74, 105, 2)),
    "roles": (Shown(105, 148, 1), Shown(105, 148, 4), Shown(74, 105, 5), Shown(85, 54, 3)),
    "lanyard-a6": (Shown(105, 148, 0), Shown(105, 148, 0, is_back=True), Shown(74, 105, 2)),
    "butterfly": (Shown(82, 101.5, 3), Shown(82, 101.5, 2), Shown(105, 148.5, 1)),
    "thermal": (Shown(62, 100, 1), Shown(54, 101, 0), Shown(41, 89, 3), Shown(89, 36, 4)),
    "thermal-turned": (Shown(62, 100, 1), Shown(54, 101, 0), Shown(41, 89, 3)),
    "name-tent": (Shown(297, 105, 0), Shown(210, 148.5, 1)),
    "id-card": (Shown(54, 85.6, 0), Shown(85.6, 54, 3), Shown(105, 148, 1)),
}


def main(names: Sequence[str]) -> None:
    """Makes the pictures of these layouts, or of all."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        event = create_sample_event(Path(folder) / "sample.checkin").event()
        for number in range(len(PEOPLE)):
            _portrait(number).save(Path(folder) / f"{number}.png")
        for name in names or layout_names():
            faces = [_face(name, one, event, Path(folder)) for one in SHOWN[name]]
            _save(_side_by_side(faces), PICTURES / f"layout-{name}.png")


def _face(name: str, shown: Shown, event: Event, folder: Path) -> Image.Image:
    """One face, as wide as it is in the picture."""
    width_mm, height_mm = shown.width_mm, shown.height_mm
    stock = Stock("page", width_mm, height_mm, width_mm, height_mm)
    duplex = Duplex.LONG_EDGE if height_mm > width_mm else Duplex.SHORT_EDGE
    imposition = Imposition(duplex=duplex if shown.is_back else Duplex.NONE)
    categories = tuple(person.category for person in PEOPLE)
    plan = BadgePlan(
        built_in_layout(name), stock, event, imposition, categories=categories, photos=folder
    )
    file = folder / "badge.pdf"
    write_badges(file, [PEOPLE[shown.person]], plan)
    document = pypdfium2.PdfDocument(file.read_bytes())
    page = document[1 if shown.is_back else 0]
    drawn = page.render(scale=OVERSAMPLING * PX_PER_MM * 25.4 / 72).to_pil().convert("RGB")
    return drawn.reduce(OVERSAMPLING)


def _side_by_side(faces: Sequence[Image.Image]) -> Image.Image:
    gap = round(GAP_MM * PX_PER_MM)
    columns = list(_columns(faces))
    width = sum(max(one.width for one in column) for column in columns) + gap * (len(columns) + 1)
    heights = [sum(one.height + gap for one in column) + gap for column in columns]
    ground = Image.new("RGB", (width, max(heights)), GROUND)
    draw = ImageDraw.Draw(ground)
    x = gap
    for column, height in zip(columns, heights, strict=True):
        y = (ground.height - height) // 2 + gap
        for face in column:
            ground.paste(face, (x, y))
            draw.rectangle((x - 1, y - 1, x + face.width, y + face.height), outline=EDGE)
            y += face.height + gap
        x += max(one.width for one in column) + gap
    return ground


def _columns(faces: Sequence[Image.Image]) -> Iterator[list[Image.Image]]:
    """Faces one below the other where the highest leaves room for it."""
    highest = max(one.height for one in faces)
    column: list[Image.Image] = []
    for face in faces:
        fits = sum(one.height for one in column) + face.height <= highest * 1.08
        if column and fits and abs(face.width - column[0].width) < 0.4 * face.width:
            column.append(face)
            continue
        if column:
            yield column
        column = [face]
    yield column


def _save(picture: Image.Image, file: Path) -> None:
    """As a palette picture: a third of the size, and nothing to be seen."""
    if picture.width > WIDEST_PX:
        height = round(picture.height * WIDEST_PX / picture.width)
        picture = picture.resize((WIDEST_PX, height), Image.Resampling.LANCZOS)
    picture.quantize(192).save(file, optimize=True)


def _portrait(number: int) -> Image.Image:
    """Somebody who does not exist."""
    ground = ("#b9c7d8", "#d9cbb8", "#cfd8c4")[number % 3]
    skin = ("#e0b490", "#8d5a3b", "#f0c9a6", "#c98f66")[number % 4]
    coat = ("#2f4a6b", "#7a2f3d", "#3d3d4d")[number % 3]
    picture = Image.new("RGB", (600, 750), ground)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((60, 520, 540, 1100), fill=coat)
    draw.rounded_rectangle((250, 400, 350, 580), 40, fill=skin)
    draw.ellipse((185, 175, 415, 490), fill=skin)
    draw.pieslice((165, 140, 435, 460), 180, 360, fill="#2a2220")
    return picture


if __name__ == "__main__":
    main(sys.argv[1:])
