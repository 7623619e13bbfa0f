"""Django's admin: shows the texts and their log, leads to the import, writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from lxml import html
from procrastinate.contrib.django import app

from articles.models import Activity, Article, BatchState, ImportBatch
from tests.annotations.saying import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from playwright.sync_api import Page

    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db
MODELS = ("article", "importbatch", "sourcefile", "activity", "revision", "collection")


@pytest.mark.parametrize("model", MODELS)
def test_lists_and_rows_can_be_looked_at(
    sign_in: Callable[[User | None], Client], admin: User, interview: Article, model: str
) -> None:
    client = sign_in(admin)
    response = client.get(reverse(f"admin:articles_{model}_changelist"))
    assert response.status_code == 200
    page = html.fromstring(response.content.decode())
    linked = page.cssselect(f'a[href="{reverse("start_import")}"]')
    assert bool(linked) is (model not in {"activity", "revision"})
    row = page.cssselect("#result_list tbody th a")[0]
    assert client.get(row.get("href") or "").status_code == 200
    assert client.get(reverse(f"admin:articles_{model}_add")).status_code == 403


def test_the_log_cannot_be_changed(
    sign_in: Callable[[User | None], Client], admin: User, news: Article
) -> None:
    client, activity = sign_in(admin), Activity.objects.get()
    change = reverse("admin:articles_activity_change", args=(activity.pk,))
    assert client.post(change, {"agent": "nobody"}).status_code == 403
    delete = reverse("admin:articles_activity_delete", args=(activity.pk,))
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert Activity.objects.get().agent == activity.agent


def test_whole_imports_are_undone_there(
    sign_in: Callable[[User | None], Client], admin: User, news: Article, interview: Article
) -> None:
    batches = [str(pk) for pk in ImportBatch.objects.values_list("pk", flat=True)]
    sign_in(admin).post(
        reverse("admin:articles_importbatch_changelist"),
        {"action": "undo_imports", "_selected_action": batches},
    )
    assert not Article.objects.live().exists()
    states = set(ImportBatch.objects.values_list("state", flat=True))
    assert states == {BatchState.UNDONE}


@pytest.mark.django_db(transaction=True)
def test_it_works_under_the_strict_policy(
    open_browser: Callable[..., Page], admin: User, interview: Article
) -> None:
    page = open_browser(admin)
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else 0)
    page.goto(reverse("admin:articles_article_changelist"))
    page.get_by_role("link", name="Import").first.wait_for()
    page.locator("#result_list tbody th a").first.click()
    page.wait_for_load_state()
    assert "change" in page.url
    assert [fault for fault in faults if "Content Security Policy" in fault] == []


HEADS = {
    "articles/importbatch": "créé le|par|collection|compte rendu|nouveaux|déjà là|échecs",
    "articles/article": "titre|type|date|collection|état|retiré le|sur le site",
    "articles/activity": "créé le|par|acte|article|collection",
    "articles/revision": "article|numéro|opération|créé le",
    "articles/sourcefile": "nom du fichier|encodage|sha-256|créé le",
    "annotations/annotation": "créé le|motivation|par|article|retiré le|sur le site",
    "procrastinate/procrastinatejob": "pk|tâche|appelée avec|état",
}


@pytest.mark.parametrize("address", HEADS)
def test_its_tables_are_french(
    sign_in: Callable[[User | None], Client], admin: User, news: Article, address: str
) -> None:
    said(sign_in(admin), news)
    app.configure_task("import_batch").defer(batch_id="x")
    page = html.fromstring(sign_in(admin).get(f"/admin/{address}/").content.decode())
    heads = page.cssselect("#result_list thead th:not(.action-checkbox-column) .text")
    told = "|".join(" ".join(head.text_content().split()).lower() for head in heads)
    assert told == HEADS[address]
    assert "command line" not in page.text_content()


def test_its_first_page_is_french(sign_in: Callable[[User | None], Client], admin: User) -> None:
    page = html.fromstring(sign_in(admin).get("/admin/").content.decode())
    assert "procrastinate" not in page.cssselect("#content")[0].text_content().lower()
