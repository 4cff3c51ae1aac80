"""Whatever bytes a serial scanner sends become the codes that were read, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.domain.tickets.codes import LONGEST_CODE
from checkin_app.scanning.serial_lines import LineEnd, SerialLines, SerialReading

CODE = "7XK3M9QRT2VWZ5ABCDEF"


@pytest.fixture
def lines() -> SerialLines:
    return SerialLines()


@pytest.mark.parametrize(
    ("ending", "named"),
    [
        (b"\r", LineEnd.LINE),
        (b"\n", LineEnd.LINE),
        (b"\r\n", LineEnd.LINE),
        (b"\t", LineEnd.TAB),
        (b"\x03", LineEnd.ETX),
    ],
)
def test_a_code_ends_with_whatever_the_scanner_was_set_to(lines, ending, named):
    received = lines.feed(2 * (CODE.encode() + ending))
    assert received == (SerialReading(CODE, named), SerialReading(CODE, named))
    assert lines.wait_ms is None


def test_a_code_without_ending_is_closed_by_silence(lines):
    assert lines.feed(CODE.encode()) == ()
    assert lines.wait_ms is not None
    assert lines.silence() == (SerialReading(CODE, LineEnd.SILENCE),)
    assert lines.silence() == ()


def test_a_scanner_that_sends_endings_may_pause_for_longer_inside_a_code(lines):
    lines.feed(CODE[:5].encode())
    patience_ms = lines.wait_ms
    lines.feed(b"\r" + CODE[:5].encode())
    assert lines.wait_ms > patience_ms


def test_bytes_may_come_one_by_one(lines):
    readings = [one for byte in (CODE + "\r\n").encode() for one in lines.feed(bytes([byte]))]
    assert [reading.text for reading in readings] == [CODE]


def test_a_frame_of_stx_and_etx_is_taken_off(lines):
    (reading,) = lines.feed(b"\x02" + CODE.encode() + b"\x03\r\n")
    assert reading.text == CODE


def test_what_was_left_of_a_broken_code_does_not_spoil_a_framed_one(lines):
    (reading,) = lines.feed(b"7XK3\x02" + CODE.encode() + b"\x03")
    assert reading.text == CODE


def test_a_wake_up_by_nul_bytes_is_no_code(lines):
    (reading,) = lines.feed(b"\x00\x00\x00" + CODE.encode() + b"\r")
    assert reading.text == CODE


def test_the_separator_of_gs1_stays(lines):
    (reading,) = lines.feed(b"]C10104051021\x1d21ABC\r")
    assert reading.text == "]C10104051021\x1d21ABC"


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_letters_with_accents_arrive(lines, encoding):
    (reading,) = lines.feed("Ärztekammer-Ü1".encode(encoding) + b"\r")
    assert reading.text == "Ärztekammer-Ü1"


def test_a_contact_card_is_one_code(lines):
    card = b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Kovacs;Anna\r\nEND:VCARD\r\n"
    (reading, after) = lines.feed(card + b"1042\r\n")
    assert reading.text == "BEGIN:VCARD\nVERSION:3.0\nN:Kovacs;Anna\nEND:VCARD"
    assert after.text == "1042"


def test_a_card_that_never_ends_is_given_up_by_silence(lines):
    assert lines.feed(b"BEGIN:VCARD\rVERSION:3.0\r") == ()
    (reading,) = lines.silence()
    assert reading.text == "BEGIN:VCARD\nVERSION:3.0"


def test_an_endless_line_is_cut_and_the_next_code_is_read(lines):
    readings = lines.feed(b"A" * 1_000_000 + b"\r" + CODE.encode() + b"\r")
    assert [reading.text for reading in readings] == ["A" * LONGEST_CODE, CODE]


def test_a_wrong_baud_rate_is_noticed(lines):
    (reading,) = lines.feed(bytes([0x80, 0xF8, 0x98, 0x86, 0x9E, 0xE0, 0x81]) + b"\r")
    assert not reading.is_legible


def test_after_a_lost_connection_the_beginning_is_dropped(lines):
    lines.feed(CODE[:7].encode())
    lines.forget()
    (reading,) = lines.feed(CODE.encode() + b"\r")
    assert reading.text == CODE


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_any_bytes_in_any_pieces_give_the_same_codes(pieces):
    whole, piecewise = SerialLines(), SerialLines()
    at_once = [*whole.feed(b"".join(pieces)), *whole.silence()]
    one_by_one = [one for piece in pieces for one in piecewise.feed(piece)]
    assert [*one_by_one, *piecewise.silence()] == at_once
    assert all(0 < len(reading.text) <= LONGEST_CODE for reading in at_once)


@given(st.lists(st.text("0123456789ABCXYZ-", min_size=1, max_size=30), min_size=1, max_size=10))
def test_no_code_is_lost_however_fast_they_follow(codes):
    lines = SerialLines()
    readings = lines.feed("".join(f"{code}\r\n" for code in codes).encode())
    assert [reading.text for reading in readings] == codes
