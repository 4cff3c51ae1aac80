"""The rules of architecture in pyproject.toml hold: the folders depend on each other one way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run_python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )


def test_imports_point_down() -> None:
    lint_imports = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    answer = run_python("-X", "utf8", "-c", lint_imports, "--no-logo", "--no-cache")
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize("heavy", ["PySide6", "reportlab", "PIL", "apsw", "rich"])
def test_a_spawned_worker_starts_without_loading_what_it_may_not_need(heavy: str) -> None:
    answer = run_python("-c", f"import main, sys; sys.exit({heavy!r} in sys.modules)")
    assert answer.returncode == 0, answer.stderr
