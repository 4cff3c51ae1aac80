"""What the documents screen has to offer, in the order of its list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QT_TRANSLATE_NOOP

from checkin_app.services.documents.document_making import DocumentKind

CONTEXT = "Documents"
"""The translation context of titles and sentences."""


class Product(Enum):
    """One thing that can be had."""

    SPREADSHEETS = "spreadsheets"
    ATTENDANCE = DocumentKind.ATTENDANCE.value
    SIGNATURES = DocumentKind.SIGNATURES.value
    NO_SHOWS = DocumentKind.NO_SHOWS.value
    PAPER_LIST = DocumentKind.PAPER_LIST.value
    PAPER_TICKS = "paper ticks"
    CERTIFICATES = DocumentKind.CERTIFICATES.value


@dataclass(frozen=True, slots=True)
class ProductPlan:
    """How a product is named, and what it is for; both to be translated."""

    title: str
    icon_name: str
    about: str


PRODUCTS = {
    Product.SPREADSHEETS: ProductPlan(
        str(QT_TRANSLATE_NOOP("Documents", "Lists for spreadsheets")),
        "table",
        str(QT_TRANSLATE_NOOP("Documents", "For Excel, LibreOffice and other programs.")),
    ),
    Product.ATTENDANCE: ProductPlan(
        str(QT_TRANSLATE_NOOP("Documents", "Attendance list")),
        "documents",
        str(QT_TRANSLATE_NOOP("Documents", "Everybody, with the times of those who came.")),
    ),
    Product.SIGNATURES: ProductPlan(
        str(QT_TRANSLATE_NOOP("Documents", "Signature list")),
        "edit",
        str(QT_TRANSLATE_NOOP("Documents", "To be signed, as funders ask for it.")),
    ),
    Product.NO_SHOWS: ProductPlan(
        str(QT_TRANSLATE_NOOP("Documents", "No-shows")),
        "no-shows",
        str(QT_TRANSLATE_NOOP("Documents", "Who was expected and did not come.")),
    ),
    Product.PAPER_LIST: ProductPlan(
        str(QT_TRANSLATE_NOOP("Documents", "Paper list")),
        "list",
        str(
            QT_TRANSLATE_NOOP(
                "Documents",
                "The desk on paper, should nothing else work. Print it the evening before.",
            )
        ),
    ),
    Product.PAPER_TICKS: ProductPlan(
        str(QT_TRANSLATE_NOOP("Documents", "Enter paper ticks")),
        "keys",
        str(
            QT_TRANSLATE_NOOP(
                "Documents", "Type the codes of the people who were ticked on the paper list."
            )
        ),
    ),
    Product.CERTIFICATES: ProductPlan(
        str(QT_TRANSLATE_NOOP("Documents", "Certificates")),
        "certificate",
        str(QT_TRANSLATE_NOOP("Documents", "Of attendance, for those who came.")),
    ),
}
