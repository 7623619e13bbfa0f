"""Which entity is meant: one of an authority, a new one; and what authorities propose."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from lxml import html

from annotations.models import Annotation, Entity
from tests.annotations.authorities.conftest import stand_in
from tests.annotations.saying import say

if TYPE_CHECKING:
    from django.test import Client

    from articles.models import Article
    from diplowatch.accounts.models import User
    from tests.annotations.authorities.standin import StandIn

__all__ = ["stand_in"]
pytestmark = pytest.mark.django_db


def options(client: Client, words: str, authority: str = "wikidata") -> list[html.HtmlElement]:
    """The entries of an authority's list."""
    asked = {"q": words, "authority": authority}
    return html.fragments_fromstring(client.get("/entities/outside", asked).content.decode())


def test_what_wikidata_proposes_can_be_chosen(
    client: Client, editor: User, news: Article, stand_in: StandIn
) -> None:
    client.force_login(editor)
    first, second = options(client, "Le Drian")

    assert (first.get("data-authority"), first.get("data-value")) == ("wikidata", "Q559040")
    assert "homme politique français" in first.text_content()
    assert second.find(".//b").get("lang") == "en"
    sent = {"motivation": "identifying", "authority": "wikidata", "value": "Q559040"}
    assert say(client, news, **sent).status_code == 200

    link = Annotation.objects.get()
    assert (str(link.entity), link.link_status) == ("Jean-Yves Le Drian", "verified")


def test_what_is_known_here_is_not_proposed_again(
    client: Client, editor: User, news: Article, stand_in: StandIn
) -> None:
    client.force_login(editor)
    say(client, news, motivation="identifying", authority="wikidata", value="Q559040")

    assert [one.get("data-value") for one in options(client, "Le Drian")] == ["Q7184"]


def test_an_annotators_choice_is_not_verified_yet(
    client: Client, annotator: User, news: Article, stand_in: StandIn
) -> None:
    client.force_login(annotator)
    say(client, news, motivation="identifying", authority="wikidata", value="Q559040")

    assert Annotation.objects.get().link_status == "unverified"


def test_a_down_authority_says_so_and_the_list_stays(
    client: Client, editor: User, stand_in: StandIn
) -> None:
    client.force_login(editor)
    stand_in.instead.append((503, {"Retry-After": "60"}, "<html>"))
    (line,) = options(client, "Le Drian")

    assert line.get("role") == "presentation"
    assert "60" in line.text_content()


def test_a_choice_that_cannot_be_fetched_stores_nothing(
    client: Client, editor: User, news: Article, stand_in: StandIn
) -> None:
    client.force_login(editor)
    stand_in.instead.append((500, {}, "broken"))
    sent = {"motivation": "identifying", "authority": "wikidata", "value": "Q559040"}
    refused = say(client, news, **sent)

    assert refused.status_code == 422
    assert "Wikidata" in json.loads(refused.content)["error"]
    assert not Annotation.objects.exists()
    assert not Entity.objects.exists()


def test_hostile_words_of_an_authority_stay_words(
    client: Client, editor: User, stand_in: StandIn
) -> None:
    client.force_login(editor)
    hit = {"id": "Q1", "display": {"label": {"value": "<script>x</script>", "language": "fr"}}}
    said = json.dumps({"search": [hit, {**hit, "id": "Q2"}, {**hit, "id": "Q3"}]})
    stand_in.instead.append((200, {}, said))

    assert (
        "<script>"
        not in client.get("/entities/outside", {"q": "x", "authority": "wikidata"}).content.decode()
    )


def test_editors_make_local_entities(client: Client, editor: User, news: Article) -> None:
    client.force_login(editor)
    sent = {"motivation": "identifying", "entity_label": "Anthony Blingen", "entity_kind": "person"}
    assert say(client, news, **sent).status_code == 200

    entity = Entity.objects.get()
    assert (entity.label_fr, entity.kind, entity.origin) == ("Anthony Blingen", "person", "local")
    assert Annotation.objects.get().entity == entity


def test_annotators_make_none(client: Client, annotator: User, news: Article) -> None:
    client.force_login(annotator)
    sent = {"motivation": "identifying", "entity_label": "Anthony Blingen", "entity_kind": "person"}

    assert say(client, news, **sent).status_code == 422
    assert not Entity.objects.exists()


def test_an_unknown_authority_is_not_found(client: Client, editor: User) -> None:
    client.force_login(editor)

    assert client.get("/entities/outside", {"q": "x", "authority": "none"}).status_code == 404
