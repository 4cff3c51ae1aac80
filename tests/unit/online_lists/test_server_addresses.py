"""What people paste as the address of an event, and what is refused."""

from __future__ import annotations

import pytest

from checkin_app.errors import UsageError
from checkin_app.online_lists.addresses import (
    EventLink,
    indico_link,
    pretix_link,
    server_address,
)


@pytest.mark.parametrize(
    "pasted",
    [
        "https://pretix.eu/demo/forum/",
        "https://pretix.eu/demo/forum/order/ABC12/",
        "pretix.eu/demo/forum",
        " https://pretix.eu/control/event/demo/forum/orders/?status=p\n",
        "https://pretix.eu/api/v1/organizers/demo/events/forum/orders/",
    ],
)
def test_a_link_to_an_event_of_pretix_says_all_about_it(pasted: str) -> None:
    assert pretix_link(pasted) == EventLink("https://pretix.eu", "demo", "forum")


@pytest.mark.parametrize(
    "pasted",
    ["https://pretix.eu", "pretix.eu/", "https://pretix.eu/control/", "https://pretix.eu/api/v1"],
)
def test_an_address_of_pretix_alone_names_no_event(pasted: str) -> None:
    assert pretix_link(pasted) == EventLink("https://pretix.eu")


@pytest.mark.parametrize(
    ("pasted", "link"),
    [
        ("https://indico.cern.ch/event/1234/", EventLink("https://indico.cern.ch", "", "1234")),
        (
            "https://example.org/indico/event/1234/manage/registration/",
            EventLink("https://example.org/indico", "", "1234"),
        ),
        ("indico.cern.ch", EventLink("https://indico.cern.ch")),
        ("https://example.org/indico/", EventLink("https://example.org/indico")),
    ],
)
def test_a_link_to_indico_says_where_it_lies(pasted: str, link: EventLink) -> None:
    assert indico_link(pasted) == link


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "ftp://pretix.eu",
        "https://",
        "http://",
        "https://[::1",
        "https://a:b:c",
        "file:///etc",
    ],
)
def test_what_is_no_address_is_said(typed: str) -> None:
    with pytest.raises(UsageError):
        server_address(typed)


def test_an_address_that_others_can_read_along_is_refused() -> None:
    with pytest.raises(UsageError, match="https"):
        server_address("http://pretix.eu")


@pytest.mark.parametrize(
    "typed", ["http://localhost:8345", "http://127.0.0.1:80", "http://[::1]:80"]
)
def test_a_server_on_this_computer_needs_no_encryption(typed: str) -> None:
    assert server_address(typed) == typed


def test_a_password_in_an_address_is_refused() -> None:
    with pytest.raises(UsageError, match="password"):
        server_address("https://me:secret@pretix.eu")
