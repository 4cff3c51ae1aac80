"""Where work on a list is done: a long list in a process of its own, a short one in a thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from checkin_app.gui.tasks import Failed, Job, Progress
from checkin_app.gui.workplace import Workplace
from checkin_app.lists.table import Table
from checkin_app.services.registration_lists import ListSource

Result = TypeVar("Result")

_LONG_BYTES, _LONG_ROWS = 300_000, 2_500
"""A longer list is worth the half second that a process takes to start."""


def start_list_work(
    workplace: Workplace,
    source: ListSource,
    work: Callable[..., Result],
    work_by_path: Callable[..., Result],
    arguments: tuple[Any, ...],
    done: Callable[[Result], None],
    failed: Failed,
    progress: Progress,
) -> Job:
    """Begin ``work(event_file, source, *arguments, progress, cancelled)``.

    Args:
        work_by_path: the same, but given the path of the event file.
    """
    tasks, event_file = workplace.tasks, workplace.event_file
    if _is_long(source):
        return tasks.run_in_process(
            work_by_path, (event_file.path, source, *arguments), done, failed, progress
        )
    return tasks.run_job(partial(work, event_file, source, *arguments), done, failed, progress)


def _is_long(source: ListSource) -> bool:
    if isinstance(source, Table):
        return len(source.rows) > _LONG_ROWS
    try:
        return source.stat().st_size > _LONG_BYTES
    except OSError:
        # Whoever reads it says what is wrong with it.
        return False
