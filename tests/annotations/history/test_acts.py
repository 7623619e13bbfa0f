"""The list of acts: corrections with their words, chosen by person and day; undone in part."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from lxml import html

from annotations.services.correcting import Why
from annotations.services.everywhere import Spot, correct_everywhere
from articles.models import Activity, Article, Collection, Verb
from articles.services.log import Agent
from articles.services.operating import Act, Work, operate
from articles.text.edits import Edit
from articles.text.operations import Text
from tests.annotations.history.acting import anybody, correct, do, texts_of
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries, SettingsWrapper

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]


def acts(client: Client, query: str = "") -> list[html.HtmlElement]:
    response = client.get(f"/activity/{query}", headers={"accept-language": "en"})
    assert response.status_code == 200
    return list(html.document_fromstring(response.content).cssselect("#activities > li"))


def replace_in_both(news: Article, other: Article, user: User) -> Activity:
    """One act on two texts: the ministers become chancellors, and a minister is one too."""
    works = []
    for article in (news, other):
        text = texts_of(article)[1]
        edits = [
            Edit(text.index("ministres"), "ministres", "chanceliers"),
            Edit(text.rindex("ministre"), "ministre", "chancelier"),
        ]
        works.append(Work(article.pk, [Text(2, tuple(edits))]))
    return operate(works, Act(Agent(user), Verb.CORRECT, anybody)).activity


@pytest.fixture
def other(make_article: MakeArticle) -> Article:
    text = "Un mot.\n\nLes ministres ont parlé, a dit le ministre.\n\nUne fin."
    return make_article(text, name="other.txt")


def test_corrections_are_told_with_their_words_and_reasons(
    sign_in: SignIn, editor: User, news: Article
) -> None:
    correct(news, "Anthony Blingen", "Antony Blinken", editor, Why("name", "au communiqué"))
    for query in ("", f"?article={news.pk}"):
        [line, _imported] = acts(sign_in(editor), query)
        assert [one.text_content() for one in line.cssselect("del")] == ["Anthony", "Blingen"]
        assert [one.text_content() for one in line.cssselect("ins")] == ["Antony", "Blinken"]
        assert "au communiqué" in line.text_content()
        assert news.title in line.text_content() or "Blinken" in line.text_content()
        assert line.cssselect("form.undo-act")


def test_an_act_on_many_texts_stands_on_the_page_of_each(
    sign_in: SignIn, editor: User, news: Article, other: Article
) -> None:
    activity = replace_in_both(news, other, editor)
    client = sign_in(editor)
    for article in (news, other):
        line = acts(client, f"?article={article.pk}")[0]
        assert line.get("id") == f"act-{activity.pk}"
        assert len(line.cssselect(".difference")) == 1
        assert f"/articles/{article.pk}/#p2" in html.tostring(line).decode()
    [line, *_imports] = acts(client)
    assert len(line.cssselect(".difference")) == 2
    assert client.post(line.cssselect("form.undo-act")[0].get("action")).status_code == 302
    assert "ministres" in texts_of(news)[1]
    assert "ministres" in texts_of(other)[1]


def test_nobody_sees_what_an_act_did_to_texts_that_they_do_not_see(
    sign_in: SignIn, editor: User, stranger: User, news: Article, closed_shelf: Collection,
    make_article: MakeArticle,
) -> None:  # fmt: skip
    secret = make_article(
        "Rien.\n\nLes ministres, dit le ministre secret.", collection=closed_shelf
    )
    replace_in_both(news, secret, editor)
    line = acts(sign_in(stranger))[0]
    assert len(line.cssselect(".difference")) == 1
    assert secret.title not in line.text_content()
    assert not line.cssselect("form.undo-act")


def test_proposals_on_many_texts_stand_on_the_page_of_each(
    sign_in: SignIn, annotator: User, editor: User, stranger: User, news: Article, other: Article,
    closed_shelf: Collection, make_article: MakeArticle,
) -> None:  # fmt: skip
    secret = make_article("Rien.\n\nLes ministres secrets.", collection=closed_shelf)
    spots = [
        Spot(one.pk, 2, 0, at := texts_of(one)[1].index("ministres"), at + 9, "ministres", "Chef")
        for one in (news, other, secret)
    ]
    done = correct_everywhere(spots=spots, agent=Agent(annotator), allow=anybody, as_proposals=True)
    assert done.activity is not None
    name = f"act-{done.activity.pk}"
    for article in (news, other):
        line = acts(sign_in(editor), f"?article={article.pk}")[0]
        assert line.get("id") == name
        assert "Chef" in line.text_content()
    [line, *_imports] = acts(sign_in(stranger))
    assert line.get("id") == name
    assert line.text_content().count("Chef") == 2  # not that of the text they do not see
    third = make_article("Seul.", name="third.txt")
    assert name not in {one.get("id") for one in acts(sign_in(editor), f"?article={third.pk}")}


def test_acts_are_chosen_by_person_verb_and_day(
    sign_in: SignIn, editor: User, stranger: User, news: Article
) -> None:
    correct(news, "Anthony Blingen", "Antony Blinken", editor)
    correct(news, "Sahel", "Mali", stranger)
    client = sign_in(editor)
    assert len(acts(client)) == 3
    assert len(acts(client, f"?by={stranger.pk}")) == 1
    assert len(acts(client, "?verb=correct")) == 2
    assert len(acts(client, f"?verb=correct&by={editor.pk}&article={news.pk}")) == 1
    assert len(acts(client, "?until=2001-01-01")) == 0
    assert len(acts(client, "?since=x&verb=y&by=z")) == 3  # what is wrong chooses nothing


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_a_day_is_that_of_where_people_are(
    sign_in: SignIn, editor: User, news: Article, settings: SettingsWrapper, zone: str
) -> None:
    settings.TIME_ZONE = zone  # at any moment one of them has another day than UTC
    correct(news, "Anthony Blingen", "Antony Blinken", editor)
    client = sign_in(editor)
    today = timezone.localdate()
    for days, count in ((-1, 0), (0, 2), (1, 0)):
        day = (today + timedelta(days=days)).isoformat()
        assert len(acts(client, f"?since={day}&until={day}")) == count


def test_whoever_edits_nothing_sees_their_own_acts(
    sign_in: SignIn, reader: User, annotator: User, editor: User, news: Article
) -> None:
    correct(news, "Anthony Blingen", "Antony Blinken", editor)
    correct(news, "Sahel", "Mali", annotator)
    client = sign_in(annotator)
    assert client.get("/activity/").status_code == 403
    assert client.get(f"/activity/?by={editor.pk}").status_code == 403
    [line] = acts(client, f"?by={annotator.pk}")
    assert "Mali" in line.text_content()
    assert not line.cssselect("form.undo-act")  # an editor once: texts are for editors
    assert client.get(f"/activity/?article={news.pk}").status_code == 403
    assert len(acts(client, f"?article={news.pk}&by={annotator.pk}")) == 1
    assert acts(sign_in(reader), f"?by={reader.pk}") == []


def test_a_page_of_acts_takes_a_fixed_number_of_queries(
    sign_in: SignIn, editor: User, news: Article, other: Article,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for old, new in (("Sahel", "Mali"), ("New York", "Genève"), ("Mali", "Niger")):
        correct(news, old, new, editor)
    replace_in_both(news, other, editor)
    client = sign_in(editor)
    for query in ("", f"?article={news.pk}"):
        with django_assert_max_num_queries(14):
            acts(client, query)


class TestUndoneInPart:
    """An act of which later ones changed something again."""

    @pytest.fixture
    def act(self, news: Article, other: Article, editor: User) -> Activity:
        """An act on two texts, the words of one of which were changed since."""
        activity = replace_in_both(news, other, editor)
        correct(news, "chanceliers", "consuls", editor)
        return activity

    def test_what_stands_in_the_way_is_named_and_the_rest_offered(
        self, sign_in: SignIn, editor: User, act: Activity, news: Article, other: Article
    ) -> None:
        client = sign_in(editor)
        refused = client.post(f"/activity/{act.pk}/undo", headers={"accept-language": "en"})
        assert refused.status_code == 409
        tree = html.document_fromstring(refused.content)
        [link] = tree.cssselect("#in-the-way a")
        assert link.get("href") == f"/articles/{news.pk}/history"
        assert "corrected" in link.text_content()
        [form] = tree.cssselect("main form")
        values = {one.get("name"): one.get("value") for one in form.cssselect("input")}
        assert values["partly"] == "yes"
        assert client.post(form.get("action"), values).status_code == 302
        assert "ministres" in texts_of(other)[1]
        assert "consuls" in texts_of(news)[1]

    def test_a_script_is_told_where_to_read_more(
        self, sign_in: SignIn, editor: User, act: Activity, other: Article
    ) -> None:
        client = sign_in(editor)
        headers = {"hx-request": "true", "accept-language": "en"}
        refused = client.post(f"/activity/{act.pk}/undo", headers=headers)
        assert refused.status_code == 409
        assert f'"moreUrl": "/activity/{act.pk}/undo"' in refused["HX-Trigger"]
        asked = client.get(f"/activity/{act.pk}/undo", headers={"accept-language": "en"})
        assert asked.status_code == 200
        assert "Undo what can be undone" in asked.content.decode()
        assert "chanceliers" in texts_of(other)[1]  # nothing is done by asking

    def test_it_is_said_when_nothing_stands_in_the_way_or_it_was_undone(
        self, sign_in: SignIn, editor: User, news: Article
    ) -> None:
        activity = correct(news, "Sahel", "Mali", editor)
        client, address = sign_in(editor), f"/activity/{activity.pk}/undo"
        headers = {"accept-language": "en"}
        assert "Undo this act?" in client.get(address, headers=headers).content.decode()
        client.post(address)
        assert "undone this already" in client.get(address, headers=headers).content.decode()

    def test_it_is_asked_and_done_by_those_who_may(
        self, sign_in: SignIn, editor: User, annotator: User, reader: User, news: Article,
        closed_shelf: Collection, stranger: User, make_article: MakeArticle,
    ) -> None:  # fmt: skip
        activity = correct(news, "Sahel", "Mali", editor)
        address = f"/activity/{activity.pk}/undo"
        for person in (reader, annotator):
            assert sign_in(person).get(address).status_code == 403
            assert sign_in(person).post(address, {"partly": "yes"}).status_code == 403
        assert sign_in(editor).put(address).status_code == 405
        assert sign_in(editor).get("/activity/999999/undo").status_code == 404
        secret = make_article("Un Sahel secret.", collection=closed_shelf)
        hidden = correct(secret, "Sahel", "Mali", editor)
        assert sign_in(stranger).get(f"/activity/{hidden.pk}/undo").status_code == 404
        mine = correct(news, "New York", "Genève", annotator)
        assert sign_in(annotator).post(f"/activity/{mine.pk}/undo").status_code == 403
        assert "Genève" in texts_of(news)[2]


def test_undoing_structure_and_words_leaves_no_gap_in_the_list(
    sign_in: SignIn, editor: User, news: Article
) -> None:
    do(news, editor, Text(1, (Edit(0, "Le ", ""),)))
    client = sign_in(editor)
    client.post(acts(client)[0].cssselect("form.undo-act")[0].get("action"))
    [undone, done, _imported] = acts(client)
    assert undone.cssselect("ins")
    assert done.cssselect(".pill")
