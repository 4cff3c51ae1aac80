"""What modules of the program log reaches the log file, by place and without personal data."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

from checkin_app.fault_log import describe_fault

_LOGS_A_LINE = """
import logging, sys
from pathlib import Path
from checkin_app import fault_log
fault_log.log_folder = lambda: Path(sys.argv[1])
fault_log.log_to_file()
log = logging.getLogger("checkin_app.services.anything")
log.info("not worth a line")
if sys.argv[2] == "speak":
    log.warning("the printer said no")
"""


def _run(folder: Path, what: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _LOGS_A_LINE, str(folder), what],
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    return done.stdout + done.stderr


def test_a_warning_of_any_module_goes_to_the_file_and_not_to_the_terminal(tmp_path: Path) -> None:
    assert _run(tmp_path, "speak") == ""
    (line,) = (tmp_path / "faults.log").read_text(encoding="utf-8").splitlines()
    assert line.endswith("WARNING the printer said no")


def test_a_process_that_has_nothing_to_say_makes_no_file(tmp_path: Path) -> None:
    assert _run(tmp_path / "log", "be silent") == ""
    assert not (tmp_path / "log").exists()


def test_a_fault_is_described_without_the_values_in_it() -> None:
    try:
        int("Ελένη Παπαδοπούλου")
    except ValueError as error:
        described = describe_fault(error)
    assert "ValueError" in described
    assert "Ελένη" not in described
    assert logging.getLogger("checkin_app").propagate
