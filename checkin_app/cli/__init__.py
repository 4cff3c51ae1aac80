"""Every main job of the program without a screen: ``checkin-app COMMAND …``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from checkin_app.cli.output import AnswerLost, Output
from checkin_app.cli.parser import build_parser
from checkin_app.errors import CheckinError, UsageError
from checkin_app.fault_log import describe_fault, fault_logger

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
    arguments = build_parser().parse_args(_with_command(words))
    output = Output(json=arguments.json)
    try:
        if arguments.command == "open":
            return open_window(arguments.event)
        _require_a_listener()
        everything_taken = arguments.run(arguments, output)
    except AnswerLost as error:
        _write_to_nobody()
        output.error(str(error))
        return NOTHING_DONE
    except CheckinError as error:
        output.error(error.for_a_terminal)
        return NOTHING_DONE
    except KeyboardInterrupt:
        output.error("Stopped.")
        return NOTHING_DONE
    except BrokenPipeError:
        _write_to_nobody()
        return DONE
    except Exception as error:  # noqa: BLE001
        # The edge: whatever escapes is a fault of the program, and goes to its log by place.
        fault_logger().error(describe_fault(error))
        output.error(
            "Something went wrong that the program did not expect. Check the event with"
            " “checkin-app verify”, and try again."
        )
        return NOTHING_DONE
    return DONE if everything_taken else DONE_BUT_REFUSED


def _with_command(words: list[str]) -> list[str]:
    """An event file alone, as a double click gives it, and nothing at all mean the window."""
    alone = len(words) == 1 and words[0].lower().endswith(".checkin")
    return ["open", *words] if alone or not words else words


def _speak_utf8() -> None:
    """Names of all Europe must come out right on a Windows console and in a C locale.

    Line by line, so that an answer is seen at once through a pipe too.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)


def _require_a_listener() -> None:
    # Python has no stream where the terminal closed it: https://docs.python.org/3/library/sys.html
    if sys.stdout is None:
        raise UsageError("There is nowhere to write the answer to. Leave standard output open.")


def _write_to_nobody() -> None:
    """Whoever read our answers has gone; what Python still holds must not fail at its end.

    See https://docs.python.org/3/library/signal.html#note-on-sigpipe.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
