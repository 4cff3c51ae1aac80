"""The documents screen: what there is at the left, its choices, and how it begins."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import TOUCH_PX, size_px, sized
from checkin_app.gui.documents.look import Look
from checkin_app.gui.documents.making import Making
from checkin_app.gui.documents.options import Options
from checkin_app.gui.documents.paper_ticks_panel import PaperTicksPanel
from checkin_app.gui.documents.products import CONTEXT, PRODUCTS, Product
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.keys import add_key
from checkin_app.gui.plain_text import grouped, shown
from checkin_app.gui.workplace import Workplace
from checkin_app.services.documents.document_making import Made

_LIST_EM = 14.5
_OPTIONS_EM = 28
_MARGIN_PX = 14
_ICON_PX = 22
_SETTLED_MS = 400
"""After the last change of the event file: at the desk they come one a second."""


class DocumentsScreen(QWidget):
    """Chooses a product, shows how it begins, and has it saved."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._made: Path | None = None
        self.products = QListWidget()
        self.options = Options(workplace)
        self.look = Look(workplace)
        self.ticks = PaperTicksPanel(workplace)
        self.making = Making(workplace, self)
        self.title = plain_label()
        self.about = quiet_label()
        self.line = plain_label()
        self.bar = QProgressBar(textVisible=False)
        self.open = QPushButton(self.tr("Open"))
        self.show_folder = QPushButton(self.tr("Show in folder"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.save = QPushButton(self.tr("Save…"))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SETTLED_MS)
        self._fill()
        self._lay_out()
        self._connect()
        self._show_running(False)
        self.products.setCurrentRow(0)
        self.setFocusProxy(self.products)

    @property
    def product(self) -> Product:
        """What is in front."""
        return list(PRODUCTS)[max(self.products.currentRow(), 0)]

    def choose(self, product: Product) -> None:
        """Bring a product to the front."""
        self.products.setCurrentRow(list(PRODUCTS).index(product))
        self._begin_entry()

    def showEvent(self, event: QShowEvent) -> None:
        """Show how things are now."""
        super().showEvent(event)
        self._show_look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        super().hideEvent(event)
        self._soon.stop()

    def _connect(self) -> None:
        self.products.currentRowChanged.connect(self._show_product)
        # Not with the arrow keys: they have to come past the entry of ticks.
        self.products.itemClicked.connect(self._begin_entry)
        self.products.itemActivated.connect(self._begin_entry)
        self.options.changed.connect(self._show_changed)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.making.cancel)
        self.open.clicked.connect(self._open)
        self.show_folder.clicked.connect(self._show_in_folder)
        self.making.started.connect(partial(self._show_running, True))
        self.making.progressed.connect(self._show_progress)
        self.making.made.connect(self._show_made)
        self.making.ended.connect(partial(self._show_running, False))
        self._workplace.changed.connect(self._look_again_soon)
        self._soon.timeout.connect(self._show_look)
        add_key("Ctrl+S", self, self._save)

    def _title(self, product: Product) -> str:
        return QCoreApplication.translate(CONTEXT, PRODUCTS[product].title)

    def _show_product(self) -> None:
        product = self.product
        self.title.setText(self._title(product))
        self.about.setText(QCoreApplication.translate(CONTEXT, PRODUCTS[product].about))
        is_entry = product is Product.PAPER_TICKS
        self._stack.setCurrentWidget(self.ticks if is_entry else self._document)
        if is_entry:
            return
        self.options.show_product(product)
        self.look.forget()
        self._show_changed()

    def _begin_entry(self) -> None:
        """Whoever chose the ticks on purpose goes on by typing."""
        if self.product is Product.PAPER_TICKS:
            self.ticks.setFocus()

    def _show_changed(self) -> None:
        """Something else is wished for than what was made."""
        self._made = None
        if self.bar.isHidden():
            self._show_running(False)
        self._show_look()

    def _look_again_soon(self) -> None:
        if self.isVisible() and not self.look.is_slow:
            self._soon.start()

    def _show_look(self) -> None:
        if self.isVisible() and self.product is not Product.PAPER_TICKS:
            self.look.show_wish(self.options.wish())

    def _save(self) -> None:
        if self.bar.isHidden() and self.product is not Product.PAPER_TICKS:
            self.making.ask_and_make(self.options.wish(), self._title(self.product))

    def _show_running(self, is_running: bool) -> None:
        self.bar.setVisible(is_running)
        self.bar.setRange(0, 0)
        self.cancel.setVisible(is_running)
        self.save.setVisible(not is_running)
        self.line.setText(self.tr("Writing…") if is_running else "")
        for button in (self.open, self.show_folder):
            button.setVisible(not is_running and self._made is not None)

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _show_made(self, path: Path, made: Made) -> None:
        self._made = path
        self._show_running(False)
        count = grouped(made.count)
        words = (
            self.tr("{file}: {count} rows.")
            if self.product is Product.SPREADSHEETS
            else self.tr("{file}: {count} people.")
        )
        told = words.format(file=shown(path.name), count=count)
        self.line.setText(" ".join(filter(None, (told, shown(made.remark)))))

    def _open(self) -> None:
        if self._made is not None:
            self.making.open(self._made)

    def _show_in_folder(self) -> None:
        if self._made is not None:
            self.making.open(self._made.parent)

    def _fill(self) -> None:
        self.products.setFrameShape(QFrame.Shape.NoFrame)
        self.products.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.products.setFixedWidth(round(_LIST_EM * size_px(self.font())))
        self.products.setAccessibleName(self.tr("Documents"))
        for product, plan in PRODUCTS.items():
            item = QListWidgetItem(icon(plan.icon_name), self._title(product), self.products)
            item.setSizeHint(QSize(0, TOUCH_PX + 4))
        self.title.setFont(sized(self.font(), 1.5, bold=True))
        self.line.setWordWrap(True)
        self.save.setProperty("primary", True)
        self.save.setToolTip(self.tr("Ctrl+S"))

    def _lay_out(self) -> None:
        options = QScrollArea()
        options.setFrameShape(QFrame.Shape.NoFrame)
        options.setWidgetResizable(True)
        options.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        options.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        options.setWidget(self._beside_look())
        options.setFixedWidth(round(_OPTIONS_EM * size_px(self.font())))
        self._document = QWidget()
        row = QHBoxLayout(self._document)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_MARGIN_PX)
        row.addWidget(options)
        row.addWidget(self.look, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._document)
        self._stack.addWidget(self.ticks)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addSpacing(8)
        column.addWidget(self._stack, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        whole.setSpacing(_MARGIN_PX)
        whole.addWidget(self.products)
        whole.addLayout(column, 1)

    def _beside_look(self) -> QWidget:
        """Choices, and below them what is done with them."""
        buttons = QHBoxLayout()
        for button in (self.cancel, self.save):
            buttons.addWidget(button, 1)
        after = QHBoxLayout()
        for button in (self.open, self.show_folder):
            after.addWidget(button, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(10)
        column.addWidget(self.options)
        column.addSpacing(6)
        column.addLayout(buttons)
        column.addWidget(self.bar)
        column.addWidget(self.line)
        column.addLayout(after)
        column.addStretch(1)
        return content
