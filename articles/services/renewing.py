"""A new version of a source file brought into the article that was made of an older one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction

from articles.formats.reading import read_any
from articles.models import Article, Passage, SourceFile, Speaker, Verb
from articles.queries.log import BIRTH, operations_since
from articles.queries.noted import noted_numbers
from articles.queries.versions import renewal_of
from articles.services.changes import difference, values_of
from articles.services.locking import lock_structure
from articles.services.operating import Act, GoneText, Work, operate
from articles.services.store import title_of
from articles.text.crossing import shortened
from articles.text.lineage import descendants, names_at
from articles.text.operations import ArticleState, PassageState
from articles.text.parse import words_of
from articles.text.reading import Choices, bytes_apart
from articles.text.renewal import Ours, Piece, Renewal, Source, renew
from articles.text.shapes import ParsedPassage, TextError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from articles.queries.log import Logged
    from articles.services.log import Agent
    from articles.text.reading import ReadFile

# Details that follow the new source where nobody here set them otherwise.
DETAILS = ("title", "date", "date_precision", "source", "url")


@dataclass(frozen=True, slots=True)
class Renewed:
    """What became of the article, and the conflicts that stayed as they were here."""

    article_id: int
    conflicts: int = 0
    renewal: Renewal = field(default_factory=Renewal)


@dataclass(frozen=True, slots=True)
class _Standing:
    """An article as it stands, and what its source file was read as."""

    article: Article
    ours: Ours
    old: Source
    read: ReadFile | None  # the old file as it is read today
    seen: Mapping[int, int]


def renew_article(
    *,
    article_id: int,
    read: ReadFile,
    agent: Agent,
    allow: Callable[[set[int]], None],
    chosen: Mapping[str, str] | None = None,
    batch_id: str | None = None,
) -> Renewed:
    """Merge a new version of its file into an article: one act, undone as a whole.

    What people corrected stays, and what is said of the words follows them. Where the source
    changed the same words ours stays, unless `chosen` gives "theirs" for the conflict's key.
    Raises `GoneText` where the article is not there, and what `allow` raises.
    """
    with transaction.atomic():
        lock_structure([article_id])
        passages = Passage.objects.filter(article=article_id).order_by("pk")
        list(passages.select_for_update(no_key=True, of=("self",)).values_list("pk"))
        standing = _standing(article_id)
        article = standing.article
        made = renew(standing.old, _source(read), standing.ours, chosen or {})
        file = _store_file(read)
        values = {"source_file_id": file.pk, "sha256": read.sha256}
        values |= _details(article, standing.read, read)
        changed = difference(values_of(article, values), values)
        data: dict[str, Any] = {
            "changes": {str(article.pk): changed},
            "structure": _structure(read, made),
            "number": article.revision,
            "conflicts": len(made.conflicts),
        }

        def then(_operated: object) -> Sequence[Mapping[str, Any]]:
            birth = article.birth_file_id or article.source_file_id
            Article.objects.filter(pk=article.pk).update(birth_file_id=birth, **changed["after"])
            return ()

        operate(
            [Work(article.pk, made.operations, standing.seen)],
            Act(agent, Verb.RENEW, allow, data=data, then=then, batch=batch_id, is_read=False),
        )
    left = sum((chosen or {}).get(one.key) != "theirs" for one in made.conflicts)
    return Renewed(article.pk, left, made)


def preview_renewal(
    article_id: int, read: ReadFile, chosen: Mapping[str, str] | None = None
) -> Renewal:
    """What a new version of its file would change in an article; nothing is stored."""
    standing = _standing(article_id)
    return renew(standing.old, _source(read), standing.ours, chosen or {})


def fitting(article_id: int, read: ReadFile, given: Choices) -> ReadFile:
    """The file read as the kind that the article is, unless another was asked for."""
    kind = Article.objects.filter(pk=article_id).values_list("kind", flat=True).first()
    if given.kind or kind in {None, read.parsed.kind}:
        return read
    choices = Choices(encoding=read.decoded.encoding, kind=kind, language=read.parsed.language)
    return read_any(read.name, read.data, choices)


def _standing(article_id: int) -> _Standing:
    found = Article.objects.live().select_related("source_file", "birth_file")
    article = found.filter(pk=article_id).first()
    if article is None:
        raise GoneText
    passages = list(Passage.objects.live().filter(article=article).order_by("position"))
    speakers = {one.position: one for one in Speaker.objects.filter(article=article)}
    places = {one.pk: position for position, one in speakers.items()}
    state = ArticleState(
        {
            one.number: PassageState(
                one.text, one.role, None if one.speaker_id is None else places[one.speaker_id],
                one.exchange,
            )
            for one in passages
        },
        {
            at: {"name": one.name, "part": one.part}
            for at, one in speakers.items()
            if not one.retired
        },
        [one.number for one in passages],
    )  # fmt: skip
    base = _base(article, {at: {"name": s.name, "part": s.part} for at, s in speakers.items()})
    links = descendants(base.numbers, state.order, shortened(one.operation for one in base.log))
    read = _read_again(article)
    old = base.source if read is None else _as_read(base.source, read)
    ours = Ours(
        state, links, base.voices, article.last_number, max(speakers, default=-1),
        noted_numbers(article.pk),
    )  # fmt: skip
    return _Standing(article, ours, old, read, {one.number: one.revision for one in passages})


@dataclass(frozen=True, slots=True)
class _Base:
    """A source file as the article took it over: passages' numbers, voices, the log since."""

    source: Source
    numbers: Sequence[int | None]
    voices: Mapping[int, int]
    log: Sequence[Logged]


def _base(article: Article, speakers: Mapping[int, Mapping[str, str]]) -> _Base:
    text = article.source_file.text
    renewal = renewal_of(article)
    number = BIRTH if renewal is None else renewal["number"]
    log = operations_since({article.pk: number})
    if renewal is not None:
        voices = {int(place): at for place, at in renewal["voices"].items()}
        source = Source(_pieces(text, renewal["passages"]), renewal["speakers"])
        return _Base(source, renewal["numbers"], voices, log)
    born = article.revisions.get(number=BIRTH).data["passages"]
    names = names_at(speakers, [one.operation for one in log])
    source = Source(_pieces(text, born), [names[at] for at in sorted(names)])
    voices = dict(enumerate(sorted(names)))
    return _Base(source, range(1, len(born) + 1), voices, log)


def _pieces(text: str, structure: Sequence[Sequence[Any]]) -> list[Piece]:
    return [
        Piece(_words(text, role, start, end, holes), role, voice, exchange)
        for role, voice, exchange, start, end, holes in structure
    ]


def _words(text: str, role: Any, start: int, end: int, holes: Sequence[Sequence[int]]) -> str:
    own = tuple((one, other) for one, other in holes)
    return words_of(text, ParsedPassage(role, None, None, start, end, own))


def _source(read: ReadFile) -> Source:
    return Source(
        [
            Piece(text, passage.role, passage.speaker, passage.exchange)
            for passage, text in zip(read.parsed.passages, read.passage_texts(), strict=True)
        ],
        [{"name": one.name, "part": one.part} for one in read.parsed.speakers],
    )


def _read_again(article: Article) -> ReadFile | None:
    """The file that the article has, read as a new one of its kind is."""
    file = article.source_file
    choices = Choices(encoding=file.encoding, kind=article.kind, language=article.language)
    try:
        return read_any(file.name, file.content, choices)
    except (TextError, LookupError):
        return None


def _as_read(taken: Source, read: ReadFile) -> Source:
    """The old source as it is read by itself: what was set by hand before its import is ours."""
    again = _source(read)
    same = [piece.text for piece in taken.pieces] == [piece.text for piece in again.pieces]
    voices = [piece.voice for piece in taken.pieces] == [piece.voice for piece in again.pieces]
    return again if same and voices and len(taken.speakers) == len(again.speakers) else taken


def _store_file(read: ReadFile) -> SourceFile:
    notices = [(n.code, dict(n.params)) for n in read.decoded.notices + read.parsed.notices]
    return SourceFile.objects.create(
        name=read.name, sha256=read.sha256, encoding=read.decoded.encoding,
        data=bytes_apart(read.data, read.decoded.text), text=read.decoded.text, notices=notices,
    )  # fmt: skip


def _structure(read: ReadFile, made: Renewal) -> dict[str, Any]:
    """What the next version is compared with: as the import's revision, and where it stands."""
    return {
        "passages": [
            [p.role, p.speaker, p.exchange, p.start, p.end, p.holes] for p in read.parsed.passages
        ],
        "speakers": [{"name": one.name, "part": one.part} for one in read.parsed.speakers],
        "numbers": made.places,
        "voices": made.voices,
    }


def _details(article: Article, old: ReadFile | None, new: ReadFile) -> dict[str, Any]:
    """Details that the new source says otherwise and that are as the old one said."""
    if old is None:
        return {}
    before, after = _said(old), _said(new)
    stands = values_of(article, DETAILS)
    found = {
        name: after[name]
        for name in ("title", "source", "url")
        if after[name] and stands[name] == before[name] != after[name]
    }
    if article.title_derived or new.parsed.title_derived:
        found.pop("title", None)
    dated = ("date", "date_precision")
    if after["date"] and all(stands[name] == before[name] for name in dated):
        found |= {name: after[name] for name in dated}
    return found


def _said(read: ReadFile) -> dict[str, Any]:
    parsed = read.parsed
    return {
        "title": title_of(read), "source": parsed.source, "url": parsed.url,
        "date": parsed.date.isoformat() if parsed.date else None,
        "date_precision": parsed.date_precision,
    }  # fmt: skip
