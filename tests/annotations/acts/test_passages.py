"""Saying something without any script: the form of a passage, and the note on the whole text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from annotations.models import Annotation, Entity, EntityName
from annotations.text.quotes import find_quote, whole_quotes
from articles.models import Article, Collection, Passage
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]


def send(client: Client, article: Article, number: int = 1, **typed: Any) -> HttpResponse:
    """Open the form, fill it in as told, and send what a browser would."""
    address = f"/articles/{article.pk}/passages/{number}/say"
    form = html.document_fromstring(client.get(address).content).cssselect("main form")[0]
    return client.post(address, dict(form.form_values()) | typed)  # type: ignore[return-value]  # the client's own class


def test_a_quote_is_found_and_something_said_of_it(
    sign_in: SignIn, annotator: User, news: Article
) -> None:
    response = send(
        sign_in(annotator), news, quote="Anthony Blingen", motivation="commenting", body="Qui ?"
    )
    assert response.status_code == 302
    one = Annotation.objects.get()
    assert (one.targets.get().exact, one.body) == ("Anthony Blingen", "Qui ?")
    assert response.headers["Location"].endswith(f"?a={one.pk}#a-{one.pk}")


def test_without_a_quote_it_is_the_whole_passage(
    sign_in: SignIn, annotator: User, news: Article
) -> None:
    send(sign_in(annotator), news, 2)
    text = Passage.objects.get(article=news, number=2).text
    assert Annotation.objects.get().targets.get().exact == text


def test_which_time_the_words_occur(sign_in: SignIn, annotator: User, news: Article) -> None:
    text = Passage.objects.get(article=news, number=2).text
    send(sign_in(annotator), news, 2, quote="e", occurrence="3")
    target = Annotation.objects.get().targets.get()
    assert text[: target.start].count("e") == 2
    response = send(sign_in(annotator), news, 2, quote="e", occurrence="3000", body="Gardé")
    assert response.status_code == 422
    tree = html.document_fromstring(response.content)
    assert tree.cssselect("[name=body]")[0].text_content() == "Gardé"
    assert tree.cssselect("[role=alert]")


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"quote": "xyz"}, 422),
        ({"motivation": "commenting"}, 422),
        ({"motivation": "questioning"}, 422),
        ({"motivation": "tagging"}, 422),
        ({"motivation": "identifying", "entity_name": "Personne"}, 422),
        ({"occurrence": "x", "quote": "e"}, 422),
        ({"revision": "7"}, 422),
        ({"motivation": "commenting", "body": "x" * 30_000}, 422),
    ],
)
def test_what_cannot_be_comes_back_with_a_reason(
    sign_in: SignIn, annotator: User, news: Article, typed: dict[str, str], status: int
) -> None:
    response = send(sign_in(annotator), news, **typed)
    assert response.status_code == status
    assert html.document_fromstring(response.content).cssselect("[role=alert]")
    assert not Annotation.objects.exists()


def test_a_change_of_the_text_meanwhile_is_told(
    sign_in: SignIn, annotator: User, news: Article
) -> None:
    client = sign_in(annotator)
    Passage.objects.filter(article=news).update(revision=1)
    assert send(client, news, revision="0").status_code == 409


def test_links_by_name_and_by_id(sign_in: SignIn, editor: User, news: Article) -> None:
    client = sign_in(editor)
    first, second = (
        Entity.objects.create(kind="person", label_fr="Blinken", description_fr=said)
        for said in ("ministre", "pianiste")
    )
    EntityName.objects.create(entity=first, name="Antony B", folded="antony b", kind="alias")
    first.identifiers.create(authority="wikidata", value="Q7821917")
    link = {"motivation": "identifying", "quote": "Anthony Blingen"}
    for name in ("ANTONY B", "Q7821917", "https://www.wikidata.org/wiki/Q7821917"):
        assert send(client, news, entity_name=name, **link).status_code == 302
    assert {one.entity for one in Annotation.objects.all()} == {first}
    response = send(client, news, entity_name="Blinken", **link)
    assert response.status_code == 422
    radios = html.document_fromstring(response.content).cssselect("[type=radio][name=entity]")
    assert [radio.get("value") for radio in radios] == [str(first.pk), str(second.pk)]
    assert send(client, news, entity=second.pk, **link).status_code == 302
    assert send(client, news, status="not_identifiable", **link).status_code == 302
    assert Annotation.objects.filter(entity=None).count() == 1


def test_who_may(
    sign_in: SignIn, reader: User, stranger: User, closed_shelf: Collection, news: Article,
    make_article: MakeArticle,
) -> None:  # fmt: skip
    assert send(sign_in(reader), news).status_code == 302
    assert Annotation.objects.get().private
    address = f"/articles/{make_article(collection=closed_shelf).pk}/passages/1/say"
    assert sign_in(stranger).get(address).status_code == 404
    assert sign_in(None).get(address).status_code == 302
    assert sign_in(reader).get(f"/articles/{news.pk}/passages/99/say").status_code == 404
    assert sign_in(reader).put(f"/articles/{news.pk}/passages/1/say").status_code == 405


def test_a_note_on_the_whole_text(sign_in: SignIn, annotator: User, news: Article) -> None:
    client = sign_in(annotator)
    page = html.document_fromstring(client.get(f"/articles/{news.pk}/annotations").content)
    [form] = page.cssselect("main form[method=post]")
    sent = dict(form.form_values()) | {"body": "Texte sûr"}
    assert client.post(form.get("action"), sent).status_code == 302
    assert Annotation.objects.get().target_count == 0


def test_words_are_found_where_they_begin_a_word() -> None:
    text = "Il est très content : on l’a dit, on l’écrit."
    assert whole_quotes(text, "on") == [text.index("on l"), text.rindex("on l")]
    assert whole_quotes(text, "on l'écrit") == [text.rindex("on l")]
    assert whole_quotes(text, "ontent") == []
    assert whole_quotes(text, "a dit") == [text.index("a dit")]


@given(st.text("ae ’'«\u00a0\U0001f1eb", max_size=30), st.data())
def test_a_quote_of_the_text_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    if not text:
        assert find_quote(text, "a") is None
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = find_quote(text, text[start:end])
    assert found is not None
    assert text[slice(*found)] == text[start:end]
    assert found[0] <= start


def test_signs_that_keyboards_lack_are_found_too() -> None:
    assert find_quote("de l’OCDE « à Paris »", "l'OCDE \" à") == (3, 13)
