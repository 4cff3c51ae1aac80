"""``python -m checkin_app``, and the entry point of the ``checkin-app`` command."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_NOTHING_DONE = 2


def main() -> int:
    """Run the command line, which opens the window when it is given nothing to do.

    Returns:
        The exit status: 0 done, 1 something was refused, 2 nothing done.
    """
    try:
        return _run()
    except KeyboardInterrupt:
        # Pressed before the command line was there, which answers it by itself.
        with suppress(AttributeError, OSError):
            sys.stderr.write("checkin-app: Stopped.\n")
        return _NOTHING_DONE


def _run() -> int:
    # Here, not above: a spawned worker imports this module without needing the command line.
    import multiprocessing

    from checkin_app import cli
    from checkin_app.fault_log import log_to_file

    multiprocessing.freeze_support()
    log_to_file()
    return cli.main(None, open_window=_open_window)


def _open_window(event: Path | None) -> int:
    from checkin_app.bootstrap import open_window
    from checkin_app.settings import load_settings, settings_path

    return open_window(event, load_settings(settings_path()))


if __name__ == "__main__":
    sys.exit(main())
