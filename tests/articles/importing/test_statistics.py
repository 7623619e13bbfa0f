"""After many texts have come the database knows how many there are: searches are planned by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from articles.services import arriving

if TYPE_CHECKING:
    from pytest_django import DjangoCaptureOnCommitCallbacks

    from articles.models import Article


def known_passages() -> float:
    """How many passages the planner takes for there; negative: it knows nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'articles_passage'::regclass")
        return float(cursor.fetchone()[0])


def test_what_a_large_import_brought_is_counted_at_once(
    news: Article, interview: Article,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    batch, before = str(news.batch_id), known_passages()
    with django_capture_on_commit_callbacks(execute=True):
        arriving.announce_import(batch, arriving.MANY - 1)
    assert known_passages() == before
    with django_capture_on_commit_callbacks(execute=True):
        arriving.announce_import(batch, arriving.MANY)
    assert known_passages() == news.passages.count() + interview.passages.count()
