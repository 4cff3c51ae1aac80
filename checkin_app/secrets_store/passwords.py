"""Passwords by service and account: in the system's keyring, else only until the program ends.

A service is what the password is for ("checkin_app pretix"), an account says which one
("https://pretix.eu/demo/forum"). Both can be read by whoever uses this computer; only the
password is secret. No function here writes a password to a file or to the log.

A keyring may ask its owner to unlock it and answers only then: never call these functions on the
thread that draws the window.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from checkin_app.errors import PasswordsUnavailable

if TYPE_CHECKING:
    from types import ModuleType


class Keeping(StrEnum):
    """How long a password that was set stays known."""

    IN_KEYRING = "in_keyring"
    UNTIL_END = "until_end"

    @property
    def sentence(self) -> str:
        """What to tell the person who has just entered the password."""
        return _SENTENCES[self]


_SENTENCES = {
    Keeping.IN_KEYRING: "Kept in this system's keyring.",
    Keeping.UNTIL_END: (
        "This system has no keyring that could keep it: it is known only until the program is "
        "closed, and has to be entered again then."
    ),
}


class Passwords(Protocol):
    """Where passwords are kept."""

    def get(self, service: str, account: str) -> str | None:
        """The password, or None when none is known.

        Raises:
            PasswordsUnavailable: the keyring is there but does not answer (it stayed locked).
        """

    def set(self, service: str, account: str, password: str) -> Keeping:
        """Keeps the password in place of any earlier one; says for how long."""

    def forget(self, service: str, account: str) -> None:
        """Removes the password; no matter if there is none.

        Raises:
            PasswordsUnavailable: the keyring may still hold it.
        """


class SessionPasswords:
    """Passwords in memory, gone when the program ends."""

    def __init__(self) -> None:
        self._passwords: dict[tuple[str, str], str] = {}

    def get(self, service: str, account: str) -> str | None:
        return self._passwords.get((service, account))

    def set(self, service: str, account: str, password: str) -> Keeping:
        self._passwords[service, account] = password
        return Keeping.UNTIL_END

    def forget(self, service: str, account: str) -> None:
        self._passwords.pop((service, account), None)


class SystemKeyring:
    """The keyring of macOS, Windows or the Linux desktop.

    Where there is none, or it stays locked, a password that is set is known until the program
    ends. The package is loaded with the first password that is asked for: it takes 0.3 s.
    """

    def __init__(self) -> None:
        self._this_session = SessionPasswords()

    def get(self, service: str, account: str) -> str | None:
        known = self._this_session.get(service, account)
        if known is not None:
            return known
        keyring, errors = _keyring()
        try:
            password: str | None = keyring.get_password(service, account)
        except errors.NoKeyringError:
            return None
        except (errors.KeyringError, OSError) as error:
            raise _unavailable() from error
        return password

    def set(self, service: str, account: str, password: str) -> Keeping:
        keyring, errors = _keyring()
        try:
            keyring.set_password(service, account, password)
        except (errors.KeyringError, OSError):
            return self._this_session.set(service, account, password)
        self._this_session.forget(service, account)
        return Keeping.IN_KEYRING

    def forget(self, service: str, account: str) -> None:
        self._this_session.forget(service, account)
        keyring, errors = _keyring()
        try:
            if keyring.get_password(service, account) is not None:
                keyring.delete_password(service, account)
        except errors.NoKeyringError:
            return
        except (errors.KeyringError, OSError) as error:
            raise _unavailable() from error


def _keyring() -> tuple[ModuleType, ModuleType]:
    import keyring
    import keyring.errors

    return keyring, keyring.errors


def _unavailable() -> PasswordsUnavailable:
    return PasswordsUnavailable(
        "The keyring of this system did not give the password: it may be locked. Unlock it and try "
        "again, or enter the password once more."
    )
