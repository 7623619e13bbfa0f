"""Tables of details beside the files: good rows hold, bad ones are named, absent files told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from articles.models import Article, ImportBatch
from tests.articles.importing.conftest import make_zip
from tests.articles.importing.test_pages import file_of, page_of, send, words
from tests.conftest import INTERVIEW, NEWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from articles.models import Collection
    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db
TABLE = (
    "fichier;titre;langue;date\n"
    "a.txt;Bien;français;2021-10\n"
    "b.txt;Mal;klingon;2021-10\n"
    "c.txt;Absent;fr;2021\n"
)


@pytest.fixture
def client(sign_in: Callable[[User | None], Client], editor: User) -> Client:
    """An editor's browser."""
    return sign_in(editor)


def preview(client: Client, table: str, *names: str) -> ImportBatch:
    """A batch of files of different bytes and a table."""
    files = [file_of(name, f"{NEWS}\n\nDans {name}.\n") for name in names]
    send(client, file_of("details.csv", table), *files)
    return ImportBatch.objects.get()


def test_details_of_one_of_two_files_with_the_same_bytes_are_those_of_their_text(
    client: Client, shelf: Collection
) -> None:
    table = "file,title,date\nb.txt,Une visite,2021-10\n"
    same = [file_of(name, NEWS) for name in ("a.txt", "b.txt", "c.txt")]
    send(client, file_of("details.csv", table), *same)
    batch = ImportBatch.objects.get()
    assert {one.summary["title"] for one in batch.files.all()} == {"Une visite"}
    client.post(reverse("run_batch", args=(batch.pk,)), {"which": "all", "collection": shelf.pk})
    article = Article.objects.get()
    assert (article.title, article.date_precision) == ("Une visite", "month")


def test_good_rows_hold_and_the_file_of_a_bad_row_is_to_be_checked(
    client: Client, shelf: Collection
) -> None:
    batch = preview(client, TABLE, "a.txt", "b.txt")
    good, bad = batch.files.get(name="a.txt"), batch.files.get(name="b.txt")
    assert (good.state, good.summary["title"], good.summary["language"]) == ("sure", "Bien", "fr")
    assert (bad.state, bad.summary["title"], bad.summary["language"]) == ("doubtful", "Mal", "fr")
    page = page_of(client.get(reverse("preview_batch", args=(batch.pk,))))
    note = words(page.cssselect("tr[data-state=doubtful] .file-note")[0])
    assert "klingon" in note
    assert "3" in note
    told = [words(one) for one in page.cssselect(".table-faults li")]
    assert len(told) == 2
    assert "klingon" in told[0]
    assert "c.txt" in told[1]
    one = page_of(client.get(reverse("preview_file", args=(batch.pk, bad.position))))
    assert "klingon" in words(one.cssselect(".warnings")[0])
    client.post(reverse("run_batch", args=(batch.pk,)), {"which": "sure", "collection": shelf.pk})
    assert Article.objects.get().title == "Bien"


def test_many_bad_rows_are_counted(client: Client, shelf: Collection) -> None:
    rows = "".join(f"{n}.txt,klingon\n" for n in range(9))
    batch = preview(client, "file,lang\n" + rows, "0.txt", "1.txt")
    page = page_of(client.get(reverse("preview_batch", args=(batch.pk,))))
    told = [words(one) for one in page.cssselect(".table-faults li")]
    assert told[-1].startswith("+")
    assert len(told) < 8


def test_setting_a_file_right_settles_its_bad_row(client: Client, shelf: Collection) -> None:
    batch = preview(client, TABLE, "a.txt", "b.txt")
    staged = batch.files.get(name="b.txt")
    client.post(
        reverse("adjust_staged", args=(batch.pk, staged.position)),
        {"act": "swap", "seen": seen(client, staged.batch_id, staged.position)},
    )
    staged.refresh_from_db()
    assert staged.state == "sure"


def seen(client: Client, batch: object, position: int) -> str:
    """The mark of the state that a file's preview shows."""
    page = page_of(client.get(reverse("preview_file", args=(batch, position))))
    return str(page.cssselect("input[name=seen]")[0].get("value"))


def test_one_file_and_a_row_for_another_shows_the_table(client: Client, shelf: Collection) -> None:
    files = [file_of("details.csv", "file,title\nautre.txt,Titre\n"), file_of("a.txt", INTERVIEW)]
    response = send(client, *files)
    batch = ImportBatch.objects.get()
    assert response.url == reverse("preview_batch", args=(batch.pk,))
    page = page_of(client.get(response.url))
    assert "autre.txt" in words(page.cssselect(".table-faults")[0])


def test_files_of_folders_are_found_by_the_end_of_their_path(
    client: Client, shelf: Collection
) -> None:
    table = file_of("details.csv", "file,title\ndossier/a.txt,Titre\n")
    paths = ["tout/details.csv", "tout/dossier/a.txt", "tout/b.txt"]
    files = [table, file_of("a.txt", NEWS), file_of("b.txt", INTERVIEW)]
    client.post(reverse("upload_import"), {"files": files, "paths": paths})
    batch = ImportBatch.objects.get()
    assert batch.files.get(name="a.txt").summary["title"] == "Titre"
    page = page_of(client.get(reverse("preview_batch", args=(batch.pk,))))
    assert not page.cssselect(".table-faults")


def test_a_row_that_several_files_answer_to_leaves_them_to_be_checked(
    client: Client, shelf: Collection
) -> None:
    table = "file;title\nx.txt;Un titre\nb/y.txt;Un autre\n"
    names = ("a/x.txt", "b/x.txt", "a/y.txt", "b/y.txt")
    entries = {"details.csv": table} | {name: f"{NEWS}\n\nDans {name}.\n" for name in names}
    # They may come one after the other.
    first = {name: entries[name] for name in ("details.csv", "a/x.txt")}
    send(client, file_of("first.zip", make_zip(first)))
    batch = ImportBatch.objects.get()
    assert batch.files.get().state == "sure"
    rest = {name: entries[name] for name in names if name != "a/x.txt"}
    more = {"files": [file_of("rest.zip", make_zip(rest))]}
    client.post(reverse("add_to_batch", args=(batch.pk,)), more)
    states = list(batch.files.order_by("summary__path").values_list("name", "state", "overrides"))
    assert [state for name, state, _set in states if name == "x.txt"] == ["doubtful"] * 2
    assert [state for name, state, _set in states if name == "y.txt"] == ["sure"] * 2
    page = page_of(client.get(reverse("preview_batch", args=(batch.pk,))))
    notes = [words(note) for note in page.cssselect("tr[data-state=doubtful] .file-note")]
    assert len([note for note in notes if "x.txt" in note]) == 2
