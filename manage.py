#!/usr/bin/env python3
"""DiploWatch's command line: every command works on the same database as `make run`."""

from __future__ import annotations

import gc
import os
import signal
import sys

INTERRUPTED = 130
NEW_OBJECTS = 20_000  # until they are looked through for garbage: at the start hardly any is


def main() -> None:
    """Make the surroundings ready (data folder, secret, database), then run the command."""
    gc.set_threshold(NEW_OBJECTS)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplowatch.settings")
    from diplowatch.bootstrap import CannotStart, full_disk, prepare

    end_like_ctrl_c()
    try:
        prepare(sys.argv[1:])
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    except CannotStart as error:
        sys.exit(f"{error}")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:
        if reason := full_disk(error):
            sys.exit(reason)
        raise


def end_like_ctrl_c() -> None:
    """Being told to end, or losing the terminal, lets go of the database as Ctrl-C does."""
    for told in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(told) == signal.SIG_DFL:  # whoever asked not to be told is not
            signal.signal(told, signal.default_int_handler)


if __name__ == "__main__":
    main()
