"""``merge``."""

from __future__ import annotations

from argparse import Namespace

from checkin_app.cli.output import Output
from checkin_app.services.clock import utc_now
from checkin_app.services.event_files import ORGANISER
from checkin_app.services.sharing.files.file_merging import merge_event_files, merged_sentence


def run_merge(arguments: Namespace, output: Output) -> bool:
    """Let two files of one event have all that either of them had."""
    with output.progress("Merging") as progress:
        merged = merge_event_files(arguments.event, arguments.other, ORGANISER, utc_now(), progress)
    output.say(merged_sentence(merged, arguments.other.name))
    output.result(
        {
            "came": merged.came,
            "went": merged.went,
            "conflicts": merged.conflicts,
            "closed": merged.is_closed,
            "unfinished": merged.is_unfinished,
        }
    )
    return merged.went is not None and not merged.is_unfinished
