"""An article by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.queries.live import HIGHEST, live_article

if TYPE_CHECKING:
    from articles.models import Article

pytestmark = pytest.mark.django_db


def test_it_comes_with_the_name_of_its_file_in_one_query(news: Article) -> None:
    """What is left out is fetched when it is asked for."""
    with CaptureQueriesContext(connection) as queries:
        found = live_article(news.pk, {news.collection_id})
        assert found == news
        assert found.source_file.name == news.source_file.name
        assert (found.title, found.version) == (news.title, news.version)
    assert len(queries) == 2  # the second is the fixture's own source file
    assert found.tags == news.tags


def test_it_is_not_found_elsewhere_nor_once_removed(news: Article) -> None:
    """Whoever may not read the collection finds nothing."""
    assert live_article(news.pk, set()) is None
    type(news).objects.filter(pk=news.pk).update(removed=news.created)
    assert live_article(news.pk, {news.collection_id}) is None


def test_a_number_beyond_all_ids_asks_nobody(news: Article) -> None:
    """It would be compared with every row, by no index."""
    with CaptureQueriesContext(connection) as queries:
        assert live_article(HIGHEST + 1, {news.collection_id}) is None
    assert not queries.captured_queries
