"""Findings in words: one sentence each, and a name for those of one kind."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from checkin_app.badges.preflight.findings import Finding, FindingKind
from checkin_app.gui.attendees.field_names import field_name

_CONTEXT = "Findings"
_GROUPS = {
    FindingKind.QR_IMPOSSIBLE: QT_TRANSLATE_NOOP("Findings", "No code can be printed"),
    FindingKind.BARCODE_IMPOSSIBLE: QT_TRANSLATE_NOOP("Findings", "No barcode can be printed"),
    FindingKind.EMPTY_NAME: QT_TRANSLATE_NOOP("Findings", "No name"),
    FindingKind.SAME_PERSON: QT_TRANSLATE_NOOP("Findings", "Same person twice"),
    FindingKind.TEXT_OVERFLOW: QT_TRANSLATE_NOOP("Findings", "Text does not fit"),
    FindingKind.MISSING_GLYPH: QT_TRANSLATE_NOOP("Findings", "Letters missing in the font"),
    FindingKind.OUTSIDE_BADGE: QT_TRANSLATE_NOOP("Findings", "Outside the badge"),
    FindingKind.QUIET_ZONE: QT_TRANSLATE_NOOP("Findings", "Too little white around a code"),
    FindingKind.QR_TOO_SMALL: QT_TRANSLATE_NOOP("Findings", "Code too small"),
    FindingKind.LOW_CONTRAST: QT_TRANSLATE_NOOP("Findings", "Colours hard to read"),
    FindingKind.PHOTO_MISSING: QT_TRANSLATE_NOOP("Findings", "Photo missing"),
    FindingKind.LAYOUT_UNSUITED: QT_TRANSLATE_NOOP("Findings", "Layout drawn for another size"),
    FindingKind.STOCK_UNVERIFIED: QT_TRANSLATE_NOOP("Findings", "Stock unverified"),
    FindingKind.NAME_CAPITALS: QT_TRANSLATE_NOOP("Findings", "Case of names"),
    FindingKind.PICTURE_COARSE: QT_TRANSLATE_NOOP("Findings", "Coarse pictures"),
    FindingKind.NAMESAKES: QT_TRANSLATE_NOOP("Findings", "Namesakes"),
    FindingKind.EMPTY_ORGANISATION: QT_TRANSLATE_NOOP("Findings", "No organisation"),
    FindingKind.TEXT_SHRUNK: QT_TRANSLATE_NOOP("Findings", "Text set smaller"),
}
_SENTENCES = {
    FindingKind.QR_IMPOSSIBLE: QT_TRANSLATE_NOOP("Findings", "There will be no code: {detail}"),
    FindingKind.EMPTY_NAME: QT_TRANSLATE_NOOP("Findings", "There is no name"),
    FindingKind.TEXT_OVERFLOW: QT_TRANSLATE_NOOP("Findings", "{field} does not fit: {detail}"),
    FindingKind.MISSING_GLYPH: QT_TRANSLATE_NOOP("Findings", "{field}: the font lacks {detail}"),
    FindingKind.EMPTY_ORGANISATION: QT_TRANSLATE_NOOP("Findings", "There is no organisation"),
    FindingKind.TEXT_SHRUNK: QT_TRANSLATE_NOOP(
        "Findings", "{field} is set smaller to fit: {detail}"
    ),
    FindingKind.NAMESAKES: QT_TRANSLATE_NOOP("Findings", "Has a namesake: {detail}"),
}


def group_name(kind: FindingKind) -> str:
    """What findings of a kind are about."""
    return QCoreApplication.translate(_CONTEXT, str(_GROUPS[kind]))


def sentence(finding: Finding) -> str:
    """What was found on a badge. Where nothing better is known, what preflight says."""
    where = ", ".join(field_name(name) for name in finding.field.split("+"))
    template = _SENTENCES.get(finding.kind)
    if template is None:
        return finding.detail or where
    return QCoreApplication.translate(_CONTEXT, str(template)).format(
        field=where, detail=finding.detail
    )
