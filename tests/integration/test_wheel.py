"""What ``pip install`` brings to Windows and macOS holds all that the program needs."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("*.whl")
    return path


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_one_wheel_serves_every_system(wheel: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")


def test_every_module_is_in_the_wheel(wheel: Path) -> None:
    modules = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("checkin_app/**/*.py")}
    assert modules <= names_in(wheel)


def test_every_resource_is_inside_the_installed_package(wheel: Path) -> None:
    resources = {
        f"checkin_app/{path.relative_to(ROOT).as_posix()}"
        for path in ROOT.glob("resources/**/*")
        if path.is_file()
    }
    assert resources <= names_in(wheel)


def test_an_installed_package_finds_its_resources(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    find = (
        "from checkin_app.resource_files import resource_path; print(resource_path('sample_event'))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", find],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.stdout.strip() == str(tmp_path / "checkin_app" / "resources" / "sample_event")


def test_the_wheel_brings_the_command_and_the_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (entry_points,) = [name for name in archive.namelist() if "entry_points" in name]
        commands = archive.read(entry_points).decode()
    assert "checkin-app = checkin_app.__main__:main" in commands
    assert any(name.endswith("licenses/LICENSE") for name in names_in(wheel))
