"""Workbooks that nobody would send in earnest, written byte by byte."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path

PEOPLE = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>First name</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Last name</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Ann</t></is></c>'
    '<c r="B2" t="inlineStr"><is><t>Lee</t></is></c></row>'
)
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY lol0 "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_OOXML = "http://schemas.openxmlformats.org"
_TYPES = (
    f'{_XML}<Types xmlns="{_OOXML}/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELATED = f'{_XML}<Relationships xmlns="{_OOXML}/package/2006/relationships">%s</Relationships>'
_RELATION = '<Relationship Id="r%d" Type="' + _OOXML
_RELATION += '/officeDocument/2006/relationships/%s" Target="%s"/>'
_BOOK = (
    f'{_XML}<workbook xmlns="{_OOXML}/spreadsheetml/2006/main"'
    f' xmlns:r="{_OOXML}/officeDocument/2006/relationships">'
    '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
)
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_CONTENT = (
    f'{_XML}%s<office:document-content xmlns:office="{_OASIS}:office:1.0"'
    f' xmlns:table="{_OASIS}:table:1.0" xmlns:text="{_OASIS}:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="S">%s</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)
_ODS_PEOPLE = (("First name", "Last name"), ("Ann", "Lee"))


def worksheet(rows: str, *, before: str = "") -> str:
    """The XML of a worksheet with these rows."""
    main = f"{_OOXML}/spreadsheetml/2006/main"
    return f'{_XML}{before}<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'


def write_xlsx(
    path: Path,
    sheet: str | bytes | Iterable[bytes],
    *,
    shared: Iterable[bytes] = (),
    sheet_name: str = "worksheets/sheet1.xml",
) -> Path:
    """A workbook of one sheet, given as XML, or in pieces."""
    relations = _RELATION % (1, "worksheet", sheet_name)
    relations += _RELATION % (2, "sharedStrings", "sharedStrings.xml")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        root = _RELATED % (_RELATION % (1, "officeDocument", "xl/workbook.xml"))
        archive.writestr("_rels/.rels", root)
        archive.writestr("xl/workbook.xml", _BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", _RELATED % relations)
        if isinstance(sheet, str):
            sheet = sheet.encode()
        _write(archive, f"xl/{sheet_name}", [sheet] if isinstance(sheet, bytes) else sheet)
        if pieces := list(shared):
            _write(archive, "xl/sharedStrings.xml", pieces)
    return path


def write_ods(path: Path, rows: str, *, before: str = "") -> Path:
    """A spreadsheet of two ordinary rows, and these."""
    people = "".join(ods_row(*map(ods_cell, names)) for names in _ODS_PEOPLE)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<manifest xmlns="{_OASIS}:manifest:1.0"/>')
        archive.writestr("content.xml", _CONTENT % (before, people + rows))
    return path


def ods_row(*cells: str, repeats: int = 1) -> str:
    """A row of an ODS."""
    said = f'<table:table-row table:number-rows-repeated="{repeats}">'
    return f"{said}{''.join(cells)}</table:table-row>"


def ods_cell(text: str, *, repeats: int = 1) -> str:
    """A cell of an ODS; without text it is empty."""
    repeated = f'table:number-columns-repeated="{repeats}"'
    if not text:
        return f"<table:table-cell {repeated}/>"
    kind = 'office:value-type="string"'
    return f"<table:table-cell {kind} {repeated}><text:p>{text}</text:p></table:table-cell>"


def with_size_claimed(path: Path, part: str, size: int) -> Path:
    """The archive, whose directory now says that a part has this many bytes."""
    data = bytearray(path.read_bytes())
    place = -1
    while (place := data.find(b"PK\x01\x02", place + 1)) >= 0:
        (length,) = struct.unpack_from("<H", data, place + 28)
        if data[place + 46 : place + 46 + length].endswith(part.encode()):
            struct.pack_into("<I", data, place + 24, size)
    path.write_bytes(data)
    return path


def _write(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> None:
    with archive.open(name, "w", force_zip64=True) as member:
        for piece in pieces:
            member.write(piece)
