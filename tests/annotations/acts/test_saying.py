"""Saying something through the page: who may, what comes back, what is refused."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from annotations.models import Annotation, Entity, Tag
from annotations.rendering import render_cards
from articles.models import Activity, Article, Collection, Membership, Passage, Verb
from diplowatch.lib.roles import Role
from tests.annotations.saying import events, fragments, post, said, say, span_of, spans_json
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]


def test_a_highlight_comes_back_as_its_passage_and_its_card(
    sign_in: SignIn, annotator: User, news: Article
) -> None:
    key = str(uuid.uuid4())
    response = say(sign_in(annotator), news, id=key)
    assert response.status_code == 200
    found = fragments(response)
    assert set(found) == {"p1", f"c-{key}"}
    [mark] = found["p1"].cssselect(f'mark[data-a="{key}"]')
    assert mark.text_content() == "Anthony Blingen"
    assert found["p1"].get("hx-swap-oob") == "true"
    heard = events(response)
    assert heard["annotated"] == {
        "id": key, "passages": [1], "changed": [key], "removed": [],
    }  # fmt: skip
    activity = Activity.objects.get(verb=Verb.ANNOTATE)
    assert heard["toast"]["undoUrl"] == f"/activity/{activity.pk}/undo"
    stored = Annotation.objects.get()
    assert (str(stored.pk), stored.creator, stored.private) == (key, annotator, False)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"motivation": "commenting", "body": "Qui ?\r\n<Lui>"},
        {"motivation": "commenting", "body": "Tout", "spans": "", "private": "on"},
        {"motivation": "questioning", "flag_kind": "name"},
        {"motivation": "identifying", "status": "not_identifiable"},
    ],
)
def test_the_card_that_comes_back_is_the_one_that_the_page_shows(
    sign_in: SignIn, annotator: User, news: Article, values: dict[str, str]
) -> None:
    response = say(sign_in(annotator), news, **values)
    made = Annotation.objects.get()
    came = re.search(r'<article class="card".*</article>', response.content.decode(), re.DOTALL)
    asked = render_cards(news, [str(made.pk)], annotator, Role.ANNOTATOR)
    assert came is not None
    assert came[0] == asked


def test_few_queries_however_much_is_said(
    sign_in: SignIn, annotator: User, news: Article,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    client = sign_in(annotator)
    for words in ("Qui de Arsay", "mardi", "OCDE"):
        say(client, news, words)
    with django_assert_max_num_queries(8):
        assert say(client, news).status_code == 200


def test_without_the_script_the_way_leads_to_the_annotation(
    sign_in: SignIn, annotator: User, news: Article
) -> None:
    response = say(sign_in(annotator), news, htmx=False)
    made = Annotation.objects.get()
    assert response.headers["Location"] == f"/articles/{news.pk}/?a={made.pk}#a-{made.pk}"
    note = {"motivation": "commenting", "body": "Bon texte", "spans": ""}
    response = say(sign_in(annotator), news, htmx=False, **note)
    made = Annotation.objects.latest("created")
    assert response.headers["Location"] == f"/articles/{news.pk}/?a={made.pk}#c-{made.pk}"


def test_each_motivation_keeps_its_parts(
    sign_in: SignIn, editor: User, annotator: User, news: Article
) -> None:
    tag = Tag.objects.create(name="ONU", folded="onu")
    entity = Entity.objects.create(kind="person", label_fr="Antony Blinken")
    client = sign_in(annotator)
    assert said(client, news, motivation="tagging", tag=tag.pk).tag == tag
    assert said(client, news, motivation="tagging", tag_name="  onu ").tag == tag
    flag = said(client, news, motivation="questioning", flag_kind="name", body="Blinken ?")
    assert (flag.flag_kind, flag.body) == ("name", "Blinken ?")
    link = said(client, news, motivation="identifying", entity=entity.pk)
    assert (link.entity, link.link_status, link.status_by) == (entity, "unverified", annotator)
    link = said(client, news, motivation="identifying", entity=entity.pk, status="verified")
    assert link.link_status == "unverified"
    link = said(sign_in(editor), news, motivation="identifying", entity=entity.pk)
    assert link.link_status == "verified"
    link = said(sign_in(editor), news, motivation="identifying", status="not_identifiable")
    assert (link.link_status, link.entity) == ("not_identifiable", None)


def test_editors_make_a_tag_as_they_give_it_annotators_do_not(
    sign_in: SignIn, editor: User, annotator: User, news: Article
) -> None:
    response = say(sign_in(annotator), news, motivation="tagging", tag_name="Traités")
    assert response.status_code == 422
    assert not Tag.objects.exists()
    made = said(sign_in(editor), news, motivation="tagging", tag_name="Traités")
    assert made.tag is not None
    assert made.tag.name == "Traités"


def test_readers_say_things_for_themselves_only(
    sign_in: SignIn, reader: User, editor: User, news: Article
) -> None:
    client = sign_in(reader)
    assert say(client, news).status_code == 403
    mine = said(client, news, private="on", motivation="commenting", body="Secret <b>")
    assert mine.private
    assert Activity.objects.get(verb=Verb.ANNOTATE).private
    assert "Secret" not in sign_in(editor).get(f"/articles/{news.pk}/").content.decode()
    assert "Secret &lt;b&gt;" in client.get(f"/articles/{news.pk}/").content.decode()


def test_who_may_not(
    sign_in: SignIn, annotator: User, stranger: User, reader: User, closed_shelf: Collection,
    make_article: MakeArticle,
) -> None:  # fmt: skip
    hidden = make_article(collection=closed_shelf)
    Membership.objects.create(collection=closed_shelf, user=annotator, role=Role.READER)
    assert say(sign_in(None), hidden).status_code == 401
    assert say(sign_in(stranger), hidden).status_code == 404
    assert say(sign_in(annotator), hidden).status_code == 403
    assert say(sign_in(annotator), hidden, private="on").status_code == 200
    client = sign_in(annotator)
    assert client.post("/articles/999999/annotations/new").status_code == 404
    assert client.get(f"/articles/{hidden.pk}/annotations/new").status_code == 405
    assert Annotation.objects.count() == 1


WRONG = [
    ({"spans": "{"}, "wrong"),
    ({"spans": "[" * 100_000}, "wrong"),
    ({"spans": "{}"}, "wrong"),
    ({"spans": '[{"passage": 1}]'}, "wrong"),
    ({"spans": '[{"passage": true, "revision": 0, "start": 0, "end": 2, "exact": "Le"}]'}, "wrong"),
    ({"spans": '[{"passage": 1, "revision": 0, "start": 0, "end": 2.0, "exact": "Le"}]'}, "wrong"),
    ({"spans": '[{"passage": 1, "revision": 0, "start": 0, "end": 2, "exact": "La"}]'}, "wrong"),
    (
        {"spans": '[{"passage": 1, "revision": 0, "start": 0, "end": 1, "exact": "\\ud83d"}]'},
        "wrong",
    ),
    (
        {"spans": '[{"passage": 99, "revision": 0, "start": 0, "end": 2, "exact": "Le"}]'},
        "wrong",
    ),
    ({"motivation": "commenting", "body": "  "}, "wrong"),
    ({"motivation": "commenting", "body": "x" * 100_000}, "long"),
    ({"motivation": "tagging", "tag": "x"}, "wrong"),
    ({"motivation": "tagging", "tag_name": "x" * 100}, "wrong"),
    ({"motivation": "<script>"}, "wrong"),
    ({"motivation": "replying", "body": "x"}, "wrong"),
    ({"motivation": "questioning", "flag_kind": "<script>"}, "wrong"),
    ({"motivation": "identifying"}, "wrong"),
    ({"id": "not-an-id"}, "wrong"),
]


@pytest.mark.parametrize(("values", "code"), WRONG)
def test_what_cannot_be_is_refused_with_a_reason(
    sign_in: SignIn, annotator: User, news: Article, values: dict[str, Any], code: str
) -> None:
    response = say(sign_in(annotator), news, **values)
    assert response.status_code == 422
    answer = json.loads(response.content)
    assert answer["code"] == code
    assert answer["error"]
    assert not Annotation.objects.exists()
    assert not Activity.objects.filter(verb=Verb.ANNOTATE).exists()


def test_what_is_gone_or_changed_meanwhile_is_a_conflict(
    sign_in: SignIn, annotator: User, news: Article
) -> None:
    client = sign_in(annotator)
    tag = Tag.objects.create(name="ONU", folded="onu", retired=True)
    response = say(client, news, motivation="tagging", tag=tag.pk)
    assert (response.status_code, json.loads(response.content)["code"]) == (409, "gone")
    response = say(client, news, motivation="identifying", entity=987_654)
    assert (response.status_code, json.loads(response.content)["code"]) == (409, "gone")
    spans = spans_json(span_of(news, "Anthony Blingen"))
    Passage.objects.filter(article=news, number=1).update(revision=1, retired=True)
    response = say(client, news, spans=spans)
    assert (response.status_code, json.loads(response.content)["code"]) == (409, "stale")
    assert not Annotation.objects.exists()


def test_what_was_typed_is_kept_without_the_script(
    sign_in: SignIn, annotator: User, news: Article
) -> None:
    response = say(
        sign_in(annotator), news, htmx=False, motivation="commenting", body="Long <b>travail",
        spans="[]x",
    )  # fmt: skip
    assert response.status_code == 422
    tree = html.document_fromstring(response.content)
    assert tree.cssselect("textarea")[0].text_content() == "Long <b>travail"


def test_a_double_submit_makes_one(sign_in: SignIn, annotator: User, news: Article) -> None:
    client, key = sign_in(annotator), str(uuid.uuid4())
    sent = {"id": key, "motivation": "commenting", "body": "Une fois"}
    first, second = say(client, news, **sent), say(client, news, **sent)
    assert (first.status_code, second.status_code) == (200, 200)
    assert events(first)["annotated"] == events(second)["annotated"]
    assert Annotation.objects.count() == 1
    assert Activity.objects.filter(verb=Verb.ANNOTATE).count() == 1


def test_nobody_gets_at_anothers_by_its_id(
    sign_in: SignIn, annotator: User, reader: User, news: Article
) -> None:
    secret = said(sign_in(reader), news, private="on", motivation="commenting", body="Secret")
    response = say(
        sign_in(annotator), news, id=str(secret.pk), motivation="commenting", body="Secret"
    )
    assert response.status_code == 422
    assert "Secret" not in response.content.decode()


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def test_html_in_every_field_stays_text(sign_in: SignIn, editor: User, news: Article) -> None:
    client = sign_in(editor)
    entity = Entity.objects.create(kind="person", label_fr=HOSTILE, description_fr=HOSTILE)
    pages = [
        say(client, news, motivation="commenting", body=HOSTILE),
        say(client, news, motivation="tagging", tag_name=HOSTILE, body=HOSTILE),
        say(client, news, motivation="questioning", flag_kind="name", body=HOSTILE),
        say(client, news, motivation="identifying", entity=entity.pk, body=HOSTILE),
    ]
    root = Annotation.objects.filter(motivation="commenting").get()
    pages.append(post(client, f"/a/{root.pk}/reply", body=HOSTILE))
    addresses = (
        f"/articles/{news.pk}/", "/annotations/", f"/articles/{news.pk}/annotations",
        f"/activity/?article={news.pk}", "/activity/", "/tags/", f"/a/{root.pk}/history",
        f"/a/{root.pk}/edit", f"/a/{root.pk}/reply-form",
    )  # fmt: skip
    pages += [client.get(address) for address in addresses]
    for page in pages:
        assert page.status_code == 200
        tree = html.fromstring(f"<div>{page.content.decode()}</div>")
        assert not tree.cssselect("img[src=x], [onerror]")
        assert not [one for one in tree.cssselect("script") if "alert" in one.text_content()]


class TestReplies:
    """Replies: in their thread's card, by whoever may say things there."""

    def test_a_reply_comes_back_in_its_card(
        self, sign_in: SignIn, annotator: User, editor: User, news: Article
    ) -> None:
        root = said(sign_in(editor), news, motivation="commenting", body="Qui ?")
        response = post(sign_in(annotator), f"/a/{root.pk}/reply", body="Lui.")
        assert response.status_code == 200
        found = fragments(response)
        assert set(found) == {f"c-{root.pk}"}
        assert "Lui." in found[f"c-{root.pk}"].cssselect(".replies")[0].text_content()

    def test_an_empty_or_endless_reply_is_refused_and_kept(
        self, sign_in: SignIn, annotator: User, news: Article
    ) -> None:
        client = sign_in(annotator)
        root = said(client, news, motivation="commenting", body="Qui ?")
        key = str(uuid.uuid4())
        response = post(client, f"/a/{root.pk}/reply", body="x" * 30_000, id=key)
        assert response.status_code == 422
        form = html.fragment_fromstring(response.content.decode())
        assert len(form.cssselect("textarea")[0].text_content()) == 30_000
        assert form.cssselect("[name=id]")[0].get("value") == key
        assert post(client, f"/a/{root.pk}/reply", body=" ").status_code == 422
        assert Annotation.objects.count() == 1

    def test_sending_a_reply_twice_makes_one(
        self, sign_in: SignIn, annotator: User, news: Article
    ) -> None:
        client, key = sign_in(annotator), str(uuid.uuid4())
        root = said(client, news, motivation="commenting", body="Qui ?")
        for _ in range(2):
            assert post(client, f"/a/{root.pk}/reply", body="Lui.", id=key).status_code == 200
        assert Annotation.objects.filter(parent=root).count() == 1

    def test_who_may_not_reply(
        self, sign_in: SignIn, annotator: User, reader: User, editor: User, news: Article
    ) -> None:
        root = said(sign_in(annotator), news, motivation="commenting", body="Qui ?")
        assert post(sign_in(reader), f"/a/{root.pk}/reply", body="Moi").status_code == 403
        assert sign_in(reader).get(f"/a/{root.pk}/reply-form").status_code == 403
        assert post(sign_in(None), f"/a/{root.pk}/reply", body="Moi").status_code == 401
        assert post(sign_in(editor), f"/a/{uuid.uuid4()}/reply", body="Moi").status_code == 404
        mine = said(sign_in(reader), news, private="on", motivation="commenting", body="Moi")
        assert post(sign_in(editor), f"/a/{mine.pk}/reply", body="Ah").status_code == 404
        assert post(sign_in(reader), f"/a/{mine.pk}/reply", body="Ah").status_code == 200
        assert Annotation.objects.get(parent=mine).private
        Annotation.objects.filter(pk=root.pk).update(removed=root.created)
        assert post(sign_in(editor), f"/a/{root.pk}/reply", body="Moi").status_code == 404

    def test_the_form_stands_alone_without_the_script(
        self, sign_in: SignIn, annotator: User, news: Article
    ) -> None:
        client = sign_in(annotator)
        root = said(client, news, motivation="commenting", body="Qui ?")
        tree = html.document_fromstring(client.get(f"/a/{root.pk}/reply-form").content)
        [form] = tree.cssselect("main form")
        response = client.post(form.get("action"), {"body": "Lui."})
        assert response.status_code == 302
        assert Annotation.objects.filter(parent=root).count() == 1
