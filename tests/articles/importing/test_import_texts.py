"""`manage.py import_texts`."""

from __future__ import annotations

import json
import os
import signal
from contextlib import suppress
from io import StringIO
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from articles.formats.found import Found
from articles.models import (
    Activity,
    Article,
    BatchState,
    Collection,
    ImportBatch,
    Passage,
    SourceFile,
    Visibility,
)
from articles.models.tally import Word
from articles.queries.listing import ListQuery
from articles.services import imports, workers
from articles.services.log import Agent
from tests.apart import run_python
from tests.articles.importing.conftest import Run, make_zip
from tests.conftest import INTERVIEW, NEWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db
KEYS = {
    "file", "sha256", "status", "article", "kind", "title", "language", "date", "date_precision",
    "encoding", "speakers", "passages", "warnings", "error",
}  # fmt: skip
ROOT = Path(__file__).resolve().parents[3]
SEEDS = ROOT.parent / "shared" / "seeds"


def test_slips_of_titles_and_speakers_find_what_was_imported(
    import_json: Callable[..., Run], folder: Path
) -> None:
    (folder / "c-titled.txt").write_text("---\ntitle: Le sommet de Zanzibourg\n---\nRien de plus.")
    import_json(folder)
    shelves = list(Collection.objects.values_list("pk", flat=True))
    for typed, shown in (("Zanzibuorg", "Zanzibourg"), ("Bliken", "Blinken")):
        page = ListQuery.from_string(f"q={typed}").page(shelves)
        assert shown in page.meant[0].shown
        assert any(shown in row.title for row in page.rows)
    page = ListQuery.from_string("q=Antony+Bliken").page(shelves)
    assert {row.kind for row in page.rows} == {"article", "interview"}


def test_each_file_is_one_object_with_exactly_its_keys(
    import_json: Callable[..., Run], folder: Path
) -> None:
    rows, code = import_json(folder)
    assert code == 0
    assert [set(row) for row in rows] == [KEYS, KEYS]
    assert [row["file"] for row in rows] == ["a-news.txt", "b-interview.txt"]
    assert [row["status"] for row in rows] == ["created", "created"]
    assert [row["kind"] for row in rows] == ["article", "interview"]
    assert {(row["date"], row["date_precision"]) for row in rows} == {("2021-10", "month")}
    assert Article.objects.count() == 2


def test_the_names_of_those_who_speak_are_known_to_slips(
    import_json: Callable[..., Run], folder: Path
) -> None:
    import_json(folder / "b-interview.txt")
    assert not Passage.objects.filter(text__contains="Blinken").exists()
    assert Word.objects.filter(word="blinken").exists()


def test_passages_bound_the_words_alone(import_json: Callable[..., Run], folder: Path) -> None:
    rows, _ = import_json(folder / "b-interview.txt")
    row = rows[0]
    text = SourceFile.objects.get().text
    answer = row["passages"][1]
    assert set(answer) == {"role", "speaker", "exchange", "start", "end"}
    words = "J'ai bien compris. On aurait dû mieux communiquer"
    assert text[answer["start"] : answer["end"]] == words
    assert (answer["role"], answer["speaker"], answer["exchange"]) == (
        "answer", "Antony Blinken", 1,
    )  # fmt: skip
    assert row["speakers"] == ["France 2", "Antony Blinken"]


def test_the_folder_of_samples_holds_texts_alone(import_json: Callable[..., Run]) -> None:
    rows, code = import_json(ROOT / "samples")
    assert code == 0
    assert len(rows) == 13
    assert {Path(row["file"]).suffix for row in rows} == {".txt"}


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside the project")
def test_the_seeds(import_json: Callable[..., Run]) -> None:
    rows, code = import_json(SEEDS)
    assert code == 0
    article, interview = sorted(rows, key=lambda row: str(row["kind"]))
    assert (article["kind"], article["date"], len(article["passages"])) == ("article", "2021-10", 9)
    roles = [passage["role"] for passage in interview["passages"]]
    assert (interview["kind"], interview["date"]) == ("interview", "2021-10")
    assert (roles.count("question"), roles.count("answer")) == (5, 5)
    voices = {(p["role"], p["speaker"]) for p in interview["passages"]}
    assert voices == {("question", "France 2"), ("answer", "Antony Blinken")}


def test_the_same_bytes_twice_change_nothing(import_json: Callable[..., Run], folder: Path) -> None:
    first, _ = import_json(folder)
    counts = (Article.objects.count(), SourceFile.objects.count(), Passage.objects.count())
    second, code = import_json(folder)
    assert code == 0
    assert [row["status"] for row in second] == ["unchanged", "unchanged"]
    assert [row["article"] for row in second] == [row["article"] for row in first]
    now = (Article.objects.count(), SourceFile.objects.count(), Passage.objects.count())
    assert now == counts


def test_the_same_bytes_twice_in_one_run(import_json: Callable[..., Run], tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(NEWS)
    rows, code = import_json(tmp_path)
    assert code == 0
    assert [row["status"] for row in rows] == ["created", "unchanged"]
    assert rows[0]["article"] == rows[1]["article"]


def test_another_collection_takes_the_same_bytes(
    import_json: Callable[..., Run], folder: Path
) -> None:
    import_json(folder)
    rows, _ = import_json(folder, "--collection", "Archives")
    assert {row["status"] for row in rows} == {"created"}
    assert Collection.objects.get(name="Archives").articles.count() == 2


def test_the_default_collection_is_made_public(
    import_json: Callable[..., Run], folder: Path
) -> None:
    import_json(folder)
    assert Collection.objects.get().visibility == Visibility.PUBLIC
    assert Collection.objects.get().name == "Articles"


def test_a_collection_that_is_made_is_logged(import_json: Callable[..., Run], folder: Path) -> None:
    import_json(folder)
    act = Activity.objects.get(verb="collection")
    assert (act.collection, act.agent) == (Collection.objects.get(), "command line")


def test_nothing_is_made_where_there_is_nothing_to_import(
    import_json: Callable[..., Run], tmp_path: Path
) -> None:
    rows, code = import_json(tmp_path / "nope", "--collection", "Nouveau")
    assert (code, [row["status"] for row in rows]) == (1, ["failed"])
    assert not Collection.objects.exists()
    assert not ImportBatch.objects.exists()


def test_a_dry_run_stores_nothing(import_json: Callable[..., Run], folder: Path) -> None:
    rows, code = import_json(folder, "--dry-run")
    assert code == 0
    assert {(row["status"], row["article"]) for row in rows} == {("dry_run", None)}
    assert rows[1]["passages"]
    for model in (Article, SourceFile, Collection, ImportBatch, Activity):
        assert not model._default_manager.exists()


def test_a_failed_file_leaves_the_others_imported(
    import_json: Callable[..., Run], folder: Path
) -> None:
    (folder / "c-empty.txt").write_bytes(b"")
    (folder / "d-binary.txt").write_bytes(b"\x00\x01\x02\x03" * 100)
    rows, code = import_json(folder, folder / "gone.txt")
    assert code == 1
    by_name = {row["file"]: row for row in rows}
    for name in ("c-empty.txt", "d-binary.txt", "gone.txt"):
        assert by_name[name]["status"] == "failed"
        assert by_name[name]["error"].strip().endswith(".")
        assert set(by_name[name]) == KEYS
    assert by_name["a-news.txt"]["status"] == by_name["b-interview.txt"]["status"] == "created"
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.created_count, batch.failed_count) == (BatchState.DONE, 2, 3)


def test_a_file_the_database_refuses_fails_alone(
    import_json: Callable[..., Run], folder: Path
) -> None:
    # A trigger refuses one of the passages of one file, after other rows of it were written.
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF NEW.text LIKE '%%Sahel%%' THEN RAISE EXCEPTION 'refused by a test'; END IF; "
            "RETURN NEW; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON articles_passage FOR EACH ROW "
            "EXECUTE FUNCTION refuse()"
        )
    rows, code = import_json(folder)
    assert code == 1
    assert [row["status"] for row in rows] == ["failed", "created"]
    assert "refused by a test" in rows[0]["error"]
    assert SourceFile.objects.count() == Article.objects.count() == 1
    assert not Passage.objects.filter(text__contains="Sahel").exists()


def test_the_kind_and_encoding_can_be_forced(
    import_json: Callable[..., Run], tmp_path: Path
) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes("Première journée à Genève.\n\nLa séance est levée.".encode("latin-1"))
    rows, _ = import_json(path, "--encoding", "latin-1", "--kind", "interview")
    assert rows[0]["encoding"] == "iso8859-1"
    assert rows[0]["kind"] == "interview"
    rows, code = import_json(path, "--encoding", "klingon")
    assert code == 1
    assert "klingon" in rows[0]["error"]


def test_metadata_beside_the_files(import_json: Callable[..., Run], folder: Path) -> None:
    (folder / "details.csv").write_text(
        "fichier;titre;date;source;langue;kind\n"
        "a-news.txt;Un titre choisi;5 octobre 2021;Le Courrier;;\n"
        "b-interview.txt;;;France 2;fr;interview\n"
    )
    rows, code = import_json(folder)
    assert code == 0
    assert len(rows) == 2
    article = Article.objects.get(title="Un titre choisi")
    assert (article.date_precision, str(article.date)) == ("day", "2021-10-05")
    assert article.source == "Le Courrier"
    assert not article.title_derived
    assert Article.objects.get(kind="interview").source == "France 2"


@pytest.mark.parametrize(
    ("table", "said"),
    [("titre;date\nx;2021", "file"), ("file,kind\na-news.txt,poem", "poem"),
     ("file,date\na-news.txt,2021-13-45", "2021-13-45")],
)  # fmt: skip
def test_a_table_that_makes_no_sense_is_said(
    import_json: Callable[..., Run], folder: Path, table: str, said: str
) -> None:
    (folder / "details.csv").write_text(table)
    rows, code = import_json(folder)
    assert code == 1
    failed = [row for row in rows if row["status"] == "failed"]
    assert [row["file"] for row in failed] == ["details.csv"]
    assert said in failed[0]["error"]
    assert Article.objects.count() == 2


def test_a_zip_archive_with_its_details(import_json: Callable[..., Run], tmp_path: Path) -> None:
    path = tmp_path / "texts.zip"
    path.write_bytes(
        make_zip({
            "2021/news.txt": NEWS, "2021/details.csv": "file,title\n2021/news.txt,Dans l’archive\n",
            "__MACOSX/._news.txt": "x", "2021/.DS_Store": "x", "interview.md": INTERVIEW,
        })
    )  # fmt: skip
    rows, code = import_json(path)
    assert code == 0
    assert [row["file"] for row in rows] == ["2021/news.txt", "interview.md"]
    assert set(SourceFile.objects.values_list("name", flat=True)) == {"news.txt", "interview.md"}
    assert rows[0]["title"] == "Dans l’archive"


def test_files_are_named_by_their_path_beneath_what_was_given(
    import_json: Callable[..., Run], tmp_path: Path
) -> None:
    for number in (1, 2):
        (tmp_path / f"d{number}").mkdir()
        (tmp_path / f"d{number}" / "n.txt").write_text(f"{NEWS}\n\nNuméro {number}.\n")
    (tmp_path / "d2" / "a.zip").write_bytes(make_zip({"x/n.txt": INTERVIEW, "../n.txt": b""}))
    (tmp_path / "d2" / "t.csv").write_text("titre\nx")
    (tmp_path / "d2" / "gone.txt").symlink_to(tmp_path / "nowhere")
    rows, _code = import_json(tmp_path, "--on-change", "separate")
    assert {row["file"]: row["status"] for row in rows} == {
        "d1/n.txt": "created", "d2/n.txt": "created", "d2/a.zip/x/n.txt": "created",
        "d2/a.zip/–/n.txt": "failed", "d2/t.csv": "failed", "d2/gone.txt": "failed",
    }  # fmt: skip
    assert set(SourceFile.objects.values_list("name", flat=True)) == {"n.txt"}
    rows, _code = import_json(tmp_path / "d1" / "n.txt")
    assert [row["file"] for row in rows] == ["n.txt"]


SEVERAL = "“x.txt” is the name of 2 files here"


@pytest.fixture
def twice(tmp_path: Path) -> Path:
    """A folder with two files of one name, and one whose folder a table names."""
    place = tmp_path / "twice"
    for name in ("a/x.txt", "b/x.txt", "a/y.txt", "b/y.txt"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(f"{NEWS}\n\nDans {name}.\n")
    return place


@pytest.mark.usefixtures("_english")
def test_a_row_of_a_table_that_several_files_answer_to_is_told_of_each(
    import_json: Callable[..., Run], twice: Path
) -> None:
    (twice / "details.csv").write_text("file;title\nx.txt;Un titre\nb/y.txt;Un autre\n")
    for options in ([], ["--dry-run"]):
        rows, code = import_json(twice, *options, "--collection", str(options))
        assert code == 0
        told = {row["file"] for row in rows if any(SEVERAL in said for said in row["warnings"])}
        assert told == {"a/x.txt", "b/x.txt"}
    _out, err = run_in_words(twice, "--collection", "In words")
    lines = [line for line in err if SEVERAL in line]
    assert [line.split(": ", 1)[0] for line in lines] == [
        str(twice / "a/x.txt"), str(twice / "b/x.txt")
    ]  # fmt: skip
    assert Article.objects.filter(title="Un titre", collection__name="In words").count() == 2


@pytest.mark.usefixtures("_english")
def test_each_table_speaks_of_its_own_files(
    import_json: Callable[..., Run], twice: Path, tmp_path: Path
) -> None:
    for folder in ("a", "b"):
        (twice / folder / "details.csv").write_text(f"file;title\nx.txt;Dans {folder}\n")
    rows, _code = import_json(twice, "--dry-run")
    assert not [row for row in rows if any("x.txt" in said for said in row["warnings"])]
    # A table above speaks of those that have none of their own.
    (twice / "b" / "details.csv").unlink()
    (twice / "details.csv").write_text("file;title\nx.txt;Ici\n")
    rows, _code = import_json(twice, "--dry-run")
    assert not [row for row in rows if any("x.txt" in said for said in row["warnings"])]
    (twice / "c.zip").write_bytes(make_zip({"x.txt": INTERVIEW}))
    rows, _code = import_json(twice, "--dry-run")
    told = {row["file"] for row in rows if any(SEVERAL in said for said in row["warnings"])}
    assert told == {"b/x.txt", "c.zip/x.txt"}


@pytest.mark.usefixtures("_english")
def test_a_table_given_by_name_and_one_in_an_archive_tell_of_several_files(
    import_json: Callable[..., Run], twice: Path, tmp_path: Path
) -> None:
    table = tmp_path / "details.csv"
    table.write_text("file;title\nx.txt;Un titre\n")
    rows, _code = import_json(twice / "a", twice / "b", table, "--dry-run")
    told = [row["file"] for row in rows if any(SEVERAL in said for said in row["warnings"])]
    assert told == ["x.txt", "x.txt"]
    archive = tmp_path / "texts.zip"
    entries = {"t.csv": "file\nx.txt", "a/x.txt": NEWS, "b/x.txt": INTERVIEW, "x.txt": f"{NEWS}!"}
    archive.write_bytes(make_zip(entries))
    rows, _code = import_json(archive, "--dry-run")
    assert [sum("3 files here" in said for said in row["warnings"]) for row in rows] == [1, 1, 1]


def run_in_words(*arguments: object) -> tuple[list[str], list[str]]:
    """The command without --json: its lines and those of what is to be said."""
    out, err = StringIO(), StringIO()
    with suppress(SystemExit):
        call_command("import_texts", *map(str, arguments), "--jobs=1", stdout=out, stderr=err)
    return out.getvalue().splitlines(), err.getvalue().splitlines()


@pytest.fixture
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


@pytest.mark.usefixtures("_english")
def test_what_was_guessed_or_removed_or_skipped_is_said_a_line_a_file(folder: Path) -> None:
    assert run_in_words(folder)[1] == []
    (folder / "a-news.txt").write_text(f"{NEWS}\n\nDe plus.\n")
    guessed, removed = folder / "c.txt", folder / "d.txt"
    guessed.write_bytes("date: 2021\n\nLa journée de Genève a été levée.\n".encode("cp1252"))
    removed.write_bytes(b"date: 2021\n\nLa s\x07 \x00uite.\n")
    (folder / "e.txt").write_bytes(b"")
    _out, err = run_in_words(folder)
    known = Article.objects.get(source_file__name="a-news.txt")
    assert err[0] == (
        f"{folder / 'a-news.txt'}: This is a new version of text {known.pk}; it was skipped "
        "(see --on-change)."
    )
    assert err[1].startswith(f"{guessed}: The encoding was guessed: cp1252.")
    assert err[2].startswith(f"{removed}: Control characters were removed: 2.")
    assert err[3:] == [f"{folder / 'e.txt'}: The file is empty."]


@pytest.mark.usefixtures("_english")
def test_a_dry_run_shows_what_would_be_read_and_what_is_there_already(folder: Path) -> None:
    out, err = run_in_words(folder, "--dry-run")
    assert err == []
    assert len(out) == 3
    assert out[0].startswith("a-news.txt: Article · ")
    assert " · 2021-10 · fr · 3 passages" in out[0]
    assert out[1].startswith("b-interview.txt: Interview · ")
    assert out[1].endswith("turns · France 2, Antony Blinken")
    assert out[2] == "2 files can be imported, 0 failed."
    run_in_words(folder / "a-news.txt")
    out, _err = run_in_words(folder, "--dry-run")
    assert [line.split(":")[0] for line in out[:-1]] == ["b-interview.txt"]
    assert out[-1] == "1 file can be imported, 1 already there, 0 failed."
    assert run_in_words(folder, "--dry-run", "--collection", "Archives")[0][-1] == (
        "2 files can be imported, 0 failed."
    )


def test_a_dry_run_tells_all_of_what_is_there_already_too(
    import_json: Callable[..., Run], folder: Path
) -> None:
    import_json(folder)
    rows, code = import_json(folder, "--dry-run")
    assert code == 0
    assert {(row["status"], row["article"]) for row in rows} == {("dry_run", None)}
    assert all(row["passages"] for row in rows)


@pytest.mark.usefixtures("_english")
@pytest.mark.parametrize(
    ("choice", "would", "counted"),
    [
        ("skip", "skipped (see --on-change).", "1 new version would be skipped (see --on-change)"),
        ("merge", "merged into it.", "1 new version would be merged"),
        ("separate", "imported as a separate text.", ""),
    ],
)
def test_a_dry_run_tells_new_versions_and_what_would_become_of_them(
    import_json: Callable[..., Run], folder: Path, choice: str, would: str, counted: str
) -> None:
    import_json(folder)
    known = Article.objects.get(kind="article")
    (folder / "a-news.txt").write_text(f"{NEWS}\n\nDe plus.\n")
    said = f"This is a new version of text {known.pk}: it would be {would}"
    rows, code = import_json(folder, "--dry-run", "--on-change", choice)
    assert code == 0
    assert [row["warnings"] for row in rows] == [
        [said], ["The collection has these bytes already."]
    ]  # fmt: skip
    assert {(row["status"], row["article"]) for row in rows} == {("dry_run", None)}
    assert rows[0]["passages"]
    out, err = run_in_words(folder, "--dry-run", "--on-change", choice)
    assert err == [f"{folder / 'a-news.txt'}: {said}"]
    assert [line.split(":")[0] for line in out[:-1]] == ["a-news.txt"]
    head = "0 files" if counted else "1 file"
    parts = [f"{head} can be imported", "1 already there", *filter(None, [counted]), "0 failed."]
    assert out[-1] == ", ".join(parts)
    assert (Article.objects.count(), ImportBatch.objects.count()) == (2, 1)
    known.refresh_from_db()
    assert known.source_file.text == NEWS


@pytest.mark.usefixtures("_english")
def test_a_dry_run_tells_what_a_second_version_or_an_older_one_would_become(
    import_json: Callable[..., Run], folder: Path
) -> None:
    import_json(folder)
    for name in ("b", "c"):
        (folder / name).mkdir()
        (folder / name / "a-news.txt").write_text(f"{NEWS}\n\nDe plus, {name}.\n")
    out, err = run_in_words(folder, "--dry-run", "--on-change", "merge")
    assert [line.split(": ", 1)[1].count("bears the same name") for line in err] == [0, 1]
    assert out[-1] == (
        "0 files can be imported, 2 already there, 1 new version would be merged, "
        "1 new version would be skipped (see --on-change), 0 failed."
    )
    import_json(folder / "b", "--on-change", "merge")
    rows, _code = import_json(folder / "a-news.txt", "--dry-run")
    assert rows[0]["warnings"] == ["The collection has these bytes already."]


@pytest.mark.usefixtures("_english")
@pytest.mark.parametrize("files", [imports.CHUNK_FILES, 1])
def test_a_dry_run_tells_the_same_bytes_twice(
    import_json: Callable[..., Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: int
) -> None:
    monkeypatch.setattr(workers, "CHUNK_FILES", files)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(NEWS)
    (tmp_path / "c.txt").write_text(INTERVIEW)
    said = f"The same bytes as “{tmp_path / 'a.txt'}”: they become one text."
    rows, _code = import_json(tmp_path, "--dry-run")
    assert [row["warnings"] for row in rows] == [[], [said], []]
    assert all(row["passages"] for row in rows)
    out, err = run_in_words(tmp_path, "--dry-run")
    assert err == [f"{tmp_path / 'b.txt'}: {said}"]
    assert out[-1] == "2 files can be imported, 1 already there, 0 failed."
    assert [line.split(":")[0] for line in out[:-1]] == ["a.txt", "c.txt"]


@pytest.mark.django_db(transaction=True)
def test_a_dry_run_of_several_processes_tells_the_same_bytes_twice(tmp_path: Path) -> None:
    for number in range(450):
        (tmp_path / f"{number:03}.txt").write_text(f"{NEWS}\n\nDépêche numéro {number % 440}.\n")
    rows, code = run_apart(tmp_path, "--dry-run", "--jobs", "2")
    assert (code, len(rows)) == (0, 450)
    assert sum(bool(row["warnings"]) for row in rows) == 10
    assert not Article.objects.exists()


@pytest.mark.usefixtures("_english")
def test_where_the_report_is_said(folder: Path) -> None:
    out, _err = run_in_words(folder)
    batch = ImportBatch.objects.get()
    assert out[-1] == f"Its report: {reverse('show_batch', args=(batch.pk,))}"
    assert "report" not in run_in_words(folder, "--dry-run")[0][-1]


def test_a_link_that_leads_back_ends(import_json: Callable[..., Run], folder: Path) -> None:
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "broken.txt").symlink_to(folder / "nowhere.txt")
    (folder / "round.txt").symlink_to(folder / "round.txt")
    rows, code = import_json(folder)
    assert code == 1
    statuses = {row["file"]: row["status"] for row in rows}
    assert statuses == {
        "a-news.txt": "created", "b-interview.txt": "created", "broken.txt": "failed",
        "round.txt": "failed",
    }  # fmt: skip


def test_a_pipe_is_not_waited_for(import_json: Callable[..., Run], folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    rows, code = import_json(folder)
    assert code == 1
    assert {row["file"] for row in rows if row["status"] == "failed"} == {"pipe.txt"}


def test_a_folder_without_files_is_said(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("import_texts", str(tmp_path))
    assert not ImportBatch.objects.exists()


def test_imports_of_the_command_line_bear_its_name(
    import_json: Callable[..., Run], folder: Path
) -> None:
    import_json(folder)
    activity = Activity.objects.get(verb="import")
    assert (activity.actor, activity.agent) == (None, "command line")
    assert activity.batch == ImportBatch.objects.get()


def test_as_somebody(import_json: Callable[..., Run], folder: Path, editor: User) -> None:
    import_json(folder, "--as", "editor")
    assert Activity.objects.get(verb="import").actor == editor
    assert ImportBatch.objects.get().creator == editor


def test_as_somebody_who_may_not(folder: Path, reader: User) -> None:
    for name in ("reader", "nobody"):
        with pytest.raises(CommandError, match=name):
            call_command("import_texts", str(folder), "--as", name)
    assert not Article.objects.exists()


def test_as_an_editor_into_a_closed_collection(
    folder: Path, stranger: User, closed_shelf: Collection
) -> None:
    with pytest.raises(CommandError):
        call_command(
            "import_texts", str(folder), "--as", "stranger", "--collection", closed_shelf.name
        )
    assert not Article.objects.exists()


def test_no_bar_without_a_terminal(folder: Path) -> None:
    out, err = StringIO(), StringIO()
    call_command("import_texts", str(folder), stdout=out, stderr=err)
    assert err.getvalue() == ""
    assert "2" in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_a_cut_connection_to_the_database_is_made_anew(shelf: Collection) -> None:
    batch = imports.start_batch(collection=shelf, agent=Agent(name="tests"))
    plan = imports.Plan(shelf.pk, str(batch.pk), Agent(name="tests"), detailed=True)
    chunk = [
        Found("a.txt", "a.txt", data=NEWS.encode()),
        Found("b.txt", "b.txt", data=INTERVIEW.encode()),
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
    outcomes, _words = imports.import_chunk(chunk, plan)
    assert [outcome.status for outcome in outcomes] == ["created", "created"]
    assert Article.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_process_that_was_killed_is_said(
    import_json: Callable[..., Run], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "import_chunk", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(CommandError, match="-9"):
        import_json(folder, jobs=2)
    assert not ImportBatch.objects.exists()
    monkeypatch.undo()
    assert import_json(folder)[1] == 0


def test_stopping_finishes_the_files_at_hand(folder: Path, shelf: Collection) -> None:
    batch = imports.start_batch(collection=shelf, agent=Agent(name="tests"))
    plan = imports.Plan(shelf.pk, str(batch.pk), Agent(name="tests"))
    stop = Event()

    def files() -> Iterator[Found]:
        for number in range(3 * imports.CHUNK_FILES):
            yield Found(f"{number}.txt", "", data=f"{NEWS}\n\nNuméro {number}.\n".encode())

    for rows in workers.run(files(), plan, jobs=1, stop=stop):
        assert len(rows) == imports.CHUNK_FILES
        stop.set()
    assert Article.objects.count() == imports.CHUNK_FILES


def run_apart(folder: Path, *options: str) -> tuple[list[dict[str, Any]], int]:
    """Run the command in a process of its own, on the tests' database."""
    done = run_python("manage.py", "import_texts", str(folder), "--json", *options)
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode


@pytest.mark.django_db(transaction=True)
def test_several_processes(tmp_path: Path) -> None:
    for number in range(450):
        (tmp_path / f"{number:03}.txt").write_text(f"{NEWS}\n\nDépêche numéro {number % 440}.\n")
    rows, code = run_apart(tmp_path, "--jobs", "2")
    assert code == 0
    assert len(rows) == 450
    statuses: list[Any] = [row["status"] for row in rows]
    assert (statuses.count("created"), statuses.count("unchanged")) == (440, 10)
    assert Article.objects.count() == 440
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.created_count, batch.total) == (BatchState.DONE, 440, 450)
    assert Word.objects.get(word="depeche").passages == 440
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('passage_search')")
        assert cursor.fetchone() == (0,)  # all of it is in the index
