"""Places are carried from a machine's reading of a text to a human one, or said to be lost."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.carry import align, edits_between, main
from articles.text.edits import apply, are_apart

# Few different words, so that texts have much in common; blanks, signs, astral and combining ones.
WORDS = st.sampled_from(
    [
        "Lavrov", "lavrof", "Lav", "rov", "le", "la", "de", "d", "É", "Élysée", "𝔏avrov", "x",
        " ", " ", " ", "\n", "\n\n", ". ", ", ", "-", "’", "-\n", "😀", "\u0301", "\u00ad", "«",
    ]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=30).map("".join) | st.text(max_size=40)


def carried(old: str, new: str, words: str, nth: int = 0) -> str | None:
    """What the nth occurrence of some words became."""
    start = -1
    for _ in range(nth + 1):
        start = old.index(words, start + 1)
    found = align(old, new).carry(start, start + len(words))
    return None if found is None else new[slice(*found)]


@pytest.mark.parametrize(
    ("words", "became"),
    [
        ("Anthony Blingen", "Antony Blinken"), ("Qui de Arsay", "Quai d’Orsay"),
        ("Qua idOrsay", "Quai d’Orsay"), ("Quai d'Or say", "Quai d’Orsay"),
        ("Lav-\nrov", "Lavrov"), ("Lau¬\nsanne", "Lausanne"), ("avrov", "Lavrov"),
        ("MahmoudAbbas", "Mahmoud Abbas"), ("Mah moud Abbas", "Mahmoud Abbas"),
        ("PARIS", "Paris"), ("Elysee", "Élysée"), ("lVIali", "Mali"), ("Par1s", "Paris"),
        ("P^ris", "Paris"), ("Quai Connaine", "Kekkonen"), ("Aïe Zen Auer", "Eisenhower"),
        ("Pompe y doux", "Pompidou"), ("Govt-19", "Covid-19"), ("El Sa Date", "el-Sadate"),
        ("É\u0301lysée", "Élysée"),
    ],
)  # fmt: skip
def test_a_name_put_right_is_found_with_its_right_borders(words: str, became: str) -> None:
    before, after = "Hier soir, selon notre envoyé, ", ", a dit le ministre."
    assert carried(before + words + after, before + became + after, words) == became
    wrong, right = "Bier soir, se1on notie envoy6, ", ". a dil Ie minislre"
    assert carried(wrong + words + right, before + became + after, words) == became


def test_a_part_of_words_run_together_is_found() -> None:
    assert carried("M. MahmoudAbbas a dit", "M. Mahmoud Abbas a dit", "Abbas") == "Abbas"
    assert carried("venu deParis hier", "venu de Paris hier", "Paris") == "Paris"
    assert carried("venu de lAngIeterre hier", "venu de l’Angleterre hier", "AngIeterre") == (
        "Angleterre"
    )


def test_an_initial_keeps_its_dot() -> None:
    assert carried("En U.R.S.S, tout", "En U. R. S. S., tout", "U.R.S.S") == "U. R. S. S."


def test_a_sign_that_stands_for_a_letter_is_not_taken_for_the_full_stop() -> None:
    assert carried("à Pari.. Il a", "à Paris. Il a", "Pari.") == "Paris"


def test_words_replaced_by_unlike_ones_are_lost() -> None:
    assert carried("le ministre Lavrov a dit", "le ministre Kerry a dit", "Lavrov") is None
    assert carried("le ministre Lavrov a dit", "le ministre a dit", "Lavrov") is None
    assert carried("M. Lavrov", "", "Lavrov") is None


def test_a_name_whose_sentence_is_gone_does_not_jump_to_its_twin() -> None:
    old, new = "Weil sat. Weil rose. Weil went.", "Weil rose. Weil went."
    assert carried(old, new, "Weil") is None
    assert align(old, new).carry(10, 14) == (0, 4)
    assert align(old, new).carry(21, 25) == (11, 15)
    assert align(new, old).carry(0, 4) == (10, 14)


def test_a_name_in_a_text_about_something_else_is_not_the_same() -> None:
    old = "Le ministre turc est parti mardi pour Paris, où les écoles ferment tôt en hiver."
    new = "Huit ouvriers du chantier naval furent blessés ; à Paris personne ne sut pourquoi."
    assert carried(old, new, "Paris") is None


def test_a_text_that_says_the_same_again_and_again_keeps_its_order() -> None:
    verse = "Le vent du nord souffle, et Lavrov écrit à Brejnev que rien ne presse encore.\n"
    old, new = verse * 300, verse * 150 + "Une ligne de plus.\n" + verse * 150
    alignment = align(old.replace("Brejnev", "Brejnef"), new)
    for line in (0, 149, 150, 299):
        start = line * len(verse) + verse.index("Brejnev")
        shift = 0 if line < 150 else len("Une ligne de plus.\n")
        assert alignment.carry(start, start + 7) == (start + shift, start + shift + 7)


def test_a_dropped_first_name_leaves_the_surname() -> None:
    assert carried("M. Serge Lavrov dit", "M. Lavrov dit", "Serge Lavrov") == "Lavrov"


def test_edits_are_whole_words_and_what_stands_between() -> None:
    assert edits_between("M. Anthony Blingen a dit", "M. Antony Blinken a dit") == (
        (3, "Anthony", "Antony"),
        (11, "Blingen", "Blinken"),
    )
    assert edits_between("un deux", "un et deux") == ((3, "", "et "),)
    assert edits_between("un et deux", "un deux") == ((3, "et ", ""),)
    assert edits_between("A.\n\nB.", "A.\nB.") == ((3, "\n", ""),)
    assert edits_between("M. Lavrof a dit", "M. Serge Lavrov a dit") == (
        (2, "", " Serge"),
        (3, "Lavrof", "Lavrov"),
    )
    assert edits_between("un", "un") == ()


@given(TEXTS, TEXTS)
def test_edits_applied_give_the_new_text(old: str, new: str) -> None:
    edits = edits_between(old, new)
    assert apply(old, edits) == new
    assert are_apart(edits)
    assert all(edit.removed != edit.inserted for edit in edits)


@given(TEXTS, st.data())
def test_nothing_moves_where_nothing_changed(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    expected = (start, end) if start < end else None
    assert align(text, text).carry(start, end) == expected
    assert edits_between(text, text) == ()


@given(TEXTS, TEXTS, TEXTS, st.data())
def test_what_no_edit_touches_is_shifted(
    head: str, old: str, new: str, data: st.DataObject
) -> None:
    old, new = head + old, head + new
    alignment = align(old, new)
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    edits = edits_between(old, new)
    touched = any(at < end and at + len(removed) > start for at, removed, _ in edits) or any(
        start < at < end for at, _, _ in edits
    )
    found = alignment.carry(start, end)
    if start < end and not touched:
        shift = sum(
            len(inserted) - len(removed)
            for at, removed, inserted in edits
            if at + len(removed) <= start
        )
        assert found == (start + shift, end + shift)
        assert new[slice(*found)] == old[start:end]
    if found is not None:
        assert 0 <= found[0] < found[1] <= len(new)


def test_a_range_outside_the_text_is_nowhere() -> None:
    alignment = align("abc", "abd")
    assert alignment.carry(-1, 2) is None
    assert alignment.carry(1, 1) is None
    assert alignment.carry(0, 4) is None


@pytest.mark.parametrize("unlike", [False, True])
def test_long_texts_take_time_as_they_are_long(unlike: bool) -> None:
    def took(count: int) -> float:
        words = [f"mot{at * 7919 % 4999}" if at % 3 else "de" for at in range(count)]
        other = [f"m0t{at * 31 % 4999}" if at % 9 == 1 else word for at, word in enumerate(words)]
        new = [f"w{at * 6997 % 5003}" for at in range(count)] if unlike else other
        began = time.process_time()
        align(" ".join(words), " ".join(new))
        return time.process_time() - began

    took(1_000)
    assert took(16_000) < 10 * took(4_000) + 0.5


def test_long_texts_without_any_order_end() -> None:
    began = time.process_time()
    align("a" * 100_000, "a" * 50_000 + "b" + "a" * 50_000)
    align("le la " * 10_000, "la le " * 9_000)
    align(". ;" * 20_000, "; ." * 20_000)
    assert time.process_time() - began < 30


def question(old: str, new: str, words: str, **changed: Any) -> str:
    start = old.index(words)
    asked = {"old": old, "new": new, "start": start, "end": start + len(words), "exact": words}
    return json.dumps(asked | changed)


OLD, NEW = "M. Lavrof 😀 a dit. Kery aussi.", "😀 M. Lavrov 😀 a dit."


def test_lines_are_answered_in_order() -> None:
    lines = [question(OLD, NEW, "Lavrof"), question(OLD, NEW, "Kery"), question(OLD, NEW, "dit")]
    done = subprocess.run(
        [sys.executable, "-m", "articles.text.carry"],
        input="\n".join(lines) + "\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert list(map(json.loads, done.stdout.splitlines())) == [
        {"start": 5, "end": 11},
        None,
        {"start": 16, "end": 19},
    ]
    assert done.stderr == ""


@pytest.mark.parametrize(
    "line",
    [
        "{", "[]", "null", '{"old": "a"}', '{"old": "a", "new": "b", "start": 0}', "\udcff",
        '{"old": "a", "new": 1, "start": 0, "end": 1}',
        question(OLD, NEW, "dit", start=True), question(OLD, NEW, "dit", end=99),
        question(OLD, NEW, "dit", start="1"), question(OLD, NEW, "dit", exact="Lavrof"),
        question(OLD, NEW, "dit", exact=3),
    ],
)  # fmt: skip
def test_a_malformed_line_is_named_and_the_others_answered(line: str) -> None:
    lines = [question(OLD, NEW, "Lavrof"), line, question(OLD, NEW, "dit")]
    out, faults = io.StringIO(), io.StringIO()
    raw = [text.encode("utf-8", "surrogateescape") for text in lines]
    assert main(raw, out, faults) == 1
    assert out.getvalue().splitlines() == [
        '{"start": 5, "end": 11}',
        "null",
        '{"start": 16, "end": 19}',
    ]
    assert faults.getvalue().startswith("line 2: ")
