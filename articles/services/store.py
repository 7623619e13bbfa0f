"""Read files into the database: a chunk of files in one transaction, by COPY."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone
from psycopg.adapt import Dumper
from psycopg.pq import Format

from articles.models import Article, Status, Verb
from articles.models.article import TITLE_LENGTH
from articles.services.log import Agent, record
from articles.text.pieces import pieces_of
from articles.text.reading import ReadFile, bytes_apart, first_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from psycopg import Copy

    from articles.models import Collection, ImportBatch
    from articles.text.indexing import Met

BLANKS = re.compile(r"[ \t\n\r\f\v]+")
POSITION_STEP = 1024  # between neighbouring passages, so that a split finds room

COLUMNS = {
    "articles_sourcefile": "id, name, sha256, encoding, data, text, notices, created",
    "articles_article": "id, collection_id, source_file_id, batch_id, sha256, kind, title, "
    "title_derived, date, date_precision, source, url, language, status, tags, version, revision, "
    "last_number, first_words, speaker_names, exchange_count, evidence, created, updated",
    "articles_speaker": "id, article_id, position, name, labels, part",
    "articles_passage": "article_id, number, position, role, speaker_id, exchange, text, "
    "revision, retired, source_start, source_end, holes, search",
    "articles_revision": "article_id, number, operation, data, activity_id, created",
}
# What holds long texts and bytes goes unescaped, search vectors as they lie in the database.
BINARY = {
    "articles_sourcefile": (
        "int8", "text", "varchar", "text", "bytea", "text", "jsonb", "timestamptz",
    ),
    "articles_passage": (
        "int8", "int4", "int8", "text", "int8", "int4", "text", "int4", "bool", "int4", "int4",
        "jsonb", "tsvector",
    ),
}  # fmt: skip
JSONB_VERSION = b"\1"  # stands before the text of a binary jsonb


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one file: a new article, or the one that had the same bytes."""

    article_id: int
    created: bool


class _Ready(Dumper):
    """Bytes that are in the database's binary form already."""

    format = Format.BINARY

    def dump(self, obj: bytes) -> bytes:
        """The same."""
        return obj


class _ReadyJson(_Ready):
    oid = 3802


class _ReadyVector(_Ready):
    oid = 3614


@dataclass(slots=True)
class Seen:
    """What the search indexed of texts: the pieces of their passages, those of names and titles."""

    met: list[Met] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)

    def add(self, more: Seen) -> None:
        """Add what was seen of others."""
        self.met += more.met
        self.names.update(more.names)

    def pieces(self) -> Counter[str]:
        """All pieces, counted."""
        counted = Counter(self.names)
        for met in self.met:
            counted.update(met.pieces())
        return counted


@dataclass(frozen=True, slots=True)
class Entry:
    """A file read, and the details as they shall be stored."""

    read: ReadFile
    source: str = ""


def store_files(
    entries: Sequence[Entry], *, collection: Collection, batch: ImportBatch, agent: Agent
) -> tuple[list[Stored], Seen]:
    """Store all of these files or none; also what was seen of the new ones.

    A file whose bytes the collection has already (or that stands twice in `entries`) changes
    nothing and answers with the article that has them.
    """
    with transaction.atomic():
        known = _known(entries, collection)
        fresh = [entry for entry in _first_of_each(entries) if entry.read.sha256 not in known]
        new, seen = _insert(fresh, collection, batch, agent) if fresh else ({}, Seen())
    return [
        Stored(new.get(sha := entry.read.sha256) or known[sha], sha in new) for entry in entries
    ], seen


def _first_of_each(entries: Sequence[Entry]) -> Iterable[Entry]:
    return {entry.read.sha256: entry for entry in reversed(entries)}.values()


def _known(entries: Sequence[Entry], collection: Collection) -> dict[str, int]:
    digests = [entry.read.sha256 for entry in entries]
    found = Article.objects.live().filter(collection=collection, sha256__in=digests)
    return dict(found.values_list("sha256", "pk"))


def _insert(
    entries: Sequence[Entry], collection: Collection, batch: ImportBatch, agent: Agent
) -> tuple[dict[str, int], Seen]:
    activity = record(agent, Verb.IMPORT, collection=collection, batch=batch, count=len(entries))
    rows = _Rows(entries, collection.pk, batch, activity.pk)
    for table, columns in COLUMNS.items():
        _copy(table, columns, rows.of[table], BINARY.get(table))
    return rows.articles, rows.seen


class _Rows:
    """The rows of a chunk, table by table."""

    def __init__(
        self, entries: Sequence[Entry], collection_id: int, batch: ImportBatch, activity_id: int
    ) -> None:
        self.of: dict[str, list[tuple[Any, ...]]] = {table: [] for table in COLUMNS}
        self.articles: dict[str, int] = {}
        self.seen = Seen()
        self.collection_id, self.batch, self.activity_id = collection_id, batch, activity_id
        self.now = timezone.now()
        self.ids = {
            "articles_sourcefile": _reserve("articles_sourcefile", len(entries)),
            "articles_article": _reserve("articles_article", len(entries)),
            "articles_speaker": _reserve(
                "articles_speaker", sum(len(e.read.parsed.speakers) for e in entries)
            ),
        }
        texts = [entry.read.passage_texts() for entry in entries]
        self.vectors = self._index(entries, texts)
        for entry, own in zip(entries, texts, strict=True):
            self._add(entry, own)

    def _index(
        self, entries: Sequence[Entry], texts: list[list[str]]
    ) -> dict[str, Iterator[bytes]]:
        """The search vectors of all passages, in order, for each language."""
        from articles.text.indexing import index_texts  # takes long to load, pages do without

        together: dict[str, list[str]] = {}
        for entry, own in zip(entries, texts, strict=True):
            together.setdefault(entry.read.parsed.language, []).extend(own)
        vectors = {}
        for language, passages in together.items():
            indexed = index_texts(passages, language)
            vectors[language] = iter(indexed.vectors)
            self.seen.met += indexed.met
        return vectors

    def _add(self, entry: Entry, texts: list[str]) -> None:
        read = entry.read
        source_id = next(self.ids["articles_sourcefile"])
        article_id = next(self.ids["articles_article"])
        self.articles[read.sha256] = article_id
        self._add_source(source_id, read)
        self._add_article(article_id, source_id, entry, texts)
        speakers = self._add_speakers(article_id, read)
        self._add_passages(article_id, read, speakers, texts)
        structure = [
            [p.role, p.speaker, p.exchange, p.start, p.end, p.holes] for p in read.parsed.passages
        ]
        self.of["articles_revision"].append(
            (article_id, 1, "import", _json({"passages": structure}), self.activity_id, self.now)
        )

    def _add_source(self, source_id: int, read: ReadFile) -> None:
        notices = [(n.code, dict(n.params)) for n in read.decoded.notices + read.parsed.notices]
        self.of["articles_sourcefile"].append(
            (source_id, read.name, read.sha256, read.decoded.encoding,
             bytes_apart(read.data, read.decoded.text), read.decoded.text,
             JSONB_VERSION + _json(notices).encode(), self.now)
        )  # fmt: skip

    def _add_article(self, article_id: int, source_id: int, entry: Entry, texts: list[str]) -> None:
        parsed = entry.read.parsed
        # Slips of speakers' names are set right, too, and of titles that the text does not give.
        names = [one.name for one in parsed.speakers]
        names += [] if parsed.title_derived else [parsed.title]
        if names:
            self.seen.names.update({*pieces_of(" ".join(names))})
        self.of["articles_article"].append((
            article_id, self.collection_id, source_id, self.batch.pk, entry.read.sha256,
            parsed.kind, title_of(entry.read), parsed.title_derived, parsed.date,
            parsed.date_precision, entry.source or parsed.source, parsed.url, parsed.language,
            Status.RAW.value, "[]", 1, 1, len(texts), first_words(entry.read, texts),
            ", ".join(speaker.name for speaker in parsed.speakers),
            len({p.exchange for p in parsed.passages if p.exchange is not None}),
            _json(_evidence(entry.read)), self.now, self.now,
        ))  # fmt: skip

    def _add_speakers(self, article_id: int, read: ReadFile) -> list[int]:
        made = []
        for position, speaker in enumerate(read.parsed.speakers):
            made.append(next(self.ids["articles_speaker"]))
            self.of["articles_speaker"].append(
                (made[-1], article_id, position, speaker.name, _json(list(speaker.labels)),
                 speaker.part)
            )  # fmt: skip
        return made

    def _add_passages(
        self, article_id: int, read: ReadFile, speakers: list[int], texts: list[str]
    ) -> None:
        passages = read.parsed.passages
        vectors = self.vectors[read.parsed.language]
        for number, (passage, text) in enumerate(zip(passages, texts, strict=True), 1):
            self.of["articles_passage"].append((
                article_id, number, number * POSITION_STEP,
                passage.role, None if passage.speaker is None else speakers[passage.speaker],
                passage.exchange, text, 0, False, passage.start, passage.end,
                JSONB_VERSION + (_json(passage.holes).encode() if passage.holes else b"[]"),
                next(vectors),
            ))  # fmt: skip


def title_of(read: ReadFile) -> str:
    """The title, never empty, at most 300 code points."""
    # No-break blanks stay: they keep « and : with their words.
    title = BLANKS.sub(" ", read.parsed.title).strip()[:TITLE_LENGTH]
    return title or read.name[:TITLE_LENGTH] or "–"


def _evidence(read: ReadFile) -> dict[str, list[Any]]:
    parsed = read.parsed
    found = {
        "kind": parsed.kind_evidence,
        "title": parsed.title_evidence,
        "date": parsed.date_evidence,
        "language": parsed.language_evidence,
    }
    return {what: [e.code, e.sure, dict(e.params)] for what, e in found.items()}


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _reserve(table: str, count: int) -> Iterator[int]:
    """Take the next `count` ids of a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return iter([row[0] for row in cursor.fetchall()])


def _copy(
    table: str, columns: str, rows: list[tuple[Any, ...]], types: Sequence[str] | None
) -> None:
    """Send rows to a table; with the `types` of the columns they go as they are in memory."""
    form = "(FORMAT binary)" if types else ""
    statement = f"COPY {table} ({columns}) FROM STDIN {form}"
    with connection.cursor() as cursor:
        for ready in (_ReadyJson, _ReadyVector):
            cursor.adapters.register_dumper(None, ready)
        _send(cursor.copy(statement), rows, types)


def _send(
    copying: AbstractContextManager[Copy], rows: list[tuple[Any, ...]], types: Sequence[str] | None
) -> None:
    with copying as copy:
        if types:
            copy.set_types(types)
        for row in rows:
            copy.write_row(row)
