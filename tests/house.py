"""Loaded by pytest before anything else: the data folder and database the tests use."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplowatch.settings")
os.environ.setdefault("DIPLOWATCH_DATA", str(ROOT / "var" / "tests"))
# Playwright runs an event loop in our thread; Django would refuse the database beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
os.environ["DIPLOWATCH_WIKIDATA"] = "no"  # tests ask a stand-in, never the world

if find_spec("hypothesis"):
    from hypothesis import settings

    # The same examples every time, so that a red run is about the change; look further now and
    # then: HYPOTHESIS=explore make test
    # No deadline: a machine busy with something else would turn a quick example red.
    settings.register_profile("steady", derandomize=True, deadline=None)
    settings.register_profile("explore", deadline=None)
    settings.load_profile(os.environ.get("HYPOTHESIS", "steady"))

if find_spec("django"):  # the pure tests of articles/text run without the house
    import psycopg

    from diplowatch.bootstrap import data_folder, prepare

    own_server = not os.environ.get("DATABASE_URL")
    prepare(["test"])
    if own_server:  # what it holds is made anew each time, so it need not wait for the disk
        address = os.environ["DATABASE_URL"].replace("/diplowatch?", "/postgres?")
        with psycopg.connect(address, autocommit=True) as _connection:
            for _setting in ("fsync", "full_page_writes", "synchronous_commit"):
                _connection.execute(f"ALTER SYSTEM SET {_setting} = off")
            _connection.execute("SELECT pg_reload_conf()")
    (data_folder() / "static").mkdir(exist_ok=True)  # whitenoise looks for it
