"""JSON-LD of annotations, and the plain text that its positions count in."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.exports.jsonld import Addresses, as_values, moment
from annotations.models import Annotation, EntityIdentifier, Target
from annotations.queries.statements import PlainText, Statement
from articles.models import Article
from tests.annotations.saying import post, span_of, spans_json
from tests.annotations.saying import said as speak
from tests.annotations.speaking import make_entity, make_tag, reply, say
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from django.test import Client

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
TYPE = f'application/ld+json; profile="{CONTEXT}"'
# Terms of that context, as far as they are ours; "language" and "format" belong to bodies.
TERMS = {
    "@context", "id", "type", "partOf", "total", "modified", "startIndex", "items", "motivation",
    "creator", "name", "created", "body", "target", "source", "selector", "start", "end", "exact",
    "prefix", "suffix", "value", "format", "language", "purpose",
}  # fmt: skip
TYPES = {
    "AnnotationPage", "AnnotationCollection", "Annotation", "Person", "Software", "TextualBody",
    "SpecificResource", "TextPositionSelector", "TextQuoteSelector",
}  # fmt: skip
PURPOSES = {
    "assessing", "classifying", "commenting", "highlighting", "identifying", "moderating",
    "questioning", "replying", "tagging",
}  # fmt: skip
MANY_SIGNS = (
    " date 2021-10 Un titre avec 𝄞 et 😀.\n\nLe Sahel 👩🏽‍🚀 x\u0301tait loin ; 𝄞 encore.\n\nFin.\n"
)


def fetch(client: Client, address: str, status: int = 200) -> Any:
    response = client.get(address)
    assert response.status_code == status
    assert response["Content-Type"] == TYPE
    return json.loads(response.content)


def walk(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a document."""
    if isinstance(value, list):
        for one in value:
            yield from walk(one)
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from walk(one)


@pytest.fixture
def said(news: Article, editor: User, annotator: User) -> dict[str, Annotation]:
    """Something of every kind."""
    entity = make_entity("Antony Blinken", label_en="Antony Blinken (US)")
    EntityIdentifier.objects.create(entity=entity, authority="wikidata", value="Q7821917")
    note = say(news, (2, "Sahel"), motivation="commenting", body="Loin.", creator=editor)
    return {
        "link": say(
            news, (1, "Anthony Blingen"), motivation="identifying", entity=entity, creator=editor,
            link_status="verified", status_by=editor, status_at="2026-01-02T03:04:05+02:00",
        ),
        "nobody": say(
            news, (1, "mardi"), motivation="identifying", link_status="not_identifiable",
            agent="machine",
        ),
        "note": note,
        "reply": reply(note, "Oui.", creator=annotator),
        "flag": say(
            news, (1, "Qui de Arsay"), motivation="questioning", flag_kind="name", body="Quai ?",
            creator=annotator,
        ),
        "tag": say(
            news, (1, "OCDE."), (2, "Les deux"), motivation="tagging", tag=make_tag("économie"),
            creator=editor,
        ),
        "whole": say(news, motivation="commenting", body="En tout.", creator=editor),
        "check": say(news, (3, "New York"), creator=editor, state="needs_check"),
        "gone": say(news, (3, "septembre"), creator=editor, state="detached"),
    }  # fmt: skip


def test_the_page_holds_all_and_says_so(
    sign_in: SignIn, reader: User, news: Article, said: dict[str, Annotation]
) -> None:
    page = fetch(sign_in(reader), f"/articles/{news.pk}/annotations.jsonld")
    assert page["@context"] == CONTEXT
    assert page["type"] == "AnnotationPage"
    assert page["id"] == f"http://testserver/articles/{news.pk}/annotations.jsonld"
    assert page["partOf"]["total"] == len(page["items"]) == len(said)
    assert {item["id"] for item in page["items"]} == {
        f"http://testserver/a/{annotation.pk}" for annotation in said.values()
    }
    moments = [item["modified"] for item in page["items"]]
    assert page["partOf"]["modified"] == max(moments)


def test_only_terms_of_the_context_and_times_with_zone(
    sign_in: SignIn, reader: User, news: Article, said: dict[str, Annotation]
) -> None:
    page = fetch(sign_in(reader), f"/articles/{news.pk}/annotations.jsonld")
    for found in walk(page):
        assert set(found) <= TERMS
        assert found.get("type") in {*TYPES, None}
        assert found.get("purpose", "tagging") in PURPOSES
        for name in ("created", "modified"):
            if name in found:
                assert datetime.datetime.fromisoformat(found[name]).tzinfo is not None


def test_each_has_an_address_of_its_own(
    sign_in: SignIn, reader: User, news: Article, said: dict[str, Annotation]
) -> None:
    client = sign_in(reader)
    page = fetch(client, f"/articles/{news.pk}/annotations.jsonld")
    for item in page["items"]:
        alone = fetch(client, f"{item['id'].removeprefix('http://testserver')}.jsonld")
        assert alone == {"@context": CONTEXT} | item
        response = client.get(item["id"], headers={"accept": TYPE})
        assert response["Content-Type"] == TYPE
        assert json.loads(response.content) == alone
        assert client.get(item["id"], headers={"accept": "text/html,*/*;q=0.8"}).status_code == 302


def test_positions_and_quotes_hold_in_the_stated_text(
    sign_in: SignIn, reader: User, editor: User, make_article: MakeArticle
) -> None:
    article = make_article(MANY_SIGNS, name="signs.txt")
    quotes = {
        str(say(article, (number, quote), creator=editor).pk): quote
        for number, quote in ((1, "😀"), (2, "👩🏽‍🚀 x\u0301tait"), (2, "𝄞"), (3, "Fin."))
    }
    client = sign_in(reader)
    page = fetch(client, f"/articles/{article.pk}/annotations.jsonld")
    for item in page["items"]:
        position, quote = item["target"]["selector"]
        text = client.get(item["target"]["source"]).content.decode()
        start, end = position["start"], position["end"]
        assert text[start:end] == quote["exact"] == quotes[item["id"].rsplit("/", 1)[1]]
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])
        assert len(quote["prefix"]) == min(32, start)
        assert len(quote["suffix"]) == min(32, len(text) - end)


def test_bodies_say_what_they_are_for(
    sign_in: SignIn, reader: User, news: Article, said: dict[str, Annotation]
) -> None:
    page = fetch(sign_in(reader), f"/articles/{news.pk}/annotations.jsonld")
    items = {item["id"].rsplit("/", 1)[1]: item for item in page["items"]}
    by_name = {name: items[str(annotation.pk)] for name, annotation in said.items()}

    def bodies(name: str) -> list[tuple[str, str]]:
        return [
            (body["purpose"], body.get("value") or body["source"])
            for body in by_name[name].get("body", [])
        ]

    assert bodies("link") == [
        ("identifying", "http://www.wikidata.org/entity/Q7821917"),
        ("identifying", "Antony Blinken"), ("identifying", "Antony Blinken (US)"),
        ("assessing", "verified"),
    ]  # fmt: skip
    assert by_name["link"]["body"][-1]["creator"] == {"type": "Person", "name": "editor"}
    assert by_name["link"]["body"][-1]["created"] == "2026-01-02T01:04:05.000Z"
    assert bodies("nobody") == [("assessing", "not_identifiable")]
    assert by_name["nobody"]["creator"] == {"type": "Software", "name": "machine"}
    assert bodies("note") == [("commenting", "Loin.")]
    assert bodies("reply") == [("replying", "Oui.")]
    assert by_name["reply"]["target"] == by_name["note"]["id"]
    assert bodies("flag") == [("classifying", "name"), ("questioning", "Quai ?")]
    assert bodies("tag") == [("tagging", "économie")]
    assert len(by_name["tag"]["target"]) == 2
    assert by_name["whole"]["target"] == f"http://testserver/articles/{news.pk}/"
    assert bodies("check") == [("assessing", "needs_check")]
    assert by_name["gone"]["target"]["selector"] == {
        "type": "TextQuoteSelector", "exact": "septembre",
    }  # fmt: skip


def test_a_correction_says_what_it_puts_in_and_what_became_of_it(
    sign_in: SignIn, reader: User, editor: User, news: Article
) -> None:
    moment = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
    made = say(
        news, (1, "Anthony Blingen"), motivation="editing", replacement="Antony Blinken",
        state="rejected", certainty="likely", evidence="00:12", flag_kind="name", body="Lui ?",
        verdict="Non.", decided_by=editor, decided_at=moment, creator=editor,
    )  # fmt: skip
    item = fetch(sign_in(reader), f"/a/{made.pk}.jsonld")
    assert item["motivation"] == "editing"
    assert [(body["purpose"], body["value"]) for body in item["body"]] == [
        ("classifying", "name"), ("editing", "Antony Blinken"), ("assessing", "rejected"),
        ("assessing", "likely"), ("linking", "00:12"), ("replying", "Non."),
        ("commenting", "Lui ?"),
    ]  # fmt: skip
    assert item["body"][2]["creator"] == {"type": "Person", "name": "editor"}


def test_a_detached_target_names_the_version_it_was_made_on(
    sign_in: SignIn, editor: User, news: Article, said: dict[str, Annotation]
) -> None:
    client = sign_in(editor)
    page = f"http://testserver/articles/{news.pk}/"
    assert fetch(client, f"/a/{said['gone'].pk}.jsonld")["target"]["source"] == f"{page}text"
    made = speak(client, news, "Sahel", number=2)
    on = Article.objects.get(pk=news.pk).version
    speak(client, news, "OCDE")
    Target.objects.filter(annotation=made).update(state="detached")
    assert fetch(client, f"/a/{made.pk}.jsonld")["target"]["source"] == f"{page}text?at={on}"
    Target.objects.filter(annotation=made).update(state="anchored")
    spans = spans_json(span_of(news, "New York", 3))
    post(client, f"/a/{made.pk}/move", version=1, spans=spans)
    moved = Article.objects.get(pk=news.pk).version
    speak(client, news, "mardi")
    Target.objects.filter(annotation=made).update(state="detached")
    source = fetch(client, f"/a/{made.pk}.jsonld")["target"]["source"]
    assert source == f"{page}text?at={moved}"
    assert on < moved < Article.objects.get(pk=news.pk).version


def test_an_entity_of_our_own_is_named_by_its_record(
    sign_in: SignIn, reader: User, editor: User, news: Article
) -> None:
    entity = make_entity("Quelqu’un")
    say(
        news, (1, "mardi"), motivation="identifying", entity=entity, link_status="unverified",
        creator=editor,
    )  # fmt: skip
    page = fetch(sign_in(reader), f"/articles/{news.pk}/annotations.jsonld")
    source = page["items"][0]["body"][0]["source"]
    assert source == f"http://testserver/entities/{entity.pk}/"


def test_private_ones_are_their_owner_s(
    sign_in: SignIn, reader: User, editor: User, news: Article
) -> None:
    mine = say(news, (2, "Sahel"), creator=reader, private=True)
    reply(mine, "À moi.", creator=reader, private=True)
    for user, seen in ((reader, 2), (editor, 0)):
        page = fetch(sign_in(user), f"/articles/{news.pk}/annotations.jsonld")
        assert page["partOf"]["total"] == len(page["items"]) == seen
    assert sign_in(editor).get(f"/a/{mine.pk}.jsonld").status_code == 404
    assert sign_in(editor).get(f"/a/{mine.pk}", headers={"accept": TYPE}).status_code == 404
    own = fetch(sign_in(reader), f"/a/{mine.pk}.jsonld")
    assert [body["value"] for body in own["body"]] == ["private"]


def test_nothing_said_is_an_empty_page(sign_in: SignIn, reader: User, news: Article) -> None:
    page = fetch(sign_in(reader), f"/articles/{news.pk}/annotations.jsonld")
    assert (page["items"], page["partOf"]["total"]) == ([], 0)
    assert page["partOf"]["modified"] == moment(Article.objects.get(pk=news.pk).updated)


def test_what_is_known_is_not_sent_again(sign_in: SignIn, reader: User, news: Article) -> None:
    client = sign_in(reader)
    etag = client.get(f"/articles/{news.pk}/annotations.jsonld")["ETag"]
    again = client.get(f"/articles/{news.pk}/annotations.jsonld", headers={"if-none-match": etag})
    assert again.status_code == 304


class TestText:
    """The plain text at a stated version."""

    def test_the_version_is_stated(self, sign_in: SignIn, reader: User, news: Article) -> None:
        response = sign_in(reader).get(f"/articles/{news.pk}/text")
        assert response["ETag"] == f'"{news.version}"'
        assert response["Content-Location"] == f"/articles/{news.pk}/text?at={news.version}"

    def test_versions_since_the_import_have_the_same_text(
        self, sign_in: SignIn, reader: User, news: Article
    ) -> None:
        Article.objects.filter(pk=news.pk).update(version=4)
        client = sign_in(reader)
        texts = {client.get(f"/articles/{news.pk}/text?at={at}").content for at in (1, 3, 4)}
        assert len(texts) == 1

    @pytest.mark.parametrize("at", ["0", "5", "-1", "x", "", "²", "9" * 30])
    def test_unknown_ones_are_said_to_be_unknown(
        self, sign_in: SignIn, reader: User, news: Article, at: str
    ) -> None:
        Article.objects.filter(pk=news.pk).update(version=4)
        response = sign_in(reader).get(f"/articles/{news.pk}/text?at={at}")
        assert response.status_code == 404
        assert "4" in response.content.decode()
        assert response["Content-Type"].startswith("text/plain")


@given(
    texts=st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1), min_size=1),
    data=st.data(),
)
def test_any_place_in_any_text_is_quoted_as_it_stands(
    texts: list[str], data: st.DataObject
) -> None:
    places, at = {}, 0
    for number, text in enumerate(texts):
        places[number] = at
        at += len(text) + 2
    plain = PlainText("\n\n".join(texts), places)
    which = data.draw(st.integers(0, len(texts) - 1))
    start = data.draw(st.integers(0, len(texts[which]) - 1))
    end = data.draw(st.integers(start + 1, len(texts[which])))
    exact = texts[which][start:end]
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    statement = Statement(
        "a", None, "highlighting", 1, "X", False, "", None, None, None, None, None, "", None, None,
        "", now, now, [[which, start, end, exact, "anchored", None]],
    )  # fmt: skip
    target = as_values(statement, plain, Addresses("http://x/", 1, 1))["target"]
    position, quote = target["selector"]
    assert plain.text[position["start"] : position["end"]] == quote["exact"] == exact
