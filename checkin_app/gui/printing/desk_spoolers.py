"""The spoolers of a desk with a window: those of every desk, and Qt's where it is the better."""

from __future__ import annotations

import sys

from checkin_app.domain.printers import SpoolerKind
from checkin_app.printing.spooler import Spooler
from checkin_app.printing.spoolers import Spoolers, makers


def desk_spoolers() -> Spoolers:
    """All there are on this system; none is loaded yet."""
    known = makers()
    if sys.platform == "win32":
        del known[SpoolerKind.CUPS]
        known[SpoolerKind.SYSTEM] = _system
    return Spoolers(known)


def _system() -> Spooler:
    from checkin_app.gui.devices.system_spooler import SystemSpooler

    return SystemSpooler()
