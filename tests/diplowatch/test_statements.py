"""Statements whose plans are kept."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diplowatch.lib.statements import fetch_planned

pytestmark = pytest.mark.django_db
ASKED = "SELECT %(a)s::int + 1, %(b)s::text"
PLANS = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT $1::int + 1%%'"


def test_the_rows_come_back_and_the_plan_is_kept() -> None:
    """One plan for all values."""
    assert fetch_planned(ASKED, {"a": 1, "b": "é'"}) == [(2, "é'")]
    assert fetch_planned(ASKED, {"a": 2, "b": None}) == [(3, None)]
    with connection.cursor() as cursor:
        cursor.execute(PLANS)
        assert cursor.fetchone()[0] >= 1


def test_a_statement_is_counted_and_logged_with_its_values() -> None:
    """As every other is."""
    with CaptureQueriesContext(connection) as queries:
        assert fetch_planned(ASKED, {"a": 4, "b": "x"}) == [(5, "x")]
    assert len(queries) == 1
    assert "4::int" in queries.captured_queries[0]["sql"]


def test_ordinary_statements_are_not_kept() -> None:
    """A search is planned anew for its words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::int + 41", [1])
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%41%%'")
        assert cursor.fetchone()[0] == 0
