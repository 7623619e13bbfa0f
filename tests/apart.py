"""Programs in a process of their own, on the tests' database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlencode

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def run_python(*arguments: str, seconds: float = 120) -> subprocess.CompletedProcess[str]:
    """Run Python in the project's folder; it may fork, which this process must not.

    Page tests leave an event loop in this one.
    """
    told = connection.settings_dict
    password = quote(str(told["PASSWORD"] or ""), safe="")
    query = urlencode({"host": told["HOST"]}) if told["HOST"] else ""
    place = f"{quote(told['USER'])}:{password}@localhost:{told['PORT'] or 5432}/{told['NAME']}"
    environment = os.environ | {
        "DATABASE_URL": f"postgresql://{place}?{query}", "DIPLOWATCH_SECRET_KEY": "of the tests",
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True,
        check=False, timeout=seconds,
    )  # fmt: skip
