"""What a command says: sentences for people, JSON for programs, progress on a terminal only."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from checkin_app.errors import CheckinError

Progress = Callable[[int, int], None]


class AnswerLost(CheckinError):
    """What was asked is done, but whoever asked cannot be told."""


class Output:
    """Where a command's words go.

    Attributes:
        json: whether programs listen; then people's sentences are left out.
    """

    def __init__(self, *, json: bool) -> None:
        self.json = json

    def say(self, sentence: str = "") -> None:
        """A line for people."""
        if not self.json:
            _write(_harmless(sentence))

    def result(self, values: Mapping[str, Any]) -> None:
        """The object for programs, on one line."""
        if self.json:
            _write(json.dumps(values, ensure_ascii=False))

    def error(self, sentence: str) -> None:
        """The one line that says why nothing was done."""
        # Where nobody listens, the exit status says it alone.
        if sys.stderr is not None:
            with suppress(OSError):
                sys.stderr.write(f"checkin-app: {_harmless(sentence)}\n")

    @contextmanager
    def progress(self, what: str) -> Iterator[Progress]:
        """A progress bar on a terminal; elsewhere nothing."""
        if self.json or not sys.stderr.isatty():
            yield lambda done, total: None
            return
        from rich.console import Console
        from rich.progress import Progress as Bar

        with Bar(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(what, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)


def _write(line: str) -> None:
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise AnswerLost(
            "The answer cannot be written: is the disk full? What was asked may be done already."
        ) from error


def _harmless(sentence: str) -> str:
    """Without control characters, so that a list cannot drive the terminal."""
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in sentence)
