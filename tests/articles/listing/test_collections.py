"""Collections: who sees, makes, renames, opens them, and who their members are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.messages import get_messages
from lxml import html

from articles.models import Activity, Collection, Membership, Verb, Visibility
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from articles.models import Article
    from diplowatch.accounts.models import User
    from tests.conftest import MakeArticle

    SignIn = Callable[[User | None], Client]


def names(client: Client) -> dict[str, str]:
    """The collections listed, each with what stands under it."""
    page = html.fromstring(client.get("/collections/").content.decode())
    return {
        item.cssselect("h2")[0].text_content(): item.cssselect(".meta span")[0].text_content()
        for item in page.cssselect(".collections li")
    }


def test_collections_are_listed_with_their_number_of_articles(
    sign_in: SignIn, reader: User, admin: User, closed_shelf: Collection, news: Article,
    interview: Article, make_article: MakeArticle,
) -> None:  # fmt: skip
    make_article(collection=closed_shelf)
    assert names(sign_in(reader)) == {"Dépêches": "2 articles"}
    assert names(sign_in(admin)) == {"Dépêches": "2 articles", "Réservé": "1 article"}


def test_editors_make_collections_and_own_them(sign_in: SignIn, editor: User) -> None:
    client = sign_in(editor)
    answer = client.post("/collections/new", {"name": "  Sommets  d’été ", "visibility": "private"})
    made = Collection.objects.get()
    assert answer["Location"] == f"/collections/{made.pk}/"
    assert (made.name, made.visibility, made.owner) == ("Sommets d’été", "private", editor)
    logged = Activity.objects.get(verb=Verb.COLLECTION)
    assert (logged.collection, logged.actor) == (made, editor)
    assert logged.data["after"] == {"name": "Sommets d’été", "visibility": "private"}
    assert client.get(f"/collections/{made.pk}/").status_code == 200


def test_an_empty_collection_is_deleted_and_brought_back(
    sign_in: SignIn, admin: User, reader: User, shelf: Collection
) -> None:
    client = sign_in(admin)
    address = f"/collections/{shelf.pk}/"
    assert client.post(f"{address}delete").status_code == 302
    assert names(client) == names(sign_in(reader)) == {}
    assert client.get(address).status_code == 404
    again = Collection.objects.create(name=shelf.name)
    page = html.fromstring(client.get("/collections/").content.decode())
    [form] = page.cssselect(".deleted form")
    assert shelf.name in page.cssselect(".deleted li")[0].text_content()
    client.post(form.get("action") or "")
    assert client.get(address).status_code == 404
    again.delete()
    client.post(form.get("action") or "")
    assert names(client) == {"Dépêches": "0 article"}
    logged = Activity.objects.filter(verb=Verb.COLLECTION).order_by("pk")
    assert [act.data["after"] for act in logged] == [{"retired": True}, {"retired": False}]


def test_a_collection_with_texts_is_not_deleted(
    sign_in: SignIn, admin: User, editor: User, shelf: Collection, news: Article
) -> None:
    answer = sign_in(admin).post(f"/collections/{shelf.pk}/delete")
    assert answer.status_code == 409
    assert shelf.name in answer.content.decode()
    assert names(sign_in(admin)) == {"Dépêches": "1 article"}
    assert sign_in(editor).post(f"/collections/{shelf.pk}/delete").status_code == 403
    assert sign_in(admin).post("/collections/999999/restore").status_code == 404
    assert not Activity.objects.filter(verb=Verb.COLLECTION).exists()


def test_a_name_is_used_once(sign_in: SignIn, editor: User, shelf: Collection) -> None:
    client = sign_in(editor)
    for name in (shelf.name, "", "x" * 201):
        answer = client.post("/collections/new", {"name": name, "visibility": "public"})
        assert answer.status_code == 422, name
        assert b"errorlist" in answer.content
    assert Collection.objects.count() == 1


def test_readers_make_none(sign_in: SignIn, annotator: User) -> None:
    assert sign_in(annotator).get("/collections/new").status_code == 403
    data = {"name": "x", "visibility": "public"}
    assert sign_in(annotator).post("/collections/new", data).status_code == 403
    assert sign_in(None).get("/collections/new").status_code == 302


def test_editors_rename_where_they_edit(
    sign_in: SignIn, editor: User, reader: User, stranger: User, closed_shelf: Collection
) -> None:
    Membership.objects.create(collection=closed_shelf, user=editor, role=Role.EDITOR)
    Membership.objects.create(collection=closed_shelf, user=reader, role=Role.READER)
    address = f"/collections/{closed_shelf.pk}/name"
    data = {"name": "Fermé", "version": 1}
    assert sign_in(reader).post(address, data).status_code == 403
    assert sign_in(stranger).post(address, data).status_code == 404
    assert sign_in(editor).get(address).status_code == 405
    assert sign_in(editor).post(address, data | {"name": ""}).status_code == 422
    assert sign_in(editor).post(address, data).status_code == 302
    assert sign_in(editor).post(address, data | {"name": "Encore"}).status_code == 409
    closed_shelf.refresh_from_db()
    assert (closed_shelf.name, closed_shelf.version) == ("Fermé", 2)


def test_admins_open_and_close(
    sign_in: SignIn, admin: User, editor: User, reader: User, shelf: Collection, news: Article
) -> None:
    address = f"/collections/{shelf.pk}/visibility"
    data = {"visibility": "private", "version": 1}
    assert sign_in(editor).post(address, data).status_code == 403
    assert sign_in(admin).post(address, {"visibility": "secret", "version": 1}).status_code == 422
    assert sign_in(admin).post(address, data).status_code == 302
    shelf.refresh_from_db()
    assert (shelf.visibility, shelf.owner) == (Visibility.PRIVATE, admin)
    assert sign_in(reader).get(f"/articles/{news.pk}/").status_code == 404
    assert names(sign_in(reader)) == {}


@pytest.mark.parametrize("said", ["reader", "READER@example.org"])
def test_admins_set_members(
    sign_in: SignIn, admin: User, editor: User, reader: User, closed_shelf: Collection, said: str
) -> None:
    address = f"/collections/{closed_shelf.pk}/members"
    client = sign_in(admin)
    assert sign_in(editor).post(address, {"person": said, "role": 3}).status_code == 404
    assert client.post(address, {"person": "nobody", "role": 3}).status_code == 422
    assert client.post(address, {"person": said, "role": 4}).status_code == 422
    assert client.post(address, {"person": said, "role": 2}).status_code == 302
    assert "Réservé" in names(sign_in(reader))
    assert "reader" in client.get(f"/collections/{closed_shelf.pk}/").content.decode()
    assert client.post(address, {"person": said, "role": 3}).status_code == 302
    assert Membership.objects.get().role == Role.EDITOR
    assert client.post(address, {"person": said, "role": 0}).status_code == 302
    assert names(sign_in(reader)) == {}
    roles = [a.data["after"]["role"] for a in Activity.objects.order_by("pk")]
    assert roles == [2, 3, None]


def test_that_members_do_not_read_a_private_collection_is_said(
    sign_in: SignIn, admin: User, reader: User, shelf: Collection
) -> None:
    client = sign_in(admin)
    address = f"/collections/{shelf.pk}/"
    said = "Members do not read this collection as long as only its owner may"

    def said_by(role: int) -> tuple[list[str], bool]:
        fields = {"person": "reader", "role": role}
        english = {"accept-language": "en"}
        answer = client.post(f"{address}members", fields, headers=english)
        told = [str(one) for one in get_messages(answer.wsgi_request)]
        shown = client.get(address, headers=english).content.decode()
        section = html.fromstring(shown).cssselect('section[aria-labelledby="members-title"]')[0]
        return told, said in section.text_content()

    assert said_by(2) == (["Members saved."], False)
    Collection.objects.filter(pk=shelf.pk).update(visibility=Visibility.PRIVATE, owner=admin)
    told, shown = said_by(2)
    assert shown
    assert said in told[1]
    assert "“Its members” under “Readers”" in told[1]
    assert said_by(0) == (["Members saved."], True)
    assert names(sign_in(reader)) == {}


def test_the_filter_of_a_hidden_collection_names_and_numbers_nothing(
    sign_in: SignIn, reader: User, shelf: Collection, closed_shelf: Collection
) -> None:
    client = sign_in(reader)
    said = {}
    for pk in (shelf.pk, closed_shelf.pk, 999_999):
        answer = client.get(f"/?collection={pk}", headers={"accept-language": "en"})
        [chip] = html.fromstring(answer.content.decode()).cssselect(".chips .pill")
        said[pk] = chip.text_content().removeprefix("Remove ").removesuffix(" ×")
    hidden = "A collection you may not see"
    assert said == {shelf.pk: "Dépêches", closed_shelf.pk: hidden, 999_999: hidden}


def test_a_name_taken_in_the_same_moment_is_refused(
    sign_in: SignIn, editor: User, shelf: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if somebody took the name between the look at the names and the storing."""
    other = Collection.objects.create(name="Autre")
    monkeypatch.setattr(Collection, "full_clean", lambda _self: None)
    client = sign_in(editor)
    made = client.post("/collections/new", {"name": shelf.name, "visibility": "public"})
    assert made.status_code == 422
    fields = {"name": shelf.name, "version": other.version}
    assert client.post(f"/collections/{other.pk}/name", fields).status_code == 422
    assert Collection.objects.filter(name=shelf.name).count() == 1
