"""PostgreSQL takes every query we write, and finds what our own evaluation finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings

from articles.queries.search import _with_forms
from articles.text.lexemes import search_vector
from articles.text.query import Query, parse_query, positions_of
from tests.articles.text.test_query import texts, typed

if TYPE_CHECKING:
    from articles.models import Article

pytestmark = pytest.mark.django_db
REPEATED = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def postgres_finds(query: Query, vector: str) -> bool:
    """What the database says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector, query.tsquery()])
        return bool(cursor.fetchone()[0])


@REPEATED
@given(typed, texts)
def test_postgres_decides_as_we_do(query: str, text: str) -> None:
    read = parse_query(query)
    for language in ("fr", "en", ""):
        vector = search_vector(text, language)
        found = not read.is_empty and postgres_finds(read, vector)
        assert found == read.matches(positions_of(vector))


@REPEATED
@given(typed)
def test_postgres_takes_every_query(query: str) -> None:
    read = _with_forms(parse_query(query))
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsquery, %s::tsquery", [read.tsquery(), read.names_tsquery()])


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("blinken", "Antony Blinken – France 2"), ("élevées", "Un mur élevé"),
        ("coeur", "Au cœur de l’État"), ("l'etat", "Au cœur de l’État"),
        ('"France 2"', "Antony Blinken – France 2"), ("reuters", "AFP/Reuters"),
    ],
)  # fmt: skip
def test_names_are_found_folded(query: str, title: str, news: Article) -> None:
    from articles.models import Article as Model

    news.title = title
    news.save(update_fields=["title"])
    found = Model.objects.extra(
        where=["words @@ %s::tsquery"], params=[parse_query(query).names_tsquery()]
    )
    assert list(found) == [news]
