"""The history of a text: revisions, comparisons, and earlier states brought back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from lxml import html

from annotations.queries.integrity import check_logs, check_rules
from annotations.services.correcting import Why
from annotations.services.undoing import undo_act
from annotations.views import history
from articles.forms.details import details_as_typed
from articles.models import Activity, Article, Collection, Membership, Verb
from articles.services.log import Agent
from articles.services.operating import WrongText
from articles.services.restoring import MovedOn, restore_text
from articles.text.edits import Edit
from articles.text.operations import Attribute, Split, Text, Voice
from articles.text.restoring import restoring
from articles.text.states import state_after
from diplowatch.lib.roles import Role
from tests.annotations.history.acting import anybody, correct, do, texts_of
from tests.annotations.speaking import say
from tests.articles.text.logs import Past, pasts
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]
HISTORY_QUERIES = 8


def page(client: Client, address: str, status: int = 200) -> html.HtmlElement:
    response = client.get(address, headers={"accept-language": "en"})
    assert response.status_code == status
    return html.document_fromstring(response.content)


def restore(article: Article, to: int, user: User, passage: int | None = None) -> Activity:
    article.refresh_from_db()
    return restore_text(
        article_id=article.pk, to=to, seen=article.revision, agent=Agent(user), allow=anybody,
        passage=passage,
    ).activity  # fmt: skip


@pytest.fixture
def all_holds(db: None) -> object:
    yield
    broken = [one for one in [*check_rules(), check_logs()] if one.broken]
    assert not [(one.says, one.first) for one in broken]


@pytest.fixture
def told(news: Article, editor: User) -> Article:
    """A text with a past: two corrections, a split, a speaker."""
    correct(news, "Anthony Blingen", "Antony Blinken", editor, Why("name", "au communiqué"))
    correct(news, "Sahel", "Mali", editor)
    do(
        news, editor, Split(2, texts_of(news)[1].index(" «"), " ", 0, "paragraph", None, None),
        Voice(0, None, {"name": "Le ministre", "part": ""}), Attribute(4, "speaker", None, 0),
    )  # fmt: skip
    return news


# -- pure ---------------------------------------------------------------------------------------


@given(past=pasts())
def test_any_state_of_an_article_is_reached_again(past: Past) -> None:
    now = past.now
    for moment in range(len(past.log) + 1):
        then = state_after(past.born, past.log[:moment])
        back = state_after(now, restoring(then, past.log[moment:], now))
        assert (back.order, back.voices) == (then.order, then.voices)
        assert all(back.passages[number] == then.passages[number] for number in then.order)


@given(past=pasts())
def test_any_state_of_a_passage_is_reached_again(past: Past) -> None:
    now = past.now
    for moment in range(len(past.log) + 1):
        then = state_after(past.born, past.log[:moment])
        for number in then.order:
            back = state_after(now, restoring(then, past.log[moment:], now, number))
            assert back.passages[number] == then.passages[number]


# -- services -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("all_holds")
def test_an_article_is_restored_to_its_import_and_that_is_undone(
    told: Article, editor: User
) -> None:
    note = say(told, (1, "Antony Blinken"), creator=editor)
    before = texts_of(told)
    activity = restore(told, 1, editor)
    assert activity.verb == Verb.RESTORE
    assert activity.data["to"] == 1
    assert "Anthony Blingen" in texts_of(told)[0]
    assert len(texts_of(told)) == 3
    assert note.targets.get().exact == "Anthony Blingen"
    undo_act(activity=activity, agent=Agent(editor), allow=anybody)
    assert texts_of(told) == before
    assert note.targets.get().exact == "Antony Blinken"


@pytest.mark.usefixtures("all_holds")
def test_a_passage_is_restored_with_what_it_was_parted_from(told: Article, editor: User) -> None:
    restore(told, 1, editor, passage=2)
    first, second, _third = texts_of(told)
    assert "Antony Blinken" in first
    assert (
        second == "Les deux ministres ont parlé du Sahel. « Nous avons avancé », a dit le ministre."
    )


@pytest.mark.usefixtures("all_holds")
def test_a_passage_gets_back_the_speaker_that_was_taken_away(
    interview: Article, editor: User
) -> None:
    voice = {"name": "Antony Blinken", "part": ""}
    held = interview.speakers.get(position=1)
    voice = {"name": held.name, "part": held.part}
    do(
        interview, editor, Attribute(2, "speaker", 1, 0), Attribute(4, "speaker", 1, 0),
        Voice(1, voice, None),
    )  # fmt: skip
    restore(interview, 1, editor, passage=2)
    assert interview.passages.get(number=2).speaker == interview.speakers.get(position=1)
    assert not interview.speakers.get(position=1).retired
    assert interview.passages.get(number=4).speaker == interview.speakers.get(position=0)


def test_what_stands_so_already_or_moved_on_is_not_restored(told: Article, editor: User) -> None:
    told.refresh_from_db()
    for to, seen, fault in (
        (told.revision, told.revision, WrongText), (1, told.revision - 1, MovedOn),
        (99, told.revision, WrongText),
    ):  # fmt: skip
        with pytest.raises(fault):
            restore_text(article_id=told.pk, to=to, seen=seen, agent=Agent(editor), allow=anybody)


# -- pages --------------------------------------------------------------------------------------


def test_every_revision_is_told_with_its_words(
    sign_in: SignIn, reader: User, told: Article
) -> None:
    tree = page(sign_in(reader), f"/articles/{told.pk}/history")
    steps = tree.cssselect(".revisions > li")
    assert [one.get("id") for one in steps] == ["r6", "r5", "r4", "r3", "r2", "r1"]
    first = steps[4].text_content()
    assert "editor" in first
    assert "au communiqué" in first
    assert [one.text_content() for one in steps[4].cssselect("del")] == ["Anthony", "Blingen"]
    assert [one.text_content() for one in steps[4].cssselect("ins")] == ["Antony", "Blinken"]
    assert "Speaker: none → Le ministre" in steps[0].text_content()
    assert "Le ministre" in steps[1].text_content()
    assert "the rest is passage 4" in steps[2].text_content()
    assert not tree.cssselect('a[href*="restore"]')


def test_a_passage_has_its_own_history(sign_in: SignIn, editor: User, told: Article) -> None:
    tree = page(sign_in(editor), f"/articles/{told.pk}/passages/2/history")
    assert [one.get("id") for one in tree.cssselect(".revisions > li")] == ["r4", "r3", "r1"]
    assert tree.cssselect(f'a[href="/articles/{told.pk}/restore?to=3&passage=2"]')
    page(sign_in(editor), f"/articles/{told.pk}/passages/9/history", 404)


def test_any_two_states_are_compared(sign_in: SignIn, reader: User, told: Article) -> None:
    client, address = sign_in(reader), f"/articles/{told.pk}/history"
    tree = page(client, f"{address}?from=1&to=3")
    assert [one.text_content() for one in tree.cssselect(".compared del")] == [
        "Anthony", "Blingen", "Sahel",
    ]  # fmt: skip
    back = page(client, f"{address}?from=3&to=1")
    assert [one.text_content() for one in back.cssselect(".compared ins")] == [
        "Anthony", "Blingen", "Sahel",
    ]  # fmt: skip
    same = page(client, f"{address}?from=2&to=2").cssselect(".compared")[0]
    assert "no difference" in same.text_content()
    split = page(client, f"{address}?from=3&to=6").cssselect(".compared")[0].text_content()
    assert "Passage 4 new" in " ".join(split.split())
    for wrong in ("from=9", "to=99", "from=x", "before=x"):
        page(client, f"{address}?{wrong}", 404)


def test_a_long_history_comes_in_pages(
    sign_in: SignIn, reader: User, editor: User, news: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "PAGE", 2)
    for word in ("Mali", "Niger", "Tchad"):
        text = texts_of(news)[1]
        old = next(one for one in ("Sahel", "Mali", "Niger") if one in text)
        do(news, editor, Text(2, (Edit(text.index(old), old, word),)))
    client, address = sign_in(reader), f"/articles/{news.pk}/history"
    first = page(client, address)
    assert [one.get("id") for one in first.cssselect(".revisions > li")] == ["r4", "r3"]
    second = page(client, first.cssselect('a[rel="next"]')[0].get("href"))
    assert [one.get("id") for one in second.cssselect(".revisions > li")] == ["r2", "r1"]
    there = page(client, f"{address}?revision=2")
    assert there.cssselect("#r2[data-here]")


def test_one_goes_from_the_history_of_a_text_to_all_that_was_done_and_back(
    sign_in: SignIn, editor: User, reader: User, told: Article
) -> None:
    client = sign_in(editor)
    told.refresh_from_db()
    values = details_as_typed(told) | {"date": "2021-10-08"}
    assert client.post(f"/articles/{told.pk}/details", values).status_code == 302
    addresses = [f"/articles/{told.pk}/history", f"/activity/?article={told.pk}"]
    shown = [page(client, address) for address in addresses]
    counts = [
        len(shown[0].cssselect(".revisions > li")),
        len(shown[1].cssselect("#activities > li")),
    ]
    for here, one in enumerate(shown):
        tabs = one.cssselect("main .seg a")
        assert [tab.get("href") for tab in tabs] == addresses
        assert [int(tab.cssselect(".count")[0].text) for tab in tabs] == counts
        assert [tab.get("aria-current") for tab in tabs][here] == "page"
    # Whoever may not see the other is not sent there.
    assert not page(sign_in(reader), addresses[0]).cssselect("main a[href^='/activity/']")


def test_a_history_takes_a_fixed_number_of_queries(
    sign_in: SignIn, editor: User, told: Article
) -> None:
    client = sign_in(editor)
    client.get(f"/articles/{told.pk}/history")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/articles/{told.pk}/history?from=1&to=6")
    assert len(queries) <= HISTORY_QUERIES, [one["sql"][:90] for one in queries]


class TestRestoring:
    """The form that brings a state back."""

    def post(self, client: Client, article: Article, **values: object) -> HttpResponse:
        article.refresh_from_db()
        given = {"to": 1, "seen": article.revision} | values
        return client.post(
            f"/articles/{article.pk}/restore", given, headers={"accept-language": "en"}
        )

    def test_it_shows_what_would_change_and_does_it(
        self, sign_in: SignIn, editor: User, told: Article
    ) -> None:
        client = sign_in(editor)
        tree = page(client, f"/articles/{told.pk}/restore?to=2")
        assert tree.cssselect(".compared ins")[0].text_content() == "Sahel"
        values = {one.get("name"): one.get("value") for one in tree.cssselect("main form input")}
        response = client.post(f"/articles/{told.pk}/restore", values, follow=True)
        assert "Sahel" in texts_of(told)[1]
        assert "Antony Blinken" in texts_of(told)[0]
        activity = Activity.objects.latest("pk")
        assert f"/activity/{activity.pk}/undo" in response.content.decode()

    def test_a_passage_says_which_others_go_with_it(
        self, sign_in: SignIn, editor: User, told: Article
    ) -> None:
        client = sign_in(editor)
        tree = page(client, f"/articles/{told.pk}/restore?to=3&passage=2")
        assert "with it: 4" in tree.cssselect("main")[0].text_content()
        assert self.post(client, told, to=3, passage=2).status_code == 302
        assert len(texts_of(told)) == 3

    def test_a_reader_is_refused(self, sign_in: SignIn, reader: User, told: Article) -> None:
        assert self.post(sign_in(reader), told).status_code == 403
        page(sign_in(reader), f"/articles/{told.pk}/restore?to=1", 403)

    def test_a_stranger_does_not_find_it(
        self, sign_in: SignIn, stranger: User, editor: User, closed_shelf: Collection,
        make_article: MakeArticle,
    ) -> None:  # fmt: skip
        Membership.objects.create(collection=closed_shelf, user=editor, role=Role.EDITOR)
        article = make_article(collection=closed_shelf)
        assert self.post(sign_in(stranger), article).status_code == 404

    @pytest.mark.parametrize("to", ["0", "99", "x", ""])
    def test_no_such_revision_is_not_found(
        self, sign_in: SignIn, editor: User, told: Article, to: str
    ) -> None:
        assert self.post(sign_in(editor), told, to=to).status_code == 404
        page(sign_in(editor), f"/articles/{told.pk}/restore?to={to}", 404)
        page(sign_in(editor), "/articles/999999/restore?to=1", 404)

    def test_no_other_method_does(self, sign_in: SignIn, editor: User, told: Article) -> None:
        assert sign_in(editor).put(f"/articles/{told.pk}/restore").status_code == 405

    def test_what_stands_so_already_is_said(
        self, sign_in: SignIn, editor: User, told: Article
    ) -> None:
        told.refresh_from_db()
        response = self.post(sign_in(editor), told, to=told.revision)
        assert response.status_code == 422
        assert "stands so already" in response.content.decode()

    def test_a_stale_form_is_shown_again(
        self, sign_in: SignIn, editor: User, told: Article
    ) -> None:
        before = texts_of(told)
        response = self.post(sign_in(editor), told, seen=2)
        assert response.status_code == 409
        assert "in the meantime" in response.content.decode()
        assert texts_of(told) == before


def test_history_and_the_way_back_keep_the_list_one_came_from(
    sign_in: SignIn, editor: User, news: Article
) -> None:
    correct(news, "Qui de Arsay", "Quai d’Orsay", editor)
    client, kept = sign_in(editor), "in=q%3DSahel%26sort%3Dnewest&q=Sahel"
    here = news.get_absolute_url()
    [link] = [
        one.get("href")
        for one in page(client, f"{here}?{kept}").cssselect(".tools a")
        if one.get("href").partition("?")[0].endswith("/history")
    ]
    shown = page(client, link)
    assert shown.cssselect(".way-back a")[0].get("href") == f"{here}?{kept}"
    assert shown.cssselect("form.between")[0].form_values()[-2:] == [
        ("in", "q=Sahel&sort=newest"),
        ("q", "Sahel"),
    ]
    others = [one.get("href") for one in shown.cssselect(".seg a, .acts a")]
    assert len(others) >= 5
    assert all(one.endswith(kept) for one in others)
    everything = page(client, others[1])
    assert everything.cssselect(".way-back a")[0].get("href") == f"{here}?{kept}"
    asked = page(client, next(one for one in others if "restore" in one))
    form = asked.cssselect("main form")[0]
    done = client.post(form.get("action"), dict(form.form_values()))
    assert done["location"] == f"{here}?{kept}"
