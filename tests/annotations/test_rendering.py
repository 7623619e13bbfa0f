"""Reading text as HTML: any text comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from annotations.rendering import PassageRenderer, render_outline, render_source
from annotations.turns import Entry, Outline, Voice
from articles.queries.passages import Exchange, Row
from articles.text.query import parse_query
from articles.text.snippets import HitFinder

ROLES = ("heading", "paragraph", "question", "answer", "statement", "note")
# What lxml cannot hold is left out; stored texts have no controls either.
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"))
HOSTILE = "<script>alert(1)</script> & \"'><img src=x onerror=y> &amp; </p></div> é 𝄞 l’œuvre"


def row(text: str, **values: object) -> Row:
    """A passage row, an unnamed paragraph unless told otherwise."""
    given_values = {
        "number": 1, "role": "paragraph", "speaker_id": None, "speaker": None, "part": None,
        "exchange": None, "text": text,
    }  # fmt: skip
    return Row(**(given_values | values))  # type: ignore[arg-type]  # of a mapping


def rendered(text: str, *, find_hits: object = None, **values: object) -> html.HtmlElement:
    """The one passage's element."""
    renderer = PassageRenderer(find_hits=find_hits)  # type: ignore[arg-type]  # a test's function
    return html.fragment_fromstring(renderer.render([row(text, **values)], {1}))


def words(passage: html.HtmlElement) -> str:
    """The text content of the passage's words, its last child."""
    return str(passage[-1].text_content())


@given(text=TEXTS, role=st.sampled_from(ROLES))
def test_any_text_comes_back(text: str, role: str) -> None:
    assert words(rendered(text, role=role)) == text


@given(text=TEXTS, cuts=st.lists(st.integers(0, 40), max_size=8))
def test_any_text_comes_back_with_hits_anywhere(text: str, cuts: list[int]) -> None:
    places = sorted({cut for cut in cuts if cut <= len(text)})
    ranges = list(zip(places[::2], places[1::2], strict=False))
    passage = rendered(text, find_hits=lambda _text: ranges)
    assert words(passage) == text
    marked = [mark.text_content() for mark in passage.cssselect("mark.hit")]
    assert marked == [text[start:end] for start, end in ranges]


@given(name=TEXTS.filter(bool))
def test_any_speaker_comes_back(name: str) -> None:
    passage = rendered("x", role="answer", speaker_id=5, speaker=name)
    assert passage.cssselect("b.speaker")[0].text_content() == name


def test_markup_in_a_text_stays_text() -> None:
    passage = rendered(HOSTILE, role="answer", speaker_id=5, speaker=HOSTILE)
    assert words(passage) == HOSTILE
    assert not passage.cssselect("script, img")


def test_hits_are_numbered_over_all_passages() -> None:
    renderer = PassageRenderer(find_hits=HitFinder(parse_query("sahel"), "fr").ranges)
    made = renderer.render([row("Le Sahel."), row("Au Sahel, oui.", number=2)], set())
    tree = html.fragment_fromstring(made, create_parent="div")
    assert [mark.get("id") for mark in tree.cssselect("mark")] == ["hit-1", "hit-2"]
    assert renderer.hits == 2


def test_a_text_in_pieces_is_the_same_text() -> None:
    rows = [row("Il parle du Sahel. " * 60, number=n) for n in range(1, 120)]
    rows[3] = rows[3]._replace(problem="<Où ?>", status="problematic")
    pieces = list(PassageRenderer(may_mark=True, address="/a/").render_pieces(rows, {1, 5}))
    assert len(pieces) > 2
    whole = PassageRenderer(may_mark=True, address="/a/").render(rows, {1, 5})
    assert "".join(pieces) == whole


@pytest.mark.parametrize("role", ROLES)
def test_every_passage_has_its_permalink_and_role(role: str) -> None:
    passage = rendered("Mots", role=role, number=1)
    assert passage.get("id") == "p1"
    assert passage.get("data-role") == role
    assert passage.cssselect("a.permalink")[0].get("href") == "#p1"
    assert passage[-1].tag == ("h2" if role == "heading" else "p")


def test_a_question_is_told_without_seeing_its_typeface() -> None:
    named = rendered("Quoi ?", role="question", speaker_id=1, speaker="France 2")
    assert len(named.cssselect(".visually-hidden")) == 1
    unnamed = rendered("Quoi ?", role="question")
    assert unnamed.cssselect(".speaker")[0].text_content().strip()


def test_a_heading_that_says_the_title_again_is_marked() -> None:
    made = PassageRenderer(title="Un sommet").render([row("Un  sommet", role="heading")], set())
    assert html.fragment_fromstring(made).get("data-again") == ""
    other = PassageRenderer(title="Un sommet").render([row("Autre", role="heading")], set())
    assert html.fragment_fromstring(other).get("data-again") is None


def test_the_name_stands_only_where_a_turn_begins() -> None:
    rows = [
        row("a", role="answer", speaker_id=1, speaker="B"),
        row("b", number=2, role="answer", speaker_id=1, speaker="B"),
    ]
    tree = html.fragment_fromstring(PassageRenderer().render(rows, {1}), create_parent="div")
    assert [len(p.cssselect(".speaker")) for p in tree.cssselect(".passage")] == [1, 0]


@given(question=TEXTS, answer=TEXTS)
def test_exchanges_give_their_texts_back(question: str, answer: str) -> None:
    pair = Exchange(3, [row(question, role="question")], [row(answer, role="answer", number=2)])
    made = PassageRenderer().render_exchanges([pair], address="/articles/5/", opened=False)
    details = html.fragment_fromstring(made)
    found = [element.text_content() for element in details.cssselect(".words")]
    assert found == [question, answer]
    assert details.get("id") == "e3"
    assert details.get("open") is None
    assert details.cssselect(".in-text a")[0].get("href") == "/articles/5/#p1"


def test_the_outline_gives_names_and_words_back() -> None:
    outline = Outline((Voice(HOSTILE, "", 7, [4, 6]),), (Entry(4, HOSTILE),))
    tree = html.fragment_fromstring(render_outline(outline, "fr"), create_parent="nav")
    voice, entry = tree.cssselect("a")
    assert voice.cssselect("b")[0].text_content() == HOSTILE
    assert (voice.get("href"), voice.get("data-next-turn")) == ("#p4", "7")
    assert (entry.get("href"), entry.text_content()) == ("#p4", HOSTILE)
    assert tree.cssselect("ol")[0].get("lang") == "fr"
    assert not tree.cssselect("script, img")


def test_no_outline_is_nothing() -> None:
    assert render_outline(Outline((), ()), "") == ""


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "", "//x.example"])
def test_only_web_addresses_become_links(url: str) -> None:
    assert "<a" not in render_source("Le <b>Courrier", url)


def test_a_source_with_an_address_is_a_link() -> None:
    link = html.fragment_fromstring(render_source("", "https://example.org/?a=1&b=2"))
    assert link.get("href") == "https://example.org/?a=1&b=2"
    assert link.text_content() == "https://example.org/?a=1&b=2"
