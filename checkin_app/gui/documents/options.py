"""What can be chosen about a list or document: the rows that its kind has a use for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QWidget

from checkin_app.domain.check_in_list import CheckInList
from checkin_app.gui.documents.file_field import FileField
from checkin_app.gui.documents.products import Product
from checkin_app.gui.documents.wishes import ListWish, Wish
from checkin_app.gui.form.calm_combo_box import CalmComboBox
from checkin_app.gui.form.form_rows import add_row
from checkin_app.gui.form.segments import Segments
from checkin_app.gui.plain_text import shown
from checkin_app.gui.workplace import Workplace
from checkin_app.lists.writing.delimiters import COMMA, SEMICOLON, TAB, system_delimiter
from checkin_app.services.documents.document_making import DocumentKind, DocumentWish
from checkin_app.services.documents.exports import Export

_ENDINGS = (".xlsx", ".csv", ".json")
_DELIMITERS = (SEMICOLON, COMMA, TAB)
_SHORTEST_LIST_CHARACTERS = 18
_OF_ALL_LISTS = (Product.SPREADSHEETS, Product.NO_SHOWS, Product.CERTIFICATES)


class Options(QWidget):
    """The choices of one product at a time; what is chosen stays when another is looked at.

    Signals:
        changed: ``wish()`` is another.
    """

    changed = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._product = Product.SPREADSHEETS
        event = workplace.desk.event
        self._has_days = event.starts_on != event.ends_on
        self.what = CalmComboBox()
        self.list = CalmComboBox()
        self.list_or_all = CalmComboBox()
        self.ending = Segments((self.tr("Excel"), self.tr("CSV"), self.tr("JSON")))
        self.delimiter = CalmComboBox()
        self.when = Segments((self.tr("Before the event"), self.tr("Afterwards")))
        self.per_day = QCheckBox(self.tr("A list for each day"))
        self.files = Segments((self.tr("One file each"), self.tr("All in one file")))
        self.signed_by = QLineEdit()
        self.signed_by.setPlaceholderText(self.tr("Name and position"))
        self.signature = FileField(
            workplace,
            self.tr("Picture of the signature"),
            [self.tr("Pictures (*.png *.jpg *.jpeg *.svg)")],
            self.tr("Choose a picture…"),
        )
        self.layout_file = FileField(
            workplace,
            self.tr("Layout of the certificates"),
            [self.tr("Layouts (*.toml)")],
            self.tr("The program's"),
        )
        self._fill()
        self._lay_out()
        for box in (self.what, self.list, self.list_or_all, self.delimiter):
            box.currentIndexChanged.connect(self._take)
        for words in (self.ending, self.when, self.files):
            words.chosen.connect(self._take)
        for field in (self.signature, self.layout_file):
            field.changed.connect(self._take)
        self.per_day.toggled.connect(self._take)
        self.signed_by.editingFinished.connect(self._take)
        self.show_product(self._product)

    def show_product(self, product: Product) -> None:
        """Ask what there is to ask about this."""
        self._product = product
        self._show_rows()

    def wish(self) -> Wish:
        """What is chosen."""
        if self._product is Product.SPREADSHEETS:
            what = Export(self.what.currentData())
            ending = _ENDINGS[self.ending.current]
            delimiter = str(self.delimiter.currentData() or "") if ending == ".csv" else ""
            return ListWish(what, self._list(what), ending, delimiter)
        return DocumentWish(
            kind=DocumentKind(self._product.value),
            check_in_list=self._list(),
            after=self.when.current == 1,
            per_day=self.per_day.isChecked() and self._has_days,
            layout=self.layout_file.path(),
            signature=self.signature.path(),
            signed_by=self.signed_by.text().strip(),
            one_file=self.files.current == 1,
        )

    def _list(self, what: Export | None = None) -> CheckInList | None:
        lists = self._workplace.check_in_lists
        if what in (Export.ATTENDEES, Export.LEDGER):
            return None
        if self._product in _OF_ALL_LISTS:
            place = self.list_or_all.currentIndex() - 1
            return lists[place] if place >= 0 else None
        return lists[self.list.currentIndex()]

    def _fill(self) -> None:
        for what, words in (
            (Export.ATTENDEES, self.tr("Attendees, all that is known")),
            (Export.ATTENDANCE, self.tr("Attendance, who came when")),
            (Export.NO_SHOWS, self.tr("No-shows")),
            (Export.LEDGER, self.tr("Ledger, all that happened")),
        ):
            self.what.addItem(words, what.value)
        self.list_or_all.addItem(self.tr("All check-in lists"))
        for check_in_list in self._workplace.check_in_lists:
            self.list.addItem(shown(check_in_list.name))
            self.list_or_all.addItem(shown(check_in_list.name))
        self._choose_list_of_desk()
        names = {
            SEMICOLON: self.tr("Semicolon"),
            COMMA: self.tr("Comma"),
            TAB: self.tr("Tab"),
        }
        own = names[system_delimiter()]
        self.delimiter.addItem(self.tr("As here: {name}").format(name=own.lower()), "")
        for delimiter in _DELIMITERS:
            self.delimiter.addItem(names[delimiter], delimiter)
        for box in (self.what, self.list, self.list_or_all):
            box.setMinimumContentsLength(_SHORTEST_LIST_CHARACTERS)
            box.setSizeAdjustPolicy(
                CalmComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )

    def _choose_list_of_desk(self) -> None:
        ids = [one.id for one in self._workplace.check_in_lists]
        if self._workplace.desk.check_in_list.id in ids:
            self.list.setCurrentIndex(ids.index(self._workplace.desk.check_in_list.id))

    def _lay_out(self) -> None:
        self._rows = QFormLayout(self)
        for name, editor in (
            (self.tr("List"), self.what),
            (self.tr("Check-in list"), self.list),
            (self.tr("Who came to"), self.list_or_all),
            (self.tr("Format"), self.ending),
            (self.tr("Between cells"), self.delimiter),
            (self.tr("To be signed"), self.when),
            ("", self.per_day),
            (self.tr("Files"), self.files),
            (self.tr("Signed by"), self.signed_by),
            (self.tr("Signature"), self.signature),
            (self.tr("Layout"), self.layout_file),
        ):
            add_row(self._rows, name, editor)
        self.per_day.setAccessibleName(self.per_day.text())

    def _take(self) -> None:
        self._show_rows()
        self.changed.emit()

    def _show_rows(self) -> None:
        product = self._product
        is_list = product is Product.SPREADSHEETS
        what = Export(self.what.currentData())
        of_lists = what in (Export.ATTENDANCE, Export.NO_SHOWS)
        certificates = product is Product.CERTIFICATES
        signatures = product is Product.SIGNATURES
        shown = {
            self.what: is_list,
            self.list: product in (Product.ATTENDANCE, Product.SIGNATURES, Product.PAPER_LIST),
            self.list_or_all: of_lists if is_list else product in _OF_ALL_LISTS,
            self.ending: is_list,
            self.delimiter: is_list and _ENDINGS[self.ending.current] == ".csv",
            self.when: signatures,
            self.per_day: self._has_days and (signatures or product is Product.ATTENDANCE),
            self.files: certificates,
            self.signed_by: certificates,
            self.signature: certificates,
            self.layout_file: certificates,
        }
        for editor, is_shown in shown.items():
            self._rows.setRowVisible(editor, is_shown)
