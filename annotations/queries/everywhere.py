"""Where words stand in all the texts that a person may say something about, and what is there.

The search's index gives the passages, the newest first; the exact places are found in them. For
administrators a regular expression is looked for by the database, for a few seconds at most.
"""

# ruff: noqa: S608 - these texts are put together from constants; values are parameters
from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import DataError, OperationalError, connection, transaction

from annotations.queries.patterns import SOME, TEXTS, find_matches
from annotations.text.occurrences import (
    NEARLY,
    Options,
    as_written,
    occurrences,
    parts_of,
    pattern_of,
    reads_already,
)
from articles.queries.vocabulary import forms_within
from articles.text import excerpts
from articles.text.query import parse_query

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Sequence

    from annotations.text.occurrences import Part
    from diplowatch.lib.roles import Person

MOST_PASSAGES: Final = 2_000
MOST_PLACES: Final = 1_000  # shown and corrected at once
LONGEST: Final = 300  # code points of what is looked for
AROUND: Final = 60  # code points shown on each side
_QUOTES: Final = re.compile('["«“„»”*]')

# "après" is no word of "après-midi", but "Blingen" is one of "Blingen-Lavrov", "vient" of
# "vient-il".
_HYPHEN_BEFORE: Final = re.compile(r"(?<!\w)[a-zß-ÿœ]+[-‑]$")
_HYPHEN_AFTER: Final = re.compile(
    r"[-‑](?!(?:t[-‑])?(?:je|tu|ils?|elles?|on|nous|vous|ce|moi|toi|les?|la|lui|leur|y|en|là|ci)\b)"
    r"[a-zß-ÿœ]"
)

BY_WORDS: Final = f"""
SELECT {{columns}} FROM articles_passage AS p JOIN articles_article AS a ON a.id = p.article_id
WHERE p.search @@ %(some)s::tsquery AND {TEXTS}
ORDER BY p.search @@ %(all)s::tsquery DESC, p.id DESC LIMIT {MOST_PASSAGES + 1}
"""
CHOSEN: Final = f"""
SELECT {{columns}} FROM articles_passage AS p JOIN articles_article AS a ON a.id = p.article_id
WHERE {SOME} AND {TEXTS}
"""
SAID: Final = """
SELECT t.passage_id, t.start, t."end", coalesce(a.entity_id, 0), a.motivation
FROM annotations_target AS t JOIN annotations_annotation AS a ON a.id = t.annotation_id
WHERE t.passage_id = ANY(%(passages)s) AND a.removed IS NULL AND t.state <> 'detached'
    AND (NOT a.private OR a.creator_id = %(user)s)
    AND (a.motivation = 'identifying' OR a.state = 'proposed')
"""
COLUMNS: Final = "p.id, p.article_id, p.number, p.revision, p.text, a.language"
TITLES: Final = """
SELECT id, title, language, date, date_precision, collection_id FROM articles_article
WHERE id = ANY(%s) ORDER BY date_key DESC, id DESC
"""


class TooSlow(Exception):
    """The expression takes too long to look for."""


class WrongPattern(Exception):
    """This is no regular expression."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, what is to stand for it, and whom that names."""

    words: str
    replacement: str = ""
    entity: int | None = None
    options: Options = NEARLY
    is_pattern: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.words.strip())


class Occurrence(NamedTuple):
    """Words that were found (code points, end exclusive), and what is to stand there."""

    article: int
    passage: int
    revision: int
    start: int
    end: int
    exact: str
    replacement: str
    before: str
    after: str
    form: str  # what was looked for: all the words, or a part of them
    is_part: bool
    is_ticked: bool

    @property
    def name(self) -> str:
        """As a form names it."""
        return f"{self.article}-{self.passage}-{self.revision}-{self.start}-{self.end}"


class Text(NamedTuple):
    """An article with what was found in it."""

    pk: int
    title: str
    language: str
    date: datetime.date | None
    date_precision: str
    collection: int
    places: list[Occurrence]


@dataclass(frozen=True, slots=True)
class Everywhere:
    """What was found, by articles, the newest first; whether there is more."""

    texts: list[Text] = field(default_factory=list)
    is_capped: bool = False

    @property
    def places(self) -> list[Occurrence]:
        """All places, in order."""
        return [place for text in self.texts for place in text.places]


class Row(NamedTuple):
    """A passage to look through."""

    pk: int
    article: int
    number: int
    revision: int
    text: str
    language: str


def find_everywhere(
    wanted: Wanted,
    user: Person,
    collections: Sequence[int],
    *,
    is_ordinary: Callable[[str], bool] | None = None,
    chosen: Iterable[tuple[int, int]] | None = None,
) -> Everywhere:
    """The places in these collections; four queries at most.

    With `chosen` (articles and numbers of passages) only those passages are looked through. Raises
    `TooSlow` and `WrongPattern`.
    """
    if not wanted:
        return Everywhere()
    pairs = None if chosen is None else sorted(set(chosen))
    values: dict[str, Any] = {"places": list(collections)}
    if pairs is not None:
        values |= {"articles": [pk for pk, _ in pairs], "numbers": [number for _, number in pairs]}
    finder = _Patterns(wanted) if wanted.is_pattern else _Words(wanted, is_ordinary)
    found = finder.find(values)
    is_capped = len(found) > MOST_PLACES or finder.is_capped
    return Everywhere(_by_article(_ticked(found[:MOST_PLACES], wanted, user)), is_capped)


_Found = tuple[int, Occurrence]  # with the passage's primary key


class _Words:
    """Words and the parts of their correction, looked for by the index of the search."""

    def __init__(self, wanted: Wanted, is_ordinary: Callable[[str], bool] | None) -> None:
        self.options = wanted.options
        parts: Sequence[Part] = ()
        if wanted.replacement.strip():
            parts = parts_of(wanted.words, wanted.replacement, is_ordinary)
        self.whole = " ".join(wanted.words.split())
        self.sought = [(self.whole, wanted.replacement), *parts]
        self.is_capped = False

    def find(self, values: dict[str, Any]) -> list[_Found]:
        rows = self._rows(values)
        self.is_capped = len(rows) > MOST_PASSAGES
        patterns = [(old, new, pattern_of(old, self.options)) for old, new in self.sought]
        made: list[_Found] = []
        for row in rows[:MOST_PASSAGES]:
            taken: list[tuple[int, int]] = []
            for old, new, pattern in patterns:
                for place in occurrences(row.text, pattern, taken):
                    taken.append(place)
                    if new and reads_already(row.text, place, old, new):
                        continue
                    exact = row.text[slice(*place)]
                    to_stand = as_written(exact, old, new)
                    if to_stand != exact:
                        made.append((row.pk, _occurrence(row, *place, to_stand, old, self.whole)))
        return made

    def _rows(self, values: dict[str, Any]) -> list[Row]:
        if "articles" in values:
            return _fetch(CHOSEN.format(columns=COLUMNS), values)
        queries = [query for old, _new in self.sought if (query := self._tsquery(old))]
        if not queries:
            return []
        asked = {"some": " | ".join(queries), "all": queries[0]}
        return _fetch(BY_WORDS.format(columns=COLUMNS), values | asked)

    def _tsquery(self, words: str) -> str:
        """What finds all passages that may have the words; "" where they are too common."""
        query = parse_query(f'"{_QUOTES.sub(" ", words)}"')
        if not self.options.whole_words:
            terms = [term.word for term in query.terms()]
            query = query.widened(forms_within(terms))
        return query.tsquery()


class _Patterns:
    """A regular expression, looked for by the database."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted, self.is_capped = wanted, False

    def find(self, values: dict[str, Any]) -> list[_Found]:
        wanted = self.wanted
        try:
            with transaction.atomic():
                rows, self.is_capped = find_matches(
                    wanted.words, wanted.replacement, COLUMNS, values,
                    match_case=wanted.options.match_case, most=MOST_PASSAGES,
                )  # fmt: skip
        except DataError as fault:
            raise WrongPattern from fault
        except OperationalError as fault:
            raise TooSlow from fault
        made = []
        for *columns, start, end, replacement in rows:
            row = Row(*columns)
            if start < end and replacement != row.text[start:end]:
                one = _occurrence(row, start, end, replacement, wanted.words, wanted.words)
                made.append((row.pk, one))
        return made


def _occurrence(row: Row, start: int, end: int, new: str, form: str, whole: str) -> Occurrence:
    text, exact = row.text, row.text[start:end]
    return Occurrence(
        row.article, row.number, row.revision, start, end, exact, new,
        before=excerpts.before(text, start, AROUND), after=excerpts.after(text, end, AROUND),
        form=form, is_part=form != whole, is_ticked=False,
    )  # fmt: skip


def _ticked(found: Sequence[_Found], wanted: Wanted, user: Person) -> list[Occurrence]:
    """With a tick where they are just the words, whole ones, and neither another's nor proposed."""
    said: dict[int, list[tuple[int, int, int, str]]] = defaultdict(list)
    with connection.cursor() as cursor:
        passages = sorted({passage for passage, _ in found})
        cursor.execute(SAID, {"passages": passages, "user": user.pk})
        for passage, *rest in cursor.fetchall():
            said[passage].append(tuple(rest))
    exactly = pattern_of(wanted.words, wanted.options._replace(match_case=True, match_accents=True))
    made = []
    for passage, one in found:
        same = wanted.is_pattern or (
            not one.is_part and exactly is not None and exactly.fullmatch(one.exact) is not None
        )
        alone = wanted.is_pattern or not _runs_on(one)
        is_others = any(
            start < one.end and one.start < end
            and (motivation != "identifying" or entity != wanted.entity)
            for start, end, entity, motivation in said[passage]
        )  # fmt: skip
        made.append(one._replace(is_ticked=same and alone and not is_others))
    return made


def _runs_on(one: Occurrence) -> bool:
    """Whether the words are but a part of a longer word, or of one with hyphens."""
    joined = [one.before[-1:] + one.exact[:1], one.exact[-1:] + one.after[:1]]
    if any(len(pair) == 2 and re.fullmatch(r"\w\w", pair) for pair in joined):
        return True
    return bool(_HYPHEN_BEFORE.search(one.before) or _HYPHEN_AFTER.match(one.after))


def _by_article(found: Sequence[Occurrence]) -> list[Text]:
    places: dict[int, list[Occurrence]] = defaultdict(list)
    for one in found:
        places[one.article].append(one)
    with connection.cursor() as cursor:
        cursor.execute(TITLES, [list(places)])
        rows = cursor.fetchall()
    return [
        Text(pk, title, language, date, precision, shelf, sorted(places[pk], key=_in_order))
        for pk, title, language, date, precision, shelf in rows
    ]


def _in_order(one: Occurrence) -> tuple[int, int]:
    return one.passage, one.start


def _fetch(sql: str, values: dict[str, Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Row(*row) for row in cursor.fetchall()]
