"""What was dropped on the window or pasted: an event file, a registration list, a ticket.

A picture or PDF is searched for codes, as if it had been held before a camera.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.errors import CheckinError, PictureError
from checkin_app.gui.background.tasks import Lane, Tasks
from checkin_app.gui.messages.faults import Faults
from checkin_app.gui.messages.message_bar import MessageBar, MessageKind
from checkin_app.services.event_files import EVENT_SUFFIX


@dataclass(frozen=True, slots=True)
class _Found:
    """The codes in what was given, and what is wrong with the first file that cannot be read."""

    texts: tuple[str, ...]
    trouble: str = ""


class GivenFiles(QObject):
    """Tells what was given to a window, and reads the codes in pictures.

    Signals:
        event_file_given: the ``Path`` of an event file.
        list_given: the ``Path`` of anything else that may be a registration list.
        scanned: the ``Scan`` of the one code in a picture.
        several_found: a tuple of ``Scan``: the codes in a picture, when there are several.
    """

    event_file_given = Signal(object)
    list_given = Signal(object)
    scanned = Signal(object)
    several_found = Signal(object)

    def __init__(self, tasks: Tasks, messages: MessageBar, faults: Faults, window: QWidget) -> None:
        super().__init__(window)
        self._tasks = tasks
        self._messages = messages
        self._faults = faults
        paste = QShortcut(QKeySequence.StandardKey.Paste, window)
        paste.activated.connect(self._paste)

    def take(self, data: QMimeData) -> bool:
        """Act on what was given; false for something that has no meaning here."""
        paths = local_files(data)
        if len(paths) == 1 and not _are_pictures(paths):
            is_event = paths[0].suffix.lower() == EVENT_SUFFIX
            (self.event_file_given if is_event else self.list_given).emit(paths[0])
            return True
        return self.take_picture(data)

    def take_picture(self, data: QMimeData) -> bool:
        """Search a picture or PDF for codes; false when there is none."""
        paths = local_files(data)
        if _are_pictures(paths):
            name = paths[0].name if len(paths) == 1 else self.tr("these pictures")
            self._search(name, partial(_texts_in_files, paths))
            return True
        image = data.imageData() if data.hasImage() else None
        if isinstance(image, QImage) and not image.isNull():
            self._search(self.tr("the picture"), partial(_texts_in_pixels, *_pixels(image)))
            return True
        return False

    def _paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        if is_pasted_picture(data):
            self.take_picture(data)

    def _search(self, name: str, work: partial[_Found]) -> None:
        self._messages.show_message(self.tr("Looking for a code in {name} …").format(name=name))
        self._tasks.run(Lane.PICTURE, work, partial(self._take_found, name), self._fail)

    def _take_found(self, name: str, found: _Found) -> None:
        scans = tuple(Scan(text, ScanSource.PICTURE) for text in found.texts)
        if not scans:
            self._messages.show_message(
                self.tr(
                    "There is no code to be read in {name}. Try a larger or sharper picture, or"
                    " search by name."
                ).format(name=name),
                MessageKind.WARNING,
            )
            return
        self._messages.clear()
        if found.trouble:
            self._messages.show_message(found.trouble, MessageKind.WARNING)
        if len(scans) == 1:
            self.scanned.emit(scans[0])
        else:
            self.several_found.emit(scans)

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, CheckinError):
            # A picture that cannot be opened is nothing for the log.
            self._messages.show_message(str(error), MessageKind.WARNING)
        else:
            self._faults.show_error(error)


def is_given(data: QMimeData) -> bool:
    """Whether something dragged has a meaning: one file, pictures, or a picture without a file."""
    paths = local_files(data)
    return len(paths) == 1 or _are_pictures(paths) or data.hasImage()


def is_pasted_picture(data: QMimeData) -> bool:
    """Whether what would be pasted is a picture. Text stays text, also with a picture of it."""
    if paths := local_files(data):
        return _are_pictures(paths)
    return data.hasImage() and not data.hasText()


def local_files(data: QMimeData) -> tuple[Path, ...]:
    """The files on this computer; none when anything else is among them."""
    urls = data.urls()
    if not all(url.isLocalFile() for url in urls):
        return ()
    paths = tuple(Path(url.toLocalFile()) for url in urls)
    return paths if all(path.is_file() for path in paths) else ()


def _are_pictures(paths: Sequence[Path]) -> bool:
    if not paths:
        return False
    from checkin_app.scanning.pictures import is_picture_file

    return all(map(is_picture_file, paths))


def _texts_in_files(paths: Sequence[Path]) -> _Found:
    """A file that cannot be read keeps no other from being scanned.

    Raises:
        PictureError: a file cannot be read, and the others have no code.
    """
    from checkin_app.scanning.pictures import codes_in_file

    texts: list[str] = []
    errors: list[PictureError] = []
    for path in paths:
        try:
            texts += (code.text for code in codes_in_file(path))
        except PictureError as error:
            errors.append(error)
    if errors and not texts:
        raise errors[0]
    return _Found(_each_once(texts), str(errors[0]) if errors else "")


def _pixels(image: QImage) -> tuple[bytes, int, int, int]:
    """Red, green, blue and opacity of each pixel, and the measures: nothing of Qt."""
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return bytes(plain.constBits()), plain.width(), plain.height(), plain.bytesPerLine()


def _texts_in_pixels(pixels: bytes, width: int, height: int, row_bytes: int) -> _Found:
    from PIL import Image

    from checkin_app.scanning.pictures import codes_in_image

    size = (width, height)
    image = Image.frombuffer("RGBA", size, pixels, "raw", "RGBA", row_bytes, 1)
    return _Found(_each_once(code.text for code in codes_in_image(image)))


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
