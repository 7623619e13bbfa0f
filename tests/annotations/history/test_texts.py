"""Three texts and one set of notes: the original, the corrected, and the one with its apparatus."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from annotations.services.correcting import Why
from articles.models import Article
from articles.services.log import Agent
from articles.text.operations import Merge, Split
from tests.annotations.history.acting import correct, do, texts_of
from tests.annotations.speaking import say

if TYPE_CHECKING:
    from django.test import Client

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]
ORIGINAL_QUERIES, APPARATUS_QUERIES = 12, 13


def page(client: Client, address: str, status: int = 200) -> html.HtmlElement:
    response = client.get(address, headers={"accept-language": "en"})
    assert response.status_code == status
    return html.document_fromstring(response.content)


def words(tree: html.HtmlElement) -> list[str]:
    return [one.text_content() for one in tree.cssselect(".passage .words")]


def marked(tree: html.HtmlElement) -> list[str]:
    return [one.text_content() for one in tree.cssselect("mark.m")]


@pytest.fixture
def corrected(news: Article, editor: User) -> Article:
    """A text with two corrections, one by a machine, and a link and a comment on the words."""
    say(news, (1, "Anthony Blingen"), motivation="commenting", creator=editor, body="Qui ?")
    say(news, (2, "Sahel"), creator=editor)
    correct(news, "Anthony Blingen", "Antony Blinken", editor, Why("name", "au communiqué"))
    correct(news, "Qui de Arsay", "Quai d’Orsay", Agent(name="memory"))
    return news


def test_each_text_is_shown_with_what_is_said_of_it(
    sign_in: SignIn, reader: User, corrected: Article
) -> None:
    client, address = sign_in(reader), f"/articles/{corrected.pk}/"
    today = page(client, address)
    assert "Quai d’Orsay a reçu mardi Antony Blinken pour" in words(today)[0]
    assert marked(today) == ["Antony Blinken", "Sahel"]
    original = page(client, f"{address}?text=original")
    assert "Qui de Arsay a reçu mardi Anthony Blingen pour" in words(original)[0]
    assert marked(original) == ["Anthony Blingen", "Sahel"]
    apparatus = page(client, f"{address}?text=apparatus")
    (paragraph,) = apparatus.cssselect("#p1 .words")
    assert [one.text_content() for one in paragraph.cssselect("del")] == [
        "Qui", "de Arsay", "Anthony", "Blingen",
    ]  # fmt: skip
    assert [one.text_content() for one in paragraph.cssselect("ins")] == [
        "Quai", "d’Orsay", "Antony", "Blinken",
    ]  # fmt: skip
    assert "".join(one for one in marked(apparatus)[:3]) == "Antony Blinken"


def test_the_apparatus_says_who_when_why_and_in_place_of_what(
    sign_in: SignIn, reader: User, corrected: Article
) -> None:
    tree = page(sign_in(reader), f"/articles/{corrected.pk}/?text=apparatus")
    machine, _other, first, _second = tree.cssselect(".change[data-revision]")
    assert machine.get("data-by") == "machine"
    assert first.get("data-by") == "person"
    says = first.get("aria-description")
    assert says == first.get("data-says")
    assert says.startswith("editor, ")
    assert "Garbled name" in says or "name" in says.lower()
    assert "au communiqué" in says
    assert "instead of “Anthony”" in says
    assert first.get("href") == f"/articles/{corrected.pk}/history?revision=2#r2"


@pytest.mark.parametrize("query", ["text=original", "text=apparatus", "at=1"])
def test_only_todays_text_lets_anything_be_said(
    sign_in: SignIn, editor: User, corrected: Article, query: str
) -> None:
    client = sign_in(editor)
    assert page(client, f"/articles/{corrected.pk}/").cssselect("#say[data-may]")
    tree = page(client, f"/articles/{corrected.pk}/?{query}")
    assert not tree.cssselect("#say[data-may]")
    assert not tree.cssselect(".passage .say")
    assert "only be read here" in tree.cssselect(".head .notice")[0].text_content()


def test_an_act_on_another_text_leads_to_todays(
    sign_in: SignIn, editor: User, corrected: Article
) -> None:
    address = f"http://testserver/articles/{corrected.pk}/?text=original"
    activity = corrected.activities.latest("pk")
    response = sign_in(editor).post(
        f"/activity/{activity.pk}/undo",
        headers={"hx-request": "true", "hx-current-url": address},
    )
    assert response.headers["HX-Redirect"] == f"/articles/{corrected.pk}/"


def test_the_text_is_read_as_it_stood_at_a_version(
    sign_in: SignIn, reader: User, corrected: Article
) -> None:
    client, address = sign_in(reader), f"/articles/{corrected.pk}/"
    corrected.refresh_from_db()
    before = corrected.version - 1
    tree = page(client, f"{address}?at={before}")
    assert "Qui de Arsay a reçu mardi Antony Blinken" in words(tree)[0]
    assert marked(tree) == ["Antony Blinken", "Sahel"]
    assert f"version {before}" in tree.cssselect(".head .notice")[0].text_content()
    assert words(page(client, f"{address}?at={corrected.version}")) == texts_of(corrected)
    for wrong in ("at=0", "at=x", f"at={corrected.version + 1}", "at=", "text=other"):
        page(client, f"{address}?{wrong}", 404)


def test_marks_stand_in_the_original_through_splits_and_merges(
    sign_in: SignIn, reader: User, editor: User, news: Article
) -> None:
    say(news, (2, "Sahel"), creator=editor)
    say(news, (3, "New York"), creator=editor)
    first, second, third = texts_of(news)
    do(news, editor, Merge(2, len(second), " ", 3, "paragraph", None, None))
    do(news, editor, Split(1, 7, first[7], 0, "paragraph", None, None))
    correct(news, "New York", "Genève", editor)
    tree = page(sign_in(reader), f"/articles/{news.pk}/?text=original")
    assert words(tree) == [first, second, third]
    assert marked(tree) == ["Sahel", "New York"]
    assert tree.cssselect("#p3 mark.m")
    apparatus = page(sign_in(reader), f"/articles/{news.pk}/?text=apparatus")
    assert "New York" in [one.text_content() for one in apparatus.cssselect("#p2 del")]


def test_the_other_texts_take_a_fixed_number_of_queries(
    sign_in: SignIn, editor: User, corrected: Article
) -> None:
    client = sign_in(editor)
    for name, most in (("original", ORIGINAL_QUERIES), ("apparatus", APPARATUS_QUERIES)):
        client.get(f"/articles/{corrected.pk}/?text={name}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(f"/articles/{corrected.pk}/?text={name}")
        assert len(queries) <= most, [one["sql"][:90] for one in queries]


def test_each_text_is_taken_away_as_plain_text(
    sign_in: SignIn, reader: User, corrected: Article
) -> None:
    client, address = sign_in(reader), f"/articles/{corrected.pk}/text"
    corrected.refresh_from_db()
    original = client.get(f"{address}?text=original")
    assert "Qui de Arsay a reçu mardi Anthony Blingen" in original.content.decode()
    assert original["ETag"] == f'"{corrected.version}-original"'
    apparatus = client.get(f"{address}?text=apparatus").content.decode()
    assert "[-Qui-]{+Quai+} [-de Arsay-]{+d’Orsay+} a reçu mardi [-Anthony-]{+Antony+}" in apparatus
    assert client.get(address).content.decode() == "\n\n".join(texts_of(corrected))
    old = client.get(f"{address}?at={corrected.version - 1}")
    assert "Qui de Arsay a reçu mardi Antony Blinken" in old.content.decode()
    assert old["Content-Location"] == f"{address}?at={corrected.version - 1}"
    same = client.get(f"{address}?text=original", headers={"if-none-match": original["ETag"]})
    assert same.status_code == 304
    assert client.get(f"{address}?text=other").status_code == 404
