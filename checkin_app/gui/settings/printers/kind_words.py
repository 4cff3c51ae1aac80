"""What a printer is, in words for whoever sets it up."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QCoreApplication

from checkin_app.domain.printers import FoundPrinter, PrinterId, SpoolerKind
from checkin_app.gui.plain_text import shown


def kind_words(printer: PrinterId) -> str:
    """Kind and place of a printer."""
    kinds = {
        SpoolerKind.CUPS: _tr("Printer of this computer"),
        SpoolerKind.SYSTEM: _tr("Printer of this computer"),
        SpoolerKind.FOLDER: _tr("One PDF for each badge"),
        SpoolerKind.ZEBRA: _tr("Zebra label printer"),
        SpoolerKind.BROTHER: _tr("Brother QL label printer"),
    }
    return f"{kinds[printer.spooler]}  ·  {shown(printer.address)}"


def first_title(printer: PrinterId) -> str:
    """What to call a printer that nobody has named."""
    match printer.spooler:
        case SpoolerKind.FOLDER:
            return _tr("Folder {name}").format(name=PurePath(printer.address).name)
        case SpoolerKind.ZEBRA:
            return _tr("Zebra {address}").format(address=_host(printer))
        case SpoolerKind.BROTHER:
            return _tr("Brother {address}").format(address=_host(printer))
        case _:
            return printer.address


def found_words(found: FoundPrinter) -> str:
    """A line of the list of printers found."""
    title = shown(found.title, 80)
    if not found.model or found.model == found.title:
        return title
    return f"{title}  ·  {shown(found.model, 80)}"


def _host(printer: PrinterId) -> str:
    return printer.address.partition(",")[0].removesuffix(":9100")


def _tr(text: str) -> str:
    return QCoreApplication.translate("PrinterKinds", text)
