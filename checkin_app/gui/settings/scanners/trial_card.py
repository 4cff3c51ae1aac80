"""The self-test of a scanner: the code to scan, what was found, and how the desk was set up."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from checkin_app.gui.appearance.icons import icon, paint_icon
from checkin_app.gui.appearance.theme import Tone, colours_of, sized
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import shown
from checkin_app.gui.settings.scanners.finding_words import (
    FindingLine,
    explanation,
    finding_lines,
    instruction,
    settings_words,
)
from checkin_app.gui.settings.scanners.scanner_choice import ScannerChoice
from checkin_app.gui.settings.scanners.shown_test_code import ShownTestCode
from checkin_app.gui.settings.scanners.trial import Stage, Trial
from checkin_app.settings.device_settings import ScannerSettings

_SIGN_PX = 34
_LINE_SIGN_PX = 22
_BAD_STAGES = (Stage.FAILED, Stage.ANOTHER_CODE)


class TrialCard(QFrame):
    """Shows a ``Trial``.

    Attributes:
        lines: the sentences about the scanner, as shown.
        undo, again, forget: set the desk as before; try another scanner; take back all that was
            ever set up for scanners.
    """

    def __init__(self, trial: Trial, choice: ScannerChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._trial = trial
        self._choice = choice
        self.lines: tuple[FindingLine, ...] = ()
        self._sign = _StageSign(self)
        self.instruction = plain_label()
        self.instruction.setFont(sized(self.font(), 1.25, bold=True))
        self.instruction.setWordWrap(True)
        self.explanation = quiet_label()
        self._findings = QVBoxLayout()
        self._findings.setSpacing(8)
        self.set_up = quiet_label()
        self.undo = QPushButton(icon("undo"), self.tr("Undo the setting"), self)
        self.again = QPushButton(icon("retry"), self.tr("Try another scanner"), self)
        self.forget = QPushButton(self.tr("Forget"), self)
        self.forget.setToolTip(self.tr("Treat scanners as on the first day"))
        self._lay_out()
        trial.changed.connect(self.show_trial)
        self.undo.clicked.connect(trial.undo)
        self.again.clicked.connect(trial.begin_again)
        self.forget.clicked.connect(self._forget)
        self.show_trial()

    def show_trial(self) -> None:
        """Show how far the trial is."""
        trial = self._trial
        self._sign.show_stage(trial.stage)
        self.instruction.setText(instruction(trial.stage))
        self.explanation.setText(explanation(trial.stage))
        self.explanation.setVisible(bool(self.explanation.text()))
        self.setAccessibleName(self.instruction.text())
        self._show_lines(finding_lines(trial.findings) if trial.findings else ())
        self.undo.setVisible(trial.before is not None)
        self.again.setVisible(trial.findings is not None)
        self.show_settings()

    def show_settings(self) -> None:
        """Show what the desk does for its scanners."""
        words = settings_words(self._choice.settings)
        self.set_up.setText(shown(words))
        self.set_up.setVisible(bool(words))
        self.forget.setVisible(bool(words) and self._trial.before is None)

    def _forget(self) -> None:
        self._choice.choose(ScannerSettings(serial=self._choice.settings.serial))
        self._trial.begin_again()

    def _show_lines(self, lines: tuple[FindingLine, ...]) -> None:
        if lines == self.lines:
            return
        self.lines = lines
        while (item := self._findings.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        for line in lines:
            self._findings.addWidget(_FindingRow(line, self))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.instruction)
        words.addWidget(self.explanation)
        head.addLayout(words, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.set_up, 3)
        foot.addStretch(1)
        for button in (self.forget, self.undo, self.again):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(14)
        column.addWidget(ShownTestCode(self))
        column.addLayout(head)
        column.addLayout(self._findings)
        column.addLayout(foot)


class _FindingRow(QWidget):
    """A sentence behind the sign of whether anything is to be done."""

    def __init__(self, line: FindingLine, parent: QWidget) -> None:
        super().__init__(parent)
        words = plain_label(shown(line.text))
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        words.setMinimumHeight(_LINE_SIGN_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins((_SIGN_PX - _LINE_SIGN_PX) // 2, 0, 0, 0)
        row.setSpacing(12 + (_SIGN_PX - _LINE_SIGN_PX) // 2)
        row.addWidget(_LineSign(line.is_good, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)


class _Sign(QWidget):
    """An icon in a disc of its colour."""

    def __init__(self, side_px: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(side_px, side_px))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The disc and the icon."""
        tone, name = self._look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone.fill)
        area = QRectF(self.rect())
        painter.drawEllipse(area)
        inset = area.width() * 0.24
        paint_icon(painter, name, area.adjusted(inset, inset, -inset, -inset), tone.ink)

    def _look(self) -> tuple[Tone, str]:
        raise NotImplementedError


class _StageSign(_Sign):
    """How far the trial is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_SIGN_PX, parent)
        self._stage = Stage.WAITING

    def show_stage(self, stage: Stage) -> None:
        """Draw another stage."""
        self._stage = stage
        self.update()

    def _look(self) -> tuple[Tone, str]:
        colours = colours_of(self.palette())
        match self._stage:
            case Stage.WORKS:
                return colours.inside, "check"
            case stage if stage in _BAD_STAGES:
                return colours.attention, "warning"
            case _:
                return Tone(colours.accent, colours.on_accent), "scan"


class _LineSign(_Sign):
    """Good, or something to do."""

    def __init__(self, is_good: bool, parent: QWidget) -> None:
        super().__init__(_LINE_SIGN_PX, parent)
        self._is_good = is_good

    def _look(self) -> tuple[Tone, str]:
        colours = colours_of(self.palette())
        if self._is_good:
            return Tone(colours.chosen, colours.text), "check"
        return colours.attention, "warning"
