"""`manage.py work` ends when it is told to, whenever that is."""

from __future__ import annotations

import pytest

from tests.apart import run_python

TOLD_WHILE_CONNECTING = """
import os, signal, django, psycopg, manage
django.setup()
manage.end_like_ctrl_c()
connect = psycopg.AsyncConnection.connect

async def told(*arguments, **options):
    os.kill(os.getpid(), signal.SIGTERM)
    return await connect(*arguments, **options)

psycopg.AsyncConnection.connect = told
from django.core.management import call_command
call_command("work")
print("ended")
"""


@pytest.mark.django_db
def test_being_told_to_end_while_it_connects_ends_it() -> None:
    done = run_python("-c", TOLD_WHILE_CONNECTING, seconds=60)
    assert done.stdout == "ended\n", done.stderr
    assert done.returncode == 0
