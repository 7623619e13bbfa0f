"""The reader page, asked for by all kinds of people."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.test import AsyncClient
from django.test.utils import CaptureQueriesContext
from lxml import html

from articles.models import Article, Collection, Membership, Passage, Status
from diplowatch.lib.roles import Role
from tests.annotations.speaking import say
from tests.articles.marks import rest
from tests.conftest import INTERVIEW, MakeArticle

if TYPE_CHECKING:
    from django.test import Client

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]

READER_QUERIES = 10  # session, person, role, shelves, article, neighbours, passages, marks, tags


def page(client: Client, address: str, status: int = 200) -> html.HtmlElement:
    """The page as a tree."""
    response = client.get(address, headers={"accept-language": "en"})
    assert response.status_code == status
    return html.document_fromstring(response.content)


def test_a_reader_reads_every_passage(sign_in: SignIn, reader: User, news: Article) -> None:
    tree = page(sign_in(reader), f"/articles/{news.pk}/")
    texts = list(news.passages.values_list("text", flat=True))
    assert [p.text_content() for p in tree.cssselect(".passage > p")] == texts
    assert [p.get("id") for p in tree.cssselect(".passage")] == ["p1", "p2", "p3"]
    assert tree.cssselect("h1")[0].text_content() == news.title
    assert "October 2021" in tree.cssselect(".head")[0].text_content()
    assert tree.cssselect(".text")[0].get("lang") == "fr"


def test_the_date_is_said_in_the_language_of_the_interface(
    sign_in: SignIn, reader: User, news: Article
) -> None:
    response = sign_in(reader).get(f"/articles/{news.pk}/", headers={"accept-language": "fr"})
    assert "octobre 2021" in response.content.decode()


def test_an_interview_shows_who_speaks(sign_in: SignIn, reader: User, interview: Article) -> None:
    tree = page(sign_in(reader), f"/articles/{interview.pk}/")
    names = [name.text_content() for name in tree.cssselect(".label .speaker")]
    assert names == ["France 2", "Antony Blinken", "France 2", "Antony Blinken"]
    voices = [link.text_content() for link in tree.cssselect(".voices a")]
    assert voices == ["France 2 2 turns", "Antony Blinken 2 turns"]


def test_raw_text_has_a_banner_and_proofread_text_has_none(
    sign_in: SignIn, reader: User, news: Article
) -> None:
    client = sign_in(reader)
    assert page(client, f"/articles/{news.pk}/").cssselect(".notice")
    Article.objects.filter(pk=news.pk).update(status=Status.PROOFREAD)
    assert not page(client, f"/articles/{news.pk}/").cssselect(".notice")


def test_hits_of_the_search_are_marked(sign_in: SignIn, reader: User, news: Article) -> None:
    tree = page(sign_in(reader), f"/articles/{news.pk}/?q=ocde+ministres")
    marked = [mark.text_content() for mark in tree.cssselect("mark.hit")]
    assert marked == ["OCDE", "ministres", "ministre"]
    assert tree.cssselect("[data-first-hit]")[0].get("href") == "#hit-1"


def test_a_hostile_search_stays_text(sign_in: SignIn, reader: User, news: Article) -> None:
    tree = page(sign_in(reader), f"/articles/{news.pk}/?q=%3Cscript%3Eocde%3C/script%3E&in=%22%3E")
    assert not [script for script in tree.cssselect("script") if not script.get("src")]


def test_retired_passages_are_not_shown(sign_in: SignIn, reader: User, news: Article) -> None:
    Passage.objects.filter(article=news, number=2).update(retired=True)
    tree = page(sign_in(reader), f"/articles/{news.pk}/")
    assert [p.get("id") for p in tree.cssselect(".passage")] == ["p1", "p3"]


def test_only_editors_are_offered_to_edit(
    sign_in: SignIn, reader: User, editor: User, news: Article
) -> None:
    address = f"/articles/{news.pk}/"
    assert not page(sign_in(reader), address).cssselect("a[href*='/details']")
    assert page(sign_in(editor), address).cssselect("a[href*='/details']")


def test_an_editor_of_the_collection_may_edit_there(
    sign_in: SignIn, reader: User, news: Article
) -> None:
    Membership.objects.create(collection=news.collection, user=reader, role=Role.EDITOR)
    assert page(sign_in(reader), f"/articles/{news.pk}/").cssselect("a[href*='/details']")


def test_neighbours_go_by_date_and_carry_the_list_along(
    sign_in: SignIn, reader: User, make_article: MakeArticle
) -> None:
    old, mid, new = (
        make_article(f" date 2021-0{month} Le sommet numéro {month} s’est tenu.\n\nFin.\n")
        for month in (1, 2, 3)
    )
    tree = page(sign_in(reader), f"/articles/{mid.pk}/?in=kind%3Darticle")
    before, after = tree.cssselect("a[rel=prev]")[0], tree.cssselect("a[rel=next]")[0]
    assert before.get("href") == f"/articles/{new.pk}/?in=kind%3Darticle"
    assert after.get("href") == f"/articles/{old.pk}/?in=kind%3Darticle"
    assert tree.cssselect("[data-back]")[0].get("href") == "/?kind=article"


def test_the_next_text_that_needs_work(
    sign_in: SignIn, reader: User, make_article: MakeArticle
) -> None:
    done, here, waiting = (
        make_article(f" date 2021-0{month} Le sommet numéro {month} s’est tenu.\n\nFin.\n")
        for month in (1, 2, 3)
    )
    Article.objects.filter(pk=done.pk).update(status=Status.PROOFREAD)
    response = sign_in(reader).get(f"/articles/{here.pk}/next-work")
    assert response.headers["Location"] == f"/articles/{waiting.pk}/"
    kept = "?in=kind%3Darticle"  # the list that one came from
    response = sign_in(reader).get(f"/articles/{here.pk}/next-work{kept}")
    assert response.headers["Location"] == f"/articles/{waiting.pk}/{kept}"
    tree = page(sign_in(reader), f"/articles/{here.pk}/{kept}")
    assert tree.cssselect(".next-choice [name=in]")[0].get("value") == "kind=article"


def test_which_text_needs_work_next_is_chosen_and_kept(
    sign_in: SignIn, editor: User, admin: User, make_article: MakeArticle
) -> None:
    here, talk, done, other = (
        make_article(f" date 2021-0{month} {text}\n\nFin.\n")
        for month, text in enumerate(("Ici.", "Là.", "Fini.", "Ailleurs."), 1)
    )
    Article.objects.filter(pk=talk.pk).update(kind="interview", language="en")
    rest(done, "proofread", admin)
    client = sign_in(editor)

    def next_of(asked: str, client: Client = client) -> int:
        answer = client.get(f"/articles/{here.pk}/next-work{asked}")
        return int(answer.headers["Location"].split("/")[2])

    assert next_of("") == other.pk
    assert next_of("?chosen=1&kind=interview") == talk.pk
    assert next_of("") == talk.pk  # as it was chosen last
    tree = page(client, f"/articles/{here.pk}/")
    [kind] = tree.cssselect(".next-choice select[name=kind] option[selected]")
    assert kind.get("value") == "interview"
    assert next_of("?chosen=1&status=proofread") == done.pk
    assert next_of("?chosen=1&status=proofread", sign_in(admin)) == here.pk  # all one's own
    assert next_of("?chosen=1&date=2021-04") == other.pk
    assert next_of("?chosen=1&date=2021-01") == here.pk  # there is none
    assert next_of("?chosen=1&language=en") == talk.pk
    assert next_of("?chosen=1&status=&kind=&date=&language=") == other.pk  # as the form sends it
    assert next_of("?chosen=1&status=perfect&kind=%00&language=%00") == other.pk


def test_what_is_kept_for_the_next_page_holds_nobody_s_token_and_one_language(
    sign_in: SignIn, editor: User, admin: User, make_article: MakeArticle
) -> None:
    ours, theirs = make_article("Ici.\n"), make_article("Là.\n")
    Article.objects.filter(pk=ours.pk).update(language="fr")
    Article.objects.filter(pk=theirs.pk).update(language="en")
    for article, person in ((ours, editor), (theirs, admin)):
        tree = page(sign_in(person), f"/articles/{article.pk}/")
        [form] = tree.cssselect("#edit-template form")
        assert form.cssselect("input[name=revision]")
        assert not form.cssselect("input[name=csrfmiddlewaretoken]")
        [words] = form.cssselect("textarea")
        assert words.get("lang") == ("fr" if article is ours else "en")
    french = sign_in(editor).get(f"/articles/{ours.pk}/", headers={"accept-language": "fr"})
    assert "Enregistrer et continuer" in french.content.decode()


def test_when_no_other_text_needs_work_one_stays(
    sign_in: SignIn, reader: User, news: Article
) -> None:
    response = sign_in(reader).get(f"/articles/{news.pk}/next-work")
    assert response.headers["Location"] == f"/articles/{news.pk}/"


@pytest.mark.parametrize("tail", ["", "exchanges", "next-work"])
class TestWhoMayRead:
    """The same for all pages of a text."""

    def test_anonymous_people_sign_in_first(
        self, sign_in: SignIn, news: Article, tail: str
    ) -> None:
        response = sign_in(None).get(f"/articles/{news.pk}/{tail}")
        assert response.status_code == 302
        assert "/accounts/" in response.headers["Location"]

    def test_strangers_find_nothing(
        self,
        sign_in: SignIn,
        stranger: User,
        closed_shelf: Collection,
        make_article: MakeArticle,
        tail: str,
    ) -> None:
        hidden = make_article(collection=closed_shelf)
        assert sign_in(stranger).get(f"/articles/{hidden.pk}/{tail}").status_code == 404

    def test_members_read(
        self,
        sign_in: SignIn,
        reader: User,
        closed_shelf: Collection,
        make_article: MakeArticle,
        tail: str,
    ) -> None:
        shown = make_article(collection=closed_shelf)
        Membership.objects.create(collection=closed_shelf, user=reader)
        assert sign_in(reader).get(f"/articles/{shown.pk}/{tail}").status_code in {200, 302}

    def test_numbers_that_are_no_article(self, sign_in: SignIn, reader: User, tail: str) -> None:
        client = sign_in(reader)
        for number in ("0", "999999", "9" * 30):
            assert client.get(f"/articles/{number}/{tail}").status_code == 404

    def test_only_reading(self, sign_in: SignIn, reader: User, news: Article, tail: str) -> None:
        assert sign_in(reader).post(f"/articles/{news.pk}/{tail}").status_code == 405


def test_undone_imports_are_gone(sign_in: SignIn, reader: User, news: Article) -> None:
    Article.objects.filter(pk=news.pk).update(removed="2021-10-05T00:00Z")
    assert sign_in(reader).get(f"/articles/{news.pk}/").status_code == 404


def test_everybody_reads_public_texts_when_the_house_allows(
    sign_in: SignIn, news: Article, settings: object
) -> None:
    settings.PUBLIC_READING = True  # type: ignore[attr-defined]  # the fixture's wrapper
    assert page(sign_in(None), f"/articles/{news.pk}/").cssselect(".passage")


def test_a_long_text_takes_no_more_queries_than_a_short_one(
    sign_in: SignIn, reader: User, make_article: MakeArticle
) -> None:
    turns = "\n\n".join(
        f"Radio {n % 9} : Question numéro {n} ?\n\nMme Durand : Réponse numéro {n}."
        for n in range(80)
    )
    long = make_article(" date 2021-10 Entretien\n\n" + turns, name="long.txt")
    short = make_article(" date 2021-10 Une phrase.\n", name="short.txt")
    client = sign_in(reader)
    counts = []
    for article in (short, long):
        client.get(f"/articles/{article.pk}/")  # the first has more to learn
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(f"/articles/{article.pk}/?q=question")
        counts.append(len(queries))
    # Where somebody speaks, it is asked once who that is.
    assert counts[0] + 1 == counts[1] <= READER_QUERIES


def test_who_may_mark_passages_takes_no_more_queries_than_who_reads(
    sign_in: SignIn, reader: User, editor: User, interview: Article
) -> None:
    rest(interview, "proofread", editor)
    counts = []
    for person in (reader, editor):
        client = sign_in(person)
        client.get(f"/articles/{interview.pk}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/articles/{interview.pk}/")
        counts.append(len(queries))
    assert counts[1] <= counts[0] <= READER_QUERIES


def test_much_that_is_said_comes_in_pieces_and_is_the_same(
    sign_in: SignIn, reader: User, make_article: MakeArticle, editor: User
) -> None:
    paragraphs = "\n\n".join(f"Phrase {n} : " + "il parle du Sahel. " * 40 for n in range(140))
    long = make_article(f" date 2021-10 Sahel\n\n{paragraphs}\n", name="long.txt")
    for passage in list(long.passages.filter(text__contains="Phrase"))[:70]:
        say(long, (passage.number, "Sahel"), creator=editor)
    client = sign_in(reader)

    async def ask(address: str) -> list[bytes]:
        asking = AsyncClient()
        asking.cookies = client.cookies
        response = await asking.get(address, headers={"accept-language": "en"})
        assert "content-length" not in response.headers or not response.streaming
        return [part async for part in response] if response.streaming else [response.content]

    parts = async_to_sync(ask)(f"/articles/{long.pk}/")
    assert len(parts) > 3
    assert b'id="p1"' in parts[0]
    assert b"css/reader" in parts[0]
    assert b'id="p140"' not in parts[0]
    came = html.document_fromstring(b"".join(parts))
    whole = page(client, f"/articles/{long.pk}/")
    for tree in (came, whole):
        assert len(tree.cssselect(".passage")) == long.passages.count()
        assert len(tree.cssselect("mark.m")) == 70
    texts = [[one.text_content() for one in tree.cssselect(".text")] for tree in (came, whole)]
    assert texts[0] == texts[1]
    # A search is answered whole: what stands first says how many hits there are.
    assert len(async_to_sync(ask)(f"/articles/{long.pk}/?q=sahel")) == 1


def test_exchanges_are_pairs_that_fold(sign_in: SignIn, reader: User, interview: Article) -> None:
    tree = page(sign_in(reader), f"/articles/{interview.pk}/exchanges")
    pairs = tree.cssselect("details.exchange")
    assert [pair.get("open") for pair in pairs] == [None, None]
    assert "sentie trahie" in pairs[0].cssselect("summary")[0].text_content()
    assert "J'ai bien compris" in pairs[0].cssselect(".answered")[0].text_content()
    opened = page(sign_in(reader), f"/articles/{interview.pk}/exchanges?open=all")
    assert all(pair.get("open") is not None for pair in opened.cssselect("details.exchange"))


def test_what_is_found_outside_of_the_exchanges_is_said_to_be_in_the_text(
    sign_in: SignIn, reader: User, make_article: MakeArticle
) -> None:
    begins = " date 2021-10 Antony Blinken a répondu à la presse, à Paris, pendant sa visite."
    asked = INTERVIEW.replace(" date 2021-10 ", "")
    article = make_article(f"{begins}\n\n{asked}", name="presse.txt")
    assert article.passages.filter(exchange=None, text__contains="sa visite").exists()
    client, here = sign_in(reader), article.get_absolute_url()
    [found] = page(client, f"{here}?q=visite").cssselect(".found")
    assert "1 place found" in found.text_content()
    [found] = page(client, f"{here}exchanges?q=visite").cssselect(".found")
    assert "Nothing found for “visite” in the exchanges." in found.text_content()
    assert [link.get("href") for link in found.cssselect("a")] == [f"{here}?q=visite"]
    [found] = page(client, f"{here}exchanges?q=dialogue").cssselect(".found")
    assert "1 place found for “dialogue” in the exchanges" in " ".join(found.text_content().split())
    tree = page(client, f"{here}exchanges?q=dialogue")
    links = [link.get("href") for link in tree.cssselect(".in-text a")]
    assert links
    assert all("?q=dialogue#p" in link for link in links)


def test_an_article_has_no_exchanges_and_says_so(
    sign_in: SignIn, reader: User, news: Article
) -> None:
    assert page(sign_in(reader), f"/articles/{news.pk}/exchanges").cssselect(".empty h2")
