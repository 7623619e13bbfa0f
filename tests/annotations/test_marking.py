"""Marking passages on the reader page and without any script: signs, forms, what comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from articles.models import Activity, Article, Collection, HouseRule, Passage, Verb
from tests.annotations.saying import events, fragments, post
from tests.articles.marks import mark, rest, standing

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]


def page(client: Client, address: str, status: int = 200) -> html.HtmlElement:
    """The page as a tree."""
    response = client.get(address, headers={"accept-language": "en"})
    assert response.status_code == status
    return html.document_fromstring(response.content)


def send(
    client: Client, article: Article, number: int, status: str, *, htmx: bool = True, **values: Any
) -> HttpResponse:
    """Mark a passage as the page shows it."""
    passage = Passage.objects.filter(article=article, number=number).first()
    shown = {"revision": passage.revision, "seen": passage.status} if passage else {}
    address = f"/articles/{article.pk}/passages/{number}/status"
    return post(client, address, htmx=htmx, status=status, **(shown | values))


class TestSigns:
    def test_editors_see_how_far_each_passage_is_and_may_change_it(
        self, sign_in: SignIn, news: Article, editor: User
    ) -> None:
        mark(news, 1, "proofread", editor)
        mark(news, 2, "problematic", editor, problem="Deux voix <mêlées>")
        tree = page(sign_in(editor), f"/articles/{news.pk}/")
        signs = tree.cssselect(".passage a.sign")
        assert [sign.get("data-status") for sign in signs] == ["proofread", "problematic", "raw"]
        assert signs[0].get("aria-label") == "Passage 1: Proofread. Change it"
        assert signs[2].get("href") == f"/articles/{news.pk}/passages/3/status"
        assert [one.text for one in tree.cssselect(".problem")] == ["Deux voix <mêlées>"]

    def test_readers_see_signs_but_none_where_all_is_raw(
        self, sign_in: SignIn, news: Article, reader: User, editor: User
    ) -> None:
        client = sign_in(reader)
        assert not page(client, f"/articles/{news.pk}/").cssselect(".passage .sign")
        mark(news, 1, "proofread", editor)
        tree = page(client, f"/articles/{news.pk}/")
        [sign] = tree.cssselect(".passage .sign")
        assert (sign.tag, sign.get("role"), sign.get("aria-label")) == ("span", "img", "Proofread")
        assert not tree.cssselect("#rest, #mark-menu, #hand-dialog")

    def test_the_head_says_the_share(
        self, sign_in: SignIn, news: Article, reader: User, editor: User, admin: User
    ) -> None:
        client = sign_in(reader)
        mark(news, 1, "proofread", editor)
        said = page(client, f"/articles/{news.pk}/").cssselect("#standing")[0].text_content()
        assert "1 of 3 passages proofread" in said
        [row] = page(client, "/").cssselect(".row .status")
        assert "1 of 3" in row.text_content()
        rest(news, "proofread", editor)
        mark(news, 1, "validated", admin)
        said = page(client, f"/articles/{news.pk}/").cssselect("#standing")[0].text_content()
        assert "1 of 3 passages validated" in said


class TestMarking:
    def test_the_passage_and_the_share_come_back(
        self, sign_in: SignIn, news: Article, editor: User
    ) -> None:
        response = send(sign_in(editor), news, 2, "proofread")
        assert response.status_code == 200
        found = fragments(response)
        assert list(found) == ["p2", "standing", "rest"]
        assert found["p2"].cssselect("a.sign[data-status=proofread]")
        news.refresh_from_db()
        told = events(response)
        assert told["marked"]["version"] == news.version
        assert told["toast"]["undoUrl"].startswith("/activity/")
        assert standing(news) == ["in_progress", "raw", "proofread", "raw"]

    def test_by_key_no_toast_comes(self, sign_in: SignIn, news: Article, editor: User) -> None:
        assert "toast" not in events(send(sign_in(editor), news, 2, "proofread", quiet="on"))

    def test_without_a_script_a_form_does_it(
        self, sign_in: SignIn, news: Article, editor: User
    ) -> None:
        client = sign_in(editor)
        tree = page(client, f"/articles/{news.pk}/passages/2/status")
        [form] = tree.cssselect("main form")
        values = dict(form.form_values()) | {"status": "problematic", "problem": "Illisible"}
        response = client.post(f"/articles/{news.pk}/passages/2/status", values)
        assert response.status_code == 302
        assert response.headers["Location"] == f"/articles/{news.pk}/#p2"
        assert standing(news)[2] == "problematic"
        told = page(client, f"/articles/{news.pk}/passages/2/status").cssselect(".meta")[0]
        assert "Illisible" in told.text_content()

    def test_what_cannot_be_is_refused_and_kept(
        self, sign_in: SignIn, news: Article, editor: User
    ) -> None:
        client = sign_in(editor)
        answer = send(client, news, 1, "problematic", htmx=False)
        assert answer.status_code == 422
        [chosen] = html.document_fromstring(answer.content).cssselect("main input[checked]")
        assert chosen.get("value") == "problematic"
        assert send(client, news, 1, "perfect").status_code == 422
        send(client, news, 1, "proofread")
        refused = send(client, news, 1, "validated")
        assert refused.status_code == 422
        assert refused.json()["error"]  # type: ignore[attr-defined]  # the test client's
        assert standing(news)[1] == "proofread"

    def test_what_was_marked_or_changed_meanwhile_is_refused(
        self, sign_in: SignIn, news: Article, editor: User
    ) -> None:
        client = sign_in(editor)
        mark(news, 1, "proofread", editor)
        for htmx in (True, False):
            assert send(client, news, 1, "raw", seen="raw", htmx=htmx).status_code == 409
            assert send(client, news, 2, "proofread", revision=7, htmx=htmx).status_code == 409
        assert standing(news) == ["in_progress", "proofread", "raw", "raw"]

    def test_only_editors_there_mark(
        self, sign_in: SignIn, news: Article, reader: User, annotator: User, stranger: User,
        editor: User, closed_shelf: Collection,
    ) -> None:  # fmt: skip
        for person in (reader, annotator):
            assert send(sign_in(person), news, 1, "proofread").status_code == 403
        Article.objects.filter(pk=news.pk).update(collection=closed_shelf)
        assert send(sign_in(stranger), news, 1, "proofread").status_code == 404
        assert send(sign_in(None), news, 1, "proofread").status_code == 401
        assert standing(news)[1] == "raw"

    def test_odd_addresses(self, sign_in: SignIn, news: Article, editor: User) -> None:
        client = sign_in(editor)
        assert send(client, news, 9, "proofread").status_code == 404
        assert client.get(f"/articles/{news.pk}/passages/9/status").status_code == 404
        assert client.get(f"/articles/{news.pk + 9}/passages/1/status").status_code == 404
        assert client.put(f"/articles/{news.pk}/passages/1/status").status_code == 405
        assert client.get(f"/articles/{news.pk}/rest").status_code == 405
        nul = send(client, news, 1, "problematic", problem="a\0b")
        assert nul.status_code == 200


class TestTheRest:
    def test_all_that_is_left_is_one_act(
        self, sign_in: SignIn, news: Article, editor: User, admin: User
    ) -> None:
        client = sign_in(editor)
        mark(news, 1, "problematic", editor, problem="Illisible")
        [form] = page(client, f"/articles/{news.pk}/").cssselect("#rest form")
        assert client.post(form.action, dict(form.form_values())).status_code == 302
        assert standing(news) == ["in_progress", "problematic", "proofread", "proofread"]
        mark(news, 1, "proofread", editor)
        forms = page(sign_in(admin), f"/articles/{news.pk}/").cssselect("#rest form")
        [form] = [one for one in forms if ("status", "validated") in one.form_values()]
        assert sign_in(admin).post(form.action, dict(form.form_values())).status_code == 302
        assert standing(news) == ["validated"] * 4
        assert Activity.objects.filter(verb=Verb.STATUS).count() == 4

    def test_what_is_refused(self, sign_in: SignIn, news: Article, editor: User) -> None:
        client = sign_in(editor)
        address = f"/articles/{news.pk}/rest"
        asked = {"status": "proofread", "revision": 1}
        assert client.post(address, asked | {"status": "raw"}).status_code == 422
        assert client.post(address, asked | {"revision": 0}).status_code == 409
        assert client.post(address, asked).status_code == 302
        assert client.post(address, asked).status_code == 422  # nothing is left
        answer = client.post(
            address, asked | {"status": "validated"}, headers={"accept-language": "en"}
        )
        assert answer.status_code == 422
        assert "You proofread 3 passages of this yourself." in answer.content.decode()
        HouseRule.objects.create(name="lone_validation", value=True)
        assert client.post(address, asked | {"status": "validated"}).status_code == 302
        assert standing(news) == ["validated"] * 4


class TestUndoing:
    def test_the_passages_of_an_undone_act_come_back(
        self, sign_in: SignIn, news: Article, editor: User
    ) -> None:
        client = sign_in(editor)
        send(client, news, 2, "proofread")
        headers = {"hx-request": "true", "hx-current-url": f"http://testserver/articles/{news.pk}/"}
        response = client.post(f"/articles/{news.pk}/undo", headers=headers)
        assert list(fragments(response)) == ["p2", "standing", "rest"]  # type: ignore[arg-type]  # the client's own class
        assert standing(news) == ["raw"] * 4
        again = client.post(f"/articles/{news.pk}/redo", headers=headers)
        assert again.status_code == 200
        assert standing(news)[2] == "proofread"

    def test_what_was_marked_since_is_told(
        self, sign_in: SignIn, news: Article, editor: User, admin: User
    ) -> None:
        client = sign_in(editor)
        send(client, news, 2, "proofread")
        mark(news, 2, "validated", admin)
        response = client.post(f"/articles/{news.pk}/undo", headers={"hx-request": "true"})
        assert response.status_code == 409

    def test_the_history_tells_which_passages(
        self, sign_in: SignIn, news: Article, editor: User
    ) -> None:
        rest(news, "proofread", editor)
        mark(news, 2, "problematic", editor, problem="Illisible")
        tree = page(sign_in(editor), f"/activity/?article={news.pk}")
        [problem, read, _imported] = [one.text_content() for one in tree.cssselect("li")]
        assert "Passages 1–3: Raw → Proofread" in read
        assert "Passage 2: Proofread → Problematic (Illisible)" in problem


@pytest.mark.parametrize("status", ["proofread", "problematic"])
def test_details_set_all_passages(
    sign_in: SignIn, news: Article, editor: User, status: str
) -> None:
    client = sign_in(editor)
    [form] = page(client, f"/articles/{news.pk}/details").cssselect("#details-form")
    values = dict(form.form_values()) | {"status": status}
    if status == "problematic":
        assert client.post(f"/articles/{news.pk}/details", values).status_code == 422
        values["problem"] = "Illisible"
    assert client.post(f"/articles/{news.pk}/details", values).status_code == 302
    assert standing(news) == [status] * 4
    assert news.problem == ("Illisible" if status == "problematic" else "")
    values = dict(
        page(client, f"/articles/{news.pk}/details").cssselect("#details-form")[0].form_values()
    )
    if status == "proofread":
        refused = client.post(f"/articles/{news.pk}/details", values | {"status": "validated"})
        assert refused.status_code == 422
        assert standing(news)[0] == "proofread"
