"""How the file was read, with the ways to read it otherwise: encoding, delimiter, sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.lists.list_look import ListLook
from checkin_app.gui.plain_text import shown
from checkin_app.services.list_import.registration_lists import ListChoices

_CONTEXT = "FileChoices"
_ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": QT_TRANSLATE_NOOP("FileChoices", "Western Europe (Windows-1252)"),
    "cp1250": QT_TRANSLATE_NOOP("FileChoices", "Central Europe (Windows-1250)"),
    "cp1253": QT_TRANSLATE_NOOP("FileChoices", "Greek (Windows-1253)"),
    "cp1251": QT_TRANSLATE_NOOP("FileChoices", "Cyrillic (Windows-1251)"),
    "cp1257": QT_TRANSLATE_NOOP("FileChoices", "Baltic (Windows-1257)"),
    "cp1254": QT_TRANSLATE_NOOP("FileChoices", "Turkish (Windows-1254)"),
    "iso8859_2": QT_TRANSLATE_NOOP("FileChoices", "Central Europe (ISO 8859-2)"),
    "iso8859_7": QT_TRANSLATE_NOOP("FileChoices", "Greek (ISO 8859-7)"),
    "iso8859_15": QT_TRANSLATE_NOOP("FileChoices", "Western Europe (ISO 8859-15)"),
    "iso8859_16": QT_TRANSLATE_NOOP("FileChoices", "Romanian (ISO 8859-16)"),
    "mac_roman": QT_TRANSLATE_NOOP("FileChoices", "Western Europe (old Macintosh)"),
    "cp850": QT_TRANSLATE_NOOP("FileChoices", "Western Europe (DOS)"),
}
_DELIMITERS = {
    ";": QT_TRANSLATE_NOOP("FileChoices", "Semicolon ;"),
    ",": QT_TRANSLATE_NOOP("FileChoices", "Comma ,"),
    "\t": QT_TRANSLATE_NOOP("FileChoices", "Tab"),
    "|": QT_TRANSLATE_NOOP("FileChoices", "Bar |"),
}


class FileChoices(QWidget):
    """Three drop-downs; those that do not apply to the file are hidden.

    Signals:
        chosen: the person chose otherwise; ``choices()`` says what.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = ListChoices()
        self.encoding = QComboBox()
        self.delimiter = QComboBox()
        self.sheet = QComboBox()
        self._places: dict[QComboBox, QWidget] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(20)
        for box, name in (
            (self.encoding, self.tr("Encoding")),
            (self.delimiter, self.tr("Delimiter")),
            (self.sheet, self.tr("Sheet")),
        ):
            label = plain_label(name)
            label.setBuddy(box)
            box.setAccessibleName(name)
            place = self._places[box] = QWidget(self)
            row = QHBoxLayout(place)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(label)
            row.addWidget(box)
            layout.addWidget(place)
            box.activated.connect(self._choose)
        layout.addStretch(1)
        self._offer(self.encoding, (), ())
        self._offer(self.delimiter, (), ())
        self._offer(self.sheet, (), ())

    def show_look(self, look: ListLook) -> None:
        """Show how the file was read."""
        self._choices = look.wishes.choices
        encodings, delimiters = _texts(_ENCODINGS), _texts(_DELIMITERS)
        is_text = bool(look.encoding)
        self._offer(
            self.encoding,
            [*encodings, *{look.encoding} - encodings.keys()] if is_text else (),
            [*encodings.values(), look.encoding],
        )
        self._offer(
            self.delimiter,
            [*delimiters, *{look.delimiter} - delimiters.keys()] if is_text else (),
            [*delimiters.values(), look.delimiter],
        )
        self._offer(self.sheet, look.sheets if len(look.sheets) > 1 else (), look.sheets)
        for box, value in (
            (self.encoding, "utf-8" if look.encoding == "utf-8-sig" else look.encoding),
            (self.delimiter, look.delimiter),
            (self.sheet, look.sheet),
        ):
            box.setCurrentIndex(box.findData(value))

    def choices(self) -> ListChoices:
        """How the file shall be read. What columns mean is found anew for another reading."""
        return self._choices

    def _choose(self) -> None:
        self._choices = ListChoices(
            sheet=self.sheet.currentData(),
            encoding=self.encoding.currentData(),
            delimiter=self.delimiter.currentData(),
        )
        self.chosen.emit()

    def _offer(self, box: QComboBox, values: Sequence[str], names: Sequence[str]) -> None:
        box.clear()
        for value, name in zip(values, names, strict=False):
            box.addItem(shown(name), value)
        box.setVisible(bool(values))
        self._places[box].setVisible(bool(values))


def _texts(known: Mapping[str, object]) -> dict[str, str]:
    """Values with their names; of two values with one name the first."""
    names: dict[str, str] = {}
    for value, text in known.items():
        name = QCoreApplication.translate(_CONTEXT, str(text))
        if name not in names.values():
            names[value] = name
    return names
