"""The first sheet of a run, which may be part-used: where to begin, which slots are gone."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.imposition import Imposition
from checkin_app.gui.badges.choice.choices import begun_at, used_slots, whole_sheet, with_used
from checkin_app.gui.badges.run.badge_run import BadgeRun
from checkin_app.gui.badges.sheets.sheet_drawing import SheetDrawing
from checkin_app.gui.badges.sheets.sheet_painting import ShownSlot, SlotLook
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.segments import Segments
from checkin_app.gui.plain_text import shown


class FirstSheetView(QWidget):
    """The drawing of the first sheet, to be touched.

    Signals:
        imposition_chosen: the ``Imposition`` with another beginning.
    """

    imposition_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: BadgeRun | None = None
        self._imposition = Imposition()
        self.drawing = SheetDrawing()
        self.drawing.setAccessibleName(self.tr("First sheet"))
        self.mode = Segments((self.tr("Begin at a slot"), self.tr("Mark used slots")))
        self.whole = QPushButton(self.tr("Whole sheet"))
        self.hint = quiet_label()
        self.drawing.pressed.connect(self._press)
        self.drawing.marked.connect(self._mark)
        self.mode.chosen.connect(self._say_how)
        self.whole.clicked.connect(self._take_whole_sheet)
        self._lay_out()
        self._say_how()
        self.setFocusProxy(self.drawing)

    def show_run(self, run: BadgeRun | None) -> None:
        """Show how the run begins."""
        self._run = run
        if run is None:
            self.drawing.show_sheet(None, {})
            return
        imposition = self._imposition = run.job.plan.imposition
        self.drawing.show_sheet(
            run.job.plan.stock, self._slots(imposition, run.slots_of_sheet(1)), imposition.fill
        )
        can_begin = not imposition.cut_and_stack and run.job.plan.stock.slots > 1
        self.mode.setEnabled(can_begin)
        self.whole.setEnabled(can_begin and imposition != whole_sheet(imposition))
        self._say_how()

    def _slots(
        self, imposition: Imposition, people: Mapping[int, Attendee]
    ) -> Mapping[int, ShownSlot]:
        assert self._run is not None
        stock = self._run.job.plan.stock
        used = used_slots(imposition)
        answers = not imposition.cut_and_stack and stock.slots > 1
        first = min(people, default=0)
        slots = {}
        for slot in range(1, stock.slots + 1):
            name = people[slot].full_name if slot in people else ""
            number = self.tr("Slot {slot} of {slots}").format(slot=slot, slots=stock.slots)
            if slot in used:
                look, state = SlotLook.USED, self.tr("used up")
            elif slot == first and answers:
                look, state = SlotLook.FIRST, self.tr("begins here: {name}").format(name=name)
            elif name:
                look, state = SlotLook.FILLED, name
            else:
                look, state = SlotLook.EMPTY, self.tr("empty")
            text = f"{slot}\n{shown(name)}" if name else str(slot)
            slots[slot] = ShownSlot(look, text, f"{number}, {shown(state)}", answers)
        return slots

    def _press(self, slot: int) -> None:
        if self.mode.current:
            self._mark(slot)
        else:
            self._choose(begun_at(self._imposition, slot))

    def _mark(self, slot: int) -> None:
        if self._run is not None:
            self._choose(with_used(self._imposition, slot, self._run.job.plan.stock))

    def _take_whole_sheet(self) -> None:
        self._choose(whole_sheet(self._imposition))

    def _choose(self, imposition: Imposition) -> None:
        """The drawing follows in a moment; until then the next click builds on this one."""
        self._imposition = imposition
        self.imposition_chosen.emit(imposition)

    def _say_how(self) -> None:
        plan = self._run.job.plan if self._run else None
        if plan and plan.imposition.cut_and_stack:
            text = self.tr("Cutting in stacks takes whole sheets.")
        elif plan and plan.stock.slots == 1:
            text = self.tr("One badge fills the sheet.")
        elif self.mode.current:
            text = self.tr("Click the slots that are used up; click again to free them.")
        else:
            text = self.tr("Click the slot to begin at. Ctrl+click or Space marks one as used up.")
        self.hint.setText(text)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.mode, 1)
        row.addWidget(self.whole)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.drawing, 1)
        column.addWidget(self.hint)
