"""The set-up scripts say what a machine lacks and what to do about it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / ".ci"
TOOLS = (
    *("cat", "cp", "dirname", "env", "grep", "id", "rm"),
    *("sed", "sh", "sort", "tr", "uname"),
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the scripts are for Linux")


@pytest.fixture
def bare_machine(tmp_path: Path) -> Path:
    """The only folder of commands of a machine without apt, whose loader knows no libraries."""
    for tool in TOOLS:
        (tmp_path / tool).symlink_to(shutil.which(tool) or tool)
    add_command(tmp_path, "ldconfig", "")
    add_command(tmp_path, "python3", "exit 0")
    return tmp_path


def add_command(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def run_script(name: str, *arguments: str, commands: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(SCRIPTS / name), *arguments],
        env={"PATH": str(commands)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_machine_without_apt_is_told_which_libraries_are_missing(bare_machine: Path) -> None:
    answer = run_script("system_packages.sh", "run", commands=bare_machine)
    assert answer.returncode == 1
    assert "libEGL.so.1" in answer.stderr
    assert "libxcb-cursor.so.0" in answer.stderr
    assert "Xvfb" not in answer.stderr
    assert "your system's package manager" in answer.stderr


def test_the_tests_need_a_screen_and_a_keyboard_of_their_own_besides(bare_machine: Path) -> None:
    add_command(bare_machine, "xdotool", "exit 0")
    answer = run_script("system_packages.sh", "test", commands=bare_machine)
    assert "Xvfb" in answer.stderr
    assert "pdftotext" in answer.stderr
    assert "xdotool" not in answer.stderr


def test_a_library_that_is_there_is_not_asked_for(bare_machine: Path) -> None:
    add_command(
        bare_machine, "ldconfig", r"printf '\tlibEGL.so.1 (libc6,x86-64) => /lib/libEGL.so.1\n'"
    )
    answer = run_script("system_packages.sh", "run", commands=bare_machine)
    assert "libEGL.so.1" not in answer.stderr
    assert "libGL.so.1" in answer.stderr


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_the_running_kind_of_python_is_found_under_its_own_name(
    bare_machine: Path, version: str
) -> None:
    add_command(bare_machine, "python3", "exit 1")
    add_command(bare_machine, f"python{version}", "exit 0")
    answer = run_script("find_python.sh", commands=bare_machine)
    assert (answer.returncode, answer.stdout) == (0, f"python{version}\n")


def test_a_machine_with_only_another_python_is_told_which_one_is_needed(
    bare_machine: Path,
) -> None:
    add_command(bare_machine, "python3", '[ "$1" = --version ] && echo Python 3.9.2; exit 1')
    answer = run_script("find_python.sh", commands=bare_machine)
    assert answer.returncode == 1
    assert "Python 3.11, 3.12 or 3.13" in answer.stderr
    assert "Python 3.9.2" in answer.stderr


@pytest.fixture
def machine_with_apt(bare_machine: Path) -> Path:
    """The same with an apt that another program holds at first; it can install make."""
    add_command(bare_machine, "apt-cache", "exit 0")
    add_command(bare_machine, "sleep", "exit 0")
    add_command(bare_machine, "sudo", 'while [ "$1" = -n ]; do shift; done; exec "$@"')
    add_command(bare_machine, "package", "exit 0")
    held, package, make = (bare_machine / name for name in ("held", "package", "make"))
    held.touch()
    add_command(
        bare_machine,
        "apt-get",
        f"[ -e {held} ] && rm {held} && exit 100\n"
        f'case "$*" in *install*make) cp {package} {make};; esac',
    )
    return bare_machine


def test_an_apt_that_is_held_by_another_program_is_tried_again(machine_with_apt: Path) -> None:
    answer = run_script("system_packages.sh", "make", commands=machine_with_apt)
    assert answer.returncode == 0, answer.stderr
    assert (machine_with_apt / "make").exists()


def test_an_apt_that_always_fails_is_given_up_and_said(machine_with_apt: Path) -> None:
    add_command(machine_with_apt, "apt-get", "exit 100")
    answer = run_script("system_packages.sh", "make", commands=machine_with_apt)
    assert answer.returncode == 1
    assert "To install them: sudo apt-get install make" in answer.stderr


def test_whoever_may_not_install_is_told_before_anything_is_tried(machine_with_apt: Path) -> None:
    add_command(machine_with_apt, "sudo", "exit 1")
    (machine_with_apt / "id").unlink()
    add_command(machine_with_apt, "id", "echo 1000")
    answer = run_script("system_packages.sh", "make", commands=machine_with_apt)
    assert answer.returncode == 1
    assert "needs root or sudo" in answer.stderr
    assert (machine_with_apt / "held").exists()


def test_a_download_that_breaks_off_is_tried_again(bare_machine: Path) -> None:
    add_command(bare_machine, "sleep", "exit 0")
    for name in ("first", "second"):
        (bare_machine / name).touch()
    first, second = bare_machine / "first", bare_machine / "second"
    add_command(
        bare_machine,
        "load",
        f"[ -e {first} ] && rm {first} && exit 1\n[ -e {second} ] && rm {second} && exit 1\nexit 0",
    )
    assert run_script("try_again.sh", "load", commands=bare_machine).returncode == 0
    assert not second.exists()


def test_what_always_fails_ends_as_it_failed(bare_machine: Path) -> None:
    add_command(bare_machine, "sleep", "exit 0")
    add_command(bare_machine, "load", "exit 7")
    assert run_script("try_again.sh", "load", commands=bare_machine).returncode == 7
