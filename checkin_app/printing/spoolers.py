"""The spoolers of this computer, each loaded when a printer of its kind is first used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from checkin_app.domain.printers import SpoolerKind
from checkin_app.printing.spooler import Spooler

SpoolerMakers = Mapping[SpoolerKind, Callable[[], Spooler]]


class Spoolers(Mapping[SpoolerKind, Spooler]):
    """Spoolers by their kind, made when they are first asked for."""

    def __init__(self, makers: SpoolerMakers) -> None:
        self._makers = makers
        self._made: dict[SpoolerKind, Spooler] = {}

    def __getitem__(self, kind: SpoolerKind) -> Spooler:
        if kind not in self._made:
            self._made[kind] = self._makers[kind]()
        return self._made[kind]

    def __iter__(self) -> Iterator[SpoolerKind]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


def makers() -> dict[SpoolerKind, Callable[[], Spooler]]:
    """How to make every spooler that needs no window."""
    return {
        SpoolerKind.CUPS: _cups,
        SpoolerKind.FOLDER: _folder,
        SpoolerKind.ZEBRA: _zebra,
        SpoolerKind.BROTHER: _brother,
    }


def _cups() -> Spooler:
    from checkin_app.printing.cups.cups_spooler import CupsSpooler

    return CupsSpooler()


def _folder() -> Spooler:
    from checkin_app.printing.folder_spooler import FolderSpooler

    return FolderSpooler()


def _zebra() -> Spooler:
    from checkin_app.printing.zebra.zebra_spooler import ZebraSpooler

    return ZebraSpooler()


def _brother() -> Spooler:
    from checkin_app.printing.brother.brother_spooler import BrotherSpooler

    return BrotherSpooler()
