#!/usr/bin/env python3
"""DiploWatch's command line: every command works on the same database as `make run`."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Make the surroundings ready (data folder, secret, database), then run the command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplowatch.settings")
    from diplowatch.bootstrap import CannotStart, prepare

    try:
        prepare(sys.argv[1:])
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    except CannotStart as error:
        sys.exit(f"{error}")


if __name__ == "__main__":
    main()
