"""Large uploads in the background: jobs run by a real worker in this process."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.db.models import F
from django.urls import reverse
from lxml import html
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import jobs
from articles.models import Article, BatchState, Collection, ImportBatch, StagedFile, StagedState
from articles.services import batches, staging
from tests.articles.importing.conftest import known_rows, make_zip
from tests.articles.importing.test_pages import file_of, send
from tests.conftest import NEWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 230


@pytest.fixture
def client(sign_in: Callable[[User | None], Client], editor: User) -> Client:
    """An editor's browser."""
    return sign_in(editor)


@pytest.fixture
def large(client: Client, shelf: Collection) -> ImportBatch:
    """An archive of many files, sent but not read yet."""
    texts: dict[str, bytes | str] = {
        f"{n:03}.txt": f"{NEWS}\n\nDépêche numéro {n}.\n" for n in range(MANY)
    }
    response = send(client, file_of("many.zip", make_zip(texts)))
    batch = ImportBatch.objects.get()
    assert response.url == reverse("preview_batch", args=(batch.pk,))
    return batch


def work() -> None:
    """Let a worker do all that waits, in a thread: page tests leave an event loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(_work).result()
    gc.collect()  # its threads' connections, for the database must not be in use when it is dropped


def _work() -> None:
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # Django's has it
    with app.replace_connector(connector) as worker:
        worker.run_worker(
            queues=[jobs.QUEUE], wait=False, install_signal_handlers=False, listen_notify=False
        )


def begin_run(client: Client, batch: ImportBatch) -> None:
    """Press “Import all”."""
    client.post(
        reverse("run_batch", args=(batch.pk,)), {"which": "all", "collection": batch.collection_id}
    )


def test_a_large_upload_waits_safely_and_says_so(client: Client, large: ImportBatch) -> None:
    assert large.state == BatchState.READING
    assert large.files.filter(state=StagedState.WAITING).count() == MANY
    page = html.fromstring(client.get(reverse("preview_batch", args=(large.pk,))).content.decode())
    working = page.cssselect("#working")[0]
    assert working.get("hx-get") == reverse("show_batch_progress", args=(large.pk,))
    assert working.cssselect("progress")[0].get("max") == str(MANY)
    assert working.cssselect(".notice")  # no worker is there


def test_a_worker_reads_then_imports(client: Client, large: ImportBatch) -> None:
    work()
    large.refresh_from_db()
    assert large.state == BatchState.STAGED
    assert large.files.filter(state=StagedState.SURE).count() == MANY
    begin_run(client, large)
    large.refresh_from_db()
    assert (large.state, Article.objects.count()) == (BatchState.RUNNING, 0)
    work()
    large.refresh_from_db()
    assert (large.state, large.created_count, large.done) == (BatchState.DONE, MANY, MANY)
    assert Article.objects.live().filter(batch=large).count() == MANY
    assert known_rows("articles_article") == MANY
    response = client.get(reverse("show_batch_progress", args=(large.pk,)))
    assert response["HX-Redirect"] == reverse("show_batch", args=(large.pk,))


def test_the_bar_survives_a_reload(client: Client, large: ImportBatch) -> None:
    work()
    begin_run(client, large)
    large.refresh_from_db()
    assert batches.run_some(batch=large)
    for name in ("show_batch", "show_batch_progress"):
        content = client.get(reverse(name, args=(large.pk,))).content.decode()
        bar = html.fromstring(content).cssselect("progress")[0]
        assert (bar.get("value"), bar.get("max")) == (str(staging.ROWS), str(MANY))


def test_a_killed_job_goes_on_where_it_stopped(client: Client, large: ImportBatch) -> None:
    work()
    begin_run(client, large)
    large.refresh_from_db()
    assert batches.run_some(batch=large)  # … and then the process is killed, its job `doing`
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = 'import_batch'"
        )
        cursor.execute(
            "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('import', 'retry_stalled', 0, NULL, "
            "NULL, '{\"timestamp\": 0}', NULL)::procrastinate_job_to_defer_v1])"
        )
    assert Article.objects.count() == staging.ROWS
    work()
    large.refresh_from_db()
    assert (large.state, large.created_count) == (BatchState.DONE, MANY)
    assert Article.objects.count() == MANY
    assert not ProcrastinateJob.objects.filter(status__in=("todo", "doing")).exists()


def test_a_job_that_gave_up_can_go_on(client: Client, large: ImportBatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed', attempts = 5")
    page = html.fromstring(client.get(reverse("preview_batch", args=(large.pk,))).content.decode())
    form = page.cssselect("#working form")[0]
    client.post(form.get("action") or "")
    work()
    large.refresh_from_db()
    assert large.state == BatchState.STAGED


def long_ago(column: str) -> None:
    """Put what happened to all batches into the past."""
    ImportBatch.objects.update(**{column: F(column) - timedelta(days=40)})


def test_old_previews_are_forgotten(large: ImportBatch) -> None:
    assert staging.forget_old_previews(days=1) == 0
    long_ago("touched")
    assert staging.forget_old_previews(days=30) == 1
    assert not StagedFile.objects.exists()


def test_a_preview_somebody_came_back_to_is_kept(client: Client, large: ImportBatch) -> None:
    long_ago("created")
    assert staging.forget_old_previews(days=30) == 0
    long_ago("touched")
    client.get(reverse("preview_batch", args=(large.pk,)))
    assert staging.forget_old_previews(days=30) == 0
    assert StagedFile.objects.count() == MANY


def test_what_an_import_left_behind_is_forgotten(client: Client, shelf: Collection) -> None:
    send(client, file_of("a.txt", NEWS), file_of("empty.txt", b""))
    batch = ImportBatch.objects.get()
    begin_run(client, batch)
    long_ago("touched")
    assert staging.forget_old_previews(days=30) == 1
    assert staging.forget_old_previews(days=30) == 0
    assert [bytes(staged.data) for staged in batch.files.all()] == [b""]
    assert batch.articles.count() == 1
