"""Changing, moving, deleting and verifying: what is refused, what is kept, who may."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections
from lxml import html

from annotations.models import Annotation, Entity, Tag
from articles.models import Activity, Article, Collection, Membership, Passage, Verb
from diplowatch.lib.roles import Role
from tests.annotations.saying import events, fragments, post, said, say, span_of, spans_json
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]
COMMENT = {"motivation": "commenting", "body": "Qui ?"}


def act(client: Client, one: Annotation, what: str, **values: Any) -> HttpResponse:
    """Act on an annotation as it was seen."""
    return post(client, f"/a/{one.pk}/{what}", **({"version": one.version} | values))


def test_the_words_of_a_comment_change(sign_in: SignIn, annotator: User, news: Article) -> None:
    client = sign_in(annotator)
    one = said(client, news, **COMMENT)
    response = act(client, one, "change", body="Antony Blinken.")
    assert response.status_code == 200
    assert "Antony Blinken." in fragments(response)[f"c-{one.pk}"].text_content()
    one.refresh_from_db()
    assert (one.body, one.version) == ("Antony Blinken.", 2)
    activity = Activity.objects.latest("pk")
    [row] = activity.data["rows"]
    assert (row["before"], row["after"]) == ({"body": "Qui ?"}, {"body": "Antony Blinken."})
    assert activity.verb == Verb.ANNOTATION
    assert events(response)["toast"]["undoUrl"] == f"/activity/{activity.pk}/undo"
    news.refresh_from_db()
    assert news.version == 3


def test_changing_nothing_is_no_act(sign_in: SignIn, annotator: User, news: Article) -> None:
    client = sign_in(annotator)
    one = said(client, news, **COMMENT)
    before = Activity.objects.count()
    assert act(client, one, "change", body=" Qui ? ").status_code == 200
    assert Activity.objects.count() == before


def test_tag_kind_and_entity_change(sign_in: SignIn, editor: User, news: Article) -> None:
    client = sign_in(editor)
    un, nato = (Tag.objects.create(name=name, folded=name) for name in ("onu", "otan"))
    first, second = (
        Entity.objects.create(kind="person", label_fr=name) for name in ("Blinken", "Price")
    )
    tagged = said(client, news, motivation="tagging", tag=un.pk)
    flagged = said(client, news, motivation="questioning", flag_kind="name")
    linked = said(client, news, motivation="identifying", entity=first.pk, status="unverified")
    assert act(client, tagged, "change", tag=nato.pk).status_code == 200
    assert act(client, flagged, "change", flag_kind="garbled").status_code == 200
    assert act(client, linked, "change", entity=second.pk).status_code == 200
    for one in (tagged, flagged, linked):
        one.refresh_from_db()
    assert (tagged.tag, flagged.flag_kind) == (nato, "garbled")
    assert (linked.entity, linked.link_status, linked.status_by) == (second, "verified", editor)
    un.retired = True
    un.save()
    response = act(client, tagged, "change", tag=un.pk)
    assert response.status_code == 409
    assert act(client, flagged, "change", flag_kind="x").status_code == 422
    assert act(client, tagged, "change", tag="").status_code == 422


def test_a_stale_change_keeps_what_was_typed_and_shows_what_stands(
    sign_in: SignIn, annotator: User, editor: User, news: Article
) -> None:
    one = said(sign_in(annotator), news, **COMMENT)
    assert act(sign_in(editor), one, "change", body="Le secrétaire").status_code == 200
    response = act(sign_in(annotator), one, "change", body="Le mien")
    assert response.status_code == 409
    form = html.fragment_fromstring(response.content.decode())
    assert form.cssselect("textarea")[0].text_content() == "Le mien"
    assert "Le secrétaire" in form.cssselect(".notice")[0].text_content()
    assert [one.text for one in form.cssselect(".difference ins")] == ["mien"]
    assert form.cssselect("[data-theirs]")
    again = form.cssselect("[name=version]")[0].get("value")
    assert act(sign_in(annotator), one, "change", body="Le mien", version=again).status_code == 200
    one.refresh_from_db()
    assert one.body == "Le mien"


@pytest.mark.parametrize(
    "values", [{"body": " "}, {"body": "x" * 100_000}, {"version": ""}, {"version": "x"}]
)
def test_what_cannot_be_is_refused_and_stays_in_the_form(
    sign_in: SignIn, annotator: User, news: Article, values: dict[str, str]
) -> None:
    client = sign_in(annotator)
    one = said(client, news, **COMMENT)
    response = act(client, one, "change", **values)
    assert response.status_code == 422
    form = html.fragment_fromstring(response.content.decode())
    assert form.cssselect(".say-fault")
    if "body" in values:
        assert form.cssselect("textarea")[0].text_content() == values["body"]
    one.refresh_from_db()
    assert (one.body, one.version) == ("Qui ?", 1)


@pytest.mark.parametrize("what", ["change", "move", "remove", "status"])
def test_who_may_not(
    sign_in: SignIn, annotator: User, reader: User, editor: User, stranger: User,
    closed_shelf: Collection, make_article: MakeArticle, what: str,
) -> None:  # fmt: skip
    article = make_article(collection=closed_shelf)
    for user, role in ((annotator, Role.ANNOTATOR), (editor, Role.EDITOR), (reader, Role.READER)):
        Membership.objects.create(collection=closed_shelf, user=user, role=role)
    theirs = said(sign_in(editor), article, **COMMENT)
    secret = said(sign_in(reader), article, private="on", **COMMENT)
    values = {"body": "Moi", "status": "verified", "spans": spans_json(span_of(article, "mardi"))}
    assert act(sign_in(None), theirs, what, **values).status_code == 401
    assert act(sign_in(stranger), theirs, what, **values).status_code == 404
    assert act(sign_in(reader), theirs, what, **values).status_code == 403
    assert act(sign_in(annotator), theirs, what, **values).status_code == 403
    assert act(sign_in(editor), secret, what, **values).status_code == 404
    client = sign_in(editor)
    assert post(client, f"/a/{uuid.uuid4()}/{what}", **values).status_code == 404
    assert client.get(f"/a/{theirs.pk}/{what}").status_code == 405
    assert not Annotation.objects.exclude(version=1).exists()


def test_editors_change_what_others_said(
    sign_in: SignIn, annotator: User, editor: User, news: Article
) -> None:
    one = said(sign_in(annotator), news, **COMMENT)
    assert act(sign_in(editor), one, "change", body="Mieux").status_code == 200
    one.refresh_from_db()
    assert (one.body, one.creator) == ("Mieux", annotator)


class TestPrivacy:
    """What is private may be shared, and taken back while nobody has answered."""

    def test_shared_and_taken_back(
        self, sign_in: SignIn, annotator: User, editor: User, news: Article
    ) -> None:
        client = sign_in(annotator)
        one = said(client, news, private="on", **COMMENT)
        post(client, f"/a/{one.pk}/reply", body="À voir")
        assert act(client, one, "change", has_private="1").status_code == 200
        assert not Annotation.objects.filter(private=True).exists()
        one.refresh_from_db()
        assert act(client, one, "change", has_private="1", private="on").status_code == 200
        assert Annotation.objects.filter(private=True).count() == 2
        assert sign_in(editor).get(f"/a/{one.pk}/history").status_code == 404

    def test_what_others_answered_stays_open(
        self, sign_in: SignIn, annotator: User, editor: User, news: Article
    ) -> None:
        one = said(sign_in(annotator), news, **COMMENT)
        post(sign_in(editor), f"/a/{one.pk}/reply", body="Moi")
        response = act(sign_in(annotator), one, "change", has_private="1", private="on")
        assert response.status_code == 409
        assert not Annotation.objects.filter(private=True).exists()

    def test_nobody_hides_what_another_said(
        self, sign_in: SignIn, annotator: User, editor: User, news: Article
    ) -> None:
        one = said(sign_in(annotator), news, **COMMENT)
        response = act(sign_in(editor), one, "change", has_private="1", private="on")
        assert response.status_code == 409
        assert not Annotation.objects.filter(private=True).exists()


class TestMoving:
    """Other words for what was said: by its ends, or elsewhere in the article."""

    def test_both_passages_come_back(self, sign_in: SignIn, annotator: User, news: Article) -> None:
        client = sign_in(annotator)
        one = said(client, news)
        spans = spans_json(span_of(news, "Sahel", 2))
        response = act(client, one, "move", spans=spans)
        assert response.status_code == 200
        assert set(fragments(response)) == {"p1", "p2", f"c-{one.pk}"}
        [target] = Annotation.objects.get().targets.all()
        assert (target.exact, target.passage.number) == ("Sahel", 2)
        text = Passage.objects.get(article=news, number=2).text
        assert target.prefix == text[max(0, target.start - 32) : target.start]

    def test_to_more_and_to_fewer_places(
        self, sign_in: SignIn, annotator: User, news: Article
    ) -> None:
        client = sign_in(annotator)
        one = said(client, news)
        two = spans_json(span_of(news, "mardi"), span_of(news, "Sahel", 2))
        assert act(client, one, "move", spans=two).status_code == 200
        one.refresh_from_db()
        assert (one.target_count, one.targets.count()) == (2, 2)
        assert act(client, one, "move", spans=spans_json(span_of(news, "OCDE"))).status_code == 200
        one.refresh_from_db()
        assert (one.target_count, one.targets.get().exact) == (1, "OCDE")

    def test_what_the_text_does_not_bear_out_is_refused(
        self, sign_in: SignIn, annotator: User, news: Article
    ) -> None:
        client = sign_in(annotator)
        one = said(client, news)
        wrong = '[{"passage": 1, "revision": 0, "start": 0, "end": 2, "exact": "La"}]'
        assert act(client, one, "move", spans=wrong).status_code == 422
        assert act(client, one, "move", spans="").status_code == 422
        assert act(client, one, "move", spans="{").status_code == 422
        stale = spans_json(span_of(news, "mardi"))
        Passage.objects.filter(article=news).update(revision=1)
        response = act(client, one, "move", spans=stale)
        assert (response.status_code, json.loads(response.content)["code"]) == (409, "stale")
        assert one.targets.get().exact == "Anthony Blingen"

    def test_a_stale_move_is_refused(
        self, sign_in: SignIn, annotator: User, editor: User, news: Article
    ) -> None:
        one = said(sign_in(annotator), news)
        spans = spans_json(span_of(news, "mardi"))
        assert act(sign_in(editor), one, "move", spans=spans).status_code == 200
        response = act(sign_in(annotator), one, "move", spans=spans_json(span_of(news, "OCDE")))
        assert response.status_code == 409
        assert one.targets.get().exact == "mardi"


class TestRemoving:
    """Deleted softly, with the replies."""

    def test_the_card_goes_and_the_passage_comes_back_without_its_mark(
        self, sign_in: SignIn, annotator: User, news: Article
    ) -> None:
        client = sign_in(annotator)
        one = said(client, news)
        response = act(client, one, "remove")
        assert response.status_code == 200
        found = fragments(response)
        assert found[f"c-{one.pk}"].get("hx-swap-oob") == "delete"
        assert not found["p1"].cssselect("mark")
        one.refresh_from_db()
        assert one.removed is not None
        assert act(client, one, "remove").status_code == 404

    def test_replies_go_along(self, sign_in: SignIn, annotator: User, news: Article) -> None:
        client = sign_in(annotator)
        one = said(client, news, **COMMENT)
        post(client, f"/a/{one.pk}/reply", body="Moi")
        assert act(client, one, "remove").status_code == 200
        assert not Annotation.objects.live().exists()

    def test_a_reply_goes_from_its_card(
        self, sign_in: SignIn, annotator: User, news: Article
    ) -> None:
        client = sign_in(annotator)
        one = said(client, news, **COMMENT)
        post(client, f"/a/{one.pk}/reply", body="Moi")
        reply = Annotation.objects.get(parent=one)
        found = fragments(act(client, reply, "remove"))
        assert not found[f"c-{one.pk}"].cssselect(".replies")

    def test_others_replies_are_not_taken_away_by_annotators(
        self, sign_in: SignIn, annotator: User, editor: User, news: Article
    ) -> None:
        one = said(sign_in(annotator), news, **COMMENT)
        post(sign_in(editor), f"/a/{one.pk}/reply", body="Moi")
        response = act(sign_in(annotator), one, "remove")
        assert response.status_code == 409
        assert events(response)["toast"]["level"] == "error"
        assert Annotation.objects.live().count() == 2
        assert act(sign_in(editor), one, "remove").status_code == 200
        assert not Annotation.objects.live().exists()

    def test_a_stale_removal_is_refused(
        self, sign_in: SignIn, annotator: User, editor: User, news: Article
    ) -> None:
        one = said(sign_in(annotator), news, **COMMENT)
        act(sign_in(editor), one, "change", body="Mieux")
        assert act(sign_in(annotator), one, "remove").status_code == 409
        assert Annotation.objects.live().exists()


class TestStatus:
    """How sure a link is, and who says so."""

    def test_an_editor_verifies_what_an_annotator_linked(
        self, sign_in: SignIn, annotator: User, editor: User, news: Article
    ) -> None:
        entity = Entity.objects.create(kind="person", label_fr="Antony Blinken")
        one = said(sign_in(annotator), news, motivation="identifying", entity=entity.pk)
        assert act(sign_in(annotator), one, "status", status="verified").status_code == 403
        response = act(sign_in(editor), one, "status", status="verified")
        assert response.status_code == 200
        one.refresh_from_db()
        assert (one.link_status, one.status_by) == ("verified", editor)
        assert one.status_at is not None

    def test_an_annotator_says_that_nobody_can_tell(
        self, sign_in: SignIn, annotator: User, news: Article
    ) -> None:
        entity = Entity.objects.create(kind="person", label_fr="Antony Blinken")
        client = sign_in(annotator)
        one = said(client, news, motivation="identifying", entity=entity.pk)
        assert act(client, one, "status", status="not_identifiable").status_code == 200
        one.refresh_from_db()
        assert (one.link_status, one.entity) == ("not_identifiable", None)
        assert act(client, one, "status", status="unverified").status_code == 422

    def test_only_links_have_one(self, sign_in: SignIn, editor: User, news: Article) -> None:
        one = said(sign_in(editor), news)
        assert act(sign_in(editor), one, "status", status="verified").status_code == 422
        assert act(sign_in(editor), one, "status", status="<script>").status_code == 422


def test_the_forms_stand_alone_without_the_script(
    sign_in: SignIn, annotator: User, news: Article
) -> None:
    client = sign_in(annotator)
    one = said(client, news, **COMMENT)
    tree = html.document_fromstring(client.get(f"/a/{one.pk}/edit").content)
    change, remove = tree.cssselect("main form")
    sent = {"version": change.cssselect("[name=version]")[0].get("value"), "body": "Autre"}
    assert client.post(change.get("action"), sent).status_code == 302
    one.refresh_from_db()
    assert one.body == "Autre"
    stale = client.post(change.get("action"), sent | {"body": "Mien"})
    assert stale.status_code == 409
    typed = html.document_fromstring(stale.content).cssselect("main textarea")[0]
    assert typed.text_content() == "Mien"
    gone = client.post(remove.get("action"), {"version": one.version})
    assert gone.headers["Location"] == f"/articles/{news.pk}/"
    one.refresh_from_db()
    assert one.removed is not None


def test_the_history_tells_each_step(
    sign_in: SignIn, annotator: User, editor: User, reader: User, news: Article
) -> None:
    one = said(sign_in(annotator), news, **COMMENT)
    act(sign_in(editor), one, "change", body="Antony Blinken.")
    one.refresh_from_db()
    act(sign_in(editor), one, "move", spans=spans_json(span_of(news, "mardi")))
    page = sign_in(reader).get(f"/a/{one.pk}/history")
    steps = html.document_fromstring(page.content).cssselect("#activities > li")
    told = [" ".join(step.text_content().split()) for step in steps]
    assert len(told) == 3
    assert "Anthony Blingen » → « mardi" in told[0]
    assert "Qui ? → Antony Blinken." in told[1]
    assert "annotator" in told[2]
    assert sign_in(None).get(f"/a/{one.pk}/history").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_writers_at_once_one_is_told(
    sign_in: SignIn, editor: User, make_article: MakeArticle
) -> None:
    article = make_article()
    client = sign_in(editor)
    one = said(client, article, **COMMENT)
    answers: list[tuple[str, HttpResponse]] = []
    start = threading.Barrier(2)

    def write(body: str) -> None:
        mine = sign_in(editor)
        try:
            start.wait()
            answers.append((body, act(mine, one, "change", body=body)))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(body,)) for body in ("Un", "Deux")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for _, answer in answers) == [200, 409]
    one.refresh_from_db()
    for body, answer in answers:
        if answer.status_code == 200:
            assert one.body == body
        else:
            form = html.fragment_fromstring(answer.content.decode())
            assert form.cssselect("textarea")[0].text_content() == body
    assert say(client, article).status_code == 200
