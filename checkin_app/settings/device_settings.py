"""What this laptop remembers of the devices at its desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class CameraView(StrEnum):
    """How large the live picture is on the desk screen."""

    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class CameraSettings:
    """The camera that reads codes.

    Attributes:
        is_on: the desk scans with a camera.
        device: the system's id of it; empty takes the system's first choice.
        name: what the system calls it, which finds it again when its id has changed.
        width_px, height_px: the picture asked of it; 0 leaves the choice to the program.
        is_mirrored: shown as in a mirror, for people who hold their ticket into the picture.
    """

    is_on: bool = False
    device: str = ""
    name: str = ""
    width_px: int = 0
    height_px: int = 0
    is_mirrored: bool = True
    view: CameraView = CameraView.SMALL


@dataclass(frozen=True, slots=True)
class SerialScanner:
    """A scanner at a serial port.

    Attributes:
        port: the system's name of the port: "COM3", "ttyACM0".
        usb_id: maker, product and serial number, when it has them: the port's name may change
            with the socket, these stay. Empty otherwise.
        baud_rate: bits a second; of no importance to USB.
        name: what people call it: the maker and product that it told.
    """

    port: str = ""
    usb_id: str = ""
    baud_rate: int = 9600
    name: str = ""


@dataclass(frozen=True, slots=True)
class ScannerSettings:
    """The scanners of the desk.

    Attributes:
        prefix, suffix: characters that a scanner adds to every code, as the computer writes them.
        is_slow: it types slowly, as some do over Bluetooth.
        serial: scanners at serial ports.
    """

    prefix: str = ""
    suffix: str = ""
    is_slow: bool = False
    serial: tuple[SerialScanner, ...] = ()


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """What is heard.

    Attributes:
        volume: from 0 to 1.
        output: the system's id of the loudspeaker; empty takes the system's first choice.
        speaks_names: the name of who came in is spoken, where the system has a voice.
        voice: its name; empty takes the system's first choice for the language.
    """

    volume: float = 1.0
    output: str = ""
    speaks_names: bool = False
    voice: str = ""


@dataclass(frozen=True, slots=True)
class GuestSettings:
    """The second window, which faces the guest.

    Attributes:
        is_on: it is shown.
        screen: the system's name of the screen it fills; empty takes one that the desk does not
            use.
        asks_if_correct: the guest may say that the name is wrong.
    """

    is_on: bool = False
    screen: str = ""
    asks_if_correct: bool = True


class PrintOnArrival(StrEnum):
    """Whether a check-in prints the badge."""

    NEVER = "never"
    ALWAYS = "always"
    UNLESS_PRINTED = "unless printed"
    """Only whose badge was never printed, and is not waiting to be."""


@dataclass(frozen=True, slots=True)
class PrintingSettings:
    """Badges printed at the desk.

    Attributes:
        printer: of this desk, as ``PrinterId`` writes it; empty before one is chosen.
        fallback: who prints when that one cannot; empty for nobody.
        when: whether a check-in prints the badge.
        categories: only people of these; empty for all.
        layout: name of the badge layout; empty takes the event's first choice.
        photos: folder of the attendees' pictures; empty for none.
    """

    printer: str = ""
    fallback: str = ""
    when: PrintOnArrival = PrintOnArrival.NEVER
    categories: tuple[str, ...] = ()
    layout: str = ""
    photos: str = ""


@dataclass(frozen=True, slots=True)
class DeviceSettings:
    """All devices of a desk."""

    camera: CameraSettings = field(default_factory=CameraSettings)
    scanners: ScannerSettings = field(default_factory=ScannerSettings)
    sound: SoundSettings = field(default_factory=SoundSettings)
    guest: GuestSettings = field(default_factory=GuestSettings)
    printing: PrintingSettings = field(default_factory=PrintingSettings)
