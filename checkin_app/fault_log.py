"""The log of faults: a rotating file that names places in the program, never people.

An exception's message may quote a name, a code or a cell of a list. What is written is therefore
the type of each exception of the chain, and module, function and line of each step.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from checkin_app import __version__

_LOGGER_NAME = "checkin_app.faults"
_MOST_BYTES = 256_000
_OLD_FILES = 3


def log_folder() -> Path:
    """Where the log of the current user lies."""
    import platformdirs

    return platformdirs.user_log_path("checkin-app", appauthor=False)


def fault_logger(folder: Path | None = None) -> logging.Logger:
    """A logger that writes to ``faults.log``; to nowhere when the folder cannot be written."""
    # Brings sockets and more with it, and most desks never write a line.
    from logging.handlers import RotatingFileHandler

    folder = folder or log_folder()
    logger = logging.Logger(_LOGGER_NAME)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            folder / "faults.log",
            maxBytes=_MOST_BYTES,
            backupCount=_OLD_FILES,
            encoding="utf-8",
            delay=True,
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    return logger


def log_to_file() -> None:
    """Send what any module of the program logs to ``faults.log``, and not to the terminal.

    Called once, where a process begins. The file is made with the first line.
    """
    program = logging.getLogger("checkin_app")
    program.addHandler(_FileOnFirstLine())
    program.propagate = False


class _FileOnFirstLine(logging.Handler):
    """Opens the log when there is something to say."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._file: logging.Logger | None = None

    def emit(self, record: logging.LogRecord) -> None:
        self._file = self._file or fault_logger()
        self._file.handle(record)


def describe_fault(error: BaseException) -> str:
    """Type and place of an exception and of its causes, without any value."""
    lines = [f"checkin-app {__version__}"]
    current: BaseException | None = error
    while current is not None:
        lines.append(f"{type(current).__module__}.{type(current).__qualname__}")
        lines += [
            f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        ]
        current = current.__cause__ or (
            None if current.__suppress_context__ else current.__context__
        )
    return "\n".join(lines)


def _short(file_name: str) -> str:
    """The path from the package on: a home folder may carry a person's name."""
    parts = Path(file_name).parts
    for start in ("checkin_app", "site-packages"):
        if start in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(start) :])
    return parts[-1] if parts else file_name
