"""Facets and pages checked against counting and sorting by hand."""

from __future__ import annotations

import datetime
import itertools
import random
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from articles.models import Article, Collection, ImportBatch, SourceFile
from articles.queries.facets import count_facets
from articles.queries.filters import UNDATED, Filters
from articles.queries.listing import ListQuery
from articles.queries.neighbours import find_place
from articles.queries.shelves import visible_shelves
from articles.services.tallies import compact_tallies

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplowatch.accounts.models import User

KINDS = ("article", "interview")
STATUSES = ("raw", "proofread", "validated")
SOURCES = ("", "Le Courrier", "Agence Horizon")
LANGUAGES = ("fr", "en")
DATES = (
    (None, ""), (datetime.date(2021, 10, 5), "day"), (datetime.date(2021, 10, 1), "month"),
    (datetime.date(2021, 1, 1), "year"), (datetime.date(2020, 1, 1), "month"),
)  # fmt: skip
ASKED = (
    "", "kind=interview", "date=2021", "date=2021-10", "date=none", "date=2020&date=2021-10",
    "source=", "source=Le+Courrier&kind=article", "status=raw&status=proofread&language=fr",
    "tag=ONU", "tag=ONU&kind=article", "tag=ONU&tag=Sahel",
)  # fmt: skip


@pytest.fixture
def many(db: None) -> list[Article]:
    """180 articles in three collections, of all facets, some of them gone."""
    dice = random.Random(7)  # noqa: S311 - for tests, always the same
    shelves = [Collection.objects.create(name=name) for name in ("A", "B", "C")]
    batch = ImportBatch.objects.create(collection=shelves[0], agent="tests", state="done")
    file = SourceFile.objects.create(name="x", sha256="0" * 64, encoding="utf-8", data=b"", text="")
    for number in range(180):
        date, precision = dice.choice(DATES)
        Article.objects.create(
            collection=dice.choice(shelves), source_file=file, batch=batch if number % 2 else None,
            sha256=f"{number:064}", kind=dice.choice(KINDS), title=f"Titre {dice.randint(1, 40)}",
            date=date, date_precision=precision, source=dice.choice(SOURCES),
            language=dice.choice(LANGUAGES), status=dice.choice(STATUSES),
            tags=["ONU"] * bool(number % 3) + ["Sahel"] * (number % 5 == 0),
        )  # fmt: skip
    Article.objects.filter(title="Titre 7").update(removed=datetime.datetime.now(datetime.UTC))
    Article.objects.filter(title="Titre 8").update(status="problematic")
    Article.objects.filter(title="Titre 9").update(tags=["Sahel", "Climat"])
    return list(Article.objects.live())


def month(article: Article) -> str:
    """The article's value in the date facet."""
    if article.date is None:
        return UNDATED
    return article.date.isoformat()[: 4 if article.date_precision == "year" else 7]


VALUES = {
    "kind": lambda a: a.kind, "status": lambda a: a.status, "language": lambda a: a.language,
    "source": lambda a: a.source, "date": month, "collection": lambda a: str(a.collection_id),
}  # fmt: skip


def chosen(article: Article, filters: Filters, but: str = "") -> bool:
    """Whether an article answers the filters, one facet left out."""
    for facet, value_of in VALUES.items():
        wanted = filters.chosen(facet)
        value = value_of(article)
        if facet == but or not wanted or value in wanted:
            continue
        if facet == "date" and value != UNDATED and value[:4] in wanted:
            continue
        return False
    return all(tag in article.tags for tag in filters.tag)


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("asked", ASKED)
def test_facets_count_what_counting_by_hand_gives(
    many: list[Article], asked: str, compact: bool
) -> None:
    if compact:
        compact_tallies()
    filters = ListQuery.from_string(asked).filters
    shelves = list(Collection.objects.order_by("name").values_list("pk", flat=True))
    for visible in (shelves, shelves[:1], shelves[1:], []):
        seen = [article for article in many if article.collection_id in visible]
        found = count_facets(filters, visible)
        assert found.total == sum(chosen(article, filters) for article in seen)
        for facet, value_of in VALUES.items():
            by_hand = Counter(
                value_of(article) for article in seen if chosen(article, filters, facet)
            )
            assert dict(found.counts[facet]) == dict(by_hand), facet
        tags = Counter(tag for article in seen if chosen(article, filters) for tag in article.tags)
        assert dict(found.counts["tag"]) == dict(tags)


def key_of(article: Article, sort: str) -> tuple[object, ...]:
    """What an order goes by, ascending."""
    day = article.date or datetime.date(1, 1, 1)
    keys: dict[str, tuple[object, ...]] = {
        "newest": (-day.toordinal(), -article.pk),
        "oldest": (article.date is None, day.toordinal(), article.pk),
        "imported": (-article.pk,), "title": (article.title.lower(), article.pk),
    }  # fmt: skip
    return keys[sort]


@pytest.mark.parametrize("sort", ["newest", "oldest", "imported", "title"])
@pytest.mark.parametrize("asked", ["", "status=raw", "date=2021&language=fr"])
def test_pages_visit_every_row_once_both_ways(
    many: list[Article], monkeypatch: pytest.MonkeyPatch, sort: str, asked: str
) -> None:
    monkeypatch.setattr("articles.queries.listing.PAGE", 7)
    query = ListQuery.from_string(f"{asked}&sort={sort}")
    visible = list(Collection.objects.order_by("name").values_list("pk", flat=True)[:2])
    expected = [
        article.pk
        for article in sorted(many, key=lambda article: key_of(article, sort))
        if article.collection_id in visible and chosen(article, query.filters)
    ]
    pages = list(_walk(query, visible))
    assert list(itertools.chain(*(ids for ids, _ in pages))) == expected
    assert [len(ids) for ids, _ in pages[:-1]] == [7] * (len(pages) - 1)
    back: list[int] = []
    cursor = pages[-1][1]
    while cursor:
        page = query.at(cursor).page(visible)
        back = [*(row.id for row in page.rows), *back]
        cursor = page.previous
    assert back == expected[: len(expected) - len(pages[-1][0])]


def _walk(query: ListQuery, visible: list[int]) -> Iterable[tuple[list[int], str]]:
    while True:
        page = query.page(visible)
        yield [row.id for row in page.rows], page.previous
        if not page.next:
            return
        query = query.at(page.next)


@pytest.mark.parametrize("sort", ["newest", "oldest", "imported", "title"])
def test_neighbours_follow_the_list(many: list[Article], reader: User, sort: str) -> None:
    visible = visible_shelves(reader).ids
    listed = sorted((a for a in many if a.kind == "article"), key=lambda a: key_of(a, sort))
    for at in (0, 1, len(listed) // 2, len(listed) - 1):
        article = Article.objects.get(pk=listed[at].pk)
        before = listed[at - 1].pk if at else None
        after = listed[at + 1].pk if at + 1 < len(listed) else None
        place = find_place(visible, article, f"kind=article&sort={sort}")
        beside = [one and one.pk for one in (place.previous, place.next)]
        assert beside == [before, after]


def test_the_address_says_it_all() -> None:
    said = "q=paix+guerre&kind=article&date=2021&source=&sort=title&exact=1"
    query = ListQuery.from_string(said)
    assert query.querystring() == said
    assert ListQuery.from_string(query.querystring()) == query
    assert query.at("a1.x").address() == f"?{said}&cursor=a1.x"


@pytest.mark.parametrize(
    "asked",
    ["", "q=paix+%26+kind%3D&kind=article&source=&source=AFP+%26&tag=a&tag=b&sort=title&cursor=s1"],
)
def test_addresses_of_a_facet_are_those_of_its_filters(asked: str) -> None:
    query = ListQuery.from_string(asked)
    for facet in ("kind", "date", "source", "tag", "entity"):
        address = query.toggling(facet)
        for value in ("", "article", "AFP &", "L’Écho=é", "%00", "a", "2021-10"):
            wanted = query.filtered(query.filters.toggled(facet, value))
            assert address(value) == wanted.address()


def test_a_batch_is_looked_up_by_its_index(many: list[Article]) -> None:
    batch = next(article.batch_id for article in many if article.batch_id)
    filters = Filters(batch=(str(batch),))
    condition, values = filters.on_articles([1])
    condition = condition.split(" AND ")[-1]  # the facets' indexes are as good for so few rows
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        sql = f"EXPLAIN SELECT id FROM articles_article AS a WHERE {condition}"  # noqa: S608 - ours
        cursor.execute(sql, values[-1:])
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert re.search(r"Index Cond: \(batch_id = ", plan), plan
