"""Folders for real servers: PostgreSQL does not run as root, and must reach its data even so."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def reachable_folder() -> Iterator[Path]:
    """A folder of this test alone that every account may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="checkin-hub-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
