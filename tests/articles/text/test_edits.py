"""Edits: what they do to a text and to places in it, proved against plain walking by signs."""

from __future__ import annotations

from functools import reduce
from itertools import pairwise
from unittest import mock

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.text.edits import (
    TOKEN,
    Carried,
    Carrier,
    Edit,
    Edits,
    Misfit,
    Overlap,
    apply,
    are_apart,
    compose,
    edit_between,
    invert,
    joined,
    minimal_edits,
    rebase,
)
from tests.articles.editing import (
    TEXTS,
    ranges_of,
    texts_with_edits,
    texts_with_edits_by_two,
    texts_with_edits_in_turn,
)

Signs = list[tuple[int, int]]  # of the text after edits: (-1, its old place) or (edit, which sign)


def signs_after(text: str, edits: Edits) -> Signs:
    """Where each sign of the text after edits comes from, one by one."""
    made: Signs = []
    at = 0
    for number, edit in enumerate(edits):
        made += [(-1, place) for place in range(at, edit.start)]
        made += [(number, which) for which in range(len(edit.inserted))]
        at = edit.start + len(edit.removed)
    return made + [(-1, place) for place in range(at, len(text))]


def range_by_walking(text: str, edits: Edits, start: int, end: int) -> Carried | None:
    """What a range should be: its own signs that stay, and all that an edit of it inserted."""
    inside = {
        number for number, edit in enumerate(edits)
        if any(start <= place < end for place in range(edit.start, edit.end))
        or (edit.removed == "" and start < edit.start < end)
    }  # fmt: skip
    mine = [
        at for at, (source, place) in enumerate(signs_after(text, edits))
        if (source == -1 and start <= place < end) or source in inside
    ]  # fmt: skip
    if not mine:
        return None
    assert mine == list(range(mine[0], mine[-1] + 1)), "a range never falls apart"
    return Carried(mine[0], mine[-1] + 1, touched=bool(inside))


def place_by_walking(text: str, edits: Edits, at: int) -> int | None:
    """What a place should be: behind all that was before it, before what is inserted there."""
    if any(edit.start < at < edit.end for edit in edits):
        return None
    before = {
        number for number, edit in enumerate(edits)
        if edit.end <= at and not edit.start == edit.end == at
    }  # fmt: skip
    return sum(
        (source == -1 and place < at) or source in before
        for source, place in signs_after(text, edits)
    )


@given(given=texts_with_edits())
def test_edits_do_what_they_say(given: tuple[str, Edits]) -> None:
    text, edits = given
    walked = [
        text[place] if source == -1 else edits[source].inserted[place]
        for source, place in signs_after(text, edits)
    ]
    assert apply(text, edits) == "".join(walked)


@given(given=texts_with_edits())
def test_edits_inverted_give_the_text_back(given: tuple[str, Edits]) -> None:
    text, edits = given
    assert apply(apply(text, edits), invert(edits)) == text
    assert invert(invert(edits)) == edits


@given(given=texts_with_edits(), other=TEXTS)
def test_edits_are_refused_by_a_text_that_has_not_what_they_remove(
    given: tuple[str, Edits], other: str
) -> None:
    _text, edits = given
    fits = all(
        edit.end <= len(other) and other[edit.start : edit.end] == edit.removed for edit in edits
    )
    if fits:
        apply(other, edits)
    else:
        with pytest.raises(Misfit):
            apply(other, edits)


@pytest.mark.parametrize(
    "edits",
    [
        (Edit(-1, "", "x"),),
        (Edit(4, "", "x"),),
        (Edit(2, "cd", "x"),),
        (Edit(1, "b", ""), Edit(0, "a", "")),
        (Edit(0, "ab", ""), Edit(1, "b", "")),
    ],
)
def test_edits_beyond_the_text_or_in_each_others_way_are_refused(edits: Edits) -> None:
    with pytest.raises(Misfit):
        apply("abc", edits)


@given(given=texts_with_edits_in_turn())
def test_edits_composed_do_at_once_what_they_do_in_turn(given: tuple[str, list[Edits]]) -> None:
    text, made = given
    result = reduce(apply, made, text)
    composed = reduce(compose, made, ())
    assert apply(text, composed) == result
    assert are_apart(composed)
    assert all(one.end < other.start for one, other in pairwise(composed))
    from_the_right = reduce(lambda later, edits: compose(edits, later), reversed(made), ())
    assert apply(text, from_the_right) == result


@given(given=texts_with_edits())
def test_edits_composed_with_their_inverse_are_none(given: tuple[str, Edits]) -> None:
    _text, edits = given
    assert compose(edits, invert(edits)) == ()


@given(given=texts_with_edits(), data=st.data())
def test_joining_changes_nothing_but_the_number_of_edits(
    given: tuple[str, Edits], data: st.DataObject
) -> None:
    text, edits = given
    cuts: list[Edit] = []
    for edit in edits:  # each in two that touch
        cut = data.draw(st.integers(0, len(edit.removed)))
        half = data.draw(st.integers(0, len(edit.inserted)))
        cuts += [
            Edit(edit.start, edit.removed[:cut], edit.inserted[:half]),
            Edit(edit.start + cut, edit.removed[cut:], edit.inserted[half:]),
        ]
    assert apply(text, tuple(cuts)) == apply(text, edits)
    found = joined(cuts)
    assert apply(text, found) == apply(text, edits)
    assert all(one.end < other.start for one, other in pairwise(found))
    assert all(edit.removed != edit.inserted for edit in found)


def test_edits_of_the_same_words_are_not_joined() -> None:
    with pytest.raises(Misfit):
        joined((Edit(0, "ab", "x"), Edit(1, "bc", "y")))


def same_words(one: Edit, other: Edit) -> bool:
    """Whether two edits remove one sign both, or one inserts amid what the other removes."""
    if one == other:
        return False
    if not (one.removed and other.removed):
        return one.start < other.start < one.end or other.start < one.start < other.end
    return bool({*range(one.start, one.end)} & {*range(other.start, other.end)})


@given(given=texts_with_edits_by_two())
def test_edits_of_two_people_come_to_the_same_or_are_of_the_same_words(
    given: tuple[str, Edits, Edits],
) -> None:
    text, ours, theirs = given
    if any(same_words(one, other) for one in ours for other in theirs):
        for one, other in ((ours, theirs), (theirs, ours)):
            with pytest.raises(Overlap) as refused:
                rebase(one, over=other)
            assert refused.value.ours in one
            assert refused.value.theirs in other
            assert same_words(refused.value.ours, refused.value.theirs)
        return
    after_theirs = apply(apply(text, theirs), rebase(ours, over=theirs, after=True))
    after_ours = apply(apply(text, ours), rebase(theirs, over=ours, after=False))
    assert after_theirs == after_ours
    both = [*theirs, *(edit for edit in ours if edit not in theirs)]
    assert after_theirs == apply(text, tuple(sorted(both, key=lambda one: (one.start, one.end))))


@given(given=texts_with_edits())
def test_what_both_did_alike_is_done_once(given: tuple[str, Edits]) -> None:
    _text, edits = given
    assert rebase(edits, over=edits) == ()


def test_of_two_insertions_at_one_place_the_order_is_told() -> None:
    ours, theirs = (Edit(2, "", "x"),), (Edit(2, "", "y"),)
    assert apply(apply("abcd", theirs), rebase(ours, theirs)) == "abyxcd"
    assert apply(apply("abcd", theirs), rebase(ours, theirs, after=False)) == "abxycd"


@given(given=texts_with_edits(), data=st.data())
def test_a_range_goes_where_walking_sign_by_sign_takes_it(
    given: tuple[str, Edits], data: st.DataObject
) -> None:
    text, edits = given
    if text:
        start, end = data.draw(ranges_of(text))
        assert Carrier(edits).range(start, end) == range_by_walking(text, edits, start, end)


@given(given=texts_with_edits_by_two(), data=st.data())
def test_a_range_goes_there_also_where_edits_touch(
    given: tuple[str, Edits, Edits], data: st.DataObject
) -> None:
    text, ours, theirs = given
    try:
        edits = rebase(ours, theirs)
    except Overlap:
        return
    now = apply(text, theirs)
    if now:
        start, end = data.draw(ranges_of(now))
        assert Carrier(edits).range(start, end) == range_by_walking(now, edits, start, end)
        at = data.draw(st.integers(0, len(now)))
        assert Carrier(edits).place(at) == place_by_walking(now, edits, at)


@given(given=texts_with_edits())
def test_every_place_goes_where_walking_sign_by_sign_takes_it(given: tuple[str, Edits]) -> None:
    text, edits = given
    carrier = Carrier(edits)
    for at in range(len(text) + 1):
        assert carrier.place(at) == place_by_walking(text, edits, at)


@given(given=texts_with_edits(), data=st.data())
def test_insertions_at_the_borders_belong_to_a_range_that_asks_for_them(
    given: tuple[str, Edits], data: st.DataObject
) -> None:
    text, edits = given
    if not text:
        return
    start, end = data.draw(ranges_of(text))
    plain = Carrier(edits).range(start, end)
    wide = Carrier(edits).range(start, end, borders=True)
    after = apply(text, edits)
    head = next((edit.inserted for edit in edits if edit == (start, "", edit.inserted)), "")
    tail = next((edit.inserted for edit in edits if edit == (end, "", edit.inserted)), "")
    held = after[plain.start : plain.end] if plain else ""
    assert (after[wide.start : wide.end] if wide else "") == head + held + tail


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Edit(9, "fin", "but"), "cible"),  # after the range: it is unmoved
        (Edit(0, "un", "deux"), "cible"),  # before it: shifted
        (Edit(5, "bl", "BBLL"), "ciBBLLe"),  # inside: grown
        (Edit(5, "bl", ""), "cie"),  # and shrunk
        (Edit(3, "cible", "but"), "but"),  # equal: on the replacement
        (Edit(2, " cible ", "/but/"), "/but/"),  # around: on the whole replacement
        (Edit(1, "n ci", "X"), "Xble"),  # over its start: what it brings and what stays
        (Edit(6, "le fi", "X"), "cibX"),  # over its end
        (Edit(1, "n ci", ""), "ble"),  # deletions leave the rest
        (Edit(6, "le fi", ""), "cib"),
        (Edit(3, "cible", ""), None),  # all gone
        (Edit(2, " cible ", ""), None),
        (Edit(3, "", "X"), "cible"),  # insertions at the borders are outside
        (Edit(8, "", "X"), "cible"),
        (Edit(2, " ", "X"), "cible"),  # and so are words replaced beside it
        (Edit(8, " ", "X"), "cible"),
    ],
)
def test_a_range_follows_the_rules(edit: Edit, expected: str | None) -> None:
    text = "un cible fin"
    carried = Carrier((edit,)).range(3, 8)
    after = apply(text, (edit,))
    assert (carried and after[carried.start : carried.end]) == expected


def word_edges(text: str) -> set[int]:
    """The places between the words, blanks and other signs of a text."""
    return {0, *(match.end() for match in TOKEN.finditer(text))}


NEARLY = st.text(st.sampled_from("ab \u0301,’"), max_size=16)


@given(old=TEXTS | NEARLY, new=TEXTS | NEARLY)
@example(old="e", new="e\u0301")
@example(old="  a", new="  b c")
def test_minimal_edits_are_of_whole_words_apart_and_give_the_new_text(old: str, new: str) -> None:
    edits = minimal_edits(old, new)
    assert apply(old, edits) == new
    assert all(one.end < other.start for one, other in pairwise(edits))
    assert all({edit.start, edit.end} <= word_edges(old) for edit in edits)
    for back in invert(edits):
        assert {back.start, back.end} <= word_edges(new)
        assert back.removed != back.inserted


AGAIN = st.lists(st.sampled_from(["la", "le", "de", "Kiev", ", ", " ", "\n"]), max_size=60).map(
    "".join
)


@given(old=AGAIN, new=AGAIN)
@pytest.mark.parametrize(("few", "most", "stretch"), [(0, 8, 3), (0, 0, 1), (5, 1_000, 10)])
def test_minimal_edits_give_the_new_text_also_in_stretches(
    few: int, most: int, stretch: int, old: str, new: str
) -> None:
    limits = {"_FEW_MEETINGS": few, "_MOST_MEETINGS": most, "_STRETCH": stretch}
    with mock.patch.multiple("articles.text.edits", **limits):
        edits = minimal_edits(old, new)
    assert apply(old, edits) == new
    assert all(one.end < other.start for one, other in pairwise(edits))
    assert all({edit.start, edit.end} <= word_edges(old) for edit in edits)


def test_a_long_passage_is_compared_word_by_word_in_stretches() -> None:
    words = [f"{['le', 'la', 'de'][at % 3]} mot{at}" for at in range(3_000)]
    typed = [*words]
    for at in (10, 1_500, 2_990):
        typed[at] = f"Kyiv mot{at}"
    edits = minimal_edits(" ".join(words), " ".join(typed))
    assert [edit.inserted for edit in edits] == ["Kyiv"] * 3


@given(old=TEXTS | NEARLY, new=TEXTS | NEARLY)
def test_the_edit_between_two_texts_is_one_of_whole_words(old: str, new: str) -> None:
    edits = edit_between(old, new)
    assert apply(old, edits) == new
    assert len(edits) == (old != new)
    assert all({edit.start, edit.end} <= word_edges(old) for edit in edits)
    assert all({back.start, back.end} <= word_edges(new) for back in invert(edits))


@given(text=TEXTS)
def test_words_are_never_parted_from_their_marks(text: str) -> None:
    assert "".join(TOKEN.findall(text)) == text
    marked = text + "e\u0301te\u0301"
    assert TOKEN.findall(marked)[-1].endswith("e\u0301te\u0301")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Le president a dit", "Le président a dit", [("president", "président")]),
        ("Jean Dupond, ici", "Jean Dupont, là", [("Dupond", "Dupont"), ("ici", "là")]),
        ("Alain Bernard vient", "Anne Martin vient", [("Alain", "Anne"), ("Bernard", "Martin")]),
        ("de Mahmoud à basse hier", "de Mahmoud Abbas hier", [("à basse", "Abbas")]),
        ("selon Macrom hier", "selon Emmanuel Macron hier", [("Macrom", "Emmanuel Macron")]),
        ("l'OCDE", "l’OCDE", [("'", "’")]),
        ("Jean Yves", "Jean-Yves", [(" ", "-")]),
        ("un  deux", "un deux", [("  ", " ")]),
        ("Qui de Arsay la", "Quai d’Orsay la", [("Qui", "Quai"), ("de Arsay", "d’Orsay")]),
        ("ete", "e\u0301te\u0301", [("ete", "e\u0301te\u0301")]),
        (
            "x la délégation de Paris a dit que la réunion y",
            "z une délégation de Paris a dit que la réunion t",
            [("x", "z"), ("la", "une"), ("y", "t")],
        ),
        (
            "de la mer et de la terre",
            "par la mer  et par la",
            [("de", "par"), (" ", "  "), ("de", "par"), (" terre", "")],
        ),
    ],
)
def test_minimal_edits_replace_what_a_reader_would(
    old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert [(edit.removed, edit.inserted) for edit in minimal_edits(old, new)] == expected
