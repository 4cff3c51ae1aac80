"""Registrations of pretix, fetched from a server that answers as documented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from online_server import TOKEN, Mood, PretixServer

from checkin_app.errors import OnlineRefused
from checkin_app.online_lists.plain_list import OnlineList
from checkin_app.online_lists.pretix import Heard, Pretix, PretixCheckInList, Reply
from checkin_app.online_lists.web import Patience, Web

PATIENT = Patience(connecting=60, silent=60, whole=60, first_pause=0.01)
PETER = "z3fsn8jyufm5kpk768q69gkbyr5f4h6w"
AT = datetime(2026, 11, 23, 8, 31, 4, tzinfo=UTC)


def no_progress(_done: int, _total: int) -> None:
    pass


@pytest.fixture
def web(pretix_server: PretixServer) -> Iterator[Web]:
    with Web("pretix", pretix_server.url, f"Token {TOKEN}", patience=PATIENT) as web:
        yield web


@pytest.fixture
def pretix(web: Web) -> Pretix:
    return Pretix(web, "bigevents", "sampleconf")


@pytest.fixture
def people(pretix: Pretix) -> dict[str, dict[str, str]]:
    """The rows as column → text, by order code and number of the ticket."""
    found = pretix.registrations("en", no_progress)
    return {f"{row['Order code']}-{row['Position ID']}": row for row in rows(found)}


def rows(found: OnlineList) -> list[dict[str, str]]:
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def test_the_event_tells_its_name_in_the_language_asked_for(pretix: Pretix) -> None:
    assert pretix.describe("de-AT").title == "Beispielkonferenz"
    assert pretix.describe("fr").title == "Sample Conference"
    assert pretix.describe("en").registrations == 9


def test_the_check_in_lists_have_their_names(pretix: Pretix) -> None:
    assert pretix.check_in_lists() == (PretixCheckInList(1, "Default check-in list"),)


def test_the_order_of_the_documentation_is_one_person(people: dict[str, dict[str, str]]) -> None:
    peter = {column: text for column, text in people["ABC12-1"].items() if text}
    assert peter == {
        "Order code": "ABC12",
        "Position ID": "1",
        "Status": "paid",
        "Ticket secret": PETER,
        "Attendee name": "Peter",
        "Attendee company": "Sample company",
        "Country": "DE",
        "Email": "tester@example.org",
        "Phone number": "+491234567",
        "Product": "Standard ticket",
        "Invoice address company": "Sample company",
        "Invoice address name": "John Doe",
        "Dietary needs": "Foo",
    }


def test_all_pages_come_and_no_test_order(people: dict[str, dict[str, str]]) -> None:
    codes = {number.partition("-")[0] for number in people}
    assert codes == {
        "ABC12", "DEF13", "GHK14", "JKL15", "MNP16", "QRS17", "TUV18", "ZAB20", "CDE21",
    }  # fmt: skip


def test_a_test_order_is_left_out_even_by_a_server_that_sends_it(
    pretix: Pretix, pretix_server: PretixServer
) -> None:
    for order in pretix_server.orders:
        order["testmode"] = "yes" if order["code"] == "ABC12" else order["testmode"]
    pretix_server.orders[1]["testmode"] = True
    assert "DEF13" not in str(pretix.registrations("en", no_progress))


@pytest.mark.parametrize(
    ("ticket", "status"),
    [
        ("ABC12-1", "paid"),
        ("DEF13-2", "canceled"),
        ("GHK14-1", "pending"),
        ("JKL15-1", "pending (confirmed)"),
        ("MNP16-1", "approval pending"),
        ("QRS17-1", "expired"),
        ("TUV18-1", "canceled"),
        ("CDE21-1", "blocked"),
    ],
)
def test_a_status_has_the_word_of_the_exported_list(
    people: dict[str, dict[str, str]], ticket: str, status: str
) -> None:
    assert people[ticket]["Status"] == status


def test_names_come_in_their_parts(people: dict[str, dict[str, str]]) -> None:
    zoe = people["DEF13-1"]
    assert zoe["Attendee name: Given name"] == "Zoë"
    assert zoe["Attendee name: Family name"] == "van der Berg"


def test_what_was_bought_beside_goes_with_the_ticket_and_is_no_person(
    people: dict[str, dict[str, str]],
) -> None:
    assert people["DEF13-1"]["Add-ons"] == "Workshop"
    assert people["DEF13-1"]["Variation"] == "Student"
    assert {"DEF13-3", "DEF13-4"}.isdisjoint(people)


def test_tickets_without_a_name_are_kept_apart(people: dict[str, dict[str, str]]) -> None:
    first, second = people["ZAB20-1"], people["ZAB20-2"]
    assert first["Ticket secret"] != second["Ticket secret"]
    assert first["Invoice address company"] == "ACME SA"
    assert first["Attendee name"] == ""


def test_answers_stand_under_their_questions_and_files_stay_away(
    people: dict[str, dict[str, str]],
) -> None:
    assert people["DEF13-1"]["T-Shirt size"] == "M"
    assert "Photo" not in people["DEF13-1"]


def test_what_the_desk_must_be_told_comes_along(people: dict[str, dict[str, str]]) -> None:
    assert people["DEF13-1"]["Check-in text"] == "Badge at the VIP desk"


def test_progress_counts_to_the_number_of_orders(pretix: Pretix) -> None:
    told: list[tuple[int, int]] = []
    pretix.registrations("en", lambda done, total: told.append((done, total)))
    assert told == [(4, 9), (8, 9), (9, 9)]


def test_the_next_page_is_asked_of_the_same_server_whatever_its_link_says(
    pretix: Pretix, pretix_server: PretixServer
) -> None:
    pretix_server.url, own = "http://elsewhere.invalid", pretix_server.url
    assert len(pretix.registrations("en", no_progress).rows) == 11
    pretix_server.url = own


def test_an_order_that_came_on_two_pages_is_taken_once(
    pretix: Pretix, pretix_server: PretixServer
) -> None:
    pretix_server.orders.insert(4, pretix_server.orders[3])
    assert len(pretix.registrations("en", no_progress).rows) == 11


def test_trouble_in_the_middle_does_not_begin_anew(
    pretix: Pretix, pretix_server: PretixServer
) -> None:
    pretix_server.moods.extend([Mood.BROKEN, Mood.CUT, Mood.HALF])
    assert len(pretix.registrations("en", no_progress).rows) == 11
    assert len(pretix_server.asked) == 5 + 3


def test_an_event_that_is_not_there_is_said(web: Web) -> None:
    with pytest.raises(OnlineRefused, match="how organiser and event are written"):
        Pretix(web, "bigevents", "another/event").describe("en")


def test_what_speaks_otherwise_than_documented_is_said(
    pretix: Pretix, pretix_server: PretixServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for odd in ([], {"results": {}}, {"results": [1]}, None, "text", 7):
        monkeypatch.setattr(pretix_server, "willing_answer", lambda _asked, odd=odd: (200, odd))
        with pytest.raises(OnlineRefused, match="documentation"):
            pretix.registrations("en", no_progress)


def test_odd_values_in_an_order_cost_only_themselves(
    pretix: Pretix, pretix_server: PretixServer
) -> None:
    order = pretix_server.orders[0]
    order.update(invoice_address=None, email=None, status=None, checkin_text=7)
    order["positions"][0].update(
        attendee_name_parts=None,
        answers=[None, {"question": None}],
        seat=None,
        country=[],
        item=None,
    )
    (peter,) = (
        row for row in rows(pretix.registrations("en", no_progress)) if row["Order code"] == "ABC12"
    )
    assert (peter["Attendee name"], peter["Status"], peter["Country"]) == ("Peter", "", "")


# Check-ins back to pretix


def test_a_check_in_counts_once_for_its_nonce(pretix: Pretix, pretix_server: PretixServer) -> None:
    for _ in range(2):
        assert pretix.redeem(PETER, 1, "0a", AT) == Reply(Heard.TAKEN)
    assert len(pretix_server.check_ins) == 1
    told = pretix_server.check_ins["0a"]
    assert told["datetime"] == "2026-11-23T08:31:04+00:00"
    assert (told["force"], told["ignore_unpaid"], told["questions_supported"]) == (
        True,
        True,
        False,
    )


@pytest.mark.parametrize("reason", ["unpaid", "product", "blocked"])
def test_a_refusal_carries_the_reason(
    pretix: Pretix, pretix_server: PretixServer, reason: str
) -> None:
    pretix_server.refuses[PETER] = reason
    assert pretix.redeem(PETER, 1, "0a", AT) == Reply(Heard.REFUSED, reason)


def test_somebody_who_is_there_already_is_no_refusal(
    pretix: Pretix, pretix_server: PretixServer
) -> None:
    pretix_server.refuses[PETER] = "already_redeemed"
    assert pretix.redeem(PETER, 1, "0a", AT).heard is Heard.ALREADY_THERE


def test_a_ticket_that_pretix_does_not_know_is_refused_as_invalid(pretix: Pretix) -> None:
    assert pretix.redeem("nobody's", 1, "0a", AT) == Reply(Heard.REFUSED, "invalid")


def test_a_check_in_list_that_is_gone_is_nobodys_refusal_but_said(pretix: Pretix) -> None:
    with pytest.raises(OnlineRefused, match="Choose the list again"):
        pretix.redeem(PETER, 2, "0a", AT)


def test_a_check_in_that_was_taken_back_is_annulled(
    pretix: Pretix, pretix_server: PretixServer
) -> None:
    pretix.redeem(PETER, 1, "0a", AT)
    assert pretix.annul(1, "0a", AT) == Reply(Heard.TAKEN)
    assert pretix_server.check_ins == {}


def test_what_pretix_does_not_annul_is_a_refusal(
    pretix: Pretix, pretix_server: PretixServer
) -> None:
    assert pretix.annul(1, "0a", AT) == Reply(Heard.REFUSED, "not found")
    pretix_server.annulled.append("0b")
    assert pretix.annul(1, "0b", AT) == Reply(Heard.REFUSED, "too late")
