"""Correcting through the page: who may, what comes back, what is refused."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from annotations.models import Annotation, Entity, EntityName, NameKind
from annotations.services.correcting import correct_text
from annotations.services.entities import create_entity
from annotations.services.proposing import propose_correction
from articles.models import Activity, Article, Collection, Membership, Passage, Verb
from articles.services.log import Agent
from tests.annotations.saying import events, fragments, post, span_of, spans_json
from tests.annotations.speaking import say
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]


@pytest.fixture
def blinken(db: None) -> Entity:
    """An entity with its names."""
    made, _activity = create_entity(
        agent=Agent(name="tests"), kind="person", label_fr="Antony Blinken"
    )
    return made


def correct(
    client: Client, article: Article, words: str = "Anthony Blingen", new: str = "Antony Blinken",
    **values: Any,
) -> HttpResponse:  # fmt: skip
    """Correct the first place of these words."""
    sent = {"spans": spans_json(span_of(article, words)), "replacement": new}
    return post(client, f"/articles/{article.pk}/correct", **(sent | values))


def text(article: Article) -> str:
    """The text of the first passage."""
    return Passage.objects.get(article=article, number=1).text


def test_an_editors_correction_comes_back_with_its_link(
    sign_in: SignIn, editor: User, news: Article, blinken: Entity
) -> None:
    mark = say(news, (1, "reçu mardi Anthony"), creator=editor)
    response = correct(
        sign_in(editor), news, entity=blinken.pk, link_start=0, link_end=14, remember="on",
        reason="Le nom", flag_kind="name", certainty="certain", evidence="00:12",
    )  # fmt: skip
    assert response.status_code == 200, response.content
    heard, found = events(response), fragments(response)
    link = Annotation.objects.get(motivation="identifying")
    assert heard["annotated"]["id"] == str(link.pk)
    assert set(found) == {"p1", f"c-{link.pk}", f"c-{mark.pk}"}
    pieces = found["p1"].cssselect(f'mark[data-a="{link.pk}"]')
    assert "".join(piece.text_content() for piece in pieces) == "Antony Blinken"
    activity = Activity.objects.get(verb=Verb.CORRECT)
    assert activity.data["kind"] == "name"
    assert activity.data["evidence"] == "00:12"
    assert EntityName.objects.get(kind=NameKind.GARBLING).name == "Anthony Blingen"
    assert link.link_status == "verified"


def test_the_same_sent_twice_is_one_correction(
    sign_in: SignIn, editor: User, news: Article, blinken: Entity
) -> None:
    client, key = sign_in(editor), str(uuid.uuid4())
    spans = spans_json(span_of(news, "Anthony Blingen"))
    for _ in range(2):
        response = correct(client, news, "OCDE", "Blinken", spans=spans, id=key, entity=blinken.pk)
        assert response.status_code == 200, response.content
    assert Activity.objects.filter(verb=Verb.CORRECT).count() == 1
    assert Annotation.objects.count() == 1


def test_ordinary_words_and_names_of_others_are_not_remembered(
    sign_in: SignIn, editor: User, news: Article, blinken: Entity
) -> None:
    create_entity(agent=Agent(name="tests"), kind="organisation", label_fr="OCDE")
    for words in ("des entretiens", "OCDE"):
        correct(sign_in(editor), news, words, "Blinken", entity=blinken.pk, remember="on")
    assert not EntityName.objects.filter(kind=NameKind.GARBLING).exists()
    assert text(news).count("Blinken") == 2


def test_an_annotators_is_a_proposal_and_the_text_stays(
    sign_in: SignIn, annotator: User, editor: User, news: Article
) -> None:
    born = text(news)
    response = correct(sign_in(annotator), news)
    assert response.status_code == 200
    proposal = Annotation.objects.get()
    assert (proposal.state, proposal.creator, text(news)) == ("proposed", annotator, born)
    [mark] = fragments(response)["p1"].cssselect("mark")
    assert (mark.get("data-new"), mark.text_content()) == ("Antony Blinken", "Anthony Blingen")
    card = fragments(response)[f"c-{proposal.pk}"]
    assert not card.cssselect("[data-act=accept], [data-act=reject]")
    client = sign_in(editor)
    accepted = post(client, f"/a/{proposal.pk}/accept", version=1)
    assert accepted.status_code == 200, accepted.content
    assert "Antony Blinken" in text(news)
    found = fragments(accepted)
    assert not found["p1"].cssselect("mark")
    assert found[f"c-{proposal.pk}"].get("hx-swap-oob") == "delete"
    undone = post(client, events(accepted)["toast"]["undoUrl"])
    assert undone.status_code == 200
    assert text(news) == born
    assert fragments(undone)["p1"].cssselect("mark[data-m=editing]")


def test_others_words_are_refused_and_what_was_typed_is_kept(
    sign_in: SignIn, editor: User, admin: User, news: Article
) -> None:
    seen = spans_json(span_of(news, "Anthony Blingen"))
    correct_text(
        article_id=news.pk, span=span_of(news, "Blingen"), replacement="Blinquen",
        agent=Agent(admin), allow=lambda _places: None,
    )  # fmt: skip
    response = correct(sign_in(editor), news, "OCDE", "Tony Blinken", spans=seen)
    assert response.status_code == 409
    said = json.loads(response.content)
    assert said["code"] == "stale"
    assert said["place"]["exact"] == "Anthony Blinquen"
    assert "Anthony Blinquen" in html.fragment_fromstring(said["html"]).text_content()
    plain = correct(sign_in(editor), news, "OCDE", "Tony Blinken", spans=seen, htmx=False)
    assert plain.status_code == 409
    assert "Tony Blinken" in plain.content.decode()
    assert "Tony" not in text(news)


@pytest.mark.parametrize(
    "values",
    [
        {"replacement": "Anthony Blingen"}, {"spans": "[]"}, {"spans": "nonsense"},
        {"entity": "x"}, {"link_start": "3"}, {"flag_kind": "ugly"}, {"certainty": "sure"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(
    sign_in: SignIn, editor: User, news: Article, values: dict[str, str]
) -> None:
    assert correct(sign_in(editor), news, **values).status_code == 422
    assert "Anthony Blingen" in text(news)


def test_an_entity_that_is_gone_is_refused(sign_in: SignIn, editor: User, news: Article) -> None:
    assert correct(sign_in(editor), news, entity=999).status_code == 409


def test_readers_are_refused_and_strangers_find_nothing(
    sign_in: SignIn, reader: User, stranger: User, editor: User, annotator: User, news: Article,
    closed_shelf: Collection, make_article: MakeArticle,
) -> None:  # fmt: skip
    assert correct(sign_in(reader), news).status_code == 403
    hidden = make_article(collection=closed_shelf, name="b.txt")
    assert correct(sign_in(stranger), hidden).status_code == 404
    assert sign_in(editor).get(f"/articles/{news.pk}/correct").status_code == 405
    Membership.objects.create(collection=closed_shelf, user=annotator, role=2)
    proposal, _ = propose_correction(
        article_id=hidden.pk, span=span_of(hidden, "OCDE"), replacement="Ocde",
        agent=Agent(annotator),
    )  # fmt: skip
    for act in ("accept", "reject", "confirm"):
        address = f"/a/{proposal.pk}/{act}"
        assert post(sign_in(stranger), address, version=1).status_code == 404
        assert post(sign_in(reader), address, version=1).status_code == 404
    for act in ("accept", "reject"):
        address = f"/a/{proposal.pk}/{act}"
        assert post(sign_in(annotator), address, version=1).status_code == 403
        assert post(sign_in(editor), f"/a/{uuid.uuid4()}/{act}", version=1).status_code == 404
    assert post(sign_in(reader), "/proposals/accept").status_code == 403


def test_ones_own_proposal_is_for_others_to_accept(
    sign_in: SignIn, editor: User, news: Article
) -> None:
    proposal, _ = propose_correction(
        article_id=news.pk, span=span_of(news, "OCDE"), replacement="Ocde", agent=Agent(editor)
    )
    client = sign_in(editor)
    assert post(client, f"/a/{proposal.pk}/accept", version=1).status_code == 403
    assert post(client, f"/a/{proposal.pk}/accept", version=7).status_code == 409
    assert post(client, f"/a/{proposal.pk}/accept").status_code == 422
    page = client.get(f"/articles/{news.pk}/").content.decode()
    assert 'data-act="accept"' not in page
    assert 'data-act="reject"' in page


def test_a_rejection_asks_for_its_reason(
    sign_in: SignIn, annotator: User, editor: User, news: Article
) -> None:
    proposal, _ = propose_correction(
        article_id=news.pk, span=span_of(news, "OCDE"), replacement="Ocde",
        agent=Agent(annotator),
    )  # fmt: skip
    client = sign_in(editor)
    assert 'name="verdict"' in client.get(f"/a/{proposal.pk}/reject").content.decode()
    response = post(client, f"/a/{proposal.pk}/reject", version=1, verdict="Non")
    assert response.status_code == 200
    assert not fragments(response)["p1"].cssselect("mark")
    page = client.get(f"/articles/{news.pk}/?decision=rejected").content.decode()
    assert "<q>Non</q>" in page
    assert "<q>Non</q>" not in client.get(f"/articles/{news.pk}/").content.decode()
    went = client.get(f"/a/{proposal.pk}")
    assert "decision=rejected" in went.headers["Location"]
    assert post(client, f"/a/{proposal.pk}/reject", version=2).status_code == 409


def test_the_walks_list_what_waits(
    sign_in: SignIn, annotator: User, editor: User, news: Article,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    mark = say(news, (1, "Anthony Blingen"), creator=annotator)
    gone = say(news, (1, "mardi"), creator=annotator)
    for words, new in (("Anthony Blingen", "Antony Blinken"), (" mardi", "")):
        correct(sign_in(editor), news, words, new)
    proposals = [
        propose_correction(
            article_id=news.pk, span=span_of(news, words), replacement=new,
            agent=Agent(annotator),
        )[0]
        for words, new in (("OCDE", "Ocde"), ("Qui de Arsay", "Quai d’Orsay"))
    ]  # fmt: skip
    client = sign_in(editor)
    with django_assert_max_num_queries(12):
        page = html.fromstring(client.get("/proposals/").content)
    found = [row.get("id") for row in page.cssselect("[data-walk] > li")]
    assert found == [f"step-{one.pk}" for one in reversed(proposals)]
    assert page.cssselect("[data-act=accept]")
    with django_assert_max_num_queries(12):
        page = html.fromstring(client.get("/to-check/").content)
    found = [row.get("id") for row in page.cssselect("[data-walk] > li")]
    assert set(found) == {f"step-{mark.pk}", f"step-{gone.pk}"}
    assert page.cssselect(".before q")[0].text_content() == "Anthony Blingen"
    mark.refresh_from_db()
    [seen] = page.cssselect(f"#step-{mark.pk} input[name=seen]")
    sent = {"version": mark.version, "walk": 1}
    assert post(client, f"/a/{mark.pk}/confirm", **sent, seen="other words").status_code == 409
    response = post(client, f"/a/{mark.pk}/confirm", **sent, seen=seen.get("value"))
    assert response.status_code == 200
    assert response.content == b""
    page = html.fromstring(client.get("/to-check/").content)
    assert [row.get("id") for row in page.cssselect("[data-walk] > li")] == [f"step-{gone.pk}"]
    plain = sign_in(annotator).get("/proposals/")
    assert not html.fromstring(plain.content).cssselect("[data-act=accept]")


def test_all_certain_ones_of_a_text_are_accepted_from_the_list(
    sign_in: SignIn, annotator: User, editor: User, news: Article
) -> None:
    client = sign_in(editor)
    assert post(client, "/proposals/accept", article=news.pk).status_code == 422
    correct(sign_in(annotator), news, certainty="certain")
    page = client.get(f"/proposals/?article={news.pk}").content.decode()
    assert 'action="/proposals/accept"' in page
    response = post(client, "/proposals/accept", htmx=False, article=news.pk, next="/proposals/")
    assert response.status_code == 302
    assert "Antony Blinken" in text(news)


def test_without_script_words_of_a_passage_are_replaced(
    sign_in: SignIn, editor: User, annotator: User, news: Article
) -> None:
    address = f"/articles/{news.pk}/passages/1/say"
    client = sign_in(editor)
    assert 'name="replacement"' in client.get(address).content.decode()
    sent = {"motivation": "editing", "quote": "Anthony Blingen", "replacement": "M. Blinken",
            "revision": 0}  # fmt: skip
    response = client.post(address, sent)
    assert response.status_code == 302, response.content
    assert "mardi M. Blinken pour" in text(news)
    refused = client.post(address, sent)
    assert refused.status_code in (409, 422)
    assert "M. Blinken" in refused.content.decode()
    sent |= {"quote": "OCDE", "replacement": "Ocde", "revision": 1}
    assert sign_in(annotator).post(address, sent).status_code == 302
    assert Annotation.objects.get(motivation="editing").replacement == "Ocde"


def test_an_entity_made_for_a_correction_that_cannot_be_is_not_made(
    sign_in: SignIn, editor: User, stranger: User, news: Article
) -> None:
    seen = spans_json(span_of(news, "Anthony Blingen"))
    correct(sign_in(stranger), news, new="Tony Blair")
    named = {"entity_label": "Antony Blinken", "entity_kind": "person"}
    refused = correct(sign_in(editor), news, "mardi", spans=seen, **named)
    assert refused.status_code == 409
    assert not Entity.objects.exists()


def test_a_correction_sent_twice_makes_its_entity_once(
    sign_in: SignIn, editor: User, news: Article
) -> None:
    seen = spans_json(span_of(news, "Anthony Blingen"))
    named = {"entity_label": "Antony Blinken", "entity_kind": "person", "id": str(uuid.uuid4())}
    for _ in range(2):
        response = correct(sign_in(editor), news, "mardi", spans=seen, **named)
        assert response.status_code == 200
    assert Entity.objects.count() == 1
    assert Annotation.objects.filter(motivation="identifying").count() == 1
