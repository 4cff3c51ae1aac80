"""What the QR of an Indico ticket holds: JSON around the secret under which Indico lists a person.

``{"i": [2, "indico.example.org", "f1sKnoouTg+fDx8dKktMEQ=="]}`` since Indico 3.3 (``util.py``,
``get_ticket_qr_code_data``: the version, the server, the UUID as base64); before it
``{"checkin_secret": "7f5b0a9e-…", …}``. A fourth value names an accompanying person, who is not on
the list.
"""

from __future__ import annotations

import base64
import binascii
import json
from uuid import UUID


def indico_secret(text: str) -> str:
    """The secret in a ticket of Indico, as its lists spell it; empty when it is none."""
    if not text.startswith("{"):
        return ""
    try:
        match json.loads(text):
            case {"i": [int(), str(), str() as packed]}:
                return str(UUID(bytes=base64.b64decode(packed, validate=True)))
            case {"checkin_secret": str() as secret}:
                return str(UUID(secret))
    except (ValueError, binascii.Error, RecursionError):
        pass
    return ""
