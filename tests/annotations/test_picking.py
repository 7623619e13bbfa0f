"""The picker: what is meant comes first, what is sure is marked, every look-up goes by an index."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from annotations.models import Entity
from annotations.queries.picking import find_candidates
from annotations.services.annotating import create_annotation
from annotations.services.entities import add_name, create_entity, retire_entity
from annotations.services.spans import Span
from annotations.services.starter import starter_records
from annotations.text.folding import fold
from annotations.text.naming import asked_by, likeness
from annotations.text.records import OfficeRecord
from annotations.text.variants import initials
from articles.services.log import Agent

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from articles.models import Article
    from diplowatch.accounts.models import User

PEOPLE = ("Jean-Yves Le Drian", "Emmanuel Macron", "Katherine Tai", "Joe Biden", "Ned Price")
PLACES = ("Édimbourg", "Paris", "Sahel")
UN = "Conseil de sécurité des Nations unies"
OTHERS = {"organisation": ("Quai d’Orsay", "OTAN", "Netflix", UN), "other": ("Covid-19",)}
MAKER = Agent(name="tests")


@pytest.fixture
def cast(db: None) -> dict[str, Entity]:
    """Entities by label."""
    made = {}
    names = {"person": PEOPLE, "place": PLACES} | OTHERS
    for kind, labels in names.items():
        for label in labels:
            made[label], _ = create_entity(agent=MAKER, kind=kind, label_fr=label)
    office = OfficeRecord(
        "secrétaire d’État", "Secretary of State", datetime.date(2021, 1, 26), "day",
        datetime.date(2025, 1, 20), "day",
    )  # fmt: skip
    made["Antony Blinken"], _ = create_entity(
        agent=MAKER, kind="person", label_fr="Antony Blinken", aliases=["Anthony Blinken"],
        identifiers=[("wikidata", "Q7821917")], offices=[office],
    )  # fmt: skip
    return made


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("Anthony Blingen", "Antony Blinken"),
        ("Qui de Arsay", "Quai d’Orsay"),
        ("Jean-Yves Le Trianon", "Jean-Yves Le Drian"),
        ("Macrom", "Emmanuel Macron"),
        ("Govt-19", "Covid-19"),
        ("Catherine Toy", "Katherine Tai"),
        ("Ma Cron", "Emmanuel Macron"),
        ("E Dim Bourg", "Édimbourg"),
        ("Macorn", "Emmanuel Macron"),
        ("Lotan", "OTAN"),
        ("Josef Biden", "Joe Biden"),
        ("CSNU", UN),
        ("président Emmanuel Macron", "Emmanuel Macron"),
        ("EDIMBOURG", "Édimbourg"),
        ("quai dorsay", "Quai d’Orsay"),
        ("macr", "Emmanuel Macron"),
        ("Q7821917", "Antony Blinken"),
        ("https://www.wikidata.org/wiki/Q7821917", "Antony Blinken"),
        ("Blinken :: secrétaire", "Antony Blinken"),
    ],
)
def test_what_is_meant_comes_first(cast: dict[str, Entity], heard: str, meant: str) -> None:
    assert find_candidates(heard)[0].id == cast[meant].pk


@pytest.mark.parametrize(
    ("said", "strong"),
    [
        ("Emmanuel Macron", True),
        ("emmanuel macron", True),
        ("Emmanuel Macrom", True),
        ("Anthony Blinken", True),
        ("Covid-19", True),
        ("Paris", True),
        ("OTAN", True),
        ("Macron", False),
        ("Netflix", False),
        ("Edin", False),
        ("Édimbour", False),
        ("Jean-Yves Le Trianon", False),
        ("Qui de Arsay", False),
        ("Govt-19", False),
        ("Emmanuel", False),
        ("Lotan", False),
        ("CSNU", False),
        ("Josef Biden", False),
    ],
)
def test_only_what_is_sure_is_marked(cast: dict[str, Entity], said: str, strong: bool) -> None:
    found = find_candidates(said)
    assert [one.strong for one in found[:1]] == [strong]
    assert not any(one.strong for one in found[1:])


def test_a_name_that_two_bear_is_never_sure(cast: dict[str, Entity]) -> None:
    create_entity(agent=MAKER, kind="person", label_fr="Emmanuel Macron")
    assert not find_candidates("Emmanuel Macron")[0].strong
    add_name(entity_id=cast["Ned Price"].pk, agent=MAKER, name="Net Flic", kind="garbling")
    found = find_candidates("Net Flic")[0]
    assert (found.label, found.strong) == ("Ned Price", False)


def test_what_is_filtered_or_retired_is_not_found(cast: dict[str, Entity]) -> None:
    assert not find_candidates("Emmanuel Macron", kind="place")
    assert not find_candidates("Blinken :: président")
    retire_entity(entity_id=cast["Paris"].pk, version=1, agent=MAKER)
    assert all(one.label != "Paris" for one in find_candidates("Paris"))
    assert find_candidates("") == find_candidates(" :: x") == find_candidates("\u0301") == []


def test_the_article_says_who_is_meant_and_what_he_was(
    cast: dict[str, Entity], news: Article, editor: User
) -> None:
    twin, _ = create_entity(agent=MAKER, kind="person", label_fr="Blinken")
    passage = news.passages.order_by("position")[0]
    start = passage.text.index("Anthony")
    create_annotation(
        article_id=news.pk, agent=Agent(editor), motivation="identifying",
        spans=[Span(passage.number, 0, start, start + 15, "Anthony Blingen")],
        entity_id=cast["Antony Blinken"].pk, link_status="verified",
    )  # fmt: skip
    found = find_candidates("Anthony Blingen", article_id=news.pk)[0]
    assert (found.linked_here, found.office) == (1, "secrétaire d’État")
    assert find_candidates("Blinken")[0].id == twin.pk
    late = find_candidates("Antony Blinken", at=datetime.date(2026, 1, 1))[0]
    assert late.office == ""


def test_one_statement_whatever_is_found(
    cast: dict[str, Entity], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(1):
        find_candidates("Emmanuel Macron")
    with django_assert_max_num_queries(1):
        find_candidates("nothing like it")


@pytest.mark.parametrize(
    ("index", "condition"),
    [
        ("entity_name_folded", "folded = 'x'"),
        ("entity_name_folded", "folded ~>=~ 'x' AND folded ~<=~ 'y'"),
        ("entity_name_parts", "folded LIKE '% macr%'"),
        ("entity_name_sounds", "string_to_array(sound, ' ') && '{NKRN}'"),
        ("entity_name_parts", "folded % 'macron'"),
        ("entity_name_initials", "annotations_initials(folded) = 'x' AND folded LIKE '% % %'"),
    ],
)
def test_names_are_looked_up_by_an_index(
    cast: dict[str, Entity], index: str, condition: str
) -> None:
    with connection.cursor() as cursor:
        # Alone, so that no sample of a small table lets the planner prefer to read another whole.
        cursor.execute(
            "SELECT indexname FROM pg_indexes WHERE tablename = 'annotations_entityname' "
            "AND indexname LIKE 'entity_name_%%' AND indexname <> %s",
            [index],
        )
        for (other,) in cursor.fetchall():
            cursor.execute(f'DROP INDEX "{other}"')
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT 1 FROM annotations_entityname "  # noqa: S608 - constants above
            f"WHERE {condition} AND NOT retired"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert index in plan
    assert "Index Cond" in plan


def test_the_database_makes_the_initials_that_the_picker_asks_for(db: None) -> None:
    names = {fold(name) for record in starter_records() for name, _, _ in record.names()}
    names |= {"", "de la", "l a b", "de de x", "the the", "o'x y"}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, annotations_initials(name) FROM unnest(%s::text[]) AS name", [list(names)]
        )
        assert all(initials(name) == made for name, made in cursor.fetchall())


def test_the_fragment_shows_the_candidates(
    cast: dict[str, Entity], news: Article, reader: User, sign_in: Callable[[User | None], Client]
) -> None:
    create_entity(agent=MAKER, kind="person", label_en="<b>Macron</b>", description_fr="<i>x</i>")
    answer = sign_in(reader).get(
        "/entities/pick", {"q": "Emmanuel Macron", "article": news.pk, "at": "2021-10"}
    )
    options = html.fragments_fromstring(answer.text)
    assert options[0].get("data-entity") == str(cast["Emmanuel Macron"].pk)
    assert options[0].get("data-strong") is not None
    other = sign_in(reader).get("/entities/pick", {"q": "<b>Macron</b>"})
    assert "<b>Macron" not in other.text
    assert "&lt;b&gt;Macron" in other.text


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "x", "article": "99999999999999999999"}, {"q": "x", "article": "-1"},
        {"q": "\0"}, {"q": "x" * 5_000, "kind": "ghost", "at": "2021-99"}, {}, {"q": "%_\\ ' ::"},
    ],
)  # fmt: skip
def test_odd_questions_find_nothing(
    reader: User, sign_in: Callable[[User | None], Client], asked: dict[str, str]
) -> None:
    answer = sign_in(reader).get("/entities/pick", asked)
    assert answer.status_code == 200
    assert "data-entity" not in answer.text


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_a_share_and_whole_for_the_name_itself(one: str, other: str) -> None:
    asked, name = asked_by(one), asked_by(other)
    fits = likeness(asked, name.folded, name.sound)
    assert 0 <= fits <= 1
    assert (fits == 1) == (asked.folded == name.folded)
