"""The controlled list of tags: added, renamed, merged, retired; undone; who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from lxml import html

from annotations.models import Annotation, Tag
from articles.models import Activity, Article
from tests.annotations.saying import post, said
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries

    from articles.models import Collection
    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]


def make(client: Client, name: str) -> Tag:
    """Add a tag through its page."""
    assert post(client, "/tags/new", htmx=False, name=name).status_code == 302
    return Tag.objects.latest("pk")


def act(client: Client, tag: Tag, what: str, **values: Any) -> HttpResponse:
    """Act on a tag as it was seen."""
    return post(client, f"/tags/{tag.pk}/{what}", htmx=False, version=tag.version, **values)


def undo(client: Client) -> HttpResponse:
    """Undo the last act."""
    return post(client, f"/activity/{Activity.objects.latest('pk').pk}/undo", htmx=False)


def live() -> set[str]:
    """The names on the list."""
    return set(Tag.objects.live().values_list("name", flat=True))


def test_a_tag_is_added_once_whatever_its_case_and_accents(sign_in: SignIn, editor: User) -> None:
    client = sign_in(editor)
    make(client, "  Traité   d’Élysée ")
    assert live() == {"Traité d’Élysée"}
    response = post(client, "/tags/new", htmx=False, name="traite d'elysee", description="<b>")
    assert response.status_code == 422
    tree = html.document_fromstring(response.content)
    assert tree.cssselect("[name=name]")[0].get("value") == "traite d'elysee"
    assert tree.cssselect("[name=description]")[0].get("value") == "<b>"
    assert tree.cssselect("[role=alert]")
    assert post(client, "/tags/new", htmx=False, name=" ").status_code == 422
    assert post(client, "/tags/new", htmx=False, name="x" * 81).status_code == 422
    assert len(live()) == 1


def test_renaming_is_undone_and_refused_when_stale(sign_in: SignIn, editor: User) -> None:
    client = sign_in(editor)
    tag = make(client, "ONU")
    assert act(client, tag, "rename", name="Nations unies").status_code == 302
    stale = act(client, tag, "rename", name="U. N.")
    assert stale.status_code == 409
    tree = html.document_fromstring(stale.content)
    assert tree.cssselect("[name=name]")[0].get("value") == "U. N."
    assert tree.cssselect("[name=version]")[0].get("value") == "2"
    assert live() == {"Nations unies"}
    assert undo(client).status_code == 302
    assert live() == {"ONU"}


def test_a_name_that_is_taken_is_refused(sign_in: SignIn, editor: User) -> None:
    client = sign_in(editor)
    make(client, "ONU")
    tag = make(client, "OTAN")
    assert act(client, tag, "rename", name="onu").status_code == 422
    assert live() == {"ONU", "OTAN"}


def test_a_merge_moves_what_bears_it_and_is_undone_whole(
    sign_in: SignIn, editor: User, news: Article
) -> None:
    client = sign_in(editor)
    one, other = make(client, "Nations unies"), make(client, "ONU")
    given = said(client, news, motivation="tagging", tag=one.pk)
    deleted = said(client, news, motivation="tagging", tag=one.pk)
    post(client, f"/a/{deleted.pk}/remove", version=1)
    version = Article.objects.get(pk=news.pk).version
    response = act(client, one, "merge", into=other.pk)
    assert response.headers["Location"] == f"/tags/{other.pk}/"
    assert {a.tag_id for a in Annotation.objects.all()} == {other.pk}
    assert live() == {"ONU"}
    assert Article.objects.get(pk=news.pk).version == version + 1
    moved = client.get(f"/tags/{one.pk}/")
    assert moved.headers["Location"] == f"/tags/{other.pk}/"
    assert undo(client).status_code == 302
    assert {a.tag_id for a in Annotation.objects.all()} == {one.pk}
    assert live() == {"Nations unies", "ONU"}
    given.refresh_from_db()
    assert given.version == 3
    assert undo(client).status_code == 302
    assert live() == {"ONU"}


def test_a_merge_into_itself_or_into_nothing_is_refused(sign_in: SignIn, editor: User) -> None:
    client = sign_in(editor)
    tag, gone = make(client, "ONU"), make(client, "SDN")
    act(client, gone, "retire")
    assert act(client, tag, "merge", into=tag.pk).status_code == 422
    assert act(client, tag, "merge", into="").status_code == 422
    assert act(client, tag, "merge", into=gone.pk).status_code == 409
    assert act(client, tag, "merge", into=987_654).status_code == 409
    assert live() == {"ONU"}


def test_a_retired_tag_is_given_no_more_and_comes_back(
    sign_in: SignIn, editor: User, news: Article
) -> None:
    client = sign_in(editor)
    tag = make(client, "ONU")
    given = said(client, news, motivation="tagging", tag=tag.pk)
    assert act(client, tag, "retire").status_code == 302
    assert act(client, tag, "retire").status_code == 409
    given.refresh_from_db()
    assert given.tag == tag
    assert client.get(f"/tags/{tag.pk}/").status_code == 200
    make(client, "onu")
    retired = Activity.objects.order_by("-pk")[1]
    refused = post(client, f"/activity/{retired.pk}/undo", htmx=False)
    assert refused.status_code == 409
    act(client, Tag.objects.latest("pk"), "retire")
    assert post(client, f"/activity/{retired.pk}/undo", htmx=False).status_code == 302
    assert live() == {"ONU"}


def test_undoing_the_making_of_a_tag_retires_it(sign_in: SignIn, editor: User) -> None:
    client = sign_in(editor)
    make(client, "ONU")
    undo(client)
    assert live() == set()
    undo(client)
    assert live() == {"ONU"}


def test_only_editors_act_on_tags(
    sign_in: SignIn, editor: User, annotator: User, news: Article
) -> None:
    tag = make(sign_in(editor), "ONU")
    last = Activity.objects.latest("pk").pk
    client = sign_in(annotator)
    for address in ("/tags/new", f"/tags/{tag.pk}/rename", f"/tags/{tag.pk}/merge"):
        assert post(client, address, name="x", version=1).status_code == 403
    assert act(client, tag, "retire").status_code == 403
    assert post(client, f"/activity/{last}/undo").status_code == 403
    page = html.document_fromstring(client.get(f"/tags/{tag.pk}/").content)
    assert not page.cssselect("form[method=post][action*=tags]")
    assert post(sign_in(None), "/tags/new", name="x").status_code == 401
    assert sign_in(editor).get("/tags/new").status_code == 405
    assert act(sign_in(editor), Tag(pk=987_654), "retire").status_code == 404


def test_the_lists_count_and_show_what_the_person_may_see(
    sign_in: SignIn, editor: User, reader: User, closed_shelf: Collection, news: Article,
    make_article: MakeArticle, admin: User,
) -> None:  # fmt: skip
    tag = make(sign_in(editor), "ONU")
    hidden = make_article(collection=closed_shelf)
    said(sign_in(editor), news, motivation="tagging", tag=tag.pk, body="Vu")
    said(sign_in(admin), hidden, motivation="tagging", tag=tag.pk, body="Caché")
    said(sign_in(reader), news, motivation="tagging", tag=tag.pk, body="Privé", private="on")
    for user, bodies in ((editor, {"Vu"}), (reader, {"Vu", "Privé"}), (admin, {"Vu", "Caché"})):
        client = sign_in(user)
        row = html.document_fromstring(client.get("/tags/").content).cssselect("tbody tr")[0]
        assert row.cssselect("td")[2].text_content() == str(len(bodies))
        page = html.document_fromstring(client.get(f"/tags/{tag.pk}/").content)
        assert {one.text_content() for one in page.cssselect(".row .body")} == bodies


@pytest.mark.parametrize("address", ["/activity/", "/tags/"])
def test_acts_on_tags_are_told_in_words(
    sign_in: SignIn, editor: User, shelf: Collection, address: str
) -> None:
    client = sign_in(editor)
    tag = make(client, "ONU")
    response = act(client, tag, "rename", name="Nations unies")
    tags = [message.extra_tags for message in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]  # the test client's
    assert tags[-1] == f"undo-{Activity.objects.latest('pk').pk}"
    page = html.document_fromstring(client.get(address).content)
    said_there = page.cssselect("main")[0].text_content()
    assert "Nations unies" in said_there
    if address == "/activity/":
        assert "ONU → Nations unies" in said_there


def test_undoing_a_merge_of_many_takes_few_statements(
    sign_in: SignIn, editor: User, news: Article,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    client = sign_in(editor)
    one, other = make(client, "Nations unies"), make(client, "ONU")
    Annotation.objects.bulk_create(
        Annotation(article=news, motivation="tagging", tag=one, creator=editor) for _ in range(40)
    )
    act(client, one, "merge", into=other.pk)
    with django_assert_max_num_queries(24):
        assert undo(client).status_code == 302
    assert Annotation.objects.filter(tag=one, version=3).count() == 40
