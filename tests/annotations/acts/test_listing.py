"""The lists of annotations with their filters, and the permalink."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from lxml import html

from annotations.models import Annotation, Tag
from annotations.queries.listing import Cursor, read_cursor
from annotations.services.proposing import accept_correction, propose_correction, reject_correction
from articles.models import Article, Collection
from articles.services.log import Agent
from tests.annotations.saying import span_of
from tests.annotations.speaking import make_entity, reply, say
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries, SettingsWrapper

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]


def rows(client: Client, address: str = "/annotations/") -> list[str]:
    """The headings of a list."""
    response = client.get(address, headers={"accept-language": "en"})
    assert response.status_code == 200
    tree = html.document_fromstring(response.content)
    return [row.text_content() for row in tree.cssselect(".annotation-rows h2")]


@pytest.fixture
def said(news: Article, interview: Article, annotator: User, editor: User) -> dict[str, Annotation]:
    """One of each, oldest first."""
    entity = make_entity("Antony Blinken")
    tag = Tag.objects.create(name="ONU", folded="onu")
    return {
        "flag": say(
            news, (1, "Qui de Arsay"), motivation="questioning", flag_kind="name", creator=editor
        ),
        "tag": say(news, (1, "mardi"), motivation="tagging", tag=tag, creator=editor),
        "link": say(
            news, (1, "Anthony Blingen"), motivation="identifying", entity=entity,
            link_status="unverified", creator=annotator,
        ),
        "comment": say(
            interview, (1, "France"), motivation="commenting", body="À vérifier à 100 %",
            creator=annotator, state="needs_check",
        ),
    }  # fmt: skip


def test_the_newest_comes_first(sign_in: SignIn, reader: User, said: dict[str, Annotation]) -> None:
    assert rows(sign_in(reader)) == ["Comment", "Antony Blinken", "ONU", "Garbled name"]


def test_a_correction_is_listed_with_both_readings_and_what_became_of_it(
    sign_in: SignIn, reader: User, annotator: User, editor: User, news: Article
) -> None:
    made, _activity = propose_correction(
        article_id=news.pk, span=span_of(news, "Qui de Arsay"), replacement="Quai d’<Orsay>",
        agent=Agent(annotator),
    )  # fmt: skip
    client = sign_in(reader)

    def read() -> str:
        page = client.get("/annotations/", headers={"accept-language": "en"})
        return " ".join(
            html.document_fromstring(page.content).cssselect(".row")[0].text_content().split()
        )

    assert "Proposed" in read()
    assert "Qui de Arsay Quai d’<Orsay>" in read()
    reject_correction(
        annotation_id=made.pk, version=made.version, agent=Agent(editor), verdict="Lu ainsi.",
        allow=anybody,
    )  # fmt: skip
    assert "Rejected" in read()
    assert f"Decided by {editor}," in read()
    assert "Lu ainsi." in read()


def test_the_log_says_what_was_decided(
    sign_in: SignIn, annotator: User, editor: User, news: Article
) -> None:
    for words, new in (("Qui de Arsay", "Quai d’Orsay"), ("Blingen", "Blinken")):
        propose_correction(
            article_id=news.pk, span=span_of(news, words), replacement=new, agent=Agent(annotator)
        )
    first, second = Annotation.objects.order_by("created")
    reject_correction(
        annotation_id=first.pk, version=first.version, agent=Agent(editor), allow=anybody
    )
    accept_correction(
        annotation_id=second.pk, version=second.version, agent=Agent(editor), allow=anybody,
        allow_places=anybody,
    )  # fmt: skip
    page = sign_in(editor).get("/activity/", headers={"accept-language": "en"})
    said = " ".join(
        html.document_fromstring(page.content).cssselect("main")[0].text_content().split()
    )
    for wanted in (
        "accepted a proposal for",
        "rejected a proposal for",
        "proposed a correction of",
    ):
        assert wanted in said


def anybody(_what: object) -> None:
    """Lets everybody do everything."""


def test_an_article_has_its_own(
    sign_in: SignIn, reader: User, said: dict[str, Annotation], news: Article
) -> None:
    found = rows(sign_in(reader), f"/articles/{news.pk}/annotations")
    assert found == ["Antony Blinken", "ONU", "Garbled name"]


def test_a_reader_cannot_share_a_note_on_the_text_by_mistake(
    sign_in: SignIn, reader: User, news: Article
) -> None:
    client, address = sign_in(reader), f"/articles/{news.pk}/annotations"
    form = html.fromstring(client.get(address).content).cssselect("form.say-page")[0]
    form.cssselect("[type=checkbox]")[0].checked = False  # type: ignore[attr-defined]  # a form's box
    sent = dict(form.form_values()) | {"body": "Pour moi."}  # type: ignore[attr-defined]  # a form
    assert client.post(str(form.get("action")), sent).status_code == 302
    assert Annotation.objects.get().private


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("motivation=tagging", ["tag"]),
        ("kind=person", ["link"]),
        ("kind=name", ["flag"]),
        ("status=unverified", ["link"]),
        ("status=verified", []),
        ("state=needs_check", ["comment"]),
        ("q=BLINKEN", ["link"]),
        ("q=arsay", ["flag"]),
        ("q=100+%25", ["comment"]),
        ("q=verifier", ["comment"]),
        ("q=_", []),
        ("private=1", []),
        ("motivation=identifying&kind=place", []),
        ("from=2000-01-01&to=2000-12-31", []),
        ("to=2999-12-31&motivation=tagging", ["tag"]),
        ("motivation=<script>&tag=x&by=%27&from=yesterday&after=1_2", [
            "comment", "link", "tag", "flag"]),
    ],
)  # fmt: skip
def test_filters(
    sign_in: SignIn, reader: User, said: dict[str, Annotation], query: str, names: list[str]
) -> None:
    tree = html.document_fromstring(sign_in(reader).get(f"/annotations/?{query}").content)
    links = [one.get("href") for one in tree.cssselect(".annotation-rows h2 a")]
    assert links == [f"/a/{said[name].pk}" for name in names]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_a_day_is_that_of_where_people_are(
    sign_in: SignIn, reader: User, said: dict[str, Annotation], settings: SettingsWrapper, zone: str
) -> None:
    settings.TIME_ZONE = zone  # at any moment one of them has another day than UTC
    Annotation.objects.update(created=timezone.now())
    client = sign_in(reader)
    today = timezone.localdate()
    for days, count in ((-1, 0), (0, 4), (1, 0)):
        day = (today + datetime.timedelta(days=days)).isoformat()
        assert len(rows(client, f"/annotations/?from={day}&to={day}")) == count


def test_filters_by_tag_and_person(
    sign_in: SignIn, reader: User, said: dict[str, Annotation], editor: User
) -> None:
    client = sign_in(reader)
    assert rows(client, f"/annotations/?tag={said['tag'].tag_id}") == ["ONU"]
    assert rows(client, f"/annotations/?by={editor.pk}") == ["ONU", "Garbled name"]


def test_only_what_the_person_may_see(
    sign_in: SignIn, reader: User, editor: User, news: Article, closed_shelf: Collection,
    make_article: MakeArticle, admin: User,
) -> None:  # fmt: skip
    hidden = make_article(collection=closed_shelf)
    say(hidden, (1, "mardi"), motivation="commenting", body="Réservé", creator=admin)
    say(news, (1, "mardi"), motivation="commenting", body="Secret", creator=editor, private=True)
    gone = say(news, (1, "mardi"), motivation="commenting", body="Effacé", creator=editor)
    Annotation.objects.filter(pk=gone.pk).update(removed=gone.created)
    for user, said in ((reader, set()), (editor, {"Secret"}), (admin, {"Réservé"})):
        page = sign_in(user).get("/annotations/").content.decode()
        assert {word for word in ("Réservé", "Secret", "Effacé") if word in page} == said
    assert sign_in(reader).get(f"/articles/{hidden.pk}/annotations").status_code == 404
    assert sign_in(None).get("/annotations/").status_code == 302
    people = html.document_fromstring(sign_in(reader).get("/annotations/").content)
    assert not people.cssselect("[name=by]")


def test_pages_follow_each_other_whole(
    sign_in: SignIn, reader: User, editor: User, news: Article, monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    monkeypatch.setattr("annotations.queries.listing.PAGE", 2)
    bodies = [f"n° {number}" for number in range(5)]
    for body in bodies:
        say(news, (1, "mardi"), motivation="commenting", body=body, creator=editor)
    Annotation.objects.update(created=datetime.datetime.now(datetime.UTC))  # all at once
    client, address, seen = sign_in(reader), "/annotations/?motivation=commenting", []
    for _ in range(3):
        with django_assert_max_num_queries(9):
            tree = html.document_fromstring(client.get(address).content)
        seen += [one.text_content() for one in tree.cssselect(".row .body")]
        following = tree.cssselect("a[rel=next]")
        address = following[0].get("href") if following else ""
    assert sorted(seen) == bodies
    assert address == ""


def test_a_cursor_says_itself() -> None:
    cursor = Cursor(datetime.datetime(2026, 1, 2, 3, 4, 5, 60, datetime.UTC), uuid.uuid4())
    assert read_cursor(str(cursor)) == cursor
    for odd in ("", "_", "1.2_x", "9" * 70, "1e9.0_" + "0" * 32, "99999999999999.0_" + "0" * 32):
        assert read_cursor(odd) is None


class TestPermalinks:
    """`/a/<uuid>` opens the article at the annotation, or says what became of it."""

    def test_to_the_place_in_the_text(
        self, sign_in: SignIn, reader: User, said: dict[str, Annotation], news: Article
    ) -> None:
        one = said["flag"]
        response = sign_in(reader).get(f"/a/{one.pk}")
        assert response.headers["Location"] == f"/articles/{news.pk}/?a={one.pk}#a-{one.pk}"

    def test_to_the_card_of_a_reply(
        self, sign_in: SignIn, reader: User, said: dict[str, Annotation], editor: User
    ) -> None:
        one = reply(said["comment"], "Oui", creator=editor)
        address = sign_in(reader).get(f"/a/{one.pk}").headers["Location"]
        assert address.endswith(f"?a={one.pk}#c-{one.pk}")

    def test_a_deleted_one_leads_to_its_text(
        self, sign_in: SignIn, reader: User, said: dict[str, Annotation], news: Article
    ) -> None:
        one = said["flag"]
        Annotation.objects.filter(pk=one.pk).update(removed=one.created)
        response = sign_in(reader).get(f"/a/{one.pk}")
        assert response.status_code == 404
        assert f'href="/articles/{news.pk}/"' in response.content.decode()

    def test_an_unknown_one_and_a_secret_look_alike(
        self, sign_in: SignIn, reader: User, editor: User, news: Article
    ) -> None:
        secret = say(news, (1, "mardi"), creator=editor, private=True)
        client = sign_in(reader)
        pages = [client.get(f"/a/{pk}") for pk in (secret.pk, uuid.uuid4())]
        assert [page.status_code for page in pages] == [404, 404]
        first, second = (
            html.document_fromstring(page.content).cssselect("main")[0].text_content()
            for page in pages
        )
        assert first == second
        assert sign_in(None).get(f"/a/{secret.pk}").status_code == 302
        assert client.get("/a/not-an-id").status_code == 404
        assert client.post(f"/a/{secret.pk}").status_code == 405
