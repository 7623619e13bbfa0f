"""Targets on corrected texts: each stays on what it meant, whatever is done around it."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.mapping import ANCHORED, DETACHED, NEEDS_CHECK, Mapper, Place
from articles.text.edits import Edit, Edits, apply, invert, minimal_edits
from articles.text.operations import (
    ArticleState,
    Merge,
    Operation,
    PassageState,
    Split,
    Text,
    invert_operation,
)
from tests.articles.editing import (
    articles,
    copy_of,
    edits_of,
    operations_on,
    ranges_of,
    splits_of,
    texts_with_edits,
)

STATES = st.sampled_from((ANCHORED, NEEDS_CHECK))


@st.composite
def places_in(draw: st.DrawFn, text: str) -> Place:
    """A target in passage 1."""
    start, end = draw(ranges_of(text))
    return Place(1, start, end, draw(STATES))


def in_text(text: str, place: Place) -> str:
    return text[place.start : place.end]


def changes(place: Place, edits: Edits) -> bool:
    """Whether edits remove a sign that a place holds, or insert amid them."""
    return any(
        {*range(edit.start, edit.end)} & {*range(place.start, place.end)}
        or (edit.removed == "" and place.start < edit.start < place.end)
        for edit in edits
    )


@given(given=texts_with_edits(), data=st.data())
def test_a_target_quotes_the_same_words_unless_they_were_changed(
    given: tuple[str, Edits], data: st.DataObject
) -> None:
    text, edits = given
    if not text:
        return
    place = data.draw(places_in(text))
    (now,) = Mapper(Text(1, edits)).carry(place)
    after = apply(text, edits)
    assert now.passage == 1
    if not changes(place, edits):
        assert now.state == place.state
        assert in_text(after, now) == in_text(text, place)
    elif now.state != DETACHED:
        assert now.state == NEEDS_CHECK
        assert 0 <= now.start < now.end <= len(after)
    else:
        assert (now.start, now.end) == (place.start, place.end)


@given(given=texts_with_edits(), data=st.data())
def test_a_target_that_an_edit_was_made_for_is_not_to_be_checked(
    given: tuple[str, Edits], data: st.DataObject
) -> None:
    text, edits = given
    if not text:
        return
    place = data.draw(places_in(text))
    (plain,) = Mapper(Text(1, edits)).carry(place)
    (made,) = Mapper(Text(1, edits)).carry(place, made_for=True)
    at_borders = [edit for edit in edits if edit.start == edit.end in (place.start, place.end)]
    if changes(place, edits) or at_borders:
        assert made.state == (ANCHORED if plain.state != DETACHED or at_borders else DETACHED)
    else:
        assert made == plain
    if not at_borders:
        assert (made.start, made.end) == (plain.start, plain.end)


@given(given=texts_with_edits(), data=st.data())
def test_a_target_in_another_passage_stays_as_it_is(
    given: tuple[str, Edits], data: st.DataObject
) -> None:
    text, edits = given
    if text:
        place = data.draw(places_in(text))
        assert Mapper(Text(2, edits)).carry(place) == (place,)


@given(given=articles(), data=st.data())
def test_a_detached_target_keeps_its_last_place(given: ArticleState, data: st.DataObject) -> None:
    operation = data.draw(operations_on(given))
    place = Place(data.draw(st.sampled_from(given.order)), 3, 9, DETACHED)
    assert Mapper(operation).carry(place) == (place,)


@given(given=articles(), data=st.data())
def test_a_target_over_a_split_becomes_two_that_hold_its_two_parts(
    given: ArticleState, data: st.DataObject
) -> None:
    number = given.order[0]
    text = given.passages[number].text
    split = data.draw(splits_of(given, number))
    if not text:
        return
    start, end = data.draw(ranges_of(text))
    place = Place(number, start, end, data.draw(STATES))
    found = Mapper(split).carry(place)
    given.do(split)
    rest = split.at + len(split.gap)
    parts = {
        number: text[start : min(end, split.at)],
        split.number: text[max(start, rest) : end],
    }
    held = {one.passage: in_text(given.passages[one.passage].text, one) for one in found}
    if any(parts.values()):
        assert held == {number: part for number, part in parts.items() if part}
        assert {one.state for one in found} == {place.state}
    else:
        assert found == (Place(number, start, end, DETACHED),)


@given(given=articles(), data=st.data())
def test_targets_in_merged_passages_hold_what_they_held(
    given: ArticleState, data: st.DataObject
) -> None:
    first, second = given.order[0], given.order[-1]
    if first == second:
        return
    del given.order[1:-1]
    texts = {number: given.passages[number].text for number in (first, second)}
    other = given.passages[second]
    merge = Merge(
        first, len(texts[first]), data.draw(st.sampled_from(("", " "))), second,
        other.role, other.speaker, other.exchange,
    )  # fmt: skip
    given.do(merge)
    for number, text in texts.items():
        if text:
            place = Place(number, *data.draw(ranges_of(text)), data.draw(STATES))
            (now,) = Mapper(merge).carry(place)
            assert (now.passage, now.state) == (first, place.state)
            assert in_text(given.passages[first].text, now) == in_text(text, place)


@st.composite
def articles_of_different_signs(draw: st.DrawFn) -> ArticleState:
    """An article in which no sign stands twice, so that each is known again wherever it goes."""
    signs = map(chr, count(0xF0000))
    passages = {
        number: PassageState(
            "".join(next(signs) for _ in range(draw(st.integers(1, 12)))), "paragraph", None, None
        )
        for number in range(1, draw(st.integers(1, 3)) + 1)
    }
    return ArticleState(passages, {}, [*passages])


@given(given=articles_of_different_signs(), data=st.data())
def test_whatever_is_done_a_target_holds_of_the_old_signs_its_own_and_no_others(
    given: ArticleState, data: st.DataObject
) -> None:
    born = {sign for passage in given.passages.values() for sign in passage.text}
    number = data.draw(st.sampled_from(given.order))
    place = data.draw(places_in(given.passages[number].text))
    own = in_text(given.passages[number].text, place)
    places = [Place(number, place.start, place.end, place.state)]
    now = copy_of(given)
    for _ in range(data.draw(st.integers(0, 6))):
        operation = data.draw(operations_on(now))
        now.do(operation)
        places = [one for before in places for one in Mapper(operation).carry(before)]
    stands = "".join(passage.text for passage in now.passages.values())
    held = "".join(
        in_text(now.passages[one.passage].text, one) for one in places if one.state != DETACHED
    )
    assert sorted(born & {*held}) == [sign for sign in own if sign in stands]
    for one in places:
        if one.state != DETACHED:
            assert one.passage in now.order
            assert 0 <= one.start < one.end <= len(now.passages[one.passage].text)


@given(given=articles_of_different_signs(), data=st.data())
def test_what_was_done_and_undone_elsewhere_leaves_a_target_where_it_was(
    given: ArticleState, data: st.DataObject
) -> None:
    number = data.draw(st.sampled_from(given.order))
    place = data.draw(places_in(given.passages[number].text))
    place = Place(number, place.start, place.end, place.state)
    operation: Operation = Text(number, data.draw(edits_of(given.passages[number].text)))
    if isinstance(operation, Text) and changes(place, operation.edits):
        operation = Split(number, 0, "", 9, "note", None, None)
    (there,) = Mapper(operation).carry(place)
    assert Mapper(invert_operation(operation)).carry(there) == (place,)


# Corrections of French names that lose links where texts are compared or searched.
NAMES = [
    ("Le ministre est à ", "Quiève", "Kyiv", " depuis hier."),
    ("Pour ", "Macrom", "Emmanuel Macron", ", rien n’est joué."),
    ("Lavrof est venu ; plus tard ", "Lavrof", "Lavrov", " est reparti."),
    ("Il a vu ", "Lavrof", "Lavrov", " avant que Lavrof ne parte."),
    ("Le président ", "Mahmoud à basse", "Mahmoud Abbas", " a réagi."),
    ("La ", "Côte d'Ivoire", "Côte d’Ivoire", " y est prête."),
    ("Selon ", "Jean Yves Le Drian", "Jean-Yves Le Drian", ", c’est fait."),
    ("Dit à ", "Qui de Arsay", "Quai d’Orsay", " même 👩🏽 e\u0301tonné."),
]
BY = pytest.mark.parametrize("by", ["the correction of the name", "editing the whole passage"])


@BY
@pytest.mark.parametrize(("before", "garbled", "name", "behind"), NAMES)
def test_a_corrected_name_keeps_its_link_its_comment_and_its_neighbours(
    before: str, garbled: str, name: str, behind: str, by: str
) -> None:
    text, after = before + garbled + behind, before + name + behind
    start, end = len(before), len(before + garbled)
    link, comment = Place(1, start, end), Place(1, start - 3, end + 3)
    left, right = Place(1, 0, start), Place(1, end, len(text))
    if by == "the correction of the name":
        edits: Edits = (Edit(start, garbled, name),)
    else:
        edits = minimal_edits(text, after)
    assert apply(text, edits) == after
    mapper = Mapper(Text(1, edits))
    (made,) = mapper.carry(link, made_for=True)
    assert (in_text(after, made), made.state) == (name, ANCHORED)
    (linked,) = mapper.carry(link)
    assert (in_text(after, linked), linked.state) == (name, NEEDS_CHECK)
    (around,) = mapper.carry(comment)
    assert in_text(after, around) == before[-3:] + name + behind[:3]
    assert around.state == NEEDS_CHECK
    for place, words in ((left, before), (right, behind)):
        (beside,) = mapper.carry(place)
        assert (in_text(after, beside), beside.state) == (words, ANCHORED)
    back = Mapper(Text(1, invert(edits)))
    assert [in_text(text, one) for one in back.carry(made)] == [garbled]


@BY
@pytest.mark.parametrize("which", [0, 1])
def test_one_of_two_twins_is_corrected_and_the_other_untouched(which: int, by: str) -> None:
    text = "Lavrof a parlé, puis Lavrof est parti."
    places = [Place(1, 0, 6), Place(1, 21, 27)]
    edits: Edits = (Edit(places[which].start, "Lavrof", "Lavrov"),)
    if by == "editing the whole passage":
        edits = minimal_edits(text, apply(text, edits))
    after = apply(text, edits)
    (mine,), (other,) = (Mapper(Text(1, edits)).carry(place) for place in places)
    if which:
        mine, other = other, mine
    assert (in_text(after, mine), mine.state) == ("Lavrov", NEEDS_CHECK)
    assert (in_text(after, other), other.state) == ("Lavrof", ANCHORED)
    assert (other.start, other.end) == (places[1 - which].start, places[1 - which].end)


def test_an_apostrophe_changed_beside_a_name_does_not_touch_it() -> None:
    text, after = "Selon l'OCDE, tout va.", "Selon l’OCDE, tout va."
    mapper = Mapper(Text(1, minimal_edits(text, after)))
    assert mapper.carry(Place(1, 8, 12)) == (Place(1, 8, 12),)
    assert mapper.carry(Place(1, 6, 12)) == (Place(1, 6, 12, NEEDS_CHECK),)


def test_a_first_name_put_before_a_name_belongs_to_its_link_only_if_made_for_it() -> None:
    mapper = Mapper(Text(1, (Edit(6, "", "Emmanuel "),)))
    link = Place(1, 6, 12)  # Selon Macron
    assert mapper.carry(link) == (Place(1, 15, 21),)
    assert mapper.carry(link, made_for=True) == (Place(1, 6, 21),)


def test_a_paragraph_joined_keeps_its_links() -> None:
    state = ArticleState(
        {
            1: PassageState("Selon Macron", "paragraph", None, None),
            2: PassageState("et Lavrof, rien.", "paragraph", None, None),
        },
        {},
        [1, 2],
    )
    merge = Merge(1, 12, " ", 2, "paragraph", None, None)
    mapper = Mapper(merge)
    places = {
        "Macron": Place(1, 6, 12),
        "Lavrof": Place(2, 3, 9),
        "et Lavrof, rien.": Place(2, 0, 16),
    }
    state.do(merge)
    for words, place in places.items():
        (now,) = mapper.carry(place)
        assert (in_text(state.passages[1].text, now), now.state) == (words, ANCHORED)
    comment = Place(1, 6, 22)  # Macron et Lavrof
    parts = Mapper(invert_operation(merge)).carry(comment)
    assert parts == (Place(1, 6, 12), Place(2, 0, 9))


def test_a_target_that_held_only_what_a_split_takes_out_is_detached() -> None:
    split = Split(1, 4, " ; ", 2, "paragraph", None, None)
    assert Mapper(split).carry(Place(1, 4, 6)) == (Place(1, 4, 6, DETACHED),)
