"""Every main job of the program without a screen: ``checkin-app COMMAND …``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from checkin_app.cli.output import Output
from checkin_app.cli.parser import build_parser
from checkin_app.errors import CheckinError

OpenWindow = Callable[[Path | None], int]
DONE, DONE_BUT_REFUSED, NOTHING_DONE = 0, 1, 2


def main(argv: Sequence[str] | None, open_window: OpenWindow) -> int:
    """Run one command.

    Args:
        argv: the words after the program's name; None takes those of this process.
        open_window: shows the window on an event file, or on the last one for None.

    Returns:
        0 done; 1 done, but something was refused or rejected; 2 nothing done.
    """
    _speak_utf8()
    words = list(sys.argv[1:] if argv is None else argv)
    arguments = build_parser().parse_args(words or ["open"])
    output = Output(json=arguments.json)
    try:
        if arguments.command == "open":
            return open_window(arguments.event)
        everything_taken = arguments.run(arguments, output)
    except CheckinError as error:
        output.error(str(error))
        return NOTHING_DONE
    except KeyboardInterrupt:
        output.error("Stopped.")
        return NOTHING_DONE
    except BrokenPipeError:
        _write_to_nobody()
        return DONE
    return DONE if everything_taken else DONE_BUT_REFUSED


def _speak_utf8() -> None:
    """Names of all Europe must come out right on a Windows console and in a C locale.

    Line by line, so that an answer is seen at once through a pipe too.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)


def _write_to_nobody() -> None:
    """Whoever read our answers has gone; what Python still holds must not fail at its end.

    See https://docs.python.org/3/library/signal.html#note-on-sigpipe.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
