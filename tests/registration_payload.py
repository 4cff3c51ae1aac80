"""Payloads of ledger entries as the program writes them."""

from __future__ import annotations

import json
from typing import Any

from checkin_app.domain.attendee import Attendee
from checkin_app.storage.rows import registration_json


def payload_of_attendee(attendee: Attendee) -> dict[str, Any]:
    """The payload of the ``registered`` entry of an attendee."""
    payload: dict[str, Any] = json.loads(registration_json(attendee.code, attendee, {}))
    return payload
