"""The spoolers of this computer, each loaded when a printer of its kind is first used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from checkin_app.domain.printers import SpoolerKind
from checkin_app.printing.spooler import Spooler


class DeskSpoolers(Mapping[SpoolerKind, Spooler]):
    """Spoolers by their kind; those that need what this system lacks are not among them."""

    def __init__(self, makers: Mapping[SpoolerKind, Callable[[], Spooler]]) -> None:
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


def desk_spoolers() -> DeskSpoolers:
    """All there are on this system; none is loaded yet."""
    makers: dict[SpoolerKind, Callable[[], Spooler]] = {
        SpoolerKind.FOLDER: _folder,
        SpoolerKind.ZEBRA: _zebra,
        SpoolerKind.BROTHER: _brother,
    }
    return DeskSpoolers(makers)


def _folder() -> Spooler:
    from checkin_app.printing.folder_spooler import FolderSpooler

    return FolderSpooler()


def _zebra() -> Spooler:
    from checkin_app.printing.zebra_spooler import ZebraSpooler

    return ZebraSpooler()


def _brother() -> Spooler:
    from checkin_app.printing.brother_spooler import BrotherSpooler

    return BrotherSpooler()
