"""The page that finds words in all texts and corrects them: who may, what it says, what it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from annotations.models import Annotation
from articles.models import Activity, Article, Collection, Membership, Passage, Visibility
from diplowatch.lib.roles import Role
from tests.annotations.correcting.test_correcting import texts
from tests.annotations.correcting.test_everywhere import ONE, TWO, named
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]
ASKED = {"q": "Anthony Blingen", "replace": "Antony Blinken"}


@pytest.fixture
def sign_in(sign_in: SignIn) -> SignIn:
    """In English, which these tests read."""

    def signed_in(user: User | None) -> Client:
        client = sign_in(user)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return signed_in


@pytest.fixture
def two(make_article: MakeArticle) -> list[Article]:
    """Two texts with the garbled name."""
    return [make_article(ONE, name="one.txt"), make_article(TWO, name="two.txt")]


def boxes(response: HttpResponse) -> dict[str, bool]:
    """The places that the page shows, and whether they are ticked."""
    page = html.document_fromstring(response.content)
    return {
        str(box.get("value")): box.get("checked") is not None
        for box in page.cssselect("[name=place]")
    }


def ticked(client: Client, **asked: str) -> list[str]:
    """The places that are ticked by themselves."""
    shown = boxes(client.get("/find/", ASKED | asked))
    return [name for name, is_ticked in shown.items() if is_ticked]


def test_what_is_ticked_is_corrected_and_undone_by_the_toast(
    sign_in: SignIn, editor: User, two: list[Article]
) -> None:
    client, born = sign_in(editor), [texts(one) for one in two]
    names = ticked(client)
    assert len(names) == 3
    response = client.post("/find/", ASKED | {"place": names, "as": "corrections"}, follow=True)
    page = html.document_fromstring(response.content)
    assert "3 places corrected in 2 articles." in page.text_content()
    assert "Antony Blinken a vu Blingen. Antony Blinken part" in texts(two[0])[0]
    assert len(boxes(response)) == 3
    [undo] = page.cssselect("#toasts .toast form")
    address = str(undo.get("action"))
    assert client.post(address).status_code == 302
    assert [texts(one) for one in two] == born


def test_the_way_back_leads_to_the_corrected_text_while_one_may_see_it(
    sign_in: SignIn, editor: User, admin: User, two: list[Article], closed_shelf: Collection
) -> None:
    client = sign_in(editor)
    act = Activity.objects.create(verb="correct", actor=editor, article=two[0])
    before = str(act.pk)

    def back(client: Client) -> list[str]:
        page = html.document_fromstring(client.get("/find/", ASKED | {"from": before}).content)
        return [str(link.get("href")) for link in page.cssselect(".way-back a")]

    assert back(client) == [f"/articles/{two[0].pk}/"]
    assert back(sign_in(admin)) == []  # another one's act
    Article.objects.filter(pk=two[0].pk).update(collection=closed_shelf)
    assert back(client) == []


def test_the_page_shows_what_would_stand_there(
    sign_in: SignIn, editor: User, two: list[Article]
) -> None:
    entity = named("Antony Blinken")
    response = sign_in(editor).get("/find/", ASKED | {"entity": entity.pk})
    page = html.document_fromstring(response.content)
    said = page.cssselect(".count")[0].text_content()
    assert said == "The same words, and parts of them, stand 6 times in 2 articles."
    change = page.cssselect(".found-place .change")[0]
    assert [one.text for one in change.cssselect("del")] == ["Anthony Blingen"]
    assert "Link with Antony Blinken" in page.cssselect(".find-options")[0].text_content()
    nothing = sign_in(editor).get("/find/", {"q": "introuvable"})
    assert b"Nothing found" in nothing.content
    assert sign_in(editor).get("/find/").status_code == 200


def test_annotators_propose_and_may_not_correct(
    sign_in: SignIn, annotator: User, two: list[Article]
) -> None:
    client = sign_in(annotator)
    names = ticked(client)
    sent = ASKED | {"place": names}
    assert client.post("/find/", sent | {"as": "corrections"}).status_code == 403
    assert client.post("/find/", sent | {"as": "proposals"}).status_code == 302
    assert Annotation.objects.filter(state="proposed").count() == 3
    activity = Activity.objects.get(verb="propose")
    assert client.post(f"/activity/{activity.pk}/undo").status_code == 302
    assert not Annotation.objects.live().exists()


def test_what_cannot_be_is_refused_and_what_was_changed_is_told(
    sign_in: SignIn, editor: User, two: list[Article]
) -> None:
    client = sign_in(editor)
    names = ticked(client)
    sent = ASKED | {"place": names, "as": "corrections"}
    assert client.post("/find/", sent | {"place": []}).status_code == 422
    assert client.post("/find/", sent | {"replace": " "}).status_code == 422
    assert client.post("/find/", sent | {"flag_kind": "nonsense"}).status_code == 422
    assert client.post("/find/", sent | {"place": ["1-2"]}).status_code == 422
    assert client.post("/find/", sent | {"entity": "99999"}).status_code == 409
    assert client.get("/find/", {"q": "a\0b"}).status_code == 422
    assert client.get("/find/", {"q": "a", "entity": "x"}).status_code == 422
    assert client.put("/find/").status_code == 405
    Passage.objects.filter(article=two[0]).update(revision=1)
    response = client.post("/find/", sent, follow=True)
    assert b"1 place corrected in 1 article." in response.content
    assert b"2 places are as they were" in response.content
    assert client.post("/find/", sent).status_code == 409


def test_readers_and_strangers(
    sign_in: SignIn, reader: User, editor: User, stranger: User, make_article: MakeArticle,
    closed_shelf: Collection,
) -> None:  # fmt: skip
    hidden = make_article(TWO, collection=closed_shelf)
    Membership.objects.create(collection=closed_shelf, user=editor, role=Role.EDITOR)
    assert sign_in(reader).get("/find/", ASKED).status_code == 403
    assert sign_in(reader).get("/find/count", ASKED).status_code == 403
    assert sign_in(None).get("/find/").status_code == 302
    names = ticked(sign_in(editor))
    assert len(names) == 1
    client = sign_in(stranger)
    assert boxes(client.get("/find/", ASKED)) == {}
    sent = ASKED | {"place": names, "as": "corrections"}
    assert client.post("/find/", sent).status_code == 409
    assert "Anthony Blingen" in texts(hidden)[0]
    assert sign_in(editor).post("/find/", sent).status_code == 302
    activity = Activity.objects.get(verb="correct")
    assert client.post(f"/activity/{activity.pk}/undo").status_code == 404
    assert sign_in(reader).post(f"/activity/{activity.pk}/undo").status_code in (403, 404)
    assert "Antony Blinken" in texts(hidden)[0]
    assert sign_in(editor).post(f"/activity/{activity.pk}/undo").status_code == 302
    assert "Anthony Blingen" in texts(hidden)[0]


def test_an_editor_by_membership_undoes_what_is_theirs_in_several_texts(
    sign_in: SignIn, reader: User, two: list[Article], shelf: Collection
) -> None:
    shelf.visibility = Visibility.MEMBERS
    shelf.save()
    Membership.objects.create(collection=shelf, user=reader, role=Role.EDITOR)
    client = sign_in(reader)
    sent = ASKED | {"place": ticked(client), "as": "corrections"}
    assert client.post("/find/", sent).status_code == 302
    activity = Activity.objects.get(verb="correct")
    assert activity.article is None
    assert client.post(f"/activity/{activity.pk}/undo").status_code == 302
    assert "Anthony Blingen" in texts(two[0])[0]


def test_corrections_only_where_one_is_an_editor(
    sign_in: SignIn, annotator: User, two: list[Article], make_article: MakeArticle,
    closed_shelf: Collection,
) -> None:  # fmt: skip
    own = make_article(TWO, collection=closed_shelf)
    Membership.objects.create(collection=closed_shelf, user=annotator, role=Role.EDITOR)
    client = sign_in(annotator)
    sent = ASKED | {"place": ticked(client), "as": "corrections"}
    response = client.post("/find/", sent, follow=True)
    assert b"1 place corrected in 1 article." in response.content
    assert b"3 places are as they were" in response.content
    assert "Antony Blinken" in texts(own)[0]
    assert "Anthony Blingen" in texts(two[0])[0]


def test_expressions_are_for_administrators(
    sign_in: SignIn, editor: User, admin: User, two: list[Article]
) -> None:
    asked = {"q": "Bling(en)", "replace": r"Blink\1", "regex": "1", "case": "1"}
    assert sign_in(editor).get("/find/", asked).status_code == 403
    assert sign_in(editor).post("/find/", asked).status_code == 403
    client = sign_in(admin)
    shown = boxes(client.get("/find/", asked))
    assert len(shown) == 6
    response = client.post("/find/", asked | {"place": list(shown), "as": "corrections"})
    assert response.status_code == 302
    assert "Blinkenberg" in texts(two[1])[0]
    wrong = client.get("/find/", asked | {"q": "("})
    assert wrong.status_code == 422
    assert b"This is no regular expression." in wrong.content
    assert client.get("/find/count", asked | {"q": "("}).status_code == 422


def test_how_many_stand_elsewhere(sign_in: SignIn, editor: User, two: list[Article]) -> None:
    found = sign_in(editor).get("/find/count", ASKED | {"from": "7"}).json()
    assert (found["places"], found["articles"], found["more"]) == (6, 2, False)
    assert found["text"].endswith("stand 6 times in 2 articles.")
    assert found["address"] == "/find/?q=Anthony+Blingen&replace=Antony+Blinken&from=7"
    assert sign_in(editor).get("/find/count", {"q": "x" * 999}).status_code == 422


def test_what_was_said_of_the_first_correction_is_said_of_all(
    sign_in: SignIn, editor: User, annotator: User, two: list[Article]
) -> None:
    data = {"kind": "name", "reason": "mal entendu"}
    act = Activity.objects.create(actor=editor, verb="correct", data=data)
    page = html.document_fromstring(sign_in(editor).get("/find/", ASKED | {"from": act.pk}).content)
    assert page.cssselect("[name=reason]")[0].get("value") == "mal entendu"
    assert page.cssselect("[name=flag_kind] [selected]")[0].get("value") == "name"
    other = sign_in(annotator).get("/find/", ASKED | {"from": act.pk})
    assert b"mal entendu" not in other.content


def test_as_many_queries_for_many_texts(
    sign_in: SignIn, editor: User, two: list[Article], make_article: MakeArticle
) -> None:
    client = sign_in(editor)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/find/", ASKED)
        return len(captured)

    count()
    before = count()
    for number in range(5):
        make_article(TWO, name=f"{number}.txt")
    assert count() == before
