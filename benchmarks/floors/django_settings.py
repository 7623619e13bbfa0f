"""The house's own settings, with the floor's addresses in place of its pages."""

from __future__ import annotations

import os

os.environ.setdefault("DIPLOWATCH_POOL", "16")
from diplowatch.settings import *  # noqa: F403 - all of them, as they are

ROOT_URLCONF = "benchmarks.floors.bare_django"
