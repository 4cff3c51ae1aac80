"""A desk process, seen from outside: started, told what to do, killed. See ``desk_process.py``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bad_network import BadNetwork


class Desk:
    """One desk process, seen from outside.

    Attributes:
        network: its way to the hub.
        told: ids of the entries it acknowledged, each with what was done.
        erased: ids and codes of people it erased.
        marks: ids of people and what it wrote of nobody else.
    """

    def __init__(self, given: dict[str, Any], network: BadNetwork) -> None:
        self.name: str = given["name"]
        self.path = Path(given["path"])
        self.network = network
        self.told: dict[str, str] = {}
        self.erased: list[tuple[str, str]] = []
        self.marks: list[tuple[str, str]] = []
        self._given = given
        self._process: subprocess.Popen[str] | None = None
        self._unanswered = 0

    def start(self) -> None:
        """Returns when the desk works."""
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("desk_process.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.ask(self._given) == {"ready": True}

    @property
    def is_alive(self) -> bool:
        return self._process is not None

    def ask(self, command: dict[str, Any]) -> dict[str, Any]:
        """The answer to a command."""
        self.say(command)
        return self.answer()

    def say(self, command: dict[str, Any]) -> None:
        """Give a command whose answer is asked for later, if ever."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        self._unanswered += 1

    def tell(self, command: dict[str, Any]) -> None:
        """Give a command whose answer says nothing, also while others are to come."""
        is_idle = self._unanswered == 0
        self.say(command)
        if is_idle:
            self.answer()

    def answers(self, steps: list[str]) -> None:
        """Take all answers that are to come, and what they acknowledge."""
        while self._unanswered:
            self._take(self.answer(), steps)

    def answer(self) -> dict[str, Any]:
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"{self.name} ended by itself"
        self._unanswered -= 1
        answer: dict[str, Any] = json.loads(line)
        return answer

    def kill(self, steps: list[str]) -> None:
        """As kill -9. What it had answered before counts as acknowledged."""
        assert self._process is not None
        assert self._process.stdout is not None
        self._process.kill()
        left, _ = self._process.communicate()
        for line in left.splitlines(keepends=True):
            if line.endswith("\n"):
                self._take(json.loads(line), steps)
        self._process, self._unanswered = None, 0

    def end(self) -> None:
        """An orderly end."""
        if self._process is not None:
            process, self._process = self._process, None
            process.communicate()
            assert process.returncode == 0, f"{self.name} ended with {process.returncode}"

    def _take(self, answer: dict[str, Any], steps: list[str]) -> None:
        if "said" in answer:
            steps.append(f"{self.name}: {answer['said']}")
            self.told.update(dict.fromkeys(answer["entries"], steps[-1]))
            self.erased += [(person, code) for person, code in answer["erased"]]
            self.marks += [(person, mark) for person, mark in answer["marks"]]
