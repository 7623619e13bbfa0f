"""Undo and redo: of one act, and of one's own last acts on an article."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from annotations.models import Annotation, Tag
from annotations.services.journal import snapshot
from articles.forms.details import details_as_typed
from articles.models import Activity, Article, Collection, Membership, Verb
from diplowatch.lib.roles import Role
from tests.annotations.saying import events, fragments, post, said, span_of, spans_json
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]
COMMENT = {"motivation": "commenting", "body": "Qui ?"}


def act(client: Client, one: Annotation, what: str, **values: Any) -> HttpResponse:
    """Act on an annotation as it stands."""
    one.refresh_from_db()
    response = post(client, f"/a/{one.pk}/{what}", version=one.version, **values)
    assert response.status_code == 200
    return response


def undo_of(response: HttpResponse) -> str:
    """The address that the toast offers."""
    return str(events(response)["toast"]["undoUrl"])


def live() -> set[str]:
    """The bodies of what is there."""
    return set(Annotation.objects.live().values_list("body", flat=True))


def test_what_was_said_goes_and_comes_back(sign_in: SignIn, annotator: User, news: Article) -> None:
    client = sign_in(annotator)
    one = said(client, news, **COMMENT)
    made = Activity.objects.get(verb=Verb.ANNOTATE)
    gone = post(client, f"/activity/{made.pk}/undo")
    assert gone.status_code == 200
    assert events(gone)["toast"]["isUndone"] is True  # so its button does it again
    assert fragments(gone)[f"c-{one.pk}"].get("hx-swap-oob") == "delete"
    assert not fragments(gone)["p1"].cssselect("mark")
    assert live() == set()
    back = post(client, undo_of(gone))
    assert events(back)["toast"]["isUndone"] is False
    assert fragments(back)["p1"].cssselect(f'[data-a="{one.pk}"]')
    assert live() == {"Qui ?"}
    undone, redone = Activity.objects.order_by("pk")[2:4]
    assert (undone.undoes, redone.undoes) == (made, undone)
    news.refresh_from_db()
    assert news.version == 4


@pytest.mark.parametrize("what", ["change", "move", "remove"])
def test_each_act_is_undone_as_a_whole(
    sign_in: SignIn, annotator: User, news: Article, what: str
) -> None:
    client = sign_in(annotator)
    one = said(client, news, **COMMENT)
    post(client, f"/a/{one.pk}/reply", body="Moi")
    before = {row.pk: snapshot(row) for row in Annotation.objects.all()}
    values = {
        "change": {"body": "Autre", "has_private": "1", "private": "on"},
        "move": {"spans": spans_json(span_of(news, "mardi"), span_of(news, "Sahel", 2))},
    }
    done = act(client, one, what, **values.get(what, {}))
    after = {row.pk: snapshot(row) for row in Annotation.objects.all()}
    assert after != before
    undone = post(client, undo_of(done))
    assert undone.status_code == 200
    assert {row.pk: snapshot(row) for row in Annotation.objects.all()} == before
    assert post(client, undo_of(undone)).status_code == 200
    again = {row.pk: snapshot(row) for row in Annotation.objects.all()}
    for pk, values_then in after.items():
        assert {**again[pk], "removed": None} == {**values_then, "removed": None}
    assert (what == "remove") == (not Annotation.objects.live().exists())


def test_undoing_a_move_brings_both_passages_back(
    sign_in: SignIn, annotator: User, news: Article
) -> None:
    client = sign_in(annotator)
    one = said(client, news, **COMMENT)
    done = act(client, one, "move", spans=spans_json(span_of(news, "Sahel", 2)))
    assert {"p1", "p2"} <= set(fragments(post(client, undo_of(done))))


def test_twice_and_after_a_later_change_are_refused(
    sign_in: SignIn, annotator: User, editor: User, news: Article
) -> None:
    client = sign_in(annotator)
    one = said(client, news, **COMMENT)
    first = undo_of(act(client, one, "change", body="Un"))
    second = undo_of(act(sign_in(editor), one, "change", body="Deux"))
    response = post(client, first)
    assert response.status_code == 409
    assert events(response)["toast"]["level"] == "error"
    assert live() == {"Deux"}
    assert post(sign_in(editor), second).status_code == 200
    assert post(client, first).status_code == 200
    assert live() == {"Qui ?"}
    assert post(client, first).status_code == 409


def test_what_others_answered_is_not_undone_away(
    sign_in: SignIn, annotator: User, editor: User, news: Article
) -> None:
    one = said(sign_in(annotator), news, **COMMENT)
    made = Activity.objects.get(verb=Verb.ANNOTATE)
    post(sign_in(editor), f"/a/{one.pk}/reply", body="Moi")
    assert post(sign_in(annotator), f"/activity/{made.pk}/undo").status_code == 409
    assert live() == {"Qui ?", "Moi"}


def test_a_reply_does_not_come_back_without_its_thread(
    sign_in: SignIn, annotator: User, news: Article
) -> None:
    client = sign_in(annotator)
    one = said(client, news, **COMMENT)
    post(client, f"/a/{one.pk}/reply", body="Moi")
    reply = Annotation.objects.get(parent=one)
    back = undo_of(act(client, reply, "remove"))
    act(client, one, "remove")
    assert post(client, back).status_code == 409
    assert live() == set()


def test_a_tag_that_went_does_not_come_back(sign_in: SignIn, editor: User, news: Article) -> None:
    client = sign_in(editor)
    un, nato = (Tag.objects.create(name=name, folded=name) for name in ("onu", "otan"))
    one = said(client, news, motivation="tagging", tag=un.pk)
    back = undo_of(act(client, one, "change", tag=nato.pk))
    Tag.objects.filter(pk=un.pk).update(retired=True)
    assert post(client, back).status_code == 409


def test_who_may_undo(
    sign_in: SignIn, annotator: User, reader: User, editor: User, stranger: User,
    closed_shelf: Collection, make_article: MakeArticle,
) -> None:  # fmt: skip
    article = make_article(collection=closed_shelf)
    for user, role in ((annotator, Role.ANNOTATOR), (editor, Role.EDITOR), (reader, Role.READER)):
        Membership.objects.create(collection=closed_shelf, user=user, role=role)
    said(sign_in(annotator), article, **COMMENT)
    undo = f"/activity/{Activity.objects.latest('pk').pk}/undo"
    assert post(sign_in(None), undo).status_code == 401
    assert post(sign_in(stranger), undo).status_code == 404
    assert post(sign_in(reader), undo).status_code == 403
    assert sign_in(editor).get(undo).status_code == 404
    said(sign_in(reader), article, private="on", **COMMENT)
    private = f"/activity/{Activity.objects.latest('pk').pk}/undo"
    assert post(sign_in(editor), private).status_code == 404
    assert post(sign_in(reader), private).status_code == 200
    assert live() == {"Qui ?"}
    assert post(sign_in(editor), undo).status_code == 200
    assert live() == set()


class TestKeys:
    """Undo and redo by key: worked out from the log, so a reload forgets nothing."""

    def undo(self, client: Client, article: Article) -> HttpResponse:
        """The key for undo."""
        return post(client, f"/articles/{article.pk}/undo")

    def redo(self, client: Client, article: Article) -> HttpResponse:
        """The key for redo."""
        return post(client, f"/articles/{article.pk}/redo")

    def test_back_and_forth(self, sign_in: SignIn, annotator: User, news: Article) -> None:
        client = sign_in(annotator)
        for body in ("un", "deux", "trois"):
            said(client, news, motivation="commenting", body=body)
        self.undo(client, news)
        assert live() == {"un", "deux"}
        self.undo(client, news)
        assert live() == {"un"}
        self.redo(client, news)
        assert live() == {"un", "deux"}
        self.redo(client, news)
        assert live() == {"un", "deux", "trois"}
        assert "toast" in events(self.redo(client, news))
        for _ in range(4):
            assert self.undo(client, news).status_code == 200
        assert live() == set()
        for _ in range(3):
            self.redo(client, news)
        assert live() == {"un", "deux", "trois"}

    def test_a_new_act_forgets_what_was_undone(
        self, sign_in: SignIn, annotator: User, news: Article
    ) -> None:
        client = sign_in(annotator)
        said(client, news, motivation="commenting", body="un")
        self.undo(client, news)
        said(client, news, motivation="commenting", body="deux")
        self.redo(client, news)
        assert live() == {"deux"}
        self.undo(client, news)
        assert live() == set()

    def test_only_ones_own(
        self, sign_in: SignIn, annotator: User, editor: User, news: Article, interview: Article
    ) -> None:
        said(sign_in(annotator), news, motivation="commenting", body="un")
        said(sign_in(editor), news, motivation="commenting", body="deux")
        said(sign_in(annotator), interview, "France", motivation="commenting", body="trois")
        self.undo(sign_in(annotator), news)
        assert live() == {"deux", "trois"}
        self.undo(sign_in(annotator), news)
        assert live() == {"deux", "trois"}

    def test_what_an_editor_has_undone_is_passed_over(
        self, sign_in: SignIn, annotator: User, editor: User, news: Article
    ) -> None:
        client = sign_in(annotator)
        said(client, news, motivation="commenting", body="un")
        said(client, news, motivation="commenting", body="deux")
        last = Activity.objects.latest("pk")
        assert post(sign_in(editor), f"/activity/{last.pk}/undo").status_code == 200
        self.undo(client, news)
        assert live() == set()

    def test_an_act_on_the_details_is_one_too(
        self, sign_in: SignIn, editor: User, news: Article
    ) -> None:
        client = sign_in(editor)
        said(client, news, **COMMENT)
        sent = details_as_typed(news) | {"source": "La Gazette", "follow_text": "on"}
        assert client.post(f"/articles/{news.pk}/details", sent).status_code == 302
        self.undo(client, news)
        news.refresh_from_db()
        assert (news.source, live()) == ("", {"Qui ?"})
        self.undo(client, news)
        assert live() == set()

    def test_without_the_script(self, sign_in: SignIn, annotator: User, news: Article) -> None:
        client = sign_in(annotator)
        said(client, news, **COMMENT)
        response = client.post(f"/articles/{news.pk}/undo")
        assert response.headers["Location"] == f"/articles/{news.pk}/"
        assert live() == set()
        assert client.post(f"/articles/{news.pk}/undo").status_code == 302

    def test_readers_too_and_nobody_else(
        self, sign_in: SignIn, reader: User, stranger: User, closed_shelf: Collection,
        news: Article, make_article: MakeArticle,
    ) -> None:  # fmt: skip
        said(sign_in(reader), news, private="on", **COMMENT)
        assert self.undo(sign_in(reader), news).status_code == 200
        assert live() == set()
        hidden = make_article(collection=closed_shelf)
        assert self.undo(sign_in(stranger), hidden).status_code == 404
        assert self.undo(sign_in(None), hidden).status_code == 401
        assert sign_in(reader).get(f"/articles/{news.pk}/undo").status_code == 405


def test_the_history_page_tells_and_hides(
    sign_in: SignIn, annotator: User, reader: User, editor: User, news: Article
) -> None:
    said(sign_in(annotator), news, motivation="commenting", body="Ouvert")
    said(sign_in(reader), news, private="on", motivation="commenting", body="Fermé")
    for address in ("/activity/", f"/activity/?article={news.pk}"):
        page = html.document_fromstring(sign_in(editor).get(address).content)
        told = page.cssselect("#activities")[0].text_content()
        assert "Ouvert" in told
        assert "Anthony Blingen" in told
        assert "Fermé" not in told
        assert news.title in told
    form = page.cssselect("#activities form")[0]
    assert sign_in(editor).post(form.get("action")).status_code == 302
    assert live() == {"Fermé"}
