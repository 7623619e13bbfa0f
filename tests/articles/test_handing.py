"""Handing a text over, sending it back, and what waits for whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from lxml import html

from articles.models import Activity, Article, Collection, HandOver, HouseRule, Membership, Verb
from articles.queries.editors import editors_of
from diplowatch.accounts.models import User
from diplowatch.lib.roles import Role
from tests.articles.marks import mark, rest, standing
from tests.conftest import make_user

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

SignIn = Callable[["User | None"], "Client"]


@pytest.fixture
def second(db: None) -> User:
    """Another editor."""
    return make_user("second", Role.EDITOR)


def page(client: Client, address: str) -> html.HtmlElement:
    """The page as a tree."""
    response = client.get(address, headers={"accept-language": "en"})
    assert response.status_code == 200
    return html.document_fromstring(response.content)


def hand(client: Client, article: Article, to: User, **values: object) -> HttpResponse:
    """Hand a text over as the form does."""
    sent = {"recipient": to.pk, "revision": article.revision, "note": "", **values}
    return client.post(f"/articles/{article.pk}/hand-over", sent)  # type: ignore[return-value]  # the client's own class


def state(article: Article) -> str:
    """What became of the handing over."""
    return HandOver.objects.get(article=article).state


def test_one_form_marks_the_rest_and_asks_somebody(
    sign_in: SignIn, news: Article, editor: User, second: User
) -> None:
    client = sign_in(editor)
    mark(news, 1, "proofread", editor)
    tree = page(client, f"/articles/{news.pk}/hand-over")
    [form] = tree.cssselect("main form")
    assert "Mark the 2 passages left" in form.text_content()
    people = [one.text for one in tree.cssselect("select[name=recipient] option")]
    assert people == ["Choose a person", "second"]
    values = dict(form.form_values()) | {"recipient": second.pk, "note": "Deux noms à vérifier"}
    assert client.post(form.action, values).status_code == 302
    assert standing(news) == ["proofread"] * 4
    activity = Activity.objects.get(verb=Verb.HAND_OVER)
    assert activity.data["hand_overs"][str(news.pk)]["after"]["recipient_id"] == second.pk
    assert "Deux noms" in page(client, f"/activity/?article={news.pk}").text_content()


def test_the_other_one_sees_it_and_validates(
    sign_in: SignIn, news: Article, editor: User, second: User
) -> None:
    hand(sign_in(editor), news, second, rest="on", note="À toi")
    client = sign_in(second)
    waiting = page(client, "/waiting")
    assert [one.text for one in waiting.cssselect("section h3 a")] == [news.title]
    assert "À toi" in waiting.text_content()
    tree = page(client, f"/articles/{news.pk}/")
    assert "editor asks you to validate this text." in tree.cssselect("#handing")[0].text_content()
    assert tree.cssselect(f"#handing a[href='/articles/{news.pk}/history']")
    assert tree.cssselect(".text[data-validating]")
    rest(news, "validated", second)
    assert state(news) == "validated"
    assert "No text waits for you." in page(client, "/waiting").text_content()
    assert not page(client, f"/articles/{news.pk}/").cssselect("#handing")


def test_sending_back_asks_for_the_reason(
    sign_in: SignIn, news: Article, editor: User, second: User
) -> None:
    mine, theirs = sign_in(editor), sign_in(second)
    hand(mine, news, second, rest="on")
    address = f"/articles/{news.pk}/send-back"
    assert page(theirs, address).cssselect("textarea[name=reason]")
    assert theirs.post(address, {"reason": "  "}).status_code == 422
    assert mine.post(address, {"reason": "Non"}).status_code == 409  # not the one who was asked
    assert not page(mine, address).cssselect("textarea[name=reason]")
    assert theirs.post(address, {"reason": "Les noms sont faux"}).status_code == 302
    assert "Les noms sont faux" in page(mine, "/waiting").text_content()
    assert "Les noms sont faux" in page(mine, f"/articles/{news.pk}/").text_content()
    assert theirs.post(address, {"reason": "Encore"}).status_code == 409
    assert hand(mine, news, second, note="Corrigés").status_code == 302
    row = HandOver.objects.get(article=news)
    assert (row.state, row.reason, row.note) == ("waiting", "", "Corrigés")


def test_each_step_is_undone(sign_in: SignIn, news: Article, editor: User, second: User) -> None:
    mine, theirs = sign_in(editor), sign_in(second)
    hand(mine, news, second, rest="on")
    handed = Activity.objects.latest("pk")
    theirs.post(f"/articles/{news.pk}/send-back", {"reason": "Les noms"})
    back = Activity.objects.latest("pk")
    assert mine.post(f"/activity/{handed.pk}/undo").status_code == 409
    assert theirs.post(f"/activity/{back.pk}/undo").status_code == 302
    assert state(news) == "waiting"
    rest(news, "validated", second)
    validated = Activity.objects.latest("pk")
    assert theirs.post(f"/activity/{validated.pk}/undo").status_code == 302
    assert (state(news), standing(news)) == ("waiting", ["proofread"] * 4)
    assert mine.post(f"/activity/{handed.pk}/undo").status_code == 302
    assert (state(news), standing(news)) == ("withdrawn", ["raw"] * 4)


def test_who_handed_it_over_withdraws(
    sign_in: SignIn, news: Article, editor: User, second: User
) -> None:
    mine, theirs = sign_in(editor), sign_in(second)
    address = f"/articles/{news.pk}/withdraw"
    assert mine.post(address).status_code == 409
    hand(mine, news, second)
    assert "second" in page(mine, "/waiting").cssselect("section:last-of-type")[0].text_content()
    assert theirs.post(address).status_code == 409
    assert mine.post(address).status_code == 302
    assert state(news) == "withdrawn"
    assert mine.get(address).status_code == 405


def test_what_others_asked_is_not_overruled_unseen(
    sign_in: SignIn, news: Article, editor: User, second: User, admin: User
) -> None:
    mine, address = sign_in(editor), f"/articles/{news.pk}/hand-over"
    seen = page(mine, address)
    assert not seen.cssselect("input[name=instead_of]")
    assert hand(sign_in(second), news, admin).status_code == 302
    refused = hand(mine, news, second)
    assert refused.status_code == 409
    assert HandOver.objects.get(article=news).recipient == admin
    [form] = html.document_fromstring(refused.content).cssselect("main form")
    assert form.fields["instead_of"] == str(admin.pk)
    assert {"second", "admin"} <= set(
        form.cssselect("p.notice:not([role])")[0].text_content().split()
    )
    values = dict(form.form_values()) | {"recipient": second.pk}
    assert mine.post(form.action, values).status_code == 302  # seen by now
    assert HandOver.objects.get(article=news).recipient == second
    assert hand(mine, news, admin).status_code == 302  # one's own asking


def test_validating_is_offered_where_somebody_else_proofread(
    sign_in: SignIn, news: Article, editor: User, second: User
) -> None:
    rest(news, "proofread", editor)

    def offered(user: User) -> bool:
        tree = page(sign_in(user), f"/articles/{news.pk}/")
        return bool(tree.cssselect("#rest input[name=status][value=validated]"))

    assert not offered(editor)
    tree = page(sign_in(editor), f"/articles/{news.pk}/")
    assert "Somebody else" in tree.cssselect("#rest")[0].text_content()
    assert offered(second)
    HouseRule.objects.create(name="lone_validation", value=True)
    assert offered(editor)


def test_only_other_editors_of_the_collection_are_asked(
    sign_in: SignIn, news: Article, editor: User, second: User, reader: User, stranger: User
) -> None:
    client = sign_in(editor)
    for person in (editor, reader):
        assert hand(client, news, person).status_code == 422
    assert hand(client, news, second, recipient="x").status_code == 422
    assert hand(client, news, second, rest="on", revision=9).status_code == 409
    assert not HandOver.objects.exists()
    assert hand(sign_in(reader), news, second).status_code == 403


def test_who_is_an_editor_of_a_collection(
    closed_shelf: Collection, shelf: Collection, reader: User, annotator: User, editor: User,
    admin: User, stranger: User,
) -> None:  # fmt: skip
    assert editors_of(shelf) == [admin, editor, stranger]
    assert editors_of(closed_shelf) == [admin]
    for user, role in ((reader, Role.EDITOR), (editor, Role.READER), (annotator, Role.READER)):
        for place in (closed_shelf, shelf):
            Membership.objects.create(collection=place, user=user, role=role)
    assert editors_of(closed_shelf) == [admin, reader]
    assert editors_of(shelf) == [admin, reader, stranger]
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert editors_of(shelf) == [admin, stranger]
    Collection.objects.filter(pk=closed_shelf.pk).update(visibility="private", owner=stranger)
    closed_shelf.refresh_from_db()
    assert editors_of(closed_shelf) == [admin, stranger]


def test_what_one_no_longer_sees_waits_for_nobody(
    sign_in: SignIn, news: Article, editor: User, second: User, closed_shelf: Collection
) -> None:
    hand(sign_in(editor), news, second)
    Article.objects.filter(pk=news.pk).update(collection=closed_shelf)
    assert news.title not in page(sign_in(second), "/waiting").text_content()
    assert "waits for you" not in page(sign_in(second), "/").text_content()


def test_the_list_of_texts_says_that_some_wait(
    sign_in: SignIn, news: Article, editor: User, second: User
) -> None:
    assert "waits for you" not in page(sign_in(second), "/").text_content()
    hand(sign_in(editor), news, second)
    [link] = page(sign_in(second), "/").cssselect(".notice a")
    assert (link.get("href"), link.text_content()) == ("/waiting", "1 text waits for you")
    assert "waits for you" not in page(sign_in(editor), "/").text_content()


def test_the_list_asks_no_more_for_many(
    sign_in: SignIn, news: Article, interview: Article, editor: User, second: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for article in (news, interview):
        hand(sign_in(editor), article, second)
    client = sign_in(second)
    with django_assert_max_num_queries(5):
        client.get("/waiting")


def test_the_database_keeps_order(news: Article, editor: User, second: User) -> None:
    people = {"sender": editor, "recipient": second}
    for wrong in (people | {"recipient": editor}, people | {"state": "sent_back"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            HandOver.objects.create(article=news, **wrong)
