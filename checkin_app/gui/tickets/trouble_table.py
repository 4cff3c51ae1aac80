"""A table of mails that did not arrive, and what stands around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QWidget,
)

from checkin_app.gui.appearance.theme import TOUCH_PX, sized
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import shown, tool_tip
from checkin_app.gui.tables.table_models import NOWHERE, AnyIndex, TitledTableModel
from checkin_app.services.mail.mailings import MailTrouble


class TroubleModel(TitledTableModel):
    """Whom, which address, what happened; made when a line is looked at.

    Args:
        titles: of the columns.
        words: what happened to a mail.
    """

    def __init__(
        self, titles: tuple[str, str, str], words: Callable[[MailTrouble], str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._titles = titles
        self._words = words
        self.troubles: Sequence[MailTrouble] = ()

    def show_troubles(self, troubles: Sequence[MailTrouble]) -> None:
        """Show these mails; the same ones stay as they are, chosen lines too."""
        if troubles != self.troubles:
            self.beginResetModel()
            self.troubles = troubles
            self.endResetModel()

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """One line a mail."""
        return 0 if parent.isValid() else len(self.troubles)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The text of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = self._text(self.troubles[index.row()], index.column())
        return tool_tip(text) if role == Qt.ItemDataRole.ToolTipRole else shown(text)

    def titles(self) -> tuple[str, str, str]:
        """Those given."""
        return self._titles

    def _text(self, trouble: MailTrouble, column: int) -> str:
        person = trouble.record.attendee
        return (person.full_name, person.email)[column] if column < 2 else self._words(trouble)


class TroubleTable(QTableView):
    """Lines to be chosen, several at once.

    Attributes:
        model_of_mails: what it shows.
    """

    def __init__(self, model: TroubleModel, name: str) -> None:
        super().__init__()
        self.model_of_mails = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(TOUCH_PX)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setStyleSheet("QTableView::item { padding: 0 10px; }")
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    @property
    def chosen(self) -> tuple[MailTrouble, ...]:
        """The mails that are chosen, from the top."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return tuple(self.model_of_mails.troubles[row] for row in rows)


def title_label(text: str) -> QLabel:
    """The title of a part."""
    title = plain_label(text)
    title.setFont(sized(title.font(), 1.15, bold=True))
    return title


def button_row(*buttons: QPushButton) -> QHBoxLayout:
    """Buttons beside each other, at the left."""
    row = QHBoxLayout()
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
