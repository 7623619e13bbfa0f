"""Turns and the outline, worked out from passages."""

from __future__ import annotations

from annotations.turns import outline_of, shortened, turn_starts
from articles.queries.passages import Row


def passages(*said: tuple[str, int | None] | str) -> list[Row]:
    """Rows from (role, speaker) pairs; a bare role has no speaker."""
    rows = []
    for number, one in enumerate(said, 1):
        role, who = (one, None) if isinstance(one, str) else one
        name = None if who is None else f"S{who}"
        rows.append(Row(number, role, who, name, "", None, f"Mots {number} {role}"))
    return rows


def test_a_turn_is_consecutive_passages_of_one_voice() -> None:
    rows = passages(("question", 1), ("answer", 2), ("answer", 2), ("question", 1))
    assert turn_starts(rows) == {1, 2, 4}


def test_a_note_does_not_end_a_turn_but_a_heading_does() -> None:
    rows = passages(("answer", 2), "note", ("answer", 2), "heading", ("answer", 2))
    assert turn_starts(rows) == {1, 5}


def test_where_nobody_is_named_question_and_answer_differ() -> None:
    assert turn_starts(passages("question", "answer", "answer", "question")) == {1, 2, 4}


def test_paragraphs_are_no_turns() -> None:
    assert turn_starts(passages("paragraph", "paragraph")) == set()


def test_the_outline_counts_turns_and_lists_questions() -> None:
    rows = passages(("question", 1), ("answer", 2), ("question", 1), ("answer", 2), ("question", 1))
    outline = outline_of(rows, turn_starts(rows))
    assert [(voice.name, voice.turns) for voice in outline.voices] == [
        ("S1", [1, 3, 5]),
        ("S2", [2, 4]),
    ]
    assert [entry.number for entry in outline.entries] == [1, 3, 5]


def test_a_short_article_has_no_outline() -> None:
    rows = passages("heading", "paragraph", "heading", "paragraph")
    assert not outline_of(rows, turn_starts(rows))


def test_headings_of_a_long_article_are_its_outline() -> None:
    rows = passages("heading", "paragraph", "heading", "heading")
    assert [entry.number for entry in outline_of(rows, set()).entries] == [1, 3, 4]


def test_a_heading_that_says_the_title_again_is_no_part_of_the_outline() -> None:
    rows = passages("heading", "heading", "heading", "heading")
    found = outline_of(rows, set(), "Mots 1  heading")
    assert [entry.number for entry in found.entries] == [2, 3, 4]


def test_long_entries_are_cut_at_a_blank() -> None:
    assert shortened("mot " * 40) == "mot " * 21 + "mot…"
    assert shortened("Une\nligne") == "Une ligne"
