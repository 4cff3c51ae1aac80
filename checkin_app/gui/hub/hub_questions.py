"""What the dialog of the hub asks before it does what others notice. Esc, and Enter unless somebody
has moved to the other button, leave all as it is.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from checkin_app.gui.plain_text import shown


def is_sure_to_withdraw(parent: QWidget, name: str) -> bool:
    """Whether a desk of this name shall share no more."""
    return _is_sure(
        parent,
        _tr("Withdraw “{name}”?").format(name=shown(name, 60)),
        _tr(
            "That laptop can hand in and fetch nothing any more. What it has already handed in"
            " stays. The code it joined with ends, and the one that is shown is replaced: without"
            " the new one it cannot come back."
        ),
        _tr("Withdraw"),
    )


def is_sure_to_stop(parent: QWidget) -> bool:
    """Whether the hub shall stop."""
    return _is_sure(
        parent,
        _tr("Stop sharing?"),
        _tr(
            "Every desk goes on by itself and keeps what it records. When sharing starts again,"
            " they hand it in."
        ),
        _tr("Stop sharing"),
    )


def is_sure_to_take_over(parent: QWidget) -> bool:
    """Whether this laptop shall be the hub in place of another."""
    return _is_sure(
        parent,
        _tr("Make this laptop the hub?"),
        _tr(
            "Do this when the laptop that shares the event is broken or gone. The other desks then"
            " have to join this one, by the code it will show."
        ),
        _tr("Make it the hub"),
    )


def is_sure_to_join_another(parent: QWidget) -> bool:
    """Whether the hub on this laptop shall give way to that of another."""
    return _is_sure(
        parent,
        _tr("Join the other laptop?"),
        _tr(
            "This laptop shares the event itself. When it has joined the other one, it stops that;"
            " the desks that joined this laptop go on by themselves until they join the other one"
            " too. Nothing is lost."
        ),
        _tr("Join the other one"),
    )


def _is_sure(parent: QWidget, question: str, consequence: str, yes: str) -> bool:
    box = QMessageBox(QMessageBox.Icon.Question, parent.windowTitle(), question, parent=parent)
    box.setInformativeText(consequence)
    box.setStyleSheet("QLabel#qt_msgbox_label { font-weight: bold; }")
    accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.exec()
    is_sure = box.clickedButton() is accept
    box.deleteLater()
    return is_sure


def _tr(text: str) -> str:
    return QCoreApplication.translate("HubQuestions", text)
