"""The history: what it shows, to whom, and undoing from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.urls import reverse
from lxml import html

from articles.forms.details import details_as_typed
from articles.models import (
    Activity,
    Article,
    BatchState,
    Collection,
    ImportBatch,
    Membership,
    Verb,
)
from articles.queries.activities import OF_ARTICLE, count_acts_on
from articles.services.batches import redo_batch, undo_batch
from articles.services.log import Agent
from articles.services.store import Entry, store_files
from articles.text.reading import read_file
from diplowatch.lib.roles import Role
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]


def acts(client: Client, address: str = "/activity/") -> list[html.HtmlElement]:
    """The acts of a history page."""
    response = client.get(address)
    assert response.status_code == 200
    return list(html.fromstring(response.content.decode()).cssselect("#activities > li"))


def last_said(client: Client, article: Article) -> str:
    """What the last act on a text changed: its values alone."""
    [said] = acts(client, f"/activity/?article={article.pk}")[0].cssselect(".act-said")
    return str(said.text_content()).rpartition(": ")[2]


def change(client: Client, articles: list[Article], **data: object) -> None:
    """Do an act on articles."""
    ids = [article.pk for article in articles]
    assert client.post("/articles/bulk", {"article": ids, "next": "/", **data}).status_code == 302


def test_an_act_is_undone_from_the_history_of_its_text(
    sign_in: SignIn, editor: User, news: Article, interview: Article
) -> None:
    client = sign_in(editor)
    change(client, [news, interview], act="status", status="proofread")
    change(client, [interview], act="tag", tags="ONU")
    assert (
        f"/activity/?article={news.pk}"
        in client.get(f"/articles/{news.pk}/details").content.decode()
    )
    [status, imported] = acts(client, f"/activity/?article={news.pk}")
    assert "editor" in status.text_content()
    assert news.title in status.text_content()
    assert not imported.cssselect("form")
    [form] = status.cssselect("form")
    assert client.post(form.get("action")).status_code == 302
    news.refresh_from_db()
    assert news.status == "raw"
    [undo, status, _imported] = acts(client, f"/activity/?article={news.pk}")
    assert undo.cssselect("form")
    assert status.cssselect(".pill")
    assert not status.cssselect("form")


def test_an_import_says_how_many_texts_it_brought_and_leads_to_its_report(
    sign_in: SignIn, editor: User, admin: User, news: Article
) -> None:
    act = Activity.objects.get(verb=Verb.IMPORT)
    assert act.batch is not None
    report = reverse("show_batch", args=(act.batch.pk,))
    act.batch.creator = None
    act.batch.save()
    for person, sees in ((editor, False), (admin, True)):
        client = sign_in(person)
        [imported] = acts(client)
        assert f"{act.data['count']} " in imported.text_content()
        found = [link.get("href") for link in imported.cssselect("a")]
        assert found == ([report] if sees else [])
        assert client.get(report).status_code == (200 if sees else 404)
    act.batch.creator = editor
    act.batch.save()
    [imported] = acts(sign_in(editor))
    assert [link.get("href") for link in imported.cssselect("a")] == [report]


def test_the_history_of_a_text_has_only_the_import_that_brought_it(
    sign_in: SignIn, editor: User, shelf: Collection
) -> None:
    examples = Collection.objects.create(name="Exemples")
    batch = ImportBatch.objects.create(collection=shelf, creator=editor, state=BatchState.DONE)
    client, agent = sign_in(editor), Agent(editor)

    def brought(text: str, collection: Collection) -> Article:
        entries = [Entry(read_file("a.txt", text.encode()))]
        stored, _words = store_files(entries, collection=collection, batch=batch, agent=agent)
        undo_batch(batch=batch, agent=agent)
        redo_batch(batch=batch, agent=agent)
        return Article.objects.get(pk=stored[0].article_id)

    first = brought("Le premier texte.", examples)
    second = brought("Le second texte.", shelf)
    for article, place, count in ((first, "Exemples", 5), (second, shelf.name, 3)):
        found = acts(client, f"/activity/?article={article.pk}")
        assert len(found) == count
        assert place in found[-1].text_content()
        assert count_acts_on(article, editor) == count


def test_only_what_may_be_edited_is_shown_and_only_what_may_be_is_undone(
    sign_in: SignIn, editor: User, stranger: User, shelf: Collection, closed_shelf: Collection,
    news: Article, make_article: MakeArticle,
) -> None:  # fmt: skip
    Membership.objects.create(collection=closed_shelf, user=editor, role=Role.EDITOR)
    secret = make_article("Un texte secret.", collection=closed_shelf)
    client = sign_in(editor)
    change(client, [secret], act="tag", tags="Zanzibourg")
    change(client, [secret, news], act="status", status="proofread")
    assert len(acts(client)) == 4
    [status, imported] = acts(sign_in(stranger))
    said = status.text_content() + imported.text_content()
    assert secret.title not in said
    assert "Réservé" not in said
    assert not status.cssselect("form")
    assert sign_in(stranger).get(f"/activity/?article={secret.pk}").status_code == 404
    change(client, [secret], act="move", collection=shelf.pk)
    [move, *_rest] = acts(sign_in(stranger), f"/activity/?article={secret.pk}")
    assert "Réservé" not in move.text_content()
    assert not move.cssselect("form")
    assert acts(client, f"/activity/?article={secret.pk}")[0].cssselect("form")


def test_what_changed_a_text_is_found_by_an_index(db: None) -> None:
    asked = {"article": 1, "batch": None, "before": 1 << 60, "count": 30, "user": 0}
    # So many that a look at all of them costs more, whatever other tests have left.
    Activity.objects.bulk_create(Activity(agent="tests", verb=Verb.STATUS) for _ in range(3_000))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE articles_activity")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        cursor.execute(f"EXPLAIN {OF_ARTICLE}", asked)
        assert "activity_changes" in str(cursor.fetchall())


def test_pages_and_odd_addresses(
    sign_in: SignIn, editor: User, reader: User, news: Article, monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    monkeypatch.setattr("articles.queries.activities.PAGE", 2)
    client = sign_in(editor)
    for status in ("proofread", "raw", "in_progress"):
        change(client, [news], act="status", status=status)
    with django_assert_max_num_queries(12):
        page = html.fromstring(client.get(f"/activity/?article={news.pk}").content.decode())
    [older] = page.cssselect("a[rel=next]")
    shown = [*page.cssselect("#activities > li"), *acts(client, older.get("href"))]
    assert len(shown) == Activity.objects.count() == 4
    assert Activity.objects.filter(verb=Verb.STATUS).count() == 3
    assert sign_in(reader).get(f"/activity/?article={news.pk}").status_code == 403
    for odd in ("?article=x", "?before=x", "?article=999999", "?before=" + "9" * 30):
        assert client.get(f"/activity/{odd}").status_code == 404


def test_a_date_is_told_as_far_as_it_is_known(sign_in: SignIn, editor: User, news: Article) -> None:
    client = sign_in(editor)
    told = []
    for date in ("2021-10-08", "2021-10", "2021-10-01", "2021", "2022", ""):
        values = details_as_typed(Article.objects.get(pk=news.pk)) | {"date": date}
        client.post(f"/articles/{news.pk}/details", values)
        told.append(last_said(client, news))
    [form] = acts(client, f"/activity/?article={news.pk}")[0].cssselect("form")
    client.post(form.get("action"))
    told.append(last_said(client, news))
    assert told == [
        "2021-10 → 2021-10-08", "2021-10-08 → 2021-10", "2021-10 → 2021-10-01",
        "2021-10-01 → 2021", "2021 → 2022", "2022 → vide", "vide → 2022",
    ]  # fmt: skip
