"""The list page: what it shows, to whom, in how many queries."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html

from articles.models import Membership, Visibility
from articles.text.reading import Choices
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import SettingsWrapper

    from articles.models import Article, Collection
    from diplowatch.accounts.models import User
    from tests.conftest import MakeArticle

    SignIn = Callable[[User | None], Client]


def page_of(client: Client, address: str = "/") -> html.HtmlElement:
    """The page at an address, parsed."""
    response = client.get(address)
    assert response.status_code == 200, response.content[:500]
    return html.fromstring(response.content.decode())


def titles(page: html.HtmlElement) -> list[str]:
    """The titles of the rows."""
    return [link.text_content() for link in page.cssselect("#rows .row-title")]


def facet(page: html.HtmlElement, name: str) -> dict[str, str]:
    """The values of a facet with their counts as shown."""
    links = page.cssselect(f'[data-facet="{name}"] a')
    return {
        link.cssselect("span")[0].text_content(): link.cssselect("data")[0].text_content()
        for link in links
    }


def test_a_row_shows_title_date_kind_speakers_status_and_first_words(
    sign_in: SignIn, reader: User, interview: Article
) -> None:
    [row] = page_of(sign_in(reader)).cssselect("#rows > .row")
    said = row.text_content()
    assert interview.title in said
    assert "octobre 2021" in said
    assert "Antony Blinken" in said
    assert "2" in row.cssselect(".meta")[0].text_content()
    assert row.cssselect('.status[data-status="raw"]')
    assert "Avez-vous compris" in said


def test_a_row_leads_to_the_reader_and_says_which_list_it_stood_in(
    sign_in: SignIn, reader: User, news: Article
) -> None:
    page = page_of(sign_in(reader), "/?kind=article&sort=oldest")
    address = urlsplit(page.cssselect(".row-title")[0].get("href"))
    assert address.path == f"/articles/{news.pk}/"
    assert parse_qs(address.query)["in"] == ["kind=article&sort=oldest"]


def test_a_hit_leads_to_its_passage(sign_in: SignIn, reader: User, news: Article) -> None:
    page = page_of(sign_in(reader), "/?q=Sahel")
    [place] = page.cssselect(".places a")
    address = urlsplit(place.get("href"))
    assert (address.path, address.fragment) == (f"/articles/{news.pk}/", "p2")
    assert parse_qs(address.query)["q"] == ["Sahel"]
    assert [mark.text for mark in place.cssselect("mark")] == ["Sahel"]


def test_articles_found_by_their_title_are_counted_apart_from_passages(
    sign_in: SignIn, reader: User, make_article: MakeArticle
) -> None:
    make_article("Le sommet du Sahel.", name="a.txt", choices=Choices(title="Sahel"))
    make_article("Un autre texte.", name="b.txt", choices=Choices(title="Le Sahel"))
    client = sign_in(reader)
    assert page_of(client, "/?q=Sahel").cssselect(".count")[0].text == "2 articles · 1 passage"
    said = page_of(client, "/?q=sommet").cssselect(".count")[0].text
    assert "·" not in said


def test_a_tag_leads_to_the_articles_that_have_it(
    sign_in: SignIn, reader: User, news: Article, interview: Article
) -> None:
    news.tags = ["à relire & <b>"]
    news.save()
    client = sign_in(reader)
    [tag] = page_of(client, "/?kind=article").cssselect("#rows .meta a")
    assert tag.text_content() == "à relire & <b>"
    assert titles(page_of(client, tag.get("href"))) == [news.title]


@pytest.mark.parametrize("asked", ["/?", "/?q=Sahel&"])
def test_tags_are_a_facet_that_follows_what_is_chosen(
    sign_in: SignIn, editor: User, news: Article, interview: Article, asked: str
) -> None:
    client = sign_in(editor)
    assert "tag" not in [one.get("data-facet") for one in page_of(client).cssselect(".facet")]
    for article, tags in ((news, "ONU, Sahel"), (interview, "ONU")):
        client.post("/articles/bulk", {"article": article.pk, "act": "tag", "tags": tags})
    both = {"ONU": "2", "Sahel": "1"} if asked == "/?" else {"ONU": "1", "Sahel": "1"}
    page = page_of(client, asked)
    assert facet(page, "tag") == both
    [_onu, sahel] = page.cssselect('[data-facet="tag"] a')
    chosen = page_of(client, f"/{sahel.get('href')}")
    assert titles(chosen) == [news.title]
    assert facet(chosen, "tag") == {"ONU": "1", "Sahel": "1"}
    assert [
        one.text_content() for one in chosen.cssselect('[data-facet="tag"] [aria-current] span')
    ]
    client.post("/articles/bulk", {"article": news.pk, "act": "untag", "tags": "Sahel"})
    assert "Sahel" not in facet(page_of(client, asked), "tag")


def test_titles_and_words_are_escaped(
    sign_in: SignIn, reader: User, make_article: MakeArticle
) -> None:
    make_article(" date 2021-10 <script>alert(1)</script> parle du Sahel.\n\n<b>Sahel</b> encore.")
    for address in ("/", "/?q=Sahel", "/?q=<script>", "/?source=<script>"):
        page = page_of(sign_in(reader), address)
        assert not page.cssselect("#shelf script, #shelf b")


def test_htmx_gets_the_shelf_alone(sign_in: SignIn, reader: User, news: Article) -> None:
    client = sign_in(reader)
    response = client.get("/", headers={"HX-Request": "true", "HX-Target": "shelf"})
    assert b"<html" not in response.content
    assert b'id="shelf"' in response.content
    assert "HX-Target" in response["Vary"]
    whole = client.get(
        "/",
        headers={
            "HX-Request": "true", "HX-Target": "shelf", "HX-History-Restore-Request": "true",
        },
    )  # fmt: skip
    assert b"<html" in whole.content


def test_facets_toggle_and_keep_the_rest(
    sign_in: SignIn, reader: User, news: Article, interview: Article
) -> None:
    page = page_of(sign_in(reader), "/?kind=interview&sort=title")
    assert titles(page) == [interview.title]
    assert facet(page, "kind") == {"Article": "1", "Entretien": "1"} or facet(page, "kind") == {
        "Article": "1", "Interview": "1",
    }  # fmt: skip
    chosen = page.cssselect('[data-facet="kind"] a[aria-current="true"]')
    assert [link.get("href") for link in chosen] == ["?sort=title"]
    [other] = page.cssselect('[data-facet="kind"] a:not([aria-current])')
    assert other.get("href") == "?kind=interview&kind=article&sort=title"


def test_only_who_edits_there_may_select(
    sign_in: SignIn, reader: User, editor: User, news: Article, closed_shelf: Collection,
    make_article: MakeArticle,
) -> None:  # fmt: skip
    closed = make_article("Un autre texte, réservé aux membres.", collection=closed_shelf)
    Membership.objects.create(collection=closed_shelf, user=editor, role=Role.READER)
    assert not page_of(sign_in(reader)).cssselect(".pick, #bulk")
    page = page_of(sign_in(editor))
    assert len(titles(page)) == 2
    assert [box.get("value") for box in page.cssselect(".pick input")] == [str(news.pk)]
    assert closed.title in titles(page)


def test_nothing_closed_shows_to_strangers(
    sign_in: SignIn, stranger: User, closed_shelf: Collection, make_article: MakeArticle,
    news: Article,
) -> None:  # fmt: skip
    secret = make_article(
        " date 2019-03 Le sommet de Zanzibourg restera secret.",
        collection=closed_shelf,
        choices=Choices(source="Bulletin fermé"),
    )
    client = sign_in(stranger)
    for address in (
        "/", "/?q=Zanzibourg", "/?q=Zanzibour", "/?q=sommet", "/?q=Zanzi*", "/?date=2019",
        f"/?collection={closed_shelf.pk}", f"/?batch={secret.batch_id}", "/?source=Bulletin+fermé",
    ):  # fmt: skip
        page = page_of(client, address)
        said = page.cssselect("#shelf")[0].text_content()
        typed = "Zanzibour" if "q=Zanzibour" in address else ""
        said = said.replace(f"“{address[4:]}”", "") if typed else said
        assert "secret" not in said
        assert "Réservé" not in said
        assert str(secret.pk) not in [
            row.get("data-article") for row in page.cssselect("#rows > .row")
        ]
        if "source" not in address:
            assert "Bulletin" not in said
    assert "2019" not in facet(page_of(client), "date")


def test_slips_suggest_only_what_is_visible(
    sign_in: SignIn, stranger: User, admin: User, closed_shelf: Collection,
    make_article: MakeArticle, news: Article,
) -> None:  # fmt: skip
    from collections import Counter

    from articles.services.words import keep_words

    make_article("Le sommet de Zanzibourg restera fermé.", collection=closed_shelf)
    keep_words(Counter({"zanzibourg": 1, "sommet": 1}))
    assert not page_of(sign_in(stranger), "/?q=Zanzibour").cssselect(".notice")
    notice = page_of(sign_in(admin), "/?q=Zanzibour").cssselect(".notice")
    assert "Zanzibourg" in notice[0].text_content()


def test_a_name_that_only_speakers_bear_is_said_to_be_there(
    sign_in: SignIn, reader: User, interview: Article, make_article: MakeArticle
) -> None:
    from collections import Counter

    from articles.services.words import keep_words

    make_article("Anthony Blingen a parlé.\n\nBlingen encore.")
    keep_words(Counter({"blingen": 2, "blinken": 1}))
    notice = page_of(sign_in(reader), "/?q=Blinken").cssselect(".notice")[0].text_content()
    assert "Aucun passage" not in notice
    assert "Blinken\xa0» ne se trouve que dans des titres, des sources ou des noms" in notice
    assert "Aussi\xa0: Blingen." in notice


def test_a_private_collection_is_its_owners(
    sign_in: SignIn, editor: User, stranger: User, closed_shelf: Collection,
    make_article: MakeArticle,
) -> None:  # fmt: skip
    closed_shelf.visibility = Visibility.PRIVATE
    closed_shelf.owner = editor
    closed_shelf.save()
    Membership.objects.create(collection=closed_shelf, user=stranger, role=Role.EDITOR)
    article = make_article(collection=closed_shelf)
    assert titles(page_of(sign_in(editor))) == [article.title]
    assert not titles(page_of(sign_in(stranger)))


def test_anonymous_people_sign_in_unless_reading_is_public(
    sign_in: SignIn, news: Article, settings: SettingsWrapper
) -> None:
    assert sign_in(None).get("/").status_code == 302
    settings.PUBLIC_READING = True
    assert titles(page_of(sign_in(None))) == [news.title]


def test_the_address_is_read_kindly(sign_in: SignIn, reader: User, news: Article) -> None:
    for address in (
        "/?cursor=x", "/?cursor=a12.notaday", "/?cursor=a99999999999999999999.2021-01-01",
        "/?kind=poem", "/?date=2021-13", "/?date=x", "/?collection=x", "/?batch=1", "/?sort=random",
        "/?q=%00", "/?q=%22", "/?q=***", "/?tag=%00", "/?cursor=s9&q=Sahel", "/?source=%00",
        "/?collection=99999999999999999999", "/?entity=x", "/?entity=0", "/?entity=999999",
        "/?entity=99999999999999999999", "/?entity=5&q=Sahel",
    ):  # fmt: skip
        assert sign_in(reader).get(address).status_code == 200, address


def test_empty_shelf_and_no_results_say_what_to_do(
    sign_in: SignIn, reader: User, editor: User, make_article: MakeArticle
) -> None:
    assert not page_of(sign_in(reader)).cssselect(".empty a")
    assert page_of(sign_in(editor)).cssselect('.empty a[href="/import/"]')
    make_article()
    page = page_of(sign_in(reader), "/?q=introuvable&kind=article")
    assert page.cssselect(".search-help")
    assert page.cssselect('.empty a[href="?q=introuvable"]')


@pytest.mark.parametrize(
    ("address", "most"),
    [("/", 8), ("/?kind=article&date=2021&source=", 8), ("/?q=ministre", 11), ("/?sort=title", 8)],
)
def test_a_fixed_number_of_queries(
    sign_in: SignIn, reader: User, make_article: MakeArticle, address: str, most: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for number in range(8):
        make_article(f"Le ministre {number} a parlé du Sahel. Le ministre parle encore.")
    client = sign_in(reader)
    with django_assert_max_num_queries(most):
        client.get(address)


def test_only_reading_is_allowed(sign_in: SignIn, reader: User) -> None:
    assert sign_in(reader).post("/").status_code == 405
    assert sign_in(reader).head("/").status_code == 200
