"""Files of a known name with other bytes: merged into their article, imported apart, or left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from lxml import html

from annotations.queries.integrity import check_logs, check_rules
from annotations.services.correcting import correct_text
from annotations.services.undoing import undo_act
from articles.models import (
    Activity,
    Article,
    ImportBatch,
    Passage,
    SourceFile,
    StagedState,
    Verb,
)
from articles.services.batches import undo_batch
from articles.services.changes import undo_changes
from articles.services.log import Agent
from articles.services.statuses import stand_anew
from diplowatch.lib.roles import Role
from tests.annotations.saying import span_of
from tests.annotations.speaking import say
from tests.conftest import INTERVIEW, NEWS, make_user

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client

    from articles.models import Collection
    from diplowatch.accounts.models import User
    from tests.articles.importing.conftest import Run

pytestmark = pytest.mark.django_db

NEW = (
    NEWS.replace("reçu mardi", "reçu mercredi")
    .replace("du Sahel", "du Sahel et de la Libye")
    .replace("La réunion", "Un paragraphe est venu.\n\nLa réunion")
)


@pytest.fixture(autouse=True)
def all_holds(db: None) -> object:
    """After each test everything that must always hold does."""
    yield
    broken = [one for one in [*check_rules(), check_logs()] if one.broken]
    assert not [(one.says, one.first) for one in broken]


@pytest.fixture
def article(import_json: Callable[..., Run], folder: Path) -> Article:
    """The article of a file that comes again with other bytes."""
    import_json(folder)
    made = Article.objects.get(kind="article")
    (folder / "a-news.txt").write_text(NEW)
    return made


def anybody(_places: set[int]) -> None:
    """Lets everybody do everything."""


def texts(article: Article) -> list[str]:
    """What it reads."""
    found = Passage.objects.live().filter(article=article).order_by("position")
    return list(found.values_list("text", flat=True))


def correct(article: Article, words: str, new: str, user: User) -> None:
    """Correct words of the first passage."""
    correct_text(
        article_id=article.pk, span=span_of(article, words), replacement=new, agent=Agent(user),
        allow=anybody,
    )  # fmt: skip


def test_a_new_version_is_skipped_unless_told(
    import_json: Callable[..., Run], folder: Path, article: Article
) -> None:
    before = texts(article)
    rows, code = import_json(folder)
    assert code == 0
    assert (rows[0]["status"], rows[0]["article"]) == ("skipped", article.pk)
    assert rows[1]["status"] == "unchanged"
    assert Article.objects.count() == 2
    assert SourceFile.objects.count() == 2
    assert texts(article) == before


def test_a_new_version_may_become_an_article_of_its_own(
    import_json: Callable[..., Run], folder: Path, article: Article
) -> None:
    rows, _ = import_json(folder, "--on-change", "separate")
    assert rows[0]["status"] == "created"
    assert rows[0]["article"] != article.pk
    assert import_json(folder)[0][0]["status"] == "unchanged"


def test_a_new_version_is_merged_with_what_people_did(
    import_json: Callable[..., Run], folder: Path, article: Article, editor: User
) -> None:
    born = texts(article)
    mark = say(article, (1, "Qui de Arsay"), creator=editor)
    last = say(article, (3, "New York"), creator=editor)
    correct(article, "Anthony Blingen", "Antony Blinken", editor)
    correct(article, "OCDE", "O.C.D.E", editor)
    corrected = texts(article)
    rows, code = import_json(folder, "--on-change", "merge")
    assert code == 0
    assert (rows[0]["status"], rows[0]["article"]) == ("merged", article.pk)
    assert rows[0]["warnings"] == []
    first, second, third, fourth = texts(article)
    assert "reçu mercredi Antony Blinken pour" in first
    assert "Sahel et de la Libye" in second
    assert third == "Un paragraphe est venu."
    assert fourth == born[2]
    for one, words in ((mark, "Qui de Arsay"), (last, "New York")):
        target = one.targets.get()
        assert (target.exact, target.state) == (words, "anchored")
    act = Activity.objects.get(verb=Verb.RENEW)
    article.refresh_from_db()
    assert article.source_file.text.count("mercredi")
    assert article.sha256 == rows[0]["sha256"]
    assert import_json(folder, "--on-change", "merge")[0][0]["status"] == "unchanged"
    undone = undo_act(activity=act, agent=Agent(editor), allow=anybody)
    assert texts(article) == corrected
    article.refresh_from_db()
    assert "mardi" in article.source_file.text
    undo_act(activity=undone, agent=Agent(editor), allow=anybody)
    assert texts(article) == [first, second, third, fourth]
    article.refresh_from_db()
    assert article.sha256 == rows[0]["sha256"]


@pytest.mark.parametrize("is_undone", [False, True])
def test_the_report_leads_to_where_a_merge_is_undone(
    client: Client, import_json: Callable[..., Run], folder: Path, article: Article, is_undone: bool
) -> None:
    (folder / "new.txt").write_text(NEWS.replace("mardi", "jeudi"))
    import_json(folder, "--on-change", "merge")
    batch = Activity.objects.get(verb=Verb.RENEW).batch
    assert batch is not None
    client.force_login(make_user("chief", Role.ADMIN))
    if is_undone:
        undo_batch(batch=batch, agent=Agent(name="tests"))
    page = client.get(f"/import/{batch.pk}/report", headers={"Accept-Language": "en"}).text
    assert f'<a href="/articles/{article.pk}/history">History</a>' in page
    assert ("still in them" in page) is is_undone
    assert ("Undoing this import takes away" in page) is not is_undone


def test_the_bytes_of_an_earlier_version_change_nothing(
    import_json: Callable[..., Run], folder: Path, article: Article
) -> None:
    import_json(folder, "--on-change", "merge")
    (folder / "a-news.txt").write_text(NEWS)
    rows, _ = import_json(folder, "--on-change", "merge")
    assert (rows[0]["status"], rows[0]["article"]) == ("unchanged", article.pk)


def test_of_the_same_words_ours_stay_and_that_is_said(
    import_json: Callable[..., Run], folder: Path, article: Article, editor: User
) -> None:
    correct(article, "mardi", "lundi", editor)
    rows, _ = import_json(folder, "--on-change", "merge")
    assert rows[0]["status"] == "merged"
    assert "1" in rows[0]["warnings"][0]
    assert "reçu lundi" in texts(article)[0]


def test_one_version_comes_after_the_other(
    import_json: Callable[..., Run], folder: Path, article: Article, editor: User
) -> None:
    import_json(folder, "--on-change", "merge")
    correct(article, "Anthony Blingen", "Antony Blinken", editor)
    newest = NEW.replace("mercredi", "jeudi").replace("Un paragraphe est venu.\n\n", "")
    (folder / "a-news.txt").write_text(newest)
    rows, _ = import_json(folder, "--on-change", "merge")
    assert (rows[0]["status"], rows[0]["warnings"]) == ("merged", [])
    assert len(texts(article)) == 3
    assert "reçu jeudi Antony Blinken" in texts(article)[0]
    for act in Activity.objects.filter(verb=Verb.RENEW):
        undo_act(activity=act, agent=Agent(editor), allow=anybody)
    assert "reçu mardi Antony Blinken" in texts(article)[0]
    assert len(texts(article)) == 3


def test_a_version_with_the_same_words_changes_the_file_alone(
    import_json: Callable[..., Run], folder: Path, article: Article, editor: User
) -> None:
    before = texts(article)
    (folder / "a-news.txt").write_text(NEWS + "\n\n")
    assert import_json(folder, "--on-change", "merge")[0][0]["status"] == "merged"
    assert texts(article) == before
    act = Activity.objects.get(verb=Verb.RENEW)
    article.refresh_from_db()
    assert article.birth_file_id not in {None, article.source_file_id}
    undo_changes(activity=act, agent=Agent(editor), allow=anybody)
    article.refresh_from_db()
    assert article.birth_file_id == article.source_file_id


def test_an_interview_keeps_its_voices(
    import_json: Callable[..., Run], folder: Path, article: Article
) -> None:
    talk = Article.objects.get(kind="interview")
    (folder / "b-interview.txt").write_text(INTERVIEW.replace("communiquer", "communiquer avant"))
    rows, _ = import_json(folder / "b-interview.txt", "--on-change", "merge")
    assert rows[0]["status"] == "merged"
    assert "communiquer avant" in texts(talk)[1]
    act = Activity.objects.get(verb=Verb.RENEW)
    assert act.revisions.count() == 1


def test_two_files_of_one_name_in_one_import_are_two_articles(
    import_json: Callable[..., Run], tmp_path: Path
) -> None:
    for place, text in (("one", NEWS), ("two", NEW)):
        (tmp_path / place).mkdir()
        (tmp_path / place / "same.txt").write_text(text)
    rows, _ = import_json(tmp_path)
    assert [row["status"] for row in rows] == ["created", "created"]


@pytest.fixture
def client(sign_in: Callable[[User | None], Client], editor: User) -> Client:
    """An editor's browser."""
    return sign_in(editor)


def send(client: Client, *files: tuple[str, str]) -> ImportBatch:
    """Upload files; the batch under preview."""
    uploads = [SimpleUploadedFile(name, text.encode()) for name, text in files]
    client.post(reverse("upload_import"), {"files": uploads})
    return ImportBatch.objects.filter(source="").latest("created")


def run(client: Client, batch: ImportBatch, which: str, **values: object) -> None:
    """Import what is under preview."""
    sent = {"which": which, "collection": batch.collection_id, "source": "", **values}
    response = client.post(reverse("run_batch", args=(batch.pk,)), sent)
    assert response.status_code == 302


def words(response: object) -> str:
    """The words of a page."""
    return " ".join(html.fromstring(response.content).text_content().split())  # type: ignore[attr-defined]  # a response


@pytest.mark.parametrize("is_worked_on", [False, True])
def test_the_bytes_of_a_text_that_was_worked_on_and_taken_away_are_told(
    client: Client, editor: User, shelf: Collection, is_worked_on: bool
) -> None:
    first = send(client, ("depeche.txt", NEWS))
    run(client, first, "all")
    if is_worked_on:
        correct(Article.objects.get(), "Anthony Blingen", "Antony Blinken", editor)
    undo_batch(batch=first, agent=Agent(editor))
    again = send(client, ("depeche.txt", NEWS))
    for page in ("preview_batch", "preview_file"):
        place = (again.pk, 1) if page == "preview_file" else (again.pk,)
        told = words(client.get(reverse(page, args=place), headers={"accept-language": "en"}))
        assert ("was worked on here, until its import was undone" in told) is is_worked_on


def test_the_preview_marks_new_versions_and_takes_a_choice_for_each(
    client: Client, news: Article
) -> None:
    batch = send(client, ("news.txt", NEW), ("other.txt", INTERVIEW))
    address = reverse("preview_batch", args=(batch.pk,))
    page = client.get(address)
    assert len(html.fromstring(page.content).cssselect(".version")) == 1
    assert news.title in words(page)
    staged = batch.files.get(name="news.txt")
    choose = reverse("choose_version", args=(batch.pk, staged.position))
    assert client.post(choose, {"choice": "burn"}).status_code == 422
    assert client.put(choose).status_code == 405
    assert client.post(reverse("choose_version", args=(batch.pk, 99))).status_code == 404
    assert client.post(choose, {"choice": "merge"}).status_code == 302
    pressed = html.fromstring(client.get(address).content).cssselect("[aria-pressed=true]")
    assert [one.get("value") for one in pressed] == ["merge"]
    run(client, batch, "all")
    assert {one.name: one.state for one in batch.files.all()} == {
        "news.txt": StagedState.MERGED, "other.txt": StagedState.IMPORTED,
    }  # fmt: skip
    assert "reçu mercredi" in texts(news)[0]
    news.refresh_from_db()
    assert "mercredi" in news.title
    report = words(client.get(reverse("show_batch", args=(batch.pk,))))
    assert news.title in report
    assert client.post(choose, {"choice": "merge"}).status_code == 404


def test_new_versions_are_left_unless_chosen_and_chosen_all_at_once(
    client: Client, news: Article, interview: Article
) -> None:
    files = (("news.txt", NEW), ("interview.txt", INTERVIEW.replace("trahie", "trompée")))
    batch = send(client, *files)
    run(client, batch, "all")
    assert set(batch.files.values_list("state", flat=True)) == {StagedState.SKIPPED}
    assert Article.objects.count() == 2
    batch = send(client, *files)
    every = reverse("choose_versions", args=(batch.pk,))
    assert client.post(every, {"choice": ""}).status_code == 422
    assert client.put(every).status_code == 405
    assert client.post(every, {"choice": "separate"}).status_code == 302
    run(client, batch, "all")
    assert Article.objects.count() == 4
    assert client.post(every, {"choice": "merge"}).status_code == 302  # none is left: no matter


def test_conflicts_stand_side_by_side_and_each_is_chosen(
    client: Client, news: Article, editor: User
) -> None:
    correct(news, "mardi", "lundi", editor)
    correct(news, "OCDE", "O.C.D.E", editor)
    batch = send(client, ("news.txt", NEW.replace("OCDE", "OTAN")))
    page = client.get(reverse("preview_file", args=(batch.pk, 1)))
    tree = html.fromstring(page.content)
    conflicts = tree.cssselect(".conflicts > li")
    assert [one.cssselect("mark")[0].text for one in conflicts] == ["mardi", "OCDE"]
    place = conflicts[0].cssselect(".place")[0].text_content()
    assert "reçu […]" in place  # as it reads now: the old words never stood among these
    assert "lundi" in conflicts[0].text_content()
    assert "mercredi" in conflicts[0].text_content()
    assert [one.text for one in tree.cssselect(".merge-changes ins")]
    name = conflicts[0].cssselect("input[value=theirs]")[0].get("name")
    chosen = {"conflicts": "1", str(name): "theirs"}
    choose = reverse("choose_version", args=(batch.pk, 1))
    assert client.post(choose, {"choice": "merge", **chosen}).status_code == 302
    tree = html.fromstring(client.get(reverse("preview_file", args=(batch.pk, 1))).content)
    assert len(tree.cssselect("input[value=theirs][checked]")) == 1
    run(client, batch, "merge", position=1, **chosen)
    assert "reçu mercredi" in texts(news)[0]
    assert "O.C.D.E" in texts(news)[0]
    act = Activity.objects.get(verb=Verb.RENEW)
    assert (act.actor, act.batch) == (editor, batch)
    client.post(reverse("undo_activity", args=(act.pk,)))
    assert "reçu lundi" in texts(news)[0]
    assert len(texts(news)) == 3


def counted(client: Client, batch: ImportBatch) -> dict[str, list[str]]:
    """The numbers over a preview, its buttons, and by file name the state and the notes."""
    address = reverse("preview_batch", args=(batch.pk,))
    page = html.fromstring(client.get(address, headers={"accept-language": "en"}).content)
    rows = {
        row.cssselect(".file-meta")[0].text_content().split(" · ")[0]: " ".join(
            one.text_content() for one in row.cssselect(".state, .file-note")
        )
        for row in page.cssselect("table.files tbody tr")
    }
    return {
        "counts": [one.text_content().strip() for one in page.cssselect(".counts > *")],
        "buttons": [one.get("value") for one in page.cssselect(".batch-form .actions button")],
        "words": [" ".join(one.text_content().split()) for one in page.cssselect(".actions *")],
        **{name: [said] for name, said in rows.items()},
    }


def test_what_will_be_left_is_not_counted(client: Client, news: Article) -> None:
    batch = send(client, ("news.txt", NEW))
    seen = counted(client, batch)
    assert seen["counts"][:2] == ["0 sure", "0 to check"]
    assert "1 new version left" in seen["counts"]
    assert seen["buttons"] == ["none"]
    assert any(one.startswith("Nothing") for one in seen["words"])
    batch = send(client, ("news.txt", NEW), ("other.txt", INTERVIEW))
    seen = counted(client, batch)
    assert seen["counts"][0] == "1 sure"
    assert "Import the one that can be read" in seen["words"]
    choose = reverse("choose_version", args=(batch.pk, 1))
    client.post(choose, {"choice": "separate"})
    assert counted(client, batch)["counts"][0] == "2 sure"


def test_the_bytes_of_an_older_version_are_counted_as_there(client: Client, news: Article) -> None:
    batch = send(client, ("news.txt", NEW))
    run(client, batch, "merge", position=1)
    seen = counted(client, send(client, ("news.txt", NEWS)))
    assert "1 already there" in seen["counts"]
    assert seen["buttons"] == ["none"]


@pytest.mark.parametrize("every", [False, True])
def test_a_merge_with_a_conflict_is_to_be_checked(
    client: Client, news: Article, editor: User, every: bool
) -> None:
    correct(news, "mardi", "lundi", editor)
    batch = send(client, ("news.txt", NEW), ("other.txt", INTERVIEW))
    choose = reverse("choose_version", args=(batch.pk, 1))
    all_of_them = reverse("choose_versions", args=(batch.pk,))
    client.post(all_of_them if every else choose, {"choice": "merge"})
    seen = counted(client, batch)
    assert seen["counts"][:2] == ["1 sure", "1 to check"]
    assert "To check" in seen["news.txt"][0]
    assert "conflict" in seen["news.txt"][0]
    run(client, batch, "sure")
    assert batch.files.get(name="news.txt").state == StagedState.SURE
    client.post(choose, {"choice": "merge", "conflicts": "1"})  # looked at
    assert counted(client, batch)["counts"][:2] == ["1 sure", "0 to check"]


def test_of_many_merges_the_row_says_that_conflicts_may_be_looked_at(
    client: Client, news: Article, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.services.choosing.MOST_READ", 0)
    correct(news, "mardi", "lundi", editor)
    batch = send(client, ("news.txt", NEW))
    client.post(reverse("choose_versions", args=(batch.pk,)), {"choice": "merge"})
    seen = counted(client, batch)
    assert seen["counts"][0] == "1 sure"
    assert "onflicts" in seen["news.txt"][0]


def test_the_same_bytes_twice_are_one_text(client: Client, shelf: Collection) -> None:
    batch = send(client, ("a.txt", NEWS), ("b.txt", NEWS), ("c.txt", INTERVIEW))
    seen = counted(client, batch)
    assert seen["counts"][0] == "2 sure"
    assert "1 twice in this import" in seen["counts"]
    assert "a.txt" in seen["b.txt"][0]
    assert "Sure" not in seen["b.txt"][0]
    assert "Sure" in seen["a.txt"][0]
    assert "Import all 2" in seen["words"]
    run(client, batch, "all", collection=shelf.pk)
    assert Article.objects.count() == 2


def test_a_file_of_its_own_may_be_made_of_a_new_version(client: Client, news: Article) -> None:
    batch = send(client, ("news.txt", NEW))
    run(client, batch, "separate", position=1)
    assert Article.objects.count() == 2


def test_texts_pasted_without_a_name_are_no_versions_of_each_other(
    client: Client, shelf: Collection
) -> None:
    for text in (NEWS, NEW):
        client.post(reverse("paste_import"), {"text": text, "name": ""})
        run(client, ImportBatch.objects.latest("created"), "all", collection=shelf.pk)
    assert Article.objects.count() == 2


def test_every_version_of_a_file_can_be_taken_away_again(
    client: Client, import_json: Callable[..., Run], folder: Path, article: Article
) -> None:
    import_json(folder, "--on-change", "merge")
    address = reverse("download_source", args=(article.pk,))
    assert client.get(address).content.decode() == NEW
    assert client.get(address, {"version": "1"}).content.decode() == NEWS
    assert client.get(address, {"version": "2"}).content.decode() == NEW
    assert client.get(address, {"version": "3"}).status_code == 404
    details = html.fromstring(client.get(reverse("edit_details", args=(article.pk,))).content)
    assert len(details.cssselect(".versions a")) == 2
    acts = client.get(reverse("list_activities"), {"article": article.pk})
    assert acts.status_code == 200


def test_new_words_of_a_machine_are_read_by_nobody_yet(
    import_json: Callable[..., Run], folder: Path, article: Article, editor: User, admin: User
) -> None:
    Passage.objects.filter(article=article).update(
        status="validated", proofread_by=editor, validated_by=admin
    )
    stand_anew([article.pk])
    import_json(folder, "--on-change", "merge")
    found = Passage.objects.live().filter(article=article).order_by("position")
    states = dict(found.values_list("text", "status"))
    by_words = {words: next(states[text] for text in states if words in text)
                for words in ("mercredi", "Libye", "New York")}  # fmt: skip
    assert by_words == {"mercredi": "in_progress", "Libye": "in_progress", "New York": "validated"}
    article.refresh_from_db()
    assert (article.status, article.passages_done) == ("in_progress", 1)
    assert not any(outcome.broken for outcome in check_rules())
