"""A post office, and a desk that sends its tickets there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from mail_server import PostOffice, post_office
from mailing_desk import MailingDesk, guests, mailing_desk


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture
def desk(tmp_path: Path, office: PostOffice) -> Iterator[MailingDesk]:
    with mailing_desk(tmp_path, office, guests(4)) as desk:
        yield desk
