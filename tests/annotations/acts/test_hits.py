"""What a search found stays marked in the passages that come back after an act."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotations.models import Annotation
from articles.models import Activity, Word
from tests.annotations.saying import HTMX, fragments, said, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from articles.models import Article
    from diplowatch.accounts.models import User

    SignIn = Callable[[User | None], Client]


def on_page(article: Article, asked: str) -> dict[str, str]:
    """The headers of the script of a reader page at this address."""
    return HTMX | {"HX-Current-URL": f"http://testserver/articles/{article.pk}/{asked}"}


def hits(response: HttpResponse, passage: str) -> list[str]:
    """The words marked as hits in a passage that came back."""
    return [one.text_content() for one in fragments(response)[passage].cssselect("mark.hit")]


def act(
    client: Client, address: str, article: Article, asked: str, **values: object
) -> HttpResponse:
    """Send an act as the script of a reader page at this address does."""
    sent = {name: str(value) for name, value in values.items()}
    return client.post(address, sent, headers=on_page(article, asked))  # type: ignore[return-value]  # the client's own class


@pytest.mark.parametrize(
    "asked", ["?q=Sahel", "?in=q%3DSahel%26sort%3Dtitle", "?q=Sahel&in=kind%3Darticle"]
)
def test_after_saying_changing_and_undoing(
    sign_in: SignIn, editor: User, news: Article, asked: str
) -> None:
    client = sign_in(editor)
    made = said(client, news, "Sahel", number=2)
    changed = act(client, f"/a/{made.pk}/remove", news, asked, version=1)
    assert hits(changed, "p2") == ["Sahel"]
    undo = Activity.objects.latest("pk")
    back = act(client, f"/activity/{undo.pk}/undo", news, asked)
    assert hits(back, "p2") == ["Sahel"]
    last = act(client, f"/articles/{news.pk}/undo", news, asked)
    assert hits(last, "p2") == ["Sahel"]


def test_after_a_new_annotation(sign_in: SignIn, editor: User, news: Article) -> None:
    client = sign_in(editor)
    client.defaults["HTTP_HX_CURRENT_URL"] = f"http://testserver/articles/{news.pk}/?q=Sahel"
    assert hits(say(client, news, "Sahel", number=2), "p2") == ["Sahel"]
    assert Annotation.objects.count() == 1


def test_slips_that_the_search_set_right_stay_set_right(
    sign_in: SignIn, editor: User, news: Article
) -> None:
    Word.objects.create(word="sahel", passages=2)
    client = sign_in(editor)
    made = said(client, news, "Sahel", number=2)
    removed = act(client, f"/a/{made.pk}/remove", news, "?in=q%3DSahle", version=1)
    page = client.get(f"/articles/{news.pk}/", {"in": "q=Sahle"}).content.decode()
    assert bool(hits(removed, "p2")) == ('class="hit"' in page)


def test_without_a_search_nothing_more_is_asked(
    sign_in: SignIn, editor: User, news: Article,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    client = sign_in(editor)
    said(client, news)
    with django_assert_max_num_queries(9):
        response = say(client, news, "Sahel", number=2)
    assert hits(response, "p2") == []
