"""What in the newest texts waits for somebody: names that no link covers, garblings, slips.

All are told from the texts themselves, as many of the newest as can be looked through at once, and
kept in each process until a text, a link or a name changes. What others keep to themselves covers
nothing, so that all who see the same texts are told the same.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import connection

from annotations.queries.names import AllNames, all_names
from annotations.text.candidates import find_candidates
from annotations.text.folding import fold
from annotations.text.matching import Names
from articles.text import excerpts
from articles.text.checks import check_marks, check_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeVar

    T = TypeVar("T")

MOST_TEXTS: Final = 300
MOST_PASSAGES: Final = 4_000
MOST_PLACES: Final = 3  # shown of each form
AROUND: Final = 40  # code points shown on each side
KEPT: Final = 8  # results in each process

TEXTS: Final = f"""
SELECT x.id, x.title, x.language, x.version, x.last_number FROM articles_article AS x
WHERE x.removed IS NULL AND x.collection_id = ANY(%(places)s)
    AND (%(article)s::bigint IS NULL OR x.id = %(article)s)
ORDER BY x.date_key DESC, x.id DESC LIMIT {MOST_TEXTS + 1}"""  # noqa: S608 - a number of ours
PASSAGES: Final = """
SELECT id, article_id, number, revision, text FROM articles_passage
WHERE article_id = ANY(%s) AND NOT retired ORDER BY article_id, position"""
COVERED: Final = """
SELECT t.passage_id, t.start, t."end" FROM annotations_annotation AS a
JOIN annotations_target AS t ON t.annotation_id = a.id
WHERE a.article_id = ANY(%s) AND a.motivation = 'identifying' AND a.removed IS NULL
    AND NOT a.private AND t.state <> 'detached'"""


class Text(NamedTuple):
    """An article to look through."""

    id: int
    title: str
    language: str
    version: int
    last_number: int


class Texts(NamedTuple):
    """The newest texts, and whether there are more that are not looked through."""

    rows: list[Text]
    is_more: bool

    @property
    def ids(self) -> list[int]:
        """Their ids."""
        return [text.id for text in self.rows]


class Line(NamedTuple):
    """A passage, and of which text."""

    text: Text
    passage: int
    number: int
    revision: int
    words: str


class Place(NamedTuple):
    """Where words stand, in code points of their passage, with what is around them."""

    article: int
    title: str
    language: str
    number: int
    revision: int
    start: int
    end: int
    before: str
    exact: str
    after: str

    @property
    def name(self) -> str:
        """As a form names it."""
        return f"{self.number}-{self.revision}-{self.start}-{self.end}"

    @property
    def address(self) -> str:
        """Where to read it."""
        return f"/articles/{self.article}/#p{self.number}"


@dataclass(slots=True)
class Form:
    """A form that may be a name: how it is written mostly, how often, where, whose it may be."""

    folded: str
    text: str = ""
    count: int = 0
    texts: set[int] = field(default_factory=set)
    places: list[Place] = field(default_factory=list)
    written: Counter[str] = field(default_factory=Counter)
    entities: tuple[int, ...] = ()  # whose name it is
    garbled: tuple[int, ...] = ()  # of whose name it is a known garbling


class Slip(NamedTuple):
    """What a check has found, and where."""

    kind: str
    place: Place


def newest_texts(places: Sequence[int], article: int | None = None) -> Texts:
    """The newest texts of these collections, or the one; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(TEXTS, {"places": list(places), "article": article})
        rows = [Text(*row) for row in cursor.fetchall()]
    taken: list[Text] = []
    passages = 0
    for text in rows[:MOST_TEXTS]:
        passages += text.last_number
        if taken and passages > MOST_PASSAGES:
            break
        taken.append(text)
    return Texts(taken, len(taken) < len(rows))


def unlinked_forms(texts: Texts) -> list[Form]:
    """The forms that may be names and that no link covers, the most frequent first."""
    return _kept("unlinked", texts, lambda names: _forms(texts, names, MOST_PLACES))


def places_of_form(texts: Texts, folded: str, most: int) -> list[Place]:
    """Where one form stands that no link covers, whether with a capital or not."""
    covered = _covered(texts.ids)
    found: list[Place] = []
    names = Names([(folded, 0)])
    for line in _lines(texts):
        for hit in names.find(line.words):
            if not _overlaps(covered[line.passage], hit.start, hit.end):
                found.append(_place(line, hit.start, hit.end))
                if len(found) >= most:
                    return found
    return found


def known_garblings(texts: Texts) -> dict[str, Form]:
    """The places of the known garblings, by folded form."""
    return _kept("garblings", texts, lambda names: _garblings(texts, names))


def slips(texts: Texts) -> list[Slip]:
    """What the cheap checks find, in the order of the texts."""
    return _kept("slips", texts, lambda names: list(_slips(texts)))


_results: OrderedDict[tuple[object, ...], tuple[AllNames, Any]] = OrderedDict()


def _kept(what: str, texts: Texts, find: Callable[[AllNames], T]) -> T:
    """What was found before, unless a text or a name has changed since."""
    names = all_names()
    database = str(connection.settings_dict["NAME"])
    key = (what, database, tuple((text.id, text.version) for text in texts.rows))
    kept = _results.get(key)
    if kept is not None and kept[0] is names:
        found: T = kept[1]
        return found
    found = find(names)
    _results[key] = names, found
    while len(_results) > KEPT:
        _results.popitem(last=False)
    return found


def _forms(texts: Texts, names: AllNames, most: int) -> list[Form]:
    covered = _covered(texts.ids)
    met: list[tuple[Line, int, int, int]] = []
    firm: Counter[str] = Counter()
    for line in _lines(texts):
        for start, end, wider in find_candidates(line.words, line.text.language):
            if _overlaps(covered[line.passage], wider, end):
                continue
            met.append((line, start, end, wider))
            if wider == start:
                firm[fold(line.words[start:end])] += 1
    forms: dict[str, Form] = {}
    for line, start, end, wider in met:
        folded = fold(line.words[wider:end])
        if wider != start and not firm[folded] and folded not in names.right.values:
            wider, folded = start, fold(line.words[start:end])
        known = names.right.values.get(folded, ())
        if not any(named.entity == 0 for named in known):
            form = forms.setdefault(folded, Form(folded))
            _count(form, line, wider, end, most)
    for form in forms.values():
        form.text = form.written.most_common(1)[0][0]
        form.entities = _owners(names.right.values.get(form.folded, ()))
        form.garbled = _owners(names.garblings.values.get(form.folded, ()))
    return sorted(forms.values(), key=lambda form: (-form.count, form.folded))


def _owners(named: Sequence[Any]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one.entity for one in named))


def _count(form: Form, line: Line, start: int, end: int, most: int) -> None:
    form.count += 1
    form.texts.add(line.text.id)
    form.written[line.words[start:end]] += 1
    if len(form.places) < most:
        form.places.append(_place(line, start, end))


def _garblings(texts: Texts, names: AllNames) -> dict[str, Form]:
    found: dict[str, Form] = {}
    for line in _lines(texts) if names.garblings else ():
        for hit in names.garblings.find(line.words):
            form = found.setdefault(hit.folded, Form(hit.folded))
            _count(form, line, hit.start, hit.end, MOST_PLACES)
    return found


def _slips(texts: Texts) -> Iterator[Slip]:
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in _lines(texts):
        lines[line.text.id].append(line)
    for of_text in lines.values():
        of_marks = check_marks([line.words for line in of_text])
        for line, marks in zip(of_text, of_marks, strict=True):
            for one in sorted([*check_text(line.words), *marks], key=lambda one: one.start):
                yield Slip(one.kind, _place(line, one.start, one.end))


def _lines(texts: Texts) -> Iterator[Line]:
    """The passages of the texts, the newest text first, in order."""
    by_id = {text.id: text for text in texts.rows}
    lines: dict[int, list[Line]] = {text.id: [] for text in texts.rows}
    with connection.cursor() as cursor:
        cursor.execute(PASSAGES, [texts.ids])
        for passage, article, number, revision, words in cursor.fetchall():
            lines[article].append(Line(by_id[article], passage, number, revision, words))
    for of_text in lines.values():
        yield from of_text


def _covered(articles: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """What links cover, by passage."""
    covered: dict[int, list[tuple[int, int]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(COVERED, [list(articles)])
        for passage, start, end in cursor.fetchall():
            covered[passage].append((start, end))
    return covered


def _overlaps(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in ranges)


def _place(line: Line, start: int, end: int) -> Place:
    words, text = line.words, line.text
    return Place(
        text.id, text.title, text.language, line.number, line.revision, start, end,
        excerpts.before(words, start, AROUND), words[start:end],
        excerpts.after(words, end, AROUND),
    )  # fmt: skip
