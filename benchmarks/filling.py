"""Filling databases: files on disk, the import as a person runs it, copies of a collection."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import corpus
from benchmarks.corpus import RARE_PHRASE

if TYPE_CHECKING:
    from benchmarks.house import Database

PART = 500  # texts that one process makes at a time
TABLES = (
    "articles_sourcefile", "articles_article", "articles_speaker", "articles_passage",
    "articles_revision",
)  # fmt: skip
# What points to a copied row; what is made new in each copy; all else is taken over.
POINTERS = {
    "article_id": "articles_article", "source_file_id": "articles_sourcefile",
    "speaker_id": "articles_speaker",
}  # fmt: skip
NEW = {
    (
        "articles_article",
        "sha256",
    ): "encode(sha256(convert_to(sha256 || '{number}', 'UTF8')), 'hex')",
    ("articles_article", "date"): "date + {number} * 11",
}
COLUMNS = """
SELECT column_name FROM information_schema.columns
WHERE table_name = %s AND table_schema = 'public' AND is_generated = 'NEVER'
ORDER BY ordinal_position
"""


def write_files(folder: Path, articles: int, interviews: int) -> list[Path]:
    """Write so many articles and interviews; their paths in the order of their names."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = [("article", at, min(at + PART, articles)) for at in range(0, articles, PART)]
    parts += [("interview", at, min(at + PART, interviews)) for at in range(0, interviews, PART)]
    with ProcessPoolExecutor() as pool:
        list(pool.map(_write, [str(folder)] * len(parts), *zip(*parts, strict=True)))
    return sorted(folder.iterdir())


def _write(folder: str, kind: str, start: int, stop: int) -> None:
    make = corpus.interview if kind == "interview" else corpus.article
    for number in range(start, stop):
        document = make(number)
        Path(folder, document.name).write_bytes(document.data)


def import_folder(database: Database, folder: Path) -> None:
    """Import as a person does; a file that fails is an error."""
    database.manage("import_texts", str(folder), "--verbosity=0")


def multiply(database: Database, times: int) -> None:
    """Make the collection so many times as large, by copies of its rows under new numbers."""
    _keep_spans(database)
    definition = database.execute("SELECT pg_get_indexdef('passage_search'::regclass)")[0][0]
    database.execute("DROP INDEX passage_search")
    for number in range(1, times):
        for table in TABLES:
            database.execute(_copy(database, table, number))
    _keep_rare(database)
    database.execute(f"UPDATE articles_word SET passages = passages * {times}")
    database.execute(definition)
    for table in TABLES:
        database.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
        )
    database.execute("VACUUM ANALYZE")


def _keep_rare(database: Database) -> None:
    """Take the rare phrase out of the copies: growth of the texts is measured, not of the hits."""
    database.execute(
        "UPDATE articles_passage SET text = replace(text, %(phrase)s, ''), "
        "search = ts_delete(search, ARRAY(SELECT lexeme FROM unnest(search) "
        "WHERE lexeme LIKE 'lantern%%' OR lexeme LIKE 'sourd%%')) "
        f"WHERE text LIKE '%%' || %(phrase)s || '%%' AND id > {_span('articles_passage')}",
        {"phrase": RARE_PHRASE},
    )


def _copy(database: Database, table: str, number: int) -> str:
    names = [row[0] for row in database.execute(COLUMNS, [table])]
    values = [_value(table, name, number) for name in names]
    first = f"id <= {_span(table)}"
    return (
        f"INSERT INTO {table} ({', '.join(names)}) "
        f"SELECT {', '.join(values)} FROM {table} WHERE {first}"
    )


def _value(table: str, name: str, number: int) -> str:
    if (table, name) in NEW:
        return NEW[table, name].format(number=number)
    if name == "id":
        return f"id + {number} * {_span(table)}"
    if name in POINTERS:
        return f"{name} + {number} * {_span(POINTERS[name])}"
    return name


def _span(table: str) -> str:
    """The ids that the first collection takes."""
    return f"(SELECT taken FROM floor.spans WHERE name = '{table}')"


def _keep_spans(database: Database) -> None:
    database.execute("CREATE TABLE floor.spans (name text PRIMARY KEY, taken bigint)")
    for table in TABLES:
        database.execute(
            f"INSERT INTO floor.spans SELECT '{table}', coalesce(max(id), 0) FROM {table}"
        )
