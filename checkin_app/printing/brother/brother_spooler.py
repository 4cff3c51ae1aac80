"""Badges for Brother QL printers: by network (TCP port 9100), and on Linux by USB device file.

By USB a printer tells which roll it has, what is wrong and when a label is out. By network these
printers say nothing (Brother's reference, section 5.9): there, a job is done when the printer has
taken it and hung up.
"""

from __future__ import annotations

import errno
from collections import deque
from dataclasses import dataclass

from checkin_app.domain.printers import (
    BadgeSheet,
    FoundPrinter,
    PrinterAbilities,
    PrinterId,
    PrinterState,
    PrinterTrouble,
    SpoolerKind,
)
from checkin_app.errors import PrinterError, PrinterUncertain
from checkin_app.printing.brother.brother_media import (
    DPI,
    USUAL_MODEL,
    USUAL_WIDE_MODEL,
    BrotherLabel,
    BrotherModel,
    choice_for,
    label_named,
    loaded_label,
    model_named,
    model_with_code,
)
from checkin_app.printing.brother.brother_raster import END, job_without_end
from checkin_app.printing.brother.brother_status import BrotherStatus
from checkin_app.printing.brother.brother_usb import BrotherUsb
from checkin_app.printing.printer_connection import Patience, PrinterConnection, host_and_port
from checkin_app.printing.spooler import SpooledJob, SpooledState

_JOBS_REMEMBERED = 200

_AWAY = "The label printer does not answer. Check that it is switched on and connected."
_KEPT = (
    "This program may not use the label printer, or another one does. See how it is set up in the "
    "documentation."
)
_KEPT_FROM_US = (errno.EACCES, errno.EPERM, errno.EBUSY)
_STOPPED_INSIDE = (
    "The label printer stopped in the middle of a label. Nothing was printed; check the printer."
)
_STOPPED_AT_END = (
    "The label printer broke off at the end of a label. Look whether the badge came out before it "
    "is printed again."
)
_BUSY = "The label printer still has the badge before. See why it does not come out."
_WHAT_TO_DO = {
    PrinterTrouble.OUT_OF_PAPER: "The label printer has no labels. Put in a roll.",
    PrinterTrouble.WRONG_PAPER: "The label printer has another roll than the badge needs.",
    PrinterTrouble.COVER_OPEN: "The cover of the label printer is open. Close it.",
    PrinterTrouble.JAM: "The cutter of the label printer is jammed. Switch it off and free it.",
}


@dataclass(frozen=True, slots=True)
class _Place:
    """What an address says: where, and what is there if the organiser knows.

    Attributes:
        where: host and port, or a device file.
        model, label: None when they are not in the address.
    """

    where: str
    model: BrotherModel | None = None
    label: BrotherLabel | None = None

    @property
    def is_device(self) -> bool:
        return self.where.startswith("/")


class BrotherSpooler:
    """Brother QL printers; their addresses are typed by the organiser.

    An address is a place, then, after commas and if they are known, the model and the roll:
    "10.0.0.8:9100", "10.0.0.8,QL-1110NWB", "10.0.0.8:9100,62x100", "/dev/usb/lp0". By USB the
    printer tells both itself.
    """

    kind = SpoolerKind.BROTHER
    remembers = False

    def __init__(self, patience: Patience | None = None) -> None:
        self._patience = patience or Patience()
        self._devices: dict[str, BrotherUsb] = {}
        self._taken: deque[str] = deque(maxlen=_JOBS_REMEMBERED)

    def printers(self) -> tuple[FoundPrinter, ...]:
        """None: nobody tells which there are."""
        return ()

    def abilities(self, address: str) -> PrinterAbilities:
        """All have the same fineness; none can be told how dark to print."""
        return PrinterAbilities(dpi=DPI)

    def state(self, address: str) -> PrinterState:
        """How the printer is doing; by network, whether it is there."""
        printer = PrinterId(self.kind, address)
        place = _place(address)
        try:
            if not place.is_device:
                with self._connection(place):
                    return PrinterState(printer)
            status = self._device(place).status()
        except OSError as error:
            is_kept = error.errno in _KEPT_FROM_US
            trouble = PrinterTrouble.REFUSES if is_kept else PrinterTrouble.OFFLINE
            return PrinterState(printer, troubles=(trouble,), detail=str(error))
        if status is None:
            return PrinterState(printer, troubles=(PrinterTrouble.OFFLINE,), detail="no answer")
        return status.as_state(printer)

    def submit(self, address: str, sheet: BadgeSheet, token: str) -> SpooledJob:
        """Send a badge; front and back are two labels.

        Raises:
            PrinterError: the printer did not take it, and will not print it; or the badge does not
                fit on its roll.
            PrinterUncertain: the connection broke at its very end: it may be printed.
        """
        place = _place(address)
        if place.is_device:
            return self._submit_to_device(place, sheet, token)
        return self._submit_by_network(place, sheet, token)

    def job(self, address: str, job_id: str) -> SpooledJob:
        """Whether it is out, where the printer tells."""
        place = _place(address)
        if not place.is_device:
            is_taken = job_id in self._taken
            return SpooledJob(job_id, SpooledState.DONE if is_taken else SpooledState.UNKNOWN)
        device = self._device(place)
        try:
            return SpooledJob(job_id, device.progress(job_id))
        except OSError as error:
            device.give_up()
            return SpooledJob(job_id, SpooledState.UNKNOWN, str(error))

    def find(self, address: str, token: str) -> SpooledJob | None:
        """None: a printer keeps no names of jobs."""
        return None

    def cancel(self, address: str, job_id: str) -> bool:
        """Never: a printer that has the end of a label prints it."""
        return False

    def _submit_by_network(self, place: _Place, sheet: BadgeSheet, token: str) -> SpooledJob:
        choice = choice_for(sheet, place.label, place.model)
        usual = USUAL_WIDE_MODEL if choice.label.is_wide else USUAL_MODEL
        job = job_without_end(sheet, choice, place.model or usual)
        try:
            connection = self._connection(place)
        except OSError as error:
            raise PrinterError(_AWAY) from error
        with connection:
            try:
                connection.send(job)
                has_hung_up = connection.has_hung_up()
            except OSError as error:
                raise PrinterError(_STOPPED_INSIDE) from error
            if has_hung_up:
                raise PrinterError(_STOPPED_INSIDE)
            try:
                connection.send(END)
                is_taken = connection.is_taken()
            except OSError as error:
                raise PrinterUncertain(_STOPPED_AT_END) from error
        if not is_taken:
            raise PrinterUncertain(_STOPPED_AT_END)
        self._taken.append(token)
        return SpooledJob(token, SpooledState.DONE, "taken; this printer does not report back")

    def _submit_to_device(self, place: _Place, sheet: BadgeSheet, token: str) -> SpooledJob:
        device = self._device(place)
        try:
            if not device.is_free():
                raise PrinterError(_BUSY)
            status = _ready(device.status())
            choice = choice_for(sheet, _roll(place, status), place.model)
            model = place.model or model_with_code(status.model)
            device.send(job_without_end(sheet, choice, model))
        except OSError as error:
            device.give_up()
            raise PrinterError(_KEPT if error.errno in _KEPT_FROM_US else _AWAY) from error
        try:
            device.end(token, pages=2 if sheet.is_two_sided else 1)
        except OSError as error:
            device.give_up()
            raise PrinterUncertain(_STOPPED_AT_END) from error
        return SpooledJob(token, SpooledState.PRINTING)

    def _connection(self, place: _Place) -> PrinterConnection:
        return PrinterConnection(*host_and_port(place.where), self._patience)

    def _device(self, place: _Place) -> BrotherUsb:
        if place.where not in self._devices:
            self._devices[place.where] = BrotherUsb(place.where, self._patience)
        return self._devices[place.where]


def _place(address: str) -> _Place:
    """What an address says.

    Raises:
        PrinterError: it names a model or a roll that does not exist.
    """
    where, *hints = (part.strip() for part in address.split(","))
    model: BrotherModel | None = None
    label: BrotherLabel | None = None
    for hint in hints:
        named_model, named_label = model_named(hint), label_named(hint)
        if named_model is None and named_label is None:
            raise PrinterError(
                f"Neither a model nor a roll is called “{hint}”. Write the model like QL-820NWB, "
                "the roll like 62 or 62x100."
            )
        model, label = named_model or model, named_label or label
    return _Place(where, model, label)


def _ready(status: BrotherStatus | None) -> BrotherStatus:
    """The status of a printer that can print.

    Raises:
        PrinterError: it cannot.
    """
    if status is None:
        raise PrinterError(_AWAY)
    if status.is_stopped:
        words = _WHAT_TO_DO.get(status.troubles[0])
        raise PrinterError(words or f"The label printer cannot print: {status.detail}.")
    return status


def _roll(place: _Place, status: BrotherStatus) -> BrotherLabel | None:
    """What the printer has in it; the address knows better whether that turns red."""
    if status.media_mm is None:
        return place.label
    loaded = loaded_label(*status.media_mm)
    if loaded is None or place.label is None or loaded.width_mm != place.label.width_mm:
        return loaded or place.label
    return place.label if place.label.has_red else loaded
