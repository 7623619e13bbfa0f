"""The pages and the menu of the structure: what works, who may not, what is refused and how."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Activity, Article, Passage, Speaker
from articles.queries.structure import structure_of
from articles.services.structuring import mark_of
from tests.annotations.correcting.test_correcting import correct, passages, texts

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]


def address(article: Article, number: int = 1) -> str:
    """Where the structure is changed at a passage."""
    return f"/articles/{article.pk}/passages/{number}/structure"


def send(client: Client, article: Article, act: str, number: int = 1, **more: Any) -> HttpResponse:
    """Send one of the forms, as the passage stands unless said otherwise."""
    structure = structure_of(article.pk)
    held = structure.passages[structure.place_of(number) or 0]
    values = {"act": act, "revision": held.revision, "seen": mark_of(held)} | more
    headers = {"HX-Request": "true"} if values.pop("htmx", False) else {}
    return client.post(address(article, number), values, headers=headers)


def alert(response: HttpResponse) -> str:
    """What the page says is wrong."""
    found = BeautifulSoup(response.content, "html.parser").find(attrs={"role": "alert"})
    return found.get_text(" ", strip=True) if found else ""


@pytest.mark.parametrize(
    ("act", "more"),
    [
        ("split", {"words": "communiquer", "place": ""}),
        ("merge", {"following": "3"}),
        ("role", {"role": "statement"}),
        ("voice", {"name": "Zoé", "reach": "everywhere"}),
        ("voice", {"speaker": "0"}),
        ("exchange", {"exchange": "9"}),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_each_form_does_its_act_which_can_be_undone(
    htmx: bool, act: str, more: dict[str, str], interview: Article, editor: User, sign_in: SignIn
) -> None:
    client = sign_in(editor)
    before = [(one.number, one.text, one.role, one.speaker_id, one.exchange)
              for one in passages(interview)]  # fmt: skip
    response = send(client, interview, act, 2, htmx=htmx, **more)
    assert response.status_code == (200 if htmx else 302), alert(response)
    now = [(one.number, one.text, one.role, one.speaker_id, one.exchange)
           for one in passages(interview)]  # fmt: skip
    assert now != before
    if htmx:
        assert b'id="outline"' in response.content
        assert b'id="p2"' in response.content
    activity = Activity.objects.latest("pk")
    response = client.post(f"/activity/{activity.pk}/undo", headers={"HX-Request": "true"})
    assert response.status_code == 200
    again = [(one.number, one.text, one.role, one.speaker_id, one.exchange)
             for one in passages(interview)]  # fmt: skip
    assert again == before


@pytest.mark.parametrize(
    ("act", "number", "more"),
    [
        ("split", 1, {"words": "not there"}),
        ("split", 1, {"words": "ommuniquer"}),  # within a word
        ("split", 1, {"words": ""}),
        ("split", 1, {"place": "0"}),
        ("merge", 4, {}),
        ("role", 1, {"role": "song"}),
        ("voice", 1, {"reach": "nowhere"}),
        ("exchange", 1, {"exchange": "0"}),
        ("exchange", 1, {"exchange": "x"}),
        ("role", 1, {"revision": ""}),
        ("sing", 1, {}),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(
    act: str, number: int, more: dict[str, str], interview: Article, editor: User, sign_in: SignIn
) -> None:
    before = Activity.objects.count()
    response = send(sign_in(editor), interview, act, number, **more)
    assert response.status_code == 422
    assert alert(response)
    assert Activity.objects.count() == before


@pytest.mark.parametrize("htmx", [False, True])
def test_who_joins_across_voices_is_told(
    htmx: bool, interview: Article, editor: User, sign_in: SignIn
) -> None:
    client = sign_in(editor)
    voices = {passage.number: passage.speaker for passage in interview.passages.all()}
    first, second = voices[1], voices[2]
    assert first
    assert second
    assert first != second
    told = send(client, interview, "merge", 1, following="2", htmx=htmx)
    said = f"ce que disait {second.name} est maintenant dit par {first.name}."
    wanted = f"Réunis\N{NO-BREAK SPACE}: {said}"
    if htmx:
        events = json.loads(told.headers["HX-Trigger"])
        assert events["toast"]["text"] == wanted
    else:
        assert [str(one) for one in get_messages(told.wsgi_request)] == [wanted]


def test_what_somebody_changed_meanwhile_is_said_and_not_overwritten(
    interview: Article, editor: User, sign_in: SignIn
) -> None:
    client = sign_in(editor)
    response = send(client, interview, "role", role="note", seen="answer:0:1")
    assert response.status_code == 409
    assert alert(response).endswith("Note")  # what was chosen
    selected = BeautifulSoup(response.content, "html.parser").find("option", selected=True)
    assert selected is not None
    assert selected.get_text() == "Question"
    revision = Passage.objects.get(article=interview, number=2).revision
    correct(interview, "mieux", "bien mieux", editor)
    assert send(client, interview, "split", 2, place=20, revision=revision).status_code == 409
    assert send(client, interview, "merge", 1, following="3").status_code == 409
    assert send(client, interview, "merge", 1, following="2").status_code == 302
    assert send(client, interview, "role", 2, role="note").status_code == 409  # it went
    assert len(texts(interview)) == 3


def test_who_may_not_and_what_is_not_there(
    interview: Article, editor: User, annotator: User, reader: User, sign_in: SignIn
) -> None:
    places = [address(interview), f"/articles/{interview.pk}/speakers",
              f"/articles/{interview.pk}/reparse"]  # fmt: skip
    for place in places:
        for person in (annotator, reader):
            assert sign_in(person).get(place).status_code == 403
            assert sign_in(person).post(place, {"act": "merge"}).status_code == 403
        assert sign_in(editor).get(place).status_code == 200
        assert sign_in(editor).delete(place).status_code == 405
        assert sign_in(editor).post(place, {"act": "sing", "kind": "song"}).status_code == 422
    client = sign_in(editor)
    assert client.get(address(interview, 99)).status_code == 404
    assert client.post(address(interview, 99), {"act": "merge", "revision": 0}).status_code == 404


def speakers(client: Client, article: Article, **values: Any) -> HttpResponse:
    """Send a form of the speakers' page."""
    return client.post(f"/articles/{article.pk}/speakers", values)


def test_speakers_are_renamed_joined_added_and_taken_away(
    interview: Article, editor: User, sign_in: SignIn
) -> None:
    client = sign_in(editor)
    blinken = Speaker.objects.get(article=interview, name="Antony Blinken")
    named = {"speaker": blinken.position, "seen": "Antony Blinken"}
    assert speakers(client, interview, act="rename", name="A. Blinken", **named).status_code == 302
    blinken.refresh_from_db()
    assert blinken.name == "A. Blinken"
    stale = speakers(client, interview, act="rename", name="Tony", **named)
    assert stale.status_code == 409
    assert b'value="Tony"' in stale.content
    assert "A. Blinken" in stale.content.decode()
    assert speakers(client, interview, act="add", name="Zoé").status_code == 302
    again = speakers(client, interview, act="add", name="Zoé")
    assert again.status_code == 422
    zoe = Speaker.objects.get(article=interview, name="Zoé")
    gone = {"speaker": zoe.position, "seen": "Zoé"}
    assert speakers(client, interview, act="remove", **gone).status_code == 302
    other = Speaker.objects.get(article=interview, name="France 2").position
    merge = {"speaker": blinken.position, "seen": "A. Blinken", "into": other}
    assert speakers(client, interview, act="merge", **merge, others="").status_code == 409
    others = f"{other} France 2\n{blinken.position} A. Blinken"
    assert speakers(client, interview, act="merge", **merge, others=others).status_code == 302
    page = client.get(f"/articles/{interview.pk}/speakers").content.decode()
    assert "France 2" in page
    assert "Zoé" not in page
    assert speakers(client, interview, act="renumber").status_code == 302


def test_speakers_who_went_are_listed_nowhere(
    interview: Article, editor: User, sign_in: SignIn
) -> None:
    client = sign_in(editor)
    blinken = Speaker.objects.get(article=interview, name="Antony Blinken")
    send(client, interview, "voice", 2, name="Zoé", reach="everywhere")
    blinken.refresh_from_db()
    assert blinken.retired
    for place in ("", "speakers", "exchanges", "exchanges.json", "passages/1/structure"):
        said = client.get(f"/articles/{interview.pk}/{place}").content.decode()
        assert "Zoé" in said or place == "exchanges.json"
        assert 'class="speaker">Antony Blinken' not in said
        assert ">Antony Blinken</option>" not in said
    assert client.get(f"/articles/{interview.pk}/speakers/{blinken.pk}").status_code == 404


def test_many_speakers_cost_no_more_queries(
    interview: Article, editor: User, sign_in: SignIn
) -> None:
    client = sign_in(editor)
    counts = []
    for names in ((), ("A", "B", "C", "D", "E")):
        for name in names:
            speakers(client, interview, act="add", name=name)
        client.get(f"/articles/{interview.pk}/speakers")  # shows what was done last
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/articles/{interview.pk}/speakers")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_kind_that_was_changed_again_is_not_set_back(
    interview: Article, editor: User, sign_in: SignIn
) -> None:
    client = sign_in(editor)
    client.post(f"/articles/{interview.pk}/reparse", {"kind": "article", "seen": "1"})
    activity = Activity.objects.latest("pk")
    Article.objects.filter(pk=interview.pk).update(kind="interview")
    response = client.post(f"/activity/{activity.pk}/undo", headers={"HX-Request": "true"})
    assert response.status_code == 409
    assert "Antony Blinken : " in texts(interview)[1]


def test_an_article_is_read_again_after_a_look(
    interview: Article, editor: User, sign_in: SignIn
) -> None:
    client = sign_in(editor)
    place = f"/articles/{interview.pk}/reparse"
    shown = client.get(place)
    assert "Antony Blinken : J&#x27;ai" in shown.content.decode()
    assert client.post(place, {"kind": "article", "seen": "0"}).status_code == 409
    assert client.post(place, {"kind": "article", "seen": "x"}).status_code == 422
    seen = {"kind": "article", "seen": "1"}
    assert client.post(place, seen).status_code == 302
    interview.refresh_from_db()
    assert interview.kind == "article"
    activity = Activity.objects.latest("pk")
    assert client.post(f"/activity/{activity.pk}/undo").status_code == 302
    interview.refresh_from_db()
    assert interview.kind == "interview"
