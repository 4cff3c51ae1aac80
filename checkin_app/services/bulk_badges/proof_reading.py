"""A finished badge PDF → which of its codes can be read, and are those of the right attendee.

Pages are drawn as a printer would and searched as a scanner would; nothing of how they were made
is used but where each badge was meant to lie. A first look is as coarse as the size of the
modules allows; what it misses is looked at again alone, finer and harder, before it counts as
misread. Functions and values here can be sent to another process (``proof_readers``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checkin_app.domain.badges.badge_elements import Code128, Element, QrCode
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.badge_layout import BadgeDesign
from checkin_app.domain.badges.imposition import PrinterOffset
from checkin_app.domain.language.lengths import MM_PER_INCH
from checkin_app.scanning.code_search import CodeSearch, PictureCode
from checkin_app.scanning.pdf_pages import PdfPages

if TYPE_CHECKING:
    # Readers are started often and need none of it.
    from checkin_app.badges.badge_plan import BadgePlan
    from checkin_app.badges.document import BadgeDocument
    from checkin_app.badges.filled_slots import FilledSlot

_QR, _BARCODE = "QRCode", "Code128"
PIXELS_PER_MODULE = 2.0
"""Of 3,000 symbols of versions 1 to 10, drawn as vectors, all were read at the first look; with
1.75 some had to be looked at again, and with 3 it takes half as long again."""

_COARSEST_DPI, _FINEST_DPI = 72.0, 600.0
_FINER = (2.0, 3.0)
"""How much finer what was missed is looked at again."""

_SLOTS_PER_CHUNK = 50
"""Enough that sending them costs nothing, few enough to share them evenly at the end."""


@dataclass(frozen=True, slots=True)
class WantedFace:
    """What has to be found in one place.

    Attributes:
        number: of the slot in its document, from 0.
        box: on paper, the printer's correction included.
        codes: kind and content of each code, sorted.
    """

    number: int
    box: Box
    codes: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class WantedPage:
    """A page (from 0) and its faces."""

    page: int
    faces: tuple[WantedFace, ...]


Chunk = tuple[WantedPage, ...]


@dataclass(frozen=True, slots=True)
class ProofSettings:
    """How a file is read.

    Attributes:
        dpi: of the first look.
        formats: kinds of codes, separated by "|".
    """

    file: Path
    dpi: float
    formats: str


def has_codes(plan: BadgePlan) -> bool:
    """Whether a run has any codes that could be read back."""
    return any(isinstance(one, (QrCode, Code128)) for one in _elements(_design(plan)))


def proof_settings(document: BadgeDocument, plan: BadgePlan) -> ProofSettings:
    """How finely a document has to be drawn for the codes that are in it."""
    design = _design(plan)
    kinds = {type(one) for one in _elements(design)}
    formats = [name for kind, name in ((QrCode, _QR), (Code128, _BARCODE)) if kind in kinds]
    module_mm = _smallest_module_mm(design, document)
    scale = min(document.offset.scale_x, document.offset.scale_y)
    dpi = PIXELS_PER_MODULE * MM_PER_INCH / (module_mm * scale)
    dpi = max(_COARSEST_DPI, min(dpi, _FINEST_DPI))
    return ProofSettings(document.file, dpi, "|".join(formats))


def chunks(document: BadgeDocument) -> Iterator[Chunk]:
    """The pages of a document with what has to be on them, some at a time."""
    pages: list[WantedPage] = []
    faces: list[WantedFace] = []
    page, waiting = -1, 0
    for number, slot in enumerate(document.slots):
        if slot.page != page and faces:
            pages.append(WantedPage(page, tuple(faces)))
            faces = []
            if waiting >= _SLOTS_PER_CHUNK:
                yield tuple(pages)
                pages, waiting = [], 0
        page = slot.page
        waiting += 1
        faces.append(_wanted(number, slot, document.offset))
    if faces:
        pages.append(WantedPage(page, tuple(faces)))
        yield tuple(pages)


def read_page(pages: PdfPages, wanted: WantedPage, settings: ProofSettings) -> list[int]:
    """Reads a page. Returns the numbers of the slots that are not as they should be.

    Raises:
        PictureError: the file is damaged.
    """
    search = CodeSearch(settings.formats, rotated=_BARCODE in settings.formats)
    found = pages.codes(wanted.page, search, settings.dpi)
    return [
        face.number
        for face in wanted.faces
        if _codes_in(face.box, found) != face.codes
        and not _is_read_at_last(pages, wanted.page, face, settings)
    ]


def _is_read_at_last(pages: PdfPages, page: int, face: WantedFace, settings: ProofSettings) -> bool:
    box = face.box
    area = (box.x_mm, box.y_mm, box.right_mm, box.bottom_mm)
    search = CodeSearch.thorough(settings.formats)
    for finer in _FINER:
        dpi = min(settings.dpi * finer, _FINEST_DPI)
        if _codes_in(box, pages.codes(page, search, dpi, area)) == face.codes:
            return True
    return False


def _codes_in(box: Box, found: Iterable[PictureCode]) -> tuple[tuple[str, bytes], ...]:
    """Kind and content of the codes whose middle lies in a box, sorted."""
    return tuple(
        sorted(
            (one.format, one.content)
            for one in found
            if box.x_mm <= one.x <= box.right_mm and box.y_mm <= one.y <= box.bottom_mm
        )
    )


def _wanted(number: int, slot: FilledSlot, offset: PrinterOffset) -> WantedFace:
    codes = [(_QR, _bytes(content)) for content in slot.codes]
    codes += [(_BARCODE, _bytes(content)) for content in slot.barcodes]
    return WantedFace(number, _corrected(slot.box, offset), tuple(sorted(codes)))


def _bytes(content: str) -> bytes:
    """What a code holds; half a surrogate pair is in no code, so it is never found."""
    return content.encode("utf-8", "surrogatepass")


def _corrected(box: Box, offset: PrinterOffset) -> Box:
    """Where a box is once the page carries the printer's correction."""
    return Box(
        box.x_mm * offset.scale_x + offset.right_mm,
        box.y_mm * offset.scale_y + offset.down_mm,
        box.width_mm * offset.scale_x,
        box.height_mm * offset.scale_y,
    )


def _smallest_module_mm(design: BadgeDesign, document: BadgeDocument) -> float:
    """The finest module that may be on paper: the longest code in the smallest box."""
    from checkin_app.badges.codes.barcodes import code128_modules
    from checkin_app.badges.codes.qr_payload import segment_size, smallest_version

    sizes = {size for slot in document.slots for one in slot.codes if (size := segment_size(one))}
    longest = max((one for slot in document.slots for one in slot.barcodes), key=len, default="")
    modules_mm = [MM_PER_INCH]
    for element in _elements(design):
        if isinstance(element, QrCode):
            level = element.error_correction
            versions = [smallest_version(*size, level) or 1 for size in sizes]
            side = 17 + 4 * max(versions, default=1) + 2 * element.quiet_zone_modules
            modules_mm.append(min(element.box.width_mm, element.box.height_mm) / side)
        elif isinstance(element, Code128):
            modules_mm.append(element.box.width_mm / (code128_modules(longest) or 1))
    return min(modules_mm)


def _elements(design: BadgeDesign) -> Iterator[Element]:
    for part in (*design.front, *design.back):
        for element in (part.element, *part.by_category.values()):
            if element is not None:
                yield element


def _design(plan: BadgePlan) -> BadgeDesign:
    return plan.layout.design_for(plan.stock.face_width_mm, plan.stock.face_height_mm)
