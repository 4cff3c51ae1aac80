"""Runs the program as its users do: another process, words in, lines and an exit status out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, str(ROOT / "main.py"))


def environment(**changes: str) -> dict[str, str]:
    """That of the tests, without Python's own switches that a user would not have set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, **changes}


def run(*words: object, given: bytes = b"", **changes: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end; its words are decoded as UTF-8."""
    done = subprocess.run(
        [*COMMAND, *map(os.fspath, map(_word, words))],
        input=given,
        capture_output=True,
        env=environment(**changes),
        timeout=600,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


def start(*words: object, **changes: str) -> subprocess.Popen[bytes]:
    """Start one command with pipes on all sides."""
    return subprocess.Popen(
        [*COMMAND, *map(os.fspath, map(_word, words))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(**changes),
    )


def answer(*words: object, given: bytes = b"", status: int = 0) -> dict[str, Any]:
    """The JSON object of a command that ends with this status."""
    (only,) = answers(*words, given=given, status=status)
    return only


def answers(*words: object, given: bytes = b"", status: int = 0) -> list[dict[str, Any]]:
    """The JSON objects of a command, one a line."""
    done = run(*words, "--json", given=given)
    assert (done.returncode, done.stderr) == (status, ""), done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def _word(word: object) -> str | bytes:
    return word if isinstance(word, bytes) else str(word)
