"""The page of names: its lists, what is done there, who may, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from annotations.models import Annotation, Entity, EntityName, KnownWord
from annotations.services.entities import create_entity
from articles.models import Activity, Article, Collection, Membership
from articles.services.log import Agent
from tests.annotations.saying import said
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]
AGENT = Agent(name="tests")
TEXT = """ date 2021-10 Hier, Macrom a vu Lavrof à Quiève,puis le le ministre a revu Macrom, dit-on.

Mais Lavrof « ne dit rien. Macrom  repart.
"""


@pytest.fixture
def text(make_article: MakeArticle) -> Article:
    """A text with garbled names, a doubled word and slips of blanks and guillemets."""
    return make_article(TEXT)


@pytest.fixture
def macron(db: None) -> Entity:
    """Whom it garbles."""
    return create_entity(agent=AGENT, kind="person", label_fr="Emmanuel Macron")[0]


def page(client: Client, address: str) -> html.HtmlElement:
    """A page that is shown."""
    response = client.get(address)
    assert response.status_code == 200, response
    return html.document_fromstring(response.content.decode())


def titles(tree: html.HtmlElement) -> list[str]:
    """What the rows are called."""
    return [" ".join(one.text_content().split()) for one in tree.cssselect(".row .row-title")]


def act(client: Client, address: str, **values: Any) -> HttpResponse:
    """Send a form."""
    return client.post(address, values)  # type: ignore[return-value]  # the client's own class


def undo(client: Client) -> HttpResponse:
    """Undo the last act."""
    return act(client, f"/activity/{Activity.objects.latest('pk').pk}/undo")


def test_unlinked_names_are_told_by_frequency_and_lead_to_their_places(
    sign_in: SignIn, editor: User, text: Article
) -> None:
    tree = page(sign_in(editor), "/names/")
    assert titles(tree) == ["Macrom", "Lavrof", "Quiève"]
    first = tree.cssselect(".row")[0]
    assert "3" in first.cssselect(".meta")[0].text_content()
    places = [str(one.get("href")) for one in first.cssselect(".places a")]
    assert places == [f"/articles/{text.pk}/#p1"] * 2 + [f"/articles/{text.pk}/#p2"]
    assert first.cssselect(".places mark")[0].text_content() == "Macrom"


def test_what_is_linked_is_no_longer_told_but_for_private_links(
    sign_in: SignIn, editor: User, reader: User, text: Article, macron: Entity
) -> None:
    client = sign_in(editor)
    said(client, text, "Lavrof", motivation="identifying", entity=macron.pk)
    said(sign_in(reader), text, "Quiève", motivation="identifying", entity=macron.pk, private="1")
    tree = page(client, "/names/")
    assert titles(tree) == ["Macrom", "Lavrof", "Quiève"]
    assert "1" in tree.cssselect(".row")[1].cssselect(".meta")[0].text_content()


def test_whose_name_it_is_and_whose_garbling_stands_with_it(
    sign_in: SignIn, annotator: User, text: Article, macron: Entity
) -> None:
    create_entity(agent=AGENT, kind="person", label_fr="Lavrof")
    EntityName.objects.create(entity=macron, name="Macrom", folded="macrom", kind="garbling")
    tree = page(sign_in(annotator), "/names/")
    met = [" ".join(one.text_content().split()) for one in tree.cssselect(".row .meta")]
    assert "Emmanuel Macron" in met[0]
    assert "Lavrof" in met[1]
    assert not tree.cssselect(".row form")  # for editors


def test_a_known_word_is_not_asked_about_again_until_it_is_taken_off(
    sign_in: SignIn, editor: User, text: Article
) -> None:
    client = sign_in(editor)
    response = act(client, "/names/known/new", text="  Quiève ", next="/names/")
    assert (response.status_code, response["location"]) == (302, "/names/")
    assert titles(page(client, "/names/")) == ["Macrom", "Lavrof"]
    assert undo(client).status_code == 302
    assert "Quiève" in titles(page(client, "/names/"))
    assert undo(client).status_code == 302  # brings it back
    word = KnownWord.objects.live().get()
    assert titles(page(client, "/names/?view=known")) == ["Quiève"]
    assert act(client, "/names/known/new", text="quieve").status_code == 302
    assert KnownWord.objects.count() == 1
    assert act(client, f"/names/known/{word.pk}/retire").status_code == 302
    assert titles(page(client, "/names/?view=known")) == []
    assert act(client, f"/names/known/{word.pk}/retire").status_code == 409
    assert act(client, "/names/known/999999/retire").status_code == 404
    assert act(client, "/names/known/new", text=" … ").status_code == 422
    assert client.get("/names/known/new").status_code == 405
    history = page(client, "/activity/").text_content()
    assert "Quiève" in history


def test_a_form_is_remembered_as_a_garbling_and_proposed_at_once(
    sign_in: SignIn, editor: User, text: Article, macron: Entity
) -> None:
    client = sign_in(editor)
    tree = page(client, "/names/form?text=Macrom")
    assert len(tree.cssselect(".places a")) == 3
    (found,) = [
        str(one.get("href")) for one in tree.cssselect(".entity-rows a")
        if one.text_content() == "Emmanuel Macron"
    ]  # fmt: skip
    (correct,) = tree.cssselect('.meta a[href^="/find/"]')
    assert correct.get("href") == "/find/?q=Macrom"
    tree = page(client, f"/names/form{found}")
    (correct,) = tree.cssselect('.meta a[href^="/find/"]')
    assert correct.get("href") == f"/find/?q=Macrom&replace=Macron&entity={macron.pk}"
    assert "Macron" in tree.cssselect(".actions .button")[0].text_content()
    response = act(client, "/names/garblings/new", text="Macrom", entity=macron.pk)
    assert response.status_code == 302
    assert Annotation.objects.filter(state="proposed", replacement="Macron").count() == 3
    tree = page(client, "/names/?view=garblings")
    assert titles(tree) == ["Macrom"]
    assert "3" in tree.cssselect(".row .meta")[0].text_content()
    name = EntityName.objects.get(kind="garbling")
    assert act(client, f"/names/garblings/{name.pk}/retire").status_code == 302
    assert titles(page(client, "/names/?view=garblings")) == []
    assert act(client, f"/names/garblings/{name.pk}/retire").status_code == 409
    assert act(client, "/names/garblings/999999/retire").status_code == 404
    for wrong in ({"text": "Macrom"}, {"text": " ", "entity": macron.pk}):
        assert act(client, "/names/garblings/new", **wrong).status_code == 422
    gone = act(client, "/names/garblings/new", text="Macrom", entity=999999)
    assert gone.status_code == 409


def test_looking_now_proposes_only_where_one_edits(
    sign_in: SignIn, stranger: User, make_article: MakeArticle, closed_shelf: Collection,
    text: Article, macron: Entity,
) -> None:  # fmt: skip
    make_article(TEXT, collection=closed_shelf)
    EntityName.objects.create(entity=macron, name="Macrom", folded="macrom", kind="garbling")
    assert act(sign_in(stranger), "/names/look").status_code == 302
    assert {one.article for one in Annotation.objects.all()} == {text}
    assert Annotation.objects.count() == 3


def test_ticked_places_are_linked_in_one_act(
    sign_in: SignIn, annotator: User, text: Article, macron: Entity
) -> None:
    client = sign_in(annotator)
    tree = page(client, f"/names/form?text=Macrom&entity={macron.pk}")
    ticks = [str(one.get("value")) for one in tree.cssselect("[name=place]")]
    values = {"text": "Macrom", "entity": macron.pk}
    address = f"/articles/{text.pk}/names"
    assert act(client, address, place=ticks[:2], **values).status_code == 302
    links = Annotation.objects.filter(entity=macron, link_status="unverified")
    assert [one.targets.get().exact for one in links] == ["Macrom", "Macrom"]
    assert act(client, address, place=ticks[:1], **values).status_code == 409  # linked by now
    assert act(client, address, **values).status_code == 422
    assert act(client, address, place=ticks[2:], text="Macrom").status_code == 422
    assert act(client, "/articles/999999/names", place=ticks, **values).status_code == 404
    assert undo(client).status_code == 302
    assert not Annotation.objects.live().exists()


def test_odd_spellings_of_what_is_linked_are_told(
    sign_in: SignIn, editor: User, text: Article, make_article: MakeArticle, macron: Entity
) -> None:
    client = sign_in(editor)
    said(client, text, "Macrom", motivation="identifying", entity=macron.pk)
    other = make_article("Macron et l’équipe de M. Macron sont à Paris, dit-on, ce soir-là.\n")
    said(client, other, "Macron", motivation="identifying", entity=macron.pk)
    tree = page(client, "/names/?view=spellings")
    assert titles(tree) == ["Emmanuel Macron"]
    assert [one.text_content() for one in tree.cssselect(".spellings b")] == ["Macrom"]
    assert len(tree.cssselect(".spellings li")) == 2


def test_cheap_checks_are_told_by_kind(sign_in: SignIn, annotator: User, text: Article) -> None:
    client = sign_in(annotator)
    assert len(titles(page(client, "/names/?view=checks"))) == 4
    tree = page(client, "/names/?view=checks&kind=doubled")
    assert [one.text_content() for one in tree.cssselect("mark")] == ["le le"]
    assert titles(page(client, "/names/?view=checks&kind=nonsense&article=1&page=x")) == []


def test_texts_that_one_may_not_see_are_not_looked_through(
    sign_in: SignIn, stranger: User, editor: User, make_article: MakeArticle,
    closed_shelf: Collection,
) -> None:  # fmt: skip
    hidden = make_article(TEXT, collection=closed_shelf)
    Membership.objects.create(collection=closed_shelf, user=editor, role=3)
    client = sign_in(stranger)
    for view in ("unlinked", "checks", "garblings", "spellings"):
        tree = page(client, f"/names/?view={view}&article={hidden.pk}")
        assert "Macrom" not in tree.text_content()
    assert client.get(f"/names/?collection={closed_shelf.pk}").status_code == 404
    assert client.get(f"/names/form?text=Macrom&collection={closed_shelf.pk}").status_code == 404
    assert titles(page(sign_in(editor), f"/names/?collection={closed_shelf.pk}"))
    assert not page(client, "/names/form?text=Macrom").cssselect(".places a")


@pytest.mark.parametrize("view", ["unlinked", "spellings", "garblings", "known", "checks"])
def test_every_list_costs_the_same_however_long(
    sign_in: SignIn, editor: User, make_article: MakeArticle, macron: Entity, view: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    client = sign_in(editor)
    for number in range(6):
        made = make_article(f"{TEXT}\n\nNuméro {number}.", name=f"{number}.txt")
        said(client, made, "Macrom", motivation="identifying", entity=macron.pk)
        KnownWord.objects.create(text=f"Mot{number}", folded=f"mot{number}")
        EntityName.objects.create(
            entity=macron, name=f"Macrum{number}", folded=f"macrum{number}", kind="garbling"
        )
    with django_assert_max_num_queries(14):
        page(client, f"/names/?view={view}")


def test_a_page_is_turned(sign_in: SignIn, editor: User, db: None) -> None:
    KnownWord.objects.bulk_create(
        KnownWord(text=f"Mot {n:03}", folded=f"mot {n:03}") for n in range(60)
    )
    client = sign_in(editor)
    tree = page(client, "/names/?view=known")
    assert len(titles(tree)) == 50
    (following,) = tree.cssselect("[rel=next]")
    tree = page(client, str(following.get("href")))
    assert len(titles(tree)) == 10
    assert tree.cssselect("[rel=prev]")
    assert page(client, "/names/?view=known&page=99999999").cssselect(".empty")


def test_the_navigation_leads_there_whoever_may_say_something(
    sign_in: SignIn, reader: User, annotator: User
) -> None:
    (link,) = page(sign_in(annotator), "/names/").cssselect("#nav [aria-current=page]")
    assert link.get("href") == "/names/"
    assert not page(sign_in(reader), "/").cssselect('#nav [href="/names/"]')
