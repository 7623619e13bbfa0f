"""What a page still asks for when its test ends does not reach into the next test."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from articles.models import Collection
from diplowatch.accounts.models import User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page
    from pytest_django.fixtures import SettingsWrapper

    from articles.models import Article

pytestmark = pytest.mark.django_db(transaction=True)
begun, ended = threading.Event(), threading.Event()


def slow(request: HttpRequest) -> HttpResponse:
    """Writes a row, then others a second later."""
    with transaction.atomic():
        Collection.objects.create(name="Première")
        begun.set()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(1)")
        User.objects.create(username="reader")
    ended.set()
    return HttpResponse()


urlpatterns = [path("slow", slow), path("", include("diplowatch.urls"))]


@pytest.fixture
def last_look(db: None) -> Iterator[None]:
    """Taken after the windows are closed, before the tables are emptied."""
    yield
    assert ended.is_set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND state LIKE '%in transaction%'"
        )
        assert cursor.fetchone() == (0,)


@pytest.mark.usefixtures("last_look")
@pytest.mark.parametrize("once", range(2))  # the second would find what the first left
def test_a_request_still_running_is_waited_for(
    open_browser: Callable[..., Page], settings: SettingsWrapper, once: int
) -> None:
    settings.ROOT_URLCONF = __name__
    assert not User.objects.exists()
    assert not Collection.objects.exists()
    for event in (begun, ended):
        event.clear()
    page = open_browser()
    page.goto("/healthz")
    page.evaluate("void fetch('/slow')")
    assert begun.wait(10)
    assert not ended.is_set()


@pytest.mark.parametrize("once", range(2))
def test_what_migrating_made_stays_and_all_else_goes(
    news: Article, reader: User, once: int
) -> None:
    assert list(reader.groups.values_list("name", flat=True)) == ["reader"]
    assert User.objects.count() == 1
    assert news.passages.count() == 3
