"""A whole passage typed anew: stored as the least edits; stale ones keep what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup

from annotations.queries.integrity import check_logs, check_rules
from annotations.services.undoing import undo_act
from articles.models import Activity, Article, Passage, Verb
from articles.services.log import Agent
from tests.annotations.correcting.test_correcting import anybody, correct, quote, texts
from tests.annotations.speaking import say

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]


@pytest.fixture(autouse=True)
def all_holds(db: None) -> object:
    """After each test everything that must always hold does."""
    yield
    broken = [one for one in [*check_rules(), check_logs()] if one.broken]
    assert not [(one.says, one.first) for one in broken]


def address(article: Article, number: int = 1) -> str:
    """Where a passage is edited."""
    return f"/articles/{article.pk}/passages/{number}/edit"


def send(
    client: Client, article: Article, typed: str, number: int = 1, **more: Any
) -> HttpResponse:
    """Send a passage as the form does, seen as it stands unless said otherwise."""
    passage = Passage.objects.get(article=article, number=number)
    values = {"text": typed, "stood": passage.text, "revision": passage.revision} | more
    htmx = values.pop("htmx", False)
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(address(article, number), values, headers=headers)


def typed_in(response: HttpResponse, name: str = "text") -> str:
    """What the form that comes back holds."""
    field = BeautifulSoup(response.content, "html.parser").find("textarea", {"name": name})
    assert field is not None
    return field.get_text().removeprefix("\n").strip("\n")


def test_a_passage_typed_anew_is_stored_as_the_least_edits(
    news: Article, editor: User, sign_in: SignIn
) -> None:
    kept = say(news, (1, "OCDE"), creator=editor)
    garbled = say(news, (1, "Anthony Blingen"), creator=editor)
    typed = texts(news)[0].replace("Anthony Blingen", "Antony Blinken").replace("Qui", "Quai")
    response = send(sign_in(editor), news, typed, reason=" misheard ")
    assert response.status_code == 302
    assert texts(news)[0] == typed
    assert quote(kept) == [("OCDE", "anchored")]
    assert quote(garbled) == [("Antony Blinken", "needs_check")]
    activity = Activity.objects.latest("pk")
    assert (activity.verb, activity.data["reason"]) == (Verb.CORRECT, "misheard")
    undo_act(activity=activity, agent=Agent(editor), allow=anybody)
    assert "Anthony Blingen" in texts(news)[0]


def test_a_blank_line_begins_a_new_passage_in_one_act(
    news: Article, editor: User, sign_in: SignIn
) -> None:
    before = texts(news)
    over = say(news, (2, "Sahel. « Nous"), creator=editor)
    typed = before[1].replace("Sahel. ", "Sahel occidental.\r\n\r\n")
    response = send(sign_in(editor), news, typed, 2, htmx=True)
    assert texts(news) == [
        before[0], "Les deux ministres ont parlé du Sahel occidental.",
        "« Nous avons avancé », a dit le ministre.", before[2],
    ]  # fmt: skip
    assert b'hx-swap-oob="afterend:#p2"' in response.content
    assert [words for words, _state in quote(over)] == ["Sahel occidental.", "« Nous"]
    activity = Activity.objects.latest("pk")
    response = sign_in(editor).post(f"/activity/{activity.pk}/undo", headers={"HX-Request": "true"})
    assert texts(news) == before
    assert b'<div id="p4" hx-swap-oob="delete">' in response.content
    assert quote(over) == [("Sahel. « Nous", "anchored")]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_an_emptied_passage_is_taken_away_once_that_is_said(
    number: int, news: Article, editor: User, sign_in: SignIn
) -> None:
    before = texts(news)
    client = sign_in(editor)
    response = send(client, news, "  \n", number)
    assert response.status_code == 422
    assert texts(news) == before
    assert send(client, news, "", number, empty="on").status_code == 302
    assert texts(news) == [*before[: number - 1], *before[number:]]
    undo_act(activity=Activity.objects.latest("pk"), agent=Agent(editor), allow=anybody)
    assert texts(news) == before


def test_the_only_passage_stays(
    make_article: Callable[..., Article], editor: User, sign_in: SignIn
) -> None:
    article = make_article("Une phrase.\n")
    response = send(sign_in(editor), article, "", empty="on")
    assert response.status_code == 422
    assert texts(article) == ["Une phrase."]


def test_changes_apart_are_both_kept(news: Article, editor: User, sign_in: SignIn) -> None:
    seen = Passage.objects.get(article=news, number=1)
    correct(news, "Anthony Blingen", "Antony Blinken", editor)
    typed = seen.text.replace("Qui de Arsay", "Quai d’Orsay").replace(" pour", "\n\npour")
    response = send(sign_in(editor), news, typed, stood=seen.text, revision=seen.revision)
    assert response.status_code == 302
    assert texts(news)[:2] == [
        "Le Quai d’Orsay a reçu mardi Antony Blinken", "pour des entretiens sur l’OCDE."
    ]  # fmt: skip


@pytest.mark.parametrize("htmx", [False, True])
def test_changes_of_the_same_words_are_shown_and_chosen_from(
    htmx: bool, news: Article, editor: User, sign_in: SignIn
) -> None:
    client = sign_in(editor)
    seen = Passage.objects.get(article=news, number=1)
    correct(news, "Anthony Blingen", "Antony Blinken", editor)
    mine = seen.text.replace("Anthony Blingen", "A. Blinken").replace("Qui de", "Quai de")
    response = send(
        client, news, mine, stood=seen.text, revision=seen.revision, reason="so", htmx=htmx
    )
    assert response.status_code == 409
    said = BeautifulSoup(response.content, "html.parser")
    assert typed_in(response) == texts(news)[0].replace("Qui de", "Quai de")
    assert mine in [field.get("value") for field in said.find_all("input", {"name": "text"})]
    form = said.find("form", {"data-mine": True})
    assert form is not None
    values = {field["name"]: field["value"] for field in form.find_all("input")}
    del values["csrfmiddlewaretoken"]
    assert client.post(address(news), values).status_code == 302
    assert texts(news)[0] == mine
    assert Activity.objects.latest("pk").data["reason"] == "so"


def test_theirs_is_kept_by_storing_nothing(news: Article, editor: User, sign_in: SignIn) -> None:
    before = Activity.objects.count()
    response = send(sign_in(editor), news, "Something", choice="theirs")
    assert response.status_code == 302
    assert Activity.objects.count() == before


def test_a_passage_that_went_keeps_what_was_typed(
    news: Article, editor: User, sign_in: SignIn
) -> None:
    client = sign_in(editor)
    seen = Passage.objects.get(article=news, number=2)
    assert send(client, news, "", 2, empty="on").status_code == 302
    response = send(client, news, "What I typed", 2, stood=seen.text, revision=seen.revision)
    assert response.status_code == 409
    assert typed_in(response) == "What I typed"


def test_emptying_what_somebody_changed_meanwhile_is_refused(
    news: Article, editor: User, sign_in: SignIn
) -> None:
    seen = Passage.objects.get(article=news, number=1)
    correct(news, "Qui de Arsay", "Quai d’Orsay", editor)
    response = send(sign_in(editor), news, "", stood=seen.text, revision=seen.revision, empty="on")
    assert response.status_code == 409


def test_nothing_typed_stores_nothing(news: Article, editor: User, sign_in: SignIn) -> None:
    before = Activity.objects.count()
    assert send(sign_in(editor), news, texts(news)[0]).status_code == 302
    assert Activity.objects.count() == before


def test_who_may_not_and_what_is_not_there(
    news: Article, editor: User, annotator: User, reader: User, sign_in: SignIn
) -> None:
    for person in (annotator, reader):
        assert sign_in(person).get(address(news)).status_code == 403
        assert send(sign_in(person), news, "x").status_code == 403
    client = sign_in(editor)
    assert client.get(address(news)).status_code == 200
    assert client.get(address(news, 99)).status_code == 404
    assert client.post(address(news, 99), {}).status_code == 404
    assert client.put(address(news)).status_code == 405
    assert client.post(address(news), {"text": "x", "revision": "0"}).status_code == 422
    assert send(client, news, "x", revision="no").status_code == 422
    assert send(client, news, "x", stood="another text").status_code == 409
    assert "Arsay" in texts(news)[0]
