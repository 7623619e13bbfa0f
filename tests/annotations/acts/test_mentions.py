"""The other mentions of what was linked: found, chosen, linked in one act, undone as one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from annotations.models import Annotation, Entity
from annotations.text.mentions import places_of
from articles.models import Activity, Article, Passage
from tests.annotations.saying import HTMX, events, fragments, post, said, say
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from django.test import Client

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]
TEXT = """ date 2021-10 Blinken est à Paris. L’équipe de Blinken aussi, dit-on ce soir-là.

Blinkenberg n’est pas Blinken, et BLINKEN crie. Blinken repart.
"""


@pytest.fixture
def text(make_article: MakeArticle) -> Article:
    """A text that names somebody four times."""
    return make_article(TEXT)


@pytest.fixture
def blinken(db: None) -> Entity:
    """Whom it names."""
    return Entity.objects.create(kind="person", label_fr="Antony Blinken")


def offered(client: Client, one: Annotation) -> list[str]:
    """The names of the mentions that are offered."""
    page = client.get(f"/a/{one.pk}/mentions")
    assert page.status_code == 200
    boxes = html.document_fromstring(page.content).cssselect("[name=mention]")
    return [str(box.get("value")) for box in boxes]


def test_the_others_are_linked_in_one_act_and_undone_as_one(
    sign_in: SignIn, editor: User, text: Article, blinken: Entity
) -> None:
    client = sign_in(editor)
    one = said(client, text, "Blinken", motivation="identifying", entity=blinken.pk)
    names = offered(client, one)
    assert len(names) == 3
    response = post(client, f"/a/{one.pk}/mentions", mention=names)
    assert response.status_code == 200
    assert {"p1", "p2"} <= set(fragments(response))
    made = Annotation.objects.exclude(pk=one.pk)
    assert [(row.entity, row.link_status) for row in made] == [(blinken, "unverified")] * 3
    assert {row.targets.get().exact for row in made} == {"Blinken"}
    assert offered(client, one) == []
    undone = post(client, events(response)["toast"]["undoUrl"])
    assert undone.status_code == 200
    assert set(Annotation.objects.live()) == {one}
    assert post(client, events(undone)["toast"]["undoUrl"]).status_code == 200
    assert Annotation.objects.live().count() == 4


def test_the_script_hears_of_a_link_and_asks(
    sign_in: SignIn, annotator: User, text: Article, blinken: Entity
) -> None:
    client = sign_in(annotator)
    sent = {"motivation": "identifying", "entity": blinken.pk}
    assert events(say(client, text, "Blinken", **sent))["annotated"]["linked"] is True
    assert "linked" not in events(say(client, text, "Paris"))["annotated"]
    one = Annotation.objects.get(entity=blinken)
    form = client.get(f"/a/{one.pk}/mentions", headers=HTMX)
    assert html.fragment_fromstring(form.content.decode()).tag == "form"
    nowhere = said(client, text, "Paris", **sent)
    assert client.get(f"/a/{nowhere.pk}/mentions", headers=HTMX).status_code == 204


def test_what_is_linked_already_is_left_alone_unless_it_is_anothers_secret(
    sign_in: SignIn, editor: User, reader: User, text: Article, blinken: Entity
) -> None:
    sent = {"motivation": "identifying", "entity": blinken.pk}
    said(sign_in(reader), text, "Blinken", number=2, private="on", **sent)
    one = said(sign_in(editor), text, "Blinken", **sent)
    assert len(offered(sign_in(editor), one)) == 3


def test_wrong_and_stale_choices_link_nothing(
    sign_in: SignIn, editor: User, text: Article, blinken: Entity
) -> None:
    client = sign_in(editor)
    one = said(client, text, "Blinken", motivation="identifying", entity=blinken.pk)
    names = offered(client, one)
    assert post(client, f"/a/{one.pk}/mentions").status_code == 422
    assert post(client, f"/a/{one.pk}/mentions", mention=[*names, "9-0-0-7"]).status_code == 409
    Passage.objects.filter(article=text, number=2).update(revision=1)
    assert post(client, f"/a/{one.pk}/mentions", mention=names).status_code == 409
    Entity.objects.update(retired=True)
    again = offered(client, one)
    assert post(client, f"/a/{one.pk}/mentions", mention=again).status_code == 409
    assert Annotation.objects.count() == 1
    assert Activity.objects.filter(verb="annotate").count() == 1


def test_who_may(
    sign_in: SignIn, editor: User, reader: User, text: Article, blinken: Entity
) -> None:
    one = said(sign_in(editor), text, "Blinken", motivation="identifying", entity=blinken.pk)
    names = offered(sign_in(editor), one)
    assert post(sign_in(reader), f"/a/{one.pk}/mentions", mention=names).status_code == 403
    assert post(sign_in(None), f"/a/{one.pk}/mentions", mention=names).status_code == 401


def test_words_alone_count() -> None:
    assert places_of("Blinken, Blinkenberg, l’Blinken", "Blinken") == [(0, 7), (24, 31)]
    assert places_of("l'OCDE et l’OCDE", "l’OCDE") == [(0, 6), (10, 16)]
    assert places_of("a b a", "a", [(0, 1)]) == [(4, 5)]
    assert places_of("abc", " ") == []
    assert places_of("C’est (a) et (a)", "(a)") == [(6, 9), (13, 16)]


@given(st.text("ab ’'\U0001f1eb", max_size=40), st.text("ab ’'\U0001f1eb", max_size=3))
def test_places_are_apart_and_say_the_words(text: str, words: str) -> None:
    found = places_of(text, words)
    for one, other in pairwise(found):
        assert one.end <= other.start
    for place in found:
        alike = text[slice(*place)].replace("'", "’")
        assert alike == words.strip().replace("'", "’")
