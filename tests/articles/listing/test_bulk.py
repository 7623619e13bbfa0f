"""One act on many articles: what it changes, who may, how it is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from articles.models import Activity, Article, Collection, Membership, Verb
from articles.services.bulk import clean_tags
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from diplowatch.accounts.models import User
    from tests.conftest import MakeArticle

    SignIn = Callable[[User | None], Client]

ADDRESS = "/articles/bulk"


def act(client: Client, articles: list[Article], **data: object) -> int:
    """Send an act on articles; the status that comes back."""
    ids = [article.pk for article in articles]
    return client.post(ADDRESS, {"article": ids, "next": "/?kind=article", **data}).status_code


@pytest.fixture
def two(news: Article, interview: Article) -> list[Article]:
    """Two articles of the public collection."""
    return [news, interview]


def test_a_status_is_one_act_and_undone_as_one(
    sign_in: SignIn, editor: User, two: list[Article]
) -> None:
    client = sign_in(editor)
    assert act(client, two, act="status", status="proofread") == 302
    assert set(Article.objects.values_list("status", "version")) == {("proofread", 2)}
    activity = Activity.objects.get(verb=Verb.STATUS)
    assert activity.actor == editor
    assert activity.data["changes"] == {
        str(article.pk): {"before": {"status": "raw"}, "after": {"status": "proofread"}}
        for article in two
    }
    assert client.post(f"/activity/{activity.pk}/undo").status_code == 302
    assert set(Article.objects.values_list("status", "version")) == {("raw", 3)}


def test_moving_changes_collection_and_counts(
    sign_in: SignIn, editor: User, two: list[Article]
) -> None:
    target = Collection.objects.create(name="Archives")
    client = sign_in(editor)
    assert act(client, two, act="move", collection=target.pk) == 302
    assert set(Article.objects.values_list("collection", flat=True)) == {target.pk}
    assert "2 articles" in client.get("/collections/").content.decode()
    activity = Activity.objects.get(verb=Verb.MOVE)
    assert activity.collection == target
    assert client.post(f"/activity/{activity.pk}/undo").status_code == 302
    assert not Article.objects.filter(collection=target).exists()


def test_a_twin_in_the_target_stops_the_move(
    sign_in: SignIn, editor: User, two: list[Article], make_article: MakeArticle
) -> None:
    target = Collection.objects.create(name="Archives")
    make_article(collection=target, name="news.txt")
    assert act(sign_in(editor), two, act="move", collection=target.pk) == 409
    assert Article.objects.filter(collection=target).count() == 1


def test_the_same_bytes_coming_in_the_moment_of_a_move_stop_it_too(
    sign_in: SignIn, editor: User, two: list[Article], make_article: MakeArticle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    target = Collection.objects.create(name="Archives")
    make_article(collection=target, name="news.txt")
    monkeypatch.setattr("articles.services.bulk.refuse_twins", lambda _articles, _places: None)
    answer = sign_in(editor).post(
        ADDRESS, {"article": [one.pk for one in two], "act": "move", "collection": target.pk}
    )
    assert answer.status_code == 409
    assert two[0].title in answer.content.decode()
    assert Article.objects.filter(collection=target).count() == 1


def test_twins_moved_together_stop_the_move(
    sign_in: SignIn, editor: User, news: Article, make_article: MakeArticle
) -> None:
    other, target = (Collection.objects.create(name=name) for name in ("Autre", "Archives"))
    twin = make_article(collection=other)
    assert act(sign_in(editor), [news, twin], act="move", collection=target.pk) == 409
    assert not Article.objects.filter(collection=target).exists()


def test_tags_are_added_and_taken_off(sign_in: SignIn, editor: User, two: list[Article]) -> None:
    client = sign_in(editor)
    assert act(client, two, act="tag", tags=" ONU, à  relire ,onu") == 302
    assert act(client, two[:1], act="tag", tags="Onu, Sahel") == 302
    tags = dict(Article.objects.values_list("pk", "tags"))
    assert tags[two[0].pk] == ["ONU", "Sahel", "à relire"]
    assert tags[two[1].pk] == ["ONU", "à relire"]
    assert act(client, two, act="untag", tags="onu") == 302
    assert dict(Article.objects.values_list("pk", "tags"))[two[1].pk] == ["à relire"]
    assert Activity.objects.filter(verb=Verb.TAG).count() == 3
    listed = client.get("/?tag=Sahel").content.decode()
    assert f'data-article="{two[0].pk}"' in listed
    assert f'data-article="{two[1].pk}"' not in listed


def test_nothing_to_change_is_no_act(sign_in: SignIn, editor: User, two: list[Article]) -> None:
    before = Activity.objects.count()
    assert act(sign_in(editor), two, act="status", status="raw") == 302
    assert act(sign_in(editor), two, act="untag", tags="ONU") == 302
    assert Activity.objects.count() == before
    assert set(Article.objects.values_list("version", flat=True)) == {1}


@pytest.mark.parametrize(
    "data",
    [
        {}, {"act": "burn"}, {"act": "status"}, {"act": "status", "status": "lost"},
        {"act": "move"}, {"act": "move", "collection": "x"}, {"act": "move", "collection": 999_999},
        {"act": "tag", "tags": " , "}, {"act": "tag", "tags": "x" * 61},
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(
    sign_in: SignIn, editor: User, two: list[Article], data: dict[str, object]
) -> None:
    assert act(sign_in(editor), two, **data) == 422
    assert set(Article.objects.values_list("version", flat=True)) == {1}


def test_nobody_selected_is_refused(sign_in: SignIn, editor: User, two: list[Article]) -> None:
    assert act(sign_in(editor), [], act="status", status="raw") == 422
    answer = sign_in(editor).post(
        ADDRESS, {"article": ["x", "9" * 30], "act": "status", "status": "raw"}
    )
    assert answer.status_code == 422


def test_rights_are_those_of_each_articles_collection(
    sign_in: SignIn, reader: User, annotator: User, editor: User, stranger: User,
    closed_shelf: Collection, two: list[Article], make_article: MakeArticle,
) -> None:  # fmt: skip
    closed = make_article(collection=closed_shelf)
    data = {"act": "status", "status": "proofread"}
    assert act(sign_in(None), two, **data) == 302  # to sign in
    assert act(sign_in(reader), two, **data) == 403
    assert act(sign_in(annotator), two, **data) == 403
    assert act(sign_in(stranger), [closed], **data) == 404
    assert act(sign_in(stranger), [*two, closed], **data) == 404
    Membership.objects.create(collection=closed_shelf, user=editor, role=Role.READER)
    assert act(sign_in(editor), [closed], **data) == 403
    assert act(sign_in(editor), two, act="move", collection=closed_shelf.pk) == 422
    Membership.objects.create(collection=closed_shelf, user=reader, role=Role.EDITOR)
    assert act(sign_in(reader), two, **data) == 403
    assert set(Article.objects.values_list("status", flat=True)) == {"raw"}
    assert act(sign_in(reader), [closed], **data) == 302
    assert sign_in(editor).get(ADDRESS).status_code == 405


def test_the_number_of_queries_does_not_grow_with_the_selection(
    sign_in: SignIn, editor: User, make_article: MakeArticle,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    articles = [make_article(f"Texte numéro {number}.") for number in range(12)]
    client = sign_in(editor)
    with django_assert_max_num_queries(16):
        assert act(client, articles, act="tag", tags="ONU") == 302


def test_tags_are_kept_clean() -> None:
    assert clean_tags(["b", " A ", "a", "", "é"]) == ["A", "b", "é"]
    assert clean_tags(["x" * 80]) == ["x" * 60]
