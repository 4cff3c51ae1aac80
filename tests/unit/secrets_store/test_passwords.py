"""Passwords by service and account, with and without a keyring of the system."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked

from checkin_app.errors import PasswordsUnavailable
from checkin_app.secrets_store.passwords import Keeping, Passwords, SessionPasswords, SystemKeyring

SERVICE, ACCOUNT = "checkin_app pretix", "https://pretix.example/demo"


class KeyringInMemory(KeyringBackend):
    """A keyring that works."""

    def __init__(self) -> None:
        super().__init__()
        self.passwords: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.passwords[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.passwords[service, username]


class LockedKeyring(KeyringBackend):
    """A keyring whose owner closed the question for its password."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("dismissed")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked("dismissed")

    def delete_password(self, service: str, username: str) -> None:
        raise KeyringLocked("dismissed")


@pytest.fixture(autouse=True)
def keyring_of_this_computer_untouched() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture(params=["keyring", "no keyring", "memory"])
def passwords(request: pytest.FixtureRequest) -> Passwords:
    if request.param == "memory":
        return SessionPasswords()
    keyring.set_keyring(KeyringInMemory() if request.param == "keyring" else NoKeyring())
    return SystemKeyring()


def test_a_password_that_was_set_is_known(passwords: Passwords) -> None:
    passwords.set(SERVICE, ACCOUNT, "first")
    passwords.set(SERVICE, ACCOUNT, "second")
    assert passwords.get(SERVICE, ACCOUNT) == "second"
    assert passwords.get(SERVICE, "another account") is None


def test_a_forgotten_password_is_not_known_any_more(passwords: Passwords) -> None:
    passwords.set(SERVICE, ACCOUNT, "secret")
    passwords.forget(SERVICE, ACCOUNT)
    assert passwords.get(SERVICE, ACCOUNT) is None


def test_forgetting_what_was_never_known_is_no_trouble(passwords: Passwords) -> None:
    passwords.forget(SERVICE, ACCOUNT)


def test_a_keyring_keeps_a_password_for_the_next_start() -> None:
    keyring.set_keyring(KeyringInMemory())
    assert SystemKeyring().set(SERVICE, ACCOUNT, "secret") is Keeping.IN_KEYRING
    assert SystemKeyring().get(SERVICE, ACCOUNT) == "secret"


def test_without_a_keyring_a_password_is_known_until_the_program_ends_and_that_is_said() -> None:
    keyring.set_keyring(NoKeyring())
    keeping = SystemKeyring().set(SERVICE, ACCOUNT, "secret")
    assert keeping is Keeping.UNTIL_END
    assert "until the program is closed" in keeping.sentence
    assert SystemKeyring().get(SERVICE, ACCOUNT) is None


def test_a_locked_keyring_is_said_and_not_taken_for_an_empty_one() -> None:
    keyring.set_keyring(LockedKeyring())
    with pytest.raises(PasswordsUnavailable, match="may be locked"):
        SystemKeyring().get(SERVICE, ACCOUNT)


def test_a_password_entered_while_the_keyring_is_locked_serves_until_the_program_ends() -> None:
    keyring.set_keyring(LockedKeyring())
    passwords = SystemKeyring()
    assert passwords.set(SERVICE, ACCOUNT, "secret") is Keeping.UNTIL_END
    assert passwords.get(SERVICE, ACCOUNT) == "secret"


def test_a_keyring_that_will_not_let_go_of_a_password_is_said() -> None:
    keyring.set_keyring(LockedKeyring())
    with pytest.raises(PasswordsUnavailable):
        SystemKeyring().forget(SERVICE, ACCOUNT)
