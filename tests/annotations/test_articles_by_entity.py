"""The list of articles by the entities that they speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone
from lxml import html

from annotations.models import Entity, SpeakerIdentity
from annotations.services.entities import merge_entities
from articles.models import Article
from articles.services.log import Agent
from tests.annotations.speaking import make_entity, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import SettingsWrapper

    from articles.models import Collection
    from diplowatch.accounts.models import User
    from tests.conftest import MakeArticle

    SignIn = Callable[[User | None], Client]


def link(article: Article, quote: str, entity: Entity, number: int = 1, **fields: object) -> object:
    """Words of an article are an entity."""
    return say(
        article, (number, quote), motivation="identifying", entity=entity, link_status="verified",
        **fields,
    )  # fmt: skip


def shown(client: Client, address: str) -> html.HtmlElement:
    """The page at an address of the list, parsed."""
    response = client.get(f"/{address}")
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def listed(client: Client, address: str) -> set[int]:
    """The articles that the list shows there."""
    rows = shown(client, address).cssselect("#rows > .row")
    return {int(row.get("data-article")) for row in rows}


def facet(page: html.HtmlElement) -> dict[str, str]:
    """The entities of the facet with their counts."""
    return {
        one.cssselect("span")[0].text_content(): one.cssselect("data")[0].text_content()
        for one in page.cssselect('[data-facet="entity"] a')
    }


@pytest.fixture
def blinken(editor: User, news: Article, interview: Article) -> Entity:
    """Mentioned in the news, and one who speaks in the interview."""
    entity = make_entity("Antony Blinken", label_en="Tony Blinken")
    link(news, "Anthony Blingen", entity, creator=editor)
    speaker = interview.speakers.get(name="Antony Blinken")
    SpeakerIdentity.objects.create(
        speaker=speaker, entity=entity, status="unverified", set_at=timezone.now()
    )
    return entity


def test_those_that_mention_it_and_those_in_which_it_speaks(
    sign_in: SignIn, reader: User, blinken: Entity, news: Article, interview: Article,
    make_article: MakeArticle,
) -> None:  # fmt: skip
    make_article("Un autre texte, qui parle d'autre chose.", name="c.txt")
    client = sign_in(reader)
    assert listed(client, f"?entity={blinken.pk}") == {news.pk, interview.pk}
    assert listed(client, f"?entity={blinken.pk}&kind=interview") == {interview.pk}
    assert listed(client, f"?entity={blinken.pk}&q=Sahel") == {news.pk}
    other = make_entity("Personne")
    assert listed(client, f"?entity={other.pk}") == set()
    assert listed(client, f"?entity={blinken.pk}&entity={other.pk}") == set()


def test_others_private_links_never_count(
    sign_in: SignIn, reader: User, editor: User, annotator: User, admin: User, news: Article,
    settings: SettingsWrapper,
) -> None:  # fmt: skip
    entity = make_entity("Antony Blinken")
    link(news, "Anthony Blingen", entity, creator=annotator, private=True)
    for somebody in (reader, editor, admin):
        client = sign_in(somebody)
        for address in (f"?entity={entity.pk}", f"?entity={entity.pk}&q=Sahel"):
            assert listed(client, address) == set(), address
        assert not facet(shown(client, ""))
        assert not facet(shown(client, "?q=Sahel"))
        page = client.get(f"/entities/{entity.pk}/").content.decode()
        assert f"?entity={entity.pk}" not in page
        away = client.get(f"/articles/{news.pk}/", {"in": f"entity={entity.pk}"})
        assert away.status_code == 200
    settings.PUBLIC_READING = True
    assert listed(sign_in(None), f"?entity={entity.pk}") == set()
    own = sign_in(annotator)
    assert listed(own, f"?entity={entity.pk}") == {news.pk}
    assert listed(own, f"?entity={entity.pk}&q=Sahel") == {news.pk}
    assert facet(shown(own, "")) == {"Antony Blinken": "1"}


def test_what_one_sees_is_never_kept_for_another(
    sign_in: SignIn, reader: User, annotator: User, news: Article
) -> None:
    entity = make_entity("Antony Blinken")
    link(news, "Anthony Blingen", entity, creator=annotator, private=True)
    for address in ("", "?q=Sahel", f"?entity={entity.pk}", f"?entity={entity.pk}&q=Sahel"):
        mine, theirs = shown(sign_in(annotator), address), shown(sign_in(reader), address)
        assert "1" in facet(mine).values()
        assert "1" not in facet(theirs).values()


def test_what_was_deleted_or_stands_in_closed_collections_does_not_count(
    sign_in: SignIn, reader: User, editor: User, news: Article, make_article: MakeArticle,
    closed_shelf: Collection,
) -> None:  # fmt: skip
    entity = make_entity("Antony Blinken")
    link(news, "Anthony Blingen", entity, creator=editor, removed=timezone.now())
    closed = make_article("Le Sahel reste fermé aux regards.", collection=closed_shelf)
    link(closed, "Sahel", entity, creator=editor)
    client = sign_in(reader)
    assert listed(client, f"?entity={entity.pk}") == set()
    assert not facet(shown(client, ""))


def test_the_chip_names_it_and_takes_it_away(
    sign_in: SignIn, reader: User, blinken: Entity
) -> None:
    page = shown(sign_in(reader), f"?entity={blinken.pk}&kind=article")
    [chip] = [one for one in page.cssselect(".chips a.pill") if "Blinken" in one.text_content()]
    assert chip.get("href") == "?kind=article"
    assert "Antony Blinken" in chip.text_content()
    client = sign_in(reader)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = shown(client, f"?entity={blinken.pk}")
    assert "Tony Blinken" in page.cssselect(".chips")[0].text_content()
    unknown = shown(sign_in(reader), "?entity=987654").cssselect(".chips a.pill")
    assert unknown[0].get("href") == "?"


def test_the_facet_counts_articles_under_what_is_chosen(
    sign_in: SignIn, reader: User, editor: User, blinken: Entity, news: Article
) -> None:
    sahel = make_entity("Sahel", "place")
    link(news, "Sahel", sahel, 2, creator=editor)
    link(news, "Sahel", sahel, 2, creator=editor)
    client = sign_in(reader)
    assert facet(shown(client, "")) == {"Antony Blinken": "2", "Sahel": "1"}
    assert facet(shown(client, "?kind=interview")) == {"Antony Blinken": "1"}
    assert facet(shown(client, "?q=Sahel")) == {"Antony Blinken": "1", "Sahel": "1"}
    page = shown(client, f"?entity={sahel.pk}")
    assert facet(page) == {"Sahel": "1", "Antony Blinken": "1"}
    assert page.cssselect('[data-facet="entity"] [aria-current]')[0].get("href") == "?"


def test_of_many_articles_only_the_chosen_entities_are_shown(
    sign_in: SignIn, reader: User, blinken: Entity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.queries.listing.FEW", 1)
    client = sign_in(reader)
    assert not facet(shown(client, ""))
    assert facet(shown(client, f"?entity={blinken.pk}")) == {"Antony Blinken": "2"}


def test_what_was_merged_is_found_by_its_old_number(
    sign_in: SignIn, reader: User, blinken: Entity, news: Article, interview: Article
) -> None:
    other = make_entity("A. Blinken")
    merge_entities(entity_id=blinken.pk, version=None, into_id=other.pk, agent=Agent(name="test"))
    for pk in (blinken.pk, other.pk):
        assert listed(sign_in(reader), f"?entity={pk}") == {news.pk, interview.pk}


def test_the_page_of_an_entity_leads_to_its_articles(
    sign_in: SignIn, reader: User, blinken: Entity
) -> None:
    page = html.fromstring(sign_in(reader).get(f"/entities/{blinken.pk}/").content)
    [way] = page.cssselect(f'a[href="/?entity={blinken.pk}"]')
    assert way.text_content().split()[0] == "2"
    assert len(listed(sign_in(reader), f"?entity={blinken.pk}")) == 2


@pytest.mark.parametrize("sort", ["newest", "oldest", "imported", "title"])
@pytest.mark.parametrize("private", [False, True])
def test_pages_and_neighbours_stay_among_its_articles(
    sign_in: SignIn, reader: User, make_article: MakeArticle, sort: str, private: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("articles.queries.listing.PAGE", 2)
    entity = make_entity("Sahel", "place")
    wanted = set()
    for number in range(8):
        dated = f" date 2021-0{number + 1}" if number % 3 else ""
        article = make_article(f"{dated} Le Sahel, texte numéro {number}.\n", name=f"{number}.txt")
        if number % 2:
            link(article, "Sahel", entity, creator=reader, private=private)
            wanted.add(article.pk)
    client, asked = sign_in(reader), f"?entity={entity.pk}&sort={sort}"
    first = shown(client, asked)
    following = shown(client, first.cssselect('[rel="next"]')[0].get("href"))
    order = [
        int(row.get("data-article"))
        for page in (first, following)
        for row in page.cssselect("#rows > .row")
    ]
    assert set(order) == wanted
    walked, address = [order[0]], first.cssselect(".row-title")[0].get("href")
    while more := html.fromstring(client.get(address).content).cssselect('a[rel="next"]'):
        address = more[0].get("href")
        assert parse_qs(urlsplit(address).query)["in"] == [asked[1:]]
        walked.append(int(address.split("/")[2]))
    assert walked == order


def test_a_search_within_its_articles_has_neighbours_too(
    sign_in: SignIn, reader: User, make_article: MakeArticle
) -> None:
    entity = make_entity("Sahel", "place")
    made = [
        make_article(f"Le Sahel, texte {number}.\n", name=f"{number}.txt") for number in range(3)
    ]
    for article in made[:2]:
        link(article, "Sahel", entity, creator=reader, private=True)
    client, asked = sign_in(reader), f"q=texte&entity={entity.pk}&sort=imported"
    assert listed(client, f"?{asked}") == {made[0].pk, made[1].pk}
    page = html.fromstring(client.get(f"/articles/{made[1].pk}/", {"in": asked}).content)
    assert f"/articles/{made[0].pk}/" in page.cssselect('a[rel="next"]')[0].get("href")
    page = html.fromstring(client.get(f"/articles/{made[0].pk}/", {"in": asked}).content)
    assert not page.cssselect('a[rel="next"]')


def test_an_act_on_its_articles_comes_back_to_them(
    sign_in: SignIn, editor: User, blinken: Entity, news: Article
) -> None:
    client = sign_in(editor)
    page = shown(client, f"?entity={blinken.pk}")
    back = page.cssselect("#bulk [name=next]")[0].get("value")
    act = {"article": news.pk, "act": "status", "status": "proofread", "next": back}
    assert client.post("/articles/bulk", act)["Location"] == f"/?entity={blinken.pk}"
    assert Article.objects.get(pk=news.pk).status == "proofread"


@pytest.mark.parametrize(("asked", "most"), [("?entity={}", 9), ("?entity={}&q=texte", 12)])
def test_a_fixed_number_of_queries(
    sign_in: SignIn, reader: User, make_article: MakeArticle, asked: str, most: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    entity = make_entity("Sahel", "place")
    for number in range(9):
        article = make_article(f"Le Sahel, texte {number}.\n", name=f"{number}.txt")
        link(article, "Sahel", entity, creator=reader)
        link(article, "texte", make_entity(f"Autre {number}"), creator=reader)
    client = sign_in(reader)
    client.get("/")
    with django_assert_max_num_queries(most):
        assert len(listed(client, asked.format(entity.pk))) == 9
