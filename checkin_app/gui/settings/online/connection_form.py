"""Asks where the registrations of the event are: system, address, event, token."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from checkin_app.errors import UsageError
from checkin_app.gui.form.form_rows import add_row, beside, quiet_label
from checkin_app.gui.form.secret_field import SecretField
from checkin_app.gui.form.segments import Segments
from checkin_app.services.online.online_lists import SYSTEM_NAMES, with_event, with_link
from checkin_app.settings.online_settings import OnlineConnection, OnlineSystem

_SYSTEMS = (OnlineSystem.PRETIX, OnlineSystem.INDICO)
_LONGEST_TEXT = 300


class ConnectionForm(QWidget):
    """The questions about one connection.

    Attributes:
        system: pretix or Indico.
        address, organiser, event_name, token: the fields.
        forget: removes the token from where it is kept.
        hint: what to type.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held = OnlineConnection()
        self.system = Segments(tuple(SYSTEM_NAMES[system] for system in _SYSTEMS))
        self.address, self.organiser, self.event_name = QLineEdit(), QLineEdit(), QLineEdit()
        self.token = SecretField()
        self.forget = QPushButton(self.tr("Forget token"))
        self.hint = quiet_label()
        self._lay_out()
        self._show_system()
        self.system.chosen.connect(self._take_system)
        self.address.editingFinished.connect(self._take_link)
        for field in (self.address, self.organiser, self.event_name, self.token):
            field.setMaxLength(_LONGEST_TEXT)

    def show_connection(self, connection: OnlineConnection) -> None:
        """Show what is known."""
        self._held = connection
        self.system.show_chosen(_SYSTEMS.index(connection.system))
        self._fill(connection)
        self._show_system()

    def connection(self) -> OnlineConnection:
        """What was typed.

        Raises:
            UsageError: the address is none, or what belongs to it is missing.
        """
        system = _SYSTEMS[self.system.current]
        base = self._held
        if system is not base.system:
            base = OnlineConnection(base.event_key, system)
        named = with_event(base, self.organiser.text(), self.event_name.text())
        named = with_link(named, self.address.text())
        if named.is_complete:
            return named
        if system is OnlineSystem.PRETIX:
            raise UsageError(self.tr("Enter the short forms of organiser and event, too."))
        raise UsageError(self.tr("Enter the number of the event, too."))

    def show_token_is_kept(self) -> None:
        """The token is where it belongs, and not shown again."""
        self.token.clear()
        self.token.setPlaceholderText(self.tr("Kept; enter one only to replace it"))

    def _take_system(self) -> None:
        """What belongs to the other system is of no use here."""
        is_held = self._held.system is _SYSTEMS[self.system.current]
        self._fill(self._held if is_held else OnlineConnection())
        self.token.clear()
        self._show_system()

    def _take_link(self) -> None:
        """A link to the event says all about it; an address alone stays as it was typed."""
        try:
            named = with_link(
                OnlineConnection(system=_SYSTEMS[self.system.current]), self.address.text()
            )
        except UsageError:
            return
        if named.event:
            self._fill(named)

    def _fill(self, connection: OnlineConnection) -> None:
        self.address.setText(connection.server)
        self.organiser.setText(connection.organiser)
        self.event_name.setText(connection.event)

    def _show_system(self) -> None:
        is_pretix = _SYSTEMS[self.system.current] is OnlineSystem.PRETIX
        self._rows.setRowVisible(self.organiser, is_pretix)
        self.address.setPlaceholderText(
            "https://pretix.eu/organiser/event/"
            if is_pretix
            else "https://indico.example.org/event/1234/"
        )
        self.token.setPlaceholderText(self.tr("Kept in this system's keyring, and nowhere else"))
        self.hint.setText(
            self.tr(
                "Paste a link to the event. The token is made in pretix under Organiser, Teams: of"
                " a team that may view orders, and change them if check-ins are to go back."
            )
            if is_pretix
            else self.tr(
                "Paste a link to the event. The token is made in Indico under My profile, API"
                " tokens, with the scope “Registrants”."
            )
        )

    def _lay_out(self) -> None:
        self._rows = QFormLayout(self)
        add_row(self._rows, self.tr("System"), self.system)
        add_row(self._rows, self.tr("Address"), self.address)
        self._rows.addRow("", self.hint)
        add_row(self._rows, self.tr("Organiser"), self.organiser)
        add_row(self._rows, self.tr("Event"), self.event_name)
        add_row(self._rows, self.tr("Token"), beside(self.token, self.forget))
        self.token.setAccessibleName(self.tr("Token"))
        self.forget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
