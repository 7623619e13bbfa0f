"""Acts on an import that has gone on meanwhile, or whose texts are elsewhere now."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from django.db import connection, transaction
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import jobs
from articles.models import (
    Article,
    BatchState,
    Collection,
    ImportBatch,
    StagedFile,
    StagedState,
    Visibility,
)
from articles.services import assessment, batches, staging
from articles.text.adjust import Overrides
from articles.views.importing.shown import mark_of
from diplowatch.lib.roles import Role
from tests.articles.importing.test_pages import file_of, page_of, send, words
from tests.conftest import INTERVIEW, NEWS, make_user

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db
REST = (BatchState.RUNNING, BatchState.UNDONE)


@pytest.fixture
def client(sign_in: Callable[[User | None], Client], editor: User) -> Client:
    """An editor's browser, whose faults are answers."""
    client = sign_in(editor)
    client.raise_request_exception = False
    return client


@pytest.fixture
def batch(client: Client, shelf: Collection) -> ImportBatch:
    """Two texts under preview."""
    send(client, file_of("news.txt", NEWS), file_of("interview.txt", INTERVIEW))
    return ImportBatch.objects.get()


def post(client: Client, name: str, batch: ImportBatch, *more: int, **data: Any) -> Any:
    """Press a button of an import."""
    return client.post(reverse(name, args=(batch.pk, *more)), data)


def run(client: Client, batch: ImportBatch) -> Any:
    """Press “Import all”."""
    return post(client, "run_batch", batch, which="all", collection=batch.collection_id)


def put(batch: ImportBatch, state: BatchState) -> None:
    """Let the batch stand so."""
    ImportBatch.objects.filter(pk=batch.pk).update(state=state)


# -- undoing --------------------------------------------------------------------------------------


def test_an_import_under_way_is_not_undone(client: Client, batch: ImportBatch) -> None:
    run(client, batch)
    put(batch, BatchState.RUNNING)
    response = post(client, "undo_batch", batch)
    assert response.status_code == 409
    assert page_of(response).cssselect('[role="alert"]')
    batch.refresh_from_db()
    assert batch.state == BatchState.RUNNING
    assert Article.objects.live().count() == 2


def test_the_admin_pages_leave_an_import_under_way(
    client: Client, batch: ImportBatch, admin: User, sign_in: Callable[[User | None], Client]
) -> None:
    run(client, batch)
    put(batch, BatchState.RUNNING)
    data = {"action": "undo_imports", "_selected_action": [str(batch.pk)]}
    found = sign_in(admin).post(reverse("admin:articles_importbatch_changelist"), data)
    assert found.status_code == 302
    assert Article.objects.live().count() == 2


def test_texts_moved_out_of_reach_are_neither_shown_nor_undone(
    client: Client, batch: ImportBatch, closed_shelf: Collection
) -> None:
    run(client, batch)
    Article.objects.filter(kind="interview").update(collection=closed_shelf)
    page = page_of(client.get(reverse("show_batch", args=(batch.pk,))))
    assert len(page.cssselect("a.file-title")) == 1
    assert post(client, "undo_batch", batch).status_code == 409
    assert Article.objects.live().count() == 2


def test_texts_out_of_reach_are_not_brought_back(
    client: Client, batch: ImportBatch, closed_shelf: Collection
) -> None:
    run(client, batch)
    post(client, "undo_batch", batch)
    Article.objects.filter(kind="interview").update(collection=closed_shelf)
    assert post(client, "redo_batch", batch).status_code == 409
    assert not Article.objects.live().exists()


def test_an_import_into_a_collection_closed_since_is_not_there(
    client: Client, batch: ImportBatch, shelf: Collection, editor: User
) -> None:
    run(client, batch)
    Collection.objects.filter(pk=shelf.pk).update(visibility=Visibility.MEMBERS)
    assert client.get(reverse("show_batch", args=(batch.pk,))).status_code == 404
    assert post(client, "undo_batch", batch).status_code == 404
    shelf.memberships.create(user=editor, role=Role.EDITOR)
    assert client.get(reverse("show_batch", args=(batch.pk,))).status_code == 200


# -- adding and running ---------------------------------------------------------------------------


@pytest.mark.parametrize("state", REST)
def test_no_file_comes_to_an_import_that_began(
    client: Client, batch: ImportBatch, state: BatchState
) -> None:
    put(batch, state)
    response = client.post(
        reverse("add_to_batch", args=(batch.pk,)),
        {"files": [file_of("late.txt", f"{NEWS}\n\nTard.")]}, HTTP_ACCEPT="application/json",
    )  # fmt: skip
    assert response.status_code == 409
    assert response.json()["fault"]
    batch.refresh_from_db()
    assert (batch.state, batch.files.count()) == (state, 2)


@pytest.mark.parametrize("state", REST)
def test_no_run_begins_while_one_goes_on_or_after_undoing(
    client: Client, batch: ImportBatch, state: BatchState
) -> None:
    put(batch, state)
    assert run(client, batch).status_code == 409
    batch.refresh_from_db()
    assert batch.state == state
    assert not Article.objects.exists()


def test_an_import_under_way_is_not_thrown_away(client: Client, batch: ImportBatch) -> None:
    put(batch, BatchState.RUNNING)
    assert post(client, "discard_batch", batch).status_code == 409
    assert batch.files.count() == 2


# -- files a run has taken ------------------------------------------------------------------------


@pytest.mark.parametrize("state", [StagedState.CHOSEN, StagedState.IMPORTED])
def test_a_file_that_a_run_took_is_not_set_right(
    client: Client, batch: ImportBatch, state: StagedState
) -> None:
    staged = batch.files.get(position=1)
    StagedFile.objects.filter(pk=staged.pk).update(state=state, data=b"")
    with pytest.raises(batches.NothingToDo):
        staging.change_staged(staged=staged, overrides=Overrides(swapped=True))
    assert batch.files.get(position=1).state == state


def test_a_file_that_a_run_took_is_not_left_out(client: Client, batch: ImportBatch) -> None:
    batch.files.filter(position=1).update(state=StagedState.CHOSEN)
    assert post(client, "leave_out_staged", batch, 1).status_code == 409
    assert batch.files.count() == 2


def test_two_people_do_not_overwrite_each_other(client: Client, batch: ImportBatch) -> None:
    mine, theirs = (batch.files.get(position=2) for _ in range(2))
    staging.change_staged(staged=theirs, overrides=Overrides(swapped=True))
    with pytest.raises(batches.NothingToDo):
        staging.change_staged(staged=mine, overrides=Overrides(roles={0: "statement"}))
    assert batch.files.get(position=2).overrides["swapped"]


def test_a_table_changes_only_files_that_can_be_read_again(
    client: Client, shelf: Collection, settings: SettingsWrapper
) -> None:
    settings.MAX_FILE_BYTES = 1000
    table = "file,title\nlarge.txt,Grand\nnews.txt,Choisi\n"
    send(
        client, file_of("large.txt", "mot " * 300), file_of("news.txt", NEWS),
        file_of("details.csv", table),
    )  # fmt: skip
    batch = ImportBatch.objects.get()
    assert batch.files.get(name="large.txt").error["code"] == "too_large"
    assert batch.files.get(name="news.txt").summary["title"] == "Choisi"


# -- several processes, many bytes ----------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("batch_state", "file_state"),
    [(BatchState.RUNNING, StagedState.CHOSEN), (BatchState.READING, StagedState.WAITING)],
)
def test_what_another_process_has_in_hand_keeps_the_work_open(
    client: Client, batch: ImportBatch, batch_state: BatchState, file_state: StagedState
) -> None:
    put(batch, batch_state)
    batch.files.update(state=file_state)
    batch.refresh_from_db()

    def other() -> bool:
        try:
            if batch_state == BatchState.RUNNING:
                return batches.run_some(batch=batch)
            return staging.read_waiting(batch=batch)
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as threads:
        assert len(StagedFile.objects.select_for_update(of=("self",)).filter(batch=batch)) == 2
        assert not threads.submit(other).result(timeout=20)
    batch.refresh_from_db()
    assert (batch.state, batch.finished) == (batch_state, None)


def test_few_bytes_are_held_at_once(client: Client, batch: ImportBatch) -> None:
    batch.files.update(data=NEWS.encode() + b" mot" * 200_000, state=StagedState.WAITING)
    assert staging.read_waiting(batch=batch)
    assert batch.files.filter(state=StagedState.WAITING).count() == 1


def test_few_but_large_files_are_imported_in_the_background(
    client: Client, batch: ImportBatch
) -> None:
    batch.files.update(data=NEWS.encode() + b" mot" * 400_000)
    run(client, batch)
    batch.refresh_from_db()
    assert (batch.state, Article.objects.count()) == (BatchState.RUNNING, 0)
    assert ProcrastinateJob.objects.filter(task_name="import_batch").count() == 1


def test_one_job_of_a_kind_waits_for_a_batch(client: Client, batch: ImportBatch) -> None:
    batch.files.update(data=NEWS.encode() + b" mot" * 400_000, state=StagedState.WAITING)
    put(batch, BatchState.READING)
    for _ in range(3):
        assert post(client, "read_batch", batch).status_code == 302
    waiting = ProcrastinateJob.objects.filter(task_name="read_batch", status="todo")
    assert waiting.count() == 1
    batch.refresh_from_db()
    assert batch.job_id == waiting.get().pk
    assert not jobs.job_failed(batch)


# -- what pages send ------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["abc", "²", "9" * 5000])
def test_numbers_that_are_none_are_no_fault_of_ours(
    client: Client, batch: ImportBatch, number: str
) -> None:
    address = reverse("preview_file", args=(batch.pk, 2))
    assert client.get(address, {"passage": number}).status_code == 200
    act = {"act": "passage", "passage": number, "role": "question"}
    assert post(client, "adjust_staged", batch, 2, **act).status_code == 422
    seen = mark_of(StagedFile.objects.get(batch=batch, position=2))
    same: dict[str, Any] = {"act": "speakers", "same-abc": "", "same-0": number, "seen": seen}
    assert post(client, "adjust_staged", batch, 2, **same).status_code == 302
    one = {"which": "one", "position": number, "collection": batch.collection_id}
    assert post(client, "run_batch", batch, **one).status_code == 422


def test_a_file_that_cannot_be_read_is_said(client: Client, batch: ImportBatch) -> None:
    address = reverse("preview_file", args=(batch.pk, 1))
    with mock.patch.object(assessment, "read_any", side_effect=RuntimeError):
        response = client.get(address)
        assert response.status_code == 200
        assert words(page_of(response).cssselect('[role="alert"]')[0])
        for act in ("passage", "speakers", "details"):
            given = {"act": act, "passage": "1", "role": "question"}
            assert post(client, "adjust_staged", batch, 1, **given).status_code < 500


def test_the_table_names_the_language(client: Client, batch: ImportBatch) -> None:
    page = page_of(client.get(reverse("preview_batch", args=(batch.pk,))))
    cells = [words(cell) for cell in page.cssselect("table.files tbody td:nth-child(4)")]
    assert "fr" not in cells
    assert {cell.casefold() for cell in cells} <= {"french", "français"}


def test_a_member_without_reading_rights_has_no_role(
    closed_shelf: Collection, editor: User
) -> None:
    from articles.access import role_in

    assert role_in(editor, closed_shelf) is Role.ANONYMOUS
    closed_shelf.memberships.create(user=editor, role=Role.ANNOTATOR)
    assert role_in(editor, closed_shelf) is Role.ANNOTATOR
    owner = make_user("owner", Role.EDITOR)
    Collection.objects.filter(pk=closed_shelf.pk).update(visibility=Visibility.PRIVATE, owner=owner)
    assert role_in(editor, closed_shelf) is Role.ANONYMOUS
    assert role_in(owner, closed_shelf) is Role.EDITOR
