"""The canvas that badges and tickets are drawn on: ReportLab's, with pages that do not pile up.

ReportLab keeps the operators of all pages until a document is saved. Here a page goes to the file,
compressed, as soon as it is done; what pages share (fonts, forms, pictures) is written after the
last one. So a run takes the memory of one page, however long it is.
"""

from __future__ import annotations

import hashlib
import zlib
from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import (
    BasicFonts,
    PDFDictionary,
    PDFIndirectObject,
    PDFName,
    PDFResourceDictionary,
    PDFStream,
    xObjectName,
)
from reportlab.pdfgen.canvas import Canvas

from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.language.lengths import points
from checkin_app.errors import Cancelled

# ReportLab's documented switch: without it all streams grow by a quarter, for mail systems of
# the nineties that could not carry binary files.
rl_config.useA85 = 0

_HEADER = b"%PDF-1.4\n%\x93\x8c\x8b\x9e\n"
# Level 6 would take off a twentieth more, in half as much time again.
_COMPRESSION = 4
_NOTHING_YET = ""


@dataclass(frozen=True, slots=True)
class PageBoxes:
    """The boxes of a page (ISO 32000-1, 14.11.2), in millimetres from its top left corner.

    Attributes:
        trim: what is left after cutting.
        bleed: how far colour runs over that.
    """

    trim: Box
    bleed: Box


class PageCanvas(Canvas):  # type: ignore[misc]
    """A PDF of pages of one size. The same operators give the same bytes, whenever it is made.

    Args:
        file: written to from its current place on; left open.
        boxes: of all pages; the whole page if missing.
    """

    def __init__(
        self,
        file: BinaryIO,
        width_mm: float,
        height_mm: float,
        title: str,
        boxes: PageBoxes | None = None,
    ) -> None:
        size = (points(width_mm), points(height_mm))
        super().__init__("", pagesize=size, pageCompression=1, invariant=1)
        self.setTitle(title)
        self.setAuthor("")
        self.setSubject("")
        self.setCreator("checkin-app")
        self._file = file
        self._digest = hashlib.md5(usedforsecurity=False)
        self._at = 0
        self._offsets = array("Q", [0])
        self._kids = array("L")
        self._of_pages: set[str] = set()
        self._uses: dict[str, str] = {}
        self._page_tree = self._new_number()
        self._resources = self._new_number()
        self._page_head = b"<</Type/Page/Parent %d 0 R%s" % (
            self._page_tree,
            _boxes(boxes, height_mm),
        )
        self._write(_HEADER)

    def use(self, name: str) -> str:
        """The operator that draws a form or picture; the page or form being drawn will have it."""
        self._formsinuse.append(name)
        operator = self._uses.get(name)
        if operator is None:
            operator = self._uses[name] = f"/{self._doc.getXObjectName(name)} Do"
        return operator

    def add_picture(
        self, name: str, content: bytes, entries: Mapping[str, object], *, of_page: bool = False
    ) -> None:
        """Adds an image XObject (ISO 32000-1, 8.9.5).

        Args:
            content: already encoded as ``entries`` say.
            of_page: only few pages show it, so it is not among what all pages can use, and goes
                to the file at once.
        """
        stream = self._stream(content, {"Subtype": PDFName("Image"), **entries})
        self._doc.addForm(name, stream)
        if of_page:
            self._of_pages.add(name)
            number, _version = self._doc.idToObjectNumberAndVersion[xObjectName(name)]
            self._write_known(number)
            stream.content = b""

    def add_mask(self, content: bytes, entries: Mapping[str, object]) -> Any:
        """Adds the transparency of a picture; returns what its entry ``SMask`` is to be."""
        return self._doc.Reference(self._stream(content, {"Subtype": PDFName("Image"), **entries}))

    def beginForm(  # noqa: N802 - ReportLab's name
        self,
        name: str,
        lowerx: float = 0,
        lowery: float = 0,
        upperx: float | None = None,
        uppery: float | None = None,
    ) -> None:
        """Begins a form. What the page uses already stays the page's."""
        if self._formsinuse and not self._code:
            # ReportLab puts a page aside only if it has operators, and forgets its uses else.
            self._code.append(_NOTHING_YET)
        super().beginForm(name, lowerx, lowery, upperx, uppery)

    def endForm(self, **extra_attributes: Any) -> None:  # noqa: N802 - ReportLab's name
        """Ends a form, which gets all resources it needs; ReportLab's forget transparency."""
        name = self._formData[0]
        shadings, colours = self._shadingUsed, self._colorsUsed
        super().endForm(**extra_attributes)
        form = self._doc.idToObject[xObjectName(name)]
        resources = PDFResourceDictionary(
            XObject=form.XObjects or {}, ExtGState=form.ExtGState or {}
        )
        resources.basicFonts()
        resources.setShading(shadings)
        resources.setColorSpace(colours)
        form.Resources = resources
        if self._code == [_NOTHING_YET]:
            self._code.clear()

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Writes the page to the file and begins the next one."""
        content = zlib.compress("\n".join(self._code).encode("latin-1"), _COMPRESSION)
        stream, page = self._new_number(), self._new_number()
        self._write_object(
            stream,
            b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(content), content),
        )
        own = b""
        if self._of_pages and not self._of_pages.isdisjoint(self._formsinuse):
            own = b"/Resources" + self._formatted(self._resources_of(self._formsinuse))
        self._write_object(page, b"%s/Contents %d 0 R%s>>" % (self._page_head, stream, own))
        self._kids.append(page)
        self._startPage()

    def finish(self, cancelled: Callable[[], bool] | None = None) -> None:
        """Writes what the pages share, and the end of the file.

        Raises:
            Cancelled: ``cancelled`` answered yes; the file is of no use.
        """
        document = self._doc
        for font in document.delayedFonts:
            font.addObjects(document)
        shared = [name for name in self._form_names() if name not in self._of_pages]
        self._write_object(self._resources, self._formatted(self._resources_of(shared)))
        info = document.Reference(document.info)
        # Objects name further ones while they are written.
        number = 0
        while number < document.objectcounter:
            number += 1
            if number not in document.numberToId or self._is_written(number):
                continue
            if cancelled is not None and cancelled():
                raise Cancelled("Stopped. No file was written.")
            self._write_known(number)
        self._write_page_tree()
        self._write_trailer(self._formatted(info))

    def _form_names(self) -> list[str]:
        prefix = xObjectName("")
        return [name[len(prefix) :] for name in self._doc.idToObject if name.startswith(prefix)]

    def _resources_of(self, names: list[str]) -> PDFResourceDictionary:
        resources = PDFResourceDictionary(XObject=self._doc.xobjDict(names))
        resources.allProcs()
        if BasicFonts in self._doc.idToObject:
            resources.basicFonts()
        return resources

    def _write_page_tree(self) -> None:
        width, height = self._pagesize
        kids = b" ".join([b"%d 0 R" % number for number in self._kids])
        self._write_object(
            self._page_tree,
            b"<</Type/Pages/MediaBox[0 0 %.4f %.4f]/Resources %d 0 R/Count %d/Kids[%s]>>"
            % (width, height, self._resources, len(self._kids), kids),
        )

    def _write_trailer(self, info: bytes) -> None:
        catalogue = self._new_number()
        self._write_object(catalogue, b"<</Type/Catalog/Pages %d 0 R>>" % self._page_tree)
        start, size = self._at, len(self._offsets)
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        for first in range(1, size, 1000):
            offsets = self._offsets[first : first + 1000]
            self._write(b"".join([b"%010d 00000 n \n" % offset for offset in offsets]))
        mark = self._digest.hexdigest().encode()
        self._write(
            b"trailer\n<</Size %d/Root %d 0 R/Info %s/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n"
            % (size, catalogue, info, mark, mark, start)
        )

    def _stream(self, content: bytes, entries: Mapping[str, object]) -> PDFStream:
        dictionary = PDFDictionary({"Type": PDFName("XObject"), **entries})
        return PDFStream(dictionary, content, filters=())

    def _formatted(self, thing: Any) -> bytes:
        text = thing.format(self._doc)
        return text if isinstance(text, bytes) else text.encode("latin-1")

    def _new_number(self) -> int:
        """A number for an object that ReportLab does not know of."""
        self._doc.objectcounter += 1
        return int(self._doc.objectcounter)

    def _write_known(self, number: int) -> None:
        """Writes an object that ReportLab keeps."""
        document = self._doc
        name = document.numberToId[number]
        body = PDFIndirectObject(name, document.idToObject[name]).format(document)
        self._note(number)
        self._write(body if isinstance(body, bytes) else body.encode("latin-1"))

    def _write_object(self, number: int, body: bytes) -> None:
        self._note(number)
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def _is_written(self, number: int) -> bool:
        return number < len(self._offsets) and self._offsets[number] > 0

    def _note(self, number: int) -> None:
        missing = number + 1 - len(self._offsets)
        if missing > 0:
            self._offsets.extend([0] * missing)
        self._offsets[number] = self._at

    def _write(self, content: bytes) -> None:
        self._file.write(content)
        self._digest.update(content)
        self._at += len(content)

    def setFont(self, *_font: object, **_more: object) -> None:  # noqa: N802 - ReportLab's name
        """Does nothing: text is drawn by ``Lettering``, and drawings have none.

        ReportLab's drawings choose Helvetica to begin with, which would be in the file then.
        """

    def _make_preamble(self) -> None:
        """Pages and forms begin without operators; ReportLab's choose a font that none uses."""
        self._preamble = ""


def _boxes(boxes: PageBoxes | None, height_mm: float) -> bytes:
    if boxes is None:
        return b""
    both = ((b"Trim", boxes.trim), (b"Bleed", boxes.bleed))
    return b"".join([b"/%sBox[%s]" % (name, _corners(box, height_mm)) for name, box in both])


def _corners(box: Box, height_mm: float) -> bytes:
    edges = (box.x_mm, height_mm - box.bottom_mm, box.right_mm, height_mm - box.y_mm)
    return b" ".join([b"%.4f" % points(edge) for edge in edges])
