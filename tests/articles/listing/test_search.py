"""Search by passage over stored articles: what is found, in which order, and what was meant."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from articles.queries import candidates
from articles.queries.listing import ListPage, ListQuery
from articles.services.words import keep_words
from articles.text.lexemes import words_for_slips
from articles.text.reading import Choices

if TYPE_CHECKING:
    from collections.abc import Callable

    from articles.models import Collection
    from tests.conftest import MakeArticle


@pytest.fixture
def keep(make_article: MakeArticle) -> Callable[..., Article]:
    """Store a text and count its words, as an import does."""

    def kept(text: str, **details: str) -> Article:
        keep_words(Counter(words_for_slips(f"{text} {details.get('title', '')}")))
        return make_article(text, choices=Choices(**details))

    return kept


def search(collection: Collection, address: str) -> ListPage:
    """The page of a search."""
    return ListQuery.from_string(address).page([collection.pk])


def marked(page: ListPage) -> list[str]:
    """The hits marked in the snippets."""
    return [
        piece.text
        for row in page.rows
        for snippet in row.snippets
        for piece in snippet.pieces
        if piece.is_hit
    ]


@pytest.mark.parametrize(
    ("typed", "hit"),
    [
        ("elevees", "élevées"), ("Élevé", "élevées"), ("coeur", "cœur"), ("CŒUR", "cœur"),
        ("l'OCDE", "OCDE"), ("d’OCDE", "OCDE"), ("sous+marins", "sous"),
        ("sous-marin", "sous-marins"), ("%2210+000%22", "10\u202f000"),
        ("negociation", "négociations"),
        ("%22propulsion+nucleaire%22", "propulsion nucléaire"), ("propul*", "propulsion"),
        ("negociat*", "négociations"),
    ],
)  # fmt: skip
def test_insensitive_to_what_does_not_matter(
    keep: Callable[..., Article], shelf: Collection, typed: str, hit: str
) -> None:
    keep(
        "Au cœur des négociations de l’OCDE, des murs, très élevées tours et 10\u202f000 hommes, "
        "puis des sous-marins à propulsion nucléaire pour la paix.",
        language="fr",
    )
    page = search(shelf, f"q={typed}")
    assert page.total == 1
    assert hit in marked(page)


def test_rows_are_articles_with_at_most_three_places(
    keep: Callable[..., Article], shelf: Collection
) -> None:
    many = keep("\n\n".join(f"Le Sahel, {number} fois, encore." for number in range(9)))
    keep("Rien que la mer, la mer, la mer.")
    page = search(shelf, "q=Sahel")
    assert [row.id for row in page.rows] == [many.pk]
    assert page.passages == 9
    assert len(page.rows[0].snippets) == 3


def test_titles_sources_and_voices_are_found(
    keep: Callable[..., Article], shelf: Collection, interview: Article
) -> None:
    article = keep("Un texte sans le nom du journal.", source="Le Courrier du Quai")
    assert [row.id for row in search(shelf, "q=courrier+quai").rows] == [article.pk]
    assert [row.id for row in search(shelf, "q=Antony+Blinken").rows] == [interview.pk]
    assert [row.id for row in search(shelf, "q=Antony+-Blinken").rows] == []


def test_words_parted_between_title_and_passage_are_found(
    keep: Callable[..., Article], shelf: Collection
) -> None:
    parted = keep("On y parle du fleuve et de ses crues.", title="Au Sahel", source="AFP")
    keep("On y parle du fleuve, encore.", title="Ailleurs", source="AFP")
    page = search(shelf, "q=sahel+fleuve")
    assert [row.id for row in page.rows] == [parted.pk]
    assert marked(page) == ["fleuve"]
    assert search(shelf, "q=afp+sahel+fleuve+crues").total == 1
    assert search(shelf, "q=sahel+fleuve+-crues").total == 0
    assert search(shelf, "q=sahel+fleuve+-afp").total == 0
    assert search(shelf, "q=%22sahel+fleuve%22").total == 0
    assert search(shelf, "q=sahel+fleuve+montagne").total == 0


def test_the_same_passage_is_found_once_where_the_title_has_a_word_too(
    keep: Callable[..., Article], shelf: Collection
) -> None:
    keep("Le fleuve du Sahel déborde.\n\nLe fleuve, encore.", title="Au Sahel")
    page = search(shelf, "q=sahel+fleuve")
    assert (page.total, page.passages) == (1, 2)
    assert len(page.rows[0].snippets) == 2


def test_headings_count_more(keep: Callable[..., Article], shelf: Collection) -> None:
    filler = "On parle ici de tout autre chose, longuement et sans grand intérêt. " * 4
    plain = keep(f"Un titre quelconque\n\n{filler} Sahel. {filler}")
    headed = keep(f"Le Sahel\n\n{filler}\n\n{filler}")
    assert [row.id for row in search(shelf, "q=Sahel").rows] == [headed.pk, plain.pk]


@pytest.mark.parametrize("typed", ["Bliken", "Blinqen", "Blnken", "Blikenn", "bilnken"])
def test_a_slip_finds_what_was_meant_and_says_so(
    keep: Callable[..., Article], shelf: Collection, typed: str
) -> None:
    article = keep("Antony Blinken a parlé. Monsieur Blinken est reparti.")
    page = search(shelf, f"q={typed}")
    assert [row.id for row in page.rows] == [article.pk]
    assert [(meant.word, meant.shown, meant.is_rare) for meant in page.meant] == [
        (typed, ("Blinken",), False)
    ]
    assert set(marked(page)) == {"Blinken"}
    assert search(shelf, f"q={typed}&exact=1").total == 0


def test_a_rare_slip_is_shown_beside_what_was_meant(
    keep: Callable[..., Article], shelf: Collection
) -> None:
    for number in range(4):
        keep(f"Antony Blinken a parlé {number} fois.")
    garbled = keep("Antony Bliken s’est tu.")
    page = search(shelf, "q=Bliken")
    assert page.total == 5
    assert page.meant[0].is_rare
    assert [row.id for row in search(shelf, "q=Bliken&exact=1").rows] == [garbled.pk]


def test_only_the_word_with_the_slip_is_replaced(
    keep: Callable[..., Article], shelf: Collection
) -> None:
    article = keep("Antony Blinken a parlé du Sahel, Sahel, Sahel.\n\nLe Sahel.\n\nLe Sahel.")
    keep("Antony Blinken a parlé du Mali.")
    page = search(shelf, "q=Bliken+Sahel")
    assert [row.id for row in page.rows] == [article.pk]
    assert [meant.word for meant in page.meant] == ["Bliken"]


def test_a_right_word_brings_no_suggestion(keep: Callable[..., Article], shelf: Collection) -> None:
    for number in range(4):
        keep(f"Le ministre a parlé {number} fois. Le ministère aussi.")
    assert search(shelf, "q=ministre").meant == ()


@pytest.fixture
def quai(keep: Callable[..., Article]) -> dict[str, Article]:
    """Texts where a common word stands for another or only happens to be there; one is right."""
    said = {
        "garbled": "La note du Qui de Arsay est parue.", "again": "Le QUI d’Arsay s’est tu.",
        "after": "On parle d’Arsay qui se tait.", "far": "Qui donc ira un beau jour à Arsay ?",
        "alone": "Arsay se tait. Quelqu’un a parlé.", "other": "Celui qui parle de paix.",
        "right": "La note du Quai d’Orsay est parue.",
    }  # fmt: skip
    return {name: keep(text, language="fr") for name, text in said.items()}


@pytest.mark.parametrize("typed", ["quai+d'orsay", "QUAI+ORSAY", "quai-d’orsay", "note+quai+orsay"])
def test_a_common_word_beside_others_may_stand_for_what_was_typed(
    quai: dict[str, Article], shelf: Collection, typed: str
) -> None:
    page = search(shelf, f"q={typed}")
    garbled = {quai["garbled"].pk, quai["again"].pk}
    if "note" in typed:
        garbled.remove(quai["again"].pk)
    assert page.rows[0].id == quai["right"].pk
    assert {row.id for row in page.rows[1:]} == garbled
    assert any("Qui de Arsay" in hit for hit in marked(page))
    assert [(one.word.lower(), one.shown[0].lower()) for one in page.meant] == [
        ("quai", "qui"), ("orsay", "arsay"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "typed", ["%22quai+d'orsay%22", "«quai+d'orsay»", "quai+d'orsay&exact=1", "quai+%22orsay%22"]
)
def test_what_is_typed_exactly_is_not_taken_for_a_common_word(
    quai: dict[str, Article], shelf: Collection, typed: str
) -> None:
    assert [row.id for row in search(shelf, f"q={typed}").rows] == [quai["right"].pk]


def test_common_words_alone_are_never_meant(quai: dict[str, Article], shelf: Collection) -> None:
    page = search(shelf, "q=quai")
    assert [row.id for row in page.rows] == [quai["right"].pk]
    assert not page.meant
    assert [row.id for row in search(shelf, "q=quai+-orsay").rows] == []
    found = {row.id for row in search(shelf, "q=quai+d'orsay+-note").rows}
    assert found == {quai["again"].pk}


@pytest.mark.parametrize("language", ["fr", "en", ""])
def test_a_common_word_stands_for_another_in_any_language(
    keep: Callable[..., Article], shelf: Collection, language: str
) -> None:
    garbled = keep("Qui de Arsay, enfin.", language=language)
    keep("Qui va là ? Arsay, enfin.", language=language)
    assert [row.id for row in search(shelf, "q=quai+d'orsay").rows] == [garbled.pk]
    keep("Nous allons with Bakor.", language=language)
    assert [one.shown for one in search(shelf, "q=wiht+bakou").meant] == [("with",), ("Bakor",)]


def test_a_common_word_stands_for_another_in_a_title(
    keep: Callable[..., Article], shelf: Collection
) -> None:
    keep("Arsay et Orlay.", language="fr", title="Ceux qui attendent au bord de la Seine, Arsay")
    titled = keep("Rien de plus.", language="fr", title="Le Qui de Arsay répond")
    page = search(shelf, "q=quai+d'orsay")
    assert [row.id for row in page.rows] == [titled.pk]
    assert [piece.text for piece in page.rows[0].title_pieces if piece.is_hit] == ["Qui de Arsay"]


def test_facets_narrow_what_common_words_found(quai: dict[str, Article], shelf: Collection) -> None:
    assert search(shelf, "q=quai+d'orsay&language=fr&kind=article").total == 3
    assert search(shelf, "q=quai+d'orsay&language=en").total == 0


def test_the_newest_texts_are_read_for_common_words(
    keep: Callable[..., Article], shelf: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [keep(f"Le Qui de Arsay, {number} fois.", title="Note").pk for number in range(5)]
    monkeypatch.setattr("articles.queries.meant.MOST_READ", 3)
    page = search(shelf, "q=quai+d'orsay")
    assert {row.id for row in page.rows} == set(made[2:])


def test_more_texts_with_common_words_take_no_more_queries(
    keep: Callable[..., Article], quai: dict[str, Article], shelf: Collection
) -> None:
    with CaptureQueriesContext(connection) as few:
        assert search(shelf, "q=quai+d'orsay").total == 3
    for number in range(9):
        keep(f"Le Qui de Arsay, {number} fois.", language="fr")
    with CaptureQueriesContext(connection) as many:
        assert search(shelf, "q=quai+d'orsay").total == 12
    assert len(many) <= len(few)


def test_a_slip_finds_who_speaks_and_says_so(
    keep: Callable[..., Article], shelf: Collection, interview: Article
) -> None:
    keep_words(Counter(("antony", "blinken")))
    news = keep("Anthony Blingen a parlé.\n\nBlingen.\n\nBlingen, encore.")
    keep_words(Counter(("anthony", "blingen")))
    for typed in ("Bliken", "Antony+Bliken"):
        page = search(shelf, f"q={typed}")
        assert {row.id for row in page.rows} == {interview.pk, news.pk}, typed
        assert page.meant[-1].shown == ("Blinken", "Blingen")
        assert page.meant[-1][2:] == (False, False)
    page = search(shelf, "q=Blinken")
    assert {row.id for row in page.rows} == {interview.pk, news.pk}
    assert [one[1:] for one in page.meant] == [(("Blingen",), False, True)]


def test_a_name_set_right_in_titles_alone_still_finds_its_garblings(
    keep: Callable[..., Article], shelf: Collection
) -> None:
    named = keep("Il a parlé hier.", title="Villepin sur Inter")
    other = keep("Il parle encore.", title="Villepin, suite")
    keep_words(Counter(("villepin",)))
    garbled = keep("Dominique de Vilepin était l’invité.")
    keep_words(Counter(("vilepin",)))
    page = search(shelf, "q=Villepin")
    assert {row.id for row in page.rows} == {named.pk, other.pk, garbled.pk}
    assert [one[1:] for one in page.meant] == [(("Vilepin",), False, True)]


def test_a_word_that_is_there_has_no_other_meaning(
    keep: Callable[..., Article], shelf: Collection
) -> None:
    for number in range(4):
        keep(f"Le Mexique et l’Afrique, {number} fois.", language="fr")
    american = keep("Le président américain.", language="fr", title="Note")
    page = search(shelf, "q=l'amérique")
    assert [row.id for row in page.rows] == [american.pk]
    assert [one.shown for one in page.meant] == [("américain",)]
    there = keep("Vers l’Amérique.", language="fr")
    page = search(shelf, "q=l'amérique")
    assert [row.id for row in page.rows] == [there.pk]
    assert not page.meant


@pytest.mark.parametrize("sort", ["newest", "oldest", "imported", "title", "relevance"])
def test_a_search_is_sorted_as_asked(
    keep: Callable[..., Article], shelf: Collection, sort: str
) -> None:
    made = [
        keep(f" date 20{year}-01 {title} parle du Sahel.\n\nEt encore du Sahel.")
        for year, title in (("11", "Zoé"), ("13", "Émile"), ("12", "Anne"))
    ]
    zoe, emile, anne = (article.pk for article in made)
    expected = {
        "newest": [emile, anne, zoe], "oldest": [zoe, anne, emile], "imported": [anne, emile, zoe],
        "title": [anne, emile, zoe],
    }  # fmt: skip
    found = [row.id for row in search(shelf, f"q=Sahel&sort={sort}").rows]
    assert found == expected.get(sort, found)
    assert len(found) == 3


def test_pages_of_a_search_show_every_article_once(
    keep: Callable[..., Article], shelf: Collection
) -> None:
    made = {keep(f"Le Sahel, {number} fois.").pk for number in range(45)}
    shown: list[int] = []
    asked = ListQuery.from_string("q=Sahel")
    while True:
        page = asked.page([shelf.pk])
        shown += [row.id for row in page.rows]
        if not page.next:
            break
        asked = asked.at(page.next)
    assert len(shown) == 45
    assert set(shown) == made
    assert asked.at(page.previous).page([shelf.pk]).rows[0].id == shown[20]


@pytest.mark.parametrize("few", [0, 10**9])
@pytest.mark.parametrize("few_articles", [0, 10**9])
@pytest.mark.parametrize("bits", [0, 3, 14])
def test_every_way_of_finding_finds_the_same(
    keep: Callable[..., Article], shelf: Collection, monkeypatch: pytest.MonkeyPatch, few: int,
    few_articles: int, bits: int,
) -> None:  # fmt: skip
    made = {
        keep(f" date 2021-0{1 + number % 3} Le Sahel, {number} fois.\n\nLa mer.").pk
        for number in range(12)
    }
    monkeypatch.setattr(candidates, "FEW_PASSAGES", few)
    monkeypatch.setattr(candidates, "FEW_ARTICLES", few_articles)
    monkeypatch.setattr(candidates, "WIDENING", 2)
    if bits != 14:
        monkeypatch.setattr(candidates, "_looks", lambda last, needed: iter([(0, last + 1)]))
    assert {row.id for row in search(shelf, "q=Sahel").rows} == made
    expected = set(Article.objects.filter(date__month=2).values_list("pk", flat=True))
    assert {row.id for row in search(shelf, "q=Sahel&date=2021-02").rows} == expected


def test_looks_go_through_every_era_once_from_the_newest_on() -> None:
    for last in (0, 1, 5, 17, 80):
        for needed in (1, 3, 40, 200):
            looks = list(candidates._looks(last, needed))
            eras = [era for first, until in looks for era in range(first, until)]
            assert sorted(eras) == list(range(last + 1))
            assert looks[0][1] == last + 1


def test_a_search_with_very_many_hits_is_capped_and_says_so(
    keep: Callable[..., Article], shelf: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "MOST", 4)
    for name in ("BY_INDEX", "BY_ARTICLE"):
        statement = getattr(candidates, name).replace("LIMIT 1001", "LIMIT 5")
        monkeypatch.setattr(candidates, name, statement)
    made = [
        keep(f" date 20{10 + number} Une brève, numéro {number}.\n\nOn y parle du Sahel.")
        for number in range(8)
    ]
    page = search(shelf, "q=Sahel")
    assert page.is_capped
    assert {row.id for row in page.rows} == {article.pk for article in made[4:]}
    narrowed = search(shelf, "q=Sahel&date=2010")
    assert [row.id for row in narrowed.rows] == [made[0].pk]
    assert not narrowed.is_capped
