"""Where work on a list is done: a long list in a process of its own, a short one in a thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from checkin_app.gui.tasks import Failed, Job, Progress
from checkin_app.gui.workplace import Workplace

Result = TypeVar("Result")

_LONG_BYTES = 300_000
"""Some 2,500 people; a longer list is worth the half second that a process takes to start."""


def start_list_work(
    workplace: Workplace,
    path: Path,
    work: Callable[..., Result],
    work_by_path: Callable[..., Result],
    arguments: tuple[Any, ...],
    done: Callable[[Result], None],
    failed: Failed,
    progress: Progress,
) -> Job:
    """Begin ``work(event_file, path, *arguments, progress, cancelled)``.

    Args:
        work_by_path: the same, but given the path of the event file.
    """
    tasks, event_file = workplace.tasks, workplace.event_file
    if _is_long(path):
        return tasks.run_in_process(
            work_by_path, (event_file.path, path, *arguments), done, failed, progress
        )
    return tasks.run_job(partial(work, event_file, path, *arguments), done, failed, progress)


def _is_long(path: Path) -> bool:
    try:
        return path.stat().st_size > _LONG_BYTES
    except OSError:
        # Whoever reads it says what is wrong with it.
        return False
