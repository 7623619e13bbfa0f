"""Importing in the browser, request by request."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from lxml import html

from articles.models import (
    Activity,
    Article,
    BatchState,
    Collection,
    ImportBatch,
    Kind,
    Membership,
    Passage,
    StagedFile,
    StagedState,
    Verb,
)
from articles.queries import brought
from articles.services.assessment import read_staged
from articles.services.log import COMMAND_LINE
from articles.services.wording import sentence
from articles.views.importing import reported
from articles.views.importing.shown import mark_of
from diplowatch.lib.roles import Role
from tests.articles.importing.conftest import make_zip
from tests.conftest import INTERVIEW, NEWS, MakeArticle, make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries, SettingsWrapper

    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db
DOUBTFUL = "Café à Genève, dit le ministre.\n\nLa séance est levée.\n".encode("latin-1")


@pytest.fixture
def client(sign_in: Callable[[User | None], Client], editor: User) -> Client:
    """An editor's browser."""
    return sign_in(editor)


def file_of(name: str, data: bytes | str) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data if isinstance(data, bytes) else data.encode())


def send(client: Client, *files: SimpleUploadedFile, **data: Any) -> Any:
    """Send files to the first page's form."""
    return client.post(reverse("upload_import"), {"files": list(files), **data})


def page_of(response: Any) -> html.HtmlElement:
    """The page, parsed."""
    return html.fromstring(response.content.decode())


def words(element: html.HtmlElement) -> str:
    """The text of an element, blanks squeezed."""
    return " ".join(str(element.text_content()).split())


@pytest.fixture
def staged(client: Client, shelf: Collection) -> ImportBatch:
    """A batch of three files under preview, one of them doubtful, one refused."""
    send(
        client, file_of("news.txt", NEWS), file_of("cafe.txt", DOUBTFUL), file_of("empty.txt", " ")
    )
    return ImportBatch.objects.get()


@pytest.fixture
def interview_batch(client: Client, shelf: Collection) -> ImportBatch:
    """One interview under preview."""
    send(client, file_of("interview.txt", INTERVIEW))
    return ImportBatch.objects.get()


def test_the_first_page(client: Client) -> None:
    page = page_of(client.get(reverse("start_import")))
    form = page.cssselect("form.drop")[0]
    assert form.get("enctype") == "multipart/form-data"
    assert form.cssselect("input[type=file][multiple]")
    assert page.cssselect("textarea[name=text]")


def test_admins_find_the_imports_of_others_and_of_the_command_line(
    sign_in: Callable[[User | None], Client], editor: User, admin: User, shelf: Collection
) -> None:
    finish = {"state": BatchState.DONE, "collection": shelf}
    ImportBatch.objects.create(agent=COMMAND_LINE, **finish)
    ImportBatch.objects.create(creator=editor, **finish)
    ImportBatch.objects.create(creator=editor, state=BatchState.STAGED)
    asking = sign_in(admin)
    page = page_of(asking.get(reverse("start_import")))
    [others] = page.cssselect(".recent")
    rows = [words(item) for item in others.cssselect("li")]
    assert len(rows) == 2
    assert "editor" in rows[0]
    assert "ligne de commande" in rows[1] or "command line" in rows[1]
    for link in others.cssselect("a"):
        assert asking.get(link.get("href")).status_code == 200
    page = page_of(sign_in(editor).get(reverse("start_import")))
    assert len(page.cssselect(".recent")) == 1
    assert len(page.cssselect(".recent li")) == 2


def test_all_imports_are_found_page_by_page(
    sign_in: Callable[[User | None], Client], editor: User, admin: User, shelf: Collection
) -> None:
    asking = sign_in(editor)
    first, rest = reverse("start_import"), reverse("list_imports")
    for creator in (*[editor] * 8, admin):
        ImportBatch.objects.create(creator=creator, state=BatchState.DONE, collection=shelf)
    assert not page_of(asking.get(first)).cssselect(f'a[href="{rest}"]')
    for _ in range(45):
        ImportBatch.objects.create(creator=editor, state=BatchState.DONE, collection=shelf)
    assert page_of(asking.get(first)).cssselect(f'a[href="{rest}"]')
    page = page_of(asking.get(rest))
    assert len(page.cssselect(".recent-list li")) == 50
    assert page.cssselect('.pages a[rel=next][href="?page=2"]')
    assert len(page_of(asking.get(f"{rest}?page=2")).cssselect(".recent-list li")) == 3
    page = page_of(sign_in(admin).get(f"{rest}?page=2"))
    assert len(page.cssselect(".recent-list li")) == 4


def test_one_file_goes_to_its_preview_and_stores_nothing(client: Client, shelf: Collection) -> None:
    response = send(client, file_of("news.txt", NEWS))
    batch = ImportBatch.objects.get()
    assert response.url == reverse("preview_file", args=(batch.pk, 1))
    page = page_of(client.get(response.url))
    assert words(page.cssselect("h1")[0]).startswith("Le Qui de Arsay")
    assert len(page.cssselect(".text .passage")) == 3
    assert not Article.objects.exists()


def test_files_of_one_name_are_told_apart_by_their_places(
    client: Client, shelf: Collection
) -> None:
    data = make_zip({"d1/n.txt": NEWS, "d2/n.txt": INTERVIEW, "d2/other.txt": f"{NEWS}\n\nSuite."})
    send(client, file_of("all.zip", data))
    batch = ImportBatch.objects.get()
    seen = {"d1/n.txt", "d2/n.txt", "other.txt"}
    page = page_of(client.get(reverse("preview_batch", args=(batch.pk,))))
    assert {words(one).split(" · ")[0] for one in page.cssselect(".file-meta")} == seen
    client.post(reverse("run_batch", args=(batch.pk,)), {"which": "all", "collection": shelf.pk})
    page = page_of(client.get(reverse("show_batch", args=(batch.pk,))))
    assert {words(one) for one in page.cssselect(".file-meta")} == seen


def test_several_files_are_a_table_doubtful_first(client: Client, staged: ImportBatch) -> None:
    page = page_of(client.get(reverse("preview_batch", args=(staged.pk,))))
    states = [row.get("data-state") for row in page.cssselect("table.files tbody tr")]
    assert states == ["doubtful", "refused", "sure"]
    notes = [words(note) for note in page.cssselect("tr[data-state=doubtful] .file-note")]
    assert any("cp1252" in note for note in notes)
    assert page.cssselect("tr[data-state=refused] .file-note")


def test_import_all_that_are_sure(client: Client, staged: ImportBatch, shelf: Collection) -> None:
    response = client.post(
        reverse("run_batch", args=(staged.pk,)),
        {"which": "sure", "collection": shelf.pk, "source": "AFP"},
    )
    assert response.url == reverse("show_batch", args=(staged.pk,))
    article = Article.objects.get()
    assert (article.source, article.collection, article.batch_id) == ("AFP", shelf, staged.pk)
    staged.refresh_from_db()
    assert (staged.state, staged.created_count) == (BatchState.DONE, 1)
    assert staged.files.get(state=StagedState.IMPORTED).article == article
    assert staged.files.filter(state=StagedState.DOUBTFUL).count() == 1


def test_a_collection_is_made_for_a_batch(
    client: Client, staged: ImportBatch, shelf: Collection
) -> None:
    run = reverse("run_batch", args=(staged.pk,))
    values = {"which": "sure", "collection": shelf.pk, "new_collection": f" {shelf.name} "}
    refused = client.post(run, values)
    assert refused.status_code == 422
    assert "Une collection porte déjà ce nom." in refused.content.decode()
    assert not Article.objects.exists()
    client.post(run, values | {"new_collection": "Sommet de Rome"})
    made = Collection.objects.get(name="Sommet de Rome")
    assert {one.collection for one in Article.objects.all()} == {made}
    assert Collection.objects.count() == 2


def test_an_undated_text_is_not_imported_with_the_sure_ones(
    client: Client, shelf: Collection
) -> None:
    send(client, file_of("news.txt", NEWS), file_of("undated.txt", "Un texte.\n\nSans date.\n"))
    batch = ImportBatch.objects.get()
    states = dict(batch.files.values_list("name", "state"))
    assert states == {"news.txt": StagedState.SURE, "undated.txt": StagedState.DOUBTFUL}
    page = page_of(client.get(reverse("preview_batch", args=(batch.pk,))))
    [row] = page.cssselect('tr[data-state="doubtful"]')
    assert row.cssselect(".file-note")


LONE = (
    "date 2021-10-05 Le fleuve et ses riverains.\n\nLe fleuve déborde chaque printemps, et les "
    "riverains demandent des digues.\n\nPourquoi les digues ne sont-elles pas construites ?\n\nLe "
    "financement manque, selon le ministère. Nous avons demandé trois fois les comptes.\n\nQue "
    "disent les ingénieurs ?\n\nIls attendent une décision. Le chantier durerait quatre ans et "
    "coûterait cher à la région.\n\nQui décidera de la suite ?\n\nLe conseil se réunit au mois de "
    "mai. La région et l’État devront se mettre d’accord avant l’été.\n"
)


def test_an_article_of_lone_questions_is_to_be_checked(client: Client, shelf: Collection) -> None:
    send(client, file_of("fleuve.txt", LONE), file_of("news.txt", NEWS))
    batch = ImportBatch.objects.get()
    address = reverse("preview_batch", args=(batch.pk,))
    page = page_of(client.get(address))
    rows = page.cssselect("tr[data-state=doubtful]")
    assert [words(row.cssselect(".file-meta")[0]) for row in rows] == ["fleuve.txt"]
    assert sentence("kind_doubtful") in words(rows[0])
    place = reverse("preview_file", args=(batch.pk, 1))
    one = page_of(client.get(place))
    assert sentence("kind_doubtful") in words(one.cssselect(".warnings")[0])
    seen = one.cssselect("input[name=seen]")[0].get("value")
    details = {"act": "details", "kind": "article", "seen": seen, "date": "2021-10-05"}
    client.post(reverse("adjust_staged", args=(batch.pk, 1)), details)
    assert not page_of(client.get(address)).cssselect("tr[data-state=doubtful]")


def test_a_language_that_few_words_tell_is_to_be_checked(client: Client, shelf: Collection) -> None:
    few = "date 2022-08-02 Pékin et Taïwan, la visite.\n\nWashington minimise.\n"
    send(client, file_of("pekin.txt", few), file_of("news.txt", NEWS))
    batch = ImportBatch.objects.get()
    address = reverse("preview_batch", args=(batch.pk,))
    rows = page_of(client.get(address)).cssselect("tr[data-state=doubtful]")
    assert [words(row.cssselect(".file-meta")[0]) for row in rows] == ["pekin.txt"]
    assert sentence("language_doubtful") in words(rows[0])
    one = page_of(client.get(reverse("preview_file", args=(batch.pk, 1))))
    seen = one.cssselect("input[name=seen]")[0].get("value")
    details = {"act": "details", "language": "fr", "seen": seen, "date": "2022-08-02"}
    client.post(reverse("adjust_staged", args=(batch.pk, 1)), details)
    assert not page_of(client.get(address)).cssselect("tr[data-state=doubtful]")


def test_a_doubtful_kind_is_said_beside_the_date(client: Client, shelf: Collection) -> None:
    text = LONE.removeprefix("date 2021-10-05 ")
    send(client, file_of("fleuve.txt", text), file_of("news.txt", NEWS))
    page = page_of(client.get(reverse("preview_batch", args=(ImportBatch.objects.get().pk,))))
    notes = [words(note) for note in page.cssselect("tr[data-state=doubtful] .file-note")]
    assert len(notes) == 2
    assert sentence("kind_doubtful") in notes


def test_import_all_and_the_report(client: Client, staged: ImportBatch, shelf: Collection) -> None:
    run = reverse("run_batch", args=(staged.pk,))
    client.post(run, {"which": "all", "collection": shelf.pk, "source": ""})
    assert Article.objects.count() == 2
    page = page_of(client.get(reverse("show_batch", args=(staged.pk,))))
    links = [a.get("href") for a in page.cssselect("table.files a.file-title")]
    assert set(links) == {a.get_absolute_url() for a in Article.objects.all()}
    assert page.cssselect(f'a[href="{reverse("list_articles")}?batch={staged.pk}"]')
    assert page.cssselect(f'form[action="{reverse("undo_batch", args=(staged.pk,))}"]')


def test_the_report_of_the_command_line_names_the_texts_that_it_brought(
    sign_in: Callable[[User | None], Client], admin: User, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    monkeypatch.setattr(reported, "PER_PAGE", 2)
    (tmp_path / "z.txt").write_text(NEWS)
    call_command("import_texts", str(tmp_path), "--jobs=1")
    (tmp_path / "z.txt").write_text(f"{NEWS}\n\nDe plus.\n")
    (tmp_path / "i.txt").write_text(INTERVIEW)
    (tmp_path / "e.txt").write_text("")
    for name in ("n.txt", "o.txt"):
        (tmp_path / name).write_text(f"{NEWS}\n\nAutre {name}.\n")
    with suppress(SystemExit):
        call_command("import_texts", str(tmp_path), "--jobs=1", "--on-change=merge")
    client = sign_in(admin)
    batch = ImportBatch.objects.all()[0]
    address = reverse("show_batch", args=(batch.pk,))
    rows = []
    for number in (1, 2):
        with django_assert_max_num_queries(14):
            page = page_of(client.get(f"{address}?page={number}"))
        rows += page.cssselect("table.files tbody tr")
    names = [words(row.cssselect(".file-meta")[0]) for row in rows]
    assert names[0] == "z.txt"
    assert set(names[1:]) == {"i.txt", "n.txt", "o.txt"}
    assert [row.get("data-state") for row in rows] == ["merged", *["imported"] * 3]
    interview, row = Article.objects.get(kind="interview"), rows[names.index("i.txt")]
    assert row.cssselect("a.file-title")[0].get("href") == interview.get_absolute_url()
    assert words(row.cssselect("td")[1]) == Kind.INTERVIEW.label
    the_list = f'p a[href="{reverse("list_articles")}?batch={batch.pk}"]'
    assert not page.cssselect(the_list)
    monkeypatch.setattr(brought, "MOST", 3)
    page = page_of(client.get(f"{address}?page=2"))
    assert len(page.cssselect("table.files tbody tr")) == 1
    assert page.cssselect(the_list)
    client.post(reverse("undo_batch", args=(batch.pk,)))
    page = page_of(client.get(address))
    assert not page.cssselect("tr[data-state=imported] a")
    assert page.cssselect("tr[data-state=imported] .file-title")


def test_the_report_names_what_was_refused_and_why(
    client: Client, shelf: Collection, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    inner = make_zip({"x.txt": "x"})
    bad = [file_of("empty.txt", ""), file_of("binary.txt", b"\x00\x01\x02\xff" * 99)]
    outer = make_zip({"inner.zip": inner})
    send(client, file_of("news.txt", NEWS), *bad, file_of("outer.zip", outer))
    batch = ImportBatch.objects.get()
    client.post(reverse("run_batch", args=(batch.pk,)), {"which": "all", "collection": shelf.pk})
    with django_assert_max_num_queries(14):
        answer = client.get(reverse("show_batch", args=(batch.pk,)), HTTP_ACCEPT_LANGUAGE="en")
    page = page_of(answer)
    rows = page.cssselect("tr[data-state=refused]")
    names = {words(row.cssselect(".file-meta")[0]) for row in rows}
    assert names == {"empty.txt", "binary.txt", "inner.zip"}
    assert all(words(row.cssselect(".file-note")[0]) for row in rows)
    assert "3 refused" in words(page.cssselect(".counts")[0])
    assert not page.cssselect(
        f'.report-acts a[href="{reverse("preview_batch", args=(batch.pk,))}"]'
    )


def test_the_report_leads_to_a_refused_file_that_can_be_set_right(
    client: Client, shelf: Collection
) -> None:
    send(client, file_of("news.txt", NEWS), file_of("cafe.txt", DOUBTFUL))
    batch = ImportBatch.objects.get()
    details = {"act": "details", "encoding": "utf-8"}
    seen = {"seen": mark_of(batch.files.get(position=2))}
    client.post(reverse("adjust_staged", args=(batch.pk, 2)), details | seen)
    assert batch.files.get(position=2).state == StagedState.REFUSED
    client.post(reverse("run_batch", args=(batch.pk,)), {"which": "all", "collection": shelf.pk})
    page = page_of(client.get(reverse("show_batch", args=(batch.pk,))))
    assert page.cssselect(f'.report-acts a[href="{reverse("preview_batch", args=(batch.pk,))}"]')
    assert page.cssselect("tr[data-state=refused] .file-note")


def test_undo_takes_all_away_and_redo_brings_it_back(
    client: Client, staged: ImportBatch, shelf: Collection, editor: User
) -> None:
    client.post(reverse("run_batch", args=(staged.pk,)), {"which": "all", "collection": shelf.pk})
    versions = dict(Article.objects.values_list("pk", "version"))
    client.post(reverse("undo_batch", args=(staged.pk,)))
    assert not Article.objects.live().exists()
    assert Article.objects.count() == 2
    undoing = Activity.objects.get(verb=Verb.UNDO)
    assert (undoing.batch, undoing.actor) == (staged, editor)
    staged.refresh_from_db()
    assert staged.state == BatchState.UNDONE
    report = page_of(client.get(reverse("show_batch", args=(staged.pk,))))
    empty = f'.notice a[href="{reverse("show_collection", args=(shelf.pk,))}"]'
    assert report.cssselect(empty)
    client.post(reverse("redo_batch", args=(staged.pk,)))
    assert Article.objects.live().count() == 2
    report = page_of(client.get(reverse("show_batch", args=(staged.pk,))))
    assert not report.cssselect(empty)
    assert Activity.objects.get(undoes=undoing).data["count"] == 2
    after = dict(Article.objects.values_list("pk", "version"))
    assert all(after[pk] == version + 2 for pk, version in versions.items())


def test_what_was_imported_again_meanwhile_stays_away(
    client: Client, staged: ImportBatch, shelf: Collection
) -> None:
    run = {"which": "all", "collection": shelf.pk}
    client.post(reverse("run_batch", args=(staged.pk,)), run)
    client.post(reverse("undo_batch", args=(staged.pk,)))
    send(client, file_of("again.txt", NEWS))
    other = ImportBatch.objects.exclude(pk=staged.pk).get()
    client.post(reverse("run_batch", args=(other.pk,)), run)
    client.post(reverse("redo_batch", args=(staged.pk,)))
    assert Article.objects.live().count() == 2
    assert Article.objects.live().filter(batch=staged).count() == 1


def test_an_import_of_which_nothing_came_back_stays_undone(
    client: Client, staged: ImportBatch, shelf: Collection
) -> None:
    english = {"accept-language": "en"}
    run, address = {"which": "all", "collection": shelf.pk}, ("show_batch", "redo_batch")
    show, redo = (reverse(name, args=(staged.pk,)) for name in address)
    client.post(reverse("run_batch", args=(staged.pk,)), run)
    client.post(reverse("undo_batch", args=(staged.pk,)))
    send(client, file_of("news.txt", NEWS), file_of("cafe.txt", DOUBTFUL))
    other = ImportBatch.objects.exclude(pk=staged.pk).get()
    client.post(reverse("run_batch", args=(other.pk,)), run)
    page = page_of(client.post(redo, follow=True, headers=english))
    said = words(page.cssselect("body")[0])
    assert "0 texts were brought back" in said
    assert "2 texts stay away" in said
    staged.refresh_from_db()
    assert staged.state == BatchState.UNDONE
    page = page_of(client.get(show, headers=english))
    assert "2 texts imported, then taken away" in words(page.cssselect(".counts")[0])
    assert page.cssselect(f'form[action="{redo}"]')
    client.post(reverse("undo_batch", args=(other.pk,)))
    client.post(redo)
    assert Article.objects.live().filter(batch=staged).count() == 2


def test_the_report_after_an_undo_says_so_and_keeps_the_titles(
    client: Client, staged: ImportBatch, shelf: Collection
) -> None:
    address = reverse("show_batch", args=(staged.pk,))
    english = {"accept-language": "en"}
    client.post(reverse("run_batch", args=(staged.pk,)), {"which": "all", "collection": shelf.pk})
    titles = set(Article.objects.values_list("title", flat=True))
    client.post(reverse("undo_batch", args=(staged.pk,)))
    page = page_of(client.get(address, headers=english))
    counts = words(page.cssselect(".counts")[0])
    assert "2 texts imported, then taken away" in counts
    rows = page.cssselect("table.files tbody tr:not([data-state=refused])")
    assert {words(row.cssselect(".file-title")[0]) for row in rows} == titles
    assert {words(row.cssselect(".state")[0]) for row in rows} == {"Taken away"}
    assert not page.cssselect("table.files a")
    Article.objects.update(collection=Collection.objects.create(name="Cave"))
    Collection.objects.filter(name="Cave").update(visibility="members")
    page = page_of(client.get(address, headers=english))
    assert not page.cssselect(".file-title")
    Article.objects.update(collection=shelf)
    client.post(reverse("redo_batch", args=(staged.pk,)))
    page = page_of(client.get(address, headers=english))
    assert "2 texts imported" in words(page.cssselect(".counts")[0])
    rows = page.cssselect("table.files tbody tr:not([data-state=refused])")
    assert {words(row.cssselect(".state")[0]) for row in rows} == {"Imported"}


def test_undoing_twice_changes_nothing(
    client: Client, staged: ImportBatch, shelf: Collection
) -> None:
    client.post(reverse("run_batch", args=(staged.pk,)), {"which": "all", "collection": shelf.pk})
    for _ in range(2):
        client.post(reverse("undo_batch", args=(staged.pk,)))
    assert Activity.objects.filter(verb=Verb.UNDO).count() == 1


def test_files_already_there_are_said_and_change_nothing(
    client: Client, shelf: Collection, news: Article
) -> None:
    send(client, file_of("copy.txt", NEWS), file_of("other.txt", INTERVIEW))
    batch = ImportBatch.objects.get(creator__isnull=False)
    page = page_of(client.get(reverse("preview_batch", args=(batch.pk,))))
    assert len(page.cssselect(".file-note")) == 1
    client.post(reverse("run_batch", args=(batch.pk,)), {"which": "all", "collection": shelf.pk})
    batch.refresh_from_db()
    assert (batch.created_count, batch.unchanged_count) == (1, 1)
    assert batch.files.get(name="copy.txt").article == news


def test_what_another_collection_has_is_told(
    client: Client, shelf: Collection, news: Article, closed_shelf: Collection
) -> None:
    send(client, file_of("copy.txt", NEWS))
    batch = ImportBatch.objects.get(creator__isnull=False)
    address = reverse("preview_batch", args=(batch.pk,))
    other = Collection.objects.create(name="Matin")
    for place, told in ((other, True), (closed_shelf, False)):
        Article.objects.filter(pk=news.pk).update(collection=place)
        ImportBatch.objects.filter(pk=batch.pk).update(collection=shelf)
        notes = " ".join(
            one.text_content() for one in page_of(client.get(address)).cssselect(".file-note")
        )
        assert (place.name in notes) == told
    assert not page_of(client.get(address)).cssselect("[data-state=unchanged]")


def test_the_preview_of_one_file_says_where_its_bytes_are(
    client: Client, shelf: Collection, news: Article, closed_shelf: Collection
) -> None:
    texts = (("a.txt", INTERVIEW), ("b.txt", INTERVIEW), ("copy.txt", NEWS), ("d.txt", "Rien."))
    send(client, *(file_of(name, text) for name, text in texts))
    batch = ImportBatch.objects.get(creator__isnull=False)

    def notices(position: int) -> str:
        address = reverse("preview_file", args=(batch.pk, position))
        return " ".join(one.text_content() for one in page_of(client.get(address)).cssselect(
            ".warnings"))  # fmt: skip

    assert "a.txt" not in notices(1)
    assert "a.txt" in notices(2)
    assert "collection" in notices(3)
    other = Collection.objects.create(name="Matin")
    for place, told in ((other, True), (closed_shelf, False)):
        Article.objects.filter(pk=news.pk).update(collection=place)
        assert (place.name in notices(3)) == told


def test_the_next_to_check_is_what_the_table_calls_so(
    client: Client, shelf: Collection, make_article: MakeArticle
) -> None:
    other = Collection.objects.create(name="Zone")
    make_article(NEWS, name="open.txt", collection=other)
    here = make_article("Sans date, mais là.", name="there.txt", collection=shelf)
    texts = (
        ("a.txt", INTERVIEW), ("open.txt", NEWS), ("there.txt", "Sans date, mais là."),
        ("undated.txt", "Sans date."),
    )  # fmt: skip
    send(client, *(file_of(name, text) for name, text in texts))
    batch = ImportBatch.objects.exclude(pk=here.batch_id).get(files__position=1)

    def following(position: int) -> str:
        page = page_of(client.get(reverse("preview_file", args=(batch.pk, position))))
        button = page.cssselect("button[value=next]")[0]
        form: Any = next(button.iterancestors("form"))
        sent = {name: value for name, value in form.form_values() if name != "act"}
        return str(client.post(button.get("formaction"), sent | {"act": "next"}).url)

    places = {n: reverse("preview_file", args=(batch.pk, n)) for n in (2, 4)}
    assert [following(n) for n in (1, 2, 4)] == [places[2], places[4], places[2]]


# -- setting right ------------------------------------------------------------------------------


def adjust(client: Client, batch: ImportBatch, **data: Any) -> Any:
    seen = {"seen": mark_of(StagedFile.objects.get(batch=batch, position=1))}
    return client.post(reverse("adjust_staged", args=(batch.pk, 1)), seen | data)


def seen_on(client: Client, batch: ImportBatch) -> str:
    """The state that the page's forms say they were made from."""
    page = page_of(client.get(reverse("preview_file", args=(batch.pk, 1))))
    (seen,) = {one.get("value") for one in page.cssselect('input[name="seen"]')}
    return str(seen)


def test_a_stale_tab_overwrites_nothing_and_keeps_what_was_typed(
    client: Client, interview_batch: ImportBatch
) -> None:
    old = seen_on(client, interview_batch)
    details = {"kind": "", "language": "fr", "date": "", "source": "", "url": "", "encoding": ""}
    first = adjust(client, interview_batch, act="details", title="Premier", seen=old, **details)
    assert first.status_code == 302
    typed = {
        "details": {"title": "Second", **details},
        "passage": {"passage": "1", "role": "statement", "speaker": "", "name": "Une voix"},
        "speakers": {"name-0": "Un autre nom", "same-0": ""},
        "swap": {},
        "reset": {},
    }
    for act, data in typed.items():
        stale = adjust(client, interview_batch, act=act, seen=old, **data)
        assert stale.status_code == 409
        page = page_of(stale)
        assert page.cssselect('[role="alert"]')
        written = {one.get("value") for one in page.cssselect("input, textarea")}
        said = {value for name, value in data.items() if name in {"title", "name", "name-0"}}
        assert said <= written
    kept = StagedFile.objects.get(batch=interview_batch)
    assert kept.overrides["title"] == "Premier"
    again = adjust(client, interview_batch, act="swap", seen=seen_on(client, interview_batch))
    assert again.status_code == 302


def test_the_preview_says_why(client: Client, interview_batch: ImportBatch) -> None:
    page = page_of(client.get(reverse("preview_file", args=(interview_batch.pk, 1))))
    reasons = page.cssselect(".reasons dd")
    assert len(reasons) >= 5
    assert all(reason.cssselect(".sure") for reason in reasons)
    speakers = [words(one) for one in page.cssselect(".passage .speaker")]
    assert speakers == ["France 2", "Antony Blinken", "France 2", "Antony Blinken"]


def test_details_set_right_are_stored(
    client: Client, interview_batch: ImportBatch, shelf: Collection
) -> None:
    response = adjust(
        client, interview_batch, act="details", title="Blinken sur France 2", kind="",
        language="fr", date="12 octobre 2021", source="France 2", url="", encoding="",
    )  # fmt: skip
    assert response.status_code == 302
    client.post(
        reverse("run_batch", args=(interview_batch.pk,)),
        {"which": "one", "position": "1", "collection": shelf.pk},
    )
    article = Article.objects.get()
    assert (article.title, article.title_derived) == ("Blinken sur France 2", False)
    assert (str(article.date), article.date_precision) == ("2021-10-12", "day")
    assert article.source == "France 2"


def test_a_wrong_date_is_said_and_nothing_is_lost(
    client: Client, interview_batch: ImportBatch
) -> None:
    response = adjust(
        client, interview_batch, act="details", title="Gardé", kind="", language="fr",
        date="hier", source="", url="", encoding="",
    )  # fmt: skip
    assert response.status_code == 422
    page = page_of(response)
    assert "hier" in words(page.cssselect(".errorlist")[0])
    assert page.cssselect("input[name=title]")[0].get("value") == "Gardé"
    assert StagedFile.objects.get().overrides == {}


def shown_form(client: Client, batch: ImportBatch, asked: str = "") -> dict[str, str]:
    """What a browser sends of the form around the acts on a file, untouched, and to where."""
    page = page_of(client.get(reverse("preview_file", args=(batch.pk, 1)) + asked))
    form = page.forms[[one.get("id") for one in page.forms].index("run")]
    fields = page.cssselect('#run [name], [name][form="run"]')
    values = {one.get("name"): one.value or "" for one in fields if one.tag != "button"}
    return values | {"address": str(form.get("action"))}


def press(
    client: Client, batch: ImportBatch, label: str, typed: dict[str, str], asked: str = ""
) -> Any:
    """Press a button of a file's page after having typed something in its fields."""
    values = shown_form(client, batch, asked) | typed
    page = page_of(client.get(reverse("preview_file", args=(batch.pk, 1)) + asked))
    buttons = page.cssselect('#run button, button[form="run"]')
    places = {one: one.get("formaction") or values["address"] for one in buttons}
    button = next(
        one for one, to in places.items() if one.get("value") == label or to.endswith(f"/{label}")
    )
    return client.post(places[button], values | {button.get("name") or "": label})


TYPED = {"title": "Titre tapé", "date": "3 mai 2020", "language": "en", "source": "Reuters"}


def test_what_was_typed_is_imported_with_the_text(
    client: Client, staged: ImportBatch, shelf: Collection
) -> None:
    ImportBatch.objects.filter(pk=staged.pk).update(source="AFP")
    press(client, staged, "one", TYPED)
    article = Article.objects.get()
    assert (article.title, str(article.date)) == ("Titre tapé", "2020-05-03")
    assert (article.language, article.source) == ("en", "Reuters")
    staged.refresh_from_db()
    assert staged.source == "AFP"


ALL_TYPED = {
    "title": "Titre tapé", "date": "3 mai 2020", "name-0": "France 24", "same-1": "",
    "passage": "3", "role": "statement", "speaker": "Antony Blinken", "name": "",
}  # fmt: skip
TO_PRESS = ("details", "speakers", "passage", "next", "2", "one", "leave")


@pytest.mark.parametrize("label", TO_PRESS)
def test_whatever_is_pressed_takes_along_what_was_typed_in_any_form(
    client: Client, shelf: Collection, label: str
) -> None:
    send(client, file_of("interview.txt", INTERVIEW), file_of("b.txt", DOUBTFUL))
    batch = ImportBatch.objects.get()
    response = press(client, batch, label, ALL_TYPED, asked="?passage=3")
    assert response.status_code == 302
    if label == "one":
        article = Article.objects.get()
        names, role = article.speaker_names, Passage.objects.get(number=3).role
        assert (article.title, str(article.date)) == ("Titre tapé", "2020-05-03")
        voice = Passage.objects.get(number=3).speaker
        assert voice is not None
        said_by = voice.name
    else:
        file = batch.files.get(position=1)
        read = read_staged(file).parsed
        assert (file.overrides["title"], str(read.date)) == ("Titre tapé", "2020-05-03")
        names = ", ".join(speaker.name for speaker in read.speakers)
        role = read.passages[2].role
        said_by = read.speakers[read.passages[2].speaker or 0].name
    assert (names, role) == ("France 24, Antony Blinken", "statement")
    assert said_by == "Antony Blinken"


def test_what_was_typed_in_any_form_comes_back_where_a_part_is_wrong(
    client: Client, interview_batch: ImportBatch
) -> None:
    wrong = ALL_TYPED | {"date": "hier"}
    for label in ("speakers", "passage", "2", "one"):
        response = press(client, interview_batch, label, wrong, asked="?passage=3")
        assert response.status_code == 422
        page = page_of(response)
        assert page.cssselect("#run[data-unsaved]")
        shown = {one.get("name"): one.value for one in page.cssselect('[form="run"][name]')
                 if one.tag != "button"}  # fmt: skip
        assert {name: shown.get(name) or "" for name in wrong} == wrong
        opened = page.cssselect("details[open]")
        assert [bool(one.cssselect("[name=date]")) for one in opened] == [True, False]
    assert StagedFile.objects.get().overrides == {}


def test_cancelling_a_passage_keeps_the_rest(client: Client, interview_batch: ImportBatch) -> None:
    press(client, interview_batch, "cancel", ALL_TYPED, asked="?passage=3")
    kept = StagedFile.objects.get().overrides
    assert (kept["title"], kept["names"]) == ("Titre tapé", {"0": "France 24"})
    assert "roles" not in kept
    assert "voices" not in kept


def test_a_speaker_given_to_a_passage_keeps_it_under_another_name(
    client: Client, interview_batch: ImportBatch
) -> None:
    given = {"passage": "3", "role": "answer", "speaker": "Antony Blinken", "name": ""}
    adjust(client, interview_batch, act="passage", **given)
    for name in ("A. Blinken", "Tony Blinken"):
        adjust(client, interview_batch, act="speakers", **{"name-1": name, "same-1": ""})
        read = read_staged(StagedFile.objects.get()).parsed
        assert [speaker.name for speaker in read.speakers] == ["France 2", name]
        assert read.passages[2].speaker == 1


@pytest.mark.parametrize(
    ("typed", "fits"), [({"language": "en"}, True), ({"kind": "article"}, False)]
)
def test_names_typed_beside_another_reading_are_kept_where_they_fit(
    client: Client, interview_batch: ImportBatch, *, typed: dict[str, str], fits: bool
) -> None:
    response = press(client, interview_batch, "one", typed | {"name-0": "France 24"})
    if fits:
        assert Article.objects.get().speaker_names == "France 24, Antony Blinken"
        return
    assert response.url == reverse("preview_file", args=(interview_batch.pk, 1))
    assert not Article.objects.exists()
    page = page_of(client.get(response.url))
    assert page.cssselect('.toast[data-level="warning"]')
    assert StagedFile.objects.get().overrides["kind"] == "article"


def test_a_file_among_others_names_its_collection_and_may_take_another(
    client: Client, staged: ImportBatch, shelf: Collection, closed_shelf: Collection
) -> None:
    other = Collection.objects.create(name="Une autre")
    place, report = (
        reverse(name, args=args)
        for name, args in (("preview_file", (staged.pk, 1)), ("show_batch", (staged.pk,)))
    )
    [select] = page_of(client.get(place)).cssselect('select[name="collection"]')
    named = {option.get("value"): option.text for option in select.cssselect("option")}
    assert named == {str(shelf.pk): shelf.name, str(other.pk): other.name}
    assert select.value == str(shelf.pk)
    press(client, staged, "next", {"collection": str(other.pk)})
    staged.refresh_from_db()
    assert staged.collection == other
    press(client, staged, "next", {"collection": str(closed_shelf.pk)})
    press(client, staged, "one", {})
    assert Article.objects.get().collection == other
    run = reverse("run_batch", args=(staged.pk,))
    page = page_of(client.get(report))
    assert other.name in words(page.cssselect(".counts")[0])
    client.post(run, {"which": "all", "collection": shelf.pk})
    page = page_of(client.get(report))
    assert [words(one) for one in page.cssselect(".counts span")][:2] == [shelf.name, other.name]
    metas = {words(one) for one in page.cssselect("tr[data-state=imported] .file-meta")}
    assert metas == {f"news.txt · {other.name}", f"cafe.txt · {shelf.name}"}


def test_importing_twice_from_one_page_is_no_missing_page(
    client: Client, interview_batch: ImportBatch
) -> None:
    values = shown_form(client, interview_batch) | {"which": "one"}
    assert client.post(values["address"], values).status_code == 302
    assert client.post(values["address"], values).status_code in {409, 422}
    assert Article.objects.count() == 1


def test_what_was_typed_is_kept_on_the_way_to_the_next_one(
    client: Client, shelf: Collection
) -> None:
    send(client, file_of("a.txt", DOUBTFUL), file_of("b.txt", DOUBTFUL + b"\nFin.\n"))
    batch = ImportBatch.objects.get()
    following = reverse("preview_file", args=(batch.pk, 2))
    assert press(client, batch, "next", {}).url == following
    assert "checked" not in batch.files.get(position=1).overrides
    assert press(client, batch, "next", TYPED).url == following
    assert batch.files.get(position=1).overrides["title"] == "Titre tapé"


@pytest.mark.parametrize("label", ["one", "next"])
def test_a_wrong_date_beside_another_act_is_said(
    client: Client, shelf: Collection, label: str
) -> None:
    send(client, file_of("a.txt", DOUBTFUL), file_of("b.txt", DOUBTFUL + b"\nFin.\n"))
    batch = ImportBatch.objects.get()
    response = press(client, batch, label, TYPED | {"date": "le douze mai"})
    assert response.status_code == 422
    page = page_of(response)
    assert page.cssselect("details[open] [name=date][aria-invalid=true]")
    assert page.cssselect("[name=title]")[0].get("value") == "Titre tapé"
    assert not Article.objects.exists()


def test_an_import_from_a_stale_tab_overwrites_nothing(
    client: Client, interview_batch: ImportBatch
) -> None:
    values = shown_form(client, interview_batch)
    adjust(client, interview_batch, **(values | TYPED | {"act": "details", "title": "Premier"}))
    late = values | {"which": "one", "title": "Second"}
    response = client.post(values["address"], late)
    assert response.status_code == 409
    assert page_of(response).cssselect("[name=title]")[0].get("value") == "Second"
    assert not Article.objects.exists()


def test_enter_in_a_detail_reads_it_so(client: Client, interview_batch: ImportBatch) -> None:
    page = page_of(client.get(reverse("preview_file", args=(interview_batch.pk, 1))))
    first = page.cssselect('#run button, button[form="run"]')[0]
    assert (first.get("name"), first.get("value")) == ("act", "details")


def test_the_language_is_chosen_from_those_known(
    client: Client, interview_batch: ImportBatch
) -> None:
    address = reverse("preview_file", args=(interview_batch.pk, 1))
    choices = page_of(client.get(address)).cssselect('select[name="language"] option')
    named = {one.get("value"): one.text for one in choices}
    assert {"fr", "en", "pl", "ar"} <= set(named)
    assert named["pl"] in {"Polish", "Polonais"}
    response = adjust(
        client, interview_batch, act="details", title="Gardé", kind="", language="xq",
        date="2021-10", source="", url="", encoding="",
    )  # fmt: skip
    assert response.status_code == 422
    assert "Gardé" in response.content.decode()


def test_another_encoding_reads_the_file_again(client: Client, shelf: Collection) -> None:
    send(client, file_of("cafe.txt", DOUBTFUL))
    batch = ImportBatch.objects.get()
    adjust(
        client, batch, act="details", title="", kind="", language="", date="", source="", url="",
        encoding="mac-roman",
    )  # fmt: skip
    staged = StagedFile.objects.get()
    assert (staged.encoding, staged.state) == ("mac-roman", StagedState.SURE)
    page = page_of(client.get(reverse("preview_file", args=(batch.pk, 1))))
    assert "Café" not in words(page.cssselect(".text")[0])


def test_an_encoding_that_does_not_fit_is_said(client: Client, shelf: Collection) -> None:
    send(client, file_of("cafe.txt", DOUBTFUL))
    batch = ImportBatch.objects.get()
    response = adjust(
        client, batch, act="details", title="", kind="", language="", date="", source="", url="",
        encoding="utf-8",
    )  # fmt: skip
    page = page_of(client.get(response.url))
    assert "utf-8" in words(page.cssselect('[role="alert"]')[0])
    assert page.cssselect("select[name=encoding]")


def test_a_named_voice_pins_no_role_when_questions_and_answers_are_exchanged(
    client: Client, shelf: Collection
) -> None:
    talk = (
        "Q. – Quand partez-vous pour Genève ?\n\nR. – Je pars mardi matin.\n\n"
        "Q. – Qui vous attend là-bas ?\n\nR. – Le ministre et son équipe.\n\n"
        "Q. – Que direz-vous ?\n\nR. – Ce que je sais.\n"
    )
    send(client, file_of("voix.txt", talk))
    batch = ImportBatch.objects.get()

    def roles() -> list[str]:
        return [
            one.role for one in read_staged(StagedFile.objects.get(batch=batch)).parsed.passages
        ]

    before = roles()
    assert before == ["question", "answer"] * 3
    named = {"role": "question", "speaker": "", "name": "Marc Aubin"}
    assert adjust(client, batch, act="passage", passage="1", **named).status_code == 302
    adjust(client, batch, act="swap")
    assert roles() == ["answer", "question"] * 3
    names = [speaker.name for speaker in read_staged(StagedFile.objects.get()).parsed.speakers]
    assert "Marc Aubin" in names
    adjust(client, batch, act="passage", passage="2", role="statement", speaker="", name="")
    adjust(client, batch, act="swap")
    assert roles() == ["question", "statement", *["question", "answer"] * 2]


def test_an_interview_by_hand_without_answers_speaks_of_none(
    client: Client, shelf: Collection
) -> None:
    send(client, file_of("news.txt", NEWS))
    batch = ImportBatch.objects.get()
    adjust(client, batch, **(shown_form(client, batch) | {"act": "details", "kind": "interview"}))
    assert StagedFile.objects.get().summary["answers"] == 0
    page = page_of(client.get(reverse("preview_file", args=(batch.pk, 1))))
    reasons = " ".join(words(one) for one in page.cssselect(".reasons"))
    assert sentence("closing") not in reasons
    assert sentence("introduction") not in reasons


def test_questions_and_answers_swapped(
    client: Client, interview_batch: ImportBatch, shelf: Collection
) -> None:
    adjust(client, interview_batch, act="swap")
    # The title that is made of who speaks follows.
    page = page_of(client.get(reverse("preview_file", args=(interview_batch.pk, 1))))
    assert words(page.cssselect("h1")[0]) == "France 2 – Antony Blinken"
    client.post(
        reverse("run_batch", args=(interview_batch.pk,)),
        {"which": "one", "position": "1", "collection": shelf.pk},
    )
    roles = list(Passage.objects.values_list("role", flat=True))
    assert roles == ["answer", "question", "answer", "question"]


def test_what_lost_signs_or_would_be_a_second_text_is_to_be_checked(
    client: Client, shelf: Collection, closed_shelf: Collection, make_article: MakeArticle,
    editor: User,
) -> None:  # fmt: skip
    other = Collection.objects.create(name="Zone")
    for name, there in (("open.txt", other), ("closed.txt", closed_shelf)):
        make_article(f"{NEWS}\n\nDans {name}.\n", name=name, collection=there)
    texts = {name: f"{NEWS}\n\nDans {name}.\n" for name in ("open.txt", "closed.txt", "new.txt")}
    texts |= {
        "control.txt": f"{NEWS}\n\nUn \x02signe.\n",
        "turned.txt": f"{NEWS}\n\nUn \u202eautre.\n",
    }
    send(client, *(file_of(name, text) for name, text in texts.items()))
    batch = ImportBatch.objects.get(articles=None)
    address = reverse("preview_batch", args=(batch.pk,))
    page = page_of(client.get(address))
    to_check = [
        words(row.cssselect(".file-meta")[0])
        for row in page.cssselect("table.files tbody tr")
        if row.cssselect(".state[data-state=doubtful]")
    ]
    assert to_check == ["open.txt", "control.txt", "turned.txt"]
    assert words(page.cssselect(".counts")[0]).startswith("2 ")
    run = reverse("run_batch", args=(batch.pk,))
    client.post(run, {"which": "sure", "collection": shelf.pk})
    found = StagedFile.objects.filter(batch=batch, state=StagedState.IMPORTED)
    assert set(found.values_list("name", flat=True)) == {"closed.txt", "new.txt"}


def test_a_file_without_words_is_refused(client: Client, shelf: Collection) -> None:
    send(client, file_of("head.txt", "date: 2021-10-05\ntitle: Rien\n"), file_of("a.txt", NEWS))
    batch = ImportBatch.objects.get()
    assert batch.files.get(name="head.txt").state == StagedState.REFUSED
    page = page_of(client.get(reverse("preview_batch", args=(batch.pk,))))
    assert words(page.cssselect("tr[data-state=refused] .file-note")[0]) == sentence("no_words")
    client.post(reverse("run_batch", args=(batch.pk,)), {"which": "all", "collection": shelf.pk})
    assert Article.objects.count() == 1


def test_one_passage_set_right(
    client: Client, interview_batch: ImportBatch, shelf: Collection
) -> None:
    address = reverse("preview_file", args=(interview_batch.pk, 1))
    page = page_of(client.get(f"{address}?passage=3"))
    form = page.cssselect("#p3 .passage-form")[0]
    assert form.cssselect("select[name=role] option[selected]")[0].get("value") == "question"
    response = adjust(
        client, interview_batch, act="passage", passage="3", role="statement", speaker="",
        name="Le Modérateur",
    )  # fmt: skip
    assert response.url.endswith("#p3")
    client.post(
        reverse("run_batch", args=(interview_batch.pk,)),
        {"which": "one", "position": "1", "collection": shelf.pk},
    )
    passage = Passage.objects.get(number=3)
    assert passage.role == "statement"
    assert passage.speaker is not None
    assert passage.speaker.name == "Le Modérateur"
    assert Passage.objects.get(number=4).exchange == 1


def test_two_speakers_are_one(
    client: Client, interview_batch: ImportBatch, shelf: Collection
) -> None:
    adjust(
        client, interview_batch, act="speakers",
        **{"name-0": "France 2", "name-1": "A. Blinken", "same-0": "1", "same-1": ""},
    )  # fmt: skip
    client.post(
        reverse("run_batch", args=(interview_batch.pk,)),
        {"which": "one", "position": "1", "collection": shelf.pk},
    )
    article = Article.objects.get()
    assert [speaker.name for speaker in article.speakers.all()] == ["A. Blinken"]
    assert article.speaker_names == "A. Blinken"


def test_another_kind_forgets_what_was_set_of_passages(
    client: Client, interview_batch: ImportBatch
) -> None:
    adjust(client, interview_batch, act="swap")
    adjust(
        client, interview_batch, act="details", title="", kind="article", language="fr",
        date="2021-10", source="", url="", encoding="",
    )  # fmt: skip
    overrides = StagedFile.objects.get().overrides
    assert overrides["kind"] == "article"
    assert "swapped" not in overrides


def test_back_to_what_was_read(client: Client, interview_batch: ImportBatch) -> None:
    adjust(client, interview_batch, act="swap")
    adjust(client, interview_batch, act="reset")
    assert not StagedFile.objects.get().overrides.get("swapped")


def batch_values(page: html.HtmlElement) -> dict[str, str]:
    """What the form of all files shows."""
    fields = page.cssselect(".batch-fields [name]")
    return {str(one.get("name")): one.value or "" for one in fields}


def test_what_was_typed_for_all_files_outlives_leaving_one_out(
    client: Client, staged: ImportBatch, shelf: Collection
) -> None:
    other = Collection.objects.create(name="Une autre")
    typed = {"collection": str(other.pk), "new_collection": "Sommet & suite", "source": "AFP #2"}
    page = page_of(client.get(reverse("preview_batch", args=(staged.pk,))))
    buttons = page.cssselect('#rows button[form="batch"]')
    assert len(buttons) == len(page.cssselect("#rows tr")) == 3
    following = buttons[1].get("id")
    response = client.post(buttons[0].get("formaction"), typed)
    address, _, fragment = response.url.partition("#")
    assert fragment == following
    page = page_of(client.get(address))
    assert batch_values(page) == typed
    assert page.cssselect(f"#{following}")
    staged.refresh_from_db()
    assert (staged.collection, staged.source) == (shelf, "")
    last = page.cssselect('#rows button[form="batch"]')[-1]
    response = client.post(last.get("formaction"), typed)
    assert response.url.endswith(f"#{following}")


def test_the_page_of_the_table_is_kept(
    client: Client, shelf: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.views.importing.preview.PER_PAGE", 2)
    send(client, *[file_of(f"{n}.txt", f"{NEWS}\n\nNuméro {n}.") for n in range(5)])
    batch = ImportBatch.objects.get()
    address = reverse("preview_batch", args=(batch.pk,))
    page = page_of(client.get(address, {"page": "2", "source": "AFP"}))
    assert "source=AFP" in page.cssselect('[rel="next"]')[0].get("href")
    sent = {one.get("name"): one.value or "" for one in page.cssselect("#batch input[name]")}
    button = page.cssselect('#rows button[form="batch"]')[0]
    page = page_of(client.get(client.post(button.get("formaction"), sent).url.partition("#")[0]))
    assert page.cssselect('[rel="prev"]')


def test_leave_one_out_and_throw_all_away(client: Client, staged: ImportBatch) -> None:
    client.post(reverse("leave_out_staged", args=(staged.pk, 2)))
    left = staged.files.exclude(state=StagedState.LEFT_OUT).values_list("name", flat=True)
    assert set(left) == {"news.txt", "empty.txt"}
    client.post(reverse("discard_batch", args=(staged.pk,)))
    assert not ImportBatch.objects.exists()
    assert not StagedFile.objects.exists()


def test_files_that_were_left_out_are_named_and_brought_back(
    client: Client, staged: ImportBatch, shelf: Collection
) -> None:
    address = reverse("preview_batch", args=(staged.pk,))
    assert not page_of(client.get(address)).cssselect(".left-out")
    before = {file.position: (file.state, file.summary) for file in staged.files.all()}
    for position in before:
        client.post(reverse("leave_out_staged", args=(staged.pk, position)))
        page = page_of(client.get(address, headers={"accept-language": "en"}))
        [told] = page.cssselect(".left-out")
        assert words(told).startswith(f"{position} file")
        assert len(page.cssselect(".files tbody tr")) == len(before) - position
    assert {words(one) for one in told.cssselect(".file")} == {"news.txt", "cafe.txt", "empty.txt"}
    staged.refresh_from_db()
    assert staged.total == 0
    back = told.cssselect("button")[0].get("formaction")
    response = client.post(back, {"source": "AFP", "collection": shelf.pk})
    page = page_of(client.get(response.url))
    assert len(page.cssselect(".files tbody tr")) == len(before)
    assert batch_values(page)["source"] == "AFP"
    assert {one.position: (one.state, one.summary) for one in staged.files.all()} == before
    staged.refresh_from_db()
    assert staged.total == len(before)


def test_what_is_left_out_is_not_imported_and_may_be_afterwards(
    client: Client, staged: ImportBatch, shelf: Collection
) -> None:
    place = reverse("preview_file", args=(staged.pk, 1))
    press(client, staged, "leave", {"title": "Titre tapé"})
    assert client.get(place).url == reverse("preview_batch", args=(staged.pk,))
    run = reverse("run_batch", args=(staged.pk,))
    client.post(run, {"which": "all", "collection": shelf.pk})
    assert {one.source_file.name for one in Article.objects.all()} == {"cafe.txt"}
    back = reverse("bring_back_staged", args=(staged.pk,))
    client.post(back)
    client.post(run, {"which": "all", "collection": shelf.pk})
    assert set(Article.objects.values_list("batch", flat=True)) == {staged.pk}
    assert Article.objects.filter(title="Titre tapé").exists()
    ImportBatch.objects.filter(pk=staged.pk).update(state=BatchState.RUNNING)
    assert client.post(back).status_code == 409
    assert client.get(back).status_code == 302
    assert client.put(back).status_code == 405


def test_a_file_left_out_before_it_was_read_is_read_when_it_comes_back(
    client: Client, staged: ImportBatch
) -> None:
    staged.files.filter(position=1).update(state=StagedState.WAITING)
    client.post(reverse("leave_out_staged", args=(staged.pk, 1)))
    client.post(reverse("bring_back_staged", args=(staged.pk,)))
    assert staged.files.get(position=1).state == StagedState.SURE


# -- what is sent -------------------------------------------------------------------------------


def test_a_pasted_text(client: Client, shelf: Collection) -> None:
    text = INTERVIEW.replace("\n", "\r\n")
    response = client.post(reverse("paste_import"), {"text": text, "name": "Blinken"})
    assert response.status_code == 302
    staged = StagedFile.objects.get()
    assert bytes(staged.data).decode() == INTERVIEW
    assert (staged.name, staged.summary["kind"]) == ("Blinken", "interview")


def test_no_text_is_said(client: Client) -> None:
    response = client.post(reverse("paste_import"), {"text": "  \n "})
    assert response.status_code == 422
    assert page_of(response).cssselect(".errorlist")
    assert not ImportBatch.objects.exists()


def test_no_file_is_said(client: Client) -> None:
    response = client.post(reverse("upload_import"), {})
    assert response.status_code == 422
    assert page_of(response).cssselect('[role="alert"]')
    assert not ImportBatch.objects.exists()


def test_a_zip_with_details_and_bad_entries(client: Client, shelf: Collection) -> None:
    archive = make_zip({
        "a/news.txt": NEWS, "../../etc/passwd.txt": INTERVIEW, "b/news.txt": NEWS + "\nAutre.\n",
        "inner.zip": make_zip({"x.txt": "x"}), "details.csv": "file\ttitle\na/news.txt\tChoisi\n",
    })  # fmt: skip
    send(client, file_of("all.zip", archive))
    batch = ImportBatch.objects.get()
    named = {(f.name, f.state, f.overrides.get("title")) for f in batch.files.all()}
    assert named == {
        ("news.txt", "sure", "Choisi"), ("passwd.txt", "sure", None), ("news.txt", "sure", None),
        ("inner.zip", "refused", None),
    }  # fmt: skip


@pytest.mark.parametrize("packed", [False, True], ids=["alone", "in an archive"])
def test_a_table_alone_is_said_and_makes_no_batch(
    client: Client, shelf: Collection, *, packed: bool
) -> None:
    table = "file,title\nnews.txt,Du dossier\n"
    files = {"details.csv": table}
    sent = ("all.zip", make_zip(files)) if packed else ("details.csv", table)
    response = send(client, file_of(*sent))
    assert response.status_code == 422
    said = " ".join(sentence("table_alone").split())
    assert words(page_of(response).cssselect('[role="alert"]')[0]) == said
    assert not ImportBatch.objects.exists()
    answer = client.post(
        reverse("upload_import"), {"files": [file_of(*sent)]}, HTTP_ACCEPT="application/json"
    )
    assert answer.json()["fault"] == sentence("table_alone")
    assert not ImportBatch.objects.exists()


def test_an_archive_of_nothing_is_said_and_makes_no_batch(
    client: Client, shelf: Collection
) -> None:
    response = send(client, file_of("all.zip", make_zip({})))
    assert response.status_code == 422
    assert words(page_of(response).cssselect('[role="alert"]')[0]) == sentence("nothing_found")
    assert not ImportBatch.objects.exists()


def test_files_sent_in_parts(client: Client, shelf: Collection) -> None:
    table = file_of("details.csv", "file,title\ntexts/news.txt,Du dossier\n")
    json_please = {"HTTP_ACCEPT": "application/json"}
    first = client.post(
        reverse("upload_import"),
        {"files": [table], "paths": ["texts/details.csv"], "more": "1"}, **json_please,
    ).json()  # fmt: skip
    news = file_of("news.txt", NEWS)
    sizes = json.dumps([news.size])
    second = client.post(
        first["add"],
        {"files": [news], "paths": ["texts/news.txt"], "sizes": sizes}, **json_please,
    ).json()  # fmt: skip
    batch = ImportBatch.objects.get()
    assert second["next"] == reverse("preview_file", args=(batch.pk, 1))
    assert StagedFile.objects.get().summary["title"] == "Du dossier"


def test_a_cut_upload_is_said_and_nothing_staged(client: Client, shelf: Collection) -> None:
    response = client.post(
        reverse("upload_import"),
        {"files": [file_of("news.txt", NEWS[:20])], "sizes": "[400]"},
        HTTP_ACCEPT="application/json",
    )
    assert response.status_code == 422
    assert response.json()["fault"]
    assert not ImportBatch.objects.exists()


def test_a_body_that_breaks_off_is_said(client: Client, shelf: Collection) -> None:
    response = client.generic(
        "POST", reverse("upload_import"), b"--x\r\nContent-Disp",
        content_type="multipart/form-data; boundary=", HTTP_ACCEPT="application/json",
    )  # fmt: skip
    assert response.status_code == 422
    assert response.json()["fault"]


def test_too_many_files_are_said(
    client: Client, shelf: Collection, settings: SettingsWrapper
) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    response = send(client, *[file_of(f"{n}.txt", NEWS) for n in range(3)])
    assert response.status_code == 422
    assert "2" in words(page_of(response).cssselect('[role="alert"]')[0])
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 100
    settings.MAX_FILES = 2
    response = send(client, *[file_of(f"{n}.txt", f"{NEWS}{n}") for n in range(3)])
    assert response.status_code == 422
    assert not StagedFile.objects.exists()


def test_too_large_files_are_said(
    client: Client, shelf: Collection, settings: SettingsWrapper
) -> None:
    settings.MAX_FILE_BYTES = 1000
    send(client, file_of("large.txt", "mot " * 300), file_of("news.txt", NEWS))
    states = dict(StagedFile.objects.values_list("name", "state"))
    assert states == {"large.txt": "refused", "news.txt": "sure"}
    settings.MAX_UPLOAD_BYTES = 150
    response = send(client, file_of("news.txt", NEWS))
    assert response.status_code == 422


def test_a_forged_form_is_refused(editor: User, shelf: Collection) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    response = client.post(reverse("upload_import"), {"files": [file_of("news.txt", NEWS)]})
    assert response.status_code == 403
    assert not ImportBatch.objects.exists()


# -- rights -------------------------------------------------------------------------------------

GETS = ("preview_batch", "show_batch", "show_batch_progress")
POSTS = ("run_batch", "undo_batch", "redo_batch", "discard_batch", "add_to_batch", "read_batch")


def test_who_may_begin(sign_in: Callable[[User | None], Client], reader: User, annotator: User,
                       admin: User, settings: SettingsWrapper) -> None:  # fmt: skip
    address = reverse("start_import")
    for user in (reader, annotator):
        assert sign_in(user).get(address).status_code == 403
        assert send(sign_in(user), file_of("a.txt", NEWS)).status_code == 403
        assert sign_in(user).post(reverse("paste_import"), {"text": NEWS}).status_code == 403
    assert sign_in(admin).get(address).status_code == 200
    response = sign_in(None).get(address)
    assert (response.status_code, "login" in response.url) == (302, True)
    assert sign_in(None).post(reverse("upload_import")).status_code == 302
    assert not ImportBatch.objects.exists()


def test_editors_may_be_shut_out(
    client: Client, staged: ImportBatch, settings: SettingsWrapper
) -> None:
    settings.EDITORS_IMPORT = False
    assert client.get(reverse("start_import")).status_code == 403
    assert client.get(reverse("preview_batch", args=(staged.pk,))).status_code == 403


def test_somebody_elses_batch_is_not_there(
    sign_in: Callable[[User | None], Client], staged: ImportBatch, stranger: User, reader: User,
    admin: User,
) -> None:  # fmt: skip
    for user in (stranger, reader):
        for name in GETS:
            assert sign_in(user).get(reverse(name, args=(staged.pk,))).status_code == 404
        for name in POSTS:
            assert sign_in(user).post(reverse(name, args=(staged.pk,))).status_code == 404
        for name in ("preview_file",):
            assert sign_in(user).get(reverse(name, args=(staged.pk, 1))).status_code == 404
        back = reverse("bring_back_staged", args=(staged.pk,))
        assert sign_in(user).post(back).status_code == 404
        for name in ("adjust_staged", "leave_out_staged"):
            assert sign_in(user).post(reverse(name, args=(staged.pk, 1))).status_code == 404
    assert sign_in(None).get(reverse("preview_batch", args=(staged.pk,))).status_code == 302
    assert sign_in(admin).get(reverse("preview_batch", args=(staged.pk,))).status_code == 200


def test_wrong_methods_and_bad_ids(client: Client, staged: ImportBatch) -> None:
    for name in GETS:
        assert client.post(reverse(name, args=(staged.pk,))).status_code == 405
        assert client.get(reverse(name, args=(uuid4(),))).status_code == 404
    for name in POSTS:
        assert client.put(reverse(name, args=(staged.pk,))).status_code == 405
        assert client.post(reverse(name, args=(uuid4(),))).status_code == 404
    assert client.get(reverse("preview_file", args=(staged.pk, 99))).status_code == 404
    assert client.post(reverse("adjust_staged", args=(staged.pk, 99))).status_code == 404
    assert client.put(reverse("adjust_staged", args=(staged.pk, 1))).status_code == 405


def test_the_address_of_an_act_leads_to_its_page_where_it_is_opened_again(
    client: Client, staged: ImportBatch, shelf: Collection
) -> None:
    refused = press(client, staged, "details", {"date": "hier"})
    assert refused.status_code == 422
    file, table = (staged.pk, 1), (staged.pk,)
    pages = {
        "preview_file": (file, ("adjust_staged", "choose_version", "leave_out_staged")),
        "preview_batch": (table, ("run_batch", "choose_versions", "discard_batch")),
        "show_batch": (table, ("undo_batch", "redo_batch")),
        "start_import": ((), ("upload_import", "paste_import")),
    }
    for page, (of, acts) in pages.items():
        for act in acts:
            for ask in (client.get, client.head):
                answer = ask(reverse(act, args=of))
                assert (answer.status_code, answer.url) == (302, reverse(page, args=of)), act
    assert client.get(reverse("add_to_batch", args=table)).url == reverse("start_import")
    press(client, staged, "one", {})
    answer = client.get(reverse("adjust_staged", args=file), follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == reverse("preview_batch", args=table)


def test_what_makes_no_sense_is_refused(
    client: Client, interview_batch: ImportBatch, shelf: Collection
) -> None:
    run = reverse("run_batch", args=(interview_batch.pk,))
    assert client.post(run, {"which": "all", "collection": "999999"}).status_code == 422
    assert client.post(run, {"which": "most", "collection": shelf.pk}).status_code == 422
    one = {"which": "one", "position": "77", "collection": shelf.pk}
    assert client.post(run, one).status_code == 422
    assert adjust(client, interview_batch, act="dance").status_code == 422
    assert adjust(client, interview_batch, act="passage", passage="99").status_code == 422
    wrong = {"act": "passage", "passage": "1", "role": "poem"}
    assert adjust(client, interview_batch, **wrong).status_code == 422
    assert not Article.objects.exists()


def test_no_way_into_a_collection_of_others(
    client: Client, interview_batch: ImportBatch, closed_shelf: Collection, shelf: Collection,
    editor: User,
) -> None:  # fmt: skip
    run = reverse("run_batch", args=(interview_batch.pk,))
    response = client.post(run, {"which": "all", "collection": closed_shelf.pk})
    assert response.status_code == 422
    closed_shelf.memberships.create(user=editor, role=Role.READER)
    assert client.post(run, {"which": "all", "collection": closed_shelf.pk}).status_code == 422
    assert not Article.objects.exists()
    closed_shelf.memberships.update(role=Role.EDITOR)
    assert client.post(run, {"which": "all", "collection": closed_shelf.pk}).status_code == 302


def test_a_reader_who_is_editor_of_a_collection(
    sign_in: Callable[[User | None], Client], closed_shelf: Collection, shelf: Collection
) -> None:
    client = sign_in(user := make_user("member", Role.READER))
    closed_shelf.memberships.create(user=user, role=Role.EDITOR)
    assert send(client, file_of("news.txt", NEWS)).status_code == 302
    batch = ImportBatch.objects.get()
    assert batch.collection == closed_shelf
    run = reverse("run_batch", args=(batch.pk,))
    assert client.post(run, {"which": "all", "collection": shelf.pk}).status_code == 422
    values = {"which": "all", "collection": closed_shelf.pk, "new_collection": "Une autre"}
    assert client.post(run, values).status_code == 302
    assert not Collection.objects.filter(name="Une autre").exists()


# -- figures ------------------------------------------------------------------------------------


def test_who_may_import_somewhere_finds_the_way(
    sign_in: Callable[[User | None], Client], reader: User, shelf: Collection
) -> None:
    client = sign_in(reader)
    href = reverse("start_import")
    assert not page_of(client.get("/")).cssselect(f'nav a[href="{href}"]')
    Membership.objects.create(collection=shelf, user=reader, role=Role.EDITOR)
    assert page_of(client.get("/")).cssselect(f'nav a[href="{href}"]')


def test_a_fixed_number_of_queries(
    client: Client, shelf: Collection, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    send(client, *[file_of(f"{n}.txt", f"{NEWS}\n\nNuméro {n}.") for n in range(12)])
    batch = ImportBatch.objects.get()
    with django_assert_max_num_queries(19):
        client.get(reverse("preview_batch", args=(batch.pk,)))
    client.post(reverse("run_batch", args=(batch.pk,)), {"which": "all", "collection": shelf.pk})
    with django_assert_max_num_queries(14):
        client.get(reverse("show_batch", args=(batch.pk,)))


def test_text_is_escaped(client: Client, shelf: Collection) -> None:
    send(client, file_of("<b>x.txt", f"{NEWS}\n\n<script>alert(1)</script> dit le ministre.\n"))
    batch = ImportBatch.objects.get()
    for name, args in (("preview_batch", (batch.pk,)), ("preview_file", (batch.pk, 1))):
        content = client.get(reverse(name, args=args)).content.decode()
        assert "<script>alert" not in content
        assert not re.search(r"<b>x", content)
