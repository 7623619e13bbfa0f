"""Search strings: read, made a tsquery that PostgreSQL takes, and evaluated as it would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.lexemes import search_vector
from articles.text.query import MOST_WORDS, parse_query, positions_of

SAID = (
    "élevée élevé eleve élevées cœur coeur coup l’OCDE l'OCDE OCDE sous-marins sous marins "
    "nucléaires nucléaire le la de ministre ministres Blinken Été 2021 négociations négocier the "
    "ministers of submarine état Etat"
)
WORDS = SAID.split()
MARKS = [
    "",
    " ",
    "-",
    '"',
    "“",
    "”",
    "«",
    "»",
    "*",
    " -",
    ' -"',
    "\u202f",
    "’",
    "'",
    "\\",
    "(",
    "|",
]
typed = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from([*WORDS, *MARKS, *MARKS]), max_size=14).map(" ".join),
    st.lists(st.sampled_from([*WORDS, *MARKS, *MARKS]), max_size=14).map("".join),
)
texts = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)


def finds(query: str, text: str, language: str = "fr") -> bool:
    """Whether a search finds a text."""
    return parse_query(query).matches(positions_of(search_vector(text, language)))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("élevée", "un mur élevé"),
        ("élevé", "des tours élevées"),
        ("elevee", "une tour élevée"),
        ("elevee", "un mur élevé"),
        ("ÉLEVÉES", "un mur eleve"),
        ("coeur", "le cœur du sujet"),
        ("cœur", "LE COEUR DU SUJET"),
        ("œuvre", "ses Oeuvres"),
        ("l'OCDE", "l’OCDE"),
        ("l’ocde", "de l'OCDE"),
        ("OCDE", "l’OCDE"),
        ("aujourd'hui", "aujourd’hui"),
        ("sous-marins", "des sous marins"),
        ("sous marin", "les sous-marins"),
        ("10 000", "10\u202f000 hommes"),
        ("10\u202f000", "10 000 hommes"),
        ("Blinken ?", "Antony Blinken\u202f?"),
        ("négociation", "les négociations"),
        ("e\u0301tat", "l’État"),
        ("Erdogan", "Erdoğan"),
        ("Erdoğan", "ERDOGAN"),
        ("soft", "so\u00adft"),
        ('"prix de la paix"', "le prix de la paix"),
        ("«\u00a0prix de la paix\u00a0»", "le prix de la paix"),
        ("“prix de la paix”", "le prix pour une paix"),
        ("négoci*", "une négociatrice"),
        ("BLIN*", "Blinken"),
        ("paix -guerre", "la paix"),
        ('paix -"la guerre froide"', "la paix et la guerre"),
        ("le", "le mot seul"),
        ('"paix', "la paix"),
    ],
)
def test_finds(query: str, text: str) -> None:
    # "le" alone is found where it is no stop word.
    assert finds(query, text, "en" if query == "le" else "fr")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ('"paix prix"', "le prix de la paix"),
        ('"prix de la paix"', "le prix et la longue paix"),
        ("paix guerre", "la paix"),
        ("paix -guerre", "la guerre et la paix"),
        ('paix -"guerre froide"', "la paix, la guerre froide"),
        ("négo", "la négociation"),
        ("-paix", "la guerre"),
        ("", "rien"),
        ('""', "rien"),
    ],
)
def test_does_not_find(query: str, text: str) -> None:
    assert not finds(query, text)


def test_stop_words_are_left_out_and_named() -> None:
    query = parse_query("le prix de la paix")
    assert [term.word for term in query.terms()] == ["prix", "paix"]
    assert query.dropped == ("le", "de", "la")


def test_common_words_beside_others_and_in_quotes_are_not_named() -> None:
    assert parse_query("l’accord").dropped == ()
    assert parse_query('"confiance entre les deux"').dropped == ()
    assert parse_query('les "accords de la paix"').dropped == ("les",)


def test_only_stop_words_are_searched_all_the_same() -> None:
    query = parse_query("le la")
    assert not query.is_empty
    assert query.dropped == ()


def test_what_only_leaves_out_finds_nothing() -> None:
    assert parse_query("-paix -guerre").is_empty
    assert parse_query("-paix -guerre").tsquery() == ""


def test_other_words_may_answer_as_well() -> None:
    query = parse_query("Bliken parle").widened({"Bliken": ["Blinken"]})
    assert query.matches(positions_of(search_vector("Blinken parle", "fr")))
    assert query.matches(positions_of(search_vector("Bliken parle", "fr")))
    assert not query.matches(positions_of(search_vector("Blinken se tait", "fr")))


def test_words_in_quotes_or_left_out_mean_nothing_else() -> None:
    query = parse_query('Bliken "Bliken parle" -Bliken')
    wide = query.widened({"Bliken": ["Blinken"]})
    assert wide.parts[0] != query.parts[0]
    assert wide.parts[1:] == query.parts[1:]
    assert query.widened({"Bliken": ["Blinken"]}, everywhere=True).parts[2] != query.parts[2]


def test_common_words_are_kept_apart_from_what_an_index_finds() -> None:
    query = parse_query("quai d'orsay le-quai-voltaire").widened({"quai": ["Qui", "quais"]})
    assert query.terms()[0].common == ("qui",)
    assert "'qui'" not in query.tsquery() + query.names_tsquery()
    assert query.without_common().tsquery() == parse_query("orsay voltaire").tsquery()
    assert parse_query("quai").widened({"quai": ["qui"]}).without_common().is_empty
    assert parse_query("qua*").widened({"qua": ["qui"]}, everywhere=True).terms()[0].common == ()


def test_very_long_input_is_cut() -> None:
    query = parse_query("mot " * 500)
    assert len(query.terms()) == MOST_WORDS


@given(typed, texts, st.sampled_from(["fr", "en", ""]))
def test_every_input_is_read_and_evaluated(query: str, text: str, language: str) -> None:
    read = parse_query(query)
    found = read.matches(positions_of(search_vector(text, language)))
    assert not (found and read.is_empty)
    assert (read.tsquery() == "") == read.is_empty
