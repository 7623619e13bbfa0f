"""What is said about one article: its marks, and the cards of some annotations.

Others' private annotations never come out of here. Each function takes one statement, however
long the text is and however much is said of it.
"""

from __future__ import annotations

import calendar
import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations.models import Annotation, Motivation
from annotations.queries.filters import Filters
from diplowatch.lib.statements import fetch_planned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    from articles.models import Article
    from diplowatch.lib.roles import Person

    TargetRow: TypeAlias = list[Any]  # passage's number, start, end, exact, state

SAID_LENGTH = 90  # code points of a text that a mark tells
ALL = Filters()
WAITING = (Motivation.QUESTIONING, Motivation.EDITING)  # for somebody's decision


class Mark(NamedTuple):
    """One target of an annotation; without one (a note on the article) `passage` is None.

    `passage` is the passage's primary key; `said` is how the text begins; `leads` is true for the
    first of its targets that is not detached; `kept` says whether the filters let it through.
    `start` and `end` are code points, end exclusive.
    """

    id: str
    motivation: str
    kind: str
    status: str
    private: bool
    by: int | None
    name: str
    tag: int | None
    label: str  # of its tag or its entity
    said: str
    passage: int | None
    start: int
    end: int
    state: str
    leads: bool
    kept: bool
    replacement: str = ""  # what a proposal puts in the place of its words


class Card(NamedTuple):
    """An annotation as its card shows it; a reply has a `parent`.

    `targets` are `[passage's number, start, end, exact, state]`, in their order.
    """

    id: str
    parent: str | None
    motivation: str
    kind: str
    status: str
    private: bool
    by: int | None
    name: str
    body: str
    tag: int | None
    label: str
    entity: int | None
    description: str
    authority: str | None  # the id that Wikidata has for the entity
    office: str | None  # what the person was at the article's date
    version: int
    created: datetime.datetime
    modified: datetime.datetime
    status_by: str | None
    status_at: datetime.datetime | None
    targets: list[TargetRow] | None
    correction: str = ""  # its state
    replacement: str = ""
    fault: str = ""  # the kind of fault that it corrects
    certainty: str = ""
    evidence: str = ""
    decided_by: str | None = None
    decided_at: datetime.datetime | None = None
    verdict: str = ""


NAME_OF = "coalesce(nullif(trim(concat({0}.first_name, ' ', {0}.last_name)), ''), {0}.username)"
NAME = f"coalesce({NAME_OF.format('u')}, a.agent)"
MINE = "(NOT a.private OR a.creator_id = %(user)s)"

MARKS = """
SELECT a.id::text, a.motivation, coalesce(e.kind, a.flag_kind), a.link_status, a.private,
    a.creator_id, {name}, a.tag_id, coalesce(g.name, {label}, ''),
    left(a.body, %(said)s), t.passage_id, coalesce(t.start, 0), coalesce(t."end", 0),
    coalesce(t.state, ''), a.target_count < 2 OR t.position = (
        SELECT min(o.position) FROM annotations_target AS o
        WHERE o.annotation_id = a.id AND o.state <> 'detached'), {condition},
    left(a.replacement, %(said)s)
FROM annotations_annotation AS a
{join} annotations_target AS t ON t.annotation_id = a.id
LEFT JOIN annotations_entity AS e ON e.id = a.entity_id
LEFT JOIN annotations_tag AS g ON g.id = a.tag_id
LEFT JOIN accounts_user AS u ON u.id = a.creator_id
WHERE {where} AND a.removed IS NULL AND a.parent_id IS NULL AND {mine} AND {open}
"""
CARDS = """
SELECT a.id::text, a.parent_id::text, a.motivation, coalesce(e.kind, a.flag_kind), a.link_status,
    a.private, a.creator_id, {name}, a.body, a.tag_id, coalesce(g.name, {label}, ''), a.entity_id,
    coalesce({description}, ''), known.value, office.title, a.version, a.created, a.modified,
    {status_name}, a.status_at, places.targets, a.state, a.replacement, a.flag_kind, a.certainty,
    a.evidence, {decided_name}, a.decided_at, a.verdict
FROM annotations_annotation AS a
LEFT JOIN annotations_entity AS e ON e.id = a.entity_id
LEFT JOIN annotations_tag AS g ON g.id = a.tag_id
LEFT JOIN accounts_user AS u ON u.id = a.creator_id
LEFT JOIN accounts_user AS v ON v.id = a.status_by_id
LEFT JOIN accounts_user AS w ON w.id = a.decided_by_id
LEFT JOIN LATERAL (
    SELECT i.value FROM annotations_entityidentifier AS i
    WHERE i.entity_id = a.entity_id AND i.authority = 'wikidata' AND NOT i.retired
    ORDER BY i.id LIMIT 1
) AS known ON TRUE
LEFT JOIN LATERAL (
    SELECT {office} AS title FROM annotations_office AS o
    WHERE o.entity_id = a.entity_id AND NOT o.retired AND {in_office}
    ORDER BY o.start DESC NULLS LAST, o.id LIMIT 1
) AS office ON %(first)s::date IS NOT NULL
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(p.number, t.start, t."end", t.exact, t.state)
        ORDER BY t.position) AS targets
    FROM annotations_target AS t JOIN articles_passage AS p ON p.id = t.passage_id
    WHERE t.annotation_id = a.id
) AS places ON TRUE
WHERE (a.id = ANY(%(ids)s::uuid[]) OR a.parent_id = ANY(%(ids)s::uuid[]))
    AND a.article_id = %(article)s AND a.removed IS NULL AND {mine}
ORDER BY a.created, a.id
"""
PARENT = f"""
SELECT a.parent_id::text FROM annotations_annotation AS a
WHERE a.id = %(id)s::uuid AND a.article_id = %(article)s AND a.parent_id IS NOT NULL
    AND a.removed IS NULL AND {MINE}
"""  # noqa: S608 - put together from constants; values are parameters
# Both ends are as exact as their precision says: an end "2022" lasts through that year.
IN_OFFICE = """(o.start IS NULL OR o.start <= %(last)s::date)
    AND (o."end" IS NULL OR o."end" >= %(first)s::date)"""


def name_said(name: str, by: int | None) -> str:
    """The name of who says something as it is shown: that of a machine agent is a word."""
    return name if by is not None else _(name)


def fetch_marks(article: Article, user: Person, filters: Filters = ALL) -> list[Mark]:
    """Every target of every annotation that the person may see, in no order; replies left out."""
    return _marks("LEFT JOIN", "a.article_id = %(article)s", user, filters, article=article.pk)


def count_open(article: Article, user: Person) -> int:
    """How many flags and proposals nobody has decided on, of those that the person may see."""
    waiting = Annotation.objects.filter(
        article=article, motivation__in=WAITING, parent=None, removed=None, decided_at=None
    )
    return waiting.filter(Q(private=False) | Q(creator=user.pk)).count()


def fetch_marks_of(passages: Iterable[int], user: Person, filters: Filters = ALL) -> list[Mark]:
    """The targets in these passages (primary keys), whatever else is said of their article."""
    where = "t.passage_id = ANY(%(passages)s)"
    return _marks("JOIN", where, user, filters, passages=list(passages))


def fetch_cards(article: Article, ids: Sequence[str], user: Person) -> list[Card]:
    """The annotations with these ids in their order, each followed by its replies as they came."""
    if not ids:
        return []
    first, last = days_of(article)
    language = get_language() or ""
    sql = CARDS.format(
        name=NAME,
        label=in_language("e.label", language),
        description=in_language("e.description", language),
        office=in_language("o.title", language),
        status_name=NAME_OF.format("v"),
        decided_name=NAME_OF.format("w"),
        in_office=IN_OFFICE,
        mine=MINE,
    )
    values: dict[str, Any] = {"ids": list(ids), "article": article.pk, "user": user.pk}
    rows = [Card(*row) for row in fetch_planned(sql, values | {"first": first, "last": last})]
    seen = {card.id for card in rows}
    place = {one: number for number, one in enumerate(ids) if one in seen}
    # A stable sort: the replies follow in the order of their making.
    return sorted(
        (card for card in rows if (card.parent or card.id) in place),
        key=lambda card: (place[card.parent or card.id], card.parent is not None),
    )


def thread_of(article: Article, reply: str, user: Person) -> str:
    """The annotation that a reply is about; empty where there is no such reply to be seen."""
    with connection.cursor() as cursor:
        cursor.execute(PARENT, {"id": reply, "article": article.pk, "user": user.pk})
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def days_of(article: Article) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and the last day that the article's date may mean."""
    date = article.date
    if date is None or article.date_precision == "day":
        return date, date
    month = 12 if article.date_precision == "year" else date.month
    last = calendar.monthrange(date.year, month)[1]
    return date, datetime.date(date.year, month, last)


def in_language(column: str, language: str) -> str:
    """SQL for a text that is there in French, in English or both: the interface's first."""
    first, second = ("en", "fr") if language.startswith("en") else ("fr", "en")
    return f"coalesce(nullif({column}_{first}, ''), nullif({column}_{second}, ''))"


def _marks(join: str, where: str, user: Person, filters: Filters, **values: Any) -> list[Mark]:
    sql = MARKS.format(
        name=NAME, label=in_language("e.label", get_language() or ""), join=join, where=where,
        condition=filters.condition(), mine=MINE, open=filters.opening(),
    )  # fmt: skip
    values |= filters.values() | {"user": user.pk, "said": SAID_LENGTH}
    return [Mark(*row) for row in fetch_planned(sql, values)]
